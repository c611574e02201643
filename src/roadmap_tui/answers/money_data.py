"""The money of a plan and of its items as plain data, as scripts get it."""

from collections.abc import Mapping

from roadmap_tui.answers.data import JsonObject, weeks_data
from roadmap_tui.forecast.simulation.amounts import AmountRange, AmountSummary
from roadmap_tui.money.build_or_buy import BuildOrBuy
from roadmap_tui.money.feature_cost import USAGE_MULTIPLES, FeatureCost
from roadmap_tui.money.option_scenarios import OptionScenario, PlanOutlook
from roadmap_tui.money.plan_money import ItemMoney, MarketSize, PlanMoney
from roadmap_tui.money.roi import RoiResult, SpikeFirstComparison
from roadmap_tui.text.dates import round_significant


def plan_money_data(money: PlanMoney) -> JsonObject:
    """What the plan costs, and its market."""
    return {
        "person_weeks": _spread(money.cost.weeks),
        "cost": _spread(money.cost.cost),
        "expected": _tracks(money.cost.tracks),
        "lost": round_significant(money.cost.unshipped_cost),
        "by_quarter": [
            {"ends": each.ends, "cost": _spread(each.cost), "expected": _tracks(each.tracks)}
            for each in money.quarters
        ],
        "later": _tracks(money.beyond_horizon),
        "unpriced": money.unpriced,
        "market": None if money.market is None else _market(money.market),
    }


def item_money_data(item: ItemMoney, found: tuple[OptionScenario, ...] = ()) -> JsonObject:
    """One item's money, and its options in the forecast, if these were run."""
    return {
        "id": item.id,
        "takes": _figure(item.remaining_cost),
        "lost": round_significant(item.unshipped_cost),
        "unit": None if item.cost is None else _unit(item.cost),
        "roi": None if item.roi_result is None else _paying(item.roi_result),
        "options": None if item.build_or_buy is None else _buying(item.build_or_buy),
        **({"forecasts": [option_scenario_data(each) for each in found]} if found else {}),
    }


def option_scenario_data(side: OptionScenario) -> JsonObject:
    """The plan as it is (`option` null) or with an option; `why` where nothing can be forecast."""
    about: JsonObject = {"option": side.option, "changes": side.changed_fields}
    if isinstance(side.outlook, str):
        return about | {"why": side.outlook}
    outlook: PlanOutlook = side.outlook
    return about | {
        "ships": round_significant(outlook.item.ships),
        "ever": round_significant(outlook.item.p_delivered),
        "finish": weeks_data(outlook.item.finish),
        "takes": _figure(outlook.remaining_cost),
        "plan_cost": _spread(outlook.cost.cost),
        "lost": round_significant(outlook.cost.unshipped_cost),
        "npv": _figure(outlook.npv),
        "pays": None if outlook.p_profitable is None else round_significant(outlook.p_profitable),
        "value": round_significant(outlook.value),
    }


def _market(market: MarketSize) -> JsonObject:
    top_down = market.top_down
    return {
        "tam": _figure(market.tam),
        "sam": _figure(market.sam),
        "som": _figure(market.som),
        "by_value": _figure(market.value),
        "top_down": _figure(market.industry_share),
        "source": top_down.source if top_down else None,
        "year": top_down.year if top_down else None,
        "apart": None if market.disagreement is None else round_significant(market.disagreement),
        "price_in_value": _figure(market.price_share),
    }


def _unit(cost: FeatureCost) -> JsonObject:
    return {
        "priced": cost.priced,
        "parts": {name: _figure(part) for name, part in cost.parts},
        "task": _figure(cost.task),
        "review": _figure(cost.review),
        "full": _figure(cost.full),
        "per_success": _figure(cost.success),
        "margin": _figure(cost.margins[0]),
        "margin_at": {
            str(times): _figure(each)
            for times, each in zip(USAGE_MULTIPLES, cost.margins, strict=True)
        },
        "most_tasks": _figure(cost.max_tasks),
        "ltv": _figure(cost.ltv),
        "ltv_to_cac": _figure(cost.ltv_to_cac),
        "segments": [
            {
                "name": group.name,
                "share": round_significant(group.share),
                "tasks_month": _figure(group.tasks),
                "cost_share": _figure(group.cost_share),
                "margin_at": {
                    str(times): _figure(each)
                    for times, each in zip(USAGE_MULTIPLES, group.margins, strict=True)
                },
            }
            for group in cost.usage
        ],
        "missing": [{"field": field, "for": what} for field, what in cost.missing_inputs],
    }


def _paying(paying: RoiResult) -> JsonObject:
    return {
        "months": paying.months,
        "discount": round_significant(paying.discount),
        "roi": _figure(paying.roi),
        "npv": _figure(paying.npv),
        "pays": round_significant(paying.p_profitable),
        "pays_back": round_significant(paying.p_payback),
        "payback_month": _spread(paying.payback),
        "trough": _figure(paying.peak_outlay),
        "ships": round_significant(paying.p_ships),
        "launch_month": _spread(paying.launch),
        "live": paying.is_live,
        "staged": None if paying.spike_comparison is None else _staged(paying.spike_comparison),
    }


def _staged(staged: SpikeFirstComparison) -> JsonObject:
    return {
        "works": round_significant(staged.works),
        "npv_if_works": round_significant(staged.gain),
        "lost_if_not": round_significant(staged.loss),
        "spike": None if staged.spike_cost is None else round_significant(staged.spike_cost),
        "find_out_first": round_significant(staged.spike_first),
        "build_at_once": round_significant(staged.build_at_once),
        "most_for_spike": round_significant(staged.max_spike_cost),
    }


def _buying(buying: BuildOrBuy) -> JsonObject:
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
                "score": None if each.score is None else round_significant(each.score),
                "out": each.knockout_factors,
            }
            for each in buying.options
        ],
        "cheapest": [
            {
                "from_volume": _figure(each.start),
                "chance": round_significant(each.chance),
                "name": each.name,
            }
            for each in buying.cheapest
        ],
        "by_score": buying.by_score,
        "by_cost": buying.by_cost,
        "disagree": buying.winners_differ,
        "chosen": buying.chosen,
        "decided": buying.decided,
        "revisit": buying.revisit,
    }


def _figure(figure: AmountSummary | None) -> JsonObject | None:
    if figure is None:
        return None
    return {"mean": round_significant(figure.mean), **(_spread(figure.range) or {})}


def _spread(spread: AmountRange | None) -> JsonObject | None:
    if spread is None:
        return None
    return {
        "p10": round_significant(spread.p10),
        "p50": round_significant(spread.p50),
        "p90": round_significant(spread.p90),
    }


def _tracks(tracks: Mapping[str, float]) -> JsonObject:
    return {name: round_significant(amount) for name, amount in tracks.items()}
