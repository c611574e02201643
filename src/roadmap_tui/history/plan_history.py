"""A plan's history in git: verdicts at HEAD and postponed dates."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from roadmap_tui.document.document import Document
from roadmap_tui.document.toml_parser import parse_toml
from roadmap_tui.document.values import get_at
from roadmap_tui.history.file_texts import blob_names, blob_texts
from roadmap_tui.history.git_process import FileAbsent, GitUnavailable
from roadmap_tui.history.revisions import (
    Repository,
    file_at,
    file_revisions,
    find_repository,
    resolve_revision,
)
from roadmap_tui.plan.deadline import quarter_end

MAX_COMMITS = 500
"""How many commits are looked at, the newest first."""
_TRACKS = ("product", "model", "spike")
_DATES = {"not_before": ("not_before",), "deadline": ("deadline", "by")}


@dataclass(frozen=True, slots=True)
class Postponement:
    """A date that was moved later.

    Attributes:
        on: the day of the commit that did it; today if it is not committed yet.
    """

    on: dt.date
    before: dt.date
    after: dt.date


@dataclass(frozen=True, slots=True)
class SpikeAtHead:
    """A spike's fields at HEAD."""

    verdict: str | None
    question: str | None = None
    learned: str | None = None


@dataclass(frozen=True, slots=True)
class PlanHistory:
    """History of a plan.

    Attributes:
        spikes: those at HEAD, by id.
        postponements: by item and field, ``not_before`` or ``deadline``, oldest first.
    """

    spikes: Mapping[str, SpikeAtHead] = field(default_factory=dict)
    postponements: Mapping[tuple[str, str], tuple[Postponement, ...]] = field(default_factory=dict)


def plan_history(
    path: str, document: Document, today: dt.date, commits: int = MAX_COMMITS
) -> PlanHistory | GitUnavailable:
    """Return the history of the file at a path, or why there is none.

    Args:
        path: the file's.
        document: its current content.
        today: the current day.
        commits: how many are read.
    """
    repo = find_repository(path)
    if isinstance(repo, GitUnavailable):
        return repo
    spikes = _spikes_at_head(repo)
    if isinstance(spikes, GitUnavailable):
        if isinstance(spikes, FileAbsent):
            return PlanHistory()
        return spikes
    versions = _data_by_commit(repo, commits)
    if isinstance(versions, GitUnavailable):
        return versions
    return PlanHistory(spikes, postponements([*versions, (today, document.data)]))


def _spikes_at_head(repo: Repository) -> dict[str, SpikeAtHead] | GitUnavailable:
    head = resolve_revision(repo, "HEAD")
    raw = head if isinstance(head, GitUnavailable) else file_at(repo, head)
    if isinstance(raw, GitUnavailable):
        return raw
    return spikes_in(_data(raw))


def spikes_in(data: Mapping[str, object]) -> dict[str, SpikeAtHead]:
    """Return each spike's fields in a file's data, whatever else is wrong with it."""
    spikes = data.get("spike")
    given = spikes.items() if isinstance(spikes, Mapping) else ()
    return {name: _spike_at_head(each) for name, each in given if isinstance(each, Mapping)}


def _spike_at_head(spike: Mapping[str, object]) -> SpikeAtHead:
    fields = (spike.get(key) for key in ("verdict", "question", "learned"))
    return SpikeAtHead(*(each if isinstance(each, str) else None for each in fields))


def _data_by_commit(
    repo: Repository, limit: int
) -> list[tuple[dt.date, Mapping[str, object]]] | GitUnavailable:
    """Return the file's data at each commit that touched it, with the day, oldest first."""
    commits = file_revisions(repo, limit)
    if isinstance(commits, GitUnavailable):
        return commits
    names = blob_names(repo, commits)
    if isinstance(names, GitUnavailable):
        return names
    data_by_name = {
        name: _data(raw) for name, raw in blob_texts(repo, tuple(dict.fromkeys(names.values())))
    }
    known = (
        (commit.date, data_by_name.get(names.get(commit.sha, ""))) for commit in reversed(commits)
    )
    return [(day, data) for day, data in known if data]


def postponements(
    versions: Iterable[tuple[dt.date, Mapping[str, object]]],
) -> dict[tuple[str, str], tuple[Postponement, ...]]:
    """Return when dates were moved later than they had ever been.

    Changes of parallel branches alternate, so only a date later than all before counts.

    Args:
        versions: the file's data with its day, oldest first.
    """
    latest: dict[tuple[str, str], dt.date] = {}
    found: dict[tuple[str, str], tuple[Postponement, ...]] = {}
    for on, data in versions:
        for key, day in _dates(data):
            before = latest.get(key, day)
            if day > before:
                found[key] = (*found.get(key, ()), Postponement(on, before, day))
            latest[key] = max(before, day)
    return found


def _dates(data: Mapping[str, object]) -> Iterator[tuple[tuple[str, str], dt.date]]:
    for track in _TRACKS:
        items = data.get(track)
        for name, item in items.items() if isinstance(items, Mapping) else ():
            for what, path in _DATES.items():
                day = _day(get_at(item, path)) if isinstance(item, Mapping) else None
                if day is not None:
                    yield (name, what), day


def _day(value: object) -> dt.date | None:
    if isinstance(value, str):
        return quarter_end(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    return None


def _data(raw: bytes) -> Mapping[str, object]:
    """Return a text's data; empty if it can't be read."""
    return parse_toml(raw.decode(errors="replace"))[0] or {}
