"""From arrays of weeks to what is reported of them."""

import datetime as dt
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.capacity import Weeks
from roadmap_tui.forecast.simulation.results import STEP_WEEKS, Quantiles
from roadmap_tui.forecast.simulation.run_sets import never_where


def sorted_where(mask: NDArray[np.bool_], *weeks: Weeks) -> Iterator[Weeks]:
    """Each of these weeks in those runs, ascending."""
    # to sort what is not asked for behind it takes half the time of leaving it out
    count, behind = np.count_nonzero(mask), never_where(~mask)
    for each in weeks:
        ascending: Weeks = np.maximum(each, behind)
        ascending.sort()
        yield ascending[:count]


def quantiles(ascending: Weeks) -> Quantiles | None:
    """P10, P50 and P90 of sorted weeks; None if there are none."""
    if not ascending.size:
        return None
    return Quantiles(*(_quantile(ascending, share) for share in (0.1, 0.5, 0.9)))


def _quantile(ascending: Weeks, share: float) -> float:
    # of three numbers, plain Python is quicker than numpy
    last = ascending.size - 1
    low = int(share * last)
    below, above = ascending.item(low), ascending.item(min(low + 1, last))
    return below + (above - below) * (share * last - low)


def step_ends(horizon: float) -> NDArray[np.float64]:
    """The ends of the steps that the course of deliveries is told in: up to half as long again as the horizon."""
    ends: NDArray[np.float64] = (
        np.arange(1.0, int(horizon * 1.5 / STEP_WEEKS) + 2.0, dtype=np.float64) * STEP_WEEKS
    )
    return ends


def quarter_ends(start: dt.date, until: dt.date) -> Iterator[dt.date]:
    """The last days of the quarters from the one that `start` lies in to the one that `until` lies in."""
    year, quarter = start.year, (start.month - 1) // 3
    while dt.date(year, quarter * 3 + 1, 1) <= until:
        quarter += 1
        year, quarter = year + quarter // 4, quarter % 4
        if year > dt.MAXYEAR:
            return
        yield dt.date(year, quarter * 3 + 1, 1) - dt.timedelta(days=1)
