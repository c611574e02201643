"""Uncertain bets: what may not work, and what depends on it."""

from roadmap_tui.export.phrases import end_sentence, item_phrase
from roadmap_tui.forecast.simulation.results import RankRow
from roadmap_tui.forecast.simulation.sampling import success_chance
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.item_figures import format_score_factors
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.text.dates import format_chance

_NAMED = 3


def uncertain_bets(subject: ReportContext) -> list[tuple[str, RankRow]]:
    """Open items that may not work, with their titles; highest value first."""
    terms = subject.run.resolved.items
    rows = [
        row
        for row in subject.forecast.ranking
        if terms[row.id].status in OPEN_STATUSES and 0 < success_chance(terms[row.id]) < 1
    ]
    rows.sort(key=lambda row: -row.value)
    return [(subject.item_title(row.id), row) for row in rows]


def bet_sentence(subject: ReportContext, row: RankRow) -> str:
    """A bet without its title: chance, dependents, cost, date."""
    item, currency = subject.forecast.items[row.id], subject.currency
    works = format_chance(success_chance(subject.run.resolved.items[row.id]))
    waiting = [subject.item_title(name) for name in item.dependents]
    more = f" and {len(waiting) - _NAMED} more" if len(waiting) > _NAMED else ""
    parts = [f"works {works}"]
    if waiting:
        parts.append(f"waiting for it: {', '.join(waiting[:_NAMED])}{more}")
    cost = subject.money.expected_costs.get(row.id, 0.0)
    priced = f", {currency.format_amount(cost)}" if cost else ""
    parts.append(f"takes {format_score_factors(row)[2]} person-weeks{priced} on average")
    return end_sentence(f"{'; '.join(parts)}; {item_phrase(subject, item)}")
