"""The record of finished items by what was said of them when their work began, as git has kept it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from roadmap_tui.files.reader import read
from roadmap_tui.forecast.calibration import Calibration, calibration, record
from roadmap_tui.forecast.draws import chance_of
from roadmap_tui.history.asking import Unavailable
from roadmap_tui.history.git import Commit, Repository, revisions
from roadmap_tui.history.texts import text_names, texts
from roadmap_tui.plan.resolve import ENDED, Resolved, StageTerms, Terms, resolve

MOST_COMMITS = 1000
Texts: TypeAlias = Iterable[tuple[str, bytes]]
Plans: TypeAlias = Mapping[str, Resolved]
Watch: TypeAlias = Callable[[Texts, int], Texts]


@dataclass(frozen=True, slots=True)
class AtStart:
    """The record of items that have ended, as they were said at the commits where their work began.

    Attributes:
        record: what was said then, and what came of it.
        commits: by item, the commit in which that stood.
        unsaid: the items of the file's own record that no commit knows from before their end.
        commits_read: how many commits had a plan.
        unread: how many had none that can be read.
    """

    record: Calibration
    commits: dict[str, Commit]
    unsaid: tuple[str, ...]
    commits_read: int
    unread: int


def at_start(
    resolved: Resolved, repo: Repository, watch: Watch = lambda work, _: work
) -> AtStart | Unavailable:
    """What was said of each ended item in the commit that made it active, else in the last one before it ended.

    Args:
        resolved: the plan as it is now, with the items that have ended and what they took.
        repo: where its file's history is kept; of that the newest `MOST_COMMITS` commits are read.
        watch: is handed the texts that are read and their number, and hands them on; it can tell how far that is.
    """
    commits = revisions(repo, MOST_COMMITS)
    if isinstance(commits, Unavailable):
        return commits
    names = text_names(repo, commits)
    if isinstance(names, Unavailable):
        return names
    different = list(dict.fromkeys(names.values()))
    plans = {
        name: plan
        for name, raw in watch(texts(repo, different), len(different))
        if (plan := _plan_in(raw))
    }
    said = _said(
        resolved,
        [(each, plans[names[each.sha]]) for each in commits[::-1] if names.get(each.sha) in plans],
    )
    known = (
        _as_ended(said[name][1], terms) for name, terms in resolved.terms.items() if name in said
    )
    own = calibration(resolved)
    counted = {each.id for each in own.efforts} | {each.id for each in own.chances}
    had = sum(names.get(each.sha) in plans for each in commits)
    return AtStart(
        record=record(known, resolved.correlation),
        commits={name: commit for name, (commit, _) in said.items()},
        unsaid=tuple(name for name in resolved.terms if name in counted - said.keys()),
        commits_read=had,
        unread=len(names) - had,
    )


def _plan_in(raw: bytes) -> Resolved | None:
    """The plan that a text says; None if there is none that could be forecast."""
    document = read(raw, "")
    if document.plan is None or any(fault.fatal for fault, _ in document.found):
        return None
    return resolve(document.plan)


def _said(
    resolved: Resolved, past: Iterable[tuple[Commit, Resolved]]
) -> dict[str, tuple[Commit, Terms]]:
    """By ended item, where and how it was said; the past comes oldest first."""
    begun: dict[str, tuple[Commit, Terms]] = {}
    before: dict[str, tuple[Commit, Terms]] = {}
    over = set[str]()
    ended = [name for name, terms in resolved.terms.items() if terms.status in ENDED]
    for commit, plan in past:
        for name in ended:
            terms = plan.terms.get(name)
            if terms is None or name in begun:
                continue
            if terms.status == "active":
                begun[name] = commit, terms
            elif terms.status in ENDED:
                over.add(name)
            elif name not in over:
                before[name] = commit, terms
    return before | begun


def _as_ended(said: Terms, now: Terms) -> Terms:
    """An item with what was said of it then, and what came of it.

    Effort is counted from a staged item's stage on, so what was said of the stages before that is left out.
    """
    whole = all(stage.ahead for stage in now.stages)
    return replace(
        said,
        title=now.title,
        status=now.status,
        chance=chance_of(said),
        stages=_counted(said.stages, now.stages),
        spent=0.0,
        actual=now.actual if whole or said.stages else None,
    )


def _counted(said: tuple[StageTerms, ...], now: tuple[StageTerms, ...]) -> tuple[StageTerms, ...]:
    """The stages that were said, ahead where they are counted now; all of them where that leaves none."""
    behind = {stage.name for stage in now if not stage.ahead}
    stages = tuple(replace(stage, ahead=stage.name not in behind) for stage in said)
    return (
        stages
        if any(stage.ahead for stage in stages)
        else tuple(replace(stage, ahead=True) for stage in said)
    )
