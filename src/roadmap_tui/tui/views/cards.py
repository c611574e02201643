"""Cards of the board: title; chance, finish and badges; dependencies."""

from collections.abc import Iterable, Iterator

from roadmap_tui.forecast.simulation.results import ItemForecast
from roadmap_tui.narrative.item_facts import STATUS_LABELS
from roadmap_tui.narrative.item_figures import ASSUMPTION_MARK, format_finish_range
from roadmap_tui.narrative.pins import pin_note
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.items import Spike
from roadmap_tui.text.dates import format_date
from roadmap_tui.tui.views.finding_badges import finding_badges
from roadmap_tui.tui.views.finish_chart import chance_bar
from roadmap_tui.tui.views.lines import (
    Line,
    StyledSpan,
    fit_cells,
    line_width,
    pad_line,
    text_cells,
    truncate_line,
)
from roadmap_tui.tui.views.view_model import ViewModel

_DAYS, _BAR, _EDGE = 7, 5, "▎"
_ROOMY = 30
"""Cells from which a card shows its chance as a bar too."""
_BETWEEN = StyledSpan("  ")


def card_height(item: ItemForecast, is_pinned: bool) -> int:
    """Number of lines of a card: a third one for notes on its pin or its dependencies."""
    return 2 + (is_pinned or (item.status == "planned" and bool(item.predecessors)))


def render_card(scene: ViewModel, item: ItemForecast, cells: int) -> list[Line]:
    """The lines of a card in that width."""
    tag = "AI" if scene.is_ai(item.id) else ""
    room = cells - 1 - (text_cells(tag) + 1 if tag else 0)
    colour = "spike" if item.kind == "spike" else item.track
    lead = StyledSpan(_EDGE, colour, item.id, is_selection_mark=True)
    lines: list[Line] = [
        (
            lead,
            StyledSpan(fit_cells(scene.title(item.id), room), f"{colour} bold", item.id),
            StyledSpan(f" {tag}" if tag else "", "model"),
        ),
        (lead, *pad_line(_join_parts(_outlook(scene, item, cells), cells - 1), cells - 1)),
    ]
    if notes := _notes(scene, item):
        lines.append((lead, StyledSpan(fit_cells(notes, cells - 1), "dim")))
    return [_tag_item(line, item.id) for line in lines]


def _tag_item(line: Line, name: str) -> Line:
    """The line with all of its spans selecting an item."""
    return tuple(StyledSpan(each.text, each.style, name, each.is_selection_mark) for each in line)


def _join_parts(parts: Iterable[Line], cells: int) -> Line:
    """As many parts as fit, the first one truncated if necessary."""
    line: Line = ()
    for part in parts:
        longer = (*line, *((_BETWEEN,) if line else ()), *part)
        if line_width(longer) <= cells:
            line = longer
        elif not line:
            line = truncate_line(part, cells)
    return line


def _outlook(scene: ViewModel, item: ItemForecast, cells: int) -> Iterator[Line]:
    """Chance and finish, their change, badges of the checks, and the number of assumptions."""
    if item.status not in OPEN_STATUSES:
        yield (StyledSpan(_standing(scene, item), "good" if item.status == "live" else ""),)
    elif item.odds is not None:
        yield (StyledSpan(f"{scene.chance_text(item)} · {_spike_progress(scene, item)}"),)
    else:
        bar = chance_bar(item.ships, item.track, _BAR) if cells >= _ROOMY else ()
        chance = StyledSpan(scene.chance_text(item), "bold")
        yield (*bar, StyledSpan(" "), chance) if bar else (chance,)
        yield (StyledSpan(format_finish_range(scene.forecast, item)),)
    yield from ((each,) for each in _chance_change(scene, item))
    yield from ((each,) for each in finding_badges(scene, item.id))
    own = [field for field in item.assumptions if "." not in field]
    if own:
        yield (StyledSpan(f"{ASSUMPTION_MARK}{len(own)}", "dim"),)


def _standing(scene: ViewModel, item: ItemForecast) -> str:
    finished = scene.plan.items[item.id].finished
    label = STATUS_LABELS[item.status]
    return label if finished is None else f"{label} since {format_date(finished)}"


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
        filter(None, (pin_note(scene.plan, scene.forecast, item.id), waits and f"needs {waits}"))
    )


def _waits_for(scene: ViewModel, item: ItemForecast) -> str:
    if item.status != "planned":
        return ""
    bets = [name for name in item.predecessors if scene.item(name).kind != "spike"]
    spikes = len(item.predecessors) - len(bets)
    words = [scene.title(name) for name in bets]
    words += ["a spike's result"] if spikes == 1 else [f"{spikes} spikes' results"] * bool(spikes)
    return ", ".join(words)
