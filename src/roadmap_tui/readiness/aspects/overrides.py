"""Trust: overrides of all users and of each cohort, activation, and churn."""

from collections.abc import Iterator

from roadmap_tui.plan.items import Product
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.trust import Activation, Trust, newest_activations
from roadmap_tui.readiness.judgement import Aspect, Judgement, JudgementLevel, level_if
from roadmap_tui.readiness.trust import (
    OverrideAssessment,
    activation_gap,
    activation_rate,
    churn_assessment,
    cohort_overrides,
    override_assessment,
    total_decisions,
    trust_alarm,
    trust_floor,
)
from roadmap_tui.text.numbers import (
    format_count,
    format_counted_share,
    format_percent,
    format_whole_percent,
)


def judge_trust(item: Product, policy: Policy, whole: Activation | None) -> Iterator[Judgement]:
    """Judge whether people accept a feature's answers, and whether too readily.

    Args:
        item: the feature.
        policy: has the levels of the alarm.
        whole: activation of the whole product, for comparison.
    """
    trust = item.trust
    if trust is None or not total_decisions(trust.weeks).decided:
        reason = "what is accepted, edited and overridden is not counted"
        yield Judgement("trust", "uncounted overrides", ("trust",), "unknown", reason)
    if trust is None:
        return
    alarm = trust_alarm(trust, policy)
    if total_decisions(trust.weeks).decided:
        stakes = item.oversight.stakes if item.oversight is not None else None
        floor = trust_floor(trust, stakes, policy)
        yield from _judge_all(override_assessment(trust.weeks, alarm, floor), alarm, floor)
    for name, cohort in cohort_overrides(trust, alarm).items():
        yield from _judge_cohort(name, cohort, alarm)
    yield from _judge_activation(trust, whole)
    yield from _judge_churn(trust)


def _judge_all(found: OverrideAssessment, alarm: float, floor: float | None) -> Iterator[Judgement]:
    path = ("trust",)
    if found.state == "rubber-stamping" and floor is not None:
        made = found.recent
        share = format_counted_share(made.overridden, made.decided)
        reason = (
            f"{share} overridden on high stakes, below the floor of {format_whole_percent(floor)}"
        )
        numbers = (("override", made.override_rate or 0.0), ("floor", floor))
        evidence = f"{format_count(made.decided, 'decision')} in the last four weeks"
        yield Judgement("trust", "stamping", path, "bad", reason, evidence, numbers, is_key=True)
    yield _judge_alarm(found, alarm, "trust", path, "")
    yield from _judge_rise(found, "trust", path, "")


def _judge_cohort(name: str, found: OverrideAssessment, alarm: float) -> Iterator[Judgement]:
    path = ("trust", "cohorts", name)
    yield _judge_alarm(found, alarm, "cohorts", path, f"{name}: ")
    yield from _judge_rise(found, "cohorts", path, f"{name}: ")


def _judge_alarm(
    found: OverrideAssessment, alarm: float, aspect: Aspect, path: tuple[str, ...], whose: str
) -> Judgement:
    made, issue = found.shown, "overrides" if aspect == "trust" else "cohort overrides"
    share = format_counted_share(made.overridden, made.decided)
    words: dict[str, tuple[JudgementLevel, str]] = {
        "confirmed": ("bad", "the whole interval lies above"),
        "watch": ("watch", "the share lies, its interval does not, above"),
    }
    level, where = words.get(found.state, ("ok", "not above"))
    rate = f"{whose}{share} overridden ({found.shown_weeks})"
    reason = f"{rate}: {where} the alarm of {format_whole_percent(alarm)}"
    numbers = (
        ("override", made.override_rate or 0.0),
        ("low", made.interval[0]),
        ("alarm", alarm),
    )
    evidence = format_count(made.decided, "decision")
    return Judgement(aspect, issue, path, level, reason, evidence, numbers, is_key=True)


def _judge_rise(
    found: OverrideAssessment, aspect: Aspect, path: tuple[str, ...], whose: str
) -> Iterator[Judgement]:
    if found.rise is None:
        return
    low, high = (100 * end for end in found.rise)
    by = f"by {low:.1f} to {high:.1f} points against the eight weeks before"
    level = level_if(found.is_rising, "watch")
    how = f"rise {by}" if found.is_rising else "don't rise beyond chance"
    reason = f"{whose}overrides {how}"
    evidence = format_count(found.newest.decided, "decision")
    numbers = (("low", found.rise[0]), ("high", found.rise[1]))
    yield Judgement(aspect, "rising overrides", path, level, reason, evidence, numbers, is_key=True)


def _judge_activation(trust: Trust, whole: Activation | None) -> Iterator[Judgement]:
    newest = next(iter(newest_activations(trust.activation)), None)
    gap = None if newest is None or whole is None else activation_gap(newest, whole)
    rate = activation_rate(newest)
    if newest is None or gap is None or rate is None:
        return
    share = f"{format_percent(rate)} of {newest.eligible:,} use it"
    numbers = (("activation", rate), ("low", gap[0]), ("high", gap[1]))
    is_below = gap[1] < 0
    level, side = level_if(is_below, "watch"), "below" if is_below else "not below"
    reason = f"{share}, {side} the whole product's {format_percent(activation_rate(whole) or 0)}"
    evidence = f"{newest.activated:,} of {newest.eligible:,}"
    path = ("trust", "activation")
    yield Judgement("activation", "low activation", path, level, reason, evidence, numbers)


def _judge_churn(trust: Trust) -> Iterator[Judgement]:
    found = churn_assessment(trust)
    if found is None:
        return
    low, high = (100 * end for end in found.difference)
    users, others = (format_percent(left / of) for left, of in (found.users, found.others))
    level = level_if(low > 0, "bad")
    reason = (
        f"{users} of its users leave in a week, {others} of others: a difference of {low:+.1f} to"
        f" {high:+.1f} points"
    )
    evidence = f"{found.users[1]:,} and {found.others[1]:,} weeks of people"
    numbers = (("low", found.difference[0]), ("high", found.difference[1]))
    path = ("trust", "cohorts")
    yield Judgement("churn", "churn of users", path, level, reason, evidence, numbers, is_key=True)
