"""What to compare the plan with."""

from roadmap_tui.app.compared import SAVED
from roadmap_tui.app.dialogs.pick import Pick, PickDialog
from roadmap_tui.files.display import printable
from roadmap_tui.history.git import Commit
from roadmap_tui.report.words import date


class AgainstDialog(PickDialog):
    """Choose the saved file, a commit that touched the file, or any revision by its name; its result names it."""

    def __init__(self, commits: tuple[Commit, ...], why: str) -> None:
        ways = {SAVED: SAVED, **{commit.sha: _told(commit) for commit in commits}}
        typed = "a tag, a branch, a day, words of the message, HEAD~2 …"
        super().__init__(
            Pick("Compare with", "compare", ways, "Version", typed, note=printable(why), free=True)
        )


def _told(commit: Commit) -> str:
    names = (
        f"  [{', '.join((*commit.tags, *commit.branches))}]"
        if commit.tags or commit.branches
        else ""
    )
    return printable(f"{commit.short}  {date(commit.date)}  {commit.subject}{names}")
