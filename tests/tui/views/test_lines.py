"""Text measured in cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from roadmap_tui.tui.views.lines import (
    StyledSpan,
    align_right,
    fit_cells,
    fit_list,
    join_fitting,
    line_text,
    line_width,
    pad_line,
    text_cells,
    truncate,
    wrap_cells,
)

PIECES = st.sampled_from(
    ["a", "Z", " ", "日", "本", "👩\u200d💻", "❤\ufe0f", "é", "e\u0301", "…", "—", "🇩🇪", "한"]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)
CELLS = st.integers(1, 60)


@given(TEXTS, CELLS)
def test_clip_is_never_wider_and_leaves_what_fits(text: str, cells: int) -> None:
    clipped = truncate(text, cells)
    assert text_cells(clipped) <= cells
    if cell_len(text) <= cells:
        assert clipped == text
    else:
        assert clipped.endswith("…")
        assert clipped != text


@given(TEXTS, CELLS)
def test_fit_and_right_are_exactly_as_wide(text: str, cells: int) -> None:
    assert text_cells(fit_cells(text, cells)) == cells
    assert text_cells(align_right(text, cells)) == cells
    assert fit_cells(text, cells).rstrip() == truncate(text, cells).rstrip()
    assert align_right(text, cells).lstrip() == truncate(text, cells).lstrip()


@pytest.mark.parametrize("cells", [0, -3])
def test_without_room_there_is_nothing(cells: int) -> None:
    assert truncate("日本", cells) == fit_cells("日本", cells) == align_right("日本", cells) == ""


def test_a_wide_character_is_not_cut_in_half() -> None:
    assert truncate("日本語", 4) == "日…"
    assert fit_cells("日本語", 4) == "日… "
    assert align_right("日本語", 4) == " 日…"


@given(TEXTS, CELLS)
def test_wrapped_lines_fit_and_lose_no_word_that_fits(text: str, cells: int) -> None:
    lines = wrap_cells(text, cells)
    assert all(text_cells(line) <= cells for line in lines)
    if all(text_cells(word) <= cells for word in text.split(" ")):
        assert " ".join(lines).split() == text.split()


@given(st.lists(TEXTS.filter(str.strip), max_size=6), CELLS)
def test_joined_words_fit(words: list[str], cells: int) -> None:
    text = join_fitting(words, cells)
    assert text_cells(text) <= cells
    if sum(text_cells(word) + 3 for word in words) <= cells:
        assert text == " · ".join(words)


@given(st.lists(TEXTS, max_size=4), CELLS)
def test_padded_lines(texts: list[str], cells: int) -> None:
    line = tuple(StyledSpan(text) for text in texts)
    assert line_width(line) == sum(text_cells(text) for text in texts)
    assert line_width(pad_line(line, cells)) == max(cells, line_width(line))
    assert line_text(pad_line(line, cells)).startswith("".join(texts))


def test_a_list_is_cut_between_its_parts() -> None:
    words = "idea, planned, active"
    assert fit_list(words, text_cells(words)) == words
    assert fit_list(words, 20) == fit_list(words, 16) == "idea, planned, …"
    assert fit_list(words, 15) == "idea, …"
    assert fit_list(words, 4) == truncate(words, 4)


@given(TEXTS, st.integers(-2, 30))
def test_a_list_is_never_wider(text: str, cells: int) -> None:
    assert text_cells(fit_list(text, cells)) <= max(0, cells)
