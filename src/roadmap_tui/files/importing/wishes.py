"""What each row of a table wants of the roadmap: an item with its fields, and what of it could not be read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from roadmap_tui.files.importing.cells import (
    CONFIDENCE,
    IMPACT,
    effort_of,
    in_one_line,
    number_of,
    quantity_of,
    share_of,
    status_of,
    words_of,
)
from roadmap_tui.files.importing.columns import Columns, Meaning, Unit
from roadmap_tui.files.importing.sheet import Problem, Row, Sheet
from roadmap_tui.files.spell import TRACKS

_MODEL_WORDS = frozenset(
    {"model", "ml", "machine learning", "data science", "training", "data set", "evaluation"}
)
_SPIKE_WORDS = frozenset({"spike", "research spike", "research", "investigation"})
_NO_SPIKE = frozenset({"reach", "impact", "confidence", "chance"})


@dataclass(frozen=True, slots=True)
class Reading:
    """How cells are to be read.

    Attributes:
        track: of rows that don't say it.
        unit: what effort is counted in, where its column doesn't say it.
        points: how many story points a person-week is; None leaves points out.
    """

    track: str = "product"
    unit: Unit = "weeks"
    points: float | None = None


@dataclass(slots=True)
class Wish:
    """An item as a row wants it.

    Attributes:
        line: where the row begins.
        mark: what stands for the row in the item's `links`; empty if nothing does.
        names: what other rows may call it.
        team: what the row calls the team.
        values: the fields, as the file has them.
        needs: what the row calls the rows it waits for.
    """

    line: int
    title: str
    track: str
    mark: str
    names: tuple[str, ...]
    team: str
    values: dict[str, object] = field(default_factory=dict)
    needs: tuple[str, ...] = ()


def wishes(sheet: Sheet, columns: Columns, reading: Reading) -> tuple[list[Wish], list[Problem]]:
    """The items that the rows want, in their order, and what could not be read of them."""
    problems = [*sheet.problems]
    found: list[Wish] = []
    for row in sheet.rows:
        reader = _Reader(sheet, columns, reading, row, problems)
        title = in_one_line(reader.cell("title"))
        if title:
            found.append(reader.wish(title))
        else:
            problems.append(
                Problem(row.line, columns.named["title"], "no title; the row is left out")
            )
    return found, sorted(problems, key=lambda each: each.line)


@dataclass(frozen=True, slots=True)
class _Reader:
    sheet: Sheet
    columns: Columns
    reading: Reading
    row: Row
    problems: list[Problem]

    def wish(self, title: str) -> Wish:
        """The item that the row wants."""
        track, key, link = (
            self._track(),
            in_one_line(self.cell("key")),
            in_one_line(self.cell("link")),
        )
        numbered = f"#{key}" if self.columns.source == "GitHub" and key.isdigit() else key
        mark = link or ("" if numbered.isdigit() else numbered)
        names = tuple(each.casefold() for each in (key, numbered, link, title) if each)
        values = {
            "title": title,
            **dict(self._fields(track)),
            **({"links": [mark]} if mark else {}),
        }
        return Wish(
            self.row.line, title, track, mark, names, self.cell("team"), values, self._needs()
        )

    def _needs(self) -> tuple[str, ...]:
        return tuple(words_of(self.cells("needs")))

    def cells(self, meaning: Meaning) -> tuple[str, ...]:
        """What stands in the columns of a meaning."""
        return self.row.cells.get(self.columns.named.get(meaning, ""), ())

    def cell(self, meaning: Meaning) -> str:
        """What stands in the first of them; empty if nothing."""
        return next(iter(self.cells(meaning)), "")

    def _track(self) -> str:
        kind = self.cell("track").casefold()
        if kind in TRACKS:
            return kind
        words = {kind, *(each.casefold() for each in words_of(self.cells("tags")))}
        if words & _SPIKE_WORDS:
            return "spike"
        return "model" if words & _MODEL_WORDS else self.reading.track

    def _fields(self, track: str) -> Iterator[tuple[str, object]]:
        status = self._status()
        if status not in {"", "planned"}:
            yield "status", status
        for name, text in (("summary", self.cell("summary")), ("owner", self.cell("owner"))):
            if text:
                yield name, in_one_line(text)
        tags = words_of(self.cells("tags"))
        if tags:
            yield "tags", tags
        for name, value in self._numbers():
            if not (track == "spike" and name in _NO_SPIKE):
                yield name, value

    def _status(self) -> str:
        cell = self.cell("status")
        if not cell:
            return ""
        resolution = status_of(next(iter(self.row.cells.get("Resolution", ())), ""))
        status = "dropped" if resolution == "dropped" else status_of(cell)
        if status is None:
            self._trouble("status", f'"{cell}" is no state that is known; taken as planned')
        return status or ""

    def _numbers(self) -> Iterator[tuple[str, object]]:
        comma = self.sheet.comma
        unit = self.columns.unit or self.reading.unit
        readers: tuple[tuple[Meaning, str, Callable[[str], object | None]], ...] = (
            ("reach", "number", lambda cell: quantity_of(cell, comma=comma)),
            (
                "impact",
                "number",
                lambda cell: IMPACT.get(cell.casefold()) or quantity_of(cell, comma=comma),
            ),
            (
                "confidence",
                "share",
                lambda cell: CONFIDENCE.get(cell.casefold()) or share_of(cell, comma=comma),
            ),
            ("chance", "share", lambda cell: share_of(cell, comma=comma)),
            ("effort", "number", lambda cell: effort_of(cell, unit, comma=comma)),
        )
        for meaning, what, read in readers:
            cell = self.cell(meaning)
            value = read(cell) if cell else None
            if value is not None and (meaning != "effort" or value != 0):
                yield meaning, value
            elif cell and value is None:
                self._trouble(meaning, f'"{cell}" is no {what} that a plan may have; left out')
        if not self.cell("effort") and self.reading.points:
            yield from self._points(self.reading.points)

    def _points(self, in_a_week: float) -> Iterator[tuple[str, object]]:
        cell = self.cell("points")
        points = number_of(cell, comma=self.sheet.comma) if cell else None
        if points:
            yield "effort", float(f"{points / in_a_week:.4g}")
        elif cell and points is None:
            self._trouble("points", f'"{cell}" is no number; left out')

    def _trouble(self, meaning: Meaning, text: str) -> None:
        self.problems.append(Problem(self.row.line, self.columns.named[meaning], text))
