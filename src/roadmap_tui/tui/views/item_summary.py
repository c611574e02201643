"""Summary of the selected item below every screen."""

from collections.abc import Iterator

from roadmap_tui.forecast.simulation.results import ItemForecast
from roadmap_tui.narrative.item_facts import STATUS_LABELS, assumption_list, format_failure_reasons
from roadmap_tui.narrative.item_figures import (
    format_delivery_chance,
    format_finish_range,
    format_ships,
    people_clause,
)
from roadmap_tui.narrative.summary_sentence import next_decision
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.items import Spike
from roadmap_tui.text.dates import format_date, format_date_range, format_day
from roadmap_tui.text.numbers import format_chance, format_number, format_ordinal
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.views.lines import (
    Line,
    StyledSpan,
    join_fitting,
    text_cells,
    truncate,
    truncate_line,
)
from roadmap_tui.tui.views.view_model import ViewModel

SUMMARY_LINES = 2


def item_summary(scene: ViewModel) -> tuple[Line, ...]:
    """Two lines on the selected item: chance and range; dependencies, queue and assumptions."""
    if scene.selected is None or scene.selected not in scene.forecast.items:
        return ((), ())
    item = scene.item(scene.selected)
    colour = "spike" if item.kind == "spike" else item.track
    title = truncate(
        scene.title(item.id), max(20, scene.width // 3 if scene.width > 90 else scene.width // 4)
    )
    facts = join_fitting(_facts(scene, item), scene.width - text_cells(title) - 4)
    lines: tuple[Line, ...] = (
        (StyledSpan("▌", colour), StyledSpan(title, f"{colour} bold"), StyledSpan(f"  {facts}")),
        (StyledSpan(f"  {join_fitting(_context(scene, item), scene.width - 4)}", "dim"),),
    )
    return tuple(truncate_line(line, scene.width) for line in lines)


def _facts(scene: ViewModel, item: ItemForecast) -> list[str]:
    forecast = scene.forecast
    if item.status not in OPEN_STATUSES:
        about = escape_control(scene.plan.items[item.id].summary or "")
        return [STATUS_LABELS[item.status], *_baseline_facts(scene, item), about]
    if item.odds is not None:
        before, after_yes, after_no = map(
            format_chance, (item.odds.before, item.odds.after_yes, item.odds.after_no)
        )
        return [
            format_delivery_chance(item),
            f"result {format_finish_range(forecast, item)}",
            f"chance it works: now {before}, {after_yes} after a yes, {after_no} after a no",
        ]
    if item.finish is None:
        return ["can't ship as planned", format_failure_reasons(item)]
    quarters = [
        f"by {format_day(quarter.ends, 'quarter', forecast.as_of)} {format_chance(quarter.chance)}"
        for quarter in item.by_quarter[:4]
    ]
    deadline = [] if item.deadline is None else [f"deadline met {format_chance(item.deadline)}"]
    return [
        f"{format_delivery_chance(item)} by {format_date(forecast.horizon_end)}",
        f"if it ships {format_finish_range(forecast, item)} (80% range){people_clause(item)}",
        *_baseline_facts(scene, item),
        *deadline,
        *quarters,
    ]


def _baseline_facts(scene: ViewModel, item: ItemForecast) -> list[str]:
    """During a what-if, the item's figures without it."""
    before = scene.baseline.items.get(item.id) if scene.baseline is not None else None
    if before is None or scene.baseline is None:
        return []
    if before.finish is None:
        return [] if before.status == item.status else [f"was {before.status}"]
    return [f"was {format_delivery_chance(before)}, {format_finish_range(scene.baseline, before)}"]


def _context(scene: ViewModel, item: ItemForecast) -> list[str]:
    """What an item needs and what needs it, its place in the build order, its assumptions."""
    words = []
    if item.predecessors:
        needs = ", ".join(_title_and_chance(scene, name) for name in item.predecessors)
        words.append(f"needs {needs}")
    if item.dependents:
        words.append(f"needed by {', '.join(scene.title(name) for name in item.dependents)}")
    decision = next_decision(scene.forecast, item.id)
    if decision is not None:
        when = format_date_range(scene.forecast, scene.item(decision).finish)
        words.append(f"next decision {when}")
    source = scene.plan.items[item.id]
    if isinstance(source, Spike) and source.learned:
        words.append(f"learned: {escape_control(source.learned)}")
    words += _rank_words(scene, item)
    if item.assumptions:
        words.append(f"assumed: {assumption_list(scene.forecast, item)}")
    return words or [format_failure_reasons(item), escape_control(source.summary or "")]


def _title_and_chance(scene: ViewModel, name: str) -> str:
    item = scene.item(name)
    if item.kind == "spike":
        return scene.title(name)
    return f"{scene.title(name)} {format_ships(item)}"


def _rank_words(scene: ViewModel, item: ItemForecast) -> Iterator[str]:
    row = scene.forecast.rank_row(item.id)
    if row is None:
        return
    if row.build_position is not None:
        target = scene.forecast.bundle_of.get(item.id, item.id)
        reason = f", because {scene.title(target)} needs it" if target != item.id else ""
        yield f"{format_ordinal(row.build_position)} in the build order{reason}"
    if row.covered_by:
        yield f"covered by {', '.join(scene.title(name) for name in row.covered_by)}"
    if row.value < 0:
        yield f"the plan is worth {format_number(-row.value)} more without it"
