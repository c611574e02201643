"""Quantiles and reporting dates of simulated weeks."""

import datetime as dt
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.capacity import Weeks
from roadmap_tui.forecast.simulation.results import STEP_WEEKS, Quantiles
from roadmap_tui.forecast.simulation.run_sets import never_where


def sorted_where(mask: NDArray[np.bool_], *weeks: Weeks) -> Iterator[Weeks]:
    """Yield each array's weeks in the runs of `mask`, ascending."""
    # sorting the other runs to the end takes half the time of filtering them out
    count, behind = np.count_nonzero(mask), never_where(~mask)
    for each in weeks:
        ascending: Weeks = np.maximum(each, behind)
        ascending.sort()
        yield ascending[:count]


def quantiles(ascending: Weeks) -> Quantiles | None:
    """Return P10, P50 and P90 of sorted weeks; None if there are none."""
    if not ascending.size:
        return None
    return Quantiles(*(_quantile(ascending, share) for share in (0.1, 0.5, 0.9)))


def _quantile(ascending: Weeks, share: float) -> float:
    # for three numbers, plain Python is faster than numpy
    last = ascending.size - 1
    low = int(share * last)
    below, above = ascending.item(low), ascending.item(min(low + 1, last))
    return below + (above - below) * (share * last - low)


def step_ends(horizon: float) -> NDArray[np.float64]:
    """Return the ends of the steps of the delivery curve, up to 1.5 times the horizon."""
    ends: NDArray[np.float64] = (
        np.arange(1.0, int(horizon * 1.5 / STEP_WEEKS) + 2.0, dtype=np.float64) * STEP_WEEKS
    )
    return ends


def quarter_ends(start: dt.date, until: dt.date) -> Iterator[dt.date]:
    """Yield the last days of the quarters from that of `start` to that of `until`."""
    year, quarter = start.year, (start.month - 1) // 3
    while dt.date(year, quarter * 3 + 1, 1) <= until:
        quarter += 1
        year, quarter = year + quarter // 4, quarter % 4
        if year > dt.MAXYEAR:
            return
        yield dt.date(year, quarter * 3 + 1, 1) - dt.timedelta(days=1)
