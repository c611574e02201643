"""Git subprocesses, without running anything that a repository's configuration names."""

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

QUERY_TIMEOUT_SECONDS = 60
_SAFE_OPTIONS = (
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    "--no-replace-objects",
    "-c",
    "core.fsmonitor=false",
    "-c",
    f"core.hooksPath={os.devnull}",
)
_FIXED_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PAGER": "cat",
    "GIT_NO_LAZY_FETCH": "1",
    # before 2.39.4 git knows no other way to keep a partial clone from fetching
    "GIT_ALLOW_PROTOCOL": "",
    "LC_ALL": "C",
}
# a hook's environment names its own repository; the one that contains the file is meant
_HOOKS = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")
_BESIDE_LITERAL = ("GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS")
_TRUST = re.compile(r"git config --global --add safe\.directory (.+)")


@dataclass(frozen=True, slots=True)
class GitUnavailable:
    """Why git has no answer: the problem and its remedy, each in a clause.

    The second may be empty.
    """

    text: str
    remedy: str = ""


class FileAbsent(GitUnavailable):
    """There is no such file at that revision."""


def run_git(folder: str, *arguments: str, stdin: bytes = b"") -> bytes | GitUnavailable:
    """Return git's output when run in a folder, or why there is none.

    Stopped after `QUERY_TIMEOUT_SECONDS`.

    Args:
        folder: working directory.
        arguments: of the command.
        stdin: its standard input.
    """
    try:
        done = subprocess.run(
            ["git", *_SAFE_OPTIONS, "-C", folder, *arguments],
            input=stdin,
            capture_output=True,
            env=_environment(os.environ),
            timeout=QUERY_TIMEOUT_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        return GitUnavailable(
            "git is not installed",
            "install it; all that doesn't look into the past works without it",
        )
    except subprocess.TimeoutExpired:
        return GitUnavailable(
            f"git gave no answer within {QUERY_TIMEOUT_SECONDS} seconds", "try again"
        )
    except (OSError, ValueError) as error:
        return GitUnavailable(f"git could not be run ({error})")
    if done.returncode == 0:
        return done.stdout
    return _explain_error(done.stderr.decode(errors="replace"))


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without what makes git act, or answer for another repository."""
    return {**_without_redirects(given), **_FIXED_ENVIRONMENT}


def _without_redirects(given: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without anything that makes git answer for another repository."""
    by_hand = "GIT_WORK_TREE" in given
    without = {*_BESIDE_LITERAL, *(() if by_hand else _HOOKS)}
    kept = {name: value for name, value in given.items() if name not in without}
    # git would resolve these relative to the folder it runs in
    folders = {
        name: os.path.abspath(kept[name]) for name in ("GIT_DIR", "GIT_WORK_TREE") if kept.get(name)
    }
    return {**kept, **folders}


def commit_environment(given: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for git commands that write, without what names another repository."""
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_PAGER": "cat", "LC_ALL": "C.UTF-8"}
    return {**_without_redirects(given), **quiet}


def _explain_error(message: str) -> GitUnavailable:
    trust = _TRUST.search(message)
    if trust:
        return GitUnavailable(
            "git does not look into this repository, for it belongs to another user",
            f"if you trust it: git config --global --add safe.directory {trust[1]}",
        )
    if "not a git repository" in message:
        return GitUnavailable("not in a git repository", "git init makes one")
    if "must be run in a work tree" in message:
        return GitUnavailable(
            "not in the work tree of a git repository", "name the file where it is checked out"
        )
    fatal = [line for line in message.splitlines() if line.startswith(("fatal: ", "error: "))]
    return GitUnavailable(
        f"git says: {fatal[0].partition(': ')[2]}" if fatal else "git has no answer"
    )
