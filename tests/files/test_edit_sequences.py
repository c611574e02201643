"""Any edits, one after the other, say in TOML what they say on plain dicts."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import AddItem, Edit, Refusal, RemoveItem, SetValue, Unset, apply
from roadmap_tui.files.reader import read
from roadmap_tui.files.values import same
from roadmap_tui.plan.faults import KeyPath

from .making import DOCUMENTS, PLAIN_VALUES


def _edits(data: object) -> st.SearchStrategy[Edit]:
    """Edits that make sense for a document with this data, and some that don't."""
    there = [*_all_paths(data)] or [("x",)]
    paths = st.sampled_from(there)
    deeper = st.builds(lambda path, key: (*path, key), paths, st.sampled_from(["new", "a", 0, 1, "b c"]))
    ids = st.sampled_from(["a", "b-1", "c.d", "new", "zz"])
    return st.one_of(
        st.builds(SetValue, paths | deeper, PLAIN_VALUES),
        st.builds(SetValue, st.tuples(st.sampled_from(["model", "teams", "x"]), ids, ids, ids), PLAIN_VALUES),
        st.builds(Unset, paths),
        st.builds(AddItem, st.sampled_from(["product", "model", "spike"]), ids, st.dictionaries(ids, PLAIN_VALUES)),
        st.builds(RemoveItem, ids),
    )


def _all_paths(data: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in children:
        yield (*path, step)
        yield from _all_paths(value, (*path, step))


def random_edits(data: st.DataObject, document: Document) -> Document:
    """The document after a few edits; those that are refused are left out."""
    for _ in range(data.draw(st.integers(1, 3))):
        result = apply(document, data.draw(_edits(document.data)))
        document = document if isinstance(result, Refusal) else result
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
            _take(result, next((each, name) for each in ("product", "model", "spike") if name in _table(data, each)))
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


def check_sequence(data: st.DataObject, text: str) -> None:
    document = read(text.encode(), "plan.toml")
    for _ in range(data.draw(st.integers(1, 6))):
        edit = data.draw(_edits(document.data))
        result = apply(document, edit)
        if isinstance(result, Refusal):
            assert result.text
            continue
        assert same(_bare(result.data), _bare(_on_dicts(dict(document.data), edit)))
        assert result.read_only is None
        document = result


@pytest.mark.parametrize("lot", range(4))
@settings(max_examples=250)
@given(data=st.data(), text=DOCUMENTS)
def test_random_edits_say_what_plain_dicts_say(data: st.DataObject, text: str, lot: int) -> None:
    check_sequence(data, text)


@pytest.mark.soak
@pytest.mark.parametrize("lot", range(20))
@settings(max_examples=1_000)
@given(data=st.data(), text=DOCUMENTS)
def test_many_random_edits_say_what_plain_dicts_say(data: st.DataObject, text: str, lot: int) -> None:
    check_sequence(data, text)
