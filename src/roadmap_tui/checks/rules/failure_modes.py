"""Failure modes: what the wrong answers look like."""

from collections.abc import Iterator

from roadmap_tui.checks.context import CheckContext
from roadmap_tui.checks.judgement_violations import judged_violations
from roadmap_tui.checks.rule import RuleInfo, Violation


@RuleInfo(
    "FM01",
    "W",
    "evaluate",
    reason=(
        "95% at 10,000 a day is 500 wrong a day; whether that can be lived with depends on which"
        " 500."
    ),
    fix="look at the errors, and describe at least three kinds of them: example, hurts, hits",
)
def fm01(context: CheckContext) -> Iterator[Violation]:
    """A quality figure stands with fewer than three described failure modes."""
    yield from judged_violations(context, "described failures")


@RuleInfo(
    "FM02",
    "W",
    "evaluate",
    reason=(
        "A grave failure that is known and met with nothing was decided upon without a decision."
    ),
    fix="mitigate it, and write how in mitigation",
)
def fm02(context: CheckContext) -> Iterator[Violation]:
    """A failure mode of high severity has no mitigation."""
    yield from judged_violations(context, "mitigation")
