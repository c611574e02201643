"""Findings of the checks on a document."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias, get_args

from roadmap_tui.checks.context import CheckInputs
from roadmap_tui.checks.findings import CheckFindings, run_checks, study_open_spikes
from roadmap_tui.checks.rule import SEVERITIES, Finding
from roadmap_tui.document.document import Document
from roadmap_tui.forecast.analysis.what_if import WHAT_IF_RUNS
from roadmap_tui.forecast.simulation.calibration import calibrate
from roadmap_tui.forecast.simulation.cancellation import Checkpoint
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.forecast.simulation.simulator import work_order
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.plan_history import PlanHistory, plan_history
from roadmap_tui.plan.faults import format_path
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.tui.workers.background import Task

Grouping: TypeAlias = Literal["severity", "item", "rule"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)


@dataclass(frozen=True)
class CheckResults:
    """Findings on a document.

    Attributes:
        document: the document that was checked.
        findings: its findings.
    """

    document: Document
    findings: CheckFindings = field(default_factory=CheckFindings)

    @cached_property
    def by_key(self) -> Mapping[str, Finding]:
        """Every finding by its key, the worst first."""
        named: dict[str, Finding] = {}
        for each in self.findings.found:
            name = f"{each.check} {format_path(each.path)}"
            while name in named:
                name += "'"
            named[name] = each
        return named

    def grouped(self, by: Grouping, shown: frozenset[str]) -> Iterator[tuple[str, list[str]]]:
        """Groups of the keys of findings on visible items."""
        groups: dict[str, list[str]] = {}
        for name, each in self.by_key.items():
            if each.item is None or each.item in shown:
                groups.setdefault(_group(each, by), []).append(name)
        yield from groups.items()

    def worst_for(self, item: str | None) -> str | None:
        """Key of the worst finding on an item; of the worst of all without any."""
        of_it = (name for name, each in self.by_key.items() if each.item == item)
        return next(of_it, next(iter(self.by_key), None))


def _group(finding: Finding, by: Grouping) -> str:
    match by:
        case "severity":
            return SEVERITIES[finding.severity]
        case "item":
            return finding.item or ""
        case "rule":
            return finding.check


def run_document_checks(
    document: Document,
    forecast: Forecast,
    past: PlanHistory | GitUnavailable | None,
    check: Checkpoint,
) -> CheckResults:
    """Run all checks on a document.

    Raises:
        CalculationCancelledError: from `check`.
    """
    plan = document.plan
    if plan is None:
        return CheckResults(document)
    resolved = calibrate(resolve_plan(plan, as_of=forecast.as_of))
    check()
    priced = study_open_spikes(
        resolved, plan, work_order(resolved, WHAT_IF_RUNS, checkpoint=check).queue, check
    )
    known = CheckInputs(
        forecast, tuple(fault for fault, _ in document.unlocated_faults), past, priced
    )
    return CheckResults(document, run_checks(plan, known, check))


@dataclass(slots=True)
class SavedHistory:
    """Git history of the saved file, read once per version."""

    _known: tuple[str, PlanHistory | GitUnavailable] | None = None

    def of(self, path: str, saved: Document, as_of: dt.date) -> PlanHistory | GitUnavailable:
        """The history of a saved document."""
        if self._known is None or self._known[0] != saved.sha256:
            self._known = saved.sha256, plan_history(path, saved, as_of)
        return self._known[1]


def check_job(
    task: Task,
    document: Document,
    forecast: Forecast,
    history: Callable[[], PlanHistory | GitUnavailable],
) -> Iterator[CheckResults]:
    """Job that runs all checks on a document."""
    known = history()
    with task.calculation() as check:
        found = run_document_checks(document, forecast, known, check)
        check()
        yield found
