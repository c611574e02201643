"""The document for those who fund it: what is asked, what comes back, where it can be stopped, what a task earns."""

from collections.abc import Iterator

from roadmap_tui.fitness.money import ItemMoney
from roadmap_tui.forecast.draws import chance_of
from roadmap_tui.plan.items import Spike
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.report.currency import share
from roadmap_tui.report.export.bets import bet_told, bets
from roadmap_tui.report.export.blocks import Block, Heading, Report, Text, points, section, table
from roadmap_tui.report.export.meaning import guesses_marked, meaning
from roadmap_tui.report.export.records import records
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.figures import when
from roadmap_tui.report.fitness_signs import plural
from roadmap_tui.report.money import (
    TRACKS,
    cost_sentence,
    market_facts,
    missing_sentence,
    quarter_rows,
    stated,
    unpriced_sentence,
)
from roadmap_tui.report.money_items import USAGE_HEADS, paying_facts, unit_facts, usage_rows
from roadmap_tui.report.waterfall import task_bars, user_bars
from roadmap_tui.report.words import percent

_BETS = 5


def funding(subject: Subject) -> Report:
    """The ask, return, kill points, unit economics, market, and decision records."""
    money, currency = subject.money, subject.currency
    biggest = bets(subject)[:_BETS]
    return Report(
        subject.title,
        (
            *meaning(subject),
            f"Money: {stated(subject.plan, subject.forecast)}.",
            *guesses_marked(subject),
        ),
        (
            *section("The ask", _ask(subject)),
            *section(
                "What it is for",
                points(Text(bet_told(subject, row), title) for title, row in biggest),
            ),
            *section("What comes back", _returns(subject)),
            *section("Where it can be stopped", _kill_points(subject)),
            *section("What a task costs and earns", _units(subject)),
            *section(
                "Market of a year",
                points(Text(fact.text, f"{fact.name}:") for fact in market_facts(money, currency)),
            ),
            *records(subject),
        ),
        subject.scenario,
        subject.made_from,
    )


def _ask(subject: Subject) -> Iterator[Block]:
    money, currency = subject.money, subject.currency
    if not subject.forecast.list:
        yield Text("Nothing is open, so nothing is asked for.")
        return
    yield Text(cost_sentence(money, currency))
    unpriced = unpriced_sentence(money, subject.forecast)
    if unpriced:
        yield Text(unpriced)
    rows = [(row.name, *row.tracks, row.whole or "–") for row in quarter_rows(money, currency)]
    if rows:
        whole = (currency.money(money.cost.tracks.get(track, 0.0)) for track in TRACKS)
        heads = ("Quarter", "Product, mean", "Models and data, mean", "Both, 8 times in 10")
        yield from table(heads, [*rows, ("All", *whole, currency.span(money.cost.cost))], "lrrr")


def _returns(subject: Subject) -> Iterator[Block]:
    told = [each for each in subject.money.items.values() if each.roi is not None]
    currency = subject.currency
    heads = ("Item", "ROI", "NPV", "NPV > 0", "Pays back", "Ships")
    yield from table(
        heads, (_return(subject, each) for each in told if each.paying is not None), "lrrrlr"
    )
    for each in told:
        yield Heading(subject.item_title(each.id))
        yield from points(
            Text(fact.text, f"{fact.name}:")
            for fact in paying_facts(each, subject.forecast, currency)
        )
    missing = missing_sentence(subject.money)
    if missing:
        yield Text(missing)


def _return(subject: Subject, item: ItemMoney) -> tuple[str, ...]:
    paying, currency = item.paying, subject.currency
    if paying is None:
        return subject.item_title(item.id), "–", "–", "–", "–", "–"
    roi = "something for nothing" if paying.roi is None else share(paying.roi)
    back = f"{percent(paying.pays_back)} within {paying.months} months"
    return (
        subject.item_title(item.id),
        roi,
        currency.figure(paying.npv),
        percent(paying.pays),
        back,
        percent(paying.ships),
    )


def _kill_points(subject: Subject) -> Iterator[Block]:
    """Where a no ends a bet: spikes, and the stages of models; with what is spent by then, and not spent after it."""
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
        yield Text(
            "Costs are means, as of the day above; a bet that is stopped costs nothing more."
        )
    yield from table(heads, rows, "llllrrr")
    if not rows:
        yield Text(
            "Nothing in the plan asks before it builds: no spike, and no stage that a model may"
            " fail."
        )


def _spikes(subject: Subject) -> Iterator[tuple[str, ...]]:
    forecast, money, currency = subject.forecast, subject.money, subject.currency
    for name in forecast.list:
        spike, item = subject.plan.items[name], forecast.items[name]
        if (
            isinstance(spike, Spike)
            and spike.informs
            and item.odds is not None
            and spike.on_refuted == "drop"
        ):
            yield (
                when(forecast, item),
                spike.question or item.title,
                subject.item_title(spike.informs),
                spike.stop_if or "the answer is no",
                percent(1 - item.odds.yes),
                currency.money(money.spent.get(name, 0.0)),
                currency.money(_rest(subject, spike.informs)),
            )


def _rest(subject: Subject, name: str) -> float:
    """What a bet costs on average where it is worked on."""
    tried = subject.run.simulation.worked_on(name)
    chance = float(tried.mean())
    return subject.money.spent.get(name, 0.0) / chance if chance else 0.0


def _stages(subject: Subject) -> Iterator[tuple[str, ...]]:
    """Models whose stages they may fail."""
    for name, model in subject.plan.model.items():
        if model.status not in OPEN or model.stages is None or model.chance is not None:
            continue
        chances = {
            each: stage.chance for each, stage in model.stages.given().items() if stage.chance < 1
        }
        if not chances:
            continue
        item, title = subject.forecast.items[name], subject.item_title(name)
        simulation = subject.run.simulation
        missed = float((simulation.worked_on(name) & ~simulation.delivers(name)).mean())
        lost = subject.money.lost.get(name, 0.0) / missed if missed else 0.0
        gates = ", ".join(f"{each} {percent(1 - chance)}" for each, chance in chances.items())
        yield (
            when(subject.forecast, item),
            f"Does {title} pass its stages?",
            title,
            f"it fails in {plural(model.attempts, 'training')}: {gates} a time",
            percent(1 - chance_of(subject.run.simulation.resolved.terms[name])),
            subject.currency.money(lost),
            "–",
        )


def _units(subject: Subject) -> Iterator[Block]:
    currency = subject.currency
    for name, item in subject.money.items.items():
        if item.cost is None:
            continue
        yield Heading(subject.item_title(name))
        bars = [*task_bars(item.cost, currency), *user_bars(item.cost, currency)]
        yield from table(("Part", "Amount"), ((bar.label, bar.text) for bar in bars), "lr")
        heads = tuple(head[:1].upper() + head[1:] for head in USAGE_HEADS)
        yield from table(heads, usage_rows(item.cost), "lrrrrrr")
        yield from points(
            Text(fact.text, f"{fact.name}:") for fact in unit_facts(item.cost, currency)
        )
