"""Scores of past forecasts against what happened: coverage, PIT, CRPS, Brier."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from roadmap_tui.forecast.simulation.results import STEP_WEEKS, Forecast, ItemForecast

MIN_SCORED = 8
"""Shipped items from which on dates are judged."""
_BINS = 5
_SURE = 1.96
"""Standard errors from which on dates are called too early or too late."""


@dataclass(frozen=True, slots=True)
class DateScore:
    """One forecast of an item's finish, given that it ships, against the day it shipped.

    Attributes:
        pit: the forecast's probability of a finish no later than the actual one.
        is_inside: whether the actual finish lies from P10 to P90.
        crps: continuous ranked probability score, in weeks; 0 is perfect.
    """

    id: str
    forecast_on: dt.date
    shipped_on: dt.date
    pit: float
    is_inside: bool
    crps: float


@dataclass(frozen=True, slots=True)
class ChanceScore:
    """One chance to have shipped by a day that has passed, and whether it had."""

    id: str
    forecast_on: dt.date
    by: dt.date
    chance: float
    shipped: bool


@dataclass(frozen=True, slots=True)
class ForecastScores:
    """The scores of all past forecasts that can be judged by now.

    Attributes:
        dates: the first forecast of each item that shipped.
        chances: every chance by the end of a quarter that has passed.
        moved_deadlines: items whose deadline was moved to a later day.
        forecasts: number of versions of the plan that were forecast.
    """

    dates: tuple[DateScore, ...]
    chances: tuple[ChanceScore, ...]
    moved_deadlines: tuple[str, ...]
    forecasts: int

    @property
    def chance_count(self) -> int:
        """Number of chances whose day has passed."""
        return len(self.chances)

    @property
    def coverage(self) -> float | None:
        """Share of the dates inside their 80% range."""
        if not self.dates:
            return None
        return sum(score.is_inside for score in self.dates) / len(self.dates)

    @property
    def pit_histogram(self) -> tuple[int, ...]:
        """Number of dates by fifths of their probability; even if forecasts are calibrated."""
        counts, _ = np.histogram([score.pit for score in self.dates], bins=_BINS, range=(0, 1))
        return tuple(int(count) for count in counts)

    @property
    def mean_crps(self) -> float | None:
        """Mean continuous ranked probability score of the dates, in weeks."""
        if not self.dates:
            return None
        return sum(score.crps for score in self.dates) / len(self.dates)

    @property
    def brier(self) -> float | None:
        """Mean squared error of the chances: 0 is perfect."""
        if not self.chances:
            return None
        errors = ((score.chance - score.shipped) ** 2 for score in self.chances)
        return sum(errors) / len(self.chances)

    @property
    def lateness(self) -> float | None:
        """How far the mean PIT lies above 1/2, in standard errors; None for too few dates.

        The sum of n independent uniform values has mean n/2 and variance n/12.
        """
        count = len(self.dates)
        if count < MIN_SCORED:
            return None
        return (sum(score.pit for score in self.dates) - count / 2) / math.sqrt(count / 12)

    @property
    def is_optimistic(self) -> bool:
        """Whether items shipped clearly later than forecast."""
        return self.lateness is not None and self.lateness > _SURE

    @property
    def is_pessimistic(self) -> bool:
        """Whether items shipped clearly earlier than forecast."""
        return self.lateness is not None and self.lateness < -_SURE


def score_date(forecast: Forecast, item: ItemForecast, shipped_on: dt.date) -> DateScore | None:
    """Score a forecast of a finish; None if it forecast none, or it shipped after the horizon.

    Source: T. Gneiting, A. E. Raftery, "Strictly Proper Scoring Rules, Prediction, and
    Estimation", JASA 102 (2007), 359-378 (CRPS); A. P. Dawid, JRSS A 147 (1984) (PIT).
    """
    weeks = (shipped_on - forecast.as_of).days / 7
    if item.finish is None or item.ships <= 0 or not 0 <= weeks <= forecast.horizon:
        return None
    # chances by the end of each step, given that it ships by the horizon
    shares = np.minimum(1.0, np.array((0.0, *item.by_step)) / item.ships)
    times = np.arange(len(shares)) * STEP_WEEKS
    middles = (times[:-1] + times[1:]) / 2
    levels = (shares[:-1] + shares[1:]) / 2
    crps = float(np.sum((levels - (middles >= weeks)) ** 2) * STEP_WEEKS)
    return DateScore(
        id=item.id,
        forecast_on=forecast.as_of,
        shipped_on=shipped_on,
        pit=float(np.interp(weeks, times, shares)),
        is_inside=item.finish.p10 <= weeks <= item.finish.p90,
        crps=crps,
    )


def score_chances(
    forecast: Forecast, item: ItemForecast, shipped_on: dt.date | None, today: dt.date
) -> Iterable[ChanceScore]:
    """Yield the chances by the ends of quarters that have passed; `shipped_on` if it has."""
    for quarter in item.by_quarter:
        if quarter.ends < today:
            has_shipped = shipped_on is not None and shipped_on <= quarter.ends
            yield ChanceScore(item.id, forecast.as_of, quarter.ends, quarter.chance, has_shipped)


def spaced(values: Sequence[int], most: int) -> tuple[int, ...]:
    """At most so many of the values, evenly spaced, with the first and the last."""
    if len(values) <= most:
        return tuple(values)
    places = np.linspace(0, len(values) - 1, most).round().astype(int)
    return tuple(values[place] for place in places)
