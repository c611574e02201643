"""A file's history and revisions, as the commands on history take them."""

from roadmap_tui.cli.reply import UNREADABLE, USAGE_ERROR, Reply, usage_error
from roadmap_tui.cli.source import STDIN
from roadmap_tui.history.clone_state import Notice, history_notice, merge_notice
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.revisions import Commit, Repository, find_repository, resolve_revision
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.terminal_text import escape_control


def open_history(file: str) -> Repository | Reply:
    """The repository that keeps a file's history, or the reply that there is none."""
    if file == STDIN:
        return usage_error("standard input has no history; name a file")
    found = find_repository(file)
    return history_error(file, found) if isinstance(found, GitUnavailable) else found


def find_commit(repo: Repository, file: str, rev: str | None) -> Commit | Reply:
    """The commit that a revision names, HEAD for None, or the reply that there is none."""
    found = resolve_revision(repo, "HEAD" if rev is None else rev)
    if isinstance(found, Commit):
        return found
    if rev is None:
        return history_error(file, found)
    return Reply(err=f"roadmap: {_reason_text(found)}\n", code=USAGE_ERROR)


def history_error(file: str, reason: GitUnavailable) -> Reply:
    """The reply that a part of a file's history is unavailable."""
    return Reply(err=f"{escape_control(file)}: {_reason_text(reason)}\n", code=UNREADABLE)


def merge_warning(file: str) -> str:
    """A line for standard error if git has an unfinished merge of the file; else nothing."""
    return _notice_line(file, merge_notice(file))


def history_warning(file: str, repo: Repository) -> str:
    """A line for standard error if the history of the file may be cut; else nothing."""
    return _notice_line(file, history_notice(repo))


def _notice_line(file: str, notice: Notice | None) -> str:
    if notice is None:
        return ""
    return escape_control(f"{file}: {notice.sentence}") + "\n"


def revision_label(rev: str | None, commit: Commit) -> str:
    """A revision by the name that the user gave, with the commit and its day."""
    name = "HEAD" if rev is None else rev
    if commit.sha.startswith(name):
        return f"{commit.short} ({format_date(commit.date)})"
    return f"{name} ({commit.short}, {format_date(commit.date)})"


def _reason_text(reason: GitUnavailable) -> str:
    return escape_control(f"{reason.text}; {reason.remedy}" if reason.remedy else reason.text)
