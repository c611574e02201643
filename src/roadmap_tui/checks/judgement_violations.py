"""Judgements of readiness as violations: rules read the one judge, and judge nothing themselves."""

from collections.abc import Iterator

from roadmap_tui.checks.context import CheckContext
from roadmap_tui.checks.rule import Violation
from roadmap_tui.document.edits import Edit
from roadmap_tui.readiness.judgement import Judgement


def judged_violations(context: CheckContext, *issues: str) -> Iterator[Violation]:
    """Yield a violation for each judgement of these issues that asks for something."""
    for issue in issues:
        for name, each in context.judged(issue):
            yield judged_violation(context, name, each)


def judged_violation(
    context: CheckContext, name: str, judgement: Judgement, edits: tuple[Edit, ...] = ()
) -> Violation:
    """Return a judgement of an item as a violation, at the field that it is about."""
    return Violation(
        context.item_path(name, *judgement.path),
        judgement.reason,
        numbers=judgement.numbers,
        edits=edits,
        at="key" if judgement.is_key else "value",
    )
