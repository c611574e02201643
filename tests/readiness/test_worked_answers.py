"""Segments, trust, latency, data, lifecycle, oversight and failure modes, against the worked
answers.
"""

import datetime as dt

import numpy as np
import pytest

from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.failure_modes import FailureMode
from roadmap_tui.plan.readiness.latency import LatencyBudget
from roadmap_tui.plan.readiness.model_data import ModelData
from roadmap_tui.plan.readiness.oversight import DemotionRule, Oversight, PromotionRule
from roadmap_tui.plan.readiness.segments import DataSegment
from roadmap_tui.plan.readiness.trust import Activation, Trust
from roadmap_tui.readiness import data_quality as datasets
from roadmap_tui.readiness import failure_modes, latency, lifecycle, oversight, segments, trust
from roadmap_tui.readiness.oversight import OversightEvidence, UnmetCondition
from roadmap_tui.readiness.trust import Decisions
from tests.money.build import table, week

PARTS = {
    "english": table(DataSegment, "share = 0.8\nhits = 789\nof = 820\nfloor = 0.8\n"),
    "spanish": table(DataSegment, "share = 0.14\nhits = 116\nof = 125\nfloor = 0.8\n"),
    "forwarded": table(DataSegment, "share = 0.06\nhits = 45\nof = 55\nfloor = 0.8\n"),
}


def test_worked_segments() -> None:
    fits = segments.segment_assessments(PARTS)
    assert [round(fit.value, 3) for fit in fits] == [0.962, 0.928, 0.818]
    assert (round(fits[2].low, 3), round(fits[2].high, 3)) == (0.697, 0.898)
    assert round(fits[2].gap, 3) == 0.144
    assert [fit.is_below_floor for fit in fits] == [False, False, True]
    assert segments.widest_gap(fits) == fits[2].gap
    assert segments.measured_coverage(PARTS, Policy().segment_cases) == 0.8
    assert segments.measured_coverage(PARTS, 125) == pytest.approx(0.94)


def test_segments_of_which_nothing_was_counted() -> None:
    empty = {
        "a": table(DataSegment, "share = 0.5\n"),
        "b": table(DataSegment, "hits = 0\nof = 0\nfloor = 0.5\n"),
    }
    assert segments.segment_assessments(empty) == ()
    assert segments.widest_gap(()) is None
    assert segments.measured_coverage(empty, 1) == 0
    (alone,) = segments.segment_assessments({"c": table(DataSegment, "hits = 0\nof = 9\n")})
    assert (alone.value, alone.gap, alone.is_below_floor) == (0, 0, False)


def test_overlapping_segments_cover_no_more_than_all() -> None:
    assert (
        segments.measured_coverage(
            {name: table(DataSegment, "share = 0.7\nhits = 1\nof = 900\n") for name in "ab"}, 200
        )
        == 1
    )


def overridden(count: int, of: int) -> Decisions:
    return Decisions(of - count, 0, count)


def test_worked_overrides() -> None:
    few, many = overridden(205, 480), overridden(854, 2000)
    assert few.override_rate is not None
    assert round(few.override_rate, 3) == 0.427
    assert [round(end, 3) for end in few.interval] == [0.384, 0.472]
    assert [round(end, 3) for end in many.interval] == [0.405, 0.449]
    assert trust.trust_state(few, 0.4) == "watch"
    assert trust.trust_state(many, 0.4) == "confirmed"


def test_worked_trust() -> None:
    made = trust.total_decisions([week(100, 50, 17), week(49, 3, 0, 8)])
    assert made == Decisions(149, 53, 17)
    assert made.trust_rate is not None
    assert made.override_rate is not None
    assert (round(made.trust_rate, 3), round(made.override_rate, 3)) == (0.801, 0.078)
    assert [round(end, 3) for end in made.interval] == [0.049, 0.121]
    assert trust.trust_state(made, 0.4, 0.02) == "fine"


@pytest.mark.parametrize(
    ("made", "floor", "expected"),
    [
        (overridden(0, 0), 0.02, "unmeasured"),
        (overridden(5, 1000), 0.02, "rubber-stamping"),
        (overridden(5, 1000), None, "fine"),
        (overridden(0, 20), 0.02, "fine"),  # too few to tell
        (overridden(3, 3), None, "confirmed"),
        (overridden(1, 1), None, "watch"),
        (overridden(40, 100), None, "fine"),
    ],
)
def test_states(made: Decisions, floor: float | None, expected: str) -> None:
    assert trust.trust_state(made, 0.4, floor) == expected


def test_nothing_decided_is_no_share() -> None:
    nothing = trust.total_decisions([])
    assert (nothing.override_rate, nothing.trust_rate, nothing.interval) == (None, None, (0, 1))


def test_the_alarm_is_the_tables_own_or_that_of_its_kind() -> None:
    policy = Policy()
    assert trust.trust_alarm(table(Trust, ""), policy) == 0.40
    assert trust.trust_alarm(table(Trust, 'interaction = "autocomplete"'), policy) == 0.75
    assert (
        trust.trust_alarm(table(Trust, 'interaction = "autocomplete"\nalarm = 0.6'), policy) == 0.6
    )
    assert trust.trust_floor(table(Trust, ""), "high", policy) == 0.02
    assert trust.trust_floor(table(Trust, "floor = 0"), "high", policy) == 0
    assert trust.trust_floor(table(Trust, "floor = 0.1"), "medium", policy) is None


def test_the_course_goes_from_the_oldest_week_and_leaves_empty_ones_out() -> None:
    assert trust.weekly_overrides(
        [week(1, 0, 3, 22), week(3, 0, 1, 1), week(0, 0, 0, 8), week(2, 0, 2, 15)]
    ) == (0.25, 0.5, 0.75)


def test_a_rise_in_one_cohort_is_reported_though_the_whole_is_flat() -> None:
    given = {}
    for name, counts in (("new", (10, 20, 80, 90)), ("old", (90, 80, 20, 10))):
        weeks = (week(200 - count, 0, count, day) for day, count in enumerate(counts, 1))
        given[name] = [each.model_dump(exclude_defaults=True) for each in weeks]
    cohorts = {name: {"weeks": weeks} for name, weeks in given.items()}
    both = Trust.model_validate({"weeks": given["new"] + given["old"], "cohorts": cohorts})
    assert trust.rising_cohorts(both) == ("new",)
    assert trust.rising_cohorts(table(Trust, "")) == ()


def test_activation() -> None:
    some = table(Activation, "eligible = 4000\nactivated = 1200\nvalued = 900")
    assert (trust.activation_rate(some), trust.value_rate(some)) == (0.3, 0.75)
    unused = table(Activation, "eligible = 0\nactivated = 0\nvalued = 0")
    assert (trust.activation_rate(unused), trust.value_rate(unused)) == (None, None)
    assert trust.value_rate(table(Activation, "eligible = 5\nactivated = 2")) is None


def test_worked_latency() -> None:
    assert latency.headroom(820, 1000) == pytest.approx(0.18)
    assert latency.error_budget_used(938, 1000, 0.95) == pytest.approx(1.24)


def test_latency_at_its_ends() -> None:
    assert latency.headroom(0, 1000) == 1
    assert latency.headroom(1500, 1000) == -0.5
    assert latency.headroom(1, 0) is None
    assert latency.error_budget_used(0, 0, 0.95) is None
    assert latency.error_budget_used(0, 10, 0.95) == pytest.approx(20)
    assert latency.error_budget_used(10, 10, 1.0) == 0
    assert latency.error_budget_used(9, 10, 1.0) is None
    assert latency.error_budget_used(9, 10, 0.0) == pytest.approx(0.1)


MEASURED = "measured = { on = 2026-11-20, within = 938, of = 1000 }\n"


def test_the_error_budget_is_that_of_the_table_or_the_policy() -> None:
    assert latency.latency_error_budget_used(
        table(LatencyBudget, MEASURED), Policy()
    ) == pytest.approx(1.24)
    assert latency.latency_error_budget_used(
        table(LatencyBudget, "slo = 0.9\n" + MEASURED), Policy()
    ) == pytest.approx(0.62)
    assert (
        latency.latency_error_budget_used(
            table(LatencyBudget, "measured = { on = 2026-11-20, p50 = 9 }\n"), Policy()
        )
        is None
    )
    assert latency.latency_error_budget_used(table(LatencyBudget, ""), Policy()) is None


@pytest.mark.parametrize(
    ("text", "milliseconds", "beyond"),
    [
        ("", None, False),
        ('kind = "instant"', 100, False),
        ('kind = "flow"', 1000, False),
        ('kind = "attention"', 10000, False),
        ('kind = "background"', None, False),
        ('kind = "background"\np95_ms = 60000', 60000, False),
        ('kind = "flow"\np95_ms = 1000', 1000, False),
        ('kind = "flow"\np95_ms = 1001', 1001, True),
        ("p95_ms = 70", 70, False),
    ],
)
def test_the_budget(text: str, milliseconds: float | None, beyond: bool) -> None:
    times = table(LatencyBudget, text)
    assert latency.latency_budget(times) == milliseconds
    assert latency.exceeds_kind_limit(times) is beyond


STALE = """
freshness = { age_hours = 36, sla_hours = 24 }
accuracy = { correct = 368, audited = 400 }
"""
WORKED_DATA = "completeness = { filled = 960, of = 1000 }" + STALE


def test_worked_data() -> None:
    fit = datasets.data_assessment(table(ModelData, WORKED_DATA), Policy())
    assert fit is not None
    assert fit.values == pytest.approx(
        {"completeness": 0.96, "freshness": 24 / 36, "accuracy": 0.92}
    )
    assert round(fit.score, 3) == 0.838
    assert (fit.worst_dimension, fit.is_below_floor) == ("freshness", True)
    assert fit.accuracy is not None
    assert [round(end, 3) for end in fit.accuracy] == [0.889, 0.943]


def test_data_is_compared_with_its_floors() -> None:
    fit = datasets.data_assessment(
        table(ModelData, WORKED_DATA + "floors = { freshness = 0.5, accuracy = 0.92 }\n"), Policy()
    )
    assert fit is not None
    assert (fit.worst_dimension, fit.is_below_floor) == ("accuracy", False)


def test_data_of_which_little_is_known() -> None:
    assert datasets.data_assessment(table(ModelData, 'dataset = "d"'), Policy()) is None
    unknown = "completeness = { filled = 0, of = 0 }\naccuracy = { correct = 0, audited = 0 }\n"
    assert datasets.data_assessment(table(ModelData, unknown), Policy()) is None
    fit = datasets.data_assessment(
        table(ModelData, unknown + "freshness = { age_hours = 0, sla_hours = 24 }\n"), Policy()
    )
    assert fit is not None
    assert (fit.score, fit.worst_dimension, fit.is_below_floor, fit.accuracy) == (
        1,
        "freshness",
        False,
        None,
    )
    fit = datasets.data_assessment(
        table(ModelData, "completeness = { filled = 0, of = 9 }" + STALE), Policy()
    )
    assert fit is not None
    assert (fit.score, fit.worst_dimension) == (0, "completeness")


def test_worked_upkeep() -> None:
    assert lifecycle.people_for_days(3 * 3.0) == pytest.approx(0.45)
    assert lifecycle.people_for_days(3.0, 0) is None


def test_upkeep() -> None:
    assert lifecycle.retraining_load(2.0, 4) == 0.5
    assert lifecycle.retraining_load(2.0, 0) is None
    assert lifecycle.upkeep_share(0.45, 3) == pytest.approx(0.15)
    day = dt.date(2026, 11, 23)
    assert lifecycle.weeks_overdue(dt.date(2026, 9, 14), 8, day) == 2
    assert lifecycle.weeks_overdue(dt.date(2026, 11, 16), 8, day) == -7
    assert lifecycle.weeks_overdue(None, 8, day) is None
    assert lifecycle.weeks_overdue(day, None, day) is None


def test_worked_reviewers() -> None:
    busy = oversight.review_load((800.0, 1.0, 1.5), 6)
    assert busy is not None
    assert round(float(busy), 2) == 3.33
    assert oversight.reviewers_needed(busy) == 4


def test_reviewers_at_their_ends() -> None:
    assert oversight.review_load((800.0, 1.0, 1.5), 0) is None
    assert oversight.reviewers_needed(0.0) == 0
    assert oversight.reviewers_needed(3.0) == 3
    three = oversight.review_load((3.0, 0.1, 600.0), 1)
    assert three == 3.0000000000000004
    assert oversight.reviewers_needed(three) == 3
    assert oversight.reviewers_needed(np.array([1.0] * 8 + [4.2] * 2)) == 5


RULE = "promote_if = { accept = 0.9, weeks = 8, cases = 1000, segment_gap = 0.1 }\n"
SAFE = "kill_switch = true\nreversible = true\ndemote_if = { accept = 0.7 }\n"


def known(
    accepted: int, decided: int, weeks: int = 8, gap: float | None = 0.05
) -> OversightEvidence:
    return OversightEvidence(accepted, decided, weeks, gap)


def test_promotion_looks_at_the_low_end() -> None:
    """At 460 of 500 the share is .92, but the low end of its interval .893."""
    wanted = table(PromotionRule, "accept = 0.9")
    (found,) = oversight.unmet_promotion_conditions(wanted, known(460, 500))
    assert (found.condition, found.required) == ("accept", 0.9)
    assert found.actual == pytest.approx(0.893, abs=5e-4)
    assert not list(oversight.unmet_promotion_conditions(wanted, known(930, 1000)))


def test_nothing_is_missing_where_all_is_met() -> None:
    assert (
        oversight.unmet_conditions(table(Oversight, "level = 3\n" + RULE + SAFE), known(960, 1000))
        == ()
    )


def test_all_that_can_be_missing() -> None:
    found = oversight.unmet_conditions(
        table(Oversight, "level = 3\nreview.staffed = 3\n" + RULE), known(0, 0, 0, None), busy=3.33
    )
    assert found == (
        UnmetCondition("accept", 0, 0.9),
        UnmetCondition("weeks", 0, 8),
        UnmetCondition("cases", 0, 1000),
        UnmetCondition("segment_gap", None, 0.1),
        UnmetCondition("kill_switch"),
        UnmetCondition("demote_if"),
        UnmetCondition("reversible"),
        UnmetCondition("staffed", 3, 4),
    )


def test_only_what_acts_alone_must_be_reversible() -> None:
    above = oversight.unmet_conditions(
        table(Oversight, "level = 2\n" + RULE + SAFE.replace("true\ndem", "false\ndem")),
        known(960, 1000),
    )
    assert above == ()


@pytest.mark.parametrize("text", ["level = 5\n", ""])
def test_there_is_nothing_above_the_last_rung(text: str) -> None:
    assert oversight.unmet_conditions(table(Oversight, text), known(960, 1000)) is None


def test_without_a_rule_the_rule_is_missing() -> None:
    assert oversight.unmet_conditions(table(Oversight, "level = 0\n" + SAFE), known(0, 0)) == (
        UnmetCondition("promote_if"),
    )


def test_evidence_is_the_weeks_in_which_something_was_decided() -> None:
    assert oversight.oversight_evidence(
        [week(5, 1, 1), week(0, 0, 0, 8), week(3, 0, 0, 15)], 0.2
    ) == OversightEvidence(8, 10, 2, 0.2)


@pytest.mark.parametrize(
    ("rule", "demoted"),
    [
        ("accept = 0.6\nweeks = 2", True),
        ("accept = 0.6\nweeks = 3", False),
        ("accept = 0.6", True),
        ("accept = 0.5", False),
        ("accept = 0.9\nweeks = 5", False),
        ("weeks = 2", False),
    ],
)
def test_demotion_looks_at_the_last_weeks(rule: str, demoted: bool) -> None:
    weeks = [week(5, 5, 0, 22), week(0, 0, 0, 29), week(8, 2, 0, 1), week(5, 4, 1, 15)]
    assert oversight.should_demote(table(DemotionRule, rule), weeks) is demoted


def test_worked_harm() -> None:
    assert failure_modes.harm_per_1000(0.004, 0.3, 500) == pytest.approx(1400)
    assert failure_modes.wrong_per_day(0.95, 10_000) == pytest.approx(500)


def test_failures_at_their_ends() -> None:
    assert failure_modes.failure_rate(table(FailureMode, "hits = 4\nof = 1000")) == 0.004
    assert failure_modes.failure_rate(table(FailureMode, "hits = 0\nof = 0")) is None
    assert failure_modes.failure_rate(table(FailureMode, 'example = "e"')) is None
    assert (
        failure_modes.harm_per_1000(0.0, 0.3, 500)
        == failure_modes.harm_per_1000(0.5, 1.0, 500)
        == 0
    )
    assert failure_modes.share_of_harm(300, 1200) == 0.25
    assert failure_modes.share_of_harm(0, 0) is None
