"""Rows of the timeline: densities, spikes, deadlines, and lines to dependencies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from roadmap_tui.forecast.analysis.utilisation import TeamUtilisation
from roadmap_tui.forecast.simulation.results import ItemForecast
from roadmap_tui.narrative.item_figures import format_finish_range
from roadmap_tui.plan.items import Spike
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_chance, format_whole_percent
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.views.lines import (
    Line,
    StyledSpan,
    align_right,
    fit_cells,
    selection_mark,
    truncate,
)
from roadmap_tui.tui.views.time_axis import TimeAxis
from roadmap_tui.tui.views.view_model import ViewModel

_SHIPS, _BLOCKS, _DAYS = 7, "▁▂▃▄▅▆▇█", 7
_LEAST = 10
"""The least width of the axis."""
_TAIL, _IDLE, _LIKELY = 0.01, 0.02, 0.5
_FLATTENED = 0.4
"""Exponent that flattens densities, so that wide ones stay visible beside narrow ones."""
AxisCells = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class DependencyLines:
    """Lines from what the selected item waits for to the start of its work.

    Attributes:
        column: the cell at which its work begins; None if no line is drawn.
        needs: the cell of the likely finish of each item it waits for.
        dependents: items that wait for it.
        positions: the row of each item.
        span: first and last row that the line crosses.
        selected_position: the row of the selected item.
    """

    column: int | None = None
    needs: dict[str, int] = field(default_factory=dict)
    dependents: frozenset[str] = frozenset()
    positions: dict[str, int] = field(default_factory=dict)
    span: tuple[int, int] = (0, 0)
    selected_position: int = 0

    @classmethod
    def of(cls, scene: ViewModel, axis: TimeAxis, order: Sequence[str]) -> "DependencyLines":
        """The lines of the selected item."""
        places = {name: at for at, name in enumerate(order)}
        name = scene.selected
        if name is None or name not in places:
            return cls()
        item = scene.item(name)
        waiting = frozenset(each for each in item.dependents if each in places)
        finishes = [(each, scene.item(each).finish) for each in item.predecessors if each in places]
        needs = {each: axis.cell(finish.p50) for each, finish in finishes if finish is not None}
        if not needs or item.start is None or not axis.contains(item.start.p50):
            return cls(None, needs, waiting, places)
        every = [places[name], *(places[each] for each in needs)]
        return cls(
            axis.cell(item.start.p50),
            needs,
            waiting,
            places,
            (min(every), max(every)),
            places[name],
        )

    def crosses(self, place: int) -> bool:
        """Whether the line crosses the gap above a row."""
        return self.column is not None and self.span[0] < place <= self.span[1]

    def marker(self, name: str) -> str:
        """A marker: whether an item is needed by the selected one, or waits for it."""
        if name in self.needs:
            return "▸"
        return "◂" if name in self.dependents else " "

    def draw_over(self, cells: AxisCells, item: ItemForecast) -> None:
        """Draw the line over the cells of a row, except over words."""
        place, column = self.positions.get(item.id), self.column
        if column is None or place is None or not self.span[0] <= place <= self.span[1]:
            return
        if item.kind == "spike" and cells[column][0] not in " │╌":
            return
        for at in range(self.needs.get(item.id, column) + 1, column):
            if cells[at][1] == "line":
                cells[at] = ("╌", "")
        cells[column] = (self._sign_at(item.id, place), "bold")

    def _sign_at(self, name: str, place: int) -> str:
        """The box character of the line at a row."""
        above, below = place > self.span[0], place < self.span[1]
        if name not in self.needs and place != self.selected_position:
            return "┆"
        signs = "┤┘┐" if name in self.needs else "├└┌"
        if above and below:
            return signs[0]
        return signs[1] if above else signs[2]


@dataclass(frozen=True, slots=True)
class TimelineLayout:
    """Widths of the parts of a row."""

    scene: ViewModel
    title: int
    axis: TimeAxis
    ships: int
    range: int

    @classmethod
    def of(cls, scene: ViewModel) -> "TimelineLayout":
        """Widths that fit the screen."""
        title = min(34, max(22, round(scene.width * 0.31)))
        room, chance = (
            scene.figure_widths.range_cells + 1,
            max(_SHIPS, scene.figure_widths.chance_cells + 1),
        )
        if scene.width - title - chance - room < _LEAST:
            room = 0  # the summary below shows the range of the selected item
        cells = max(_LEAST, scene.width - title - chance - room)
        return cls(
            scene, title, TimeAxis.of(scene.figure_widths, scene.options, cells), chance, room
        )

    def title_cell(self, text: str) -> str:
        """A text in the title column."""
        return fit_cells(text, self.title)

    def heading(self) -> Line:
        """The names of quarters above the axis, and the first visible day."""
        scene, axis = self.scene, self.axis
        day = format_date(scene.forecast.day(axis.start))
        is_today = scene.plan.roadmap.as_of is None and not axis.start
        closer = f" ×{scene.options.zoom}" if scene.options.zoom > 1 else ""
        start = self.title_cell(f" {'today,' if is_today else 'from'} {day}{closer}")
        return (
            StyledSpan(
                start
                + axis.names()
                + align_right("ships", self.ships)
                + align_right("range", self.range),
                "dim",
            ),
        )

    def _background(self) -> AxisCells:
        cells: AxisCells = [(" ", "line")] * self.axis.cells
        for cell, _ in self.axis.ticks:
            cells[cell] = ("│", "line")
        return cells

    def empty_axis(self, column: int | None = None) -> Line:
        """An axis without an item; the dependency line may cross it."""
        cells = self._background()
        if column is not None:
            cells[column] = ("┆", "")
        return (*_spans(cells), StyledSpan(" " * (self.ships + self.range)))

    def row(self, item: ItemForecast, links: DependencyLines) -> tuple[Line]:
        """The line of an item."""
        scene = self.scene
        colour = "spike" if item.kind == "spike" else item.track
        past = item.status not in {"planned", "active"}
        name = StyledSpan(
            fit_cells(scene.title(item.id), self.title - 2), "dim" if past else "", item.id
        )
        lead = (
            selection_mark(item.id, colour),
            name,
            StyledSpan(links.marker(item.id), "bold", item.id),
        )
        if past:
            return (
                (
                    *lead,
                    StyledSpan(
                        truncate(self._ended_text(item), self.axis.cells + self.ships + self.range),
                        "dim",
                        item.id,
                    ),
                ),
            )
        ends = (
            StyledSpan(
                align_right("" if item.kind == "spike" else scene.chance_text(item), self.ships),
                "bold",
                item.id,
            ),
            StyledSpan(
                align_right(format_finish_range(scene.forecast, item), self.range), "dim", item.id
            ),
        )
        cells = self._background()
        (self._spike if item.kind == "spike" else self._ridge)(item, cells)
        links.draw_over(cells, item)
        self._deadline(item, cells)
        return (
            (*lead, *(StyledSpan(each.text, each.style, item.id) for each in _spans(cells)), *ends),
        )

    def team_load(self, team: TeamUtilisation) -> Line:
        """Mean utilisation of a team over time."""
        weeks, axis = [week.mean / team.people for week in team.busy], self.axis
        cells = []
        for cell in range(axis.cells):
            first, last = (
                int(axis.start + edge * axis.weeks / axis.cells) for edge in (cell, cell + 1)
            )
            part = weeks[first : max(last, first + 1)]
            busy = sum(part) / len(part) if part else 0.0
            cells.append(_BLOCKS[min(7, int(busy * 8))] if busy > _IDLE else " ")
        return (
            StyledSpan(
                self.title_cell(f" {escape_control(team.team)}, {_people(team.people)}"), "dim"
            ),
            StyledSpan("".join(cells), "dim"),
            StyledSpan(align_right(format_whole_percent(team.utilisation), self.ships), "dim"),
            StyledSpan(align_right("at work", self.range), "dim"),
        )

    def _ended_text(self, item: ItemForecast) -> str:
        source = self.scene.plan.items[item.id]
        if isinstance(source, Spike) and source.verdict is not None:
            return f"{source.verdict}: {escape_control(source.learned or source.answer or '')}"
        return f"live since {format_date(source.finished)}" if source.finished else "live"

    def _spike(self, item: ItemForecast, cells: AxisCells) -> None:
        """A bar up to the spike's answer, and its odds in words."""
        if item.start is None or item.finish is None:
            _write_text(cells, 0, "never starts", "dim")
            return
        begin, end = self.axis.cell(item.start.p50), self.axis.cell(item.finish.p50)
        _write_text(
            cells,
            begin,
            "━" * (end - begin) + ("◆" if self.axis.contains(item.finish.p50) else "━"),
            "spike bold",
        )
        if item.odds is not None:
            spike = self.scene.plan.spike[item.id]
            no = "stop" if spike.on_refuted == "drop" else "continue anyway"
            p_yes, p_no = format_chance(item.odds.p_yes), format_chance(1 - item.odds.p_yes)
            words = f" {p_yes} go · {p_no} {no}"
            _write_text(cells, end + 1, truncate(words, max(0, len(cells) - end - 1)), "dim")

    def _ridge(self, item: ItemForecast, cells: AxisCells) -> None:
        """A thin line during work, then the density of the finish; its tails are dimmed."""
        if item.start is None or item.finish is None:
            _write_text(cells, 0, "can't ship as planned", "bad")
            return
        ridge, axis = self.axis.ridges[item.id], self.axis
        low, high, begin = (
            axis.cell(item.finish.p10),
            axis.cell(item.finish.p90),
            axis.cell(item.start.p50),
        )
        top = float(ridge.max())
        seen = np.flatnonzero(ridge > _TAIL * top) if top > 0 else np.array([], dtype=int)
        first = int(seen[0]) if seen.size else axis.cells
        for cell in range(begin, min(first, low)):
            cells[cell] = ("─", "dim")
        for cell in range(first, int(seen[-1]) + 1 if seen.size else 0):
            height = _BLOCKS[min(7, int(float(ridge[cell]) ** _FLATTENED * 8))]
            cells[cell] = (height, item.track if low <= cell <= high else "dim")

    def _deadline(self, item: ItemForecast, cells: AxisCells) -> None:
        """A flag at the promised day; it stands out if the item will likely miss it."""
        promised = self.scene.plan.items[item.id].deadline
        if promised is None or item.deadline is None:
            return
        weeks = (promised.day - self.scene.forecast.as_of).days / _DAYS
        if self.axis.contains(weeks):
            cells[self.axis.cell(weeks)] = ("⚑", "bad bold" if item.deadline < _LIKELY else "bold")


def _write_text(cells: AxisCells, at: int, text: str, style: str) -> None:
    """Write a text over cells, up to the end of the axis."""
    for nth, char in enumerate(text[: max(0, len(cells) - at)]):
        cells[at + nth] = (char, style)


def _spans(cells: Iterable[tuple[str, str]]) -> Line:
    """Cells as spans; neighbours of one style are joined."""
    spans: list[StyledSpan] = []
    for style, part in groupby(cells, key=lambda cell: cell[1]):
        spans.append(StyledSpan("".join(char for char, _ in part), style))
    return tuple(spans)


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
