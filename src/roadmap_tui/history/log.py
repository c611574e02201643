"""One item's forecast along the commits that touched its file."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roadmap_tui.files.document import Document
from roadmap_tui.files.reader import read
from roadmap_tui.files.values import same
from roadmap_tui.forecast.run import FUTURES, forecast
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.history.asking import Absent, Unavailable
from roadmap_tui.history.git import Commit, Repository, blob
from roadmap_tui.plan.resolve import resolve


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
        forecast: None if there can be none.
        missing: why there is none, in a clause; else empty.
    """

    commit: Commit | None
    forecast: Forecast | None
    missing: str = ""

    def has(self, name: str) -> bool:
        """Whether the item is in the plan."""
        return self.forecast is not None and name in self.forecast.items


def versions(repo: Repository, commits: Iterable[Commit], disk: Document | None) -> Iterator[Version]:
    """The file at each commit, in their order, and then as it lies on disk if it says anything else by now."""
    last: Document | Unavailable | None = None
    for commit in commits:
        held = blob(repo, commit)
        last = held if isinstance(held, Unavailable) else read(held, f"{repo.path}@{commit.short}")
        yield Version(commit, last)
    if disk is not None and not (isinstance(last, Document) and _says_the_same(last, disk)):
        yield Version(None, disk)


def point(version: Version, seed: int | None = None, futures: int = FUTURES) -> Point:
    """The forecast of a version: as of its own day, or else of its commit's, or else of today.

    Args:
        version: the file at some time.
        seed: left out, the file's own.
        futures: how many are drawn.
    """
    document = version.document
    if isinstance(document, Unavailable):
        return Point(version.commit, None, "no file" if isinstance(document, Absent) else document.text)
    fatal = [each for each in document.faults if each.fault.fatal]
    if document.plan is None or fatal:
        return Point(version.commit, None, f"line {fatal[0].line}: {fatal[0].fault.wrong}" if fatal else "no plan")
    day = document.plan.roadmap.as_of or (version.commit.date if version.commit else dt.date.today())
    return Point(version.commit, forecast(resolve(document.plan, as_of=day, seed=seed), futures))


def _says_the_same(one: Document, other: Document) -> bool:
    """Whether two texts differ at most in what is no data; of texts that can't be read, in nothing."""
    return same(one.data, other.data) if one.data and other.data else one.raw == other.raw
