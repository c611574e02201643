"""Oversight: how much a feature may do without a person, and whether that is backed."""

from collections.abc import Iterator

from roadmap_tui.forecast.simulation.amounts import median_of
from roadmap_tui.plan.items import Product
from roadmap_tui.plan.readiness.oversight import Oversight
from roadmap_tui.readiness.judgement import Judgement, level_if
from roadmap_tui.readiness.oversight import (
    ACTING_LEVEL,
    LEVELS,
    feature_review_load,
    oversight_evidence,
    reviewers_needed,
    should_demote,
    unmet_promotion_conditions,
)
from roadmap_tui.text.numbers import format_count, format_number, format_whole_percent

SUGGEST_LEVEL = 2


def judge_oversight(item: Product, segment_gap: float | None) -> Iterator[Judgement]:
    """Judge the oversight of a feature.

    Args:
        item: the feature.
        segment_gap: distance of its models' worst segment from the best; None if none was counted.
    """
    over = item.oversight
    if over is None or over.level is None:
        path, reason = ("oversight",), "nothing says how much it may do without a person"
        yield Judgement("oversight", "no oversight", path, "unknown", reason, is_key=True)
    if over is None:
        return
    yield from _judge_stakes(over)
    yield from _judge_promotion(item, over, segment_gap)
    yield from _judge_reversal(over)
    yield from _judge_demotion(item, over)
    yield from _judge_safeguards(over)
    yield from _judge_reviewers(over)


def _level_words(over: Oversight) -> str:
    level = over.level or 0
    return f"level {level}, {LEVELS[level]}"


def _judge_stakes(over: Oversight) -> Iterator[Judgement]:
    if over.stakes is None and over.level is not None and over.level >= ACTING_LEVEL:
        reason = f"at {_level_words(over)}, and how much harm it can do is not set"
        numbers = (("level", over.level),)
        path = ("oversight", "level")
        yield Judgement("oversight", "unknown stakes", path, "unknown", reason, "", numbers)


def _judge_promotion(
    item: Product, over: Oversight, segment_gap: float | None
) -> Iterator[Judgement]:
    if over.stakes != "high" or over.level is None or over.level <= SUGGEST_LEVEL:
        return
    path, numbers = ("oversight", "level"), (("level", over.level),)
    weeks = () if item.trust is None else item.trust.weeks
    known = oversight_evidence(weeks, segment_gap)
    why = "nothing to pass"
    if over.promote_if is not None:
        unmet = [each.condition for each in unmet_promotion_conditions(over.promote_if, known)]
        why = f"not shown: {', '.join(unmet)}" if unmet else ""
    if why:
        reason = f"high stakes at {_level_words(over)}; {why}"
        yield Judgement("oversight", "promotion", path, "bad", reason, "", numbers)
    else:
        reason = f"high stakes at {_level_words(over)}, promoted by what it showed"
        evidence = format_count(known.decided, "decision") or "promote_if"
        yield Judgement("oversight", "promotion", path, "ok", reason, evidence, numbers)


def _judge_reversal(over: Oversight) -> Iterator[Judgement]:
    if over.level is None or over.level < ACTING_LEVEL:
        return
    path, numbers = ("oversight", "level"), (("level", over.level),)
    if over.reversible is False:
        reason = f"it can't be undone, and no person approves it at {_level_words(over)}"
        yield Judgement("oversight", "irreversible action", path, "bad", reason, "", numbers)
    elif over.reversible is None:
        reason = f"nothing says whether it can be undone at {_level_words(over)}"
        yield Judgement("oversight", "irreversible action", path, "unknown", reason, "", numbers)
    else:
        reason = f"what it does at {_level_words(over)} can be undone"
        yield Judgement(
            "oversight", "irreversible action", path, "ok", reason, "reversible", numbers
        )


def _judge_demotion(item: Product, over: Oversight) -> Iterator[Judgement]:
    rule = over.demote_if
    weeks = () if item.trust is None else item.trust.weeks
    if rule is None or rule.accept is None or not any(week.decision_count for week in weeks):
        return
    path = ("oversight", "demote_if")
    last = format_count(rule.weeks or 1, "week")
    share = f"{format_whole_percent(rule.accept)} accepted in the last {last}"
    numbers = (("accept", rule.accept),)
    evidence = format_count(sum(week.decision_count for week in weeks), "decision")
    if should_demote(rule, weeks):
        reason = f"fewer than {share}: by its own rule it steps down from {_level_words(over)}"
        yield Judgement("oversight", "demotion", path, "bad", reason, evidence, numbers)
    else:
        reason = f"not fewer than {share}"
        yield Judgement("oversight", "demotion", path, "ok", reason, evidence, numbers)


def _judge_safeguards(over: Oversight) -> Iterator[Judgement]:
    lacking = [] if over.demote_if is not None else ["no rule to step down"]
    lacking += [] if over.kill_switch else ["no kill switch"]
    path = ("oversight",)
    if lacking:
        reason = " and ".join(lacking)
        yield Judgement("oversight", "safeguards", path, "watch", reason, is_key=True)
    else:
        reason = "a rule to step down and a kill switch"
        yield Judgement("oversight", "safeguards", path, "ok", reason, reason, is_key=True)


def _judge_reviewers(over: Oversight) -> Iterator[Judgement]:
    review = over.review
    load = None if review is None else feature_review_load(review, median_of)
    if review is None or load is None or review.staffed is None:
        return
    needed, staffed = reviewers_needed(load), review.staffed
    reason = f"it takes {format_count(needed, 'reviewer')}, and {format_number(staffed)} staffed"
    level = level_if(staffed < needed, "watch")
    numbers = (("needed", needed), ("staffed", staffed))
    path = ("oversight", "review")
    evidence = f"{format_number(staffed)} staffed"
    yield Judgement("oversight", "reviewers", path, level, reason, evidence, numbers)
