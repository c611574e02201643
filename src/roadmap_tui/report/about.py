"""All that a forecast says about one item, fact by fact."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roadmap_tui.files.display import printable
from roadmap_tui.fitness.jobs import opportunity_of
from roadmap_tui.forecast.summary import Forecast, ItemForecast, RankRow
from roadmap_tui.plan.items import Product, Spike
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.report.figures import (
    ever,
    factors,
    rank_range,
    score,
    shift,
    ships,
    top_words,
    when,
)
from roadmap_tui.report.say import say
from roadmap_tui.report.words import at, date, month, number, ordinal, percent


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to know, under a name."""

    name: str
    text: str


def about(plan: Plan, forecast: Forecast, name: str) -> list[Fact]:
    """The facts about an item, most wanted first."""
    item = forecast.items[name]
    row = forecast.rank(name)
    kind = "spike" if item.kind == "spike" else f"{item.track} item"
    return [
        Fact(name, printable(item.title)),
        Fact("is", f"{item.status} {kind}" + (f", {item.bucket}" if item.bucket else "")),
        Fact("in short", say(plan, forecast, name)),
        *(_outlook(forecast, item) if item.status in OPEN else ()),
        *_promise(plan, item),
        *(_rank(forecast, row) if row else ()),
        *_odds(plan, forecast, item),
        *_links(forecast, item),
        *_job(plan, name),
        *([Fact("guesses", guesses(forecast, item))] if item.guesses else []),
    ]


def _outlook(forecast: Forecast, item: ItemForecast) -> Iterator[Fact]:
    if item.odds is None:
        later = ever(item)
        yield Fact(
            "ships",
            f"{ships(item)} by {month(forecast.until)}" + (f", {later} ever" if later else ""),
        )
        yield Fact("when", f"{when(forecast, item)} if it ships")
    if item.start is not None:
        yield Fact("starts", f"likely {date(forecast.day(item.start.p50))}")
    chances = [
        f"{percent(each.chance)} by {at(each.ends, 'quarter', forecast.as_of)}"
        for each in item.by_quarter
    ]
    if chances and item.odds is None:
        yield Fact("by quarter", " · ".join(chances))
    ways = {
        "fails": item.failed,
        "blocked": item.blocked,
        "dropped": item.dropped,
        "replaced": item.replaced,
    }
    shares = [f"{way} {percent(chance)}" for way, chance in ways.items() if chance]
    if shares:
        yield Fact("if not", " · ".join(shares))


def _promise(plan: Plan, item: ItemForecast) -> Iterator[Fact]:
    deadline = plan.items[item.id].deadline
    if deadline is not None and item.deadline is not None:
        why = f": {printable(deadline.why)}" if deadline.why else ""
        yield Fact("deadline", f"{date(deadline.day)}, met {percent(item.deadline)}{why}")


def _rank(forecast: Forecast, row: RankRow) -> Iterator[Fact]:
    if row.weighted is None:
        yield Fact("rank", "none: no effort is left, so nothing can be divided by it")
        return
    value, delivers, effort = factors(row)
    yield Fact(
        "rank", f"{row.weighted.rank} of {len(forecast.ranking)} ({rank_range(row)}, 8 times in 10)"
    )
    if row.top:
        yield Fact("how sure", top_words(row.top))
    if row.plain is not None:
        yield Fact("plain rank", f"{row.plain.rank} {shift(row)}")
    yield Fact(
        "score", f"{score(row)} = {value} value × {delivers} delivers ÷ {effort} person-weeks"
    )
    if row.too_close_with:
        yield Fact("too close to", _titles(forecast, row.too_close_with))
    if row.covered_by:
        yield Fact("covered by", _titles(forecast, row.covered_by))
    if row.worked is not None:
        sake = forecast.sake.get(row.id, row.id)
        reason = f": {printable(forecast.items[sake].title)} waits for it" if sake != row.id else ""
        yield Fact("worked", f"{ordinal(row.worked)} in the queue{reason}")


def _odds(plan: Plan, forecast: Forecast, item: ItemForecast) -> Iterator[Fact]:
    spike = plan.items[item.id]
    if not isinstance(spike, Spike) or item.odds is None or spike.informs is None:
        return
    odds, bet = item.odds, printable(forecast.items[spike.informs].title)
    if spike.question:
        yield Fact("question", printable(spike.question))
    yield Fact("answer", f"{when(forecast, item)}; {ships(item)}")
    yield Fact("on yes", f"{bet} works {percent(odds.after_yes)}, now {percent(odds.before)}")
    no = "is dropped" if spike.on_refuted == "drop" else "goes on"
    yield Fact("on no", f"{bet} works {percent(odds.after_no)} and {no}")


def _links(forecast: Forecast, item: ItemForecast) -> Iterator[Fact]:
    for name, linked in (("waits for", item.waits_for), ("holds up", item.holds_up)):
        if linked:
            yield Fact(name, _titles(forecast, linked))


def _job(plan: Plan, name: str) -> Iterator[Fact]:
    """What somebody wants it for, and how much room there is for something better."""
    item = plan.items[name]
    job = item.job if isinstance(item, Product) else None
    if job is None:
        return
    yield Fact(
        "job",
        f"when {printable(job.when)}, I want {printable(job.want)}, so that"
        f" {printable(job.so_that)}",
    )
    room = opportunity_of(job)
    if room is not None and job.importance is not None and job.satisfaction is not None:
        asked = f"; {job.n:,} asked" if job.n is not None else "; nobody says how many were asked"
        marks = (
            f"importance {number(job.importance)}, satisfaction {number(job.satisfaction)}, of 10"
        )
        yield Fact("opportunity", f"{number(room)} of 20: {marks}{asked}")


def _titles(forecast: Forecast, names: Iterable[str]) -> str:
    return ", ".join(printable(forecast.items[name].title) for name in names)


def guesses(forecast: Forecast, item: ItemForecast) -> str:
    """The defaults that an item's figures rest on, in words."""
    words = []
    for guess in item.guesses:
        name, _, field = guess.rpartition(".")
        words.append(f"{field} of {printable(forecast.items[name].title)}" if name else field)
    return ", ".join(words)
