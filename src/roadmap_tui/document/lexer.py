"""Finding strings and comments in a TOML text.

Patterns here, and elsewhere, do without possessive repeats and atomic groups, which Python before
3.11.5 gets wrong. A pattern whose last part may be empty never backtracks, so that it needs
neither; its groups repeat at most 200 times, for each repetition takes memory until all has
matched, and what is longer is matched part by part.
"""

import re
from collections.abc import Iterator

SIMPLE_STRING = r""" "[^"\\\n]*"(?!") | '[^'\n]*'(?!') """
"""In a verbose pattern: a quoted text on its line and without escapes, as nearly all are."""

_INSIDE = {
    '"""': re.compile(
        r"""[^"\\]* (?: (?: \\. | "{1,2}(?!") ) [^"\\]* ){0,200}""", re.VERBOSE | re.DOTALL
    ),
    "'''": re.compile(r"""[^']* (?: '{1,2}(?!') [^']* ){0,200}""", re.VERBOSE),
    '"': re.compile(r"""[^"\\\n]* (?: \\. [^"\\\n]* ){0,200}""", re.VERBOSE | re.DOTALL),
    "'": re.compile(r"[^'\n]*"),
}
"""What stands between quotes, or as much of it as one match can take."""
_TO_COMMENT = re.compile(rf"""(?: [^"'\#]+ | {SIMPLE_STRING} ){{0,200}} (["'\#])?""", re.VERBOSE)


def match_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """The end of what `pattern` matches at `at`; `at` if it does not match."""
    found = pattern.match(text, at)
    return found.end() if found else at


def repeated_match_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """The end of repeated matches of `pattern` from `at` on."""
    while (end := match_end(pattern, text, at)) > at:
        at = end
    return at


def opening_quotes(text: str, at: int) -> str:
    """The quotes that open a string at `at`: one or three."""
    return text[at : at + 3] if text.startswith(('"""', "'''"), at) else text[at]


def end_of_string(text: str, start: int) -> int | None:
    """The end of the string that begins at `start`; None if it is never closed."""
    quotes = opening_quotes(text, start)
    end = repeated_match_end(_INSIDE[quotes], text, start + len(quotes))
    if not text.startswith(quotes, end):
        return None
    return end + 1 if len(quotes) == 1 else _end_of_closing(text, end)


def _end_of_closing(text: str, at: int) -> int:
    """The end of three closing quotes, of which up to two more before them belong to the string."""
    end = at + 3
    while end < at + 5 and text.startswith(text[at], end):
        end += 1
    return end


def comment_starts(text: str) -> Iterator[int]:
    """The starts of the comments in a valid text."""
    at = 0
    while found := _TO_COMMENT.match(text, at):
        start, at = found.start(1), found.end()
        if found[1] == "#":
            yield start
            at = end_of_line(text, at)
        elif found[1]:
            at = end_of_string(text, start) or len(text)
        elif at == len(text):
            return


def end_of_line(text: str, at: int) -> int:
    """The end of the line around `at`, before its line feed."""
    newline = text.find("\n", at)
    return len(text) if newline < 0 else newline
