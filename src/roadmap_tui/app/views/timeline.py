"""The timeline: when, and whether."""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.app.lines import Line, Span, clip, fit, mark, right, width
from roadmap_tui.app.sheet import Block
from roadmap_tui.app.view import TRACKS, Picture, Scene, picture
from roadmap_tui.files.display import printable
from roadmap_tui.forecast.loads import Load
from roadmap_tui.forecast.summary import Forecast, ItemForecast
from roadmap_tui.plan.items import Spike
from roadmap_tui.report.figures import when
from roadmap_tui.report.ridges import quarters, ridges
from roadmap_tui.report.words import date, month, percent

_SHIPS, _BLOCKS = 7, "▁▂▃▄▅▆▇█"
_TAIL, _IDLE = 0.01, 0.02
_FLATTENED = 0.4
"""The height of a ridge goes with this power of its share, so that a long one beside a sharp one can be seen."""


def timeline(scene: Scene) -> Picture:
    """Draw the timeline: each finish as a ridge whose height is the density times the chance to ship."""
    shape = _Shape.of(scene)
    lines: list[Line | Block] = [shape.heading()]
    rows: list[tuple[str, ...]] = []
    for track, name in TRACKS:
        items = _in_order(scene, track)
        lines.append((Span(fit(f" {name}", shape.title), f"{track} bold"), *shape.quiet()))
        for item in items:
            lines.append(Block(partial(shape.row, item), (item.id,)))
            rows.append((item.id,))
        if not items:
            lines.append((Span(fit(f" {scene.nothing(track)}", shape.title), "dim"), *shape.quiet()))
    lines += _together(scene)
    if loads := _loads(scene):
        lines += [(Span(fit(" TEAMS", shape.title), "dim bold"), *shape.quiet()), *map(shape.load, loads)]
    return picture(lines, rows, scene.width, fixed=1)


def _together(scene: Scene) -> list[Line]:
    """The chance that all that passes the filter delivers."""
    chance = scene.study.together if scene.study is not None else None
    if chance is None:
        return []
    return [(Span(f" all of these by {month(scene.forecast.until)}: {percent(chance)}", "bold"),)]


def _loads(scene: Scene) -> tuple[Load, ...]:
    return (scene.study.loads or ()) if scene.study is not None else ()


def _marks(forecast: Forecast, axis: int) -> tuple[tuple[int, str], ...]:
    """The cells at which quarters begin, with their names."""
    return tuple((int(weeks / forecast.horizon * axis), name) for weeks, name in quarters(forecast))


def _in_order(scene: Scene, track: str) -> list[ItemForecast]:
    place = {name: at for at, name in enumerate(scene.forecast.list)}
    return sorted(
        (item for item in scene.items(track) if _is_drawn(scene, item)),
        key=lambda item: (item.id not in place, place.get(item.id, 0)),
    )


def _is_drawn(scene: Scene, item: ItemForecast) -> bool:
    if item.status in {"planned", "active", "live"}:
        return True
    spike = scene.plan.items[item.id]
    return isinstance(spike, Spike) and spike.verdict is not None


@dataclass(frozen=True, slots=True)
class _Shape:
    """The axis: where weeks and quarters lie, and the ridges over it."""

    scene: Scene
    title: int
    axis: int
    ships: int
    range: int
    quarters: tuple[tuple[int, str], ...]
    ridges: dict[str, NDArray[np.float64]]

    @classmethod
    def of(cls, scene: Scene) -> "_Shape":
        """The axis that fits the room."""
        forecast = scene.forecast
        title = min(34, max(20, scene.width // 4))
        ranges = [when(forecast, item) for item in forecast.items.values()]
        room = max((width(text) for text in ranges), default=5) + 1
        chance = (
            max((width(scene.ships(item)) for item in forecast.items.values() if item.kind != "spike"), default=0) + 1
        )
        chance = max(_SHIPS, chance)
        axis = max(10, scene.width - title - chance - room)
        return cls(scene, title, axis, chance, room, _marks(forecast, axis), ridges(forecast, axis))

    def heading(self) -> Line:
        """The quarters' names over the axis."""
        names = [" "] * self.axis
        for cell, name in self.quarters:
            if cell + len(name) + 1 < self.axis:
                names[cell : cell + len(name) + 1] = f"│{name}"
        start = fit(f" from {date(self.scene.forecast.as_of)}", self.title)
        return (Span(start + "".join(names) + right("ships", self.ships) + right("range", self.range), "dim"),)

    def _background(self) -> list[str]:
        marks = [" "] * self.axis
        for cell, _ in self.quarters:
            marks[cell] = "│"
        return marks

    def quiet(self) -> Line:
        """The axis of a line with nothing on it."""
        return (Span("".join(self._background()), "line"), Span(" " * (self.ships + self.range)))

    def row(self, item: ItemForecast) -> tuple[Line]:
        """One item, on one line."""
        scene = self.scene
        colour = "spike" if item.kind == "spike" else item.track
        past = item.status not in {"planned", "active"}
        name = Span(fit(scene.title(item.id), self.title - 2), "dim" if past else "", item.id)
        lead = (mark(item.id, colour), name, Span(" ", "", item.id))
        if past:
            return ((*lead, Span(clip(self._past(item), self.axis + self.ships + self.range), "dim", item.id)),)
        ends = (
            Span(right("" if item.kind == "spike" else scene.ships(item), self.ships), "bold", item.id),
            Span(right(when(scene.forecast, item), self.range), "dim", item.id),
        )
        body = self._spike(item) if item.kind == "spike" else self._ridge(item)
        return ((*lead, *(replace(part, item=item.id) for part in body), *ends),)

    def load(self, team: Load) -> Line:
        """How busy a team is in the middle of the futures: the fuller the cell, the more of its people are at work."""
        weeks = [week.p50 / team.people for week in team.busy]
        axis = []
        for cell in range(self.axis):
            first, last = (int(edge * len(weeks) / self.axis) for edge in (cell, cell + 1))
            part = weeks[first : max(last, first + 1)]
            busy = sum(part) / len(part) if part else 0.0
            axis.append(_BLOCKS[min(7, int(busy * 8))] if busy > _IDLE else " ")
        whole = sum(weeks) / max(1, len(weeks))
        name = fit(f" {printable(team.team)}, {team.people} people", self.title)
        return (
            Span(name, "dim"),
            Span("".join(axis), "dim"),
            Span(right(percent(min(1.0, whole)), self.ships), "dim"),
            Span(right("at work", self.range), "dim"),
        )

    def _past(self, item: ItemForecast) -> str:
        source = self.scene.plan.items[item.id]
        if isinstance(source, Spike) and source.verdict is not None:
            return f"{source.verdict}: {printable(source.learned or source.answer or '')}"
        return f"live since {date(source.finished)}" if source.finished else "live"

    def _cell(self, weeks: float) -> int:
        return min(self.axis - 1, max(0, int(weeks / self.scene.forecast.horizon * self.axis)))

    def _spike(self, item: ItemForecast) -> Line:
        """A bar up to the answer, and its odds in words."""
        if item.start is None or item.finish is None:
            return (Span(fit("never starts", self.axis), "dim"),)
        begin, end = self._cell(item.start.p50), self._cell(item.finish.p50)
        bar = "━" * (end - begin) + "◆"
        words = ""
        if item.odds is not None:
            spike = self.scene.plan.spike[item.id]
            no = "dropped" if spike.on_refuted == "drop" else "goes on"
            words = f" {percent(item.odds.yes)} yes → goes on · {percent(1 - item.odds.yes)} no → {no}"
        marks = self._background()
        before, after = "".join(marks[:begin]), "".join(marks[end + 1 :])
        words = clip(words, len(after))
        return (
            Span(before, "line"),
            Span(bar, "spike bold"),
            Span(words, "dim"),
            Span(after[width(words) :], "line"),
        )

    def _ridge(self, item: ItemForecast) -> Line:
        if item.start is None or item.finish is None:
            return (Span(fit("can't ship as planned", self.axis), "bad"),)
        ridge = self.ridges[item.id]
        background = self._background()
        low, high = self._cell(item.finish.p10), self._cell(item.finish.p90)
        begin = self._cell(item.start.p50)
        seen = np.flatnonzero(ridge > _TAIL * ridge.max())
        spans: list[Span] = []
        for cell in range(self.axis):
            if seen.size and seen[0] <= cell <= seen[-1]:
                height = ridge[cell] ** _FLATTENED
                block = _BLOCKS[min(7, int(height * 8))]
                spans.append(Span(block, item.track if low <= cell <= high else "dim"))
            elif begin <= cell < low:
                spans.append(Span("─", "dim"))
            else:
                spans.append(Span(background[cell], "line"))
        return tuple(spans)
