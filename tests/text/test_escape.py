"""Escaped text, as read by an independent Markdown library."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from roadmap_tui.text.escape import (
    escape_markdown,
    escape_markup,
    escape_mermaid_label,
    single_line,
    to_mermaid_id,
)
from tests.export.samples import NASTY

READERS = [MarkdownIt("commonmark").enable("table"), MarkdownIt("gfm-like")]
KINDS = {"text", "text_special"}


def inline(tokens: list[Token]) -> list[list[Token]]:
    return [token.children or [] for token in tokens if token.type == "inline"]


def text_of(children: list[Token]) -> str:
    assert {child.type for child in children} <= KINDS, children
    return "".join(child.content for child in children)


def texts(reader: MarkdownIt, source: str) -> list[str]:
    return [text_of(children) for children in inline(reader.parse(source))]


@pytest.mark.parametrize("reader", READERS, ids=["commonmark", "gfm"])
@pytest.mark.parametrize("title", NASTY)
def test_a_title_is_read_back_as_text_wherever_it_stands(reader: MarkdownIt, title: str) -> None:
    shown, escaped = single_line(title), escape_markdown(title)
    assert texts(reader, f"{escaped}\n") == [shown]
    assert texts(reader, f"# {escaped}\n") == [shown]
    assert texts(reader, f"- {escaped}\n") == [shown]
    table = f"| a | b |\n| --- | --- |\n| {escaped} | {escaped} |\n"
    assert texts(reader, table) == ["a", "b", shown, shown]


@example("1.")
@example("1)")
@example("a\\")
@example("\\|")
@example("|\\")
@example("=")
@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
    | st.text("#*_`[]()<>|\\-+=1.&;~!\n :/wx", max_size=20)
)
def test_any_text_is_read_back_from_a_table_and_a_list(text: str) -> None:
    shown, escaped = single_line(text), escape_markdown(text)
    wanted = [shown.strip()] if shown.strip() else [""]
    assert texts(READERS[0], f"| {escaped} |\n| --- |\n| {escaped} |\n") == wanted * 2
    assert [t for t in texts(READERS[0], f"- {escaped}\n") if t] == [t for t in wanted if t]


@given(st.text(max_size=40))
def test_one_line_has_no_control_characters(text: str) -> None:
    line = single_line(text)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", line)


def test_line_breaks_are_spaces_and_escapes_are_seen() -> None:
    assert single_line(" a \r\n\n b\t c ") == "a b c"
    assert single_line("\x1b[31m") == "␛[31m"


def test_ordinary_text_is_left_readable() -> None:
    for text in (
        "Suggest the queue, 24 % faster (HD-702)!",
        "日本語 👩\u200d💻",
        "0.71 with 5 prompts",
        "it's",
    ):
        assert escape_markdown(text) == text


@pytest.mark.parametrize("title", NASTY)
def test_no_title_ends_a_label_of_a_diagram(title: str) -> None:
    label = escape_mermaid_label(title)
    assert not set(label) & set('"`<>[]{}|\\\n\r&*_~$')
    decoded = re.sub(r"#(\d+);", lambda match: chr(int(match[1])), label)
    assert decoded == single_line(title)


@given(st.sets(st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True), max_size=20))
def test_ids_of_a_diagram_are_plain_words_and_differ(names: set[str]) -> None:
    ids = {to_mermaid_id(name) for name in names}
    assert len(ids) == len(names)
    assert all(re.fullmatch(r"i_[a-z0-9_]+", each) for each in ids)


MARKUP = "<>&'\"]!-[CDATA\n\ufffe\uffff"


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.text(MARKUP, max_size=30)
)
def test_any_text_is_read_back_from_markup(text: str) -> None:
    """By a strict parser; a character that XML forbids is named by its number."""
    root = ET.fromstring(f'<a b="{escape_markup(text)}">{escape_markup(text)}</a>')
    kept = (
        each if ord(each) & 0xFFFE != 0xFFFE else f"\\u{ord(each):04x}"
        for each in single_line(text)
    )
    shown = "".join(
        each if not "\ufdd0" <= each <= "\ufdef" else f"\\u{ord(each):04x}" for each in kept
    )
    assert (root.text or "", root.get("b")) == (shown, shown)


def test_marks_do_not_pile_up_over_other_lines() -> None:
    assert single_line("e\u0301") == "e\u0301"
    assert single_line("नमस्ते, שָׁלוֹם, ภาษาไทย") == "नमस्ते, שָׁלוֹם, ภาษาไทย"
    piled = single_line("e" + "\u0301" * 300)
    assert piled.count("\u0301") == 5
    assert piled.count("\\u0301") == 295
