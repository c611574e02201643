"""Rows of an imported table as items with their fields, and what could not be read of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from roadmap_tui.document.serializer import TRACKS
from roadmap_tui.importers.cells import (
    CONFIDENCE_WORDS,
    IMPACT_WORDS,
    parse_status,
    read_cell_effort,
    read_cell_quantity,
    split_words,
    to_single_line,
)
from roadmap_tui.importers.columns import ColumnMapping, ColumnRole
from roadmap_tui.importers.csv_table import CsvRow, CsvTable, ImportProblem
from roadmap_tui.text.number_grammar import NumberFault
from roadmap_tui.text.number_runs import DecimalMark
from roadmap_tui.text.stored_value import unusual_impact
from roadmap_tui.text.typed_numbers import EffortUnit, read_number, read_share

_MODEL_WORDS = frozenset(
    {"model", "ml", "machine learning", "data science", "training", "data set", "evaluation"}
)
_SPIKE_WORDS = frozenset({"spike", "research spike", "research", "investigation"})
_NOT_FOR_SPIKES = frozenset({"reach", "impact", "confidence", "chance"})
_NUMBERS: tuple[ColumnRole, ...] = ("reach", "impact", "confidence", "chance", "effort")


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to read cells that leave something open.

    Attributes:
        track: the track of rows without one.
        unit: the unit of effort, where its column has none.
        points_per_week: story points in a person-week; None leaves points out.
    """

    track: str = "product"
    unit: EffortUnit = "weeks"
    points_per_week: float | None = None


@dataclass(slots=True)
class ImportRow:
    """An item as a row describes it.

    Attributes:
        line: the first line of the row.
        link: what identifies the row in the item's `links`; empty if nothing does.
        aliases: the names by which other rows may refer to it.
        team: the team, as the row calls it.
        values: the fields, as the file has them.
        needs: the rows that it waits for, as the row calls them.
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
    table: CsvTable, columns: ColumnMapping, options: ImportOptions
) -> tuple[list[ImportRow], list[ImportProblem]]:
    """The items of the rows, in their order, and what could not be read of them."""
    problems = [*table.problems]
    found: list[ImportRow] = []
    for row in table.rows:
        reader = _RowReader(table, columns, options, row, problems)
        title = to_single_line(reader.cell("title"))
        if title:
            found.append(reader.build_row(title))
        else:
            text = "no title; the row is left out"
            problems.append(ImportProblem(row.line, columns.names["title"], text))
    return found, sorted(problems, key=lambda each: each.line)


@dataclass(frozen=True, slots=True)
class _RowReader:
    table: CsvTable
    columns: ColumnMapping
    options: ImportOptions
    row: CsvRow
    problems: list[ImportProblem]

    def build_row(self, title: str) -> ImportRow:
        """The item that the row describes."""
        track = self._track()
        key, link = to_single_line(self.cell("key")), to_single_line(self.cell("link"))
        is_number = self.columns.source == "GitHub" and key.isdigit()
        numbered = f"#{key}" if is_number else key
        if not link and not numbered.isdigit():
            link = numbered
        values: dict[str, object] = {"title": title, **dict(self._fields(track))}
        if link:
            values["links"] = [link]
        return ImportRow(
            line=self.row.line,
            title=title,
            track=track,
            link=link,
            aliases=self._aliases(key, numbered, title),
            team=self.cell("team"),
            values=values,
            needs=tuple(split_words(self.cells("needs"))),
        )

    def _aliases(self, key: str, numbered: str, title: str) -> tuple[str, ...]:
        names = (key, numbered, to_single_line(self.cell("link")), title)
        return tuple(name.casefold() for name in names if name)

    def cells(self, role: ColumnRole) -> tuple[str, ...]:
        """The values in the columns of a role."""
        return self.row.cells.get(self.columns.names.get(role, ""), ())

    def cell(self, role: ColumnRole) -> str:
        """The first of them; empty if there is none."""
        return next(iter(self.cells(role)), "")

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
        for name, value in self._numbers():
            if track != "spike" or name not in _NOT_FOR_SPIKES:
                yield name, value

    def _status(self) -> str:
        cell = self.cell("status")
        if not cell:
            return ""
        # Jira's state is the same for what was done and what was dropped.
        resolution = parse_status(next(iter(self.row.cells.get("Resolution", ())), ""))
        status = "dropped" if resolution == "dropped" else parse_status(cell)
        if status is None:
            self._report_problem("status", f'"{cell}" is not a known status; imported as planned')
        return status or ""

    def _numbers(self) -> Iterator[tuple[str, object]]:
        for role in _NUMBERS:
            cell = self.cell(role)
            value = self._parse_number(role, cell) if cell else None
            if isinstance(value, NumberFault):
                self._report_problem(role, f"{value.text}; left out")
            elif value is not None and (role != "effort" or value != 0):
                yield role, value
                remark = unusual_impact(value) if role == "impact" else ""
                if remark:
                    self._report_problem(role, f"{remark}; {cell} is imported")
        if not self.cell("effort") and self.options.points_per_week:
            yield from self._points(self.options.points_per_week)

    @property
    def _decimal(self) -> DecimalMark:
        return "comma" if self.table.has_decimal_comma else "point"

    def _parse_number(self, role: ColumnRole, cell: str) -> object | NumberFault:
        word = cell.casefold()
        match role:
            case "impact" if word in IMPACT_WORDS:
                return IMPACT_WORDS[word]
            case "confidence" if word in CONFIDENCE_WORDS:
                return CONFIDENCE_WORDS[word]
            case "confidence" | "chance":
                return read_share(cell, decimal=self._decimal)
            case "effort":
                unit = self.columns.unit or self.options.unit
                return read_cell_effort(cell, unit, self._decimal)
            case _:
                return read_cell_quantity(cell, self._decimal)

    def _points(self, points_per_week: float) -> Iterator[tuple[str, object]]:
        cell = self.cell("points")
        points = read_number(cell, decimal=self._decimal) if cell else 0
        if isinstance(points, NumberFault):
            self._report_problem("points", f"{points.text}; left out")
        elif points < 0:
            self._report_problem("points", f"{cell} is less than 0; left out")
        elif points:
            yield "effort", float(f"{points / points_per_week:.4g}")

    def _report_problem(self, role: ColumnRole, text: str) -> None:
        self.problems.append(ImportProblem(self.row.line, self.columns.names[role], text))
