"""Whether people accept an AI feature's answers, as sentences."""

from collections.abc import Iterator

from roadmap_tui.narrative.readiness.verdict import ReadinessLevel, TopicAssessment, TopicVerdict
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.oversight import Stakes
from roadmap_tui.plan.readiness.trust import Activation, Trust
from roadmap_tui.readiness.trust import (
    TrustState,
    activation_rate,
    is_rising,
    rising_cohorts,
    total_decisions,
    trust_alarm,
    trust_floor,
    trust_state,
    value_rate,
    weekly_overrides,
)
from roadmap_tui.text.numbers import (
    format_counted_share,
    format_percent,
    format_set_level,
    format_whole_percent,
)
from roadmap_tui.text.terminal_text import escape_control

_STATES: dict[TrustState, tuple[ReadinessLevel, str]] = {
    "unmeasured": ("unknown", "no counts"),
    "fine": ("good", ""),
    "watch": ("watch", "watch"),
    "confirmed": ("bad", "alarm"),
    "rubber-stamping": ("bad", "stamped"),
}


def trust_topic(
    trust: Trust, stakes: Stakes | None, policy: Policy, whole: Activation | None
) -> TopicAssessment:
    """Assess whether people accept the answers, and whether too readily.

    Args:
        trust: the feature's table.
        stakes: from its oversight table.
        policy: has the alarm levels.
        whole: activation of the whole product, for comparison.
    """
    made, alarm, floor = (
        total_decisions(trust.weeks),
        trust_alarm(trust, policy),
        trust_floor(trust, stakes, policy),
    )
    found = trust_state(made, alarm, floor)
    level, word = _STATES[found]
    rising = [
        *(["all"] if is_rising(weekly_overrides(trust.weeks)) else []),
        *map(escape_control, rising_cohorts(trust)),
    ]
    share = "" if made.override_rate is None else f"{format_whole_percent(made.override_rate)} "
    if rising and level == "good":
        level, word = "watch", "rises"

    def write_sentences() -> Iterator[str]:
        sentences = [_override_sentence(trust, found, alarm, floor)]
        if rising:
            sentences.insert(
                0 if found == "fine" else 1,
                f"overrides rose three weeks running: {', '.join(rising)}",
            )
        yield from sentences
        if made.trust_rate is not None:
            yield (
                f"trust {format_set_level(round(made.trust_rate, 3))}: accepted, and edited ones"
                " by half"
            )
        yield from _activation_sentences("", trust.activation, whole)
        for name, cohort in trust.cohorts.items():
            yield from _activation_sentences(
                f"{escape_control(name)}: ", cohort.activation, trust.activation
            )

    return TopicAssessment("trust", TopicVerdict(level, f"{share}{word}".strip()), write_sentences)


def _override_sentence(trust: Trust, found: TrustState, alarm: float, floor: float | None) -> str:
    made = total_decisions(trust.weeks)
    if not made.decided:
        return "no decision was counted: how many answers are accepted, edited, overridden?"
    share = (
        f"overridden {format_counted_share(made.overridden, made.decided)} of {made.decided:,}"
        " decided"
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
    return f"{share}: {words[found]}"


def _activation_sentences(
    whose: str, own: Activation | None, whole: Activation | None
) -> Iterator[str]:
    share = activation_rate(own) if own is not None else None
    if own is None or share is None:
        return
    other = activation_rate(whole) if whole is not None else None
    what = "of all" if whose else "of the whole product"
    beside = f"; {what} {format_whole_percent(other)}" if other is not None else ""
    yield f"{whose}used by {format_whole_percent(share)} of {own.eligible:,} who could{beside}"
    got = value_rate(own)
    if got is not None:
        yield f"  {format_whole_percent(got)} of them got something out of it"
