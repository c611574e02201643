"""Explain an item's cost and return, and what would change them."""

from collections.abc import Iterable, Iterator

from roadmap_tui.forecast.analysis.what_if import WhatIfPlan
from roadmap_tui.forecast.simulation.results import Forecast, ItemForecast
from roadmap_tui.money.money_tornado import MoneyFigure, MoneySwing, money_swings
from roadmap_tui.money.plan_money import PlanMoney
from roadmap_tui.money.roi import RoiResult
from roadmap_tui.narrative.explanations.explanation import Explanation, FigureName
from roadmap_tui.narrative.explanations.inputs import ExplanationInput, InputLocator
from roadmap_tui.narrative.item_figures import mark_assumption, name_field
from roadmap_tui.plan.base import DELIVERED_STATUSES, OPEN_STATUSES
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.items import Bet
from roadmap_tui.plan.resolver import ResolvedItem
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.text.currency import Currency
from roadmap_tui.text.numbers import format_chance, format_number, format_whole_percent

MONEY_FIGURES: dict[FigureName, MoneyFigure] = {"takes": "takes", "npv": "npv"}
"""Figures whose inputs can be varied, and the name of their swing."""
_ROI = {
    "build": "to build it",
    "run_month": "to run it, a month",
    "benefit_month": "benefit a month",
    "realisation": "of which comes true",
    "ramp": "ramp, by month",
    "launch_month": "launch month",
    "months": "months looked at",
    "discount": "discount a year",
}
_CHANCES = {"chance", "yes_if_works", "yes_if_not", "realisation"}


def explain_item_money(
    inputs: InputLocator, money: PlanMoney, forecast: Forecast, name: str
) -> Iterator[Explanation]:
    """Explain an open item's cost if it is priced, and its return if it has a business case."""
    currency = Currency.from_code(inputs.plan.roadmap.currency)
    item, terms = forecast.items[name], inputs.resolved.items[name]
    if item.status in OPEN_STATUSES and money.expected_costs[name] > 0:
        yield _explain_cost(inputs, money, item, terms, currency)
    found = money.items.get(name)
    if found is not None and found.roi_result is not None:
        yield _explain_return(inputs, found.roi_result, item, currency)


def _explain_cost(
    inputs: InputLocator,
    money: PlanMoney,
    item: ItemForecast,
    terms: ResolvedItem,
    currency: Currency,
) -> Explanation:
    attempted = 1 - item.blocked - item.dropped - item.replaced
    where = "it is under way and goes on to its finish, whatever becomes of what it hangs on"
    if item.status != "active":
        where = f"in the {format_chance(attempted)} of the runs in which it is attempted"
    formula = [
        f"{currency.format_rounded(money.expected_costs[item.id])} expected: {where}, its"
        " person-weeks × what one costs, and the compute of each stage it goes through"
    ]
    found = money.items.get(item.id)
    if found is not None and found.remaining_cost is not None:
        formula.append(
            f"80% range {currency.format_rounded_spread(found.remaining_cost.range)};"
            f" {currency.format_rounded(found.unshipped_cost)} where it fails"
        )
    if item.id in money.unpriced:
        formula.append("the cost of its people is not set: week_cost of its team")
    figure = f"expected cost {currency.format_rounded(money.expected_costs[item.id])}"
    return Explanation(
        "takes",
        figure,
        tuple(formula),
        (*inputs.effort_inputs(terms), *_price_inputs(inputs, terms)),
    )


def _price_inputs(inputs: InputLocator, terms: ResolvedItem) -> Iterator[ExplanationInput]:
    if terms.team is not None and inputs.plan.teams[terms.team].week_cost is not None:
        yield inputs.written_field(("teams", terms.team, "week_cost"), "one costs a week")
    for stage in terms.stages:
        if stage.is_remaining and stage.compute is not None:
            yield inputs.written_field(
                (terms.kind, terms.id, "stages", stage.name, "compute"), f"compute of {stage.name}"
            )


def _explain_return(
    inputs: InputLocator, paying: RoiResult, item: ItemForecast, currency: Currency
) -> Explanation:
    launched = "it is live already, its build not counted"
    if item.status not in DELIVERED_STATUSES:
        launched = (
            f"live where it ships ({format_chance(paying.p_ships)}), from the month the forecast"
            " or the file says"
        )
    formula = (
        (
            f"{currency.format_amount(paying.npv.mean)} on average, 80% range"
            f" {currency.format_figure(paying.npv)}; above 0 in"
            f" {format_chance(paying.p_profitable)} of the runs"
        ),
        (
            f"over {paying.months} months: − build until the launch, then benefit × ramp × what"
            " comes true − running it; month m counts 1 ÷ (1 +"
            f" {format_whole_percent(paying.discount)})^(m ÷ 12)"
        ),
        f"{launched}; where it is built and does not ship, the build is lost",
    )
    return Explanation(
        "npv",
        f"NPV {currency.format_figure(paying.npv)}",
        formula,
        tuple(_roi_inputs(inputs, item)),
    )


def _roi_inputs(inputs: InputLocator, item: ItemForecast) -> Iterator[ExplanationInput]:
    bet, place = inputs.plan.items[item.id], (item.kind, item.id, "roi")
    roi = bet.roi if isinstance(bet, Bet) else None
    policy: dict[str, object] = {
        "months": inputs.plan.policy.roi_months,
        "discount": inputs.plan.policy.discount,
    }
    for field, label in _ROI.items():
        path: KeyPath = (*place, field)
        if getattr(roi, field) not in (None, ()):
            yield inputs.written_field(path, label)
        elif field in policy:
            yield ExplanationInput(label, format_number(float(str(policy[field]))), "[policy]")


def money_sensitivity(
    trials: WhatIfPlan, plan: Plan, forecast: Forecast, name: str, money: MoneyFigure
) -> list[str]:
    """The effect of each input on an item's average cost or return, largest first."""
    return list(
        _sensitivity_lines(
            money_swings(trials, plan, name, money),
            forecast,
            Currency.from_code(plan.roadmap.currency),
        )
    )


def _sensitivity_lines(
    found: Iterable[MoneySwing], forecast: Forecast, currency: Currency
) -> Iterator[str]:
    for each in found:
        figures = tuple(map(currency.format_amount, each.figures))
        if figures[0] != figures[1]:
            ends = (
                format_whole_percent(end) if each.field in _CHANCES else format_number(end)
                for end in each.ends
            )
            label = mark_assumption(name_field(forecast, each.item, each.field), each.is_assumed)
            yield f"{label} {' → '.join(ends)}: {' → '.join(figures)}"
