"""Explain the figures of the whole plan: value, cost, load, queue moves, calibration."""

from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.forecast.analysis.queue_moves import QueueMove
from roadmap_tui.forecast.analysis.utilisation import PeopleCount, TeamUtilisation
from roadmap_tui.forecast.simulation.calibration import MIN_FINISHED, Calibration
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.money.plan_money import PlanMoney
from roadmap_tui.narrative import sensitivity
from roadmap_tui.narrative.calibration import chance_sentence, effort_sentence
from roadmap_tui.narrative.explanations.explanation import Explanation
from roadmap_tui.narrative.explanations.inputs import ExplanationInput, InputLocator
from roadmap_tui.narrative.money import cost_sentence, unpriced_sentence
from roadmap_tui.narrative.readiness.assessment import Readiness
from roadmap_tui.narrative.readiness.upkeep import team_upkeep_sentence
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.roadmap import display_title, item_kind
from roadmap_tui.text.currency import Currency
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_number, format_tenths
from roadmap_tui.text.terminal_text import escape_control

_MOST = 5
_MIN_GAIN = 0.0005
"""The smallest gain that a move is shown for."""


@dataclass(frozen=True, slots=True)
class PlanAnalyses:
    """Analyses of a plan beside its forecast; None where not available yet.

    Attributes:
        price: value per person-week.
    """

    money: PlanMoney | None = None
    loads: tuple[TeamUtilisation, ...] | None = None
    moves: tuple[QueueMove, ...] | None = None
    calibration: Calibration | None = None
    price: float | None = None


def explain_plan(
    inputs: InputLocator, forecast: Forecast, known: PlanAnalyses
) -> tuple[Explanation, ...]:
    """Explain each available figure of the whole plan."""
    found = [_explain_value(inputs, forecast)]
    if known.moves is not None:
        found.append(_explain_move(inputs, forecast, known.moves))
    if known.price is not None:
        found.append(_explain_price(inputs, forecast, known.price))
    found += [_explain_load(inputs, load) for load in known.loads or ()]
    if known.money is not None:
        found.append(_explain_cost(inputs, forecast, known.money))
    found += _explain_upkeep(inputs, Readiness(inputs.plan, forecast.as_of))
    if known.calibration is not None:
        found.append(_explain_calibration(inputs, known.calibration))
    return tuple(found)


def _explain_value(inputs: InputLocator, forecast: Forecast) -> Explanation:
    settings = inputs.plan.roadmap
    formula = (
        (
            "the sum over all open items, on average over the runs: reach × impact × confidence"
            f" of one {settings.reach_per}, for the time it is live by"
            f" {format_date(forecast.horizon_end)}; 0 where it does not deliver"
        ),
    )
    givens = (
        inputs.setting_field(("roadmap", "horizon"), "weeks looked at", settings.horizon),
        inputs.setting_field(("roadmap", "reach_per"), "reach is per", settings.reach_per),
    )
    figure = (
        f"the plan delivers a value of {format_number(forecast.value)} by"
        f" {format_date(forecast.horizon_end)}"
    )
    return Explanation("plan value", figure, formula, givens)


def _explain_move(
    inputs: InputLocator, forecast: Forecast, moves: tuple[QueueMove, ...]
) -> Explanation:
    sure = [each for each in moves if each.is_sure and abs(each.gain) >= _MIN_GAIN]
    best = next((each for each in sure if each.gain > 0), None)
    formula = [
        (
            "each planned bet is pinned to now, with all that it waits for, and to later; the queue"
            " is planned again, and what the plan delivers by the horizon is compared with what it"
            " delivers today, on the same 2,000 runs"
        ),
        "a move counts if its gain is more than two standard errors from none",
    ]
    if best is None:
        return Explanation("move", "no single move in the queue brings more", tuple(formula), ())
    others = [each for each in sure if each is not best]
    formula += [sensitivity.queue_move_line(forecast, each) for each in others[:_MOST]]
    pinned = tuple(_pin_input(inputs, forecast, name) for name in (best.id, *best.pinned_with))
    return Explanation(
        "move", f"best move: {sensitivity.queue_move_line(forecast, best)}", tuple(formula), pinned
    )


def _pin_input(inputs: InputLocator, forecast: Forecast, name: str) -> ExplanationInput:
    path = (item_kind(inputs.plan.items[name]), name, "pin")
    return inputs.setting_field(
        path, f"pin of {escape_control(forecast.items[name].title)}", None, "not pinned"
    )


def _explain_price(inputs: InputLocator, forecast: Forecast, price: float) -> Explanation:
    formula = (
        (
            "go down the queue, bundle by bundle, until people × weeks are used up: value ÷ effort"
            " of what is taken up last, the least so far; if all fits, of the last that has a value"
        ),
        "worths and costs of spikes are divided by it: so they are in person-weeks",
    )
    givens = (
        inputs.setting_field(("roadmap", "horizon"), "weeks looked at", forecast.horizon),
        *_people_inputs(inputs),
    )
    return Explanation(
        "price",
        f"a person-week brings {format_number(price)} elsewhere in the queue",
        formula,
        givens,
    )


def _people_inputs(inputs: InputLocator) -> Iterator[ExplanationInput]:
    for team in inputs.plan.teams:
        yield inputs.written_field(
            ("teams", team, "people"), f"people in {_team_title(inputs, team)}"
        )


def _team_title(inputs: InputLocator, team: str) -> str:
    return escape_control(display_title(team, inputs.plan.teams[team].title))


def _explain_load(inputs: InputLocator, load: TeamUtilisation) -> Explanation:
    formula = (
        (
            "busy: in each run, week by week, the people on every item of the team while it is"
            " worked on, less the part of their time that upkeep takes; the mean, and P10 to P90"
        ),
        (
            "idle: the people of the team, less those who are busy and those who look after live"
            " models"
        ),
    )
    upkeep = (
        f", {format_number(load.upkeep[0])} on upkeep" if load.upkeep and load.upkeep[0] else ""
    )
    week = "no week to look at"
    if load.busy:
        week = f"this week {_people_range(load.busy[0])} of {load.people} busy{upkeep}"
    givens = (
        inputs.written_field(("teams", load.team, "people"), "people"),
        *_upkeep_inputs(inputs, load.team, {"live"}),
    )
    return Explanation("load", f"load of {_team_title(inputs, load.team)}: {week}", formula, givens)


def _people_range(busy: PeopleCount) -> str:
    mean, low, high = (format_tenths(each) for each in (busy.mean, busy.p10, busy.p90))
    return mean if low == high else f"{mean} ({low}–{high})"


def _upkeep_inputs(
    inputs: InputLocator, team: str, statuses: set[str]
) -> Iterator[ExplanationInput]:
    """Upkeep of the models that a team keeps, with its position in the file."""
    for name, model in inputs.plan.model.items():
        if model.team == team and model.status in statuses:
            title = escape_control(display_title(name, model.title))
            if model.upkeep:
                yield inputs.written_field(("model", name, "upkeep"), f"upkeep of {title}")
            if model.retrain is not None:
                yield inputs.written_field(("model", name, "retrain"), f"retrain of {title}")


def _explain_cost(inputs: InputLocator, forecast: Forecast, money: PlanMoney) -> Explanation:
    currency = Currency.from_code(inputs.plan.roadmap.currency)
    formula = [
        (
            "the sum over all open items, in each run in which they are worked on: person-weeks ×"
            " week_cost of the team, the compute of each stage that is gone through, and the setup"
            " of the chosen option; and over all live items, from delivery to the horizon: upkeep,"
            " retraining, review, answers and running costs; P10 to P90 of that sum"
        ),
        " + ".join(
            f"{track} {currency.format_amount(cost)}" for track, cost in money.cost.tracks.items()
        )
        + f" on average, {currency.format_amount(money.cost.keep.mean)} to keep what is live",
        f"{currency.format_amount(money.cost.unshipped_cost)} of it in runs in which the item does"
        " not ship",
        unpriced_sentence(money, forecast),
    ]
    teams = ((team, each) for team, each in inputs.plan.teams.items() if each.week_cost is not None)
    priced = [
        inputs.written_field(("teams", team, "week_cost"), f"a week in {_team_title(inputs, team)}")
        for team, _ in teams
    ]
    dear = sorted(money.expected_costs, key=lambda name: -money.expected_costs[name])[:_MOST]
    items = [
        ExplanationInput(
            escape_control(forecast.items[name].title),
            currency.format_amount(money.expected_costs[name]),
            "forecast",
        )
        for name in dear
        if money.expected_costs[name]
    ]
    lines = tuple(line for line in formula if line and not line.startswith(" on average"))
    figure = cost_sentence(money, forecast, currency).partition(". ")[0]
    return Explanation("cost", figure, lines, (*priced, *items))


def _explain_upkeep(inputs: InputLocator, readiness: Readiness) -> Iterator[Explanation]:
    formula = (
        (
            "people = upkeep + retrain.effort ÷ retrain.every_weeks, of each live model of the team"
            " that is not retired"
        ),
        "once all is live: of those that are planned or under way, too",
    )
    for team, load in readiness.upkeep_loads.items():
        if load.planned:
            givens = tuple(_upkeep_inputs(inputs, team, {"live", *OPEN_STATUSES}))
            people = inputs.written_field(("teams", team, "people"), "people")
            yield Explanation("upkeep", team_upkeep_sentence(load), formula, (people, *givens))


def _explain_calibration(inputs: InputLocator, record: Calibration) -> Explanation:
    formula = [
        "coverage: the share of actual efforts (spent) inside their 80% range; meant: 80%",
        chance_sentence(record),
        "Brier score: the mean of (chance − what came, 1 if it worked, else 0)²",
    ]
    if len(record.efforts) >= MIN_FINISHED:
        formula.append(
            f"bias {record.bias:+.2f}: how many standard deviations a next effort is expected from"
            " the middle of its estimate, given the record and what work in progress has already"
            f" exceeded; efforts scatter by {record.spread:.2f} (1 is as meant)"
        )
    givens = []
    for each in record.efforts[: 2 * _MOST]:
        place = (item_kind(inputs.plan.items[each.id]), each.id)
        said = f"{format_number(each.estimate.p10)}–{format_number(each.estimate.p90)}"
        title = f"{escape_control(each.title)}, said {said}{'' if each.is_inside else ', outside'}"
        givens.append(
            inputs.setting_field((*place, "spent"), title, round(each.actual, 1), "from its days")
        )
    return Explanation(
        "record", f"estimates: {effort_sentence(record)}", tuple(formula), tuple(givens)
    )
