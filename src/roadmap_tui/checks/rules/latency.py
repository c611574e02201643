"""Latency: whether answers come in time for what people are doing."""

from collections.abc import Iterator

from roadmap_tui.checks.context import CheckContext
from roadmap_tui.checks.judgement_violations import judged_violation, judged_violations
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.document.edits import SetValue

_DEFAULT_BUDGET = {"kind": "attention", "p95_ms": 10000}


@RuleInfo(
    "LA01",
    "W",
    "evaluate",
    reason=(
        "What comes too late is not used, however right it is, and speed is not added at the end."
    ),
    fix="set latency.kind or latency.p95_ms",
    source="J. Nielsen, Usability Engineering (1993)",
)
def la01(context: CheckContext) -> Iterator[Violation]:
    """An AI feature near launch has no latency budget."""
    for name, each in context.judged("no budget"):
        is_there = context.plan.product[name].latency is not None
        edit = SetValue(context.item_path(name, "latency"), _DEFAULT_BUDGET)
        yield judged_violation(context, name, each, () if is_there else (edit,))


@RuleInfo(
    "LA02",
    "E",
    "always",
    reason="Steps that add up to more than the budget can't keep it, whatever is done later.",
    fix="stream it, cache it, or take a smaller model; or let it be of a slower kind",
)
def la02(context: CheckContext) -> Iterator[Violation]:
    """The steps exceed the budget, or the budget what its kind allows."""
    yield from judged_violations(context, "steps", "budget of its kind")


@RuleInfo(
    "LA03",
    "W",
    "evaluate",
    reason=(
        "The error budget says how late is late enough to stop; beyond it, more features make it"
        " later still."
    ),
    fix="stop features, and fix it",
    source="B. Beyer and others, Site Reliability Engineering (2016), ch. 3",
)
def la03(context: CheckContext) -> Iterator[Violation]:
    """More than the whole error budget is burnt."""
    yield from judged_violations(context, "error budget")


@RuleInfo(
    "LA04",
    "W",
    "evaluate",
    live_severity="E",
    reason="The budget was set by what people put up with; beyond it they leave.",
    fix="stream it, cache it, or take a smaller model",
)
def la04(context: CheckContext) -> Iterator[Violation]:
    """The newest measured p95 is over the budget."""
    yield from judged_violations(context, "p95")


@RuleInfo(
    "LA05",
    "W",
    "live",
    reason="A budget that nothing is held against is a wish.",
    fix="record p50 and p95 in latency.measured",
)
def la05(context: CheckContext) -> Iterator[Violation]:
    """How long a live feature's answers take is not measured."""
    yield from judged_violations(context, "unmeasured latency")


@RuleInfo(
    "LA06",
    "W",
    "evaluate",
    reason=(
        "Times of unknown percentile don't add up: what is late at one step is rarely late at the"
        " next."
    ),
    fix="give each step its p50 and p95",
)
def la06(context: CheckContext) -> Iterator[Violation]:
    """A step of an answer lacks its p50 or its p95."""
    yield from judged_violations(context, "percentiles of steps")
