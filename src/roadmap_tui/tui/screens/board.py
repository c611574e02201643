"""Board: news, cards by bucket, live items, spike results."""

from collections.abc import Iterator
from functools import partial
from itertools import chain, zip_longest
from typing import TypeAlias

from roadmap_tui.forecast.simulation.results import Bucket, ItemForecast
from roadmap_tui.narrative import sensitivity, since_review
from roadmap_tui.plan.base import DELIVERED_STATUSES
from roadmap_tui.text.dates import format_date, format_day
from roadmap_tui.tui.actions import bindings_for
from roadmap_tui.tui.plan_edits import set_bucket
from roadmap_tui.tui.screen_help import ScreenHelp
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.screens.session_screen import needs_forecast
from roadmap_tui.tui.views import cards
from roadmap_tui.tui.views.lazy_lines import LazyLines, LineBlock
from roadmap_tui.tui.views.lines import (
    Line,
    StyledSpan,
    fit_cells,
    join_fitting,
    pad_line,
    text_cells,
    truncate,
)
from roadmap_tui.tui.views.live_items import live_item_lines
from roadmap_tui.tui.views.spike_results import spike_result_lines
from roadmap_tui.tui.views.view_model import TRACKS, DropZone, RenderedView, ViewModel
from roadmap_tui.tui.widgets.drag_canvas import DragCanvas

BOARD_COLUMNS: tuple[Bucket, ...] = ("now", "next", "later")
LIVE = "live"
LIVE_COLUMN_FROM = 116
"""Cells from which live and done items have a column of their own."""
_BETWEEN = StyledSpan(" │ ", "line")
_GAP = 3
_Row: TypeAlias = tuple[ItemForecast | None, ...]


def render_board(scene: ViewModel) -> RenderedView:
    """Render the board: a lane per track, a column per bucket; lanes scroll separately."""
    names = (*BOARD_COLUMNS, LIVE) if scene.width >= LIVE_COLUMN_FROM else BOARD_COLUMNS
    columns = (scene.width - (len(names) - 1) * _GAP) // len(names)
    lanes = [_Lane(scene, track, name, columns, names) for track, name in TRACKS]
    running = [] if LIVE in names else live_item_lines(scene)
    found = spike_result_lines(scene)
    live = sum(each.height if isinstance(each, LineBlock) else 1 for each in running)
    news = _news_lines(scene)
    height = len(news) + 1 + sum(lane.height(free=1) + 1 for lane in lanes) + live + len(found)
    free = int(not scene.height or height <= scene.height)
    lines: list[Line | LineBlock] = [
        *news,
        *([()] * (free and len(news))),
        _heading(scene, columns, names),
    ]
    parts: list[range] = []
    end = heads = len(lines)
    for lane in lanes:
        lines += [lane.heading(), *lane.blocks(free)]
        parts.append(range(end + 1, end + 1 + lane.height(free)))
        end = parts[-1].stop
    lines += [*running, *(line for _, line in found)]
    parts += [range(end, end + live), range(end + live, end + live + len(found))]
    rows = [
        *chain.from_iterable(lane.names for lane in lanes),
        *(each.items for each in running if isinstance(each, LineBlock)),
        *((name,) for name, _ in found),
    ]
    card_ids = frozenset(chain.from_iterable(lane.ids for lane in lanes))
    return RenderedView(
        LazyLines(lines, scene.width),
        tuple(rows),
        fixed_lines=heads,
        detail_lines=_next_assumption(scene),
        scroll_regions=tuple(part for part in parts if part),
        movable=card_ids,
        drop_zones=tuple(
            DropZone(bucket, nth * (columns + _GAP), nth * (columns + _GAP) + columns)
            for nth, bucket in enumerate(BOARD_COLUMNS)
        ),
    )


def _news_lines(scene: ViewModel) -> list[Line]:
    """What moved since the last review, and what needs attention; empty without any."""
    known = scene.since
    moved = since_review.move_headlines(known, scene.forecast) if known is not None else []
    calls = [
        *since_review.answers_due(scene.plan, scene.forecast),
        since_review.live_alarms(scene.readiness),
    ]
    if known is not None:
        lead = f"Since {format_day(known.baseline.day, 'week', scene.forecast.as_of)}: "
    else:
        lead = ""
    quiet = "nothing moved" if known is not None and not moved else ""
    more = f"{len(moved) - 1} more moved" if moved[1:] else ""
    came = since_review.item_changes_line(known) if known is not None else ""
    room = scene.width - 2 - text_cells(lead)
    news = join_fitting([*(moved[:1] or [quiet]), *calls, came, more], room) if room > 0 else ""
    return [(StyledSpan(f" {lead}", "dim"), StyledSpan(news))] if lead or news else []


def _next_assumption(scene: ViewModel) -> tuple[Line, ...]:
    """The biggest open assumption, once it is known."""
    guesses = scene.insights.assumptions if scene.insights is not None else None
    if not guesses:
        return ()
    words = f" Biggest open assumption: {sensitivity.assumption_line(scene.forecast, guesses[0])}."
    return (
        (
            StyledSpan(truncate(words, scene.width - 19), "dim"),
            StyledSpan("  Press ", "dim"),
            StyledSpan(scene.key_label("next-guess"), "bold"),
            StyledSpan(" to set it", "dim"),
        ),
    )


def _heading(scene: ViewModel, columns: int, names: tuple[str, ...]) -> Line:
    policy, forecast = scene.plan.policy, scene.forecast
    notes = {
        "now": f"starts by {format_date(forecast.day(policy.now_weeks))}",
        "next": f"starts by {format_date(forecast.day(policy.next_weeks))}",
        LIVE: "shipped",
    }
    spans: list[StyledSpan] = []
    for nth, name in enumerate(names):
        head = f" {name.upper()}"
        note = fit_cells(f"  {notes.get(name, '')}", columns - text_cells(head))
        spans += [_BETWEEN] if nth else []
        spans += [StyledSpan(head, "bold"), StyledSpan(note, "dim")]
    return tuple(spans)


class BoardScreen(PlanScreen):
    """The board."""

    NAME = "board"
    RENDERER = staticmethod(render_board)
    SUBJECTS = ("ships", "bucket")
    SCREEN_HELP = ScreenHelp(
        "what is planned now, next and later, what is live, and results of spikes",
        (
            (
                "57%  Feb–May",
                "the chance to ship by the horizon, and when if it does (80% range)",
            ),
            ("waits: …", "what it needs first"),
            ("pinned", "the column was chosen by hand"),
            ("AI", "uses a model"),
        ),
    )
    BINDINGS = bindings_for("board")

    @needs_forecast
    def on_drag_canvas_dropped(self, event: DragCanvas.Dropped) -> None:
        """Pin a card to the column it was dropped on."""
        self.session.selected = event.item
        if chosen := self.selected_item():
            name, scene = chosen
            edits = set_bucket(scene.plan, name, scene.item(name).bucket, event.column)
            if edits:
                self.change(f"moved {self.title_of(name)} to {event.column}", edits)


class _Lane:
    """The cards of a track in their columns, in build order."""

    def __init__(
        self, scene: ViewModel, track: str, name: str, columns: int, names: tuple[str, ...]
    ) -> None:
        self._scene, self._track, self._name, self._columns = scene, track, name, columns
        place = {each: nth for nth, each in enumerate(scene.forecast.build_order)}
        pins = {each for each, item in scene.plan.items.items() if item.pin is not None}
        items = sorted(scene.items(track), key=lambda item: place.get(item.id, len(place)))
        by_bucket: dict[str, list[ItemForecast]] = {each: [] for each in names}
        for item in items:
            column = item.bucket or (LIVE if item.status in DELIVERED_STATUSES else "")
            if column in by_bucket:
                by_bucket[column].append(item)
        self._rows: list[_Row] = list(zip_longest(*by_bucket.values()))
        self._heights: list[int] = []
        self.names: list[tuple[str, ...]] = []
        for row in self._rows:
            present = [item for item in row if item is not None]
            self._heights.append(max(cards.card_height(item, item.id in pins) for item in present))
            self.names.append(tuple(item.id for item in present))

    @property
    def _blank(self) -> Line:
        """A line with nothing but the rules between columns."""
        gap = StyledSpan(" " * self._columns)
        return (gap, *((_BETWEEN, gap) * (len(self._rows[0]) - 1)))

    @property
    def ids(self) -> Iterator[str]:
        """The ids of its cards."""
        return chain.from_iterable(self.names)

    def height(self, free: int) -> int:
        """Number of lines, with that many empty ones below each row."""
        return sum(self._heights) + free * len(self._rows) or 1

    def heading(self) -> Line:
        """The track's name, and the number of its cards."""
        count = sum(map(len, self.names))
        name = f" {self._name}"
        text = f" {count} " if count else " "
        rule = "─" * max(0, self._scene.width - text_cells(name) - text_cells(text))
        return (
            StyledSpan(name, f"{self._track} bold"),
            StyledSpan(text, "dim"),
            StyledSpan(rule, "line"),
        )

    def blocks(self, free: int) -> Iterator[Line | LineBlock]:
        """The rows of cards; a hint if there are none."""
        if not self._rows:
            yield (StyledSpan(f" {self._scene.empty_message(self._track)}", "dim"),)
        for row, names, high in zip(self._rows, self.names, self._heights, strict=True):
            yield LineBlock(partial(self._row, row, high, free), names, high + free)

    def _row(self, row: _Row, high: int, free: int) -> list[Line]:
        drawn = [
            cards.render_card(self._scene, item, self._columns) if item else [] for item in row
        ]
        lines: list[Line] = []
        for nth_line in range(high):
            spans: list[StyledSpan] = []
            for nth, each in enumerate(drawn):
                line = each[nth_line] if nth_line < len(each) else ()
                spans += [_BETWEEN] if nth else []
                spans += pad_line(line, self._columns)
            lines.append(tuple(spans))
        return [*lines, *([self._blank] * free)]
