"""What the commands on a file's history have in common: finding it, and replying that it can't be had."""

from roadmap_tui.cli.reply import UNREADABLE, WRONG_USE, Reply, wrong_use
from roadmap_tui.cli.source import STDIN
from roadmap_tui.files.display import printable
from roadmap_tui.history.asking import Unavailable
from roadmap_tui.history.clone_state import Notice, history_notice, merge_notice
from roadmap_tui.history.git import Commit, Repository, repository, resolve
from roadmap_tui.report.words import date


def history_of(file: str) -> Repository | Reply:
    """The repository that keeps a file's history, or the reply that there is none."""
    if file == STDIN:
        return wrong_use("standard input has no history; name a file")
    found = repository(file)
    return not_had(file, found) if isinstance(found, Unavailable) else found


def commit_named(repo: Repository, file: str, rev: str | None) -> Commit | Reply:
    """The commit that a revision names, HEAD if none is given, or the reply that there is none."""
    found = resolve(repo, "HEAD" if rev is None else rev)
    if isinstance(found, Commit):
        return found
    return (
        not_had(file, found)
        if rev is None
        else Reply(err=f"roadmap: {_told(found)}\n", code=WRONG_USE)
    )


def not_had(file: str, reason: Unavailable) -> Reply:
    """The reply that something of a file's history can't be had."""
    return Reply(err=f"{printable(file)}: {_told(reason)}\n", code=UNREADABLE)


def merge_warning(file: str) -> str:
    """A line for standard error if git has the file as not merged yet; else nothing."""
    return _warning(file, merge_notice(file))


def history_warning(file: str, repo: Repository) -> str:
    """A line for standard error if the history of the file may be cut; else nothing."""
    return _warning(file, history_notice(repo))


def _warning(file: str, notice: Notice | None) -> str:
    return "" if notice is None else printable(f"{file}: {notice.sentence}") + "\n"


def dated(rev: str | None, commit: Commit) -> str:
    """A revision by the name it was asked for, with the commit and its day."""
    name = "HEAD" if rev is None else rev
    if commit.sha.startswith(name):
        return f"{commit.short} ({date(commit.date)})"
    return f"{name} ({commit.short}, {date(commit.date)})"


def _told(reason: Unavailable) -> str:
    return printable(f"{reason.text}; {reason.remedy}" if reason.remedy else reason.text)
