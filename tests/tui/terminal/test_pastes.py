"""Pastes, and similar input of filters, by the rules of the cases."""

import pytest

from roadmap_tui.plan.items import Product
from roadmap_tui.tui.search.case_folding import fold_case, unfolded_offset
from roadmap_tui.tui.search.item_filter import matches_filter
from roadmap_tui.tui.terminal.pastes import (
    MAX_IN_LINE,
    MAX_PASTE,
    Paste,
    PasteReader,
    paste_as_area,
    paste_as_line,
    paste_as_text,
)


@pytest.mark.parametrize(
    ("pasted", "line", "text"),
    [
        ("\nA title\n", "A title", "A title"),
        ("a\r\n\r\nb", "a b", "a␊␊b"),
        ("a\rb", "a b", "a␊b"),
        ("a\tb", "a b", "a␉b"),
        ("\x1b[31mred\x07", "[31mred", "[31mred"),
        (" one line", " one line", " one line"),
        ("\n \r\n", "", ""),
        ("", "", ""),
    ],
)
def test_lines_and_texts(pasted: str, line: str, text: str) -> None:
    assert paste_as_line(pasted) == line
    assert paste_as_text(pasted) == text


def test_areas_and_bounds() -> None:
    assert paste_as_area("a\r\n\tb\x1b\n") == "a\n\tb\n"
    assert len(paste_as_line("x" * 5_000_000)) == MAX_IN_LINE


@pytest.mark.parametrize("size", [1, 2, 3, 7, 4096])
def test_a_paste_is_one_however_it_is_cut(size: int) -> None:
    sent = "ab\x1b[200~q\x1bq\nd\x1b[201~k\x1b[200~\x1b[201~"
    reader, found = PasteReader(), list[str | Paste]()
    for at in range(0, len(sent), size):
        found += reader.read(sent[at : at + size], more_comes=True)
    assert [each.text for each in found if isinstance(each, Paste)] == ["q\x1bq\nd", ""]
    assert "".join(each for each in found if isinstance(each, str)) == "abk"


def test_a_huge_paste_is_bounded_and_keys_go_on_after_it() -> None:
    reader = PasteReader()
    pieces = [*reader.read("\x1b[200~"), *reader.read("x" * 5_000_000), *reader.read("\x1b[201~k")]
    assert pieces == [Paste("x" * MAX_PASTE), "k"]


def test_the_escape_key_is_not_held_back() -> None:
    reader = PasteReader()
    assert list(reader.read("\x1b")) == ["\x1b"]
    assert list(reader.read("\x1b[2")) == []
    assert reader.flush() == "\x1b[2"


@pytest.mark.parametrize(
    ("one", "other"), [("ﬁt", "FIT"), ("Straße", "STRASSE"), ("é", "E\u0301"), ("Ｗｉｄｅ", "wide")]
)
def test_what_is_the_same_to_a_reader(one: str, other: str) -> None:
    assert fold_case(one) == fold_case(other)


def test_the_place_of_words() -> None:
    text = "Straße ﬁel weit"
    assert text[unfolded_offset(text, fold_case(text).find("weit")) :] == "weit"


@pytest.mark.parametrize(
    ("query", "passes"),
    [
        ('owner:"Ana Lee"', True),
        ('owner:"ana lee" tag:"On Hold"', True),
        ('tag:"on hold', True),
        ('owner:"Ana"', False),
        ('"zwei worte"', True),
        ('"worte zwei"', False),
        ("tag:cafe\u0301", True),
    ],
)
def test_filters_with_spaces_and_other_ways_to_write_a_character(query: str, passes: bool) -> None:
    item = Product(owner="Ana Lee", tags=("on hold", "café"))
    assert matches_filter(item, query, fold_case("Zwei Worte")) == passes
