"""Asking git, by argument list, with nothing run that a repository's configuration names."""

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

SECONDS = 60
_SAFE = (
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    "--no-replace-objects",
    "-c",
    "core.fsmonitor=false",
    "-c",
    f"core.hooksPath={os.devnull}",
)
_SET = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PAGER": "cat",
    "GIT_NO_LAZY_FETCH": "1",
    # before 2.39.4 git knows no other way to keep a partial clone from fetching
    "GIT_ALLOW_PROTOCOL": "",
    "LC_ALL": "C",
}
# a hook's environment names its own repository; the file's place tells which one is meant
_HOOKS = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")
_BESIDE_LITERAL = ("GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS")
_TRUST = re.compile(r"git config --global --add safe\.directory (.+)")


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Why git has no answer: what is wrong, and what would be right, each in a clause; the second may be empty."""

    text: str
    remedy: str = ""


class Absent(Unavailable):
    """There is no such file at that revision."""


def ask(folder: str, *words: str, told: bytes = b"") -> bytes | Unavailable:
    """What git prints when asked in a folder, or why it has no answer. It is stopped after `SECONDS`.

    Args:
        folder: where it is asked.
        words: the question.
        told: what it reads from its standard input.
    """
    try:
        done = subprocess.run(
            ["git", *_SAFE, "-C", folder, *words],
            input=told,
            capture_output=True,
            env=_environment(os.environ),
            timeout=SECONDS,
            check=False,
        )
    except FileNotFoundError:
        return Unavailable(
            "git is not installed",
            "install it; all that doesn't look into the past works without it",
        )
    except subprocess.TimeoutExpired:
        return Unavailable(f"git gave no answer within {SECONDS} seconds", "try again")
    except (OSError, ValueError) as error:
        return Unavailable(f"git could not be run ({error})")
    return done.stdout if done.returncode == 0 else _refused(done.stderr.decode(errors="replace"))


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """The environment as it is, but for what would make git act, or answer about another repository."""
    return {**_own(given), **_SET}


def _own(given: Mapping[str, str]) -> dict[str, str]:
    """The environment without what would make git answer about another repository."""
    by_hand = "GIT_WORK_TREE" in given
    without = {*_BESIDE_LITERAL, *(() if by_hand else _HOOKS)}
    kept = {name: value for name, value in given.items() if name not in without}
    # git would take these from the folder it is asked in
    folders = {
        name: os.path.abspath(kept[name]) for name in ("GIT_DIR", "GIT_WORK_TREE") if kept.get(name)
    }
    return {**kept, **folders}


def acting(given: Mapping[str, str]) -> dict[str, str]:
    """The environment for what git is asked to do: that of the person, but for what names another repository."""
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_PAGER": "cat", "LC_ALL": "C.UTF-8"}
    return {**_own(given), **quiet}


def _refused(told: str) -> Unavailable:
    trust = _TRUST.search(told)
    if trust:
        return Unavailable(
            "git does not look into this repository, for it belongs to somebody else",
            f"if you trust it: git config --global --add safe.directory {trust[1]}",
        )
    if "not a git repository" in told:
        return Unavailable("not in a git repository", "git init makes one")
    if "must be run in a work tree" in told:
        return Unavailable(
            "not in the work tree of a git repository", "name the file where it is checked out"
        )
    fatal = [line for line in told.splitlines() if line.startswith(("fatal: ", "error: "))]
    return Unavailable(f"git says: {fatal[0].partition(': ')[2]}" if fatal else "git has no answer")
