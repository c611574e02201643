"""The timeline as a picture: dates and chances."""

from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.diagrams.ridges import delivery_ridges, quarter_starts
from roadmap_tui.diagrams.svg.elements import (
    FONT_SIZE,
    Point,
    SvgPicture,
    area_element,
    group_element,
    line_element,
    right_aligned_text,
    text_element,
)
from roadmap_tui.diagrams.svg.frame import frame_picture
from roadmap_tui.forecast.simulation.results import ItemForecast
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.item_figures import format_delivery_chance, format_finish_range
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.items import Spike
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_chance

TRACK_HEADINGS = {"product": "PRODUCT", "model": "MODELS AND DATA"}
_WIDTH, _NAMES, _SHIPS, _RANGE = 980.0, 270.0, 70.0, 150.0
_ROW, _TOP = 27.0, 68.0
_CELLS = 120
_LOW = 0.01
_LEGEND = (
    "A ridge is as high as the finish is likely there, and full inside the range; ◆ is an answer, ▽"
    " a promise."
)
_FLATTENED = 0.5
"""Exponent of a ridge's height, so that a long one is visible beside a sharp one."""


def timeline_picture(context: ReportContext) -> SvgPicture:
    """Every open item on a calendar; a ridge's height is the likelihood of the finish."""
    drawing = _Drawing.of(context)
    rows: list[str] = []
    at = _TOP
    for track, name in TRACK_HEADINGS.items():
        items = list(_items(context, track))
        if items:
            rows.append(text_element((16, at + 18), name, f"{track} strong", _NAMES, size=11))
            at += _ROW
        for item in items:
            rows.append(group_element(_item_title(context, item), drawing.row(item, at)))
            at += _ROW
    return frame_picture(context, "Timeline", _WIDTH, at, (*drawing.axis(at), *rows), _LEGEND)


def _items(context: ReportContext, track: str) -> Iterator[ItemForecast]:
    """The items of a track: open ones in build order, then live ones and spike results."""
    place = {name: at for at, name in enumerate(context.forecast.build_order)}
    items = [item for item in context.forecast.items.values() if item.track == track]
    yield from sorted(
        (item for item in items if item.status in OPEN_STATUSES), key=lambda item: place[item.id]
    )
    yield from (
        item for item in items if item.status not in OPEN_STATUSES and _closed_text(context, item)
    )


def _closed_text(context: ReportContext, item: ItemForecast) -> str:
    """The text of an item that is no longer open; empty if there is none."""
    source = context.plan.items[item.id]
    if isinstance(source, Spike) and source.verdict is not None:
        return f"{source.verdict}: {source.learned or source.answer or 'nothing written down'}"
    if item.status != "live":
        return ""
    return f"live since {format_date(source.finished)}" if source.finished else "live"


def _item_title(context: ReportContext, item: ItemForecast) -> str:
    """An item as text."""
    if item.status not in OPEN_STATUSES:
        return f"{item.title}: {_closed_text(context, item)}"
    if item.finish is None:
        return f"{item.title}: won't ship as planned"
    if item.odds is not None:
        return (
            f"{item.title}: an answer {format_finish_range(context.forecast, item)},"
            f" {format_delivery_chance(item)}"
        )
    return (
        f"{item.title}: {format_finish_range(context.forecast, item)} if it ships,"
        f" {format_delivery_chance(item)} by {context.until}"
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Maps weeks to positions, and has the ridges."""

    context: ReportContext
    left: float
    right: float
    heights: dict[str, tuple[float, ...]]

    @classmethod
    def of(cls, context: ReportContext) -> "_Drawing":
        """The axis between names and figures."""
        found = {
            name: tuple(map(float, heights))
            for name, heights in delivery_ridges(context.forecast, _CELLS).items()
        }
        return cls(context, _NAMES, _WIDTH - _SHIPS - _RANGE, found)

    def x(self, weeks: float) -> float:
        """The position of a week."""
        share = min(1.0, max(0.0, weeks / self.context.forecast.horizon))
        return self.left + share * (self.right - self.left)

    def axis(self, bottom: float) -> Iterator[str]:
        """Column heads, and lines at the start of quarters."""
        top = _TOP - 12
        yield text_element(
            (16, top),
            f"from {format_date(self.context.forecast.as_of)}",
            "dim",
            _NAMES - 20,
            size=11,
        )
        yield line_element([(self.left, _TOP), (self.left, bottom)], "rule")
        seen = self.left
        for weeks, name in quarter_starts(self.context.forecast):
            yield line_element([(self.x(weeks), _TOP), (self.x(weeks), bottom)], "rule")
            if self.x(weeks) >= seen and self.x(weeks) + 24 < self.right:
                yield text_element((self.x(weeks) + 4, top), name, "dim", 60, size=11)
                seen = self.x(weeks) + 58
        yield right_aligned_text(
            (_WIDTH - _RANGE - 12, top), f"by {self.context.until}", "dim", _SHIPS + 20, size=11
        )
        yield right_aligned_text((_WIDTH - 16, top), "if it ships", "dim", _RANGE - 20, size=11)

    def row(self, item: ItemForecast, top: float) -> Iterator[str]:
        """One item."""
        base = top + _ROW - 7
        is_open = item.status in OPEN_STATUSES
        name = f"◆ {item.title}" if item.kind == "spike" else item.title
        yield text_element((16, base), name, "ink" if is_open else "dim", self.left - 28)
        if not is_open:
            yield text_element(
                (self.left + 8, base),
                _closed_text(self.context, item),
                "dim",
                _WIDTH - self.left - 24,
            )
            return
        if item.finish is None or item.start is None:
            yield text_element((self.left + 8, base), "won't ship as planned", "bad", 200)
            return
        yield from self._spike(item, base) if item.kind == "spike" else self._ridge(item, base)
        if item.odds is None and item.kind != "spike":
            yield right_aligned_text(
                (_WIDTH - _RANGE - 12, base), format_delivery_chance(item), "ink strong", _SHIPS
            )
        yield right_aligned_text(
            (_WIDTH - 16, base),
            format_finish_range(self.context.forecast, item),
            "dim",
            _RANGE - 12,
        )
        yield from self._promise(item, top)

    def _ridge(self, item: ItemForecast, base: float) -> Iterator[str]:
        if item.finish is None or item.start is None:
            return
        heights = [height**_FLATTENED for height in self.heights[item.id]]
        step = (self.right - self.left) / _CELLS
        least = _LOW * max(heights)
        seen = [cell for cell, height in enumerate(heights) if height > least]
        begin = self.x(item.start.p50)
        if not seen:
            yield line_element([(begin, base), (self.right, base)], "line-dim")
            return
        cells = range(seen[0], seen[-1] + 1)
        whole = [(self.left + (cell + 0.5) * step, heights[cell]) for cell in cells]
        if begin < whole[0][0]:
            yield line_element([(begin, base), (whole[0][0], base)], "line-dim", width=1.5)
        low, high = self.x(item.finish.p10), self.x(item.finish.p90)
        yield area_element(_ridge_outline(whole, base), item.track, opacity=0.3)
        inside = [each for each in whole if low - step <= each[0] <= high + step]
        if inside:
            yield area_element(_ridge_outline(inside, base), item.track)

    def _spike(self, item: ItemForecast, base: float) -> Iterator[str]:
        if item.finish is None or item.start is None:
            return
        begin, end, middle = self.x(item.start.p50), self.x(item.finish.p50), base - 5
        yield line_element([(begin, middle), (end, middle)], "line-spike", width=4)
        yield area_element(
            [(end, middle - 6), (end + 6, middle), (end, middle + 6), (end - 6, middle)], "spike"
        )
        spike = self.context.plan.items[item.id]
        if item.odds is not None and isinstance(spike, Spike):
            no = "stop" if spike.on_refuted == "drop" else "continue anyway"
            words = (
                f"{format_chance(item.odds.p_yes)} go · {format_chance(1 - item.odds.p_yes)} {no}"
            )
            room = self.right - end - 20
            if room > FONT_SIZE * 8:
                yield text_element((end + 12, base), words, "dim", room, size=11.5)

    def _promise(self, item: ItemForecast, top: float) -> Iterator[str]:
        """A mark at the deadline."""
        deadline = self.context.plan.items[item.id].deadline
        weeks = (
            (deadline.day - self.context.forecast.as_of).days / 7 if deadline is not None else -1.0
        )
        if 0 <= weeks <= self.context.forecast.horizon:
            at = self.x(weeks)
            yield line_element(
                [(at - 5, top + 3), (at + 5, top + 3), (at, top + 11), (at - 5, top + 3)],
                "line-bad",
                width=1.5,
            )


def _ridge_outline(heights: list[Point], base: float) -> list[Point]:
    """The corners of the area below a ridge."""
    tall = _ROW - 6
    top = [(x, base - max(1.0, height * tall)) for x, height in heights]
    return [(top[0][0], base), *top, (top[-1][0], base)]
