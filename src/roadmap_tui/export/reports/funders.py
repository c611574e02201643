"""Report for funders: the ask, the return, kill points, unit economics."""

from collections.abc import Iterator

from roadmap_tui.diagrams.waterfall import task_bars, user_bars
from roadmap_tui.export.bets import bet_sentence, uncertain_bets
from roadmap_tui.export.blocks import (
    Block,
    HeadingBlock,
    Paragraph,
    Report,
    bullet_blocks,
    report_sections,
    table_blocks,
)
from roadmap_tui.export.decision_records import decision_records
from roadmap_tui.forecast.simulation.sampling import success_chance
from roadmap_tui.money.plan_money import ItemMoney
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.item_figures import format_finish_range
from roadmap_tui.narrative.item_money import USAGE_COLUMNS, return_facts, unit_facts, usage_rows
from roadmap_tui.narrative.money import (
    cost_parts,
    cost_sentence,
    headcount_rows,
    market_facts,
    market_headings,
    missing_roi_sentence,
    money_basis,
    plan_return_sentences,
    quarter_rows,
    quarter_split_rows,
    unpriced_sentence,
)
from roadmap_tui.narrative.preamble import assumption_note, preamble_sentences
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.items import Spike
from roadmap_tui.plan.roadmap import display_title
from roadmap_tui.text.currency import format_share
from roadmap_tui.text.numbers import format_chance, format_count, format_share_change

_BETS = 5


def funding_report(context: ReportContext) -> Report:
    """The ask, return, kill points, unit economics, market and decision records."""
    biggest = uncertain_bets(context)[:_BETS]
    return Report(
        context.title,
        (
            *preamble_sentences(context),
            f"Money: {money_basis(context.plan, context.forecast)}.",
            *assumption_note(context),
        ),
        (
            *report_sections("The ask", _cost_blocks(context)),
            *report_sections(
                "What it is for",
                bullet_blocks(
                    Paragraph(bet_sentence(context, row), title) for title, row in biggest
                ),
            ),
            *report_sections("What comes back", _return_blocks(context)),
            *report_sections("Where it can be stopped", _kill_points(context)),
            *report_sections("What a task costs and earns", _unit_cost_blocks(context)),
            *report_sections(
                "Market of a year",
                _market_blocks(context),
            ),
            *decision_records(context),
        ),
        context.scenario,
        context.version_sentence,
    )


def _market_blocks(context: ReportContext) -> Iterator[Block]:
    for heading, market in market_headings(context.money, context.forecast):
        if heading:
            yield Paragraph(heading)
        yield from bullet_blocks(
            Paragraph(fact.text, f"{fact.name}:") for fact in market_facts(market, context.currency)
        )


def _cost_blocks(context: ReportContext) -> Iterator[Block]:
    money, currency = context.money, context.currency
    if not context.forecast.build_order:
        yield Paragraph("Nothing is open, so nothing is asked for.")
        return
    yield Paragraph(cost_sentence(money, context.forecast, currency))
    unpriced = unpriced_sentence(money, context.forecast)
    if unpriced:
        yield Paragraph(unpriced)
    rows = [(row.name, *row.parts, row.total or "–") for row in quarter_rows(money, currency)]
    if not rows:
        return
    whole = map(currency.format_amount, cost_parts(money))
    heads = ("Quarter", "Product work", "Work on models and data", "Keep live", "All, 80% range")
    yield from table_blocks(
        heads, [*rows, ("All", *whole, currency.format_spread(money.cost.cost))], "lrrrr"
    )
    yield from _split_blocks(context)


def _split_blocks(context: ReportContext) -> Iterator[Block]:
    """What the money is for, and how many people it takes, by quarter."""
    money, plan = context.money, context.plan
    heads = ("Quarter", "People", "Compute and setup", "Running", "All, 80% range")
    yield Paragraph("The same by what it is spent on. Single figures are means over all runs.")
    yield from table_blocks(heads, quarter_split_rows(money, context.currency), "lrrrr")
    if plan.teams:
        yield Paragraph("People at work and on upkeep, on average over the quarter.")
        teams = (display_title(name, team.title) for name, team in plan.teams.items())
        yield from table_blocks(
            ("Quarter", *teams), headcount_rows(plan, money), "l" + "r" * len(plan.teams)
        )


def _return_blocks(context: ReportContext) -> Iterator[Block]:
    items = [each for each in context.money.items.values() if each.business_case is not None]
    currency = context.currency
    for sentence in plan_return_sentences(context.money, context.forecast, currency):
        yield Paragraph(sentence)
    heads = ("Item", "ROI", "NPV", "NPV above 0", "Pays back", "Ships")
    yield from table_blocks(
        heads,
        (_return_row(context, each) for each in items if each.roi_result is not None),
        "lrrrlr",
    )
    for each in items:
        yield HeadingBlock(context.item_title(each.id))
        yield from bullet_blocks(
            Paragraph(fact.text, f"{fact.name}:")
            for fact in return_facts(each, context.forecast, currency)
        )
    missing = missing_roi_sentence(context.money)
    if missing:
        yield Paragraph(missing)


def _return_row(context: ReportContext, item: ItemMoney) -> tuple[str, ...]:
    paying, currency = item.roi_result, context.currency
    if paying is None:
        return context.item_title(item.id), "–", "–", "–", "–", "–"
    roi = "benefit without any cost" if paying.roi is None else format_share(paying.roi)
    back = f"{format_chance(paying.p_payback)} within {paying.months} months"
    return (
        context.item_title(item.id),
        roi,
        currency.format_figure(paying.npv),
        format_chance(paying.p_profitable),
        back,
        format_chance(paying.p_ships),
    )


def _kill_points(context: ReportContext) -> Iterator[Block]:
    """Points where a no ends a bet: spikes and model stages, with cost so far and cost saved."""
    heads = (
        "When",
        "Question",
        "It stops",
        "If",
        "How likely to stop",
        "Costs until then",
        "Saved by a no",
        "Value given up by a no",
    )
    rows = [*_spike_kill_points(context), *_stage_kill_points(context)]
    if rows:
        yield Paragraph(
            "Costs are means, as of the day above. A no saves what the bet and all that hangs on it"
            " would cost after that no; the value given up is of the plan's by the horizon."
        )
    yield from table_blocks(heads, rows, "llllrrrr")
    if not rows:
        yield Paragraph(
            "Nothing in the plan asks before it builds: no spike, and no stage that a model may"
            " fail."
        )


def _spike_kill_points(context: ReportContext) -> Iterator[tuple[str, ...]]:
    forecast, money, currency = context.forecast, context.money, context.currency
    for name in forecast.build_order:
        spike, item = context.plan.items[name], forecast.items[name]
        if (
            isinstance(spike, Spike)
            and spike.informs
            and item.odds is not None
            and spike.on_refuted == "drop"
        ):
            yield (
                format_finish_range(forecast, item),
                spike.question or item.title,
                context.item_title(spike.informs),
                spike.stop_if or "the answer is no",
                format_chance(1 - item.odds.p_yes),
                currency.format_amount(money.expected_costs.get(name, 0.0)),
                *_no_cells(context, name),
            )


def _no_cells(context: ReportContext, name: str) -> tuple[str, str]:
    """What a no saves in money, and what it gives up as a share of the plan's value."""
    point = context.spikes.kill_points.get(name)
    if point is None:
        return "–", "–"
    saved = context.currency.format_amount(point.saved.sure_mean)
    value = context.forecast.value
    lost = point.lost_value.scaled(1 / value if value else 0.0)
    return saved, format_share_change(lost.mean, lost.se).removeprefix("+")


def _stage_kill_points(context: ReportContext) -> Iterator[tuple[str, ...]]:
    """Models with stages that may fail."""
    for name, model in context.plan.model.items():
        if model.status not in OPEN_STATUSES or model.stages is None or model.chance is not None:
            continue
        chances = {
            each: stage.chance for each, stage in model.stages.present().items() if stage.chance < 1
        }
        if not chances:
            continue
        item, title = context.forecast.items[name], context.item_title(name)
        simulation = context.run.simulation
        missed = float((simulation.worked_on(name) & ~simulation.delivers(name)).mean())
        lost = context.money.unshipped_costs.get(name, 0.0) / missed if missed else 0.0
        gates = ", ".join(f"{each} {format_chance(1 - chance)}" for each, chance in chances.items())
        yield (
            format_finish_range(context.forecast, item),
            f"Does {title} pass its stages?",
            title,
            f"it fails in {format_count(model.attempts, 'training')}: {gates} a time",
            format_chance(1 - success_chance(context.run.simulation.resolved.items[name])),
            context.currency.format_amount(lost),
            "–",
            "–",
        )


def _unit_cost_blocks(context: ReportContext) -> Iterator[Block]:
    currency = context.currency
    for name, item in context.money.items.items():
        if item.cost is None:
            continue
        yield HeadingBlock(context.item_title(name))
        bars = [*task_bars(item.cost, currency), *user_bars(item.cost, currency)]
        yield from table_blocks(("Part", "Amount"), ((bar.label, bar.text) for bar in bars), "lr")
        heads = tuple(head[:1].upper() + head[1:] for head in USAGE_COLUMNS)
        yield from table_blocks(heads, usage_rows(item.cost), "lrrrrrr")
        yield from bullet_blocks(
            Paragraph(fact.text, f"{fact.name}:") for fact in unit_facts(item.cost, currency)
        )
