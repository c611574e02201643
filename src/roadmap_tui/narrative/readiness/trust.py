"""Whether people accept an AI feature's answers, as sentences."""

from collections.abc import Iterator

from roadmap_tui.narrative.readiness.verdict import ReadinessLevel, TopicAssessment, TopicVerdict
from roadmap_tui.plan.items import Product
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.trust import Activation, Trust, newest_activations
from roadmap_tui.readiness.trust import (
    OverrideAssessment,
    TrustState,
    activation_rate,
    churn_assessment,
    cohort_overrides,
    override_assessment,
    rising_cohorts,
    total_decisions,
    trust_alarm,
    trust_floor,
    value_rate,
)
from roadmap_tui.text.numbers import (
    format_counted_share,
    format_percent,
    format_set_level,
    format_whole_percent,
)
from roadmap_tui.text.terminal_text import escape_control

_WORDS: dict[TrustState, str] = {
    "unmeasured": "no counts",
    "fine": "",
    "watch": "watch",
    "confirmed": "alarm",
    "rubber-stamping": "stamped",
}


def trust_topic(
    item: Product, policy: Policy, whole: Activation | None, level: ReadinessLevel
) -> TopicAssessment:
    """Whether people accept the answers, and whether too readily, at a level that was judged.

    Args:
        item: a feature with a trust table.
        policy: has the alarm levels.
        whole: activation of the whole product, for comparison.
        level: of overrides, cohorts, activation and churn together.
    """
    trust = item.trust or Trust()
    stakes = item.oversight.stakes if item.oversight is not None else None
    alarm, floor = trust_alarm(trust, policy), trust_floor(trust, stakes, policy)
    found = override_assessment(trust.weeks, alarm, floor)
    rate, word = found.shown.override_rate, _WORDS[found.state]
    rising = [*(["all"] if found.is_rising else []), *map(escape_control, rising_cohorts(trust))]
    cohorts = [
        escape_control(name)
        for name, each in cohort_overrides(trust, alarm).items()
        if each.state == "confirmed"
    ]
    if not word and cohorts:
        word = "cohort"
    elif not word and rising:
        word = "rises"
    share = "" if rate is None else f"{format_whole_percent(rate)} "

    def write_sentences() -> Iterator[str]:
        sentences = [_override_sentence(found, alarm, floor)]
        if rising:
            sentences.insert(
                0 if found.state == "fine" else 1,
                f"overrides rise beyond chance: {', '.join(rising)}",
            )
        if cohorts:
            sentences.insert(0, f"overrides above the alarm: {', '.join(cohorts)}")
        yield from sentences
        made = total_decisions(trust.weeks)
        if made.trust_rate is not None:
            yield (
                f"trust {format_set_level(round(made.trust_rate, 3))} over all weeks: accepted, and"
                " edited ones by half"
            )
        yield from _activation_sentences("", trust.activation, whole)
        own = next(iter(newest_activations(trust.activation)), None)
        for name, cohort in trust.cohorts.items():
            yield from _activation_sentences(f"{escape_control(name)}: ", cohort.activation, own)
        yield from _churn_sentences(trust)

    return TopicAssessment("trust", TopicVerdict(level, f"{share}{word}".strip()), write_sentences)


def _override_sentence(found: OverrideAssessment, alarm: float, floor: float | None) -> str:
    made = found.shown
    if not made.decided:
        return "no decision was counted: how many answers are accepted, edited, overridden?"
    share = (
        f"overridden {format_counted_share(made.overridden, made.decided)} of {made.decided:,}"
        f" decided in the {found.shown_weeks}"
    )
    words = {
        "fine": f"the alarm is at {format_percent(alarm)}",
        "watch": f"watch: above the alarm of {format_percent(alarm)}, which its interval still"
        " reaches",
        "confirmed": f"confirmed: all of its interval lies above the alarm of"
        f" {format_percent(alarm)}",
        "rubber-stamping": (
            f"rubber-stamped: below the floor of {format_percent(floor or 0.0)}, where stakes are"
            " high"
        ),
    }
    return f"{share}: {words[found.state]}"


def _churn_sentences(trust: Trust) -> Iterator[str]:
    found = churn_assessment(trust)
    if found is None:
        return
    users, others = (format_percent(left / of) for left, of in (found.users, found.others))
    low, high = (100 * end for end in found.difference)
    yield (
        f"{users} of its users leave in a week, {others} of others: a difference of {low:+.1f} to"
        f" {high:+.1f} points"
    )


def _activation_sentences(
    whose: str, counts: tuple[Activation, ...], whole: Activation | None
) -> Iterator[str]:
    """The newest count with its interval, beside the whole and the count before."""
    newest = newest_activations(counts)
    own = newest[0] if newest else None
    share, other = activation_rate(own), activation_rate(whole)
    if own is None or share is None:
        return
    what = "of all" if whose else "of the whole product"
    beside = f"; {what} {format_whole_percent(other)}" if other is not None else ""
    before = activation_rate(newest[1]) if len(newest) > 1 else None
    trend = f", {format_whole_percent(before)} before" if before is not None else ""
    used = format_counted_share(own.activated, own.eligible)
    yield f"{whose}used by {used} of {own.eligible:,} who could{trend}{beside}"
    got = value_rate(own)
    if got is not None:
        yield f"  {format_whole_percent(got)} of them got something out of it"
