"""Set-up of merging by key: a clone's settings and its `.gitattributes`."""

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from roadmap_tui.document.edits import EditRejected
from roadmap_tui.history.git_process import GitUnavailable, run_git
from roadmap_tui.history.gitattributes import (
    DRIVER_NAME,
    UNSPECIFIED,
    add_lines,
    attribute_pattern,
    has_driver_lines,
    merge_attributes,
    remove_lines,
)
from roadmap_tui.history.merge_command import driver_command
from roadmap_tui.history.notice_record import forget_notice
from roadmap_tui.history.roadmap_files import TomlFiles, toml_files

DEFAULT_PATTERN = "/roadmaps/*.toml"
_FOLDER = "roadmaps"
_SECTION = f"merge.{DRIVER_NAME}"
_SETTINGS = {
    f"{_SECTION}.name": "Roadmap TUI: merge by key",
    f"{_SECTION}.driver": driver_command(),
}
_MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class DriverSetup:
    """Result of `set_up_driver`.

    Attributes:
        notes: a line each.
        files: the roadmaps that git now merges by key, as paths from the root.
    """

    notes: tuple[str, ...]
    files: tuple[str, ...]


def set_up_driver(folder: Path, files: Sequence[str]) -> DriverSetup | EditRejected:
    """Register the driver in the clone containing `folder`, and its roadmaps in `.gitattributes`.

    Args:
        folder: base of `files`.
        files: roadmaps; by default all in the repository.

    Returns:
        What was done, or why nothing was.
    """
    root = _root(folder)
    if isinstance(root, EditRejected):
        return root
    wanted = _named_files(root, folder, files) if files else _repository_files(root)
    if isinstance(wanted, EditRejected):
        return wanted
    attributes = add_lines(root, wanted.patterns)
    if isinstance(attributes, EditRejected):
        return attributes
    registered = _register(root)
    if isinstance(registered, EditRejected):
        return registered
    return _summarise(root, wanted, (attributes, registered))


def _summarise(root: Path, wanted: "_Wanted", notes: tuple[str, ...]) -> DriverSetup | EditRejected:
    """Check which of the roadmaps git now merges by key, and report it."""
    merging = merge_attributes(root, wanted.files)
    if isinstance(merging, EditRejected):
        return merging
    by_key = tuple(path for path in wanted.files if merging[path] == DRIVER_NAME)
    others = [path for path in wanted.files if merging[path] != DRIVER_NAME]
    return DriverSetup((*notes, *_summary(by_key, others, wanted.patterns)), by_key)


def remove_driver(folder: Path) -> tuple[str, ...] | EditRejected:
    """Undo `set_up_driver` for all files; return what was done, a line each, or why it failed."""
    root = _root(folder)
    if isinstance(root, EditRejected):
        return root
    noted = remove_lines(root)
    if isinstance(noted, EditRejected):
        return noted
    there = _git(root, "config", "--local", "--get-regexp", f"^{re.escape(_SECTION)}\\.")
    if isinstance(there, EditRejected):
        return (noted, "this clone: no merge driver was registered")
    output = _git(root, "config", "--local", "--remove-section", _SECTION)
    if isinstance(output, EditRejected):
        return output
    return (noted, "this clone: took the merge driver out")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Roadmaps, and the patterns that `.gitattributes` lacks for them."""

    files: tuple[str, ...]
    patterns: tuple[str, ...]


def _named_files(root: Path, folder: Path, files: Sequence[str]) -> _Wanted | EditRejected:
    paths = [_inside(root, folder / file) for file in files]
    refused = next((each for each in paths if isinstance(each, EditRejected)), None)
    if refused is not None:
        return refused
    known = tuple(dict.fromkeys(each for each in paths if isinstance(each, str)))
    merging = merge_attributes(root, known)
    if isinstance(merging, EditRejected):
        return merging
    return _Wanted(
        known, tuple(attribute_pattern(path) for path in known if merging[path] != DRIVER_NAME)
    )


def _repository_files(root: Path) -> _Wanted | EditRejected:
    """Return all roadmaps of the repository; without one, a folder for future ones."""
    found = toml_files(root)
    if isinstance(found, GitUnavailable):
        return EditRejected(found.text, found.remedy)
    if not found.roadmaps:
        return _Wanted((), () if has_driver_lines(root) else (DEFAULT_PATTERN,))
    merging = merge_attributes(root, found.roadmaps)
    if isinstance(merging, EditRejected):
        return merging
    # attributes set on purpose stay
    unset = [path for path in found.roadmaps if merging[path] == UNSPECIFIED]
    return _Wanted(found.roadmaps, tuple(_patterns(unset, found)))


def _patterns(paths: Sequence[str], found: TomlFiles) -> Iterable[str]:
    """Yield a pattern for each file, but only one for a folder ``roadmaps`` with nothing else."""
    mixed = {PurePosixPath(path).parent for path in found.others}
    by_folder: dict[PurePosixPath, list[str]] = {}
    for path in paths:
        by_folder.setdefault(PurePosixPath(path).parent, []).append(path)
    for folder, inside in by_folder.items():
        alike = folder not in mixed and all(path.endswith(".toml") for path in inside)
        if folder.name == _FOLDER and alike:
            yield attribute_pattern(str(folder), "/*.toml")
        else:
            yield from map(attribute_pattern, inside)


def _summary(
    by_key: Sequence[str], others: Sequence[str], patterns: Sequence[str]
) -> Iterable[str]:
    if not by_key and not others:
        yield "no roadmap was found in this repository, so no file is merged by key yet"
        to_come = f"for files to come, {DEFAULT_PATTERN} is set; " if patterns else ""
        yield f"{to_come}once a roadmap is there, run this again"
    if by_key:
        yield f"merged by key: {_format_paths(by_key)}"
    if others:
        paths = _format_paths(others)
        yield f"not merged by key, because an attribute file says otherwise: {paths}"


def _format_paths(paths: Sequence[str]) -> str:
    more = len(paths) - _MOST_LISTED
    return ", ".join(paths[:_MOST_LISTED]) + (f" and {more:,} more" if more > 0 else "")


def _register(root: Path) -> str | EditRejected:
    """Register the driver unless it is registered; return a summary."""
    changed = False
    for key, value in _SETTINGS.items():
        if _git(root, "config", "--local", "--get-all", key) == value:
            continue
        output = _git(root, "config", "--local", "--replace-all", key, value)
        if isinstance(output, EditRejected):
            return output
        changed = True
    if changed:
        forget_notice(str(root))
        return "this clone: registered the merge driver; each clone needs this once"
    return "this clone: the merge driver is registered"


def _root(folder: Path) -> Path | EditRejected:
    output = _git(folder, "rev-parse", "--show-toplevel")
    if isinstance(output, EditRejected):
        return output
    return Path(output)


def _git(folder: Path, *words: str) -> str | EditRejected:
    output = run_git(str(folder), *words)
    if isinstance(output, GitUnavailable):
        return EditRejected(output.text, output.remedy)
    return os.fsdecode(output).removesuffix("\n")


def _inside(root: Path, file: Path) -> str | EditRejected:
    """Return a file's path from the root."""
    try:
        path = file.resolve(strict=True)
        inside = path.relative_to(root.resolve()).as_posix()
    except (OSError, ValueError):
        return EditRejected(f"{file.name} is no file of this repository", "name a file in it")
    if not path.is_file():
        return EditRejected(f"{inside} is not a regular file", "name the roadmaps one by one")
    return inside
