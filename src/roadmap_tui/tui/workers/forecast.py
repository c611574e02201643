"""The forecast of a plan: a preview first where the whole takes long."""

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.document.document import Document
from roadmap_tui.forecast.analysis.horizon_value import simulated_values
from roadmap_tui.forecast.engine import (
    DEFAULT_RUNS,
    NO_REFERENCE,
    PREVIEW_RUNS,
    ReferenceOrder,
    forecast,
    simulated_forecast,
)
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.plan.resolver import ResolvedPlan, resolve_plan
from roadmap_tui.tui.limits import FEW_RUNS, full_run_count, is_large_plan
from roadmap_tui.tui.views.figure_widths import FigureWidths
from roadmap_tui.tui.workers.background import Task

_QUICK = 0.05
"""Seconds of a full forecast from which on a preview is shown first."""
_MANY, _GLIMPSE = 500, 500
"""Plans of more items than that are first shown on that few runs."""


@dataclass(frozen=True, slots=True)
class ForecastResult:
    """A forecast of a document.

    Attributes:
        forecast: None if the document has no plan.
        widths: cells that its figures take.
        seconds: that the calculation took; 0 for a preview.
    """

    document: Document
    forecast: Forecast | None
    widths: FigureWidths | None = None
    seconds: float = 0.0


def compute_forecast(
    resolved: ResolvedPlan,
    runs: int,
    base: ReferenceOrder = NO_REFERENCE,
    check: Checkpoint = no_checkpoint,
) -> Forecast:
    """The forecast of a plan, in the build order of another version of it."""
    return forecast(resolved, runs, base, check)


@dataclass(frozen=True, eq=False, slots=True)
class PlanPreview:
    """A forecast on few runs, and the value that the plan delivers in each; shape (runs,)."""

    forecast: Forecast
    value: NDArray[np.float64]


def preview_plan(resolved: ResolvedPlan, check: Checkpoint) -> PlanPreview:
    """The preview of a plan: of two versions, on the same runs."""
    run = simulated_forecast(resolved, PREVIEW_RUNS, checkpoint=check)
    return PlanPreview(run.forecast, simulated_values(run.simulation))


def is_slow_plan(document: Document) -> bool:
    """Whether a plan has so many items that its first forecast is a preview."""
    return document.plan is not None and len(document.plan.items) > _MANY


def run_counts(document: Document, last_seconds: float) -> tuple[int, ...]:
    """The simulation runs of the forecasts to make, one after the other.

    Args:
        document: whose plan is forecast.
        last_seconds: that the last full forecast took.
    """
    items = len(document.plan.items) if document.plan is not None else 0
    if is_large_plan(items):
        return (FEW_RUNS, full_run_count(items))
    if last_seconds > _QUICK:
        return (PREVIEW_RUNS, DEFAULT_RUNS)
    if is_slow_plan(document):
        return (_GLIMPSE, DEFAULT_RUNS)
    return (DEFAULT_RUNS,)


def forecast_job(
    task: Task, document: Document, base: ReferenceOrder, counts: tuple[int, ...]
) -> Iterator[ForecastResult]:
    """Forecasts of a document's plan, on each of these numbers of runs."""
    if document.plan is None:
        yield ForecastResult(document, None)
        return
    with task.calculation("forecast") as check:
        resolved = resolve_plan(document.plan)
        for runs in counts:
            begin = perf_counter()
            made = compute_forecast(resolved, runs, base, check)
            check()
            seconds = perf_counter() - begin if runs == counts[-1] else 0.0
            widths = FigureWidths(made)
            if is_large_plan(len(made.items)):
                widths.prepare()
            yield ForecastResult(document, made, widths, seconds)
