"""Latency: whether answers come in time for what people are doing."""

from collections.abc import Iterator

from roadmap_tui.checks.comparisons import is_below
from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.document.edits import SetValue
from roadmap_tui.forecast.simulation.amounts import mean, median_of
from roadmap_tui.readiness.latency import (
    LIMITS,
    exceeds_kind_limit,
    is_error_budget_exhausted,
    latency_budget,
    latency_headroom,
    latency_slo,
)
from roadmap_tui.text.numbers import format_number, format_whole_percent

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
    for name, item in context.features(*OPEN_OR_IDEA, "live"):
        given = item.latency
        if given is None or (latency_budget(given) is None and given.kind != "background"):
            path = context.item_path(name, "latency")
            yield Violation(
                path,
                "no latency budget",
                edits=() if given is not None else (SetValue(path, _DEFAULT_BUDGET),),
            )


@RuleInfo(
    "LA02",
    "E",
    "always",
    reason="Steps that add up to more than the budget can't keep it, whatever is done later.",
    fix="stream it, cache it, or take a smaller model; or let it be of a slower kind",
)
def la02(context: CheckContext) -> Iterator[Violation]:
    """The steps exceed the budget, or the budget what its kind allows."""
    for name, item in context.products(*OPEN_OR_IDEA, "live"):
        if item.latency is None:
            continue
        allowed, left = latency_budget(item.latency), latency_headroom(item.latency, median_of)
        if allowed is not None and left is not None and is_below(mean(left), 0):
            taken = sum(step.ms.p50 for step in item.latency.steps)
            text = (
                f"the steps take {format_number(taken)} ms of a budget of {format_number(allowed)}"
                " ms"
            )
            path = context.item_path(name, "latency", "steps")
            yield Violation(path, text, numbers=(("steps", taken), ("budget", allowed)))
        if (
            exceeds_kind_limit(item.latency)
            and item.latency.kind is not None
            and allowed is not None
        ):
            limit = LIMITS[item.latency.kind]
            text = (
                f"a budget of {format_number(allowed)} ms is not {item.latency.kind}, which ends at"
                f" {format_number(limit)} ms"
            )
            path = context.item_path(name, "latency", "p95_ms")
            yield Violation(path, text, numbers=(("budget", allowed), ("limit", limit)))


@RuleInfo(
    "LA03",
    "W",
    "live",
    reason=(
        "The error budget says how late is late enough to stop; beyond it, more features make it"
        " later still."
    ),
    fix="stop features, and fix it",
    source="B. Beyer and others, Site Reliability Engineering (2016), ch. 3",
)
def la03(context: CheckContext) -> Iterator[Violation]:
    """More than the whole error budget is burnt."""
    for name, item in context.products(*OPEN_OR_IDEA, "live"):
        timing = item.latency.measured if item.latency is not None else None
        if item.latency is None or timing is None or not timing.of or timing.within is None:
            continue
        if is_error_budget_exhausted(item.latency, context.policy):
            late, slo = 1 - timing.within / timing.of, latency_slo(item.latency, context.policy)
            allowed = format_whole_percent(1 - slo)
            text = f"{format_whole_percent(late)} came too late, and {allowed} may"
            path = context.item_path(name, "latency", "measured")
            yield Violation(path, text, numbers=(("late", late), ("allowed", 1 - slo)))
