"""Letting git merge roadmaps by key: what stands in a clone's settings and in its `.gitattributes`."""

import os
import re
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from roadmap_tui.files.edits import Refusal
from roadmap_tui.history.asking import Unavailable, ask

ALL = "/roadmaps/*.toml"
_ATTRIBUTE = " merge=roadmap"
_SECTION = "merge.roadmap"
_SETTINGS = {
    f"{_SECTION}.name": "Roadmap TUI: merge by key",
    # -P: nothing that lies in the repository is imported
    f"{_SECTION}.driver": f"{shlex.quote(sys.executable)} -P -m roadmap_tui merge-driver -- %O %A %B %L %P",
}
_GLOB = re.compile(r"([\\*?\[])")


def set_up(folder: Path, files: Sequence[str]) -> tuple[str, ...] | Refusal:
    """Register the driver in the clone that holds `folder`, and name the roadmaps in its `.gitattributes`.

    Args:
        folder: where `files` start from.
        files: roadmaps; none for all in a folder called ``roadmaps``.

    Returns:
        What was done, a line each, or why nothing was.
    """
    root = _root(folder)
    if isinstance(root, Refusal):
        return root
    patterns = [_pattern(root, folder / file) for file in files] or [ALL]
    for pattern in patterns:
        if isinstance(pattern, Refusal):
            return pattern
    lines = [f"{pattern}{_ATTRIBUTE}" for pattern in patterns]
    noted = _rewrite(root / ".gitattributes", add=lines)
    if isinstance(noted, Refusal):
        return noted
    for key, value in _SETTINGS.items():
        said = _git(root, "config", "--local", key, value)
        if isinstance(said, Refusal):
            return said
    return (*noted, "this clone: registered the merge driver; each clone needs this once")


def take_back(folder: Path) -> tuple[str, ...] | Refusal:
    """Undo `set_up`, for all files; what was done, a line each, or why it can't be."""
    root = _root(folder)
    if isinstance(root, Refusal):
        return root
    noted = _rewrite(root / ".gitattributes", add=())
    if isinstance(noted, Refusal):
        return noted
    there = _git(root, "config", "--local", "--get-regexp", f"^{re.escape(_SECTION)}\\.")
    if isinstance(there, Refusal):
        return (*noted, "this clone: no merge driver was registered")
    said = _git(root, "config", "--local", "--remove-section", _SECTION)
    return said if isinstance(said, Refusal) else (*noted, "this clone: took the merge driver out")


def _root(folder: Path) -> Path | Refusal:
    said = _git(folder, "rev-parse", "--show-toplevel")
    if isinstance(said, Refusal):
        return said
    return Path(said)


def _git(folder: Path, *words: str) -> str | Refusal:
    said = ask(str(folder), *words)
    if isinstance(said, Unavailable):
        return Refusal(said.text, said.remedy)
    return os.fsdecode(said).removesuffix("\n")


def _pattern(root: Path, file: Path) -> str | Refusal:
    """The line's beginning that means this file alone."""
    try:
        inside = file.resolve(strict=True).relative_to(root.resolve())
    except (OSError, ValueError):
        return Refusal(f"{file.name} is no file of this repository", "name a file in it")
    pattern = "/" + _GLOB.sub(r"\\\1", inside.as_posix())
    if re.search(r'[\s"]', pattern):
        return '"' + pattern.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return pattern


def _rewrite(path: Path, add: Sequence[str]) -> tuple[str, ...] | Refusal:
    """Put lines in or, with none, take all of ours out; every other byte stays as it is."""
    try:
        if path.is_symlink():
            return Refusal(f"{path.name} is a link, which git does not follow", "put a file in its place")
        old = os.fsdecode(path.read_bytes()) if path.exists() else ""
        *lines, last = old.split("\n")
        if add:
            new = [line for line in add if line not in {*lines, last}]
            lines = [*lines, last, *new] if last else [*lines, *new, ""]
        else:
            lines = [line for line in (*lines, last) if not line.rstrip().endswith(_ATTRIBUTE)]
        text = "\n".join(lines) if add or len(lines) > 1 or lines != [""] else ""
        return _write(path, old, text)
    except OSError as error:
        return Refusal(f"{path.name} can't be written: {error.strerror}", "look at its permissions")


def _write(path: Path, old: str, text: str) -> tuple[str, ...]:
    if text == old:
        return (f"{path.name}: nothing to change",)
    if text:
        path.write_bytes(os.fsencode(text))
        return (f"{path.name}: {'changed' if old else 'written'}; commit it, so that it holds for everybody",)
    path.unlink()
    return (f"{path.name}: removed, for nothing else was in it",)
