"""Oversight: how much it may do without a person."""

from collections.abc import Iterator

from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.document.edits import SetValue
from roadmap_tui.forecast.simulation.amounts import median_of
from roadmap_tui.plan.items import Product
from roadmap_tui.plan.readiness.oversight import Oversight
from roadmap_tui.readiness.oversight import (
    ACTING_LEVEL,
    LEVELS,
    feature_review_load,
    oversight_evidence,
    reviewers_needed,
    unmet_promotion_conditions,
)
from roadmap_tui.text.numbers import format_count, format_number

SUGGEST_LEVEL = 2
_DEFAULT_DEMOTION = {"accept": 0.5, "weeks": 2}


@RuleInfo(
    "HL01",
    "W",
    "evaluate",
    live_severity="E",
    reason="On high stakes it does more than suggest once it has shown that it may, not before.",
    fix="step down to suggest, or pass the conditions of promote_if",
)
def hl01(context: CheckContext) -> Iterator[Violation]:
    """High stakes, above level 2, without having passed a promotion."""
    for name, item, over in _features_with_oversight(context):
        if over.stakes != "high" or over.level is None or over.level <= SUGGEST_LEVEL:
            continue
        why = _missing_promotion(item, over, context.segment_gap(name))
        if why:
            text = f"high stakes at level {over.level}, {LEVELS[over.level]}; {why}"
            yield Violation(
                context.item_path(name, "oversight", "level"),
                text,
                numbers=(("level", over.level),),
            )


def _missing_promotion(item: Product, over: Oversight, segment_gap: float | None) -> str:
    """Why a feature hasn't passed a promotion; empty if it has."""
    if over.promote_if is None:
        return "nothing to pass"
    weeks = () if item.trust is None else item.trust.weeks
    evidence = oversight_evidence(weeks, segment_gap)
    unmet = [each.condition for each in unmet_promotion_conditions(over.promote_if, evidence)]
    return f"not shown: {', '.join(unmet)}" if unmet else ""


@RuleInfo(
    "HL02",
    "W",
    "evaluate",
    live_severity="E",
    reason="What can't be undone is looked at before, or never.",
    fix="let a person approve each, at level 3 at most",
)
def hl02(context: CheckContext) -> Iterator[Violation]:
    """It acts without approval, and that can't be undone."""
    for name, _, over in _features_with_oversight(context):
        if over.reversible is False and over.level is not None and over.level >= ACTING_LEVEL:
            text = (
                f"it can't be undone, and no person approves it at level {over.level},"
                f" {LEVELS[over.level]}"
            )
            yield Violation(
                context.item_path(name, "oversight", "level"),
                text,
                numbers=(("level", over.level),),
            )


@RuleInfo(
    "HL03",
    "W",
    "evaluate",
    reason=(
        "On the day it goes wrong there must be a rule that says so, a switch, and people who look."
    ),
    fix="add demote_if and kill_switch; staff the review",
)
def hl03(context: CheckContext) -> Iterator[Violation]:
    """No rule to step down, no kill switch, or fewer reviewers than it takes."""
    for name, _, over in _features_with_oversight(context):
        lacking = [] if over.demote_if is not None else ["no rule to step down"]
        lacking += [] if over.kill_switch else ["no kill switch"]
        if lacking:
            path = context.item_path(name, "oversight", "demote_if")
            edits = (SetValue(path, _DEFAULT_DEMOTION),) if over.demote_if is None else ()
            yield Violation(path[:-1], " and ".join(lacking), edits=edits, at="key")
        missing = _missing_reviewers(over)
        if missing is not None:
            needed, staffed = missing
            text = (
                f"it takes {format_count(needed, 'reviewer')}, and {format_number(staffed)} staffed"
            )
            numbers = (("needed", needed), ("staffed", staffed))
            yield Violation(context.item_path(name, "oversight", "review"), text, numbers=numbers)


def _missing_reviewers(over: Oversight) -> tuple[int, float] | None:
    """The reviewers needed and those there are, if these are fewer."""
    review = over.review
    if review is None or review.staffed is None:
        return None
    load = feature_review_load(review, median_of)
    if load is None or review.staffed >= reviewers_needed(load):
        return None
    return reviewers_needed(load), review.staffed


def _features_with_oversight(context: CheckContext) -> Iterator[tuple[str, Product, Oversight]]:
    for name, item in context.products(*OPEN_OR_IDEA, "live"):
        if item.oversight is not None:
            yield name, item, item.oversight
