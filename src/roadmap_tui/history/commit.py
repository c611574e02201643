"""Committing one file: what it had in git before, and the commit itself, with the hooks that git runs by default."""

import os
import subprocess
from dataclasses import dataclass

from roadmap_tui.history.asking import Absent, Unavailable, acting, ask
from roadmap_tui.history.git import Commit, Repository, blob, resolve

SECONDS = 600
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
    "nothing to commit": ("nothing to commit: git has this file as it is", ""),
    "nothing added to commit": ("nothing to commit: git has this file as it is", ""),
    "no changes added": ("nothing to commit: git has this file as it is", ""),
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
class Place:
    """Where a commit goes.

    Attributes:
        branch: empty if none is checked out.
        before: what git has of the file; None if nothing yet.
    """

    repo: Repository
    branch: str
    before: bytes | None


def place(repo: Repository) -> Place | Unavailable:
    """Where a commit of the file would go, and what is there."""
    named = ask(repo.root, "symbolic-ref", "--short", "-q", "HEAD")
    branch = "" if isinstance(named, Unavailable) else named.decode(errors="replace").strip()
    head = resolve(repo, "HEAD")
    if isinstance(head, Unavailable):
        return Place(repo, branch, None)
    held = blob(repo, head)
    if isinstance(held, Unavailable):
        return Place(repo, branch, None) if isinstance(held, Absent) else held
    return Place(repo, branch, held)


def commit(repo: Repository, message: str) -> Commit | Unavailable:
    """Commit the file as it lies on disk, and nothing else, whatever is staged.

    Git's own hooks run, as they do with ``git commit``; nothing else does that the repository's configuration names.
    A file that git does not know yet is added first, and is as unknown as before if the commit is refused.
    """
    known = ask(repo.root, "ls-files", "--error-unmatch", "--", repo.path)
    if isinstance(known, Unavailable):
        added = _act(repo, "add", "--", repo.path)
        if isinstance(added, Unavailable):
            return added
    done = _act(repo, "commit", "--quiet", "--only", "--file=-", "--", repo.path, told=message)
    if isinstance(done, Unavailable):
        if isinstance(known, Unavailable):
            _act(repo, "rm", "--cached", "--quiet", "--", repo.path)
        return done
    return resolve(repo, "HEAD")


def _act(repo: Repository, *words: str, told: str = "") -> str | Unavailable:
    """What git says to something that it is asked to do; it has no terminal to ask anything on."""
    try:
        done = subprocess.run(
            ["git", *_HOW, "-C", repo.root, *words],
            input=told.encode(errors="replace"),
            capture_output=True,
            env=acting(os.environ),
            timeout=SECONDS,
            check=False,
            start_new_session=True,
        )
    except FileNotFoundError:
        return Unavailable("git is not installed", "install it to commit from here")
    except subprocess.TimeoutExpired:
        return Unavailable(
            f"git was not done within {SECONDS // 60} minutes",
            "see what its hooks do, in a terminal",
        )
    except (OSError, ValueError) as error:
        return Unavailable(f"git could not be run ({error})")
    said = (done.stderr + b"\n" + done.stdout).decode(errors="replace")
    return said if done.returncode == 0 else _refused(said)


def _refused(said: str) -> Unavailable:
    low = said.casefold()
    for words, (text, remedy) in _REMEDIES.items():
        if words in low:
            return Unavailable(text, remedy)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    told = " / ".join(lines[-_LINES:])
    return Unavailable(
        f"git or one of its hooks refused: {told or 'without a word'}",
        "mend that, and commit again",
    )
