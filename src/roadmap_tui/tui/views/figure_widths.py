"""How wide the figures of a forecast are."""

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.results import Forecast, ItemForecast
from roadmap_tui.narrative.item_figures import format_delivery_chance, format_finish_range
from roadmap_tui.tui.views.lines import cell_width


class DeliveryCurves(NamedTuple):
    """The chance to be delivered by each step of the horizon; shape (items, steps)."""

    ids: tuple[str, ...]
    chances: NDArray[np.float64]


class FigureWidths:
    """The figures of all items of a forecast, measured once; of many items that takes long.

    Args:
        forecast: whose figures they are.
        baseline: the forecast of the plan as it is, while something is tried.
    """

    def __init__(self, forecast: Forecast, base: Forecast | None = None) -> None:
        self.forecast = forecast
        self.baseline = base

    @classmethod
    def cached(
        cls, forecast: Forecast, base: Forecast | None, known: "FigureWidths | None"
    ) -> "FigureWidths":
        """What is known, if it is of these forecasts; else what is to be found out."""
        return (
            known
            if known is not None and known.forecast is forecast and known.baseline is base
            else cls(forecast, base)
        )

    def chance_text(self, item: ItemForecast) -> str:
        """The chance to deliver, or the odds of a spike; while something is tried, also what it was."""
        now = format_delivery_chance(item)
        before = self.baseline.items.get(item.id) if self.baseline is not None else None
        was = format_delivery_chance(before) if before is not None else now
        return now if was == now else f"{was.removesuffix('%')}→{now}"

    @cached_property
    def chance_cells(self) -> int:
        """Cells of the widest chance to deliver."""
        bets = (item for item in self.forecast.items.values() if item.kind != "spike")
        return max((cell_width(self.chance_text(item)) for item in bets), default=0)

    @cached_property
    def delivery_curves(self) -> DeliveryCurves:
        """The chance to be delivered by each step of the horizon, of the items that may ship."""
        drawn = [
            item
            for item in self.forecast.items.values()
            if item.kind != "spike" and item.finish is not None
        ]
        return DeliveryCurves(
            tuple(item.id for item in drawn), np.array([(0.0, *item.by_step) for item in drawn])
        )

    def prepare(self) -> None:
        """Find everything out now, in the thread that made the forecast."""
        _ = self.chance_cells, self.range_cells, self.delivery_curves

    @cached_property
    def range_cells(self) -> int:
        """Cells of the widest range of a finish."""
        return max(
            (
                cell_width(format_finish_range(self.forecast, item))
                for item in self.forecast.items.values()
            ),
            default=5,
        )
