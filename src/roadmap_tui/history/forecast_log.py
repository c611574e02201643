"""One item's forecast along the commits that touched its file."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roadmap_tui.document.document import Document
from roadmap_tui.document.reader import read_document
from roadmap_tui.document.values import is_same_value
from roadmap_tui.forecast.engine import DEFAULT_RUNS, forecast
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.history.git_process import FileAbsent, GitUnavailable
from roadmap_tui.history.revisions import Commit, Repository, file_at
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan

NO_FILE = "no file"


@dataclass(frozen=True, slots=True)
class FileVersion:
    """The file at a commit, or as it lies on disk.

    Attributes:
        commit: None for the file on disk.
        document: what it says, or why nothing can be read.
    """

    commit: Commit | None
    document: Document | GitUnavailable


@dataclass(frozen=True, slots=True)
class LogEntry:
    """The whole plan's forecast at one version of the file.

    Attributes:
        commit: None for the file on disk.
        plan: None if there is none that can be forecast.
        forecast: likewise.
        missing: why there is none, in a clause; else empty.
    """

    commit: Commit | None
    plan: Plan | None = None
    forecast: Forecast | None = None
    missing: str = ""

    def has(self, name: str) -> bool:
        """Whether the item is in the plan."""
        return self.forecast is not None and name in self.forecast.items


def file_versions(
    repo: Repository, commits: Iterable[Commit], disk: Document | None
) -> Iterator[FileVersion]:
    """The file at each commit, in their order, and then as it lies on disk if it says anything else by now."""
    last: Document | GitUnavailable | None = None
    for commit in commits:
        held = file_at(repo, commit)
        last = (
            held
            if isinstance(held, GitUnavailable)
            else read_document(held, f"{repo.path}@{commit.short}")
        )
        yield FileVersion(commit, last)
    if disk is not None and not (isinstance(last, Document) and _has_same_data(last, disk)):
        yield FileVersion(None, disk)


def log_entry(
    version: FileVersion,
    *,
    as_of: dt.date | None = None,
    seed: int | None = None,
    runs: int = DEFAULT_RUNS,
    checkpoint: Checkpoint = no_checkpoint,
) -> LogEntry:
    """The forecast of a version of the file.

    Args:
        version: the file at some time.
        as_of: the day it starts; left out, the file's own, or else its commit's, or else the clock's.
        seed: left out, the file's own.
        runs: how many are drawn.
        checkpoint: called now and then.
    """
    document = version.document
    if isinstance(document, GitUnavailable):
        return LogEntry(
            version.commit, missing=NO_FILE if isinstance(document, FileAbsent) else document.text
        )
    fatal = next((each for each in document.faults if each.fault.fatal), None)
    plan = document.plan
    if plan is None or fatal is not None:
        return LogEntry(
            version.commit,
            missing=f"line {fatal.line}: {fatal.fault.problem}" if fatal else "no plan",
        )
    day = (
        as_of or plan.roadmap.as_of or (version.commit.date if version.commit else dt.date.today())
    )
    return LogEntry(
        version.commit,
        plan,
        forecast(resolve_plan(plan, as_of=day, seed=seed), runs, checkpoint=checkpoint),
    )


def _has_same_data(one: Document, other: Document) -> bool:
    """Whether two texts differ at most in what is no data; of texts that can't be read, in nothing."""
    return is_same_value(one.data, other.data) if one.data and other.data else one.raw == other.raw
