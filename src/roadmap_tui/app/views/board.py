"""The board: what is new, what is on and what is next, what runs, what was found out."""

from collections.abc import Iterator
from functools import partial
from itertools import zip_longest
from typing import TypeAlias

from roadmap_tui.app.lines import Line, Span, clip, fit, joined, line_width, padded, width
from roadmap_tui.app.sheet import Block, Sheet
from roadmap_tui.app.view import TRACKS, Drop, Picture, Scene
from roadmap_tui.app.views import cards, opened
from roadmap_tui.app.views.found_out import found_out
from roadmap_tui.app.views.live import live_strip
from roadmap_tui.forecast.summary import Bucket, ItemForecast
from roadmap_tui.report import since, swings
from roadmap_tui.report.words import at, date

BUCKETS: tuple[Bucket, ...] = ("now", "next", "later")
_GAP = 2
_HEADS = 2
_Row: TypeAlias = tuple[ItemForecast | None, ...]


def board(scene: Scene) -> Picture:
    """Draw the board: a lane for each track, a column for each bucket; each lane scrolls by itself."""
    columns = (scene.width - 2 * _GAP) // 3
    lanes = [_Lane(scene, track, name, columns) for track, name in TRACKS]
    running, found = live_strip(scene), found_out(scene)
    live = sum(each.height if isinstance(each, Block) else 1 for each in running)
    height = _HEADS + 1 + sum(lane.height(free=1) + 1 for lane in lanes) + live + len(found)
    free = int(not scene.height or height <= scene.height)
    lines: list[Line | Block] = [_news(scene), *([()] * free), _heading(scene, columns)]
    parts: list[range] = []
    end = heads = len(lines)
    for lane in lanes:
        lines += [lane.heading(), *lane.blocks(free)]
        parts.append(range(end + 1, end + 1 + lane.height(free)))
        end = parts[-1].stop
    lines += [*running, *(line for _, line in found)]
    parts += [range(end, end + live), range(end + live, end + live + len(found))]
    rows = [
        *(row for lane in lanes for row in lane.names),
        *(each.items for each in running if isinstance(each, Block)),
        *((name,) for name, _ in found),
    ]
    is_open = scene.opened is not None and any(
        scene.opened in row for lane in lanes for row in lane.names
    )
    return Picture(
        Sheet(lines, scene.width),
        tuple(rows),
        fixed=heads,
        below=_next_guess(scene),
        opens=is_open,
        parts=() if is_open else tuple(part for part in parts if part),
        movable=frozenset(name for lane in lanes for row in lane.names for name in row),
        drops=tuple(
            Drop(bucket, nth * (columns + _GAP), nth * (columns + _GAP) + columns)
            for nth, bucket in enumerate(BUCKETS)
        ),
    )


def _news(scene: Scene) -> Line:
    """What is new since the last review, and what needs somebody now."""
    known = scene.since
    moved = since.headlines(known, scene.forecast) if known is not None else []
    calls = [*since.due(scene.plan, scene.forecast), since.alarms(scene.fitness)]
    lead = (
        f"Since {at(known.past.day, 'week', scene.forecast.as_of)}: " if known is not None else ""
    )
    quiet = "nothing moved" if known is not None and not moved else ""
    more = f"{len(moved) - 1} more moved" if moved[1:] else ""
    came = since.came_and_went(known) if known is not None else ""
    end = (Span(scene.key("review"), "bold"), Span(" review ", "dim"))
    room = scene.width - 4 - width(lead) - line_width(end)
    told = joined([*(moved[:1] or [quiet]), *calls, came, more], room) if room > 0 else ""
    line = (Span(f" {lead}", "dim"), Span(told))
    return (*padded(line, scene.width - line_width(end)), *end)


def _next_guess(scene: Scene) -> tuple[Line, ...]:
    """The number that is most worth typing, once that is known."""
    guesses = scene.study.guesses if scene.study is not None else None
    if not guesses:
        return ()
    words = f" Next number worth typing: {swings.guess(scene.forecast, guesses[0])}"
    return (
        (
            Span(clip(words, scene.width - 13), "dim"),
            Span(f"  {scene.key('next-guess')}", "bold"),
            Span(" types it", "dim"),
        ),
    )


def _heading(scene: Scene, columns: int) -> Line:
    policy, forecast = scene.plan.policy, scene.forecast
    words = [
        ("NOW", f"starts by {date(forecast.day(policy.now_weeks))}"),
        ("NEXT", f"by {date(forecast.day(policy.next_weeks))}"),
        ("LATER", ""),
    ]
    spans: list[Span] = []
    for name, until in words:
        head = f" {name}"
        spans += [
            Span(head, "bold"),
            Span(fit(f"  {until}", columns - width(head) + _GAP) if until else "", "dim"),
        ]
    return tuple(spans)


class _Lane:
    """The cards of a track in their columns, in the order in which they are worked."""

    def __init__(self, scene: Scene, track: str, name: str, columns: int) -> None:
        self._scene, self._track, self._name, self._columns = scene, track, name, columns
        place = {each: nth for nth, each in enumerate(scene.forecast.list)}
        pins = {each for each, item in scene.plan.items.items() if item.pin is not None}
        items = sorted(scene.items(track), key=lambda item: place.get(item.id, len(place)))
        self._rows: list[_Row] = list(
            zip_longest(*([item for item in items if item.bucket == bucket] for bucket in BUCKETS))
        )
        self._heights = [
            max(cards.height(item, item.id in pins) for item in row if item) for row in self._rows
        ]
        self.names = [tuple(item.id for item in row if item) for row in self._rows]
        self._opened = [
            opened.lines(scene, scene.opened) if scene.opened in names else []
            for names in self.names
        ]

    def height(self, free: int) -> int:
        """How many lines its cards take, with so many free ones below each row."""
        return sum(self._heights) + free * len(self._rows) + sum(map(len, self._opened)) or 1

    def heading(self) -> Line:
        """The track's name, and how many cards it has."""
        count = sum(map(len, self.names))
        return (
            Span(f" {self._name}", f"{self._track} bold"),
            Span(f"  {count}" if count else "", "dim"),
        )

    def blocks(self, free: int) -> Iterator[Line | Block]:
        """The rows of cards; what to do where there is none."""
        if not self._rows:
            yield (Span(f" {self._scene.nothing(self._track)}", "dim"),)
        for row, names, high, inside in zip(
            self._rows, self.names, self._heights, self._opened, strict=True
        ):
            yield Block(partial(self._row, row, high, free), names, high + free)
            if inside and self._scene.opened is not None:
                yield Block(partial(tuple, inside), (self._scene.opened,), len(inside))

    def _row(self, row: _Row, high: int, free: int) -> list[Line]:
        drawn = [cards.card(self._scene, item, self._columns) if item else [] for item in row]
        lines: list[Line] = []
        for nth_line in range(high):
            spans: list[Span] = []
            for nth, each in enumerate(drawn):
                line = each[nth_line] if nth_line < len(each) else ()
                spans += padded(line, self._columns + (_GAP if nth < len(drawn) - 1 else 0))
            lines.append(tuple(spans))
        return [*lines, *([()] * free)]
