"""Explanations: how users see the reason for an answer."""

from collections.abc import Iterator

from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.rule import RuleInfo, Violation


@RuleInfo(
    "EX01",
    "W",
    "evaluate",
    reason="An answer whose reason can't be seen can only be believed or not.",
    fix="write in explanation how a user sees the reason",
)
def ex01(context: CheckContext) -> Iterator[Violation]:
    """An AI feature with medium or high stakes does not say how a user sees the reason."""
    for name, item in context.features(*OPEN_OR_IDEA, "live"):
        stakes = item.oversight.stakes if item.oversight is not None else None
        if stakes in {"medium", "high"} and not (item.explanation or "").strip():
            yield Violation(
                context.item_path(name, "explanation"),
                f"{stakes} stakes, and no user sees why it says what it says",
            )
