"""The `.gitattributes` file at the root of a repository: the lines that enable merging by key."""

import os
import re
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from roadmap_tui.document.edits import EditRejected
from roadmap_tui.history.git_process import GitUnavailable, run_git
from roadmap_tui.storage.atomic_write import write_atomically
from roadmap_tui.storage.load import Unreadable, load_bytes

DRIVER_NAME = "roadmap"
UNSPECIFIED = "unspecified"
_FILE = ".gitattributes"
_ATTRIBUTE = f" merge={DRIVER_NAME}"
_GLOB = re.compile(r"([\\*?\[])")
_QUOTED = re.compile(r'[\s"\x00-\x1f]')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def merge_attributes(root: Path, paths: Iterable[str]) -> dict[str, str] | EditRejected:
    """Return each path's merge attribute: a driver's name or ``unspecified``."""
    wanted = tuple(paths)
    refused = _irregular_file(root, wanted)
    if refused is not None:
        return refused
    stdin = b"".join(os.fsencode(path) + b"\0" for path in wanted)
    output = run_git(str(root), "check-attr", "-z", "--stdin", "merge", stdin=stdin)
    if isinstance(output, GitUnavailable):
        return EditRejected(output.text, output.remedy)
    fields = os.fsdecode(output).split("\0")
    return dict(zip(fields[0::3], fields[2::3], strict=False))


def _irregular_file(root: Path, paths: Iterable[str]) -> EditRejected | None:
    """Return an attribute file that is not regular: git would wait forever for a pipe."""
    folders: set[PurePosixPath] = set()
    for path in paths:
        folders.update(PurePosixPath(path).parents)
    for folder in sorted(folders):
        file = root / folder / _FILE
        with suppress(OSError, ValueError):
            if not stat.S_ISREG(os.lstat(file).st_mode) and not file.is_symlink():
                return EditRejected(
                    f"{folder / _FILE} is not a regular file", "put a file in its place"
                )
    return None


def attribute_pattern(path: str, ending: str = "") -> str:
    """Return the pattern that matches this path from the root alone, or `ending` after it."""
    text = "/" + _GLOB.sub(r"\\\1", path) + ending
    if _QUOTED.search(text):
        return f'"{"".join(map(_escaped, text))}"'
    return text


def _escaped(character: str) -> str:
    """Return a character as git reads it between quotes."""
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character < " ":
        return f"\\{ord(character):03o}"
    return character


def has_driver_lines(root: Path) -> bool:
    """Return whether the file has a line of this program."""
    old = _read(root)
    return isinstance(old, str) and _without_driver_lines(old) != old


def add_lines(root: Path, patterns: Sequence[str]) -> str | EditRejected:
    """Add the lines for these patterns and return a summary.

    Everything else stays byte for byte.
    """
    old = _read(root)
    if isinstance(old, EditRejected):
        return old
    newline = "\r\n" if "\r\n" in old else "\n"
    present = {line.removesuffix("\r") for line in old.split("\n")}
    wanted = [f"{pattern}{_ATTRIBUTE}" for pattern in patterns]
    missing = [line for line in wanted if line not in present]
    if old and not old.endswith("\n"):
        # removing the lines again has to restore the same bytes
        return _write(root, old, newline.join([old, *missing]))
    return _write(root, old, old + "".join(line + newline for line in missing))


def remove_lines(root: Path) -> str | EditRejected:
    """Remove all lines of this program and return a summary."""
    old = _read(root)
    if isinstance(old, EditRejected):
        return old
    return _write(root, old, _without_driver_lines(old))


def _without_driver_lines(text: str) -> str:
    kept = "\n".join(line for line in text.split("\n") if not line.rstrip().endswith(_ATTRIBUTE))
    if text.endswith("\n"):
        return kept
    return kept.removesuffix("\r")


def _read(root: Path) -> str | EditRejected:
    path = root / _FILE
    if path.is_symlink():
        return EditRejected(
            f"{_FILE} is a link, which git does not follow", "put a file in its place"
        )
    if not path.exists():
        return ""
    raw = load_bytes(str(path))
    if isinstance(raw, Unreadable):
        return EditRejected(f"{_FILE}: {raw.problem}", raw.remedy)
    return os.fsdecode(raw)


def _write(root: Path, old: str, text: str) -> str | EditRejected:
    path = root / _FILE
    if text == old:
        return f"{_FILE}: nothing to change"
    try:
        if not text:
            path.unlink()
            return f"{_FILE}: removed, for nothing else was in it"
        refused = write_atomically(
            str(path),
            os.fsencode(text),
            lambda: None,
            must_be_new=not path.exists(),
            recoverable=False,
        )
    except OSError as error:
        return EditRejected(
            f"{_FILE} can't be written: {error.strerror}", "look at its permissions"
        )
    done = "changed" if old else "written"
    return refused or f"{_FILE}: {done}; commit it, so that it holds for everybody"
