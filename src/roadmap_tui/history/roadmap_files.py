"""The roadmaps of a repository, by what is in them and not by their names."""

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from roadmap_tui.files.load import Unreadable, load_bytes
from roadmap_tui.files.syntax import parse
from roadmap_tui.history.asking import Unavailable, ask
from roadmap_tui.plan.items import Model, Product, Spike
from roadmap_tui.plan.roadmap import Settings

_ENDING = ".toml"
_ITEMS: Mapping[str, type[BaseModel]] = {"product": Product, "model": Model, "spike": Spike}
_TOP = frozenset({"schema", "roadmap", "teams", "policy", "market", *_ITEMS, "scenario", "x"})
_MAYBE = re.compile(rb"\b(?:roadmap|product|model|spike)\b")
_HEADER = re.compile(r"^[ \t]*\[(?:roadmap|(?:product|model|spike)\.[^\]\n]+)\]", re.MULTILINE)
_FOREIGN = re.compile(r"^[ \t]*\[+[ \t]*(?:project|build-system|tool|package|dependencies|workspace)\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class TomlFiles:
    """The TOML files that git knows, or would take in, as paths from the root.

    Attributes:
        roadmaps: those that hold a plan, in the order of their paths.
        others: all others.
    """

    roadmaps: tuple[str, ...]
    others: tuple[str, ...]


def toml_files(root: Path) -> TomlFiles | Unavailable:
    """The TOML files of a work tree; what git ignores is left out, and links are not followed."""
    listed = ask(str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if isinstance(listed, Unavailable):
        return listed
    ending = _ENDING.encode()
    paths = sorted({os.fsdecode(each) for each in listed.split(b"\0") if each.lower().endswith(ending)})
    roadmaps = [path for path in paths if _is_roadmap(root / path)]
    return TomlFiles(tuple(roadmaps), tuple(sorted(set(paths) - set(roadmaps))))


def _is_roadmap(path: Path) -> bool:
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return False
    except (OSError, ValueError):
        return False
    raw = load_bytes(str(path))
    # most TOML of a large repository has none of the words and need not be parsed
    if isinstance(raw, Unreadable) or not _MAYBE.search(raw):
        return False
    return holds_plan(raw.decode(errors="replace"))


def holds_plan(text: str) -> bool:
    """Whether a text has the tables of our format; one with faults in it may."""
    data = parse(text)[0]
    if data is None:
        return bool(_HEADER.search(text)) and not _FOREIGN.search(text)
    # one key may be mistyped; files of other programs have more that is not ours
    if len(data.keys() - _TOP) > 1:
        return False
    return _has_fields(data.get("roadmap"), Settings) or any(
        _has_fields(item, kind) for name, kind in _ITEMS.items() for item in _tables_in(data.get(name))
    )


def _has_fields(value: object, kind: type[BaseModel]) -> bool:
    """Whether a table is empty or has a field of ours."""
    return isinstance(value, Mapping) and (not value or not kind.model_fields.keys().isdisjoint(value))


def _tables_in(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        yield from value.values()
