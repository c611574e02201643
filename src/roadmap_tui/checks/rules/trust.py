"""Trust: whether people go along with the answers, and whether too readily."""

from collections.abc import Iterator
from dataclasses import replace

from roadmap_tui.checks.context import CheckContext
from roadmap_tui.checks.judgement_violations import judged_violation, judged_violations
from roadmap_tui.checks.rule import RuleInfo, Violation


@RuleInfo(
    "TR01",
    "E",
    "live",
    reason=("A model may be right and ignored, or wrong and followed; only counting shows which."),
    fix="log what is accepted, edited and overridden, and write it in trust.weeks",
)
def tr01(context: CheckContext) -> Iterator[Violation]:
    """A live AI feature has no trust counts."""
    yield from judged_violations(context, "uncounted overrides")


@RuleInfo(
    "TR02",
    "W",
    "evaluate",
    reason=(
        "People who override it have a reason; when there are this many, it is in the way of their"
        " work."
    ),
    fix="look at their reasons; once it is confirmed, step down a rung of oversight",
)
def tr02(context: CheckContext) -> Iterator[Violation]:
    """Overrides are above the alarm: to be watched, or, with the whole interval, confirmed."""
    yield from _alarms(context, "overrides")


def _alarms(context: CheckContext, issue: str) -> Iterator[Violation]:
    """Alarms as errors if they are confirmed."""
    for name, each in context.judged(issue):
        violation = judged_violation(context, name, each)
        yield replace(violation, severity="E") if each.level == "bad" else violation


@RuleInfo(
    "TR03",
    "W",
    "evaluate",
    reason="No model is right that often; people who never object have stopped reading.",
    fix="seed known errors, and audit without showing the answer",
    source="R. Parasuraman, D. Manzey, Human Factors 52 (2010)",
)
def tr03(context: CheckContext) -> Iterator[Violation]:
    """On high stakes, overrides are below the floor."""
    yield from judged_violations(context, "stamping")


@RuleInfo(
    "TR04",
    "W",
    "evaluate",
    reason="A rate that still passes and rises fails later; by then more people have met it.",
    fix="find out what changed: the model, its data, or who uses it",
    source="R. G. Newcombe, Statistics in Medicine 17 (1998)",
)
def tr04(context: CheckContext) -> Iterator[Violation]:
    """Overrides of the newest weeks exceed those of the eight before by more than chance."""
    yield from judged_violations(context, "rising overrides")


@RuleInfo(
    "TR05",
    "W",
    "evaluate",
    reason="The mean over all hides the group that the answers fail.",
    fix="look at the group's cases; turn it off for them until it is fixed",
)
def tr05(context: CheckContext) -> Iterator[Violation]:
    """Overrides of a cohort are above the alarm."""
    yield from _alarms(context, "cohort overrides")


@RuleInfo(
    "TR06",
    "W",
    "live",
    reason="What is less used than the product around it is not wanted, not found, or not trusted.",
    fix="ask those who stopped, or never began",
)
def tr06(context: CheckContext) -> Iterator[Violation]:
    """Fewer people use the feature than the whole product."""
    yield from judged_violations(context, "low activation")


@RuleInfo(
    "TR07",
    "W",
    "live",
    reason="A feature that is used and drives people away costs more than it brings.",
    fix="ask those who left; hold the rollout until the difference is understood",
)
def tr07(context: CheckContext) -> Iterator[Violation]:
    """Users of the feature leave more often than others."""
    yield from judged_violations(context, "churn of users")
