"""The lines of a table are changed where they stand, and nothing else of the file is."""

import pytest
import tomli

from roadmap_tui.document.blocks import table_excerpt
from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected, ReplaceSource, apply_edits
from roadmap_tui.document.reader import read_document

TEXT = """# Ours
[roadmap]
title = "A"

# about chat
[product.chat]  # here
effort = 0x03
owner = 'Ada'

[model.reader]
effort = 1_0.0

[product.chat.latency]
p95_ms = 2_000  # as promised

[product.other]
"""


def rewritten(
    old: str, new: str, text: str = TEXT, table: str = "product.chat"
) -> Document | EditRejected:
    document = read_document(text.encode(), "plan.toml")
    path = tuple(table.split("."))
    lines = table_excerpt(text, path)
    assert lines is not None
    assert old in lines.text
    return apply_edits(document, ReplaceSource(path, lines.text.replace(old, new)))


def test_the_lines_of_a_table_are_those_with_its_headers_and_the_comments_above() -> None:
    lines = table_excerpt(TEXT, ("product", "chat"))
    assert lines is not None
    shown = TEXT.split("\n")
    assert [shown[number] for number in lines.numbers] == list(lines.lines)
    assert lines.lines[0] == "# about chat"
    assert lines.lines[-1] == "p95_ms = 2_000  # as promised"
    assert "reader" not in lines.text
    assert not lines.is_contiguous
    assert table_excerpt(TEXT, ("product", "nothing")) is None
    assert table_excerpt("product.chat.effort = 3\n", ("product", "chat")) is None


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("effort = 0x03", "effort = 4"),
        ("owner = 'Ada'", "owner = 'Ada'\nteam = 'x'"),
        ("owner = 'Ada'\n", ""),
        ("# about chat", "# about it\n# and more"),
        ("p95_ms = 2_000", "p95_ms = 3_000"),
        ("[product.chat.latency]", "[product.chat.latency]\n# a note"),
    ],
)
def test_only_what_differs_is_changed(old: str, new: str, end: str) -> None:
    text = TEXT.replace("\n", end)
    after = rewritten(old, new, text)
    assert isinstance(after, Document)
    assert after.text == TEXT.replace(old, new).replace("\n", end)


def test_a_file_without_a_last_line_end_keeps_none() -> None:
    after = rewritten("effort = 1", "effort = 2", "[product.chat]\neffort = 1")
    assert isinstance(after, Document)
    assert after.text == "[product.chat]\neffort = 2"


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("effort = 0x03", "effort = ", "value"),
        ("effort = 0x03", 'effort = "', "quote"),
        ("[product.chat]", "[product.talk]", "more than"),
        ("owner = 'Ada'", "owner = 'Ada'\n[teams.x]\npeople = 1", "more than"),
        ("owner = 'Ada'", "owner = 'Ada'\n[product.other.latency]\np95_ms = 1", "more than"),
        ("owner = 'Ada'", "owner = 'Ada'\nowner = 'Bob'", "already has a value"),
    ],
)
def test_what_is_no_toml_or_of_something_else_is_refused(old: str, new: str, word: str) -> None:
    refused = rewritten(old, new)
    assert isinstance(refused, EditRejected)
    assert word in refused.text, refused


def test_nothing_is_left_out_by_writing_nothing() -> None:
    refused = apply_edits(
        read_document(TEXT.encode(), "plan.toml"), ReplaceSource(("product", "other"), "")
    )
    assert isinstance(refused, EditRejected)
    assert "gone" in refused.text
    assert tomli.loads(TEXT)["product"]["other"] == {}
