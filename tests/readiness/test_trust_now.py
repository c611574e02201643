"""Trust by the newest weeks: detection, its delay, and false alarms."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from roadmap_tui.document.reader import read_document
from roadmap_tui.plan.intervals import newcombe_interval
from roadmap_tui.plan.readiness.trust import Trust, TrustWeek
from roadmap_tui.readiness.trust import (
    churn_assessment,
    newest_run_length,
    override_assessment,
)
from tests.money.build import table

FIRST = dt.date(2026, 1, 5)
ALARM = 0.4
FILES = Path(__file__).parent / "cases"


def weeks_of(counts: list[int], decisions: int) -> tuple[TrustWeek, ...]:
    return tuple(
        TrustWeek(
            on=FIRST + dt.timedelta(weeks=at),
            accepted=int(decisions - count),
            overridden=int(count),
        )
        for at, count in enumerate(counts)
    )


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [  # R. G. Newcombe (1998), table II, method 10
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((10, 10), (0, 10), (0.6075, 1.0000)),
    ],
)
def test_published_intervals_of_a_difference(
    first: tuple[int, int], second: tuple[int, int], expected: tuple[float, float]
) -> None:
    assert newcombe_interval(first, second) == pytest.approx(expected, abs=5e-5)


def test_the_newest_run_is_the_shortest_with_a_hundred_decisions() -> None:
    weeks = weeks_of([1, 1, 1, 1], 40)
    assert newest_run_length(weeks) == 3
    assert newest_run_length(weeks[:2]) == 2
    assert newest_run_length(()) == 0


def test_a_jump_from_10_to_60_percent_is_caught_within_two_weeks() -> None:
    dice = np.random.default_rng(5)
    for _ in range(200):
        counts = [*dice.binomial(1000, 0.1, 8), *dice.binomial(1000, 0.6, 2)]
        caught = [
            override_assessment(weeks_of(counts[:end], 1000), ALARM).state == "confirmed"
            for end in (8, 9, 10)
        ]
        assert not caught[0]
        assert caught[2]


@pytest.mark.parametrize("decisions", [30, 100, 1000])
def test_at_a_steady_35_percent_few_years_have_a_false_alarm(decisions: int) -> None:
    """An alarm or a rise in any of 52 weeks, each seen with the twelve before."""
    dice, years, wrong = np.random.default_rng(7), 300, 0
    for _ in range(years):
        weeks = weeks_of([*dice.binomial(decisions, 0.35, 64)], decisions)
        seen = (override_assessment(weeks[end - 13 : end], ALARM) for end in range(13, 65))
        wrong += any(each.state == "confirmed" or each.is_rising for each in seen)
    assert wrong / years <= 0.05 + 2 * (0.05 * 0.95 / years) ** 0.5


def test_old_weeks_hide_nothing() -> None:
    plan = read_document((FILES / "trust.toml").read_bytes(), "trust").plan
    assert plan is not None
    trust = plan.product["f"].trust
    assert trust is not None
    whole = sum(week.overridden for week in trust.weeks) / (1000 * len(trust.weeks))
    assert whole < ALARM
    for end, state in ((8, "fine"), (9, "confirmed"), (10, "confirmed"), (11, "confirmed")):
        assert override_assessment(trust.weeks[:end], ALARM).state == state
    cohort = trust.cohorts["new-agents"]
    assert override_assessment(cohort.weeks, ALARM).state == "confirmed"


def test_churn_of_users_against_others() -> None:
    text = """
    cohorts.users = { uses = true, weeks = [{ on = 2026-11-02, active = 400, churned = 24 }] }
    cohorts.others = { uses = false, weeks = [{ on = 2026-11-02, active = 900, churned = 18 }] }
    cohorts.unknown = { weeks = [{ on = 2026-11-02, active = 10, churned = 10 }] }
    """
    found = churn_assessment(table(Trust, text))
    assert found is not None
    assert (found.users, found.others) == ((24, 400), (18, 900))
    assert found.difference == newcombe_interval((24, 400), (18, 900))
    assert found.difference[0] > 0
    assert churn_assessment(table(Trust, "")) is None
