"""Uncertain bets: what may not work, and what depends on it."""

from roadmap_tui.export.phrases import end_sentence
from roadmap_tui.forecast.simulation.results import RankRow
from roadmap_tui.forecast.simulation.sampling import success_chance
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.item_figures import format_delivery_chance
from roadmap_tui.narrative.plan_tables import fallback_text
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.text.numbers import format_person_weeks

_NAMED = 3


def uncertain_bets(context: ReportContext) -> list[tuple[str, RankRow]]:
    """Open items that may not work, with their titles; highest value first."""
    terms = context.run.resolved.items
    rows = [
        row
        for row in context.forecast.ranking
        if terms[row.id].status in OPEN_STATUSES and 0 < success_chance(terms[row.id]) < 1
    ]
    rows.sort(key=lambda row: -row.value)
    return [(context.item_title(row.id), row) for row in rows]


def bet_sentence(context: ReportContext, row: RankRow) -> str:
    """A bet without its title: its chance and cost, what needs it, and its fallback."""
    item = context.forecast.items[row.id]
    waiting = [context.item_title(name) for name in item.dependents]
    more = f" and {len(waiting) - _NAMED} more" if len(waiting) > _NAMED else ""
    parts = [
        f"{format_delivery_chance(item)} chance of shipping by {context.until},"
        f" {_cost_clause(context, row.id)}"
    ]
    if waiting:
        parts.append(f"needed by {', '.join(waiting[:_NAMED])}{more}")
    instead = fallback_text(context.plan, context.forecast, row.id)
    if instead:
        parts.append(f"otherwise: {instead.removeprefix('instead: ')}")
    return end_sentence("; ".join(parts))


def _cost_clause(context: ReportContext, name: str) -> str:
    """Expected work and money, 0 in runs in which it isn't worked on."""
    simulation = context.run.simulation
    weeks = float((simulation.effort(name) * simulation.worked_on(name)).mean())
    cost = context.money.expected_costs.get(name, 0.0)
    priced = f" and {context.currency.format_rounded(cost)}" if cost else ""
    return f"expected cost {format_person_weeks(weeks)}{priced}"
