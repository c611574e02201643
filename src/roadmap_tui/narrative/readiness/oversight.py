"""Who looks over an AI feature, and what it may do alone, as sentences."""

from collections.abc import Iterator
from functools import partial

from roadmap_tui.forecast.simulation.amounts import median_of
from roadmap_tui.narrative.readiness.verdict import TopicAssessment, TopicVerdict
from roadmap_tui.plan.readiness.oversight import Oversight
from roadmap_tui.plan.readiness.trust import Trust
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
from roadmap_tui.text.numbers import (
    format_count,
    format_number,
    format_percent,
    format_whole_percent,
)

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
            f"fewer than {format_whole_percent(rule.accept)} accepted in its last"
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
