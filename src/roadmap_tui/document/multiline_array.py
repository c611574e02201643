"""Lists with one element a line, each with the comments that belong to it."""

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from roadmap_tui.document.positions import scan_positions
from roadmap_tui.document.serializer import serialize_value
from roadmap_tui.document.statements import Statement
from roadmap_tui.document.toml_parser import parse_toml
from roadmap_tui.document.values import get_at

_HEAD = re.compile(r"\[[ \t]*(?:#[^\n]*)?\n")
_TAIL = re.compile(r"[ \t]*(,?)([ \t]*(?:#[^\n]*)?\n)")
_COMMENT_LINES = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*")


@dataclass(frozen=True, slots=True)
class MultilineArray:
    """The source of a list.

    Attributes:
        head: what is before the first element's lines: key and bracket.
        elements: the elements, named by their source, without the commas between them.
        tail: what is after the last element's line.
        has_trailing_comma: whether a comma follows the last element.
    """

    head: str
    elements: tuple[Statement, ...]
    tail: str
    has_trailing_comma: bool = True

    @property
    def text(self) -> str:
        """All of it."""
        last = len(self.elements) - 1
        lines: list[str] = []
        for at, each in enumerate(self.elements):
            comma = "," if self.has_trailing_comma or at < last else ""
            lines.append(f"{each.comment}{each.body}{comma}{each.tail}")
        return "".join([self.head, *lines, self.tail])


def parse_multiline_array(body: str) -> MultilineArray | None:
    """The list in `body`, a key with its value; None if it is no list with one element a line."""
    data = parse_toml(body)[0]
    positions = scan_positions(body if data else "")
    if not positions.values:
        return None
    path, span = min(positions.values.items(), key=lambda each: each[1])
    values, head = get_at(data, path), _HEAD.match(body, span.start)
    if not isinstance(values, list) or head is None:
        return None
    at, comma = head.end(), True
    elements: list[Statement] = []
    for index, value in enumerate(values):
        start, end = positions.values[*path, index]
        line = body.rfind("\n", 0, start) + 1
        tail = _TAIL.match(body, end)
        if (
            tail is None
            or body[line:start].strip(" \t")
            or not _COMMENT_LINES.fullmatch(body, at, line)
        ):
            return None
        comma = bool(tail[1])
        elements.append(
            Statement((index,), serialize_value(value), "", body[at:line], body[line:end], tail[2])
        )
        at = tail.end()
    if len({each.name for each in elements}) < len(elements):
        return None
    return MultilineArray(body[: head.end()], tuple(elements), body[at:], comma)


def replace_elements(one: MultilineArray, values: list[object]) -> MultilineArray:
    """The list with other values: elements keep their comments, new ones get a line."""
    names = [serialize_value(each) for each in values]
    old = [each.name for each in one.elements]
    indent = next((_indent(each.body) for each in one.elements), "    ")
    newline = "\r\n" if one.head.endswith("\r\n") else "\n"
    elements: list[Statement] = []
    for _, start, stop, first, last in SequenceMatcher(
        None, old, names, autojunk=False
    ).get_opcodes():
        kept = one.elements[start:stop]
        for at, name in enumerate(names[first:last]):
            if at < len(kept):
                elements.append(replace(kept[at], name=name, body=_with_value(kept[at], name)))
            else:
                elements.append(Statement((), name, "", "", indent + name, newline))
    return replace(one, elements=tuple(elements))


def _with_value(element: Statement, name: str) -> str:
    if element.name == name:
        return element.body
    return _indent(element.body) + name


def _indent(body: str) -> str:
    return body[: len(body) - len(body.lstrip(" \t"))]
