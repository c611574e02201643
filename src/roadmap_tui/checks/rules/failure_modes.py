"""Failure modes: what the wrong answers look like."""

from collections.abc import Iterator

from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.plan.items import Bet
from roadmap_tui.text.numbers import format_count

MIN_FAILURE_MODES = 3


@RuleInfo(
    "FM01",
    "W",
    "evaluate",
    reason=(
        "95% at 10,000 a day is 500 wrong a day; whether that can be lived with depends on which"
        " 500."
    ),
    fix="look at the errors, and write down at least three kinds of them",
)
def fm01(context: CheckContext) -> Iterator[Violation]:
    """A quality figure stands with fewer than three failure modes."""
    for name, model in context.models(*OPEN_OR_IDEA, "live"):
        bars = model.bars.items()
        measured = [each for each, bar in bars if bar.latest_value(each) is not None]
        count = len(model.failures)
        if measured and count < MIN_FAILURE_MODES:
            listed = format_count(count, "failure mode") if count else "no failure mode"
            text = f"{measured[0]} is measured, and {listed} listed"
            path = context.item_path(name, "failures")
            yield Violation(path, text, numbers=(("failures", count),))


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
    for name, item in context.items.items():
        if not isinstance(item, Bet) or item.status not in OPEN_OR_IDEA | {"live"}:
            continue
        for failure, each in item.failures.items():
            if each.severity == "high" and not (each.mitigation or "").strip():
                text = f"{failure} is of high severity, and nothing mitigates it"
                yield Violation(context.item_path(name, "failures", failure), text, at="key")
