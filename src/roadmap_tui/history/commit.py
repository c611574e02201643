"""Commit of one file: its content in git before, and the commit itself, with git's hooks."""

import os
import subprocess
from dataclasses import dataclass

from roadmap_tui.history.git_process import FileAbsent, GitUnavailable, commit_environment, run_git
from roadmap_tui.history.revisions import Commit, Repository, file_at, resolve_revision

COMMIT_TIMEOUT_SECONDS = 600
"""After which a commit is given up: a hook may take its time."""
_HOW = ("--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false")
_LINES = 3
_REMEDIES = {
    "tell me who you are": (
        "git does not know who you are",
        'git config user.name "…", git config user.email "…"',
    ),
    "empty ident name": (
        "git does not know who you are",
        'git config user.name "…", git config user.email "…"',
    ),
    "during a merge": (
        "a merge is under way in this repository",
        "finish it with git, then commit",
    ),
    "unmerged": ("a merge is under way in this repository", "finish it with git, then commit"),
    "nothing to commit": ("nothing to commit: git already has this version of the file", ""),
    "nothing added to commit": ("nothing to commit: git already has this version of the file", ""),
    "no changes added": ("nothing to commit: git already has this version of the file", ""),
    "index.lock": ("another git is at work in this repository", "try again when it is done"),
    "ignored by one of your .gitignore": ("git ignores this file", "take it out of .gitignore"),
    "failed to sign": (
        "the commit could not be signed",
        "commit in a terminal, where git can ask for the passphrase",
    ),
    "gpg failed": (
        "the commit could not be signed",
        "commit in a terminal, where git can ask for the passphrase",
    ),
}
"""By what git says: what is wrong, and what would help."""


@dataclass(frozen=True, slots=True)
class CommitTarget:
    """Where a commit goes.

    Attributes:
        branch: empty if none is checked out.
        before: the file's content in git; None if it has none yet.
    """

    repo: Repository
    branch: str
    before: bytes | None


def commit_target(repo: Repository) -> CommitTarget | GitUnavailable:
    """Return where a commit of the file would go, and its content there."""
    named = run_git(repo.root, "symbolic-ref", "--short", "-q", "HEAD")
    branch = "" if isinstance(named, GitUnavailable) else named.decode(errors="replace").strip()
    head = resolve_revision(repo, "HEAD")
    if isinstance(head, GitUnavailable):
        return CommitTarget(repo, branch, None)
    held = file_at(repo, head)
    if isinstance(held, GitUnavailable):
        if isinstance(held, FileAbsent):
            return CommitTarget(repo, branch, None)
        return held
    return CommitTarget(repo, branch, held)


def commit_file(repo: Repository, message: str) -> Commit | GitUnavailable:
    """Commit the file on disk, and nothing else, whatever is staged.

    Git's own hooks run, as with ``git commit``; nothing else that the repository's configuration
    names does. A file that git does not know yet is added first, and removed again if the commit is
    rejected.
    """
    known = run_git(repo.root, "ls-files", "--error-unmatch", "--", repo.path)
    if isinstance(known, GitUnavailable):
        added = _run_git_command(repo, "add", "--", repo.path)
        if isinstance(added, GitUnavailable):
            return added
    done = _run_git_command(
        repo, "commit", "--quiet", "--only", "--file=-", "--", repo.path, stdin=message
    )
    if isinstance(done, GitUnavailable):
        if isinstance(known, GitUnavailable):
            _run_git_command(repo, "rm", "--cached", "--quiet", "--", repo.path)
        return done
    return resolve_revision(repo, "HEAD")


def _run_git_command(repo: Repository, *words: str, stdin: str = "") -> str | GitUnavailable:
    """Return the output of a git command that writes; it has no terminal for prompts."""
    try:
        done = subprocess.run(
            ["git", *_HOW, "-C", repo.root, *words],
            input=stdin.encode(errors="replace"),
            capture_output=True,
            env=commit_environment(os.environ),
            timeout=COMMIT_TIMEOUT_SECONDS,
            check=False,
            start_new_session=True,
        )
    except FileNotFoundError:
        return GitUnavailable("git is not installed", "install it to commit from here")
    except subprocess.TimeoutExpired:
        return GitUnavailable(
            f"git was not done within {COMMIT_TIMEOUT_SECONDS // 60} minutes",
            "see what its hooks do, in a terminal",
        )
    except (OSError, ValueError) as error:
        return GitUnavailable(f"git could not be run ({error})")
    output = (done.stderr + b"\n" + done.stdout).decode(errors="replace")
    if done.returncode == 0:
        return output
    return _explain_refusal(output)


def _explain_refusal(output: str) -> GitUnavailable:
    low = output.casefold()
    for words, (text, remedy) in _REMEDIES.items():
        if words in low:
            return GitUnavailable(text, remedy)
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    last_lines = " / ".join(lines[-_LINES:])
    return GitUnavailable(
        f"git or one of its hooks refused: {last_lines or 'without a word'}",
        "fix that, and commit again",
    )
