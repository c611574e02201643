"""The board's cards: a title, what there is to expect, and what belongs to it."""

from collections.abc import Iterator

from roadmap_tui.app.lines import Line, Span, clip, fit, line_width, mark, padded, width
from roadmap_tui.app.view import Scene
from roadmap_tui.app.views.marks import marks
from roadmap_tui.forecast.summary import ItemForecast
from roadmap_tui.plan.items import Spike
from roadmap_tui.report.figures import GUESS, when
from roadmap_tui.report.pinned import pinned

_DAYS = 7
_BETWEEN = Span("  ")


def height(item: ItemForecast, is_pinned: bool) -> int:
    """How many lines a card takes: one more where its pin says something, or where it waits."""
    return 2 + (is_pinned or (item.status == "planned" and bool(item.waits_for)))


def card(scene: Scene, item: ItemForecast, cells: int) -> list[Line]:
    """A card of that width."""
    tag = "AI" if scene.is_ai(item.id) else ""
    room = cells - 1 - (width(tag) + 1 if tag else 0)
    colour = "spike" if item.kind == "spike" else item.track
    lead = mark(item.id, item.track)
    lines: list[Line] = [
        (
            lead,
            Span(fit(scene.title(item.id), room), f"{colour} bold", item.id),
            Span(f" {tag}" if tag else "", "model"),
        ),
        (lead, *padded(_joined(list(_prospect(scene, item)), cells - 1), cells - 1)),
    ]
    if notes := _notes(scene, item):
        lines.append((lead, Span(fit(notes, cells - 1), "dim")))
    return [tuple(_of(span, item.id) for span in line) for line in lines]


def _of(span: Span, name: str) -> Span:
    return Span(span.text, span.style, name, span.is_mark)


def _joined(parts: list[Span], cells: int) -> Line:
    """As many of the parts as there is room for, the first one cut if need be."""
    line: tuple[Span, ...] = ()
    for part in parts:
        longer = (*line, *((_BETWEEN,) if line else ()), part)
        if line_width(longer) <= cells:
            line = longer
        elif not line:
            line = (Span(clip(part.text, cells), part.style),)
    return line


def _prospect(scene: Scene, item: ItemForecast) -> Iterator[Span]:
    """Whether and when, by how much that moved, what the checks say, which of its numbers nobody has typed."""
    if item.status == "idea":
        yield Span("idea")
    elif item.odds is not None:
        yield Span(f"{scene.ships(item)} · {_course(scene, item)}")
    else:
        yield Span(scene.ships(item))
        yield Span(when(scene.forecast, item))
    yield from _shift(scene, item)
    yield from marks(scene, item.id)
    own = [guess for guess in item.guesses if "." not in guess]
    if own:
        yield Span(f"{GUESS}{' '.join(own)}", "dim")


def _shift(scene: Scene, item: ItemForecast) -> Iterator[Span]:
    """By how many points its chance moved since the last review."""
    points = scene.since.points(item.id) if scene.since is not None and scene.base is None else 0
    if points:
        yield Span(f"▲{points}" if points > 0 else f"▼{-points}", "good" if points > 0 else "warn")


def _course(scene: Scene, item: ItemForecast) -> str:
    """How far an open spike is, or when its answer is due."""
    spike = scene.plan.items[item.id]
    if isinstance(spike, Spike) and item.status == "active" and spike.started is not None:
        weeks = spike.timebox or scene.plan.policy.timebox
        return f"day {(scene.forecast.as_of - spike.started).days} of {weeks * _DAYS:.0f}"
    return when(scene.forecast, item)


def _notes(scene: Scene, item: ItemForecast) -> str:
    """What its pin says, and what it waits for."""
    waits = _waits_for(scene, item)
    return " · ".join(
        filter(None, (pinned(scene.plan, scene.forecast, item.id), waits and f"waits: {waits}"))
    )


def _waits_for(scene: Scene, item: ItemForecast) -> str:
    if item.status != "planned":
        return ""
    names = (
        "◆" if scene.item(name).kind == "spike" else scene.title(name) for name in item.waits_for
    )
    return ", ".join(dict.fromkeys(names))
