"""The files in `cases`: what is found in each, and what its comments expect."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from roadmap_tui.checks.context import CheckInputs
from roadmap_tui.checks.findings import CheckFindings, run_checks, study_open_spikes
from roadmap_tui.checks.rule import Finding
from roadmap_tui.document.document import Document
from roadmap_tui.document.positions import line_and_column
from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.engine import simulated_forecast
from roadmap_tui.history.plan_history import PlanHistory, plan_history
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan
from tests.history.repositories import Repo

FOLDER = Path(__file__).parent / "cases"
CASES = sorted(FOLDER.glob("*.toml"))
AS_OF = dt.date(2026, 11, 23)
RUNS = 2_000
_EXPECT = re.compile(r"# expect: (\S+) (\d+)")


@dataclass(frozen=True)
class Case:
    """A file, and what is known of its plan."""

    document: Document
    plan: Plan
    known: CheckInputs

    @property
    def findings(self) -> CheckFindings:
        return run_checks(self.plan, self.known)


@cache
def read_case(path: Path) -> Case:
    """A file that can be forecast."""
    document = read_document(path.read_bytes(), path.name)
    return _build_case(document, _past(path, document))


@cache
def judge_text(text: str) -> Case:
    """A text that can be forecast; git knows nothing of it."""
    return _build_case(read_document(text.encode(), "case.toml"), None)


def _build_case(document: Document, before: PlanHistory | None) -> Case:
    assert document.plan is not None, document.faults
    faults = tuple(fault for fault, _ in document.unlocated_faults)
    assert not [fault for fault in faults if fault.fatal], faults
    ran = simulated_forecast(
        resolve_plan(document.plan, as_of=document.plan.roadmap.as_of or AS_OF), RUNS
    )
    priced = study_open_spikes(ran.simulation.resolved, document.plan, ran.order.queue)
    return Case(document, document.plan, CheckInputs(ran.forecast, faults, before, priced))


def _past(path: Path, document: Document) -> PlanHistory | None:
    """The history of a case that has earlier versions, each named by the day it was committed."""
    before = sorted((FOLDER / "past" / path.stem.removesuffix("-fixed")).glob("*.toml"))
    if not before:
        return None
    with TemporaryDirectory() as folder:
        repo = Repo(Path(folder))
        for each in before:
            repo.commit("plan.toml", each.read_text(encoding="utf-8"), day=each.stem)
        (repo.folder / "plan.toml").write_bytes(document.raw)
        found = plan_history(str(repo.folder / "plan.toml"), document, AS_OF)
    assert isinstance(found, PlanHistory), found
    return found


def expected_findings(text: str) -> list[tuple[str, int]]:
    """The checks that a file says are to fire, and where."""
    return sorted((check, int(line)) for check, line in _EXPECT.findall(text))


def finding_lines(document: Document, found: tuple[Finding, ...]) -> list[tuple[str, int]]:
    """The checks that fire, and where."""
    return sorted((each.check, line_of(document, each)) for each in found)


def line_of(document: Document, finding: Finding) -> int:
    return line_and_column(
        document.text, document.positions.locate(finding.path, finding.at).start
    )[0]
