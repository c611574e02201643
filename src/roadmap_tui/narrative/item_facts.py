"""Facts about one item from its forecast."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roadmap_tui.forecast.simulation.results import Forecast, ItemForecast, RankRow
from roadmap_tui.narrative.item_figures import (
    format_delivery_chance,
    format_eventual_chance,
    format_finish_range,
    format_rank_range,
    format_rank_shift,
    format_score,
    format_score_factors,
    format_top_chances,
)
from roadmap_tui.narrative.summary_sentence import summary_sentence
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.items import Product, Spike
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.readiness.job_opportunity import job_opportunity
from roadmap_tui.text.dates import format_date, format_day
from roadmap_tui.text.numbers import format_chance, format_number, format_ordinal
from roadmap_tui.text.terminal_text import escape_control


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled statement."""

    name: str
    text: str


def item_facts(plan: Plan, forecast: Forecast, name: str) -> list[Fact]:
    """List the facts about an item, most important first."""
    item = forecast.items[name]
    row = forecast.rank_row(name)
    kind = "spike" if item.kind == "spike" else f"{item.track} item"
    return [
        Fact(name, escape_control(item.title)),
        Fact("is", f"{item.status} {kind}" + (f", {item.bucket}" if item.bucket else "")),
        Fact("in short", summary_sentence(plan, forecast, name)),
        *(_outlook_facts(forecast, item) if item.status in OPEN_STATUSES else ()),
        *_deadline_facts(plan, item),
        *(_rank_facts(forecast, row) if row else ()),
        *_odds_facts(plan, forecast, item),
        *_dependency_facts(forecast, item),
        *_job_facts(plan, name),
        *([Fact("guesses", assumption_list(forecast, item))] if item.assumptions else []),
    ]


def _outlook_facts(forecast: Forecast, item: ItemForecast) -> Iterator[Fact]:
    if item.odds is None:
        later = format_eventual_chance(item)
        yield Fact(
            "ships",
            f"{format_delivery_chance(item)} by {format_date(forecast.horizon_end)}"
            + (f", {later} ever" if later else ""),
        )
        yield Fact("when", f"{format_finish_range(forecast, item)} if it ships")
    if item.start is not None:
        yield Fact("starts", f"likely {format_date(forecast.day(item.start.p50))}")
    chances = [
        f"{format_chance(each.chance)} by {format_day(each.ends, 'quarter', forecast.as_of)}"
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
    shares = [f"{way} {format_chance(chance)}" for way, chance in ways.items() if chance]
    if shares:
        yield Fact("if not", " · ".join(shares))


def _deadline_facts(plan: Plan, item: ItemForecast) -> Iterator[Fact]:
    deadline = plan.items[item.id].deadline
    if deadline is not None and item.deadline is not None:
        why = f": {escape_control(deadline.why)}" if deadline.why else ""
        yield Fact(
            "deadline", f"{format_date(deadline.day)}, met {format_chance(item.deadline)}{why}"
        )


def _rank_facts(forecast: Forecast, row: RankRow) -> Iterator[Fact]:
    if row.weighted is None:
        yield Fact("rank", "none: no effort is left, so nothing can be divided by it")
        return
    value, delivers, effort = format_score_factors(row)
    yield Fact(
        "rank",
        f"{row.weighted.rank} of {len(forecast.ranking)} ({format_rank_range(row)}, 80% range)",
    )
    if row.top:
        yield Fact("how sure", format_top_chances(row.top))
    if row.rice is not None:
        yield Fact("plain rank", f"{row.rice.rank} {format_rank_shift(row)}")
    yield Fact(
        "score",
        f"{format_score(row)} = {value} value × {delivers} delivers ÷ {effort} person-weeks",
    )
    if row.too_close_with:
        yield Fact("too close to", _join_titles(forecast, row.too_close_with))
    if row.covered_by:
        yield Fact("covered by", _join_titles(forecast, row.covered_by))
    if row.build_position is not None:
        sake = forecast.bundle_of.get(row.id, row.id)
        reason = (
            f": {escape_control(forecast.items[sake].title)} waits for it" if sake != row.id else ""
        )
        yield Fact("worked", f"{format_ordinal(row.build_position)} in the queue{reason}")


def _odds_facts(plan: Plan, forecast: Forecast, item: ItemForecast) -> Iterator[Fact]:
    spike = plan.items[item.id]
    if not isinstance(spike, Spike) or item.odds is None or spike.informs is None:
        return
    odds, bet = item.odds, escape_control(forecast.items[spike.informs].title)
    if spike.question:
        yield Fact("question", escape_control(spike.question))
    yield Fact("answer", f"{format_finish_range(forecast, item)}; {format_delivery_chance(item)}")
    yield Fact(
        "on yes", f"{bet} works {format_chance(odds.after_yes)}, now {format_chance(odds.before)}"
    )
    no = "is dropped" if spike.on_refuted == "drop" else "goes on"
    yield Fact("on no", f"{bet} works {format_chance(odds.after_no)} and {no}")


def _dependency_facts(forecast: Forecast, item: ItemForecast) -> Iterator[Fact]:
    for name, linked in (("waits for", item.predecessors), ("holds up", item.dependents)):
        if linked:
            yield Fact(name, _join_titles(forecast, linked))


def _job_facts(plan: Plan, name: str) -> Iterator[Fact]:
    """The user's job and the opportunity score."""
    item = plan.items[name]
    job = item.job if isinstance(item, Product) else None
    if job is None:
        return
    yield Fact(
        "job",
        f"when {escape_control(job.when)}, I want {escape_control(job.want)}, so that"
        f" {escape_control(job.so_that)}",
    )
    room = job_opportunity(job)
    if room is not None and job.importance is not None and job.satisfaction is not None:
        asked = (
            f"; {job.n:,} asked" if job.n is not None else "; number of respondents not recorded"
        )
        marks = (
            f"importance {format_number(job.importance)}, satisfaction"
            f" {format_number(job.satisfaction)}, of 10"
        )
        yield Fact("opportunity", f"{format_number(room)} of 20: {marks}{asked}")


def _join_titles(forecast: Forecast, names: Iterable[str]) -> str:
    return ", ".join(escape_control(forecast.items[name].title) for name in names)


def assumption_list(forecast: Forecast, item: ItemForecast) -> str:
    """List the defaults that an item's figures rest on."""
    words = []
    for guess in item.assumptions:
        name, _, field = guess.rpartition(".")
        words.append(f"{field} of {escape_control(forecast.items[name].title)}" if name else field)
    return ", ".join(words)
