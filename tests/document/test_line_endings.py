"""Mixed line ends: each line keeps its own, new lines copy the line above."""

import random
import re
from collections.abc import Sequence

import pytest

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import (
    AddItem,
    Edit,
    RemoveItem,
    ReplaceSource,
    SetValue,
    Unset,
    apply_edits,
)
from roadmap_tui.document.reader import read_document

CRLF_LAST = (
    "[roadmap]\r\nas_of = 2026-11-23\r\n\r\n[product.p]\r\neffort = 4\n\n[product.q]\neffort ="
    " 3\r\n"
)
LF_LAST = "[roadmap]\nhorizon = 40\n\n[product.p]\neffort = 4\r\n\r\n[product.q]\r\neffort = 3\n"
TALL = '[product.p]\neffort = 4\r\n\r\n[product.q]\r\nneeds = [\n    "p",\r\n]\ntags = ["a"]\n'


def edited(text: str, *edits: Edit) -> str:
    document = apply_edits(read_document(text.encode(), "plan.toml"), *edits)
    assert isinstance(document, Document), document
    assert document.raw.decode() == document.text
    assert read_document(document.raw, "plan.toml").data == document.data
    return document.text


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        (CRLF_LAST, [SetValue(("product", "q", "reach"), 7)], CRLF_LAST + "reach = 7\r\n"),
        (LF_LAST, [SetValue(("product", "q", "reach"), 7)], LF_LAST + "reach = 7\n"),
        (
            LF_LAST,
            [AddItem("product", "r", {"effort": 1})],
            LF_LAST + "\n[product.r]\neffort = 1\n",
        ),
        (
            CRLF_LAST,
            [AddItem("product", "r", {"effort": 1})],
            CRLF_LAST + "\r\n[product.r]\r\neffort = 1\r\n",
        ),
        (
            CRLF_LAST,
            [SetValue(("product", "p", "reach"), 7)],
            CRLF_LAST.replace("effort = 4\n", "effort = 4\nreach = 7\n"),
        ),
        (
            CRLF_LAST,
            [SetValue(("product", "p", "effort"), [3, 9])],
            CRLF_LAST.replace("effort = 4\n", "effort = [3, 9]\n"),
        ),
        (
            LF_LAST,
            [SetValue(("roadmap", "users"), 3)],
            LF_LAST.replace("horizon = 40\n", "horizon = 40\nusers = 3\n"),
        ),
        (LF_LAST, [SetValue(("teams", "ml"), {"people": 2})], None),
        (
            TALL,
            [SetValue(("product", "q", "needs"), ["p", "s"])],
            TALL.replace('    "p",\r\n', '    "p",\r\n    "s",\r\n'),
        ),
        (
            TALL,
            [SetValue(("product", "q", "tags"), ["a", "b"])],
            TALL.replace('["a"]', '["a", "b"]'),
        ),
        (
            CRLF_LAST,
            [ReplaceSource(("product", "q"), "[product.q]\n# why\neffort = 3\n# because\n")],
            CRLF_LAST.replace(
                "[product.q]\neffort = 3\r\n", "[product.q]\n# why\neffort = 3\r\n# because\r\n"
            ),
        ),
        (CRLF_LAST[:-2], [SetValue(("product", "q", "reach"), 7)], CRLF_LAST[:-2] + "\nreach = 7"),
    ],
)
def test_a_new_line_ends_as_the_line_above(
    text: str, edits: Sequence[Edit], expected: str | None
) -> None:
    after = edited(text, *edits)
    if expected is None:
        assert "[teams.ml]\npeople = 2\n" in after
    else:
        assert after.rstrip("\r\n") == expected.rstrip("\r\n")


def test_what_was_put_in_and_taken_out_leaves_the_bytes() -> None:
    for text in (CRLF_LAST, LF_LAST, TALL):
        assert (
            edited(text, SetValue(("product", "q", "reach"), 7), Unset(("product", "q", "reach")))
            == text
        )
        assert edited(text, AddItem("product", "r", {"effort": 1}), RemoveItem("r")) == text
        assert edited(edited(text, AddItem("product", "r", {"effort": 1})), RemoveItem("r")) == text


def test_lines_that_an_edit_leaves_keep_their_ends_in_any_mix() -> None:
    """Random line ends: old lines keep theirs; a new line ends like the one above."""
    chance = random.Random(18)
    plain = (
        "a = 1\n[roadmap]\nhorizon = 9\n\n# first\n[product.p]\neffort = 4\n\n[product.q]\nneeds ="
        ' [\n    "p",\n]\n'
    )
    for _ in range(150):
        text = re.sub("\n", lambda _: chance.choice(["\n", "\r\n"]), plain.removeprefix("a = 1\n"))
        after = edited(
            text,
            SetValue(("product", chance.choice("pq"), "reach"), 7),
            AddItem("product", "pp", {"effort": 1}),
        )
        lines = re.findall(r"[^\n]*\n", after)
        new = [
            at
            for at, line in enumerate(lines)
            if re.match(r"reach|\[product\.pp|effort = 1\b", line)
        ]
        assert len(new) == 3
        for at in new:
            assert lines[at].endswith("\r\n") == lines[at - 1].endswith("\r\n")
        old = iter(re.findall(r"[^\n]*\n", text))
        kept = [line for line in lines if line.strip() and lines.index(line) not in new]
        assert all(line in old for line in kept)
