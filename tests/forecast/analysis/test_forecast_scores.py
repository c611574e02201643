"""Scores of past forecasts: closed forms, and synthetic histories with a known truth."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from roadmap_tui.forecast.analysis.forecast_scores import (
    ForecastScores,
    score_chances,
    score_date,
    spaced,
)
from roadmap_tui.forecast.simulation.results import (
    STEP_WEEKS,
    Forecast,
    ItemForecast,
    Quantiles,
    QuarterChance,
)
from tests.export.samples import planned

START = dt.date(2026, 11, 23)
PLAN = "[roadmap]\nas_of = 2026-11-23\n[product.a]\neffort = [4, 8, 16]\nchance = 1\n"


def uniform(weeks: float) -> tuple[Forecast, ItemForecast]:
    """A forecast whose finish is uniform from its start to a number of weeks."""
    _, forecast = planned(PLAN)
    steps = round(forecast.horizon / STEP_WEEKS)
    by_step = tuple(min(1.0, (step + 1) * STEP_WEEKS / weeks) for step in range(steps))
    finish = Quantiles(weeks / 10, weeks / 2, weeks * 9 / 10)
    return forecast, replace(forecast.items["a"], finish=finish, ships=1.0, by_step=by_step)


def after(weeks: float) -> dt.date:
    return START + dt.timedelta(days=round(weeks * 7))


@pytest.mark.parametrize(
    ("weeks", "pit", "is_inside"), [(2, 0.1, True), (10, 0.5, True), (19, 0.95, False)]
)
def test_a_date_is_scored_by_its_probability(weeks: float, pit: float, is_inside: bool) -> None:
    score = score_date(*uniform(20), after(weeks))
    assert score is not None
    assert score.pit == pytest.approx(pit, abs=1e-9)
    assert score.is_inside is is_inside


@pytest.mark.parametrize("weeks", [0, 5, 10, 20])
def test_crps_is_that_of_a_uniform_distribution(weeks: float) -> None:
    """The integral of (F - 1)^2 above y and F^2 below: (y^3 + (w - y)^3) / (3 w^2)."""
    score = score_date(*uniform(20), after(weeks))
    assert score is not None
    exact = (weeks**3 + (20 - weeks) ** 3) / (3 * 20**2)
    assert score.crps == pytest.approx(exact, abs=0.02)


def test_no_forecast_of_a_finish_has_no_score() -> None:
    forecast, item = uniform(20)
    assert score_date(forecast, replace(item, finish=None), after(3)) is None
    assert score_date(forecast, item, after(forecast.horizon + 1)) is None
    assert score_date(forecast, item, START - dt.timedelta(days=1)) is None


def history(count: int, stretch: float, seed: int) -> ForecastScores:
    """Items that ship when their forecast says, times `stretch`."""
    random = np.random.default_rng(seed)
    forecast, item = uniform(20)
    scores = [
        score_date(forecast, item, after(min(50.0, stretch * week)))
        for week in random.uniform(0, 20, count)
    ]
    return ForecastScores(tuple(score for score in scores if score), (), (), 1)


def test_true_forecasts_cover_four_fifths() -> None:
    found = history(4000, 1, 1)
    assert found.coverage == pytest.approx(0.8, abs=0.03)
    assert all(700 < count < 900 for count in found.pit_histogram)


def test_an_optimist_is_named_and_a_fair_forecaster_is_not() -> None:
    assert all(history(25, 1.6, seed).is_optimistic for seed in range(20))
    fair = [history(25, 1, seed) for seed in range(400)]
    wrongly = sum(each.is_optimistic or each.is_pessimistic for each in fair)
    assert wrongly / len(fair) <= 0.1
    assert history(25, 0.5, 3).is_pessimistic
    assert history(7, 1.6, 3).lateness is None


def test_chances_are_scored_once_their_day_has_passed() -> None:
    forecast, item = uniform(20)
    quarters = (
        QuarterChance(dt.date(2026, 12, 31), 0.3),
        QuarterChance(dt.date(2027, 3, 31), 0.8),
        QuarterChance(dt.date(2027, 6, 30), 0.9),
    )
    item = replace(item, by_quarter=quarters)
    shipped, today = dt.date(2027, 2, 1), dt.date(2027, 4, 1)
    found = tuple(score_chances(forecast, item, shipped, today))
    assert [(each.chance, each.shipped) for each in found] == [(0.3, False), (0.8, True)]
    scores = ForecastScores((), found, (), 1)
    assert scores.brier == pytest.approx((0.3**2 + 0.2**2) / 2)
    assert [each.shipped for each in score_chances(forecast, item, None, today)] == [False, False]


def test_nothing_to_judge_is_none() -> None:
    empty = ForecastScores((), (), (), 3)
    assert (empty.coverage, empty.mean_crps, empty.brier, empty.lateness) == (None,) * 4
    assert not empty.is_optimistic


@pytest.mark.parametrize(("count", "most", "places"), [(3, 5, (0, 1, 2)), (101, 3, (0, 50, 100))])
def test_versions_are_evenly_spaced(count: int, most: int, places: tuple[int, ...]) -> None:
    assert spaced(range(count), most) == places
