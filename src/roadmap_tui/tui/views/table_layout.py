"""Tables and facts inside a screen: columns as wide as their texts, the least needed left out where room is short."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roadmap_tui.narrative.item_facts import Fact
from roadmap_tui.tui.views.lines import (
    Line,
    TextSpan,
    align_right,
    cell_width,
    fit_cells,
    line_width,
    pad_line,
    wrap_cells,
)

_GAP, _LEAST = 2, 14


@dataclass(frozen=True, slots=True)
class FittedTable:
    """The columns of a table: the first one names and takes what room is left, the others hold figures.

    Attributes:
        shown: which of the figures there is room for.
        widths: of these.
        name: of the first column.
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
        """Columns for these rows in that many cells; where they don't fit, the spare ones go, the first one first.

        Args:
            heads: of all columns, the first one's too.
            rows: texts, as many as heads.
            cells: across.
            spare: heads of columns that may be left out.
        """
        widths = [max(map(cell_width, column)) for column in zip(heads, *rows, strict=True)]
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
        """The heads."""
        return (
            TextSpan(fit_cells(self.heads[0], self.name), "dim"),
            *self.figures(self.heads, "dim"),
        )

    def figures(
        self, row: Sequence[str], style: str = "", item: str | None = None
    ) -> tuple[TextSpan, ...]:
        """The figures of a row, each at the right of its column; what speaks against it stands out."""
        return tuple(
            TextSpan(align_right(row[at], cells + _GAP), style or _cell_style(row[at]), item)
            for at, cells in zip(self.shown, self.widths, strict=True)
        )

    def row(self, row: Sequence[str]) -> Line:
        """A row."""
        return (TextSpan(fit_cells(row[0], self.name)), *self.figures(row))


def _cell_style(text: str) -> str:
    return (
        "warn" if text.startswith("-") or text == "never" else "dim" if text in {"–", "…"} else ""
    )


def table_lines(
    heads: Sequence[str], rows: Sequence[Sequence[str]], cells: int, spare: Sequence[str] = ()
) -> Iterator[Line]:
    """A table with its heads; see `Columns.of`."""
    if rows:
        columns = FittedTable.fit(heads, rows, cells, spare)
        yield columns.heading()
        yield from map(columns.row, rows)


def fact_lines(facts: Sequence[Fact], cells: int) -> Iterator[Line]:
    """Facts, their names in a column, their texts broken between words beside it."""
    names = max((cell_width(fact.name) for fact in facts), default=0) + _GAP
    for fact in facts:
        for nth, line in enumerate(wrap_cells(fact.text, max(8, cells - names))):
            yield (TextSpan(fit_cells("" if nth else fact.name, names), "dim"), TextSpan(line))


def side_by_side(left: Sequence[Line], others: Sequence[Line], cells: int) -> list[Line]:
    """Two blocks of lines side by side where both fit into that many cells, else one below the other."""
    room = max((line_width(line) for line in left), default=0) + 2 * _GAP
    if not left or not others or room + max(line_width(line) for line in others) > cells:
        return [*left, *([()] if left and others else []), *others]
    many = max(len(left), len(others))
    rows = ((each[at] if at < len(each) else () for each in (left, others)) for at in range(many))
    return [(*pad_line(first, room), *second) for first, second in rows]
