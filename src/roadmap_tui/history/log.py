"""One item's forecast along the commits that touched its file."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roadmap_tui.files.document import Document
from roadmap_tui.files.reader import read
from roadmap_tui.files.values import same
from roadmap_tui.forecast.pace import Check, go_on
from roadmap_tui.forecast.run import FUTURES, forecast
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.history.asking import Absent, Unavailable
from roadmap_tui.history.git import Commit, Repository, blob
from roadmap_tui.plan.resolve import resolve
from roadmap_tui.plan.roadmap import Plan

NO_FILE = "no file"


@dataclass(frozen=True, slots=True)
class Version:
    """The file at a commit, or as it lies on disk.

    Attributes:
        commit: None for the file on disk.
        document: what it says, or why nothing can be read.
    """

    commit: Commit | None
    document: Document | Unavailable


@dataclass(frozen=True, slots=True)
class Point:
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


def versions(
    repo: Repository, commits: Iterable[Commit], disk: Document | None
) -> Iterator[Version]:
    """The file at each commit, in their order, and then as it lies on disk if it says anything else by now."""
    last: Document | Unavailable | None = None
    for commit in commits:
        held = blob(repo, commit)
        last = held if isinstance(held, Unavailable) else read(held, f"{repo.path}@{commit.short}")
        yield Version(commit, last)
    if disk is not None and not (isinstance(last, Document) and _says_the_same(last, disk)):
        yield Version(None, disk)


def point_of(
    version: Version,
    *,
    as_of: dt.date | None = None,
    seed: int | None = None,
    futures: int = FUTURES,
    check: Check = go_on,
) -> Point:
    """The forecast of a version of the file.

    Args:
        version: the file at some time.
        as_of: the day it starts; left out, the file's own, or else its commit's, or else the clock's.
        seed: left out, the file's own.
        futures: how many are drawn.
        check: called now and then.
    """
    document = version.document
    if isinstance(document, Unavailable):
        return Point(
            version.commit, missing=NO_FILE if isinstance(document, Absent) else document.text
        )
    fatal = next((each for each in document.faults if each.fault.fatal), None)
    plan = document.plan
    if plan is None or fatal is not None:
        return Point(
            version.commit,
            missing=f"line {fatal.line}: {fatal.fault.wrong}" if fatal else "no plan",
        )
    day = (
        as_of or plan.roadmap.as_of or (version.commit.date if version.commit else dt.date.today())
    )
    return Point(
        version.commit, plan, forecast(resolve(plan, as_of=day, seed=seed), futures, check=check)
    )


def _says_the_same(one: Document, other: Document) -> bool:
    """Whether two texts differ at most in what is no data; of texts that can't be read, in nothing."""
    return same(one.data, other.data) if one.data and other.data else one.raw == other.raw
