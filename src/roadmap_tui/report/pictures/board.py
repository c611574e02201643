"""The board as a picture: what is on and what is next, what runs, what was found out."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from roadmap_tui.forecast.summary import Bucket, ItemForecast
from roadmap_tui.plan.items import Spike
from roadmap_tui.plan.resolve import is_ai
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.figures import ships, when
from roadmap_tui.report.fitness_live import HEADS, Live, live
from roadmap_tui.report.pictures.frame import TOP, framed
from roadmap_tui.report.pictures.pen import Picture, box, ended, group, text, wrapped
from roadmap_tui.report.pictures.timeline import TRACKS
from roadmap_tui.report.words import date

_WIDTH, _EDGE, _GAP = 980.0, 16.0, 14.0
_COLUMN = (_WIDTH - 2 * _EDGE - 2 * _GAP) / 3
_LINE, _PADDED, _BETWEEN, _STRIP = 16.0, 14.0, 10.0, 22.0
_BUCKETS: tuple[Bucket, ...] = ("now", "next", "later")
_ANSWERS = {"refuted": "No", "confirmed": "Yes", "inconclusive": "Unclear"}


def board(subject: Subject) -> Picture:
    """A lane for each track, a column for each bucket; below, what is live and what was found out."""
    body = list(_heads(subject))
    at = TOP + 30
    for track, name in TRACKS.items():
        lanes = _lane(subject, track)
        if not any(lanes):
            continue
        body.append(text((_EDGE, at + 12), name, f"{track} strong", _COLUMN, size=11))
        at += 20
        for row in zip_longest(*lanes):
            cards = [
                (nth, _Card.of(subject, item)) for nth, item in enumerate(row) if item is not None
            ]
            height = max(len(card.lines) for _, card in cards) * _LINE + _PADDED
            body += [card.drawn(_left(nth), at, height) for nth, card in cards]
            at += height + _BETWEEN
        at += 6
    for name, strips in (("LIVE", _live(subject)), ("FOUND OUT", _found_out(subject))):
        for nth, (title, words) in enumerate(strips):
            body.append(text((_EDGE, at + 14), "" if nth else name, "dim strong", 90, size=11))
            body.append(text((_EDGE + 96, at + 14), title, "ink strong", 250))
            body.append(text((_EDGE + 356, at + 14), words, "dim", _WIDTH - _EDGE * 2 - 356))
            at += _STRIP
    return framed(subject, "Board", _WIDTH, at, body)


def _heads(subject: Subject) -> Iterator[str]:
    policy, forecast = subject.plan.policy, subject.forecast
    words = (
        ("NOW", f"starts by {date(forecast.day(policy.now_weeks))}"),
        ("NEXT", f"by {date(forecast.day(policy.next_weeks))}"),
        ("LATER", ""),
    )
    for nth, (name, until) in enumerate(words):
        left = _left(nth)
        yield text((left, TOP + 18), name, "ink strong", 60)
        yield text((left + 62, TOP + 18), until, "dim", _COLUMN - 66, size=12)


def _left(column: int) -> float:
    return _EDGE + column * (_COLUMN + _GAP)


def _lane(subject: Subject, track: str) -> list[list[ItemForecast]]:
    place = {name: at for at, name in enumerate(subject.forecast.list)}
    items = [item for item in subject.forecast.items.values() if item.track == track]
    items.sort(key=lambda item: place.get(item.id, len(place)))
    return [[item for item in items if item.bucket == bucket] for bucket in _BUCKETS]


@dataclass(frozen=True, slots=True)
class _Card:
    """One item on the board.

    Attributes:
        lines: its texts and how they look.
        told: all of it in words.
    """

    lines: tuple[tuple[str, str], ...]
    colour: str
    tag: str
    told: str

    @classmethod
    def of(cls, subject: Subject, item: ItemForecast) -> "_Card":
        """The card of an item: its title in up to two lines, its prospect, and what it waits for."""
        colour = "spike" if item.kind == "spike" else item.track
        tag = "AI" if item.kind == "product" and is_ai(subject.plan, item.id) else ""
        title = f"◆ {item.title}" if item.kind == "spike" else item.title
        prospect, waits = (
            _prospect(subject, item),
            ", ".join(map(subject.item_title, item.waits_for)),
        )
        lines = [(each, f"{colour} strong") for each in wrapped(title, (_COLUMN - 50) / 1.1, 2)]
        lines += [(prospect, "ink"), *([(f"waits: {waits}", "dim")] if waits else [])]
        told = f"{item.title}: {prospect}" + (f"; waits for {waits}" if waits else "")
        return cls(tuple(lines), colour, tag, told)

    def drawn(self, left: float, top: float, height: float) -> str:
        """It at its place."""
        elements = [
            box((left, top), (_COLUMN, height), "panel", rounded=4),
            box((left, top), (4, height), self.colour),
        ]
        for nth, (words, look) in enumerate(self.lines):
            size = 13.0 if "strong" in look else 12.0
            elements.append(
                text((left + 14, top + 19 + _LINE * nth), words, look, _COLUMN - 24, size)
            )
        if self.tag:
            elements.append(ended((left + _COLUMN - 8, top + 18), self.tag, "model", 30, 11))
        return group(self.told, elements)


def _prospect(subject: Subject, item: ItemForecast) -> str:
    if item.status == "idea":
        return "idea"
    if item.finish is None:
        return "won't ship as planned"
    pinned = subject.plan.items[item.id].pin
    return " · ".join(
        [ships(item), when(subject.forecast, item), *([f"pinned {pinned}"] if pinned else [])]
    )


def _live(subject: Subject) -> list[tuple[str, str]]:
    return [
        (subject.item_title(each.id), " · ".join(_facts(each)) or "live")
        for each in live(subject.fitness)
    ]


def _facts(item: Live) -> Iterator[str]:
    for head, cell in zip(HEADS, item.cells, strict=False):
        if cell.text:
            yield f"{head} {cell.text}"
    yield from item.notes


def _found_out(subject: Subject) -> list[tuple[str, str]]:
    spikes = [
        (name, spike) for name, spike in subject.plan.spike.items() if spike.verdict is not None
    ]
    spikes.sort(key=lambda each: each[1].verdict != "refuted")
    return [
        (subject.item_title(name), f"{_ANSWERS[str(spike.verdict)]}: {_learned(spike)}")
        for name, spike in spikes
    ]


def _learned(spike: Spike) -> str:
    return spike.learned or spike.answer or "nothing written down yet"
