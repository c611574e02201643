"""Latency: whether answers come in time for what people are doing."""

from collections.abc import Iterator

from roadmap_tui.checks.levels import below
from roadmap_tui.checks.subject import WANTED, Subject
from roadmap_tui.checks.values import Hit, Mistake
from roadmap_tui.files.edits import SetValue
from roadmap_tui.fitness.amounts import likely, mean
from roadmap_tui.fitness.latency import (
    LIMITS,
    budget,
    headroom_of,
    is_beyond_kind,
    is_burnt,
    slo_of,
)
from roadmap_tui.plan.words import number, percent

_BUDGET = {"kind": "attention", "p95_ms": 10000}


@Mistake(
    "LA01",
    "W",
    "evaluate",
    reason=(
        "What comes too late is not used, however right it is, and speed is not added at the end."
    ),
    fix="set latency.kind or latency.p95_ms",
    source="J. Nielsen, Usability Engineering (1993)",
)
def la01(seen: Subject) -> Iterator[Hit]:
    """An AI feature near launch has no latency budget."""
    for name, item in seen.features(*WANTED, "live"):
        given = item.latency
        if given is None or (budget(given) is None and given.kind != "background"):
            path = seen.path(name, "latency")
            yield Hit(
                path,
                "no latency budget",
                edits=() if given is not None else (SetValue(path, _BUDGET),),
            )


@Mistake(
    "LA02",
    "E",
    "always",
    reason="Steps that add up to more than the budget can't keep it, whatever is done later.",
    fix="stream it, cache it, or take a smaller model; or let it be of a slower kind",
)
def la02(seen: Subject) -> Iterator[Hit]:
    """The steps exceed the budget, or the budget what its kind allows."""
    for name, item in seen.products(*WANTED, "live"):
        if item.latency is None:
            continue
        allowed, left = budget(item.latency), headroom_of(item.latency, likely)
        if allowed is not None and left is not None and below(mean(left), 0):
            taken = sum(step.ms.p50 for step in item.latency.steps)
            text = f"the steps take {number(taken)} ms of a budget of {number(allowed)} ms"
            path = seen.path(name, "latency", "steps")
            yield Hit(path, text, numbers=(("steps", taken), ("budget", allowed)))
        if is_beyond_kind(item.latency) and item.latency.kind is not None and allowed is not None:
            limit = LIMITS[item.latency.kind]
            text = (
                f"a budget of {number(allowed)} ms is not {item.latency.kind}, which ends at"
                f" {number(limit)} ms"
            )
            path = seen.path(name, "latency", "p95_ms")
            yield Hit(path, text, numbers=(("budget", allowed), ("limit", limit)))


@Mistake(
    "LA03",
    "W",
    "live",
    reason=(
        "The error budget says how late is late enough to stop; beyond it, more features make it"
        " later still."
    ),
    fix="stop features, and mend it",
    source="B. Beyer and others, Site Reliability Engineering (2016), ch. 3",
)
def la03(seen: Subject) -> Iterator[Hit]:
    """More than the whole error budget is burnt."""
    for name, item in seen.products(*WANTED, "live"):
        timing = item.latency.measured if item.latency is not None else None
        if item.latency is None or timing is None or not timing.of or timing.within is None:
            continue
        if is_burnt(item.latency, seen.policy):
            late, slo = 1 - timing.within / timing.of, slo_of(item.latency, seen.policy)
            text = f"{percent(late)} came too late, and {percent(1 - slo)} may"
            path = seen.path(name, "latency", "measured")
            yield Hit(path, text, numbers=(("late", late), ("allowed", 1 - slo)))
