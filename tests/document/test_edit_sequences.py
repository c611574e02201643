"""Random sequences of edits have the same effect on TOML as on dicts."""

import copy
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import (
    AddItem,
    Edit,
    EditRejected,
    RemoveItem,
    SetValue,
    Unset,
    apply_edits,
)
from roadmap_tui.document.field_editor import round_trips
from roadmap_tui.document.reader import read_document
from roadmap_tui.document.values import is_same_value
from roadmap_tui.plan.faults import KeyPath
from tests.document.generators import Maker

IDS = ["a", "b-1", "c.d", "new", "zz"]
STEPS: list[str | int] = ["new", "a", 0, 1, "b c"]


def random_edit(maker: Maker, data: object) -> Edit:
    """An edit that makes sense for a document with this data, or one that doesn't."""
    path = maker.choice([*_all_paths(data)] or [("x",)])
    names = [maker.choice(IDS) for _ in range(3)]
    match maker.randrange(6):
        case 0:
            return SetValue(path, maker.plain())
        case 1:
            return SetValue((*path, maker.choice(STEPS)), maker.plain())
        case 2:
            return SetValue((maker.choice(["model", "teams", "x"]), *names), maker.plain())
        case 3:
            return Unset(path)
        case 4:
            values = {maker.choice(IDS): maker.plain() for _ in range(maker.randint(0, 3))}
            return AddItem(maker.choice(["product", "model", "spike"]), names[0], values)
    return RemoveItem(names[0])


def _all_paths(data: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    children: Iterable[tuple[str | int, object]] = ()
    if isinstance(data, dict):
        children = data.items()
    elif isinstance(data, list):
        children = enumerate(data)
    for step, value in children:
        yield (*path, step)
        yield from _all_paths(value, (*path, step))


def random_edits(maker: Maker, document: Document) -> Document:
    """The document after a few edits; those that are refused are left out."""
    for _ in range(maker.randint(1, 3)):
        result = apply_edits(document, random_edit(maker, document.data))
        document = document if isinstance(result, EditRejected) else result
    return document


def _on_dicts(data: dict[str, Any], edit: Edit) -> dict[str, object]:
    """The same edit on plain dicts and lists, without a text."""
    result = copy.deepcopy(data)
    match edit:
        case SetValue(path, value):
            _put(result, path, value)
        case AddItem(track, name, values):
            _put(result, (track, name), dict(values))
        case Unset(path):
            _take(result, path)
        case RemoveItem(name):
            _take(
                result,
                next(
                    (each, name)
                    for each in ("product", "model", "spike")
                    if name in _table(data, each)
                ),
            )
    return result


def _table(data: dict[str, Any], name: str) -> dict[str, object]:
    table = data.get(name)
    return table if isinstance(table, dict) else {}


def _put(data: Any, path: KeyPath, value: object) -> None:
    for step, following in zip(path, [*path[1:], None], strict=True):
        new = value if following is None else {}
        if isinstance(data, list) and step == len(data):
            data.append(new)
        elif following is None or (isinstance(data, dict) and step not in data):
            data[step] = new
        data = data[step]


def _take(data: Any, path: KeyPath) -> None:
    for step in path[:-1]:
        data = data[step]
    del data[path[-1]]


def _bare(data: object) -> object:
    """The data without its empty tables, which need not be declared in a text."""
    match data:
        case dict():
            inside = {key: _bare(value) for key, value in data.items()}
            return {key: value for key, value in inside.items() if value != {}}
        case list():
            return [_bare(each) for each in data]
    return data


def check_sequence(seed: int) -> int:
    """Make a document and edit it; how many edits were made."""
    maker = Maker(seed)
    document = read_document(maker.document().encode(), "plan.toml")
    done = 0
    for _ in range(maker.randint(1, 6)):
        edit = random_edit(maker, document.data)
        result = apply_edits(document, edit)
        if isinstance(result, EditRejected):
            assert result.text
            continue
        assert is_same_value(_bare(result.data), _bare(_on_dicts(dict(document.data), edit)))
        assert result.read_only is None
        assert round_trips(result.text)
        document = result
        done += 1
    return done


@pytest.mark.parametrize("lot", range(4))
def test_random_edits_match_edits_of_dicts(lot: int) -> None:
    done = sum(check_sequence(seed) for seed in range(lot * 250, lot * 250 + 250))
    # most of what is tried can be done
    assert done > 500


@pytest.mark.soak
@pytest.mark.parametrize("lot", range(20))
def test_many_random_edits_match_edits_of_dicts(lot: int) -> None:
    for seed in range(10_000 + lot * 1_000, 10_000 + lot * 1_000 + 1_000):
        check_sequence(seed)
