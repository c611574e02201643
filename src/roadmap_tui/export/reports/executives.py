"""One-page report for executives."""

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
from roadmap_tui.export.phrases import end_sentence, item_phrase
from roadmap_tui.export.reports.lessons import lesson_items
from roadmap_tui.forecast.simulation.calibration import calibration
from roadmap_tui.forecast.simulation.results import ItemForecast
from roadmap_tui.narrative.calibration import effort_sentence
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.money import cost_sentence, unpriced_sentence
from roadmap_tui.narrative.preamble import preamble_sentences
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.text.numbers import format_count

_OUTCOMES, _BETS, _DECISIONS, _LESSONS, _LOSSES = 6, 3, 5, 3, 3
"""How many entries fit on a page."""


def executive_report(context: ReportContext) -> Report:
    """Outcomes, the three biggest bets, decisions, lessons, money at risk, and certainty."""
    biggest = uncertain_bets(context)[:_BETS]
    heads = ("By", "Decision", "What hangs on it", "If no")
    return Report(
        context.title,
        tuple(preamble_sentences(context)),
        (
            *report_sections("Outcomes", _outcomes(context)),
            *report_sections(
                "The biggest bets",
                bullet_blocks(
                    Paragraph(bet_sentence(context, row), title) for title, row in biggest
                ),
            ),
            *report_sections(
                "Decisions needed", table_blocks(heads, decision_rows(context)[:_DECISIONS])
            ),
            *report_sections("What we learned", bullet_blocks(lesson_items(context)[:_LESSONS])),
            *report_sections("Money at risk", _money(context)),
            *report_sections("How sure we are", bullet_blocks(_certainty_sentences(context))),
            *report_sections("Timeline", picture_blocks("timeline", context)),
        ),
        context.scenario,
        context.version_sentence,
    )


def _outcomes(context: ReportContext) -> Iterator[Block]:
    """The most valuable features in build order; the others are counted."""
    forecast = context.forecast
    place = {name: at for at, name in enumerate(forecast.build_order)}
    value = {row.id: row.own_value for row in forecast.ranking}
    ahead = [
        item
        for item in forecast.items.values()
        if item.kind == "product" and item.status in OPEN_STATUSES
    ]
    chosen = sorted(ahead, key=lambda item: -value.get(item.id, 0.0))[:_OUTCOMES]
    chosen.sort(key=lambda item: place[item.id])
    yield from bullet_blocks(
        Paragraph(end_sentence(item_phrase(context, item)), item.title) for item in chosen
    )
    if len(ahead) > len(chosen):
        yield Paragraph(f"And {format_count(len(ahead) - len(chosen), 'smaller feature')}.")


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
            f"{currency.format_rounded(money.expected_costs[name])} expected,"
            f" {currency.format_rounded(money.unshipped_costs[name])} of it where it doesn't ship.",
            context.item_title(name),
        )
        for name in worst[:_LOSSES]
    )


def _certainty_sentences(context: ReportContext) -> Iterator[str]:
    forecast = context.forecast
    yield (
        f"The figures are counted in {forecast.runs:,} simulated runs of this plan; they are as"
        " good as its estimates."
    )
    yield effort_sentence(calibration(context.run.resolved))
    guessing = sum(_rests_on_assumptions(item) for item in forecast.items.values())
    ahead = sum(item.status in OPEN_STATUSES for item in forecast.items.values())
    if guessing:
        yield (
            f"{guessing} of {format_count(ahead, 'open item')} rest on guesses, marked ~:"
            " fields that the file leaves out."
        )
    else:
        yield "No figure of an open item rests on a guess."
    close = sum(bool(row.too_close_with) for row in forecast.ranking)
    if close:
        yield f"{close} of {len(forecast.ranking)} ranks are too close to call."


def _rests_on_assumptions(item: ItemForecast) -> bool:
    return item.status in OPEN_STATUSES and bool(item.assumptions)
