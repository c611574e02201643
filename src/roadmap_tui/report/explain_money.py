"""How what an item takes and pays is worked out, and what would change it."""

from collections.abc import Iterable, Iterator

from roadmap_tui.fitness.money import PlanMoney
from roadmap_tui.fitness.money_swings import Money, Tilt, tilts
from roadmap_tui.fitness.paying import Paying
from roadmap_tui.forecast.summary import Forecast, ItemForecast
from roadmap_tui.forecast.trials import Trials
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.items import Bet
from roadmap_tui.plan.resolve import DELIVERED, OPEN, Terms
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.report.currency import Currency
from roadmap_tui.report.explained import Explained, Subject
from roadmap_tui.report.figures import marked, named_field
from roadmap_tui.report.inputs import Given, Inputs
from roadmap_tui.report.words import number, percent

MONEY: dict[Subject, Money] = {"takes": "takes", "npv": "npv"}
"""What of a subject may be tried with other inputs."""
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


def money_explained(
    inputs: Inputs, money: PlanMoney, forecast: Forecast, name: str
) -> Iterator[Explained]:
    """What an item takes, if it is open and somebody says what that costs, and what it pays, if its table tells."""
    currency = Currency.of(inputs.plan.roadmap.currency)
    item, terms = forecast.items[name], inputs.resolved.terms[name]
    if item.status in OPEN and money.spent[name] > 0:
        yield _takes(inputs, money, item, terms, currency)
    found = money.items.get(name)
    if found is not None and found.paying is not None:
        yield _pays(inputs, found.paying, item, currency)


def _takes(
    inputs: Inputs, money: PlanMoney, item: ItemForecast, terms: Terms, currency: Currency
) -> Explained:
    attempted = 1 - item.blocked - item.dropped - item.replaced
    where = (
        "it is under way and goes on to its finish, whatever becomes of what it hangs on"
        if item.status == "active"
        else f"in the {percent(attempted)} of the futures in which it is attempted"
    )
    formula = [
        f"{currency.money(money.spent[item.id])} on average: {where}, its person-weeks × what one"
        " costs, and the compute of each stage it goes through"
    ]
    found = money.items.get(item.id)
    if found is not None and found.takes is not None:
        formula.append(
            f"8 times in 10 {currency.figure(found.takes)}; {currency.money(found.lost)} where it"
            " fails"
        )
    if item.id in money.unpriced:
        formula.append("nobody says what its people cost: week_cost of its team")
    figure = f"takes {currency.money(money.spent[item.id])}"
    return Explained(
        "takes", figure, tuple(formula), (*inputs.work(terms), *_priced(inputs, terms))
    )


def _priced(inputs: Inputs, terms: Terms) -> Iterator[Given]:
    if terms.team is not None and inputs.plan.teams[terms.team].week_cost is not None:
        yield inputs.stated(("teams", terms.team, "week_cost"), "one costs a week")
    for stage in terms.stages:
        if stage.ahead and stage.compute is not None:
            yield inputs.stated(
                (terms.kind, terms.id, "stages", stage.name, "compute"), f"compute of {stage.name}"
            )


def _pays(inputs: Inputs, paying: Paying, item: ItemForecast, currency: Currency) -> Explained:
    launched = (
        "it is live already, its build not counted"
        if item.status in DELIVERED
        else (
            f"live where it ships ({percent(paying.ships)}), from the month the forecast or the"
            " file says"
        )
    )
    formula = (
        (
            f"{currency.money(paying.npv.mean)} on average, {currency.figure(paying.npv)} 8 times"
            f" in 10; above 0 in {percent(paying.pays)} of the futures"
        ),
        (
            f"over {paying.months} months: − build until the launch, then benefit × ramp × what"
            f" comes true − running it; month m counts 1 ÷ (1 + {percent(paying.discount)})^(m"
            " ÷ 12)"
        ),
        f"{launched}; where it is built and does not ship, the build is lost",
    )
    return Explained(
        "npv", f"NPV {currency.figure(paying.npv)}", formula, tuple(_table(inputs, item))
    )


def _table(inputs: Inputs, item: ItemForecast) -> Iterator[Given]:
    bet, place = inputs.plan.items[item.id], (item.kind, item.id, "roi")
    roi = bet.roi if isinstance(bet, Bet) else None
    policy: dict[str, object] = {
        "months": inputs.plan.policy.roi_months,
        "discount": inputs.plan.policy.discount,
    }
    for field, label in _ROI.items():
        path: KeyPath = (*place, field)
        if getattr(roi, field) not in (None, ()):
            yield inputs.stated(path, label)
        elif field in policy:
            yield Given(label, number(float(str(policy[field]))), "[policy]")


def money_told(
    trials: Trials, plan: Plan, forecast: Forecast, name: str, money: Money
) -> list[str]:
    """What each number does to what an item takes or pays on average, the most first."""
    return list(
        _told(tilts(trials, plan, name, money), forecast, Currency.of(plan.roadmap.currency))
    )


def _told(found: Iterable[Tilt], forecast: Forecast, currency: Currency) -> Iterator[str]:
    for each in found:
        figures = tuple(map(currency.money, each.figures))
        if figures[0] != figures[1]:
            ends = (percent(end) if each.field in _CHANCES else number(end) for end in each.ends)
            label = marked(named_field(forecast, each.item, each.field), each.is_guess)
            yield f"{label} {' → '.join(ends)}: {' → '.join(figures)}"
