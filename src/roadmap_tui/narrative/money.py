"""What a plan costs, its market, and its items' money in a line each, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roadmap_tui.forecast.simulation.amounts import AmountSummary
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.money.plan_money import ItemMoney, PlanMoney
from roadmap_tui.narrative.item_facts import Fact
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.text.currency import (
    Currency,
    format_count_figure,
    format_count_range,
    format_month_range,
    format_share,
)
from roadmap_tui.text.dates import format_chance, format_date, format_month
from roadmap_tui.text.terminal_text import escape_control

COST_TRACKS = ("product", "model")
MONEY_COLUMNS = ("takes", "a task", "priced", "margin", "NPV", "NPV > 0", "pays back")
"""What stands of each item in a line."""
COLUMN_DROP_ORDER = ("pays back", "margin", "takes", "priced", "NPV", "a task", "NPV > 0")
"""Which of these are left out first where room is short."""
_NAMED = 3
_APART = 3.0


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """What is spent in one quarter.

    Attributes:
        name: the quarter, or what comes after all of them.
        tracks: expected, by track, as `report.money.TRACKS` has them.
        amounts: the same as numbers.
        total: the range of both together; empty where only the mean is known.
    """

    name: str
    tracks: tuple[str, ...]
    amounts: tuple[float, ...]
    total: str


def plan_currency(plan: Plan) -> Currency:
    """The currency of a plan."""
    return Currency.from_code(plan.roadmap.currency)


def money_basis(plan: Plan, forecast: Forecast) -> str:
    """As of when the figures are, in what, and how."""
    currency = escape_control(plan.roadmap.currency)[:8]
    return (
        f"as of {format_date(forecast.as_of)} · {currency} · ranges hold 8 times in 10, single figures are"
        " means"
    )


def cost_sentence(money: PlanMoney, currency: Currency) -> str:
    """What the plan takes, and how much of that goes into what won't ship."""
    weeks, cost = (
        f"{format_count_range(money.cost.weeks)} person-weeks",
        currency.format_spread(money.cost.cost),
    )
    if not money.cost.cost.p90:
        return f"Takes {weeks}; what they cost nobody says yet."
    lost = f"{currency.format_amount(money.cost.unshipped_cost)} of it on bets that won't ship"
    return f"Takes {weeks}, {cost}; {lost}."


def quarter_rows(money: PlanMoney, currency: Currency) -> Iterator[QuarterRow]:
    """What is spent in each quarter of the horizon, as far as anything is, and after it."""
    last = max((at for at, each in enumerate(money.quarters) if each.cost.p90 > 0), default=-1)
    for each in money.quarters[: last + 1]:
        amounts = tuple(each.tracks.get(track, 0.0) for track in COST_TRACKS)
        name = f"Q{(each.ends.month + 2) // 3} {each.ends.year}"
        yield QuarterRow(
            name,
            tuple(map(currency.format_amount, amounts)),
            amounts,
            currency.format_spread(each.cost),
        )
    later = tuple(money.beyond_horizon.get(track, 0.0) for track in COST_TRACKS)
    if sum(later) > 1e-6 * max(1.0, money.cost.cost.p90):
        yield QuarterRow("later", tuple(map(currency.format_amount, later)), later, "")


def unpriced_sentence(money: PlanMoney, forecast: Forecast) -> str:
    """Whose people have no cost; empty if all have one."""
    names = money.unpriced
    if not names:
        return ""
    some = ", ".join(escape_control(forecast.items[name].title) for name in names[:_NAMED])
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"Not counted, for their teams have no week_cost: the people of {some}{more}."


def money_row(item: ItemMoney, currency: Currency) -> tuple[str, ...]:
    """What stands of an item in a line, by `HEADS`."""
    cost, paying = item.cost, item.roi_result
    return (
        currency.format_figure(item.remaining_cost)
        if item.remaining_cost and item.remaining_cost.mean
        else "–",
        currency.format_figure(cost.full) if cost else "–",
        _priced(item),
        format_share(cost.margins[0]) if cost else "–",
        currency.format_figure(paying.npv) if paying else "–",
        format_chance(paying.p_profitable) if paying else "–",
        _payback(item),
    )


def item_cost_sentence(item: ItemMoney, currency: Currency) -> str:
    """What an open item still takes, and how much of that where it does not ship."""
    if item.remaining_cost is not None and not item.remaining_cost.mean:
        return "nobody says what its people cost; write week_cost of its team"
    lost = (
        f"; on average {currency.format_amount(item.unshipped_cost)} of it where it does not ship"
        if item.unshipped_cost
        else ""
    )
    return f"takes {currency.format_figure(item.remaining_cost)}{lost}"


def _priced(item: ItemMoney) -> str:
    if item.cost is None or item.cost.full is None:
        return "–"
    return format_month(item.cost.priced) if item.cost.priced else "no day"


def _payback(item: ItemMoney) -> str:
    if item.roi_result is None:
        return "–"
    back = item.roi_result.payback
    return "never" if back is None else format_month_range(back)


def used_columns(rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The columns in which some row has something."""
    return tuple(
        at
        for at, column in enumerate(zip(*rows, strict=True))
        if any(text != "–" for text in column)
    )


def missing_roi_sentence(money: PlanMoney) -> str:
    """The first table to write where no item tells what it brings; empty if one does."""
    if any(item.business_case for item in money.items.values()):
        return ""
    name = next((name for name, item in money.items.items() if item.cost is not None), None)
    where = f"[product.{name}.roi]" if name else "[product.ID.roi]"
    return f"What pays is not told yet: write {where} with build, run_month and benefit_month."


def market_facts(money: PlanMoney, currency: Currency) -> list[Fact]:
    """The market of a year by each of its three counts, and how far these are apart."""
    market = money.market
    if market is None:
        return []
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
        price = (
            f" · the price is {format_share(market.price_share)} of what an account gains"
            if market.price_share
            else ""
        )
        facts.append(Fact("by value", f"TAM {currency.format_figure(market.value)}{price}"))
    if market.industry_share is not None:
        facts.append(
            Fact(
                "top down",
                f"TAM {currency.format_figure(market.industry_share)} · {_source(money)}",
            )
        )
    if not facts:
        lacks = "accounts and price_year, value_per_account and capture, or top_down"
        facts.append(Fact("market", f"nothing can be counted yet; write {lacks}"))
    if market.disagreement is not None:
        facts.append(
            Fact(
                "apart",
                f"the largest count is {market.disagreement:.3g} times the smallest{_far(market.disagreement)}",
            )
        )
    return facts


def _far(apart: float) -> str:
    return ": find out why before you show one" if apart > _APART else ""


def _source(money: PlanMoney) -> str:
    told = money.market.top_down if money.market else None
    if told is None or told.source is None:
        return "nobody says whose figure that is; write source and year"
    return escape_control(told.source) + (f", {told.year}" if told.year else ", of no year")


def format_multiple(figure: AmountSummary | None) -> str:
    """How many times something is something else: ``3.1 times``."""
    return "–" if figure is None else f"{format_count_figure(figure)} times"


def money_example_lines(plan: Plan) -> Iterator[str]:
    """What to write where nothing tells of money yet: lines of TOML with the plan's own ids, and words before them."""
    team = next(iter(plan.teams), "app")
    yield "Nothing here costs or pays anything yet. Say what a week of a person costs:"
    yield f"  [teams.{team}]"
    yield "  week_cost = 4500"
    yield "and, of a feature, what a task costs and what it brings:"
    yield from item_example_lines(plan)


def item_example_lines(plan: Plan, name: str = "") -> Iterator[str]:
    """The tables that tell of money, with the plan's own ids: of a feature and a model, or of the item named."""
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
