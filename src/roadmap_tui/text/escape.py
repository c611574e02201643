"""Text of the file in Markdown, HTML, SVG, Mermaid and spreadsheets: shown as it is, never obeyed."""

import html
import re
import unicodedata
from collections.abc import Iterator

from roadmap_tui.text.terminal_text import escape_control

_LINE_BREAKS = re.compile(r"[ \t]*[\r\n\t\v\f\x85\u2028\u2029]+[ \t]*")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKS = re.compile(r"[\\`*_\[\]|~$]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_LAST = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_NO_CHARACTERS = re.compile(f"[\\ufdd0-\\ufdef{_LAST}]")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?!\S)")
_FORMULA = re.compile(r"[\s\"\u200c\u200d]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_PILED = 5
_SAFE_IN_LABELS = re.compile(r"[^\W_]|[ .,!?()'/:%+-]")


def single_line(text: str) -> str:
    """The text on one line, control characters visible, and so are marks that would pile up over other lines."""
    line = escape_control(_LINE_BREAKS.sub(" ", text).strip())
    return line if line.isascii() else "".join(_unpiled(line))


def _unpiled(line: str) -> Iterator[str]:
    """The characters; of marks upon one letter, those beyond what any writing needs by number."""
    piled = 0
    for character in line:
        piled = piled + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        yield character if piled <= _PILED else f"\\u{ord(character):04x}"


def escape_markdown(text: str) -> str:
    """Text that Markdown shows as it is, wherever in a line or a table it stands.

    Characters of HTML become entities, which hold for every reader; addresses are kept from becoming links.
    """
    escaped = _MARKS.sub(r"\\\g<0>", single_line(text))
    escaped = "".join(_ENTITIES.get(each, each) for each in escaped)
    if escaped[:1] in set("#+-="):
        return f"\\{escaped}"
    number = _NUMBERED.match(escaped)
    return f"{number[1]}\\{escaped[number.end(1) :]}" if number else escaped


def escape_markup(text: str) -> str:
    """Text that HTML and SVG show as it is, in an element or between the quotes of an attribute."""
    return html.escape(
        _NO_CHARACTERS.sub(lambda found: f"\\u{ord(found[0]):04x}", single_line(text))
    )


def escape_mermaid_label(text: str) -> str:
    """Text for a label of a Mermaid diagram, between double quotes."""
    return "".join(
        each if _SAFE_IN_LABELS.match(each) or ord(each) > 0x7F else f"#{ord(each)};"
        for each in single_line(text)
    )


def to_mermaid_id(name: str) -> str:
    """An id that is no word of Mermaid; ids of the file have no underscore, so no two become one."""
    return "i_" + name.replace("-", "_")


def escape_csv_cell(text: str) -> str:
    """Text for a cell of a spreadsheet: after an apostrophe where it might be taken for a formula."""
    line = single_line(text)
    return f"'{line}" if _FORMULA.match(line) else line
