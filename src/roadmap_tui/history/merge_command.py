"""The command by which git runs the merge driver, with a fallback if the program can't run."""

import os
import shlex
import shutil
import sys

CONFLICT_EXIT_CODE = 64
"""Exit code for a conflict; Python's own failures are 1 and 2, a shell's 126 to 255."""
DONE_MARKER = "merged"
"""Printed once the file is written, as another program in its place may also exit with 0."""
_CALL = "roadmap_tui merge-driver"
# An empty entry of PYTHONPATH, as in ":/opt/x", is the current folder, even with -P.
_LEAVE_RELATIVE_PATHS = "case :$PYTHONPATH: in *:[!/]*) unset PYTHONPATH;; esac"
_FALLBACK_SAYS = (
    "roadmap: the merge driver did not run; git merged by lines. Set it up again: roadmap git setup"
)
# Git before 2.44 doesn't expand %S, %X, %Y; %% is a percent sign in every version.
_FALLBACK = (
    "s=%S x=%X y=%Y; "
    "case $s in ''|%%S) s=base;; esac; "
    "case $x in ''|%%X) x=ours;; esac; "
    "case $y in ''|%%Y) y=theirs;; esac; "
    f"echo {shlex.quote(_FALLBACK_SAYS)} >&2; "
    'git merge-file -q --marker-size=%L -L "$x" -L "$s" -L "$y" %A %O %B'
)


def driver_command(python: str = sys.executable) -> str:
    """Return the command as stored in a clone's settings; git's shell runs it."""
    program = _quoted(python)
    # -P keeps Python from importing files of the repository; without `command -v` the shell
    # would print the whole line if the program is missing
    call = f"command -v {program} >/dev/null && {program} -P -m {_CALL} -- %O %A %B %L %P %S %X %Y"
    ends = (
        f"case $?$said in 0{DONE_MARKER}) exit 0;; {CONFLICT_EXIT_CODE}{DONE_MARKER}) exit 1;; esac"
    )
    return f"{_LEAVE_RELATIVE_PATHS}; said=$({call}); {ends}; {_FALLBACK}"


def is_driver_command(line: str) -> bool:
    """Return whether a command calls this program, in any version."""
    return _CALL in line


def driver_command_fault(line: str) -> str:
    """Return why a command that calls this program has to be renewed, in a clause.

    Empty if it hasn't.
    """
    try:
        words = shlex.split(line)
        python = words[words.index("-v") + 1].replace("%%", "%")
    except (ValueError, IndexError):
        return "it is of an older version"
    if line != driver_command(python):
        return "it is of an older version"
    runs = os.path.isfile(python) if os.path.isabs(python) else shutil.which(python) is not None
    return "" if runs else f"its Python is gone: {python}"


def _quoted(python: str) -> str:
    return shlex.quote(python).replace("%", "%%")
