"""State of a clone: an unfinished merge, a missing merge driver, or a shallow history."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from roadmap_tui.document.edits import EditRejected
from roadmap_tui.history.git_process import GitUnavailable, run_git
from roadmap_tui.history.gitattributes import DRIVER_NAME, merge_attributes
from roadmap_tui.history.merge_command import driver_command_fault, is_driver_command
from roadmap_tui.history.notice_record import is_new_notice
from roadmap_tui.history.revisions import Repository, find_repository, is_shallow

Lack: TypeAlias = Literal["unmerged", "driver", "history"]
_SET_UP = "run: roadmap git setup"


@dataclass(frozen=True, slots=True)
class Notice:
    """A problem of a clone to report.

    Attributes:
        lack: what is missing.
        text: the problem, in a clause.
        remedy: what to do.
    """

    lack: Lack
    text: str
    remedy: str

    @property
    def sentence(self) -> str:
        """Problem and remedy in one line."""
        return f"{self.text}; {self.remedy}"


def clone_notices(path: str) -> tuple[Notice, ...]:
    """Return the problems of the clone that contains the file; none without git."""
    repo = find_repository(path)
    if isinstance(repo, GitUnavailable):
        return ()
    found = (_merge_notice(repo), _driver_notice(repo), history_notice(repo))
    return tuple(each for each in found if each is not None)


def should_report(path: str, notice: Notice) -> bool:
    """Return whether to report a notice: a fault of the driver is reported once in each clone."""
    if notice.lack != "driver":
        return True
    repo = find_repository(path)
    return isinstance(repo, GitUnavailable) or is_new_notice(repo.root, notice.text)


def merge_notice(path: str) -> Notice | None:
    """Return a notice if git has the file as unmerged."""
    repo = find_repository(path)
    if isinstance(repo, GitUnavailable):
        return None
    return _merge_notice(repo)


def history_notice(repo: Repository) -> Notice | None:
    """Return a notice if the clone is shallow."""
    if not is_shallow(repo.root):
        return None
    return Notice(
        "history",
        "the history is cut: this clone is shallow, so older commits are missing",
        "git fetch --unshallow gets them; in CI, check out with fetch-depth: 0",
    )


def _merge_notice(repo: Repository) -> Notice | None:
    unmerged = run_git(repo.root, "ls-files", "-z", "--unmerged", "--", repo.path)
    if isinstance(unmerged, GitUnavailable) or not unmerged:
        return None
    name = repo.path
    return Notice(
        "unmerged",
        "a merge of this file is not finished: without conflict marks it may hold one side only",
        f"git checkout -m -- {name} shows both sides; fix the file, then git add -- {name}",
    )


def _driver_notice(repo: Repository) -> Notice | None:
    """Return a notice if git should merge the file by key in this clone but can't."""
    merging = merge_attributes(Path(repo.root), [repo.path])
    if isinstance(merging, EditRejected) or merging.get(repo.path) != DRIVER_NAME:
        return None
    configured = run_git(repo.root, "config", "--get", f"merge.{DRIVER_NAME}.driver")
    if isinstance(configured, GitUnavailable):
        text = (
            "in this clone, git merges the file by lines,"
            " because the merge driver is not registered"
        )
        return Notice("driver", text, _SET_UP)
    line = os.fsdecode(configured).removesuffix("\n")
    # another driver of the same name is left alone
    fault = driver_command_fault(line) if is_driver_command(line) else ""
    if not fault:
        return None
    text = f"the merge driver of this clone has to be renewed: {fault}"
    return Notice("driver", text, _SET_UP)
