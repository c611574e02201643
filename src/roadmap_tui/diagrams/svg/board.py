"""The board as a picture: buckets, live items, spike results."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from roadmap_tui.diagrams.svg.elements import (
    SvgPicture,
    group_element,
    rect_element,
    right_aligned_text,
    text_element,
    wrap_text_to_width,
)
from roadmap_tui.diagrams.svg.frame import BODY_TOP, frame_picture
from roadmap_tui.diagrams.svg.timeline import TRACK_HEADINGS
from roadmap_tui.forecast.simulation.results import Bucket, ItemForecast
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.item_figures import format_delivery_chance, format_finish_range
from roadmap_tui.narrative.readiness.live_items import LIVE_COLUMNS, LiveItem, live_items
from roadmap_tui.plan.items import Spike
from roadmap_tui.plan.resolver import uses_ai
from roadmap_tui.text.dates import format_date

_WIDTH, _EDGE, _GAP = 980.0, 16.0, 14.0
_COLUMN = (_WIDTH - 2 * _EDGE - 2 * _GAP) / 3
_LINE, _PADDED, _BETWEEN, _STRIP = 16.0, 14.0, 10.0, 22.0
_BUCKETS: tuple[Bucket, ...] = ("now", "next", "later")
_ANSWERS = {"refuted": "No", "confirmed": "Yes", "inconclusive": "Unclear"}


def board_picture(context: ReportContext) -> SvgPicture:
    """A lane for each track, a column for each bucket; below, live items and spike results."""
    body = list(_heads(context))
    at = BODY_TOP + 30
    for track, name in TRACK_HEADINGS.items():
        lanes = _lane(context, track)
        if not any(lanes):
            continue
        body.append(text_element((_EDGE, at + 12), name, f"{track} strong", _COLUMN, size=11))
        at += 20
        for row in zip_longest(*lanes):
            cards = [
                (nth, _Card.of(context, item)) for nth, item in enumerate(row) if item is not None
            ]
            height = max(len(card.lines) for _, card in cards) * _LINE + _PADDED
            body += [card.drawn(_left(nth), at, height) for nth, card in cards]
            at += height + _BETWEEN
        at += 6
    for name, strips in (("LIVE", _live(context)), ("FOUND OUT", _spike_results(context))):
        body += _strips(name, strips, at)
        at += _STRIP * len(strips)
    return frame_picture(context, "Board", _WIDTH, at, body)


def _strips(name: str, strips: list[tuple[str, str]], top: float) -> Iterator[str]:
    """Rows with a title and words; the first one has the name of all."""
    room = _WIDTH - _EDGE * 2 - 356
    for nth, (title, words) in enumerate(strips):
        at = top + _STRIP * nth + 14
        yield text_element((_EDGE, at), "" if nth else name, "dim strong", 90, size=11)
        yield text_element((_EDGE + 96, at), title, "ink strong", 250)
        yield text_element((_EDGE + 356, at), words, "dim", room)


def _heads(context: ReportContext) -> Iterator[str]:
    policy, forecast = context.plan.policy, context.forecast
    words = (
        ("NOW", f"starts by {format_date(forecast.day(policy.now_weeks))}"),
        ("NEXT", f"by {format_date(forecast.day(policy.next_weeks))}"),
        ("LATER", ""),
    )
    for nth, (name, until) in enumerate(words):
        left = _left(nth)
        yield text_element((left, BODY_TOP + 18), name, "ink strong", 60)
        yield text_element((left + 62, BODY_TOP + 18), until, "dim", _COLUMN - 66, size=12)


def _left(column: int) -> float:
    return _EDGE + column * (_COLUMN + _GAP)


def _lane(context: ReportContext, track: str) -> list[list[ItemForecast]]:
    place = {name: at for at, name in enumerate(context.forecast.build_order)}
    items = [item for item in context.forecast.items.values() if item.track == track]
    items.sort(key=lambda item: place.get(item.id, len(place)))
    lanes: dict[Bucket, list[ItemForecast]] = {bucket: [] for bucket in _BUCKETS}
    for item in items:
        if item.bucket is not None:
            lanes[item.bucket].append(item)
    return list(lanes.values())


@dataclass(frozen=True, slots=True)
class _Card:
    """One item on the board.

    Attributes:
        lines: texts with their style.
        description: the whole card as text.
    """

    lines: tuple[tuple[str, str], ...]
    colour: str
    tag: str
    description: str

    @classmethod
    def of(cls, context: ReportContext, item: ItemForecast) -> "_Card":
        """The card of an item: title in up to two lines, outlook, and predecessors."""
        colour = "spike" if item.kind == "spike" else item.track
        tag = "AI" if item.kind == "product" and uses_ai(context.plan, item.id) else ""
        title = f"◆ {item.title}" if item.kind == "spike" else item.title
        prospect, waits = (
            _prospect(context, item),
            ", ".join(map(context.item_title, item.predecessors)),
        )
        lines = [
            (each, f"{colour} strong")
            for each in wrap_text_to_width(title, (_COLUMN - 50) / 1.1, 2)
        ]
        lines += [(prospect, "ink"), *([(f"waits: {waits}", "dim")] if waits else [])]
        description = f"{item.title}: {prospect}" + (f"; waits for {waits}" if waits else "")
        return cls(tuple(lines), colour, tag, description)

    def drawn(self, left: float, top: float, height: float) -> str:
        """Draw the card at its position."""
        elements = [
            rect_element((left, top), (_COLUMN, height), "panel", rounded=4),
            rect_element((left, top), (4, height), self.colour),
        ]
        for nth, (words, look) in enumerate(self.lines):
            size = 13.0 if "strong" in look else 12.0
            elements.append(
                text_element((left + 14, top + 19 + _LINE * nth), words, look, _COLUMN - 24, size)
            )
        if self.tag:
            elements.append(
                right_aligned_text((left + _COLUMN - 8, top + 18), self.tag, "model", 30, 11)
            )
        return group_element(self.description, elements)


def _prospect(context: ReportContext, item: ItemForecast) -> str:
    if item.status == "idea":
        return "idea"
    if item.finish is None:
        return "won't ship as planned"
    pinned = context.plan.items[item.id].pin
    return " · ".join(
        [
            format_delivery_chance(item),
            format_finish_range(context.forecast, item),
            *([f"pinned {pinned}"] if pinned else []),
        ]
    )


def _live(context: ReportContext) -> list[tuple[str, str]]:
    return [
        (context.item_title(each.id), " · ".join(_facts(each)) or "live")
        for each in live_items(context.readiness)
    ]


def _facts(item: LiveItem) -> Iterator[str]:
    for head, cell in zip(LIVE_COLUMNS, item.cells, strict=False):
        if cell.text:
            yield f"{head} {cell.text}"
    yield from item.notes


def _spike_results(context: ReportContext) -> list[tuple[str, str]]:
    spikes = [
        (name, spike) for name, spike in context.plan.spike.items() if spike.verdict is not None
    ]
    spikes.sort(key=lambda each: each[1].verdict != "refuted")
    return [
        (context.item_title(name), f"{_ANSWERS[str(spike.verdict)]}: {_learned(spike)}")
        for name, spike in spikes
    ]


def _learned(spike: Spike) -> str:
    return spike.learned or spike.answer or "nothing written down yet"
