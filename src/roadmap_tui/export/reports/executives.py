"""One-page report for executives: the ask, outcomes, what is live, decisions, money, risks."""

import datetime as dt
from collections.abc import Iterator

from roadmap_tui.export.bets import bet_sentence, uncertain_bets
from roadmap_tui.export.blocks import (
    Block,
    Paragraph,
    Report,
    bullet_blocks,
    report_sections,
    table_blocks,
)
from roadmap_tui.export.decisions import decision_rows
from roadmap_tui.export.figures import picture_blocks
from roadmap_tui.export.phrases import end_sentence
from roadmap_tui.export.reports.lessons import lesson_items
from roadmap_tui.forecast.simulation.calibration import calibration
from roadmap_tui.forecast.simulation.results import ItemForecast
from roadmap_tui.narrative.calibration import effort_sentence
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.item_facts import STATUS_LABELS
from roadmap_tui.narrative.item_figures import (
    ASSUMPTION_MARK,
    format_delivery_chance,
    format_finish_range,
)
from roadmap_tui.narrative.money import cost_sentence, unpriced_sentence
from roadmap_tui.narrative.preamble import preamble_sentences
from roadmap_tui.plan.base import DELIVERED_STATUSES, OPEN_STATUSES
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_chance, format_count, format_whole_percent

_OUTCOMES, _RISKS, _DECISIONS, _LESSONS, _LOSSES = 3, 3, 5, 3, 3
"""How many entries fit on a page."""
_RECENT = dt.timedelta(weeks=13)
"""How long ago an item may have shipped to be news."""


def executive_report(context: ReportContext) -> Report:
    """The ask, outcomes, what is live, decisions, lessons, money, risks, and certainty."""
    decisions = decision_rows(context)
    risks = uncertain_bets(context)[:_RISKS]
    return Report(
        context.title,
        (*_headline(context, decisions), *preamble_sentences(context)),
        (
            *report_sections("Outcomes", _outcomes(context)),
            *report_sections("Live and shipped", bullet_blocks(_delivered(context))),
            *report_sections(
                "Decisions needed",
                table_blocks(
                    ("By", "Decision", "What depends on it", "If no"), decisions[:_DECISIONS]
                ),
            ),
            *report_sections("What we learned", bullet_blocks(lesson_items(context)[:_LESSONS])),
            *report_sections("Money", _money(context)),
            *report_sections(
                "Risks",
                bullet_blocks(Paragraph(bet_sentence(context, row), title) for title, row in risks),
            ),
            *report_sections("How certain this is", bullet_blocks(_certainty_sentences(context))),
            *report_sections("Timeline", picture_blocks("timeline", context)),
        ),
        context.scenario,
        context.version_sentence,
    )


def _headline(context: ReportContext, decisions: list[tuple[str, str, str, str]]) -> Iterator[str]:
    """What is asked of the reader first, and how much of the plan is expected to ship."""
    if decisions:
        day, decision, _, _ = decisions[0]
        last = day.removeprefix(ASSUMPTION_MARK).rpartition("–")[2]
        lead = f"Decide {last}" if last.startswith(("now", "after")) else f"Decide by {last}"
        yield end_sentence(f"{lead}: {decision}")
    ahead = _open_items(context)
    if ahead:
        expected = sum(item.ships for item in ahead)
        yield (
            f"{expected:.1f} of {format_count(len(ahead), 'open item')} are expected to ship by"
            f" {context.until}."
        )


def _open_items(context: ReportContext) -> list[ItemForecast]:
    """Open features and models."""
    return [
        item
        for item in context.forecast.items.values()
        if item.kind != "spike" and item.status in OPEN_STATUSES
    ]


def _outcomes(context: ReportContext) -> Iterator[Block]:
    """The most valuable features, all in progress and all with a deadline; the others by title."""
    forecast = context.forecast
    value = {row.id: row.own_value * row.delivers for row in forecast.ranking}
    whole = sum(value.values())
    ahead = [item for item in _open_items(context) if item.kind == "product"]
    by_value = sorted(ahead, key=lambda item: -value.get(item.id, 0.0))
    top = {item.id for item in by_value[:_OUTCOMES]}
    shown = [
        item
        for item in by_value
        if item.id in top or item.status == "active" or item.deadline is not None
    ]
    heads = ("Outcome", f"Chance by {context.until}", "When, if it ships", "Share of value")
    rows = []
    for item in shown:
        share = value.get(item.id, 0.0) / whole if whole else 0.0
        rows.append(
            (
                _outcome_title(context, item),
                format_delivery_chance(item),
                format_finish_range(forecast, item),
                format_whole_percent(share),
            )
        )
    yield from table_blocks(heads, rows, "lrlr")
    others = [item.title for item in by_value if item not in shown]
    if others:
        yield Paragraph(f"Also planned: {', '.join(others)}.")


def _outcome_title(context: ReportContext, item: ItemForecast) -> str:
    """A title, with what was promised."""
    deadline = context.plan.items[item.id].deadline
    if deadline is None or item.deadline is None:
        return item.title
    met = f"{format_chance(item.deadline)} chance to meet it"
    return f"{item.title} (promised by {format_date(deadline.day)}: {met})"


def _delivered(context: ReportContext) -> Iterator[Paragraph]:
    """What is live, and what was finished lately."""
    for item in context.forecast.items.values():
        finished = context.plan.items[item.id].finished
        if item.kind == "spike" or item.status not in DELIVERED_STATUSES:
            continue
        if item.status == "live":
            since = f" since {format_date(finished)}" if finished else ""
            yield Paragraph(f"{STATUS_LABELS[item.status]}{since}.", item.title)
        elif finished is not None and context.forecast.as_of - finished <= _RECENT:
            yield Paragraph(f"{STATUS_LABELS[item.status]} on {format_date(finished)}.", item.title)


def _money(context: ReportContext) -> Iterator[Block]:
    money, currency = context.money, context.currency
    if not context.forecast.build_order:
        return
    yield Paragraph(cost_sentence(money, context.forecast, currency))
    unpriced = unpriced_sentence(money, context.forecast)
    if unpriced:
        yield Paragraph(unpriced)
    worst = sorted(
        (name for name, lost in money.unshipped_costs.items() if lost > 0),
        key=lambda name: -money.unshipped_costs[name],
    )
    yield from bullet_blocks(
        Paragraph(
            f"{currency.format_rounded(money.expected_costs[name])} expected, of which"
            f" {currency.format_rounded(money.unshipped_costs[name])} goes to work that doesn't"
            " ship.",
            context.item_title(name),
        )
        for name in worst[:_LOSSES]
    )


def _certainty_sentences(context: ReportContext) -> Iterator[str]:
    forecast = context.forecast
    yield f"Figures are based on {forecast.runs:,} simulation runs of this plan."
    yield effort_sentence(calibration(context.run.resolved))
    ahead = _open_items(context)
    assumed = sum(bool(item.assumptions) for item in ahead)
    if assumed:
        yield f"{assumed} of {format_count(len(ahead), 'open item')} rest on assumptions, marked ~."
    else:
        yield "No figure of an open item rests on an assumption."
    close = sum(bool(row.too_close_with) for row in forecast.ranking)
    if close:
        yield f"{close} of {len(forecast.ranking)} ranks are too close to call."
