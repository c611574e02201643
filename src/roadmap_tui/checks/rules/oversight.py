"""Oversight: how much it may do without a person."""

from collections.abc import Iterator

from roadmap_tui.checks.context import CheckContext
from roadmap_tui.checks.judgement_violations import judged_violation, judged_violations
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.document.edits import SetValue

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
    yield from judged_violations(context, "promotion")


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
    yield from judged_violations(context, "irreversible action")


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
    for name, each in context.judged("safeguards"):
        over = context.plan.product[name].oversight
        place = context.item_path(name, "oversight", "demote_if")
        has_rule = over is not None and over.demote_if is not None
        edits = () if has_rule else (SetValue(place, _DEFAULT_DEMOTION),)
        yield judged_violation(context, name, each, edits)
    yield from judged_violations(context, "reviewers")


@RuleInfo(
    "HL04",
    "W",
    "evaluate",
    live_severity="E",
    reason="What acts on people without anyone having set how far it may go was decided by no one.",
    fix="add a table oversight: level, stakes, demote_if and kill_switch",
)
def hl04(context: CheckContext) -> Iterator[Violation]:
    """An AI feature near launch has no level of oversight."""
    yield from judged_violations(context, "no oversight")


@RuleInfo(
    "HL05",
    "W",
    "evaluate",
    live_severity="E",
    reason="A rule that is met and not followed is none.",
    fix="step down a level now",
)
def hl05(context: CheckContext) -> Iterator[Violation]:
    """The rule to step down is met."""
    yield from judged_violations(context, "demotion")


@RuleInfo(
    "HL06",
    "W",
    "evaluate",
    live_severity="E",
    reason="How far something may go alone depends on what it can break; unknown is no answer.",
    fix="set oversight.stakes",
)
def hl06(context: CheckContext) -> Iterator[Violation]:
    """It acts without approval, and its stakes are not set."""
    yield from judged_violations(context, "unknown stakes")
