from collections.abc import Iterator

import pytest
import tomli
from hypothesis import given, settings

from roadmap_tui.document.lexer import comment_starts
from roadmap_tui.document.positions import (
    LineIndex,
    bare_headers,
    line_and_column,
    scan_positions,
    value_spans_near,
)
from roadmap_tui.document.statements import iterate_comments
from roadmap_tui.document.values import is_same_value
from roadmap_tui.plan.faults import KeyPath
from tests.document.corpus import DOCUMENTS
from tests.document.generators import DOCUMENTS as MADE


def _places(data: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:
    """Every path in the data, with what stands there."""
    if path:
        yield path, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _places(value, (*path, key))
    if isinstance(data, list):
        for index, value in enumerate(data):
            yield from _places(value, (*path, index))


def _check_spans(text: str) -> None:
    data = tomli.loads(text.removeprefix("\ufeff"))
    positions = scan_positions(text)
    places = dict(_places(data))
    for path, value in places.items():
        span = positions.value_span(path)
        if span:
            assert is_same_value(tomli.loads(f"v = {text[slice(*span)]}"), {"v": value}), path
        else:
            assert isinstance(value, (dict, list)), path
        if isinstance(path[-1], str):
            key = positions.key_span(path)
            assert key is not None, path
            assert tomli.loads(f"{text[slice(*key)]} = 0") == {path[-1]: 0}
    assert positions.values.keys() | positions.keys.keys() == places.keys()


def _check_blocks(text: str) -> None:
    positions = scan_positions(text)
    starts = [block.start for block in positions.blocks]
    assert starts == sorted(starts)
    for block, end in zip(positions.blocks, [*starts, len(text)][1:], strict=True):
        assert (
            block.start
            <= block.header.start
            < block.header.end
            <= block.content
            <= block.end
            == end
        )
        above = text[block.start : block.header.start].splitlines()
        assert all(line.strip().startswith("#") or not line.strip() for line in above)
        assert text[block.header.start] == "["
        assert text[block.header.end - 1] == "]"
        left = text[block.content : block.end].splitlines()
        assert all(not line.strip() or line.strip().startswith("#") for line in left)


def _check_near(text: str) -> None:
    """Where only the tables are looked at that matter, what is found there is the same."""
    positions = scan_positions(text)
    for path, span in positions.values.items():
        near = value_spans_near(text, path)
        assert near[path] == span
        assert near.items() <= positions.values.items()
        assert {each for each in positions.values if each[: len(path)] == path} <= near.keys()
    for block in positions.blocks:
        assert block.path not in value_spans_near(text, block.path)
    assert [start for start, _ in bare_headers(text)] == [
        block.header.start for block in positions.blocks
    ]


def _check_comments(text: str) -> None:
    """Without its comments a text says the same; and none is left."""
    bare = text
    for comment, start in reversed([*iterate_comments(text)]):
        bare = bare[:start] + bare[start + len(comment) :]
    said = (tomli.loads(each.removeprefix("\ufeff")) for each in (text, bare))
    assert is_same_value(*said)
    assert not [*comment_starts(bare)]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_span_of_the_corpus_reads_back_as_its_value(name: str) -> None:
    _check_spans(DOCUMENTS[name])
    _check_blocks(DOCUMENTS[name])
    _check_near(DOCUMENTS[name])
    _check_comments(DOCUMENTS[name])


@settings(max_examples=200, deadline=None)
@given(MADE)
def test_every_span_of_a_made_document_reads_back_as_its_value(text: str) -> None:
    _check_spans(text)
    _check_blocks(text)
    _check_near(text)
    _check_comments(text)


@pytest.mark.soak
@settings(max_examples=20_000, deadline=None)
@given(MADE)
def test_every_span_reads_back_in_many_made_documents(text: str) -> None:
    _check_spans(text)
    _check_blocks(text)
    _check_near(text)
    _check_comments(text)


@pytest.mark.parametrize(
    "value",
    [
        '["a", "]"]',
        '[""]',
        '["""" ]""" ]',
        "['[', 1]",
        '[\n  ["a"],\n[1],\n]',
        '[ # ["\n[1] ]',
        '{ a = ["b"], c = "]" }',
        '"""\n[no]\n"""',
        "'''\n[no]\n'''''",
        "2 # [no] = [\n# [no]",
    ],
)
def test_what_looks_like_a_header_within_a_value_is_none(value: str) -> None:
    for text in (
        f"a = {value}\n[t]\nb = 1\n[t.u]\n",
        f"[t]\na={value}\n  [[u]] # [no]\n",
        f"[t]\na = {value}\n",
    ):
        assert tomli.loads(text)["t"] is not None
        _check_near(text)


def test_nearest_is_the_deepest_beginning_that_is_there() -> None:
    positions = scan_positions("[model.x]\nneeds = [1, [2]]\n")
    assert positions.nearest_path(("model", "x", "effort")) == ("model", "x")
    assert positions.nearest_path(("model", "x", "needs", 1, 0)) == ("model", "x", "needs", 1, 0)
    assert positions.nearest_path(("model", "x", "needs", 1, 7, "a")) == ("model", "x", "needs", 1)
    assert positions.nearest_path(("spike",)) == ()


def test_a_block_begins_with_the_comments_directly_above_it() -> None:
    text = "[a]\nx = 1\n# under a\n\n# apart\n\n# above b\n# still\n[b]\n"
    first, second = scan_positions(text).blocks
    assert text[first.start : first.content] == "[a]\nx = 1\n# under a\n"
    assert text[second.start : second.content] == "# above b\n# still\n[b]\n"


def test_headers_of_arrays_of_tables_carry_their_index() -> None:
    text = DOCUMENTS["arrays of tables"]
    failures: KeyPath = ("product", "b", "failures")
    assert [block.path for block in scan_positions(text).blocks] == [
        (*failures, 0),
        (*failures, 0, "cost"),
        (*failures, 1),
        (*failures, 1, "seen", 0),
        (*failures, 1, "seen", 1),
        ("product", "d"),
    ]


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("", 0, (1, 1)),
        ("a = 1\n", 4, (1, 5)),
        ("a = 1\r\nb = 2\r\n", 7, (2, 1)),
        ("\ufeffa = 1", 1, (1, 1)),
        ("\ufeffa = 1\nb", 7, (2, 1)),
        ("日本\n本b", 4, (2, 2)),
    ],
)
def test_lines_and_columns_count_from_one(text: str, offset: int, place: tuple[int, int]) -> None:
    assert line_and_column(text, offset) == LineIndex(text).line_and_column(offset) == place
