"""Time axis of the timeline: visible weeks, ticks, and the density of each finish."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.results import STEP_WEEKS, Forecast
from roadmap_tui.text.dates import format_day
from roadmap_tui.tui.view_options import ViewOptions
from roadmap_tui.tui.views.figure_widths import DeliveryCurves, FigureWidths

_MONTHLY = 30
"""Up to that many visible weeks, ticks mark months instead of quarters."""


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """A time axis.

    Attributes:
        start: first visible week, counted from the start of the forecast.
        weeks: number of visible weeks.
        ticks: cells at which quarters or months begin, with their names.
        ridges: per item that may ship, its chance per cell relative to the highest one.
    """

    cells: int
    start: float
    weeks: float
    ticks: tuple[tuple[int, str], ...]
    ridges: dict[str, NDArray[np.float64]]

    @classmethod
    def of(cls, measured: FigureWidths, look: ViewOptions, cells: int) -> "TimeAxis":
        """The axis of a forecast with these view options."""
        return cls.for_curves(measured.forecast, measured.delivery_curves, look, cells)

    @classmethod
    def for_curves(
        cls, forecast: Forecast, curves: DeliveryCurves, look: ViewOptions, cells: int
    ) -> "TimeAxis":
        """The axis for the curves of some items."""
        weeks = look.visible_weeks(forecast.horizon)
        start = look.starting_at(look.start, forecast.horizon).start
        ticks = tuple(_ticks(forecast, start, weeks, cells))
        return cls(cells, start, weeks, ticks, _ridges(curves, start, weeks, cells))

    def cell(self, weeks: float) -> int:
        """The cell of a time, clamped to the axis."""
        return min(self.cells - 1, max(0, int((weeks - self.start) / self.weeks * self.cells)))

    def contains(self, weeks: float) -> bool:
        """Whether a time is visible."""
        return self.start <= weeks < self.start + self.weeks

    def ruler(self) -> str:
        """A line with a tick and a name where each quarter or month begins."""
        signs = ["─"] * self.cells
        free = 0
        for cell, name in self.ticks:
            if cell >= free and cell + len(name) + 1 < self.cells:
                signs[cell : cell + len(name) + 1] = f"┼{name}"
                free = cell + len(name) + 2
        return "".join(signs)

    def names(self) -> str:
        """The names of quarters or months at their ticks."""
        names = [" "] * self.cells
        free = 0
        for cell, name in self.ticks:
            if cell >= free and cell + len(name) + 1 < self.cells:
                names[cell : cell + len(name) + 1] = f"│{name}"
                free = cell + len(name) + 2
        return "".join(names)


def _ridges(
    courses: DeliveryCurves, start: float, weeks: float, cells: int
) -> dict[str, NDArray[np.float64]]:
    if not courses.ids:
        return {}
    course = courses.chances
    edges = np.linspace(start / STEP_WEEKS, (start + weeks) / STEP_WEEKS, cells + 1)
    step = np.minimum(edges.astype(int), course.shape[1] - 2)
    levels = course[:, step] + np.diff(course)[:, step] * np.minimum(1.0, edges - step)
    heights = np.diff(levels)
    return dict(zip(courses.ids, heights / max(1e-9, heights.max()), strict=True))


def _ticks(forecast: Forecast, start: float, weeks: float, cells: int) -> Iterator[tuple[int, str]]:
    """Starts of quarters, or of months if few weeks are visible; the year where it changes."""
    step = 1 if weeks <= _MONTHLY else 3
    first = forecast.day(start)
    shown = first.year
    month = first.year * 12 + first.month - 1
    while True:
        month += step - month % step
        year = month // 12
        if year >= dt.MAXYEAR:
            return
        day = dt.date(year, month % 12 + 1, 1)
        ahead = (day - forecast.as_of).days / 7
        if ahead >= start + weeks:
            return
        name = f"Q{month % 12 // 3 + 1}" if step == 3 else format_day(day, "month", dt.date.max)
        yield int((ahead - start) / weeks * cells), name if year == shown else f"{year} {name}"
        shown = year
