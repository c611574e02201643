"""Deliveries on a calendar: likelihood by interval, and starts of quarters."""

import datetime as dt

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.results import STEP_WEEKS, Forecast


def delivery_ridges(forecast: Forecast, cells: int) -> dict[str, NDArray[np.float64]]:
    """Chance of delivery in each interval of the horizon, by item, relative to the largest."""
    drawn = [
        item for item in forecast.items.values() if item.kind != "spike" and item.finish is not None
    ]
    if not drawn:
        return {}
    course = np.array([(0.0, *item.by_step) for item in drawn])
    edges = np.linspace(0, forecast.horizon / STEP_WEEKS, cells + 1)
    step = np.minimum(edges.astype(int), course.shape[1] - 2)
    levels = course[:, step] + np.diff(course)[:, step] * np.minimum(1.0, edges - step)
    heights = np.diff(levels)
    return dict(zip((item.id for item in drawn), heights / max(1e-9, heights.max()), strict=True))


def quarter_starts(forecast: Forecast) -> list[tuple[float, str]]:
    """The weeks at which quarters begin within the horizon, with names; years where they change."""
    marks: list[tuple[float, str]] = []
    year, quarter = forecast.as_of.year, (forecast.as_of.month + 2) // 3
    shown = year
    while True:
        quarter += 1
        year, quarter = year + (quarter - 1) // 4, (quarter - 1) % 4 + 1
        weeks = (dt.date(year, quarter * 3 - 2, 1) - forecast.as_of).days / 7
        if weeks >= forecast.horizon or year >= dt.MAXYEAR:
            return marks
        marks.append((weeks, f"Q{quarter}" if year == shown else f"{year} Q{quarter}"))
        shown = year
