"""The bets: what may not work, and what hangs on it."""

from roadmap_tui.forecast.draws import chance_of
from roadmap_tui.forecast.summary import RankRow
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.report.export.phrase import phrase, sentence
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.figures import factors
from roadmap_tui.report.words import percent

_NAMED = 3


def bets(subject: Subject) -> list[tuple[str, RankRow]]:
    """Open items that may not work, with their titles; first those on which most value hangs."""
    terms = subject.run.resolved.terms
    rows = [
        row
        for row in subject.forecast.ranking
        if terms[row.id].status in OPEN and 0 < chance_of(terms[row.id]) < 1
    ]
    rows.sort(key=lambda row: -row.value)
    return [(subject.item_title(row.id), row) for row in rows]


def bet_told(subject: Subject, row: RankRow) -> str:
    """A bet without its title: how likely it works, what hangs on it, what it takes, by when."""
    item, currency = subject.forecast.items[row.id], subject.currency
    works = percent(chance_of(subject.run.resolved.terms[row.id]))
    waiting = [subject.item_title(name) for name in item.holds_up]
    more = f" and {len(waiting) - _NAMED} more" if len(waiting) > _NAMED else ""
    parts = [f"works {works}"]
    if waiting:
        parts.append(f"waiting for it: {', '.join(waiting[:_NAMED])}{more}")
    cost = subject.money.spent.get(row.id, 0.0)
    priced = f", {currency.money(cost)}" if cost else ""
    parts.append(f"takes {factors(row)[2]} person-weeks{priced} on average")
    return sentence(f"{'; '.join(parts)}; {phrase(subject, item)}")
