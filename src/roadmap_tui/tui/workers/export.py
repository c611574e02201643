"""Rendering a document of the plan, and writing it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected
from roadmap_tui.forecast.engine import simulated_forecast
from roadmap_tui.forecast.simulation.cancellation import CalculationCancelledError, Checkpoint
from roadmap_tui.history.origin import text_origin
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan, display_title
from roadmap_tui.storage.export_file import write_export
from roadmap_tui.tui.dialogs.export import ExportRequest
from roadmap_tui.tui.workers.background import Task


@dataclass(frozen=True, slots=True)
class ExportResult:
    """A document that was written, or why it was not."""

    path: str
    rejection: EditRejected | None = None
    was_cancelled: bool = False


def export_job(
    task: Task, order: ExportRequest, path: str, document: Document, plan: Plan
) -> Iterator[ExportResult]:
    """A document of the plan, written where it was ordered to."""
    try:
        with task.calculation("export, Esc to stop") as check:
            text = _render(order, path, document, plan, check)
            check()
            written = write_export(order.path, text, replace=order.replaces)
    except CalculationCancelledError:
        yield ExportResult(order.path, was_cancelled=True)
    else:
        yield ExportResult(order.path, written)


def _render(
    order: ExportRequest, path: str, document: Document, plan: Plan, check: Checkpoint
) -> str:
    # the writers take longer to import than the first paint
    from roadmap_tui.export.pipeline import ExportSpec, render_export
    from roadmap_tui.narrative.context import ReportContext, ReportSource

    title = display_title(os.path.basename(path), plan.roadmap.title)
    about = ReportSource(title, None, text_origin(path, document.raw))
    subject = ReportContext(
        document, plan, simulated_forecast(resolve_plan(plan), checkpoint=check), about, check=check
    )
    return render_export(
        subject, ExportSpec(order.format.name, order.audience.name, order.picture.name)
    )
