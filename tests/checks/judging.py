"""Judging the files in `cases`: what is found in each, and what it says is to be found."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.history.making import Repo

from roadmap_tui.checks.run import Findings, findings, worths
from roadmap_tui.checks.subject import Known
from roadmap_tui.checks.values import Finding
from roadmap_tui.files.document import Document
from roadmap_tui.files.positions import line_and_column
from roadmap_tui.files.reader import read
from roadmap_tui.forecast.run import run
from roadmap_tui.history.past import Past, past
from roadmap_tui.plan.resolve import resolve
from roadmap_tui.plan.roadmap import Plan

FOLDER = Path(__file__).parent / "cases"
CASES = sorted(FOLDER.glob("*.toml"))
AS_OF = dt.date(2026, 11, 23)
FUTURES = 2_000
_EXPECT = re.compile(r"# expect: (\S+) (\d+)")


@dataclass(frozen=True)
class Case:
    """A file, and what is known of its plan."""

    document: Document
    plan: Plan
    known: Known

    @property
    def findings(self) -> Findings:
        return findings(self.plan, self.known)


@cache
def case(path: Path) -> Case:
    """A file that can be forecast."""
    document = read(path.read_bytes(), path.name)
    return _known(document, _past(path, document))


@cache
def judged(text: str) -> Case:
    """A text that can be forecast; git knows nothing of it."""
    return _known(read(text.encode(), "case.toml"), None)


def _known(document: Document, before: Past | None) -> Case:
    assert document.plan is not None, document.faults
    faults = tuple(fault for fault, _ in document.found)
    assert not [fault for fault in faults if fault.fatal], faults
    ran = run(resolve(document.plan, as_of=document.plan.roadmap.as_of or AS_OF), FUTURES)
    priced = worths(ran.simulation.resolved, ran.order.places)
    return Case(document, document.plan, Known(ran.forecast, faults, before, priced))


def _past(path: Path, document: Document) -> Past | None:
    """What git tells of a file, if there are files of its past, each named by the day it was committed."""
    before = sorted((FOLDER / "past" / path.stem.removesuffix("-mended")).glob("*.toml"))
    if not before:
        return None
    with TemporaryDirectory() as folder:
        repo = Repo(Path(folder))
        for each in before:
            repo.commit("plan.toml", each.read_text(encoding="utf-8"), day=each.stem)
        (repo.folder / "plan.toml").write_bytes(document.raw)
        found = past(str(repo.folder / "plan.toml"), document, AS_OF)
    assert isinstance(found, Past), found
    return found


def expected(text: str) -> list[tuple[str, int]]:
    """The checks that a file says are to fire, and where."""
    return sorted((check, int(line)) for check, line in _EXPECT.findall(text))


def placed(document: Document, found: tuple[Finding, ...]) -> list[tuple[str, int]]:
    """The checks that fire, and where."""
    return sorted((each.check, line_of(document, each)) for each in found)


def line_of(document: Document, finding: Finding) -> int:
    return line_and_column(
        document.text, document.positions.locate(finding.path, finding.at).start
    )[0]
