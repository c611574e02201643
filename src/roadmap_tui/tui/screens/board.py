"""Board: news, cards by bucket, live items, spike results."""

from collections.abc import Iterator
from functools import partial
from itertools import chain, zip_longest
from typing import TypeAlias

from roadmap_tui.forecast.simulation.results import Bucket, ItemForecast
from roadmap_tui.narrative import sensitivity, since_review
from roadmap_tui.text.dates import format_date, format_day
from roadmap_tui.tui.actions import bindings_for
from roadmap_tui.tui.plan_edits import set_bucket
from roadmap_tui.tui.screen_help import ScreenHelp
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.screens.session_screen import needs_forecast
from roadmap_tui.tui.views import card_details, cards
from roadmap_tui.tui.views.lazy_lines import LazyLines, LineBlock
from roadmap_tui.tui.views.lines import (
    Line,
    StyledSpan,
    fit_cells,
    join_fitting,
    line_width,
    pad_line,
    text_cells,
    truncate,
)
from roadmap_tui.tui.views.live_items import live_item_lines
from roadmap_tui.tui.views.spike_results import spike_result_lines
from roadmap_tui.tui.views.view_model import TRACKS, DropZone, RenderedView, ViewModel
from roadmap_tui.tui.widgets.drag_canvas import DragCanvas

BOARD_COLUMNS: tuple[Bucket, ...] = ("now", "next", "later")
_GAP = 2
_HEADS = 2
_Row: TypeAlias = tuple[ItemForecast | None, ...]


def render_board(scene: ViewModel) -> RenderedView:
    """Render the board: a lane per track, a column per bucket; lanes scroll separately."""
    columns = (scene.width - 2 * _GAP) // 3
    lanes = [_Lane(scene, track, name, columns) for track, name in TRACKS]
    running, found = live_item_lines(scene), spike_result_lines(scene)
    live = sum(each.height if isinstance(each, LineBlock) else 1 for each in running)
    height = _HEADS + 1 + sum(lane.height(free=1) + 1 for lane in lanes) + live + len(found)
    free = int(not scene.height or height <= scene.height)
    lines: list[Line | LineBlock] = [_news_line(scene), *([()] * free), _heading(scene, columns)]
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
    is_open = scene.expanded in card_ids
    return RenderedView(
        LazyLines(lines, scene.width),
        tuple(rows),
        fixed_lines=heads,
        detail_lines=_next_assumption(scene),
        has_expanded_item=is_open,
        scroll_regions=() if is_open else tuple(part for part in parts if part),
        movable=card_ids,
        drop_zones=tuple(
            DropZone(bucket, nth * (columns + _GAP), nth * (columns + _GAP) + columns)
            for nth, bucket in enumerate(BOARD_COLUMNS)
        ),
    )


def _news_line(scene: ViewModel) -> Line:
    """What moved since the last review, and what needs attention."""
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
    end = (StyledSpan(scene.key_label("review"), "bold"), StyledSpan(" review ", "dim"))
    room = scene.width - 4 - text_cells(lead) - line_width(end)
    news = join_fitting([*(moved[:1] or [quiet]), *calls, came, more], room) if room > 0 else ""
    line = (StyledSpan(f" {lead}", "dim"), StyledSpan(news))
    return (*pad_line(line, scene.width - line_width(end)), *end)


def _next_assumption(scene: ViewModel) -> tuple[Line, ...]:
    """The biggest open assumption, once it is known."""
    guesses = scene.insights.assumptions if scene.insights is not None else None
    if not guesses:
        return ()
    words = f" Next number worth typing: {sensitivity.assumption_line(scene.forecast, guesses[0])}"
    return (
        (
            StyledSpan(truncate(words, scene.width - 13), "dim"),
            StyledSpan(f"  {scene.key_label('next-guess')}", "bold"),
            StyledSpan(" types it", "dim"),
        ),
    )


def _heading(scene: ViewModel, columns: int) -> Line:
    policy, forecast = scene.plan.policy, scene.forecast
    words = [
        ("NOW", f"starts by {format_date(forecast.day(policy.now_weeks))}"),
        ("NEXT", f"by {format_date(forecast.day(policy.next_weeks))}"),
        ("LATER", ""),
    ]
    spans: list[StyledSpan] = []
    for name, until in words:
        head = f" {name}"
        spans += [
            StyledSpan(head, "bold"),
            StyledSpan(
                fit_cells(f"  {until}", columns - text_cells(head) + _GAP) if until else "", "dim"
            ),
        ]
    return tuple(spans)


class BoardScreen(PlanScreen):
    """The board."""

    NAME = "board"
    RENDERER = staticmethod(render_board)
    SUBJECTS = ("ships", "bucket")
    SCREEN_HELP = ScreenHelp(
        "what is on and what is next, what runs, what was found out",
        (
            (
                "57%  Feb–May",
                "the chance to ship by the horizon, and when if it does (80 % range)",
            ),
            ("waits: …", "what has to come first"),
            ("pinned", "the column was chosen by hand, not by the forecast"),
            ("AI", "rests on a model"),
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

    def action_open(self) -> None:
        """Expand or collapse a card; open other items in a dialog."""
        self._open_card()

    @needs_forecast
    def _open_card(self) -> None:
        chosen = self.selected_item()
        if chosen is None:
            return
        name, scene = chosen
        if scene.item(name).bucket is None:
            super().action_open()
            return
        self.session.expanded = None if self.session.expanded == name else name
        self.redraw()

    def close_open(self) -> bool:
        """Collapse the expanded card; False without one."""
        if super().close_open():
            return True
        was_open = self.session.expanded is not None
        if was_open:
            self.session.expanded = None
            self.redraw()
        return was_open


class _Lane:
    """The cards of a track in their columns, in build order."""

    def __init__(self, scene: ViewModel, track: str, name: str, columns: int) -> None:
        self._scene, self._track, self._name, self._columns = scene, track, name, columns
        place = {each: nth for nth, each in enumerate(scene.forecast.build_order)}
        pins = {each for each, item in scene.plan.items.items() if item.pin is not None}
        items = sorted(scene.items(track), key=lambda item: place.get(item.id, len(place)))
        by_bucket: dict[Bucket, list[ItemForecast]] = {each: [] for each in BOARD_COLUMNS}
        for item in items:
            if item.bucket is not None:
                by_bucket[item.bucket].append(item)
        self._rows: list[_Row] = list(zip_longest(*by_bucket.values()))
        self._heights: list[int] = []
        self.names: list[tuple[str, ...]] = []
        for row in self._rows:
            present = [item for item in row if item is not None]
            self._heights.append(max(cards.card_height(item, item.id in pins) for item in present))
            self.names.append(tuple(item.id for item in present))
        self._opened = [
            card_details.card_detail_lines(scene, scene.expanded) if scene.expanded in names else []
            for names in self.names
        ]

    @property
    def ids(self) -> Iterator[str]:
        """The ids of its cards."""
        return chain.from_iterable(self.names)

    def height(self, free: int) -> int:
        """Number of lines, with that many empty ones below each row."""
        return sum(self._heights) + free * len(self._rows) + sum(map(len, self._opened)) or 1

    def heading(self) -> Line:
        """The track's name, and the number of its cards."""
        count = sum(map(len, self.names))
        return (
            StyledSpan(f" {self._name}", f"{self._track} bold"),
            StyledSpan(f"  {count}" if count else "", "dim"),
        )

    def blocks(self, free: int) -> Iterator[Line | LineBlock]:
        """The rows of cards; a hint if there are none."""
        if not self._rows:
            yield (StyledSpan(f" {self._scene.empty_message(self._track)}", "dim"),)
        for row, names, high, inside in zip(
            self._rows, self.names, self._heights, self._opened, strict=True
        ):
            yield LineBlock(partial(self._row, row, high, free), names, high + free)
            if inside and self._scene.expanded is not None:
                yield LineBlock(partial(tuple, inside), (self._scene.expanded,), len(inside))

    def _row(self, row: _Row, high: int, free: int) -> list[Line]:
        drawn = [
            cards.render_card(self._scene, item, self._columns) if item else [] for item in row
        ]
        lines: list[Line] = []
        for nth_line in range(high):
            spans: list[StyledSpan] = []
            for nth, each in enumerate(drawn):
                line = each[nth_line] if nth_line < len(each) else ()
                spans += pad_line(line, self._columns + (_GAP if nth < len(drawn) - 1 else 0))
            lines.append(tuple(spans))
        return [*lines, *([()] * free)]
