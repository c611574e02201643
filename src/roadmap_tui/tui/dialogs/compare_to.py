"""What to compare the plan with."""

from roadmap_tui.history.revisions import Commit
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.dialogs.select import SelectDialog, SelectOptions
from roadmap_tui.tui.workers.comparison import SAVED_FILE


class CompareToDialog(SelectDialog):
    """Select the saved file, a commit that touched the file, or any revision by name."""

    def __init__(self, commits: tuple[Commit, ...], why: str) -> None:
        ways = {SAVED_FILE: SAVED_FILE, **{commit.sha: _commit_label(commit) for commit in commits}}
        typed = "tag, branch, date, words of a commit message, HEAD~2"
        super().__init__(
            SelectOptions(
                "Compare with",
                "compare",
                ways,
                "Version",
                typed,
                note=escape_control(why),
                allows_other=True,
            )
        )


def _commit_label(commit: Commit) -> str:
    if commit.tags or commit.branches:
        names = f"  [{', '.join((*commit.tags, *commit.branches))}]"
    else:
        names = ""
    return escape_control(f"{commit.short}  {format_date(commit.date)}  {commit.subject}{names}")
