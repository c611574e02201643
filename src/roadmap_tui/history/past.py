"""What the past of a file tells about its plan as it is now."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from roadmap_tui.files.document import Document
from roadmap_tui.files.syntax import parse
from roadmap_tui.files.values import lookup
from roadmap_tui.history.asking import Absent, Unavailable
from roadmap_tui.history.git import Repository, blob, repository, resolve, revisions
from roadmap_tui.history.texts import text_names, texts
from roadmap_tui.plan.items import quarter_end

COMMITS = 500
"""How many commits are looked at, the newest first."""
_TRACKS = ("product", "model", "spike")
_DATES = {"not_before": ("not_before",), "deadline": ("deadline", "by")}


@dataclass(frozen=True, slots=True)
class Push:
    """A date that was moved later.

    Attributes:
        on: the day of the commit that did it; the day of asking, if that is not committed yet.
    """

    on: dt.date
    before: dt.date
    after: dt.date


@dataclass(frozen=True, slots=True)
class SpikeThen:
    """What a spike said at HEAD."""

    verdict: str | None
    question: str | None = None
    learned: str | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """What git tells.

    Attributes:
        spikes: those at HEAD, by id.
        pushes: by item and by its field, ``not_before`` or ``deadline``, when it was moved later, the oldest first.
    """

    spikes: Mapping[str, SpikeThen] = field(default_factory=dict)
    pushes: Mapping[tuple[str, str], tuple[Push, ...]] = field(default_factory=dict)


def past(
    path: str, document: Document, today: dt.date, commits: int = COMMITS
) -> Past | Unavailable:
    """What git tells of the file at a path, or why it tells nothing.

    Args:
        path: the file's.
        document: what it says now.
        today: the day of asking.
        commits: how many are looked at.
    """
    repo = repository(path)
    if isinstance(repo, Unavailable):
        return repo
    spikes = _spikes_at_head(repo)
    if isinstance(spikes, Unavailable):
        return Past() if isinstance(spikes, Absent) else spikes
    told = _told(repo, commits)
    if isinstance(told, Unavailable):
        return told
    return Past(spikes, pushes([*told, (today, document.data)]))


def _spikes_at_head(repo: Repository) -> dict[str, SpikeThen] | Unavailable:
    head = resolve(repo, "HEAD")
    raw = head if isinstance(head, Unavailable) else blob(repo, head)
    return raw if isinstance(raw, Unavailable) else spikes_of(_data(raw))


def spikes_of(data: Mapping[str, object]) -> dict[str, SpikeThen]:
    """What each spike of a file says, whatever else is wrong with it."""
    spikes = data.get("spike")
    given = spikes.items() if isinstance(spikes, Mapping) else ()
    return {name: _then(each) for name, each in given if isinstance(each, Mapping)}


def _then(spike: Mapping[str, object]) -> SpikeThen:
    said = (spike.get(key) for key in ("verdict", "question", "learned"))
    return SpikeThen(*(each if isinstance(each, str) else None for each in said))


def _told(repo: Repository, limit: int) -> list[tuple[dt.date, Mapping[str, object]]] | Unavailable:
    """What the file said at each commit that touched it, with the day, the oldest first."""
    commits = revisions(repo, limit)
    if isinstance(commits, Unavailable):
        return commits
    names = text_names(repo, commits)
    if isinstance(names, Unavailable):
        return names
    said = {name: _data(raw) for name, raw in texts(repo, tuple(dict.fromkeys(names.values())))}
    known = ((commit.date, said.get(names.get(commit.sha, ""))) for commit in reversed(commits))
    return [(day, data) for day, data in known if data]


def pushes(
    told: Iterable[tuple[dt.date, Mapping[str, object]]],
) -> dict[tuple[str, str], tuple[Push, ...]]:
    """When dates were moved later than they had ever been.

    What two branches did at once comes in turns, so that only what is later than all before counts.

    Args:
        told: what the file said, with the day, the oldest first.
    """
    latest: dict[tuple[str, str], dt.date] = {}
    found: dict[tuple[str, str], tuple[Push, ...]] = {}
    for on, data in told:
        for key, day in _dates(data):
            before = latest.get(key, day)
            if day > before:
                found[key] = (*found.get(key, ()), Push(on, before, day))
            latest[key] = max(before, day)
    return found


def _dates(data: Mapping[str, object]) -> Iterator[tuple[tuple[str, str], dt.date]]:
    for track in _TRACKS:
        items = data.get(track)
        for name, item in items.items() if isinstance(items, Mapping) else ():
            for what, path in _DATES.items():
                day = _day(lookup(item, path)) if isinstance(item, Mapping) else None
                if day is not None:
                    yield (name, what), day


def _day(value: object) -> dt.date | None:
    if isinstance(value, str):
        return quarter_end(value)
    return value if isinstance(value, dt.date) and not isinstance(value, dt.datetime) else None


def _data(raw: bytes) -> Mapping[str, object]:
    """What a text says; nothing if it can't be read."""
    return parse(raw.decode(errors="replace"))[0] or {}
