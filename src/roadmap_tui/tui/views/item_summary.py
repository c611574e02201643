"""Summary of the selected item below every screen."""

from roadmap_tui.forecast.simulation.results import ItemForecast
from roadmap_tui.narrative.item_facts import assumption_list
from roadmap_tui.narrative.item_figures import (
    format_delivery_chance,
    format_eventual_chance,
    format_finish_range,
)
from roadmap_tui.narrative.summary_sentence import next_decision
from roadmap_tui.plan.items import Spike
from roadmap_tui.text.dates import format_date, format_date_range
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

SUMMARY_LINES = 3


def item_summary(scene: ViewModel) -> tuple[Line, ...]:
    """Three lines on the selected item: chance and range, dependencies, queue and assumptions."""
    if scene.selected is None or scene.selected not in scene.forecast.items:
        return ((), (), ())
    item = scene.item(scene.selected)
    colour = "spike" if item.kind == "spike" else item.track
    title = truncate(
        scene.title(item.id), max(20, scene.width // 3 if scene.width > 90 else scene.width // 4)
    )
    facts = join_fitting(_facts(scene, item), scene.width - text_cells(title) - 4)
    lines: tuple[Line, ...] = (
        (StyledSpan("▌", colour), StyledSpan(title, f"{colour} bold"), StyledSpan(f"  {facts}")),
        (StyledSpan(f"  {truncate(' · '.join(_links(scene, item)), scene.width - 4)}", "dim"),),
        (
            StyledSpan(
                f"  {truncate(' · '.join(_queue_and_assumptions(scene, item)), scene.width - 4)}",
                "dim",
            ),
        ),
    )
    return tuple(truncate_line(line, scene.width) for line in lines)


def _facts(scene: ViewModel, item: ItemForecast) -> list[str]:
    forecast = scene.forecast
    if item.status in {"done", "live", "failed", "dropped", "idea"}:
        return [
            item.status,
            *_baseline_facts(scene, item),
            escape_control(scene.plan.items[item.id].summary or ""),
        ]
    if item.odds is not None:
        before, after_yes, after_no = map(
            format_chance, (item.odds.before, item.odds.after_yes, item.odds.after_no)
        )
        return [
            format_delivery_chance(item),
            f"the bet works {before} → {after_yes} on yes, {after_no} on no",
            f"answer {format_finish_range(forecast, item)}",
        ]
    if item.finish is None:
        return ["can't ship as planned", *_outcomes(item)]
    later = f" ({format_eventual_chance(item)} ever)" if format_eventual_chance(item) else ""
    quarters = [
        f"by Q{(q.ends.month + 2) // 3} {format_chance(q.chance)}" for q in item.by_quarter[:4]
    ]
    promise = [] if item.deadline is None else [f"deadline met {format_chance(item.deadline)}"]
    return [
        f"{format_delivery_chance(item)} by {format_date(forecast.horizon_end)}{later}",
        f"if it ships {format_finish_range(forecast, item)} (8 in 10)",
        *_baseline_facts(scene, item),
        *promise,
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


def _outcomes(item: ItemForecast) -> list[str]:
    chances = {
        "fails": item.failed,
        "blocked": item.blocked,
        "dropped by its spike": item.dropped,
        "not needed": item.replaced,
    }
    return [f"{word} {format_chance(chance)}" for word, chance in chances.items() if chance > 0]


def _links(scene: ViewModel, item: ItemForecast) -> list[str]:
    words = []
    if item.predecessors:
        words.append(
            f"waits for {', '.join(_title_and_chance(scene, name) for name in item.predecessors)}"
        )
    if item.dependents:
        words.append(f"holds up {', '.join(scene.title(name) for name in item.dependents)}")
    decision = next_decision(scene.forecast, item.id)
    if decision is not None:
        words.append(f"know more {format_date_range(scene.forecast, scene.item(decision).finish)}")
    source = scene.plan.items[item.id]
    if isinstance(source, Spike) and source.learned:
        words.append(f"learned: {escape_control(source.learned)}")
    return words or [escape_control(source.summary or "")]


def _title_and_chance(scene: ViewModel, name: str) -> str:
    item = scene.item(name)
    if item.kind == "spike":
        return scene.title(name)
    return f"{scene.title(name)} {format_chance(item.ships)}"


def _queue_and_assumptions(scene: ViewModel, item: ItemForecast) -> list[str]:
    """The item's place in the queue, and its assumptions."""
    words = []
    row = scene.forecast.rank_row(item.id)
    if row is not None and row.build_position is not None:
        sake = scene.forecast.bundle_of.get(item.id, item.id)
        reason = f": {scene.title(sake)} waits for it" if sake != item.id else ""
        words.append(f"{format_ordinal(row.build_position)} in the queue{reason}")
    if row is not None and row.covered_by:
        words.append(f"covered by {', '.join(scene.title(name) for name in row.covered_by)}")
    if row is not None and row.value < 0:
        words.append(f"the plan would gain {format_number(-row.value)} without it")
    if item.assumptions:
        words.append(f"~ guesses: {assumption_list(scene.forecast, item)}")
    return words or _outcomes(item)
