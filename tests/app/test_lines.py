"""Text measured in cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from roadmap_tui.app.lines import (
    Span,
    clip,
    fit,
    joined,
    line_width,
    listed,
    padded,
    right,
    text_of,
    width,
    wrapped,
)

PIECES = st.sampled_from(
    ["a", "Z", " ", "日", "本", "👩\u200d💻", "❤\ufe0f", "é", "e\u0301", "…", "—", "🇩🇪", "한"]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)
CELLS = st.integers(1, 60)


@given(TEXTS, CELLS)
def test_clip_is_never_wider_and_leaves_what_fits(text: str, cells: int) -> None:
    clipped = clip(text, cells)
    assert width(clipped) <= cells
    if cell_len(text) <= cells:
        assert clipped == text
    else:
        assert clipped.endswith("…")
        assert clipped != text


@given(TEXTS, CELLS)
def test_fit_and_right_are_exactly_as_wide(text: str, cells: int) -> None:
    assert width(fit(text, cells)) == cells
    assert width(right(text, cells)) == cells
    assert fit(text, cells).rstrip() == clip(text, cells).rstrip()
    assert right(text, cells).lstrip() == clip(text, cells).lstrip()


@pytest.mark.parametrize("cells", [0, -3])
def test_without_room_there_is_nothing(cells: int) -> None:
    assert clip("日本", cells) == fit("日本", cells) == right("日本", cells) == ""


def test_a_wide_character_is_not_cut_in_half() -> None:
    assert clip("日本語", 4) == "日…"
    assert fit("日本語", 4) == "日… "
    assert right("日本語", 4) == " 日…"


@given(TEXTS, CELLS)
def test_wrapped_lines_fit_and_lose_no_word_that_fits(text: str, cells: int) -> None:
    lines = wrapped(text, cells)
    assert all(width(line) <= cells for line in lines)
    if all(width(word) <= cells for word in text.split(" ")):
        assert " ".join(lines).split() == text.split()


@given(st.lists(TEXTS.filter(str.strip), max_size=6), CELLS)
def test_joined_words_fit(words: list[str], cells: int) -> None:
    text = joined(words, cells)
    assert width(text) <= cells
    if sum(width(word) + 3 for word in words) <= cells:
        assert text == " · ".join(words)


@given(st.lists(TEXTS, max_size=4), CELLS)
def test_padded_lines(texts: list[str], cells: int) -> None:
    line = tuple(Span(text) for text in texts)
    assert line_width(line) == sum(width(text) for text in texts)
    assert line_width(padded(line, cells)) == max(cells, line_width(line))
    assert text_of(padded(line, cells)).startswith("".join(texts))


def test_a_list_is_cut_between_its_parts() -> None:
    words = "idea, planned, active"
    assert listed(words, width(words)) == words
    assert listed(words, 20) == listed(words, 16) == "idea, planned, …"
    assert listed(words, 15) == "idea, …"
    assert listed(words, 4) == clip(words, 4)


@given(TEXTS, st.integers(-2, 30))
def test_a_list_is_never_wider(text: str, cells: int) -> None:
    assert width(listed(text, cells)) <= max(0, cells)
