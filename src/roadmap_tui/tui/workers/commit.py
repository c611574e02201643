"""Drafting the message of a commit, and committing."""

from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.document.document import Document
from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.simulation.cancellation import Checkpoint
from roadmap_tui.history.commit import CommitTarget, commit_file, commit_target
from roadmap_tui.history.compare import Comparison, compare
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.revisions import Commit, Repository, find_repository
from roadmap_tui.narrative.commit_message import draft_commit_message
from roadmap_tui.plan.roadmap import display_title
from roadmap_tui.tui.workers.background import Task


@dataclass(frozen=True, slots=True)
class CommitDraft:
    """The message of a commit, or why there can be none."""

    place: CommitTarget | GitUnavailable
    text: str = ""


@dataclass(frozen=True, slots=True)
class CommitResult:
    """The commit that was made, or why there is none; with the message."""

    commit: Commit | GitUnavailable
    text: str


def draft_job(task: Task, path: str, document: Document) -> Iterator[CommitDraft]:
    """A message about what has changed in the file since it was committed."""
    found = _commit_place(path)
    if isinstance(found, CommitTarget) and found.before == document.raw:
        found = GitUnavailable("Nothing to commit: git already has this version.")
    if isinstance(found, GitUnavailable):
        yield CommitDraft(found)
        return
    with task.calculation() as check:
        text = _draft_message(found, document, check)
        check()
        yield CommitDraft(found, text)


def commit_job(_task: Task, repo: Repository, text: str) -> Iterator[CommitResult]:
    """The file committed with that message."""
    yield CommitResult(commit_file(repo, text), text)


def _commit_place(path: str) -> CommitTarget | GitUnavailable:
    repo = find_repository(path)
    return repo if isinstance(repo, GitUnavailable) else commit_target(repo)


def _draft_message(found: CommitTarget, document: Document, check: Checkpoint) -> str:
    before = None if found.before is None else read_document(found.before, f"{document.name}@HEAD")
    compared = compare(before, document, checkpoint=check)
    plan = document.plan
    title = display_title(document.name, plan.roadmap.title if plan is not None else None)
    if isinstance(compared, Comparison):
        return draft_commit_message(compared, title)
    return f"Change {title}\n"
