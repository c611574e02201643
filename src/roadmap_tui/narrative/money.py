"""A plan's cost, its market, and one line of money for each item."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roadmap_tui.forecast.simulation.amounts import AmountSummary
from roadmap_tui.forecast.simulation.results import Forecast, ItemForecast
from roadmap_tui.money.plan_money import ItemMoney, MarketSize, PlanMoney
from roadmap_tui.money.quarter_costs import QuarterCost
from roadmap_tui.narrative.item_facts import Fact
from roadmap_tui.plan.roadmap import Plan, display_title
from roadmap_tui.text.currency import (
    Currency,
    format_count_figure,
    format_effort_range,
    format_month_range,
    format_share,
)
from roadmap_tui.text.dates import format_date, format_month
from roadmap_tui.text.numbers import (
    format_chance,
    format_number,
    format_tenths,
    format_whole_percent,
)
from roadmap_tui.text.terminal_text import escape_control

COST_TRACKS = ("product", "model")
COST_PARTS = (*COST_TRACKS, "keep live")
"""Work on each track, and keeping what is live."""
MONEY_COLUMNS = ("cost", "a task", "priced", "margin", "NPV", "above 0", "pays back")
"""Columns of an item's line."""
COLUMN_DROP_ORDER = ("pays back", "margin", "cost", "priced", "NPV", "a task", "above 0")
"""Columns in the order in which they are dropped if space is short."""
_MAX_NAMES = 3
_MAX_DISCREPANCY = 3.0


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """Cost of one quarter.

    Attributes:
        name: the quarter, or ``later`` for the time after all of them.
        parts: expected cost, in the order of `COST_PARTS`.
        amounts: the same as numbers.
        total: the range of all together; empty where only the mean is known.
    """

    name: str
    parts: tuple[str, ...]
    amounts: tuple[float, ...]
    total: str


def plan_currency(plan: Plan) -> Currency:
    """The currency of a plan."""
    return Currency.from_code(plan.roadmap.currency)


def money_basis(plan: Plan, forecast: Forecast) -> str:
    """Date, currency and meaning of the figures."""
    currency = escape_control(plan.roadmap.currency)[:8]
    return (
        f"as of {format_date(forecast.as_of)} · {currency} · ranges are 80% ranges, single figures"
        " are means"
    )


def cost_sentence(money: PlanMoney, forecast: Forecast, currency: Currency) -> str:
    """The plan's cost, what keeping live items is of it, and what doesn't ship."""
    cost, weeks = money.cost, f"{format_effort_range(money.cost.weeks)} person-weeks of work"
    if not cost.cost.p90:
        return f"{weeks}; the cost of its people is not set yet."
    kept = ""
    if cost.keep.mean:
        kept = (
            f", and {currency.format_rounded(cost.keep.mean)} on average to keep what is live"
            f" until {format_date(forecast.horizon_end)}"
        )
    lost = currency.format_rounded(cost.unshipped_cost)
    return (
        f"Total cost {currency.format_rounded_spread(cost.cost)}: {weeks}{kept}."
        f" On average {lost} goes to work that doesn't ship."
    )


def plan_return_sentences(money: PlanMoney, forecast: Forecast, currency: Currency) -> list[str]:
    """The plan's net present value, its risk, and what it counts; empty without one."""
    found = money.npv
    if found is None:
        return []
    titles = _short_list([forecast.items[name].title for name in found.cases])
    cases = f"the business case{'' if len(found.cases) == 1 else 's'} of {titles}"
    return [
        f"Net present value of the whole plan over {found.months} months, in all runs:"
        f" {describe_amount(found.npv, currency)}.",
        f"{format_chance(found.p_loss)} chance of a loss; the worst tenth of the runs averages"
        f" {currency.format_rounded(found.worst_tenth)}.",
        f"It counts {cases}, less all other work and upkeep, at"
        f" {format_whole_percent(found.discount)} a year.",
    ]


def describe_amount(figure: AmountSummary, currency: Currency) -> str:
    """A range with its mean; with its median where most of the mean lies beyond the range."""
    if figure.is_sure:
        return currency.format_rounded(figure.mean)
    spread = currency.format_rounded_spread(figure.range)
    if figure.is_heavy_tailed:
        median = currency.format_rounded(figure.range.p50)
        return f"median {median}, {spread} (80% range)"
    return f"{spread} (80% range), {currency.format_rounded(figure.mean)} on average"


def _short_list(titles: Sequence[str]) -> str:
    some = ", ".join(map(escape_control, titles[:_MAX_NAMES]))
    return f"{some} and {len(titles) - _MAX_NAMES} more" if len(titles) > _MAX_NAMES else some


def cost_parts(money: PlanMoney) -> tuple[float, ...]:
    """The plan's expected cost, in the order of `COST_PARTS`."""
    return (*(money.cost.tracks.get(track, 0.0) for track in COST_TRACKS), money.cost.keep.mean)


def quarter_name(ends: dt.date) -> str:
    """A quarter by its last day: ``Q1 2027``."""
    return f"Q{(ends.month + 2) // 3} {ends.year}"


def quarter_rows(money: PlanMoney, currency: Currency) -> Iterator[QuarterRow]:
    """Cost of each quarter of the horizon up to the last with any, and after it."""
    for each in costly_quarters(money):
        work = tuple(each.tracks.get(track, 0.0) for track in COST_TRACKS)
        yield _quarter_row(
            quarter_name(each.ends), (*work, each.keep), currency, currency.format_spread(each.cost)
        )
    later = tuple(money.beyond_horizon.get(track, 0.0) for track in COST_TRACKS)
    if sum(later) > 1e-6 * max(1.0, money.cost.cost.p90):
        yield _quarter_row("later", (*later, 0.0), currency)


def _quarter_row(
    name: str, amounts: tuple[float, ...], currency: Currency, whole: str = ""
) -> QuarterRow:
    return QuarterRow(name, tuple(map(currency.format_amount, amounts)), amounts, whole)


def costly_quarters(money: PlanMoney) -> tuple[QuarterCost, ...]:
    """The quarters of the horizon up to the last with any cost."""
    last = max((at for at, each in enumerate(money.quarters) if each.cost.p90 > 0), default=-1)
    return money.quarters[: last + 1]


def quarter_split_rows(money: PlanMoney, currency: Currency) -> Iterator[tuple[str, ...]]:
    """Expected cost of each quarter for people, for compute and setup, and for running; and all."""
    for each in costly_quarters(money):
        parts = map(currency.format_amount, (each.people, each.compute, each.running))
        yield quarter_name(each.ends), *parts, currency.format_spread(each.cost)


def headcount_rows(plan: Plan, money: PlanMoney) -> Iterator[tuple[str, ...]]:
    """People of each team at work and on upkeep, by quarter, on average."""
    for each in costly_quarters(money):
        counts = (
            f"{format_tenths(each.headcount.get(name, 0.0))} of {format_number(team.people)}"
            for name, team in plan.teams.items()
        )
        yield quarter_name(each.ends), *counts


def unpriced_sentence(money: PlanMoney, forecast: Forecast) -> str:
    """Items whose people have no cost; empty if all have one."""
    names = money.unpriced
    if not names:
        return ""
    titles = _short_list([forecast.items[name].title for name in names])
    return f"Not counted, for their teams have no week_cost: the people of {titles}."


def money_row(item: ItemMoney, currency: Currency) -> tuple[str, ...]:
    """An item's line, by `MONEY_COLUMNS`."""
    cost, paying = item.cost, item.roi_result
    return (
        currency.format_figure(item.remaining_cost)
        if item.remaining_cost and item.remaining_cost.mean
        else "–",
        currency.format_figure(cost.full) if cost else "–",
        _price_cell(item),
        format_share(cost.margins[0]) if cost else "–",
        currency.format_figure(paying.npv) if paying else "–",
        format_chance(paying.p_profitable) if paying else "–",
        _payback_cell(item),
    )


def item_cost_sentence(item: ItemMoney, currency: Currency) -> str:
    """The remaining cost of an open item, and how much of it is lost if it doesn't ship."""
    if item.remaining_cost is None or not item.remaining_cost.mean:
        return "the cost of its people is not set; write week_cost of its team"
    lost = ""
    if item.unshipped_cost:
        average = currency.format_rounded(item.unshipped_cost)
        lost = f"; on average {average} of it in runs in which it doesn't ship"
    spread = currency.format_rounded_spread(item.remaining_cost.range)
    kept = ""
    if item.keep_month is not None:
        kept = f"; once live, {currency.format_rounded(item.keep_month.mean)} a month to keep"
    return f"costs {spread} (80% range, 0 where it isn't worked on){lost}{kept}"


def _price_cell(item: ItemMoney) -> str:
    if item.cost is None or item.cost.full is None:
        return "–"
    return format_month(item.cost.priced) if item.cost.priced else "no day"


def _payback_cell(item: ItemMoney) -> str:
    if item.roi_result is None:
        return "–"
    back = item.roi_result.payback
    return "never" if back is None else format_month_range(back)


def used_columns(rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The columns that have content in some row."""
    columns = enumerate(zip(*rows, strict=True))
    return tuple(at for at, column in columns if set(column) != {"–"})


def missing_roi_sentence(money: PlanMoney) -> str:
    """The first table to write if no item has a business case; empty if one does."""
    if any(item.business_case for item in money.items.values()):
        return ""
    name = next((name for name, item in money.items.items() if item.cost is not None), None)
    where = f"[product.{name}.roi]" if name else "[product.ID.roi]"
    return f"What pays is not known yet: write {where} with build, run_month and benefit_month."


def market_headings(money: PlanMoney, forecast: Forecast) -> Iterator[tuple[str, MarketSize]]:
    """Each market under its heading: its name and what serves it, each with its chance."""
    for name, market in money.markets.items():
        title = display_title(name, None) if name else ""
        served = ", ".join(
            f"{escape_control(forecast.items[each].title)} ({_ships_text(forecast.items[each])})"
            for each in market.served_by
        )
        by = f"served by {served}" if served else "no item serves it; set market on those that do"
        yield f"{escape_control(title)}: {by}" if title else "", market


def _ships_text(item: ItemForecast) -> str:
    return "live" if item.status == "live" else format_chance(item.ships)


def market_facts(market: MarketSize, currency: Currency) -> list[Fact]:
    """A yearly market by each of three methods, and how far they differ."""
    facts = []
    if market.tam is not None:
        parts = (("TAM", market.tam), ("SAM", market.sam), ("SOM", market.som))
        facts.append(
            Fact(
                "by accounts",
                " · ".join(f"{name} {currency.format_figure(each)}" for name, each in parts),
            )
        )
    if market.value is not None:
        price = ""
        if market.price_share:
            price = f" · the price is {format_share(market.price_share)} of what an account gains"
        facts.append(Fact("by value", f"TAM {currency.format_figure(market.value)}{price}"))
    if market.industry_share is not None:
        facts.append(
            Fact(
                "top down",
                f"TAM {currency.format_figure(market.industry_share)} · {_market_source(market)}",
            )
        )
    if not facts:
        lacks = "accounts and price_year, value_per_account and capture, or top_down"
        facts.append(Fact("market", f"nothing can be counted yet; write {lacks}"))
    if market.disagreement is not None:
        facts.append(
            Fact(
                "apart",
                f"the largest count is {market.disagreement:.3g} times the"
                f" smallest{_discrepancy_note(market.disagreement)}",
            )
        )
    return facts


def _discrepancy_note(apart: float) -> str:
    return ": find out why before you show one" if apart > _MAX_DISCREPANCY else ""


def _market_source(market: MarketSize) -> str:
    top_down = market.top_down
    if top_down is None or top_down.source is None:
        return "its source is not recorded; write source and year"
    return escape_control(top_down.source) + (
        f", {top_down.year}" if top_down.year else ", of no year"
    )


def format_multiple(figure: AmountSummary | None) -> str:
    """A multiple: ``3.1 times``."""
    return "–" if figure is None else f"{format_count_figure(figure)} times"


def money_example_lines(plan: Plan) -> Iterator[str]:
    """An introduction for plans without money: TOML lines with the plan's own ids."""
    team = next(iter(plan.teams), "app")
    yield "Nothing here costs or pays anything yet. Say what a week of a person costs:"
    yield f"  [teams.{team}]"
    yield "  week_cost = 4500"
    yield "and, of a feature, what a task costs and what it brings:"
    yield from item_example_lines(plan)


def item_example_lines(plan: Plan, name: str = "") -> Iterator[str]:
    """Tables of money with the plan's own ids: for a feature and a model, or the named item."""
    if name not in plan.model:
        yield from _feature_lines(name or next(iter(plan.product), "my-feature"))
    if name not in plan.product:
        yield from _model_lines(name or next(iter(plan.model), "my-model"))


def _feature_lines(feature: str) -> Iterator[str]:
    yield f"  [product.{feature}.cost]"
    yield "  tokens_in = 2000      # price_in, price_out: per million tokens"
    yield "  tokens_out = 400"
    yield "  price_in = 3"
    yield "  price_out = 15"
    yield "  priced = 2026-10-30   # the day of the prices"
    yield f"  [product.{feature}.roi]"
    yield "  build = 180000"
    yield "  run_month = 6000"
    yield "  benefit_month = [20000, 40000, 60000]"


def _model_lines(model: str) -> Iterator[str]:
    yield f"  [model.{model}.options.bought]"
    yield '  kind = "api"'
    yield "  unit = 0.01           # and one for each other way to have it"
