"""How wide the figures of a forecast are."""

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.app.lines import width
from roadmap_tui.forecast.summary import Forecast, ItemForecast
from roadmap_tui.report.figures import ships, when


class Courses(NamedTuple):
    """The chance to be delivered by each step of the horizon; shape (items, steps)."""

    ids: tuple[str, ...]
    chances: NDArray[np.float64]


class Measured:
    """The figures of all items of a forecast, measured once; of many items that takes long.

    Args:
        forecast: whose figures they are.
        base: the forecast of the plan as it is, while something is tried.
    """

    def __init__(self, forecast: Forecast, base: Forecast | None = None) -> None:
        self.forecast = forecast
        self.base = base

    @classmethod
    def of(cls, forecast: Forecast, base: Forecast | None, known: "Measured | None") -> "Measured":
        """What is known, if it is of these forecasts; else what is to be found out."""
        return (
            known
            if known is not None and known.forecast is forecast and known.base is base
            else cls(forecast, base)
        )

    def ships(self, item: ItemForecast) -> str:
        """The chance to deliver, or the odds of a spike; while something is tried, also what it was."""
        now = ships(item)
        before = self.base.items.get(item.id) if self.base is not None else None
        was = ships(before) if before is not None else now
        return now if was == now else f"{was.removesuffix('%')}→{now}"

    @cached_property
    def chances(self) -> int:
        """Cells of the widest chance to deliver."""
        bets = (item for item in self.forecast.items.values() if item.kind != "spike")
        return max((width(self.ships(item)) for item in bets), default=0)

    @cached_property
    def courses(self) -> Courses:
        """The chance to be delivered by each step of the horizon, of the items that may ship."""
        drawn = [
            item
            for item in self.forecast.items.values()
            if item.kind != "spike" and item.finish is not None
        ]
        return Courses(
            tuple(item.id for item in drawn), np.array([(0.0, *item.by_step) for item in drawn])
        )

    def prepare(self) -> None:
        """Find everything out now, in the thread that made the forecast."""
        _ = self.chances, self.ranges, self.courses

    @cached_property
    def ranges(self) -> int:
        """Cells of the widest range of a finish."""
        return max(
            (width(when(self.forecast, item)) for item in self.forecast.items.values()), default=5
        )
