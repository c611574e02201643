"""Days end inclusively: the same day is shown, promised and counted."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.forecast.analysis.horizon_value import chance_all_delivered
from roadmap_tui.forecast.engine import forecast, simulated_forecast
from roadmap_tui.forecast.simulation.results import ItemForecast
from roadmap_tui.plan.deadline import weeks_between
from tests.forecast.build import resolved_of

CASES = Path(__file__).parent / "cases"
START = dt.date(2026, 11, 23)
ITEM = (
    "[roadmap]\nas_of = 2026-11-23\n"
    "[product.a]\neffort = {}\nchance = 1\ndeadline = {{ by = {} }}\n"
)


def item_of(effort: float, by: str) -> ItemForecast:
    return forecast(resolved_of(ITEM.format(effort, by)), 50).items["a"]


def test_a_promise_is_missed_the_day_after() -> None:
    """A week's work ends on 30 November, not 29; 5.57 weeks on 1 January, in the next quarter."""
    items = forecast(resolved_of((CASES / "dl.toml").read_text()), 50).items
    assert (items["a"].deadline, items["b"].deadline) == (0, 0)
    assert [each.chance for each in items["b"].by_quarter][:2] == [0, 1]


@pytest.mark.parametrize("name", ["tg", "dl"])
def test_the_end_of_the_horizon_is_a_day_like_any_other(name: str) -> None:
    run = simulated_forecast(resolved_of((CASES / f"{name}.toml").read_text()), 50)
    last = weeks_between(run.forecast.as_of, run.forecast.horizon_end)
    for each in run.forecast.items.values():
        assert chance_all_delivered(run.simulation, (each.id,), last) == each.ships


@given(st.floats(0.01, 60))
def test_a_promise_is_kept_if_the_finish_shown_is_no_later(effort: float) -> None:
    run = forecast(resolved_of(ITEM.format(effort, "2026-12-01")), 20)
    finish = run.items["a"].finish
    assert finish is not None
    day = run.day(finish.p50)
    assert 0 <= (day - START).days - effort * 7 + 0.02 <= 1.02
    for late, kept in ((0, 1), (-1, 0)):
        by = day + dt.timedelta(days=late)
        assert item_of(effort, by.isoformat()).deadline == kept


@given(st.floats(0.2, 30), st.floats(0.2, 40))
def test_ships_by_the_day_that_is_shown(horizon: float, effort: float) -> None:
    text = ITEM.format(effort, "2026-12-01").replace("]\n", f"]\nhorizon = {horizon}\n", 1)
    run = forecast(resolved_of(text), 20)
    finish = run.items["a"].finish
    assert finish is not None
    assert run.items["a"].ships == float(run.day(finish.p50) <= run.horizon_end)
