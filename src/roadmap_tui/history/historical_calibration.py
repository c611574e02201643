"""Finished items against their estimates when their work started, from git history."""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.simulation.calibration import Calibration, calibration, calibration_record
from roadmap_tui.forecast.simulation.sampling import success_chance
from roadmap_tui.history.file_texts import blob_names, blob_texts
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.revisions import Commit, Repository, file_revisions
from roadmap_tui.plan.base import ENDED_STATUSES
from roadmap_tui.plan.resolver import ResolvedItem, ResolvedPlan, ResolvedStage, resolve_plan

MOST_COMMITS = 1000
Texts: TypeAlias = Iterable[tuple[str, bytes]]
Plans: TypeAlias = Mapping[str, ResolvedPlan]
Watch: TypeAlias = Callable[[Texts, int], Texts]


@dataclass(frozen=True, slots=True)
class HistoricalCalibration:
    """The record of ended items, as estimated in the commits where their work started.

    Attributes:
        record: the estimates of that time, and the results.
        commits: by item, the commit with that estimate.
        without_history: items of the file's own record that are in no commit before their end.
        commits_read: how many commits had a plan.
        unreadable_commits: how many had none that can be read.
    """

    record: Calibration
    commits: dict[str, Commit]
    without_history: tuple[str, ...]
    commits_read: int
    unreadable_commits: int


def historical_calibration(
    resolved: ResolvedPlan, repo: Repository, watch: Watch = lambda work, _: work
) -> HistoricalCalibration | GitUnavailable:
    """Return ended items as estimated when they became active, else just before their end.

    Args:
        resolved: the current plan, with the items that have ended and their actuals.
        repo: repository of its file; the newest `MOST_COMMITS` commits are read.
        watch: wraps the texts that are read, given their number; it can report progress.
    """
    commits = file_revisions(repo, MOST_COMMITS)
    if isinstance(commits, GitUnavailable):
        return commits
    names = blob_names(repo, commits)
    if isinstance(names, GitUnavailable):
        return names
    plans = _parse_blobs(repo, names, watch)
    past: list[tuple[Commit, ResolvedPlan]] = []
    for commit in reversed(commits):
        plan = plans.get(names.get(commit.sha, ""))
        if plan is not None:
            past.append((commit, plan))
    at_start = _items_at_start(resolved, past)
    known = [
        _with_end_state(at_start[name][1], item)
        for name, item in resolved.items.items()
        if name in at_start
    ]
    return HistoricalCalibration(
        record=calibration_record(known, resolved.correlation),
        commits={name: commit for name, (commit, _) in at_start.items()},
        without_history=_without_history(resolved, at_start),
        commits_read=len(past),
        unreadable_commits=len(names) - len(past),
    )


def _without_history(resolved: ResolvedPlan, at_start: Container[str]) -> tuple[str, ...]:
    """Return the items of the plan's own record that are in no commit before their end."""
    own = calibration(resolved)
    counted = {each.id for each in own.efforts} | {each.id for each in own.bets}
    return tuple(name for name in resolved.items if name in counted and name not in at_start)


def _parse_blobs(
    repo: Repository, names: Mapping[str, str], watch: Watch
) -> dict[str, ResolvedPlan]:
    """Return the plan in each distinct text, without those that can't be forecast."""
    distinct = list(dict.fromkeys(names.values()))
    plans: dict[str, ResolvedPlan] = {}
    for name, raw in watch(blob_texts(repo, distinct), len(distinct)):
        plan = _parse_resolved(raw)
        if plan is not None:
            plans[name] = plan
    return plans


def _parse_resolved(raw: bytes) -> ResolvedPlan | None:
    """Return the plan in a text; None if it has none that could be forecast."""
    document = read_document(raw, "")
    if document.plan is None or any(fault.fatal for fault, _ in document.unlocated_faults):
        return None
    return resolve_plan(document.plan)


def _items_at_start(
    resolved: ResolvedPlan, past: Iterable[tuple[Commit, ResolvedPlan]]
) -> dict[str, tuple[Commit, ResolvedItem]]:
    """Return, by ended item, where and how it was estimated; `past` is oldest first."""
    started: dict[str, tuple[Commit, ResolvedItem]] = {}
    before: dict[str, tuple[Commit, ResolvedItem]] = {}
    over = set[str]()
    ended = [name for name, item in resolved.items.items() if item.status in ENDED_STATUSES]
    for commit, plan in past:
        for name in ended:
            item = plan.items.get(name)
            if item is None or name in started:
                continue
            if item.status == "active":
                started[name] = commit, item
            elif item.status in ENDED_STATUSES:
                over.add(name)
            elif name not in over:
                before[name] = commit, item
    return before | started


def _with_end_state(estimated: ResolvedItem, now: ResolvedItem) -> ResolvedItem:
    """Return an item as estimated then, with its result.

    Effort is counted from a staged item's current stage on, so estimates of the stages before it
    are left out.
    """
    whole = all(stage.is_remaining for stage in now.stages)
    return replace(
        estimated,
        title=now.title,
        status=now.status,
        chance=success_chance(estimated),
        stages=_counted_stages(estimated.stages, now.stages),
        spent=0.0,
        actual=now.actual if whole or estimated.stages else None,
    )


def _counted_stages(
    estimated: tuple[ResolvedStage, ...], now: tuple[ResolvedStage, ...]
) -> tuple[ResolvedStage, ...]:
    """Return the stages as estimated then, remaining where they count now.

    All of them if that leaves none.
    """
    behind = {stage.name for stage in now if not stage.is_remaining}
    stages = tuple(replace(stage, is_remaining=stage.name not in behind) for stage in estimated)
    if any(stage.is_remaining for stage in stages):
        return stages
    return tuple(replace(stage, is_remaining=True) for stage in estimated)
