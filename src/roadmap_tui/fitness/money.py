"""All that is told of a plan's money: what it takes, by track and quarter, and item by item whether it pays."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from roadmap_tui.fitness.amounts import Figure, drawn, figure, figure_of, mean
from roadmap_tui.fitness.buying import Buying, buying
from roadmap_tui.fitness.feature_cost import FeatureCost, feature_cost
from roadmap_tui.fitness.market import apart, market_fit, price_in_value
from roadmap_tui.fitness.paying import Paying, paying, roi_of
from roadmap_tui.fitness.plan_cost import QuarterCost, by_quarter, spendings, unpriced
from roadmap_tui.fitness.spending import PlanCost, Spending, plan_cost
from roadmap_tui.forecast.draws import Source
from roadmap_tui.forecast.pace import Check, go_on
from roadmap_tui.forecast.simulation import Simulation
from roadmap_tui.plan.items import Item, Model, Product
from roadmap_tui.plan.money import Roi, TopDown
from roadmap_tui.plan.roadmap import Plan


@dataclass(frozen=True, slots=True)
class MarketSize:
    """The market of a year, counted three ways; None of what the table does not tell.

    Attributes:
        tam, sam, som: from accounts.
        value: by what accounts gain.
        above: as a share of an industry, by `top_down`.
        apart: how many times the least of the counts of all of it the greatest is.
        price: the price as a share of what an account gains.
    """

    tam: Figure | None
    sam: Figure | None
    som: Figure | None
    value: Figure | None
    above: Figure | None
    apart: float | None
    price: Figure | None
    top_down: TopDown | None


@dataclass(frozen=True, slots=True)
class ItemMoney:
    """One item.

    Attributes:
        takes: what it still costs; None of one that is not open.
        lost: the part of that expected where it does not ship.
        cost: its unit economics.
        roi: its table.
        paying: what it pays; None also where its table does not tell enough.
        buying: the ways to have it.
    """

    id: str
    takes: Figure | None
    lost: float
    cost: FeatureCost | None
    roi: Roi | None
    paying: Paying | None
    buying: Buying | None


@dataclass(frozen=True, slots=True)
class PlanMoney:
    """A whole plan.

    Attributes:
        cost: of all that is open.
        quarters: until the horizon.
        later: by track, the expected cost beyond the horizon.
        unpriced: open items whose people have no cost.
        market: None without a table.
        items: those that have a table of money, by id, in the order of the file.
        spent: by open item, what is expected to be spent on it.
        lost: by open item, the part of that where it does not ship.
        pending: items with a table of money that are not worked out yet.
    """

    cost: PlanCost
    quarters: tuple[QuarterCost, ...]
    later: Mapping[str, float]
    unpriced: tuple[str, ...]
    market: MarketSize | None
    items: Mapping[str, ItemMoney]
    spent: Mapping[str, float]
    lost: Mapping[str, float]
    pending: frozenset[str] = frozenset()

    @property
    def told(self) -> frozenset[str]:
        """Ids of the items that have a table of money, worked out or not."""
        return self.pending | self.items.keys()

    @property
    def is_empty(self) -> bool:
        """Whether nothing costs anything, and no table tells of money."""
        return not (self.cost.cost.p90 or self.items or self.pending or self.market)


def plan_money(
    simulation: Simulation, plan: Plan, check: Check = go_on, only: Collection[str] | None = None
) -> PlanMoney:
    """All that is told of a plan's money.

    Args:
        simulation: of the plan.
        plan: the plan.
        check: called now and then.
        only: the items to be worked out, the others are pending; None of all.

    Raises:
        StoppedError: from `check`.
    """
    spent = spendings(simulation, plan, check)
    cost, quarters = plan_cost(spent.values()), by_quarter(simulation, spent, check)
    names = [name for name, item in plan.items.items() if has_money(item)]
    items: dict[str, ItemMoney] = {}
    for name in names:
        check()
        if only is None or name in only:
            items[name] = _item(simulation, plan, name, spent)
    return PlanMoney(
        cost=cost,
        quarters=quarters,
        later={
            track: max(0.0, whole - sum(each.tracks.get(track, 0.0) for each in quarters))
            for track, whole in cost.tracks.items()
        },
        unpriced=unpriced(simulation.resolved, plan),
        market=market_size(simulation.efforts.source, plan),
        items=items,
        spent={name: mean(each.cost) for name, each in spent.items()},
        lost={name: each.lost for name, each in spent.items()},
        pending=frozenset(names) - items.keys(),
    )


def _item(
    simulation: Simulation, plan: Plan, name: str, spent: Mapping[str, Spending]
) -> ItemMoney:
    item, mine = plan.items[name], spent.get(name)
    return ItemMoney(
        id=name,
        takes=None if mine is None else figure(mine.cost),
        lost=0.0 if mine is None else mine.lost,
        cost=_cost(simulation.efforts.source, name, item),
        roi=roi_of(plan, name),
        paying=paying(simulation, plan, name, spent),
        buying=_buying(simulation.efforts.source, plan, name, item),
    )


def has_money(item: Item) -> bool:
    """Whether an item has a table that tells of money."""
    match item:
        case Product():
            return item.cost is not None or item.roi is not None
        case Model():
            return bool(item.options) or item.roi is not None
        case _:
            return False


def _cost(source: Source, name: str, item: Item) -> FeatureCost | None:
    return (
        feature_cost(item.cost, drawn(source, name))
        if isinstance(item, Product) and item.cost
        else None
    )


def _buying(source: Source, plan: Plan, name: str, item: Item) -> Buying | None:
    return (
        buying(item, drawn(source, name), plan.policy.roi_months)
        if isinstance(item, Model)
        else None
    )


def market_size(source: Source, plan: Plan) -> MarketSize | None:
    """The plan's market; None without a table."""
    market = plan.market
    if market is None:
        return None
    draw = drawn(source, "")
    fit = market_fit(market, draw)
    counts = [
        each
        for each in (fit.below.tam if fit.below else None, fit.value, fit.above)
        if each is not None
    ]
    price, value = (
        draw("market.price_year", market.price_year),
        draw("market.value_per_account", market.value_per_account),
    )
    return MarketSize(
        tam=figure(fit.below.tam) if fit.below else None,
        sam=figure(fit.below.sam) if fit.below else None,
        som=figure(fit.below.som) if fit.below else None,
        value=figure_of(fit.value),
        above=figure_of(fit.above),
        apart=apart(counts) if counts else None,
        price=None if price is None or value is None else figure_of(price_in_value(price, value)),
        top_down=market.top_down,
    )
