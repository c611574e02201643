"""A plan's money: its cost by track and quarter, and each item's return."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from roadmap_tui.forecast.simulation.amounts import (
    AmountSampler,
    AmountSummary,
    amount_sampler,
    mean,
    summarise,
    summarise_optional,
    total,
)
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint
from roadmap_tui.forecast.simulation.sampling import RandomSource
from roadmap_tui.forecast.simulation.simulator import Simulation
from roadmap_tui.money.build_or_buy import BuildOrBuy, build_or_buy
from roadmap_tui.money.cashflow import WEEKS_PER_MONTH
from roadmap_tui.money.cost import ItemCost, PlanCost, plan_cost
from roadmap_tui.money.feature_cost import FeatureCost, feature_cost
from roadmap_tui.money.keep_cost import (
    KeepCost,
    keep_costs,
    kept_until_horizon,
    unpriced_upkeep,
)
from roadmap_tui.money.market import disagreement, market_estimates, price_share_of_value
from roadmap_tui.money.payroll import Payroll, plan_payroll
from roadmap_tui.money.plan_cost import remaining_costs, unpriced_items
from roadmap_tui.money.plan_return import PlanReturn, plan_return
from roadmap_tui.money.quarter_costs import QuarterCost, cost_by_quarter
from roadmap_tui.money.roi import RoiResult, business_case, roi_result
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.items import Bet, Item, Model, Product
from roadmap_tui.plan.money.economics import BusinessCase
from roadmap_tui.plan.money.market import Market, TopDownMarket
from roadmap_tui.plan.roadmap import Plan


@dataclass(frozen=True, slots=True)
class MarketSize:
    """The yearly market, estimated three ways; fields are None where inputs are missing.

    Attributes:
        tam, sam, som: from accounts.
        value: by the accounts' gain.
        industry_share: as a share of an industry, by `top_down`.
        disagreement: largest estimate of the whole market / the smallest.
        price_share: the price as a share of an account's gain.
        served_by: the open and live items that name it, in the order of the file.
    """

    tam: AmountSummary | None
    sam: AmountSummary | None
    som: AmountSummary | None
    value: AmountSummary | None
    industry_share: AmountSummary | None
    disagreement: float | None
    price_share: AmountSummary | None
    top_down: TopDownMarket | None
    served_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemMoney:
    """One item.

    Attributes:
        remaining_cost: None if it is not open.
        keep_month: cost of a month once it is live, upkeep included; None if that is nothing.
        unshipped_cost: the part of the expected cost where it does not ship.
        cost: its unit economics.
        business_case: its table.
        roi_result: its return; None also where its table is incomplete.
        build_or_buy: its options.
    """

    id: str
    remaining_cost: AmountSummary | None
    keep_month: AmountSummary | None
    unshipped_cost: float
    cost: FeatureCost | None
    business_case: BusinessCase | None
    roi_result: RoiResult | None
    build_or_buy: BuildOrBuy | None


@dataclass(frozen=True, slots=True)
class PlanMoney:
    """A whole plan.

    Attributes:
        cost: of work on all open items, and of keeping what is live until the horizon.
        quarters: until the horizon.
        beyond_horizon: by track, the expected cost of work after the horizon.
        npv: its return; None without a business case.
        unpriced: open and live items whose people have no cost.
        markets: by name; that of a single one is empty.
        items: those that have a money table, by id, in the order of the file.
        expected_costs: by open item, of work on it.
        expected_keep: by item that costs something once it is live, until the horizon.
        unshipped_costs: by open item, the part of that where it does not ship.
        payroll: pay of everyone to the horizon; None if no team has a weekly cost.
        pending_items: items with a money table that are not computed yet.
    """

    cost: PlanCost
    quarters: tuple[QuarterCost, ...]
    beyond_horizon: Mapping[str, float]
    npv: PlanReturn | None
    unpriced: tuple[str, ...]
    markets: Mapping[str, MarketSize]
    items: Mapping[str, ItemMoney]
    expected_costs: Mapping[str, float]
    unshipped_costs: Mapping[str, float]
    expected_keep: Mapping[str, float]
    payroll: Payroll | None = None
    pending_items: frozenset[str] = frozenset()

    @property
    def items_with_money(self) -> frozenset[str]:
        """Ids of the items that have a money table, computed or not."""
        return self.pending_items | self.items.keys()

    @property
    def is_empty(self) -> bool:
        """Whether nothing costs anything, and there are no money tables."""
        return not (self.cost.cost.p90 or self.items or self.pending_items or self.markets)


def plan_money(
    simulation: Simulation,
    plan: Plan,
    checkpoint: Checkpoint = no_checkpoint,
    only: Collection[str] | None = None,
) -> PlanMoney:
    """Return a plan's money.

    Args:
        simulation: of the plan.
        plan: the plan.
        checkpoint: called regularly.
        only: the items to compute, the others are pending; None for all.

    Raises:
        CalculationCancelledError: from `checkpoint`.
    """
    spent = remaining_costs(simulation, plan, checkpoint)
    kept = keep_costs(simulation, plan, checkpoint)
    until_horizon = kept_until_horizon(simulation, kept)
    cost = plan_cost(spent.values(), total(until_horizon.values()))
    quarters = cost_by_quarter(simulation, spent, kept, checkpoint)
    names = [name for name, item in plan.items.items() if has_money_table(item)]
    items: dict[str, ItemMoney] = {}
    for name in names:
        checkpoint()
        if only is None or name in only:
            items[name] = _item_money(simulation, plan, name, spent, kept.get(name))
    return PlanMoney(
        cost=cost,
        quarters=quarters,
        beyond_horizon=_beyond_horizon(cost, quarters),
        npv=plan_return(simulation, plan, spent, kept),
        unpriced=tuple(
            dict.fromkeys(
                (*unpriced_items(simulation.resolved, plan), *unpriced_upkeep(plan, kept))
            )
        ),
        markets=market_sizes(simulation.efforts.source, plan),
        items=items,
        expected_costs={name: mean(each.cost) for name, each in spent.items()},
        unshipped_costs={name: each.unshipped_cost for name, each in spent.items()},
        expected_keep={name: mean(cost) for name, cost in until_horizon.items()},
        payroll=plan_payroll(simulation, plan, spent),
        pending_items=frozenset(names) - items.keys(),
    )


def _beyond_horizon(cost: PlanCost, quarters: Sequence[QuarterCost]) -> dict[str, float]:
    """Return, by track, the expected cost after the horizon."""
    later = dict(cost.tracks)
    for track, whole in cost.tracks.items():
        within = sum(quarter.tracks.get(track, 0.0) for quarter in quarters)
        later[track] = max(0.0, whole - within)
    return later


def _item_money(
    simulation: Simulation,
    plan: Plan,
    name: str,
    spent: Mapping[str, ItemCost],
    kept: KeepCost | None,
) -> ItemMoney:
    item, mine = plan.items[name], spent.get(name)
    return ItemMoney(
        id=name,
        remaining_cost=None if mine is None else summarise(mine.cost),
        keep_month=None if kept is None else summarise(kept.week * WEEKS_PER_MONTH),
        unshipped_cost=0.0 if mine is None else mine.unshipped_cost,
        cost=_feature_cost(simulation.efforts.source, name, item),
        business_case=business_case(plan, name),
        roi_result=roi_result(simulation, plan, name, spent),
        build_or_buy=_build_or_buy(simulation, plan, name),
    )


def has_money_table(item: Item) -> bool:
    """Return whether an item has a money table."""
    match item:
        case Product():
            return item.cost is not None or item.roi is not None
        case Model():
            return bool(item.options) or item.roi is not None
        case _:
            return False


def _feature_cost(source: RandomSource, name: str, item: Item) -> FeatureCost | None:
    if not isinstance(item, Product) or not item.cost:
        return None
    return feature_cost(item.cost, amount_sampler(source, name))


def _build_or_buy(simulation: Simulation, plan: Plan, name: str) -> BuildOrBuy | None:
    if name not in plan.model:
        return None
    sampler_of = partial(amount_sampler, simulation.efforts.source)
    return build_or_buy(plan, name, sampler_of, simulation.resolved.as_of)


def market_sizes(source: RandomSource, plan: Plan) -> dict[str, MarketSize]:
    """Return the plan's markets by name; that of a single one is empty."""
    return {
        name: _market_size(
            market, amount_sampler(source, name and f"market {name}"), _served(plan, name)
        )
        for name, market in plan.markets.items()
    }


def _served(plan: Plan, market: str) -> tuple[str, ...]:
    served = OPEN_STATUSES | {"live"}
    return tuple(
        name
        for name, item in plan.items.items()
        if isinstance(item, Bet) and item.market == market and item.status in served
    )


def _market_size(market: Market, draw: AmountSampler, served_by: tuple[str, ...]) -> MarketSize:
    estimates = market_estimates(market, draw)
    bottom_up = estimates.bottom_up
    tam = None if bottom_up is None else bottom_up.tam
    totals = [each for each in (tam, estimates.value, estimates.top_down) if each is not None]
    return MarketSize(
        tam=summarise_optional(tam),
        sam=None if bottom_up is None else summarise(bottom_up.sam),
        som=None if bottom_up is None else summarise(bottom_up.som),
        value=summarise_optional(estimates.value),
        industry_share=summarise_optional(estimates.top_down),
        disagreement=disagreement(totals) if totals else None,
        price_share=_price_share(market, draw),
        top_down=market.top_down,
        served_by=served_by,
    )


def _price_share(market: Market, draw: AmountSampler) -> AmountSummary | None:
    price = draw("market.price_year", market.price_year)
    value = draw("market.value_per_account", market.value_per_account)
    if price is None or value is None:
        return None
    return summarise_optional(price_share_of_value(price, value))
