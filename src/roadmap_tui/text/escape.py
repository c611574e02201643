"""Escape text from the file for Markdown, HTML, SVG, Mermaid and spreadsheets."""

import html
import re
import unicodedata
from collections.abc import Iterator

from roadmap_tui.text.terminal_text import escape_control

_LINE_BREAKS = re.compile(r"[ \t]*[\r\n\t\v\f\x85\u2028\u2029]+[ \t]*")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKS = re.compile(r"[\\`*_\[\]|~$]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_PLANES = range(0, 0x110000, 0x10000)
# the last two code points of every plane are noncharacters
_LAST = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in _PLANES)
_NONCHARACTERS = re.compile(f"[\\ufdd0-\\ufdef{_LAST}]")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?!\S)")
_FORMULA = re.compile(r"[\s\"\u200c\u200d]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_MAX_COMBINING_MARKS = 5
_SAFE_IN_LABELS = re.compile(r"[^\W_]|[ .,!?()'/:%+-]")


def single_line(text: str) -> str:
    """Put text on one line; control characters and excess combining marks become visible."""
    line = escape_control(_LINE_BREAKS.sub(" ", text).strip())
    return line if line.isascii() else "".join(_limit_combining_marks(line))


def _limit_combining_marks(line: str) -> Iterator[str]:
    """Yield the characters; combining marks beyond the limit are replaced by their code."""
    piled = 0
    for character in line:
        piled = piled + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        yield character if piled <= _MAX_COMBINING_MARKS else f"\\u{ord(character):04x}"


def escape_markdown(text: str) -> str:
    """Escape text for Markdown, wherever in a line or a table it appears.

    HTML characters become entities, which every reader supports; URLs do not become links.
    """
    escaped = _MARKS.sub(r"\\\g<0>", single_line(text))
    escaped = "".join(_ENTITIES.get(each, each) for each in escaped)
    if escaped[:1] in set("#+-="):
        return f"\\{escaped}"
    number = _NUMBERED.match(escaped)
    return f"{number[1]}\\{escaped[number.end(1) :]}" if number else escaped


def escape_markup(text: str) -> str:
    """Escape text for HTML and SVG, in an element or in a quoted attribute."""
    return html.escape(
        _NONCHARACTERS.sub(lambda found: f"\\u{ord(found[0]):04x}", single_line(text))
    )


def escape_mermaid_label(text: str) -> str:
    """Escape text for a label in double quotes of a Mermaid diagram."""
    return "".join(
        each if _SAFE_IN_LABELS.match(each) or ord(each) > 0x7F else f"#{ord(each)};"
        for each in single_line(text)
    )


def to_mermaid_id(name: str) -> str:
    """A Mermaid id for an item; ids have no underscore, so the mapping is unique."""
    return "i_" + name.replace("-", "_")


def escape_csv_cell(text: str) -> str:
    """Text for a spreadsheet cell; an apostrophe keeps it from being read as a formula."""
    line = single_line(text)
    return f"'{line}" if _FORMULA.match(line) else line
