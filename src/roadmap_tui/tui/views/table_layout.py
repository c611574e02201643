"""Tables and fact lists within a screen; the least needed columns are left out if room is short."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from roadmap_tui.narrative.item_facts import Fact
from roadmap_tui.tui.views.lines import (
    Line,
    StyledSpan,
    align_right,
    fit_cells,
    line_width,
    pad_line,
    text_cells,
    wrap_cells,
)

_GAP, _LEAST = 2, 14


@dataclass(frozen=True, slots=True)
class FittedTable:
    """Column widths of a table: the first column has names, the others figures.

    Attributes:
        shown: indices of the figure columns that fit.
        widths: their widths.
        name: width of the first column.
    """

    heads: tuple[str, ...]
    shown: tuple[int, ...]
    widths: tuple[int, ...]
    name: int

    @classmethod
    def fit(
        cls,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        cells: int,
        spare: Sequence[str] = (),
    ) -> "FittedTable":
        """Fit columns for these rows; spare ones are left out in order until the rest fits.

        Args:
            heads: heads of all columns, including the first one.
            rows: texts, one per head.
            cells: available width.
            spare: heads of columns that may be left out, in that order.
        """
        widths = [max(map(text_cells, column)) for column in zip(heads, *rows, strict=True)]
        shown = list(range(1, len(heads)))
        going = [heads.index(head) for head in spare]
        least = min(widths[0], _LEAST)
        while going and sum(widths[at] + _GAP for at in shown) + least > cells:
            gone = going.pop(0)
            shown = [at for at in shown if at != gone]
        figures = sum(widths[at] + _GAP for at in shown)
        name = max(1, min(widths[0], cells - figures))
        return cls(tuple(heads), tuple(shown), tuple(widths[at] for at in shown), name)

    def heading(self) -> Line:
        """The line with the heads."""
        return (
            StyledSpan(fit_cells(self.heads[0], self.name), "dim"),
            *self.figures(self.heads, "dim"),
        )

    def figures(
        self, row: Sequence[str], style: str = "", item: str | None = None
    ) -> tuple[StyledSpan, ...]:
        """The figures of a row, right-aligned; unfavourable ones stand out."""
        return tuple(
            StyledSpan(align_right(row[at], cells + _GAP), style or _cell_style(row[at]), item)
            for at, cells in zip(self.shown, self.widths, strict=True)
        )

    def row(self, row: Sequence[str]) -> Line:
        """The line of a row."""
        return (StyledSpan(fit_cells(row[0], self.name)), *self.figures(row))


def _cell_style(text: str) -> str:
    if text.startswith("-") or text == "never":
        return "warn"
    return "dim" if text in {"–", "…"} else ""


def table_lines(
    heads: Sequence[str], rows: Sequence[Sequence[str]], cells: int, spare: Sequence[str] = ()
) -> Iterator[Line]:
    """A table with its heads; see `FittedTable.fit`."""
    if rows:
        columns = FittedTable.fit(heads, rows, cells, spare)
        yield columns.heading()
        yield from map(columns.row, rows)


def fact_lines(facts: Sequence[Fact], cells: int) -> Iterator[Line]:
    """Facts: names in one column, wrapped texts beside it."""
    names = max((text_cells(fact.name) for fact in facts), default=0) + _GAP
    for fact in facts:
        for nth, line in enumerate(wrap_cells(fact.text, max(8, cells - names))):
            name = "" if nth else f"{fact.name[:1].upper()}{fact.name[1:]}"
            yield (StyledSpan(fit_cells(name, names), "dim"), StyledSpan(line))


def side_by_side(left: Sequence[Line], others: Sequence[Line], cells: int) -> list[Line]:
    """Two blocks of lines side by side if both fit, else one below the other."""
    room = max((line_width(line) for line in left), default=0) + 2 * _GAP
    if not left or not others or room + max(line_width(line) for line in others) > cells:
        return [*left, *([()] if left and others else []), *others]
    rows = zip_longest(left, others, fillvalue=())
    return [(*pad_line(first, room), *second) for first, second in rows]
