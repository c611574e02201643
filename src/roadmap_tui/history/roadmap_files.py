"""The roadmaps of a repository, identified by their content rather than their names."""

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from roadmap_tui.document.limits import MAX_BYTES
from roadmap_tui.document.toml_parser import parse_toml
from roadmap_tui.history.git_process import GitUnavailable, run_git
from roadmap_tui.plan.items import Model, Product, Spike
from roadmap_tui.plan.roadmap import RoadmapSettings
from roadmap_tui.storage.load import Unreadable, load_bytes

_ENDING = b".toml"
_LEFT_OUT = b"S 100"
"""How git begins its line on a regular file that is not in the work tree."""
_OBJECT = 2
"""Which word of that line is the object."""
_ITEMS: Mapping[str, type[BaseModel]] = {"product": Product, "model": Model, "spike": Spike}
_TOP = frozenset({"schema", "roadmap", "teams", "policy", "market", *_ITEMS, "scenario", "x"})
_MAYBE = re.compile(rb"\b(?:roadmap|product|model|spike)\b")
_HEADER = re.compile(
    r"""^[ \t]*\[[ \t]*(?:roadmap\b|(?:product|model|spike)[ \t]*\.)""", re.MULTILINE
)
_TABLE = re.compile(
    r"""^[ \t]*\[\[?[ \t]*["']?([A-Za-z_][\w-]*)["']?[ \t]*(?:[.\]]|$)""", re.MULTILINE
)
_KEY = re.compile(r"""^[ \t]*["']?([\w-]+)["']?[ \t]*[.=]""", re.MULTILINE)
_FIELDS = frozenset[str]().union(
    *(kind.model_fields for kind in (RoadmapSettings, Product, Model, Spike))
)


@dataclass(frozen=True, slots=True)
class TomlFiles:
    """The TOML files that git tracks or would track, as paths from the root.

    Attributes:
        roadmaps: those that contain a plan, by path.
        others: all others.
    """

    roadmaps: tuple[str, ...]
    others: tuple[str, ...]


def toml_files(root: Path) -> TomlFiles | GitUnavailable:
    """Return the TOML files of a work tree.

    Ignored files are left out, and links are not followed.
    """
    output = run_git(str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if isinstance(output, GitUnavailable):
        return output
    paths = sorted(
        {os.fsdecode(each) for each in output.split(b"\0") if each.lower().endswith(_ENDING)}
    )
    roadmaps = {path for path in paths if _is_roadmap(root / path)} | _not_checked_out(root)
    return TomlFiles(tuple(sorted(roadmaps)), tuple(path for path in paths if path not in roadmaps))


def _not_checked_out(root: Path) -> set[str]:
    """Return the tracked roadmaps that a sparse checkout leaves out of the work tree."""
    output = run_git(str(root), "ls-files", "-z", "-t", "--stage")
    if isinstance(output, GitUnavailable):
        return set()
    found: set[str] = set()
    for entry in output.split(b"\0"):
        head, _, path = entry.partition(b"\t")
        if not head.startswith(_LEFT_OUT) or not path.lower().endswith(_ENDING):
            continue
        if _holds_plan(_blob(root, head.split()[_OBJECT].decode())):
            found.add(os.fsdecode(path))
    return found


def _blob(root: Path, name: str) -> bytes:
    """Return a blob's content; empty if it is larger than a roadmap, or not in this clone."""
    size = run_git(str(root), "cat-file", "-s", name)
    if isinstance(size, GitUnavailable) or int(size) > MAX_BYTES:
        return b""
    found = run_git(str(root), "cat-file", "blob", name)
    if isinstance(found, GitUnavailable):
        return b""
    return found


def _is_roadmap(path: Path) -> bool:
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return False
    except (OSError, ValueError):
        return False
    raw = load_bytes(str(path))
    return not isinstance(raw, Unreadable) and _holds_plan(raw)


def _holds_plan(raw: bytes) -> bool:
    # most TOML files of a large repository have none of the words and need not be parsed
    return _MAYBE.search(raw) is not None and holds_plan(raw.decode(errors="replace"))


def holds_plan(text: str) -> bool:
    """Return whether a text has the tables of the format, possibly with faults."""
    data = parse_toml(text)[0]
    if data is None:
        return _looks_like_plan(text)
    # one key may be mistyped; files of other programs have more that are unknown
    if len(data.keys() - _TOP) > 1:
        return False
    if _has_fields(data.get("roadmap"), RoadmapSettings):
        return True
    return any(_has_item(data.get(name), kind) for name, kind in _ITEMS.items())


def _has_item(track: object, kind: type[BaseModel]) -> bool:
    return any(_has_fields(item, kind) for item in _tables_in(track))


def _looks_like_plan(text: str) -> bool:
    """Return the same for a text that can't be parsed, by its lines.

    A line of another program's file may be a password.
    """
    tables = [*_TABLE.finditer(text)]
    start = tables[0].start() if tables else len(text)
    if not _HEADER.search(text) or not {*_KEY.findall(text[:start])} <= _TOP:
        return False
    fields = {*_KEY.findall(text[start:])}
    return len({each[1] for each in tables} - _TOP) <= 1 and (
        not fields or not fields.isdisjoint(_FIELDS)
    )


def _has_fields(value: object, kind: type[BaseModel]) -> bool:
    """Return whether a table is empty or has one of the model's fields."""
    return isinstance(value, Mapping) and (
        not value or not kind.model_fields.keys().isdisjoint(value)
    )


def _tables_in(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        yield from value.values()
