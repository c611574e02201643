"""Data: what a model stands on."""

from collections.abc import Iterator

from roadmap_tui.checks.context import CheckContext
from roadmap_tui.checks.judgement_violations import judged_violations
from roadmap_tui.checks.rule import RuleInfo, Violation


@RuleInfo(
    "DQ01",
    "W",
    "active",
    reason="Data is what model work waits for most; what has no name was never looked at.",
    fix="name the dataset in a table data",
)
def dq01(context: CheckContext) -> Iterator[Violation]:
    """An active model names no data."""
    yield from judged_violations(context, "unnamed data")


@RuleInfo(
    "DQ02",
    "W",
    "evaluate",
    reason="A model learns what the data says, gaps and mistakes with it.",
    fix="repair the data first",
)
def dq02(context: CheckContext) -> Iterator[Violation]:
    """A dimension of a model's data lies below its floor."""
    yield from judged_violations(context, "data floor")


@RuleInfo(
    "DQ03",
    "W",
    "evaluate",
    reason=(
        "A model trained on what may not be used is thrown away, with the time that went into it."
    ),
    fix="find out, and write licence and pii",
)
def dq03(context: CheckContext) -> Iterator[Violation]:
    """The licence of the data is unknown, or whether it holds personal data."""
    yield from judged_violations(context, "rights to data")


@RuleInfo(
    "DQ04",
    "W",
    "evaluate",
    reason="Data that was never measured is trusted without a reason.",
    fix="count it: completeness, freshness or accuracy, in data.measured",
)
def dq04(context: CheckContext) -> Iterator[Violation]:
    """The data of a model is not measured."""
    yield from judged_violations(context, "unmeasured data")


@RuleInfo(
    "DQ05",
    "W",
    "evaluate",
    reason="Data changes with the world; an old assessment says what it was like.",
    fix="measure it again, and add the day to data.measured",
    has_threshold=True,
)
def dq05(context: CheckContext) -> Iterator[Violation]:
    """The data was measured more than 180 days ago, or on a day that isn't recorded."""
    yield from judged_violations(context, "age of data")
