"""Facts about one item from its forecast."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from roadmap_tui.forecast.simulation.results import Forecast, ItemForecast, RankRow
from roadmap_tui.narrative.item_figures import (
    field_label,
    format_delivery_chance,
    format_finish_range,
    format_rank_range,
    format_rank_shift,
    format_score,
    format_score_factors,
    format_top_chances,
    name_field,
    people_clause,
)
from roadmap_tui.narrative.summary_sentence import summary_sentence
from roadmap_tui.plan.base import OPEN_STATUSES, Status
from roadmap_tui.plan.items import Product, Spike
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.readiness.job_opportunity import job_opportunity
from roadmap_tui.text.dates import format_date, format_day
from roadmap_tui.text.numbers import format_chance, format_number, format_ordinal
from roadmap_tui.text.terminal_text import escape_control

STATUS_LABELS: Mapping[Status, str] = {
    "idea": "Idea",
    "planned": "Planned",
    "active": "In progress",
    "live": "Live",
    "done": "Done",
    "failed": "Failed",
    "dropped": "Dropped",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled statement."""

    name: str
    text: str


def item_facts(plan: Plan, forecast: Forecast, name: str) -> list[Fact]:
    """List the facts about an item, most important first."""
    item = forecast.items[name]
    row = forecast.rank_row(name)
    return [
        Fact(name, escape_control(item.title)),
        Fact("Status", item_status_line(item)),
        Fact("Summary", summary_sentence(plan, forecast, name)),
        *(_outlook_facts(forecast, item) if item.status in OPEN_STATUSES else ()),
        *_deadline_facts(plan, item),
        *(_rank_facts(forecast, row) if row else ()),
        *_odds_facts(plan, forecast, item),
        *_dependency_facts(forecast, item),
        *_job_facts(plan, name),
        *([Fact("Assumptions", assumption_list(forecast, item))] if item.assumptions else []),
    ]


def item_status_line(item: ItemForecast) -> str:
    """An item's status, kind and column: ``In progress · Product · Now``."""
    kind = "Spike" if item.kind == "spike" else item.track.capitalize()
    parts = [STATUS_LABELS[item.status], kind, (item.bucket or "").capitalize()]
    return " · ".join(filter(None, parts))


def _outlook_facts(forecast: Forecast, item: ItemForecast) -> Iterator[Fact]:
    if item.odds is None:
        until = format_date(forecast.horizon_end)
        yield Fact("Ships", f"{format_delivery_chance(item)} by {until}")
        yield Fact(
            "Finish",
            f"{format_finish_range(forecast, item)} if it ships (80% range){people_clause(item)}",
        )
    if item.start is not None:
        yield Fact("Start", f"likely {format_date(forecast.day(item.start.p50))}")
    chances = [
        f"{format_day(each.ends, 'quarter', forecast.horizon_end)} {format_chance(each.chance)}"
        for each in item.by_quarter
    ]
    if chances and item.odds is None:
        yield Fact("By end of", " · ".join(chances))
    reasons = format_failure_reasons(item)
    if reasons:
        yield Fact("Otherwise", reasons)


def format_failure_reasons(item: ItemForecast) -> str:
    """Why an item may not ship: ``59% dropped after a spike, 13% built but not good enough``."""
    reasons = {
        "dropped after a spike": item.dropped,
        "built but not good enough": item.failed,
        "blocked by a dependency": item.blocked,
        "not needed": item.replaced,
    }
    likely = sorted(reasons.items(), key=lambda reason: -reason[1])
    return ", ".join(f"{format_chance(chance)} {reason}" for reason, chance in likely if chance)


def _deadline_facts(plan: Plan, item: ItemForecast) -> Iterator[Fact]:
    deadline = plan.items[item.id].deadline
    if deadline is not None and item.deadline is not None:
        why = f": {escape_control(deadline.why)}" if deadline.why else ""
        yield Fact(
            "Deadline",
            f"{format_date(deadline.day)}, {format_chance(item.deadline)} chance to meet it{why}",
        )


def _rank_facts(forecast: Forecast, row: RankRow) -> Iterator[Fact]:
    if row.weighted is None:
        yield Fact("Rank", "none: there is no effort left to divide the value by")
        return
    value, delivers, effort = format_score_factors(row)
    yield Fact(
        "Rank",
        f"{format_ordinal(row.weighted.rank)} of {len(forecast.ranking)}"
        f" (80% range: {format_rank_range(row)})",
    )
    if row.top:
        yield Fact("Top ranks", format_top_chances(row.top))
    if row.rice is not None:
        shift = f" {format_rank_shift(row)}" if row.rice.rank != row.weighted.rank else ""
        yield Fact("RICE rank", f"{format_ordinal(row.rice.rank)}{shift}")
    yield Fact(
        "Score",
        f"{format_score(row)} = {value} value × {delivers} chance ÷ {effort} person-weeks",
    )
    if row.too_close_with:
        yield Fact("Too close to", _join_titles(forecast, row.too_close_with))
    if row.covered_by:
        yield Fact("Covered by", _join_titles(forecast, row.covered_by))
    if row.build_position is not None:
        sake = forecast.bundle_of.get(row.id, row.id)
        reason = (
            f", because {escape_control(forecast.items[sake].title)} needs it"
            if sake != row.id
            else ""
        )
        yield Fact("Build order", f"{format_ordinal(row.build_position)}{reason}")


def _odds_facts(plan: Plan, forecast: Forecast, item: ItemForecast) -> Iterator[Fact]:
    spike = plan.items[item.id]
    if not isinstance(spike, Spike) or item.odds is None or spike.informs is None:
        return
    odds, bet = item.odds, escape_control(forecast.items[spike.informs].title)
    if spike.question:
        yield Fact("Question", escape_control(spike.question))
    yield Fact("Result", f"{format_finish_range(forecast, item)}; {format_delivery_chance(item)}")
    yield Fact(
        "If yes",
        f"{bet}: chance it works {format_chance(odds.before)} → {format_chance(odds.after_yes)}",
    )
    no = "is dropped" if spike.on_refuted == "drop" else "continues"
    yield Fact("If no", f"{bet} {no}; chance it works {format_chance(odds.after_no)}")


def _dependency_facts(forecast: Forecast, item: ItemForecast) -> Iterator[Fact]:
    for name, linked in (("Needs", item.predecessors), ("Needed by", item.dependents)):
        if linked:
            yield Fact(name, _join_titles(forecast, linked))


def _job_facts(plan: Plan, name: str) -> Iterator[Fact]:
    """The user's job and the opportunity score."""
    item = plan.items[name]
    job = item.job if isinstance(item, Product) else None
    if job is None:
        return
    yield Fact(
        "Job to be done",
        f"When {escape_control(job.when)}, I want {escape_control(job.want)}, so that"
        f" {escape_control(job.so_that)}",
    )
    room = job_opportunity(job)
    if room is not None and job.importance is not None and job.satisfaction is not None:
        asked = (
            f"; {job.n:,} people asked" if job.n is not None else "; number of people not recorded"
        )
        marks = (
            f"importance {format_number(job.importance)}, satisfaction"
            f" {format_number(job.satisfaction)} of 10"
        )
        yield Fact("Opportunity", f"{format_number(room)} of 20: {marks}{asked}")


def _join_titles(forecast: Forecast, names: Iterable[str]) -> str:
    return ", ".join(escape_control(forecast.items[name].title) for name in names)


def assumption_list(forecast: Forecast, item: ItemForecast) -> str:
    """List the defaults that an item's figures rest on."""
    words = []
    for guess in item.assumptions:
        name, _, field = guess.rpartition(".")
        words.append(name_field(forecast, name, field) if name else field_label(field))
    return ", ".join(words)
