"""What each row of a table wants of the roadmap: an item with its fields, and what of it could not be read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from roadmap_tui.document.serializer import TRACKS
from roadmap_tui.importers.cells import (
    CONFIDENCE_WORDS,
    IMPACT_WORDS,
    parse_effort_cell,
    parse_number,
    parse_quantity,
    parse_share_cell,
    parse_status,
    split_words,
    to_single_line,
)
from roadmap_tui.importers.columns import ColumnMapping, ColumnRole, EffortUnit
from roadmap_tui.importers.csv_table import CsvRow, CsvTable, ImportProblem

_MODEL_WORDS = frozenset(
    {"model", "ml", "machine learning", "data science", "training", "data set", "evaluation"}
)
_SPIKE_WORDS = frozenset({"spike", "research spike", "research", "investigation"})
_NOT_FOR_SPIKES = frozenset({"reach", "impact", "confidence", "chance"})


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How cells are to be read.

    Attributes:
        track: of rows that don't say it.
        unit: what effort is counted in, where its column doesn't say it.
        points_per_week: how many story points a person-week is; None leaves points out.
    """

    track: str = "product"
    unit: EffortUnit = "weeks"
    points_per_week: float | None = None


@dataclass(slots=True)
class ImportRow:
    """An item as a row wants it.

    Attributes:
        line: where the row begins.
        link: what stands for the row in the item's `links`; empty if nothing does.
        aliases: what other rows may call it.
        team: what the row calls the team.
        values: the fields, as the file has them.
        needs: what the row calls the rows it waits for.
    """

    line: int
    title: str
    track: str
    link: str
    aliases: tuple[str, ...]
    team: str
    values: dict[str, object] = field(default_factory=dict)
    needs: tuple[str, ...] = ()


def read_import_rows(
    sheet: CsvTable, columns: ColumnMapping, reading: ImportOptions
) -> tuple[list[ImportRow], list[ImportProblem]]:
    """The items that the rows want, in their order, and what could not be read of them."""
    problems = [*sheet.problems]
    found: list[ImportRow] = []
    for row in sheet.rows:
        reader = _RowReader(sheet, columns, reading, row, problems)
        title = to_single_line(reader.cell("title"))
        if title:
            found.append(reader.build_row(title))
        else:
            problems.append(
                ImportProblem(row.line, columns.names["title"], "no title; the row is left out")
            )
    return found, sorted(problems, key=lambda each: each.line)


@dataclass(frozen=True, slots=True)
class _RowReader:
    sheet: CsvTable
    columns: ColumnMapping
    options: ImportOptions
    row: CsvRow
    problems: list[ImportProblem]

    def build_row(self, title: str) -> ImportRow:
        """The item that the row wants."""
        track, key, link = (
            self._track(),
            to_single_line(self.cell("key")),
            to_single_line(self.cell("link")),
        )
        numbered = f"#{key}" if self.columns.source == "GitHub" and key.isdigit() else key
        mark = link or ("" if numbered.isdigit() else numbered)
        names = tuple(each.casefold() for each in (key, numbered, link, title) if each)
        values = {
            "title": title,
            **dict(self._fields(track)),
            **({"links": [mark]} if mark else {}),
        }
        return ImportRow(
            self.row.line, title, track, mark, names, self.cell("team"), values, self._needs()
        )

    def _needs(self) -> tuple[str, ...]:
        return tuple(split_words(self.cells("needs")))

    def cells(self, meaning: ColumnRole) -> tuple[str, ...]:
        """What stands in the columns of a meaning."""
        return self.row.cells.get(self.columns.names.get(meaning, ""), ())

    def cell(self, meaning: ColumnRole) -> str:
        """What stands in the first of them; empty if nothing."""
        return next(iter(self.cells(meaning)), "")

    def _track(self) -> str:
        kind = self.cell("track").casefold()
        if kind in TRACKS:
            return kind
        words = {kind, *(each.casefold() for each in split_words(self.cells("tags")))}
        if words & _SPIKE_WORDS:
            return "spike"
        return "model" if words & _MODEL_WORDS else self.options.track

    def _fields(self, track: str) -> Iterator[tuple[str, object]]:
        status = self._status()
        if status not in {"", "planned"}:
            yield "status", status
        for name, text in (("summary", self.cell("summary")), ("owner", self.cell("owner"))):
            if text:
                yield name, to_single_line(text)
        tags = split_words(self.cells("tags"))
        if tags:
            yield "tags", tags
        for name, value in self._parse_numbers():
            if not (track == "spike" and name in _NOT_FOR_SPIKES):
                yield name, value

    def _status(self) -> str:
        cell = self.cell("status")
        if not cell:
            return ""
        resolution = parse_status(next(iter(self.row.cells.get("Resolution", ())), ""))
        status = "dropped" if resolution == "dropped" else parse_status(cell)
        if status is None:
            self._report_problem("status", f'"{cell}" is no state that is known; taken as planned')
        return status or ""

    def _parse_numbers(self) -> Iterator[tuple[str, object]]:
        comma = self.sheet.has_decimal_comma
        unit = self.columns.unit or self.options.unit
        readers: tuple[tuple[ColumnRole, str, Callable[[str], object | None]], ...] = (
            ("reach", "number", lambda cell: parse_quantity(cell, decimal_comma=comma)),
            (
                "impact",
                "number",
                lambda cell: (
                    IMPACT_WORDS.get(cell.casefold()) or parse_quantity(cell, decimal_comma=comma)
                ),
            ),
            (
                "confidence",
                "share",
                lambda cell: (
                    CONFIDENCE_WORDS.get(cell.casefold())
                    or parse_share_cell(cell, decimal_comma=comma)
                ),
            ),
            ("chance", "share", lambda cell: parse_share_cell(cell, decimal_comma=comma)),
            ("effort", "number", lambda cell: parse_effort_cell(cell, unit, decimal_comma=comma)),
        )
        for meaning, what, read in readers:
            cell = self.cell(meaning)
            value = read(cell) if cell else None
            if value is not None and (meaning != "effort" or value != 0):
                yield meaning, value
            elif cell and value is None:
                self._report_problem(
                    meaning, f'"{cell}" is no {what} that a plan may have; left out'
                )
        if not self.cell("effort") and self.options.points_per_week:
            yield from self._parse_points(self.options.points_per_week)

    def _parse_points(self, in_a_week: float) -> Iterator[tuple[str, object]]:
        cell = self.cell("points")
        points = parse_number(cell, decimal_comma=self.sheet.has_decimal_comma) if cell else None
        if points:
            yield "effort", float(f"{points / in_a_week:.4g}")
        elif cell and points is None:
            self._report_problem("points", f'"{cell}" is no number; left out')

    def _report_problem(self, meaning: ColumnRole, text: str) -> None:
        self.problems.append(ImportProblem(self.row.line, self.columns.names[meaning], text))
