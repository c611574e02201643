"""Syntax errors in words for people who don't know TOML, at the place to look at."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from roadmap_tui.document.lexer import end_of_string, match_end, opening_quotes
from roadmap_tui.plan.faults import Fault

_PIECE = re.compile(r"""\#[^\n]* | [^\s\[\]{}=,.#"']+ | [^\S\n]+ | .""", re.VERBOSE | re.DOTALL)
"""A comment, a bare word, a gap, or a single character."""
_QUOTES = {'"', "'", '"""', "'''"}


class _Token(NamedTuple):
    """A piece of a text that may be invalid: a string, the quotes of an open one, or another."""

    text: str
    start: int


def _at_offset(_text: str, offset: int) -> int:
    return offset


def _unclosed_string(text: str, offset: int) -> int:
    """Where the string begins that is not closed."""
    return next((token.start for token in _tokens(text) if token.text in _QUOTES), offset)


def _backslash(text: str, offset: int) -> int:
    return text.rfind("\\", 0, offset)


def _statement_start(text: str, offset: int) -> int:
    """Where the header begins that ends at `offset`, or the key whose value ends there."""
    if text.startswith("]", offset):
        line = text.rfind("\n", 0, offset) + 1
        return text.index("[", line)
    # Backwards, over the value with its brackets, to the key before the equals sign.
    depth, start, in_key = 0, offset, False
    for token in reversed([*_tokens(text[:offset])]):
        if in_key and token.text in {"\n", ",", "{"}:
            break
        start = token.start if in_key and not token.text.isspace() else start
        depth += (token.text in {"]", "}"}) - (token.text in {"[", "{"})
        in_key = in_key or (token.text == "=" and depth == 0)
    return start


class SyntaxErrorText(NamedTuple):
    """The text of an error, and how its place follows from where the parser stopped."""

    problem: str
    remedy: str
    locate: Callable[[str, int], int] = _at_offset


_UNCLOSED_STRING = SyntaxErrorText(
    "a string that is never closed", "end it with the quotes it starts with", _unclosed_string
)
_UNCLOSED_LINE_STRING = SyntaxErrorText(
    "a string that is not closed on its line",
    "end it with a quote; use three quotes for text of several lines",
)
_CONTROL_CHARACTER = SyntaxErrorText("a character that cannot be displayed", "remove it")
_INVALID_CODE_POINT = SyntaxErrorText(
    "no character has this number", "write the character itself", _backslash
)
SYNTAX_ERROR_TEXTS = {
    "Invalid value": SyntaxErrorText(
        "a value is missing or cannot be read",
        'put text in quotes, title = "Search"; numbers, dates, true and false have none',
    ),
    "Expected '=' after a key": SyntaxErrorText(
        'no "=" after a key', "write key = value; a key with a space needs quotes"
    ),
    "Invalid statement": SyntaxErrorText(
        "a line that is neither a key nor a header",
        "write key = value or [table]; a comment starts with #",
    ),
    "Expected newline": SyntaxErrorText(
        "too much on this line",
        "a line holds one key = value or one [table]; a comment starts with #",
    ),
    "Cannot declare": SyntaxErrorText(
        "this table already exists",
        "give this one another id, or move its keys under the first",
        _statement_start,
    ),
    "Cannot overwrite a value": SyntaxErrorText(
        "this key already has a value", "keep one of the two", _statement_start
    ),
    "Cannot redefine namespace": SyntaxErrorText(
        "this table has its own header", "move the key under that header", _statement_start
    ),
    "Cannot mutate immutable": SyntaxErrorText(
        "this table or list is already closed",
        "move the new keys inside its brackets",
        _statement_start,
    ),
    "Duplicate inline table key": SyntaxErrorText(
        "this key appears twice in its table", "keep one of the two", _statement_start
    ),
    "Unclosed array": SyntaxErrorText(
        "the list lacks a comma or its ]",
        "put a comma between two elements, and ] after the last",
    ),
    "Unclosed inline table": SyntaxErrorText(
        "the table lacks a comma or its }", "put a comma between two keys, and } after the last"
    ),
    "Unterminated string": _UNCLOSED_STRING,
    "Expected \"'": _UNCLOSED_STRING,
    r"Illegal character '\n'": _UNCLOSED_LINE_STRING,
    r"Found invalid character '\n'": _UNCLOSED_LINE_STRING,
    "Illegal character": _CONTROL_CHARACTER,
    "Found invalid character": _CONTROL_CHARACTER,
    "Unescaped '\\' in a string": SyntaxErrorText(
        "a \\ in a text in double quotes",
        "write it twice, \\\\, or put the text in single quotes",
        _backslash,
    ),
    "Invalid hex value": _INVALID_CODE_POINT,
    "Escaped character is not": _INVALID_CODE_POINT,
    "Invalid date or datetime": SyntaxErrorText(
        "a date that does not exist", "write a valid one, such as 2026-11-23"
    ),
    "Expected ']": SyntaxErrorText(
        "the header is not closed", "write [product.an-id]; an id has no spaces"
    ),
    "Invalid initial character": SyntaxErrorText(
        "a key is missing or cannot be read",
        "a key consists of letters a to z, digits, - and _, or is in quotes",
    ),
}
"""What tomli's messages begin with; of two that fit, the first."""


def explain_syntax_error(message: str, text: str, offset: int) -> tuple[Fault, int]:
    """The fault for a message of the TOML parser, and its offset.

    Args:
        message: tomli's, without the place.
        text: the whole text.
        offset: where the reader stopped in it.
    """
    known = (each for start, each in SYNTAX_ERROR_TEXTS.items() if message.startswith(start))
    unknown = SyntaxErrorText(
        f"not valid TOML: {message}", "look for a missing quote, comma or bracket"
    )
    error = next(known, unknown)
    return Fault("syntax", (), error.problem, error.remedy), error.locate(text, offset)


def deepest_bracket(text: str) -> int:
    """Where the innermost of all brackets in `text` opens; 0 if there is none."""
    depth, most, place = 0, 0, 0
    for token in _tokens(text):
        depth += (token.text in {"[", "{"}) - (token.text in {"]", "}"})
        if depth > most:
            most, place = depth, token.start
    return place


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        end = _end_of_token(text, at)
        yield _Token(text[at:end], at)
        at = end


def _end_of_token(text: str, at: int) -> int:
    if text[at] not in "\"'":
        return match_end(_PIECE, text, at)
    return end_of_string(text, at) or at + len(opening_quotes(text, at))
