"""Forecast log: the plan's forecast at each commit that touched its file."""

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
    """The file at a commit, or on disk.

    Attributes:
        commit: None for the file on disk.
        document: its content, or why it can't be read.
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
        """Return whether the item is in the plan."""
        return self.forecast is not None and name in self.forecast.items


def file_versions(
    repo: Repository, commits: Iterable[Commit], disk: Document | None
) -> Iterator[FileVersion]:
    """Yield the file at each commit, then on disk if its data differs from the last one."""
    last: Document | GitUnavailable | None = None
    for commit in commits:
        held = file_at(repo, commit)
        if isinstance(held, GitUnavailable):
            last = held
        else:
            last = read_document(held, f"{repo.path}@{commit.short}")
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
    """Return the forecast of a version of the file.

    Args:
        version: of the file.
        as_of: first day; by default the file's own, else its commit's, else today.
        seed: by default the file's own.
        runs: number of simulation runs.
        checkpoint: called regularly.
    """
    document, commit = version.document, version.commit
    if isinstance(document, GitUnavailable):
        missing = NO_FILE if isinstance(document, FileAbsent) else document.text
        return LogEntry(commit, missing=missing)
    fatal = next((each for each in document.faults if each.fault.fatal), None)
    if fatal is not None:
        return LogEntry(commit, missing=f"line {fatal.line}: {fatal.fault.problem}")
    plan = document.plan
    if plan is None:
        return LogEntry(commit, missing="no plan")
    day = as_of or plan.roadmap.as_of
    if day is None:
        day = commit.date if commit else dt.date.today()
    resolved = resolve_plan(plan, as_of=day, seed=seed)
    return LogEntry(commit, plan, forecast(resolved, runs, checkpoint=checkpoint))


def _has_same_data(one: Document, other: Document) -> bool:
    """Return whether two documents have the same data; if they can't be read, the same bytes."""
    if one.data and other.data:
        return is_same_value(one.data, other.data)
    return one.raw == other.raw
