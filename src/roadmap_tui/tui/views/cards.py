"""Cards of the board: title, forecast, notes."""

from collections.abc import Iterator

from roadmap_tui.forecast.simulation.results import ItemForecast
from roadmap_tui.narrative.item_figures import ASSUMPTION_MARK, format_finish_range
from roadmap_tui.narrative.pins import pin_note
from roadmap_tui.plan.items import Spike
from roadmap_tui.tui.views.finding_badges import finding_badges
from roadmap_tui.tui.views.lines import (
    Line,
    StyledSpan,
    fit_cells,
    line_width,
    pad_line,
    selection_mark,
    text_cells,
    truncate,
)
from roadmap_tui.tui.views.view_model import ViewModel

_DAYS = 7
_BETWEEN = StyledSpan("  ")


def card_height(item: ItemForecast, is_pinned: bool) -> int:
    """Number of lines of a card: a third one for notes on its pin or its dependencies."""
    return 2 + (is_pinned or (item.status == "planned" and bool(item.predecessors)))


def render_card(scene: ViewModel, item: ItemForecast, cells: int) -> list[Line]:
    """The lines of a card in that width."""
    tag = "AI" if scene.is_ai(item.id) else ""
    room = cells - 1 - (text_cells(tag) + 1 if tag else 0)
    colour = "spike" if item.kind == "spike" else item.track
    lead = selection_mark(item.id, item.track)
    lines: list[Line] = [
        (
            lead,
            StyledSpan(fit_cells(scene.title(item.id), room), f"{colour} bold", item.id),
            StyledSpan(f" {tag}" if tag else "", "model"),
        ),
        (lead, *pad_line(_join_spans(list(_outlook(scene, item)), cells - 1), cells - 1)),
    ]
    if notes := _notes(scene, item):
        lines.append((lead, StyledSpan(fit_cells(notes, cells - 1), "dim")))
    return [_tag_item(line, item.id) for line in lines]


def _tag_item(line: Line, name: str) -> Line:
    """The line with all of its spans selecting an item."""
    return tuple(StyledSpan(each.text, each.style, name, each.is_selection_mark) for each in line)


def _join_spans(parts: list[StyledSpan], cells: int) -> Line:
    """As many spans as fit, the first one truncated if necessary."""
    line: tuple[StyledSpan, ...] = ()
    for part in parts:
        longer = (*line, *((_BETWEEN,) if line else ()), part)
        if line_width(longer) <= cells:
            line = longer
        elif not line:
            line = (StyledSpan(truncate(part.text, cells), part.style),)
    return line


def _outlook(scene: ViewModel, item: ItemForecast) -> Iterator[StyledSpan]:
    """Chance and finish, their change, badges of the checks, and assumed numbers."""
    if item.status == "idea":
        yield StyledSpan("idea")
    elif item.odds is not None:
        yield StyledSpan(f"{scene.chance_text(item)} · {_spike_progress(scene, item)}")
    else:
        yield StyledSpan(scene.chance_text(item))
        yield StyledSpan(format_finish_range(scene.forecast, item))
    yield from _chance_change(scene, item)
    yield from finding_badges(scene, item.id)
    own = [guess for guess in item.assumptions if "." not in guess]
    if own:
        yield StyledSpan(f"{ASSUMPTION_MARK}{' '.join(own)}", "dim")


def _chance_change(scene: ViewModel, item: ItemForecast) -> Iterator[StyledSpan]:
    """Change of the chance since the last review, in percentage points."""
    if scene.since is not None and scene.baseline is None:
        points = scene.since.points(item.id)
    else:
        points = 0
    if points:
        yield StyledSpan(
            f"▲{points}" if points > 0 else f"▼{-points}", "good" if points > 0 else "warn"
        )


def _spike_progress(scene: ViewModel, item: ItemForecast) -> str:
    """Day of an active spike's timebox, or when its answer is due."""
    spike = scene.plan.items[item.id]
    if isinstance(spike, Spike) and item.status == "active" and spike.started is not None:
        weeks = spike.timebox or scene.plan.policy.timebox
        return f"day {(scene.forecast.as_of - spike.started).days} of {weeks * _DAYS:.0f}"
    return format_finish_range(scene.forecast, item)


def _notes(scene: ViewModel, item: ItemForecast) -> str:
    """Note on the pin, and what the item waits for."""
    waits = _waits_for(scene, item)
    return " · ".join(
        filter(None, (pin_note(scene.plan, scene.forecast, item.id), waits and f"waits: {waits}"))
    )


def _waits_for(scene: ViewModel, item: ItemForecast) -> str:
    if item.status != "planned":
        return ""
    names = (
        "◆" if scene.item(name).kind == "spike" else scene.title(name) for name in item.predecessors
    )
    return ", ".join(dict.fromkeys(names))
