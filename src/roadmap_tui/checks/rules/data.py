"""Data: what a model stands on."""

from collections.abc import Iterator

from roadmap_tui.checks.comparisons import is_below
from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.readiness.data_quality import data_dimensions, data_floors
from roadmap_tui.text.numbers import format_beside_level, format_set_level


@RuleInfo(
    "DQ01",
    "W",
    "active",
    reason="Data is what model work waits for most; what has no name was never looked at.",
    fix="name the dataset in a table data",
)
def dq01(context: CheckContext) -> Iterator[Violation]:
    """An active model names no data."""
    for name, model in context.models(*OPEN_OR_IDEA):
        if model.data is None or not (model.data.dataset or "").strip():
            yield Violation(context.item_path(name, "data"), "no dataset is named")


@RuleInfo(
    "DQ02",
    "W",
    "active",
    reason="A model learns what the data says, gaps and mistakes with it.",
    fix="repair the data first",
)
def dq02(context: CheckContext) -> Iterator[Violation]:
    """A dimension of the data of what is being worked on lies below its floor."""
    for name, model in context.models(*OPEN_OR_IDEA):
        if model.data is None:
            continue
        floors = data_floors(model.data, context.policy)
        for dimension, value in data_dimensions(model.data).items():
            if is_below(value, floors[dimension]):
                floor = floors[dimension]
                level = format_beside_level(value, floor)
                text = f"{dimension} {level} is below its floor {format_set_level(floor)}"
                numbers = ((dimension, value), ("floor", floor))
                yield Violation(context.item_path(name, "data", dimension), text, numbers=numbers)


@RuleInfo(
    "DQ03",
    "W",
    "active",
    reason=(
        "A model trained on what may not be used is thrown away, with the time that went into it."
    ),
    fix="find out, and write licence and pii",
)
def dq03(context: CheckContext) -> Iterator[Violation]:
    """The licence of the data is unknown, or whether it holds personal data."""
    for name, model in context.models(*OPEN_OR_IDEA):
        if model.data is None:
            continue
        unknown = [] if (model.data.licence or "").strip() else ["under which licence"]
        unknown += [] if model.data.pii is not None else ["whether it holds personal data"]
        if unknown:
            yield Violation(
                context.item_path(name, "data"), f"nothing says {' or '.join(unknown)}", at="key"
            )
