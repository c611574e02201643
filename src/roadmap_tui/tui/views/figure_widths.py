"""Widths of the figures of a forecast."""

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.results import Forecast, ItemForecast
from roadmap_tui.narrative.item_figures import format_delivery_chance, format_finish_range
from roadmap_tui.tui.views.lines import text_cells


class DeliveryCurves(NamedTuple):
    """Chance to be delivered by each step of the horizon; shape (items, steps)."""

    ids: tuple[str, ...]
    chances: NDArray[np.float64]


class FigureWidths:
    """Figures and widths over all items of a forecast, computed once.

    Args:
        forecast: whose figures they are.
        baseline: the forecast of the plan without the what-if; None without one.
    """

    def __init__(self, forecast: Forecast, base: Forecast | None = None) -> None:
        self.forecast = forecast
        self.baseline = base

    @classmethod
    def cached(
        cls, forecast: Forecast, base: Forecast | None, known: "FigureWidths | None"
    ) -> "FigureWidths":
        """The known widths if they are of these forecasts, else new ones."""
        if known is not None and known.forecast is forecast and known.baseline is base:
            return known
        return cls(forecast, base)

    def chance_text(self, item: ItemForecast) -> str:
        """The chance to deliver, or a spike's odds; during a what-if also the value before."""
        now = format_delivery_chance(item)
        before = self.baseline.items.get(item.id) if self.baseline is not None else None
        was = format_delivery_chance(before) if before is not None else now
        return now if was == now else f"{was.removesuffix('%')}→{now}"

    @cached_property
    def chance_cells(self) -> int:
        """Width of the widest chance to deliver."""
        bets = (item for item in self.forecast.items.values() if item.kind != "spike")
        return max((text_cells(self.chance_text(item)) for item in bets), default=0)

    @cached_property
    def delivery_curves(self) -> DeliveryCurves:
        """Chance to be delivered by each step, of the items that may ship."""
        drawn = [
            item
            for item in self.forecast.items.values()
            if item.kind != "spike" and item.finish is not None
        ]
        return DeliveryCurves(
            tuple(item.id for item in drawn), np.array([(0.0, *item.by_step) for item in drawn])
        )

    def prepare(self) -> None:
        """Compute everything now, in the calling thread."""
        _ = self.chance_cells, self.range_cells, self.delivery_curves

    @cached_property
    def range_cells(self) -> int:
        """Width of the widest finish range."""
        return max(
            (
                text_cells(format_finish_range(self.forecast, item))
                for item in self.forecast.items.values()
            ),
            default=5,
        )
