"""The money of a plan and of its items as plain data, as scripts get it."""

from collections.abc import Mapping

from roadmap_tui.fitness.amounts import Figure, Spread
from roadmap_tui.fitness.buying import Buying
from roadmap_tui.fitness.feature_cost import TIMES, FeatureCost
from roadmap_tui.fitness.money import ItemMoney, MarketSize, PlanMoney
from roadmap_tui.fitness.option_runs import Outlook, Side
from roadmap_tui.fitness.paying import Paying, Staged
from roadmap_tui.report.data import Data, weeks
from roadmap_tui.report.words import rounded


def plan_money_data(money: PlanMoney) -> Data:
    """What the plan costs, and its market."""
    return {
        "person_weeks": _spread(money.cost.weeks),
        "cost": _spread(money.cost.cost),
        "expected": _tracks(money.cost.tracks),
        "lost": rounded(money.cost.lost),
        "by_quarter": [
            {"ends": each.ends, "cost": _spread(each.cost), "expected": _tracks(each.tracks)}
            for each in money.quarters
        ],
        "later": _tracks(money.later),
        "unpriced": money.unpriced,
        "market": None if money.market is None else _market(money.market),
    }


def item_money_data(item: ItemMoney, found: tuple[Side, ...] = ()) -> Data:
    """One item's money, and its options in the forecast, if these were run."""
    return {
        "id": item.id,
        "takes": _figure(item.takes),
        "lost": rounded(item.lost),
        "unit": None if item.cost is None else _unit(item.cost),
        "roi": None if item.paying is None else _paying(item.paying),
        "options": None if item.buying is None else _buying(item.buying),
        **({"forecasts": [side_data(each) for each in found]} if found else {}),
    }


def side_data(side: Side) -> Data:
    """The plan as it is (`option` null) or with an option; `why` where nothing can be forecast."""
    about: Data = {"option": side.option, "changes": side.differs}
    if isinstance(side.outlook, str):
        return about | {"why": side.outlook}
    outlook: Outlook = side.outlook
    return about | {
        "ships": rounded(outlook.item.ships),
        "ever": rounded(outlook.item.ever),
        "finish": weeks(outlook.item.finish),
        "takes": _figure(outlook.takes),
        "plan_cost": _spread(outlook.cost.cost),
        "lost": rounded(outlook.cost.lost),
        "npv": _figure(outlook.npv),
        "pays": None if outlook.pays is None else rounded(outlook.pays),
        "value": rounded(outlook.value),
    }


def _market(market: MarketSize) -> Data:
    top_down = market.top_down
    return {
        "tam": _figure(market.tam),
        "sam": _figure(market.sam),
        "som": _figure(market.som),
        "by_value": _figure(market.value),
        "top_down": _figure(market.above),
        "source": top_down.source if top_down else None,
        "year": top_down.year if top_down else None,
        "apart": None if market.apart is None else rounded(market.apart),
        "price_in_value": _figure(market.price),
    }


def _unit(cost: FeatureCost) -> Data:
    return {
        "priced": cost.priced,
        "parts": {name: _figure(part) for name, part in cost.parts},
        "task": _figure(cost.task),
        "review": _figure(cost.review),
        "full": _figure(cost.full),
        "per_success": _figure(cost.success),
        "margin": _figure(cost.margins[0]),
        "margin_at": {
            str(times): _figure(each) for times, each in zip(TIMES, cost.margins, strict=True)
        },
        "most_tasks": _figure(cost.most_tasks),
        "ltv": _figure(cost.ltv),
        "ltv_to_cac": _figure(cost.earns_cac),
        "segments": [
            {
                "name": group.name,
                "share": rounded(group.share),
                "tasks_month": _figure(group.tasks),
                "cost_share": _figure(group.caused),
                "margin_at": {
                    str(times): _figure(each)
                    for times, each in zip(TIMES, group.margins, strict=True)
                },
            }
            for group in cost.usage
        ],
        "missing": [{"field": field, "for": what} for field, what in cost.lacks],
    }


def _paying(paying: Paying) -> Data:
    return {
        "months": paying.months,
        "discount": rounded(paying.discount),
        "roi": _figure(paying.roi),
        "npv": _figure(paying.npv),
        "pays": rounded(paying.pays),
        "pays_back": rounded(paying.pays_back),
        "payback_month": _spread(paying.payback),
        "trough": _figure(paying.trough),
        "ships": rounded(paying.ships),
        "launch_month": _spread(paying.launch),
        "live": paying.is_live,
        "staged": None if paying.staged is None else _staged(paying.staged),
    }


def _staged(staged: Staged) -> Data:
    return {
        "works": rounded(staged.works),
        "npv_if_works": rounded(staged.gain),
        "lost_if_not": rounded(staged.lost),
        "spike": None if staged.spike is None else rounded(staged.spike),
        "find_out_first": rounded(staged.first),
        "build_at_once": rounded(staged.at_once),
        "most_for_spike": rounded(staged.most),
    }


def _buying(buying: Buying) -> Data:
    return {
        "months": buying.months,
        "volume_month": _figure(buying.volume),
        "ways": [
            {
                "name": each.name,
                "kind": each.kind,
                "fixed": _figure(each.fixed),
                "unit": _figure(each.unit),
                "cost": _figure(each.cost),
                "weeks": _figure(each.weeks),
                "coverage": _figure(each.coverage),
                "lockin": each.lockin,
                "score": None if each.score is None else rounded(each.score),
                "out": each.out,
            }
            for each in buying.options
        ],
        "cheapest": [
            {"from_volume": _figure(each.start), "chance": rounded(each.chance), "name": each.name}
            for each in buying.cheapest
        ],
        "by_score": buying.by_score,
        "by_cost": buying.by_cost,
        "disagree": buying.disagree,
        "chosen": buying.chosen,
        "decided": buying.decided,
        "revisit": buying.revisit,
    }


def _figure(figure: Figure | None) -> Data | None:
    if figure is None:
        return None
    return {"mean": rounded(figure.mean), **(_spread(figure.spread) or {})}


def _spread(spread: Spread | None) -> Data | None:
    if spread is None:
        return None
    return {"p10": rounded(spread.p10), "p50": rounded(spread.p50), "p90": rounded(spread.p90)}


def _tracks(tracks: Mapping[str, float]) -> Data:
    return {name: rounded(amount) for name, amount in tracks.items()}
