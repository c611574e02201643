"""An AI feature in use, as sentences: trust, latency, oversight."""

from collections.abc import Iterator
from functools import partial

from roadmap_tui.forecast.simulation.amounts import mean, median_of
from roadmap_tui.narrative.readiness.verdict import (
    ReadinessLevel,
    TopicAssessment,
    TopicVerdict,
    format_count,
    format_counted_share,
    format_percent,
    format_set_level,
)
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.latency import LatencyBudget, LatencyMeasurement
from roadmap_tui.plan.readiness.oversight import Oversight, Stakes
from roadmap_tui.plan.readiness.trust import Activation, Trust
from roadmap_tui.readiness.latency import (
    exceeds_kind_limit,
    latency_budget,
    latency_error_budget_used,
    latency_headroom,
)
from roadmap_tui.readiness.oversight import (
    ACTING_LEVEL,
    LEVELS,
    UnmetCondition,
    feature_review_load,
    oversight_evidence,
    reviewers_needed,
    should_demote,
    unmet_conditions,
)
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
from roadmap_tui.text.dates import format_chance, format_date, format_number
from roadmap_tui.text.terminal_text import escape_control

_STATES: dict[TrustState, tuple[ReadinessLevel, str]] = {
    "unmeasured": ("unknown", "no counts"),
    "fine": ("good", ""),
    "watch": ("watch", "watch"),
    "confirmed": ("bad", "alarm"),
    "rubber-stamping": ("bad", "stamped"),
}
_SHORT_LEVELS = ("off", "shadow", "suggest", "approve", "undo", "alone")
_CONDITION_LABELS = {
    "accept": "accepted, by the low end of its interval",
    "weeks": "weeks with decisions",
    "cases": "decisions",
    "segment_gap": "at most between best and worst segment",
    "staffed": "reviewers staffed",
}
_MISSING_LABELS = {
    "promote_if": "conditions to be promoted: promote_if",
    "kill_switch": "a kill switch",
    "reversible": "a way back: reversible",
    "demote_if": "conditions to be demoted: demote_if",
}


# Trust


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
    share = "" if made.override_rate is None else f"{format_chance(made.override_rate)} "
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
    beside = f"; {what} {format_chance(other)}" if other is not None else ""
    yield f"{whose}used by {format_chance(share)} of {own.eligible:,} who could{beside}"
    got = value_rate(own)
    if got is not None:
        yield f"  {format_chance(got)} of them got something out of it"


# Latency


def latency_topic(latency: LatencyBudget, policy: Policy) -> TopicAssessment:
    """Assess whether answers are fast enough."""
    return TopicAssessment(
        "latency", _latency_verdict(latency, policy), partial(_latency_sentences, latency, policy)
    )


def _latency_verdict(latency: LatencyBudget, policy: Policy) -> TopicVerdict:
    return _late_verdict(latency, policy) or _on_time_verdict(latency, policy)


def _late_verdict(latency: LatencyBudget, policy: Policy) -> TopicVerdict | None:
    """The reason why answers are too slow; None if they are not known to be."""
    allowed, left, burnt = (
        latency_budget(latency),
        latency_headroom(latency, median_of),
        latency_error_budget_used(latency, policy),
    )
    p95 = latency.measured.p95 if latency.measured else None
    if burnt is not None and burnt > 1:
        return TopicVerdict("bad", f"{format_chance(burnt)} burnt" if burnt < 10 else "burnt")
    if p95 is not None and _exceeds(p95, allowed):
        return TopicVerdict("bad", f"p95 {format_milliseconds(p95)}")
    if left is not None and mean(left) < 0:
        return TopicVerdict("bad", "over budget")
    return TopicVerdict("bad", f"no {latency.kind}") if exceeds_kind_limit(latency) else None


def _exceeds(ms: float, allowed: float | None) -> bool:
    return allowed is not None and ms > allowed


def _on_time_verdict(latency: LatencyBudget, policy: Policy) -> TopicVerdict:
    """The verdict if answers are not known to be too slow."""
    allowed, left, burnt = (
        latency_budget(latency),
        latency_headroom(latency, median_of),
        latency_error_budget_used(latency, policy),
    )
    p95 = latency.measured.p95 if latency.measured else None
    if allowed is None and burnt is None:
        return (
            TopicVerdict("good", "background")
            if latency.kind == "background"
            else TopicVerdict("unknown", "no budget")
        )
    if p95 is not None:
        return TopicVerdict("good", f"p95 {format_milliseconds(p95)}")
    if left is not None:
        return TopicVerdict("good", f"{format_chance(mean(left))} left")
    return (
        TopicVerdict("unknown", "untested")
        if burnt is None
        else TopicVerdict("good", f"{format_chance(burnt)} burnt")
    )


def _latency_sentences(latency: LatencyBudget, policy: Policy) -> Iterator[str]:
    allowed = latency_budget(latency)
    sentences = [
        *_measured_sentences(latency, policy, allowed),
        *_budget_sentences(latency, allowed),
    ]
    yield from (sentence for _, sentence in sorted(sentences, key=lambda each: not each[0]))
    if allowed is None:
        yield (
            "in the background: no user waits"
            if latency.kind == "background"
            else "no budget: p95_ms, or a kind"
        )


def _measured_sentences(
    latency: LatencyBudget, policy: Policy, allowed: float | None
) -> Iterator[tuple[bool, str]]:
    """Measured latency; each sentence with whether it is too slow."""
    timing = latency.measured
    if timing is None:
        return
    yield from _error_budget_sentences(latency, timing, policy, allowed)
    given = (("p50", timing.p50), ("p95", timing.p95), ("p99", timing.p99))
    known = ", ".join(f"{name} {format_milliseconds(ms)}" for name, ms in given if ms is not None)
    is_late = timing.p95 is not None and _exceeds(timing.p95, allowed)
    if known:
        yield is_late, f"{known} on {format_date(timing.on)}, budget {_format_budget(allowed)}"


def _error_budget_sentences(
    latency: LatencyBudget, timing: LatencyMeasurement, policy: Policy, allowed: float | None
) -> Iterator[tuple[bool, str]]:
    """The share of answers in time; with whether it burns more than the error budget."""
    burnt = latency_error_budget_used(latency, policy)
    if burnt is None or timing.within is None or not timing.of:
        return
    slo = policy.slo if latency.slo is None else latency.slo
    late = ", more than there is" if burnt > 1 else ""
    share = (
        f"{format_counted_share(timing.within, timing.of)} within {_format_budget(allowed)},"
        f" {format_chance(slo)} must be"
    )
    yield burnt > 1, f"{share}: {format_chance(burnt)} of the error budget burnt{late}"


def _budget_sentences(latency: LatencyBudget, allowed: float | None) -> Iterator[tuple[bool, str]]:
    """Latency from steps and budget; each sentence with whether it is too slow."""
    left = latency_headroom(latency, median_of)
    if isinstance(left, float) and allowed is not None:
        taken = sum(step.ms.p50 for step in latency.steps)
        room = (
            f"{format_chance(left)} of the budget left"
            if left >= 0
            else f"{format_chance(-left)} more than the budget"
        )
        steps = (
            f"{format_count(len(latency.steps), 'step')}"
            f" take{'s' if len(latency.steps) == 1 else ''}"
        )
        yield (
            left < 0,
            f"{steps} {format_milliseconds(taken)} of {format_milliseconds(allowed)}: {room}",
        )
    elif allowed is not None and latency.measured is None:
        yield (
            False,
            f"budget {format_milliseconds(allowed)}; no step and no measurement shows whether it"
            " is kept",
        )
    if exceeds_kind_limit(latency):
        yield True, f"a budget of {_format_budget(allowed)} is too long for {latency.kind}"


def format_milliseconds(ms: float) -> str:
    """A duration: ``180 ms``, ``2.1 s``."""
    return f"{format_number(ms)} ms" if ms < 1_000 else f"{format_number(ms / 1_000)} s"


def _format_budget(allowed: float | None) -> str:
    return "its budget" if allowed is None else format_milliseconds(allowed)


# Oversight


def oversight_topic(
    oversight: Oversight, trust: Trust | None, gap: float | None
) -> TopicAssessment:
    """Assess the feature's autonomy, and what is missing for the next level.

    Args:
        oversight: the feature's table.
        trust: its trust table, if it has one.
        gap: largest gap between best and worst segment of its models; None if unknown.
    """
    weeks = trust.weeks if trust is not None else ()
    busy = (
        feature_review_load(oversight.review, median_of) if oversight.review is not None else None
    )
    lacking = unmet_conditions(oversight, oversight_evidence(weeks, gap), busy)
    write_sentences = partial(_oversight_sentences, oversight, trust, lacking, busy)
    return TopicAssessment("oversight", _oversight_verdict(oversight, trust, busy), write_sentences)


def _oversight_verdict(oversight: Oversight, trust: Trust | None, busy: object) -> TopicVerdict:
    level = oversight.level
    if level is None:
        return TopicVerdict("unknown", "no level")
    word = f"{level} {_SHORT_LEVELS[level]}"
    if _is_due_for_demotion(oversight, trust):
        return TopicVerdict("bad", word)
    acts_blindly = level >= ACTING_LEVEL and not (oversight.kill_switch and oversight.reversible)
    return TopicVerdict(
        "watch" if acts_blindly or _is_understaffed(oversight, busy) else "good", word
    )


def _is_due_for_demotion(oversight: Oversight, trust: Trust | None) -> bool:
    return (
        oversight.demote_if is not None
        and trust is not None
        and should_demote(oversight.demote_if, trust.weeks)
    )


def _is_understaffed(oversight: Oversight, busy: object) -> bool:
    """Whether there are fewer reviewers than needed."""
    staffed = oversight.review.staffed if oversight.review is not None else None
    return isinstance(busy, float) and staffed is not None and staffed < reviewers_needed(busy)


def _oversight_sentences(
    oversight: Oversight,
    trust: Trust | None,
    lacking: tuple[UnmetCondition, ...] | None,
    busy: object,
) -> Iterator[str]:
    level = oversight.level
    if level is None:
        yield (
            "no level says how much it may do alone:"
            f" {', '.join(f'{at} {name}' for at, name in enumerate(LEVELS))}"
        )
        return
    yield from _oversight_warnings(oversight, trust, level)
    review = [_review_sentence(oversight, busy)] if isinstance(busy, float) else []
    is_understaffed = _is_understaffed(oversight, busy)
    if is_understaffed:
        yield from review
    stakes = f", {oversight.stakes} stakes" if oversight.stakes else ""
    yield f"level {level}, {LEVELS[level]}{stakes}{_undo_clause(oversight)}"
    if lacking is not None:
        following = f"level {level + 1}, {LEVELS[level + 1]}"
        yield f"missing for {following}: nothing" if not lacking else f"missing for {following}:"
        yield from (f"  {missing_condition_text(each)}" for each in lacking)
    if not is_understaffed:
        yield from review


def _oversight_warnings(oversight: Oversight, trust: Trust | None, level: int) -> Iterator[str]:
    """What speaks against the level of autonomy."""
    rule = oversight.demote_if
    if _is_due_for_demotion(oversight, trust) and rule is not None and rule.accept is not None:
        few = (
            f"fewer than {format_chance(rule.accept)} accepted in its last"
            f" {format_count(rule.weeks or 1, 'week')}"
        )
        yield f"step down a rung: {few}"
    if level >= ACTING_LEVEL and not oversight.kill_switch:
        yield "it acts, and nothing is said to turn it off at once: kill_switch"
    if level >= ACTING_LEVEL and not oversight.reversible:
        yield "it acts, and nothing says that this can be undone: reversible"


def _review_sentence(oversight: Oversight, busy: float) -> str:
    staffed = oversight.review.staffed if oversight.review is not None else None
    there = f"; {format_number(staffed)} staffed" if staffed is not None else ""
    return (
        f"review keeps {format_number(busy)} people busy:"
        f" {format_count(reviewers_needed(busy), 'reviewer')}{there}"
    )


def _undo_clause(oversight: Oversight) -> str:
    if oversight.reversible is None:
        return ""
    if not oversight.reversible:
        return ", can't be undone"
    minutes = oversight.undo_minutes
    return ", can be undone" + (f" for {format_number(minutes)} minutes" if minutes else "")


def missing_condition_text(lacking: UnmetCondition) -> str:
    """A condition that is missing for the next level."""
    if lacking.required is None:
        return _MISSING_LABELS.get(lacking.condition, lacking.condition)
    is_share = lacking.condition in {"accept", "segment_gap"}
    write = format_percent if is_share else format_number
    now = "not counted" if lacking.actual is None else write(lacking.actual)
    return f"{write(lacking.required)} {_CONDITION_LABELS[lacking.condition]}; now {now}"
