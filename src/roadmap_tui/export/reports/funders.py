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
    COST_TRACKS,
    cost_sentence,
    market_facts,
    missing_roi_sentence,
    money_basis,
    quarter_rows,
    unpriced_sentence,
)
from roadmap_tui.narrative.preamble import assumption_note, preamble_sentences
from roadmap_tui.narrative.readiness.verdict import format_count
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.items import Spike
from roadmap_tui.text.currency import format_share
from roadmap_tui.text.dates import format_chance

_BETS = 5


def funding_report(subject: ReportContext) -> Report:
    """The ask, return, kill points, unit economics, market and decision records."""
    money, currency = subject.money, subject.currency
    biggest = uncertain_bets(subject)[:_BETS]
    return Report(
        subject.title,
        (
            *preamble_sentences(subject),
            f"Money: {money_basis(subject.plan, subject.forecast)}.",
            *assumption_note(subject),
        ),
        (
            *report_sections("The ask", _ask(subject)),
            *report_sections(
                "What it is for",
                bullet_blocks(
                    Paragraph(bet_sentence(subject, row), title) for title, row in biggest
                ),
            ),
            *report_sections("What comes back", _returns(subject)),
            *report_sections("Where it can be stopped", _kill_points(subject)),
            *report_sections("What a task costs and earns", _units(subject)),
            *report_sections(
                "Market of a year",
                bullet_blocks(
                    Paragraph(fact.text, f"{fact.name}:") for fact in market_facts(money, currency)
                ),
            ),
            *decision_records(subject),
        ),
        subject.scenario,
        subject.version_sentence,
    )


def _ask(subject: ReportContext) -> Iterator[Block]:
    money, currency = subject.money, subject.currency
    if not subject.forecast.build_order:
        yield Paragraph("Nothing is open, so nothing is asked for.")
        return
    yield Paragraph(cost_sentence(money, currency))
    unpriced = unpriced_sentence(money, subject.forecast)
    if unpriced:
        yield Paragraph(unpriced)
    rows = [(row.name, *row.tracks, row.total or "–") for row in quarter_rows(money, currency)]
    if rows:
        whole = (currency.format_amount(money.cost.tracks.get(track, 0.0)) for track in COST_TRACKS)
        heads = ("Quarter", "Product, mean", "Models and data, mean", "Both, 8 times in 10")
        yield from table_blocks(
            heads, [*rows, ("All", *whole, currency.format_spread(money.cost.cost))], "lrrr"
        )


def _returns(subject: ReportContext) -> Iterator[Block]:
    told = [each for each in subject.money.items.values() if each.business_case is not None]
    currency = subject.currency
    heads = ("Item", "ROI", "NPV", "NPV > 0", "Pays back", "Ships")
    yield from table_blocks(
        heads, (_return(subject, each) for each in told if each.roi_result is not None), "lrrrlr"
    )
    for each in told:
        yield HeadingBlock(subject.item_title(each.id))
        yield from bullet_blocks(
            Paragraph(fact.text, f"{fact.name}:")
            for fact in return_facts(each, subject.forecast, currency)
        )
    missing = missing_roi_sentence(subject.money)
    if missing:
        yield Paragraph(missing)


def _return(subject: ReportContext, item: ItemMoney) -> tuple[str, ...]:
    paying, currency = item.roi_result, subject.currency
    if paying is None:
        return subject.item_title(item.id), "–", "–", "–", "–", "–"
    roi = "something for nothing" if paying.roi is None else format_share(paying.roi)
    back = f"{format_chance(paying.p_payback)} within {paying.months} months"
    return (
        subject.item_title(item.id),
        roi,
        currency.format_figure(paying.npv),
        format_chance(paying.p_profitable),
        back,
        format_chance(paying.p_ships),
    )


def _kill_points(subject: ReportContext) -> Iterator[Block]:
    """Points where a no ends a bet: spikes and model stages, with cost so far and cost saved."""
    heads = (
        "When",
        "Question",
        "It stops",
        "If",
        "How likely to stop",
        "Costs until then",
        "Not spent then",
    )
    rows = [*_spikes(subject), *_stages(subject)]
    if rows:
        yield Paragraph(
            "Costs are means, as of the day above; a bet that is stopped costs nothing more."
        )
    yield from table_blocks(heads, rows, "llllrrr")
    if not rows:
        yield Paragraph(
            "Nothing in the plan asks before it builds: no spike, and no stage that a model may"
            " fail."
        )


def _spikes(subject: ReportContext) -> Iterator[tuple[str, ...]]:
    forecast, money, currency = subject.forecast, subject.money, subject.currency
    for name in forecast.build_order:
        spike, item = subject.plan.items[name], forecast.items[name]
        if (
            isinstance(spike, Spike)
            and spike.informs
            and item.odds is not None
            and spike.on_refuted == "drop"
        ):
            yield (
                format_finish_range(forecast, item),
                spike.question or item.title,
                subject.item_title(spike.informs),
                spike.stop_if or "the answer is no",
                format_chance(1 - item.odds.p_yes),
                currency.format_amount(money.expected_costs.get(name, 0.0)),
                currency.format_amount(_rest(subject, spike.informs)),
            )


def _rest(subject: ReportContext, name: str) -> float:
    """A bet's average cost when it is attempted."""
    tried = subject.run.simulation.worked_on(name)
    chance = float(tried.mean())
    return subject.money.expected_costs.get(name, 0.0) / chance if chance else 0.0


def _stages(subject: ReportContext) -> Iterator[tuple[str, ...]]:
    """Models with stages that may fail."""
    for name, model in subject.plan.model.items():
        if model.status not in OPEN_STATUSES or model.stages is None or model.chance is not None:
            continue
        chances = {
            each: stage.chance for each, stage in model.stages.present().items() if stage.chance < 1
        }
        if not chances:
            continue
        item, title = subject.forecast.items[name], subject.item_title(name)
        simulation = subject.run.simulation
        missed = float((simulation.worked_on(name) & ~simulation.delivers(name)).mean())
        lost = subject.money.unshipped_costs.get(name, 0.0) / missed if missed else 0.0
        gates = ", ".join(f"{each} {format_chance(1 - chance)}" for each, chance in chances.items())
        yield (
            format_finish_range(subject.forecast, item),
            f"Does {title} pass its stages?",
            title,
            f"it fails in {format_count(model.attempts, 'training')}: {gates} a time",
            format_chance(1 - success_chance(subject.run.simulation.resolved.items[name])),
            subject.currency.format_amount(lost),
            "–",
        )


def _units(subject: ReportContext) -> Iterator[Block]:
    currency = subject.currency
    for name, item in subject.money.items.items():
        if item.cost is None:
            continue
        yield HeadingBlock(subject.item_title(name))
        bars = [*task_bars(item.cost, currency), *user_bars(item.cost, currency)]
        yield from table_blocks(("Part", "Amount"), ((bar.label, bar.text) for bar in bars), "lr")
        heads = tuple(head[:1].upper() + head[1:] for head in USAGE_COLUMNS)
        yield from table_blocks(heads, usage_rows(item.cost), "lrrrrrr")
        yield from bullet_blocks(
            Paragraph(fact.text, f"{fact.name}:") for fact in unit_facts(item.cost, currency)
        )
