"""Lines of styled text, measured in terminal cells."""

from dataclasses import dataclass, replace
from typing import TypeAlias

from rich.cells import cell_len, set_cell_size


@dataclass(frozen=True, slots=True)
class StyledSpan:
    """Text of one style.

    Attributes:
        text: what is shown, unescaped.
        style: names of styles of the canvas, separated by spaces.
        item: the item that a click on it selects.
        is_selection_mark: whether it is the gutter where a bar marks the selected item.
    """

    text: str
    style: str = ""
    item: str | None = None
    is_selection_mark: bool = False


Line: TypeAlias = tuple[StyledSpan, ...]


def selection_mark(item: str, style: str = "") -> StyledSpan:
    """Gutter of an item, where a bar marks it when it is selected."""
    return StyledSpan(" ", style, item, is_selection_mark=True)


def text_cells(text: str) -> int:
    """Width of a text in terminal cells."""
    return cell_len(text)


def truncate(text: str, cells: int) -> str:
    """The text in at most that many cells, with an ellipsis if truncated."""
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, cells - 1).rstrip() + "…" if cells > 0 else ""


def fit_cells(text: str, cells: int) -> str:
    """The text in exactly that many cells, truncated or padded."""
    clipped = truncate(text, cells)
    return clipped + " " * (cells - cell_len(clipped))


def align_right(text: str, cells: int) -> str:
    """The text right-aligned in that many cells."""
    clipped = truncate(text, cells)
    return " " * (cells - cell_len(clipped)) + clipped


def line_width(line: Line) -> int:
    """Width of a line in terminal cells."""
    return sum(cell_len(span.text) for span in line)


def pad_line(line: Line, cells: int) -> Line:
    """The line padded with spaces to that many cells."""
    missing = cells - line_width(line)
    return (*line, StyledSpan(" " * missing)) if missing > 0 else line


def truncate_line(line: Line, cells: int) -> Line:
    """The line in at most that many cells, with an ellipsis if truncated."""
    if line_width(line) <= cells:
        return line
    left, spans = cells, list[StyledSpan]()
    for span in line:
        if cell_len(span.text) >= left:
            return (*spans, replace(span, text=truncate(f"{span.text} ", left)))
        spans.append(span)
        left -= cell_len(span.text)
    return tuple(spans)


def line_text(line: Line) -> str:
    """The line's characters."""
    return "".join(span.text for span in line)


def join_fitting(words: list[str], cells: int, *, between: str = " · ") -> str:
    """As many of the words as fit into that many cells."""
    text = ""
    for word in filter(None, words):
        longer = f"{text}{between}{word}" if text else word
        if cell_len(longer) > cells:
            return text or truncate(word, cells)
        text = longer
    return text


def fit_list(text: str, cells: int) -> str:
    """As many items of a comma-separated list as fit, with an ellipsis for the others."""
    if cell_len(text) <= cells:
        return text
    some = join_fitting(text.split(", "), cells - 3, between=", ")
    return f"{some}, …" if some and not some.endswith("…") else truncate(text, cells)


def wrap_cells(text: str, cells: int) -> list[str]:
    """The text wrapped between words at that many cells; a longer word is truncated."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_len(longer) <= cells:
            lines[-1] = longer
        elif lines[-1]:
            lines.append(truncate(word, cells))
        else:
            lines[-1] = truncate(word, cells)
    return lines
