"""Texts longer than one match, and patterns that work on every Python."""

import re
from collections.abc import Iterator
from importlib import import_module
from itertools import chain
from pkgutil import walk_packages

import pytest
import tomli

import roadmap_tui
from roadmap_tui.document.lexer import end_of_string
from roadmap_tui.document.positions import bare_headers, scan_positions
from roadmap_tui.document.reader import read_document
from roadmap_tui.document.statements import iterate_comments

MANY = 1_001
VALUES = {
    "escapes": '"' + r"\"[x]#\\" * MANY + '"',
    "escapes in a text of several lines": '"""\n' + '\\"[x]\n""#' * MANY + '"""""',
    "quotes in a text of several lines": "'''\n" + "''[x]#\n" * MANY + "'''''",
    "texts in a list on its line": "[" + ", ".join(['"[x]"'] * MANY) + "]",
    "comments in a list": "[\n" + "# [x]\n\n" * MANY + '1, # "\n' + "# '\n" * MANY + "]",
    "lists in a list": "[" + "[1], " * MANY + "]",
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_a_long_value_ends_where_it_does(value: str) -> None:
    text = f"[t]\na = {value} # last\n\n[u]\nb = 2 # [no]\n"
    positions = scan_positions(text)
    span = positions.value_span(("t", "a"))
    assert span is not None
    assert text[slice(*span)] == value
    assert tomli.loads(f"a = {value}")["a"] == tomli.loads(text)["t"]["a"]
    assert [path for _, path in bare_headers(text)] == [("t",), ("u",)]
    assert [comment for comment, _ in iterate_comments(text)][-2:] == ["# last", "# [no]"]


def test_a_long_text_that_is_never_closed_is_found_where_it_opens() -> None:
    text = 'a = "' + r"\"" * MANY + '"\nb = """' + r"\"" * MANY + "\n"
    assert end_of_string(text, 4) == text.index("\n")
    assert end_of_string(text, text.index('"""')) is None
    fault = read_document(text.encode(), "plan.toml").faults[0]
    assert (fault.line, fault.column) == (2, 5)


def patterns(value: object) -> Iterator[str]:
    if isinstance(value, re.Pattern):
        yield value.pattern if isinstance(value.pattern, str) else value.pattern.decode("latin-1")
    if isinstance(value, (dict, list, tuple, set, frozenset)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from patterns(each)


def is_refused(pattern: str) -> bool:
    """Whether it has possessive repeats or atomic groups: python/cpython 100061 and 106052."""
    bare = re.sub(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", "x", pattern, flags=re.DOTALL)
    return re.search(r"[*+?}]\+|\(\?>", bare) is not None


def test_no_pattern_needs_what_pythons_before_3_11_5_get_wrong() -> None:
    assert all(is_refused(each) for each in ("a*+", r"[\]+]++", "(?:a)?+", "a{2}+", "(?>a)"))
    assert not any(is_refused(each) for each in ("a*[+]", r"a*\+", "[*+?}]+", r"[]*+]\]+"))
    names = [each.name for each in walk_packages(roadmap_tui.__path__, "roadmap_tui.")]
    for name in names:
        if not name.endswith("__main__"):
            held = chain.from_iterable(map(patterns, vars(import_module(name)).values()))
            assert not [each for each in held if is_refused(each)], name
