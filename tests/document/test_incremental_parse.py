"""Incremental parsing gives the same data as parsing the whole text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.document.incremental_parse import parse_changed_data, parse_data
from roadmap_tui.document.values import get_at
from tests.document.corpus import DOCUMENTS

SHIPPED = sorted((Path(__file__).parents[2] / "roadmaps").glob("*.toml"))
TEXTS = [*DOCUMENTS.values(), *(path.read_text(encoding="utf-8") for path in SHIPPED)]
VALID = [text for text in TEXTS if parse_data(text) is not None]
PIECES = [
    "",
    "\n",
    "\r\n",
    " ",
    "9",
    "#",
    '"',
    '"""',
    "'''",
    "[",
    "]",
    "{",
    "}",
    "=",
    "\nmine = 3\n",
    "\n[product.a]\n",
    "\n[product]\n",
    "\n[product.search]\n",
    "\n[product.a.x]\n",
    "\n[[product.a.b]]\n",
    "\n[x]\n",
    '\n["product".a]\n',
    "\n[product.a.x]\n\n[product.a.x.y]\nz = 1\n",
]
TWO = "[product.a]\neffort = 1\n\n[product.b]\neffort = 2\n"
SPREAD = "[product.a]\neffort = 1\n\n[product.a.x.z]\nk = 1\n\n[product.b]\neffort = 2\n\n"


@given(st.data())
def test_incremental_parse_matches_the_full_parse(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(VALID))
    said = parse_data(text)
    assert said is not None
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.one_of(st.integers(0, 3), st.integers(0, 200))))
        new = text[:start] + data.draw(st.sampled_from(PIECES)) + text[end:]
        after = parse_changed_data(text, said, new)
        assert repr(after) == repr(parse_data(new))
        if after is not None:
            text, said = new, after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (TWO, TWO.replace("effort = 1", 'effort = """')),
        (TWO, TWO.replace("effort = 1", "effort = [")),
        (TWO, TWO.replace("effort = 1\n\n", "effort = 1")),
        (TWO, TWO.replace("effort = 1", "effort = 1\n[product.b]")),
        (TWO, TWO.replace("effort = 1", "effort = 1\n[product]")),
        (TWO, TWO.replace("[product.a]", "product.a.x = 1\n[product.a]")),
        (
            f"{TWO}[product.a.x]\ny = 1\n",
            f"{TWO}[product.a.x]\ny = 1\n".replace("effort = 1", "x = 1"),
        ),
        (f"{TWO}[product.a.x]\n", f"{TWO}[product.a.x]\n".replace("effort = 1", "x = 1")),
        (f"{TWO}[product.a.x.z]\n", f"{TWO}[product.a.x.z]\n".replace("effort = 1", "x.y = 1")),
        (
            f"{SPREAD}[product.a.x]\n",
            f"{SPREAD}[product.a.x]\n".replace("[product.a.x.z]\nk = 1\n", ""),
        ),
        (
            f"{SPREAD}[product.a.x]\n",
            f"{SPREAD}[product.a.x]\n".replace("[product.a.x.z]\nk", "[product.a.x]\nq"),
        ),
        (
            f'{SPREAD}["product".a.x]\n',
            f'{SPREAD}["product".a.x]\n'.replace("[product.a.x.z]\nk = 1\n", ""),
        ),
        (
            f"[[product.a]]\nb = 1\n{TWO[12:]}",
            f"[[product.a]]\nb = 1\n{TWO[12:]}".replace("effort = 2", "effort = 3"),
        ),
    ],
)
def test_what_reaches_beyond_the_item_is_seen(before: str, after: str) -> None:
    said = parse_data(before)
    assert said is not None
    assert repr(parse_changed_data(before, said, after)) == repr(parse_data(after))


def test_the_other_items_are_not_read_again() -> None:
    said = parse_data(TWO)
    assert said is not None
    after = parse_changed_data(TWO, said, TWO.replace("effort = 1", "effort = [1, 3]"))
    assert after == {"product": {"a": {"effort": [1, 3]}, "b": {"effort": 2}}}
    assert get_at(after, ("product", "b")) is get_at(said, ("product", "b"))
