"""The board: what is on and what is next, what runs, what was found out."""

from functools import partial
from itertools import zip_longest
from typing import TypeAlias

from roadmap_tui.app.lines import Line, Span, clip, fit, joined, mark, padded, width
from roadmap_tui.app.sheet import Block
from roadmap_tui.app.view import TRACKS, Picture, Scene, picture
from roadmap_tui.app.views.live import live_strip
from roadmap_tui.files.display import printable
from roadmap_tui.forecast.summary import Bucket, ItemForecast
from roadmap_tui.plan.items import Spike
from roadmap_tui.report import swings
from roadmap_tui.report.figures import when
from roadmap_tui.report.words import date

BUCKETS: tuple[Bucket, ...] = ("now", "next", "later")
_GAP = 2
_DAYS = 7


def board(scene: Scene) -> Picture:
    """Draw the board: a lane for each track, a column for each bucket."""
    columns = (scene.width - 2 * _GAP) // 3
    lines: list[Line | Block] = [_heading(scene, columns), _next_guess(scene)]
    rows: list[tuple[str, ...]] = []
    for track, name in TRACKS:
        cards = _lane(scene, track)
        lines.append((Span(f" {name}", f"{track} bold"),))
        if not any(cards):
            lines += [(Span(f" {scene.nothing(track)}", "dim"),), ()]
        for row in zip_longest(*cards):
            rows.append(names := tuple(item.id for item in row if item))
            lines.append(Block(partial(_row, scene, row, columns), names, _height(scene, row)))
    running = live_strip(scene)
    lines += running
    rows += [each.items for each in running if isinstance(each, Block)]
    strips = _found_out(scene)
    lines += [line for _, line in strips]
    rows += [(name,) for name, _ in strips]
    return picture(lines, rows, scene.width, fixed=2)


def _next_guess(scene: Scene) -> Line:
    """The number that is most worth typing, once that is known."""
    guesses = scene.study.guesses if scene.study is not None else None
    if not guesses:
        return ()
    words = f" Next number worth typing: {swings.guess(scene.forecast, guesses[0])}"
    return (Span(clip(words, scene.width - 13), "dim"), Span("  i", "bold"), Span(" types it", "dim"))


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
        spans += [Span(head, "bold"), Span(fit(f"  {until}", columns - width(head) + _GAP) if until else "", "dim")]
    return tuple(spans)


def _lane(scene: Scene, track: str) -> list[list[ItemForecast]]:
    """The cards of a track by bucket, in the order in which they are worked."""
    place = {name: at for at, name in enumerate(scene.forecast.list)}
    items = sorted(scene.items(track), key=lambda item: place.get(item.id, len(place)))
    return [[item for item in items if item.bucket == bucket] for bucket in BUCKETS]


_Row: TypeAlias = tuple[ItemForecast | None, ...]


def _height(scene: Scene, row: _Row) -> int:
    """How many lines a row of cards takes: titles, prospects, what the cards wait for, and one that is free."""
    return 3 + any(_waits_for(scene, item) for item in row if item)


def _row(scene: Scene, row: _Row, columns: int) -> list[Line]:
    cards = [_card(scene, item, columns) if item else [] for item in row]
    lines: list[Line] = []
    for at in range(_height(scene, row) - 1):
        spans: list[Span] = []
        for nth, card in enumerate(cards):
            line = card[at] if at < len(card) else ()
            spans += padded(line, columns + (_GAP if nth < len(cards) - 1 else 0))
        lines.append(tuple(spans))
    return [*lines, ()]


def _card(scene: Scene, item: ItemForecast, columns: int) -> list[Line]:
    tag = "AI" if scene.is_ai(item.id) else ""
    room = columns - 1 - (width(tag) + 1 if tag else 0)
    colour = "spike" if item.kind == "spike" else item.track
    lead = mark(item.id, item.track)
    title = Span(fit(scene.title(item.id), room), f"{colour} bold", item.id)
    lines: list[Line] = [
        (lead, title, Span(f" {tag}" if tag else "", "model", item.id)),
        (lead, Span(fit(_prospect(scene, item), columns - 1), "", item.id)),
    ]
    if names := _waits_for(scene, item):
        lines.append((lead, Span(fit(f"waits: {', '.join(names)}", columns - 1), "dim", item.id)))
    return lines


def _prospect(scene: Scene, item: ItemForecast) -> str:
    if item.status == "idea":
        return "idea"
    if item.odds is not None:
        return f"{scene.ships(item)} · {_course(scene, item)}"
    pinned = scene.plan.items[item.id].pin
    parts = [scene.ships(item), when(scene.forecast, item), f"pinned {pinned}" if pinned else ""]
    return "  ".join(part for part in parts if part)


def _course(scene: Scene, item: ItemForecast) -> str:
    """How far an open spike is, or when its answer is due."""
    spike = scene.plan.items[item.id]
    if isinstance(spike, Spike) and item.status == "active" and spike.started is not None:
        weeks = spike.timebox or scene.plan.policy.timebox
        return f"day {(scene.forecast.as_of - spike.started).days} of {weeks * _DAYS:.0f}"
    return when(scene.forecast, item)


def _waits_for(scene: Scene, item: ItemForecast) -> list[str]:
    if item.status != "planned":
        return []
    names = ("◆" if scene.item(name).kind == "spike" else scene.title(name) for name in item.waits_for)
    return list(dict.fromkeys(names))


def _found_out(scene: Scene) -> list[tuple[str, Line]]:
    spikes = [
        (name, spike) for name, spike in scene.plan.spike.items() if spike.verdict is not None and name in scene.shown
    ]
    spikes.sort(
        key=lambda each: (each[1].verdict != "refuted", -(each[1].finished or scene.forecast.as_of).toordinal())
    )
    words = {"refuted": "No", "confirmed": "Yes", "inconclusive": "Unclear"}
    return [
        (
            name,
            _strip(scene, "FOUND OUT" if nth == 0 else "", name, [f"{words[str(spike.verdict)]}: {_learned(spike)}"]),
        )
        for nth, (name, spike) in enumerate(spikes)
    ]


def _learned(spike: Spike) -> str:
    return printable(spike.learned or spike.answer or "nothing written down yet")


def _strip(scene: Scene, heading: str, name: str, facts: list[str]) -> Line:
    title = clip(scene.title(name), max(16, scene.width // 3))
    left = Span(fit(f" {heading}", 12), "bold")
    room = scene.width - 13 - width(title) - 2
    return (
        left,
        mark(name),
        Span(title, scene.item(name).track, name),
        Span(f"  {joined(facts, room)}", "dim", name),
    )
