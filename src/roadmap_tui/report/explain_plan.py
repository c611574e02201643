"""How the figures of the whole plan are made: its value and cost, the load of teams, moves, the record."""

from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.files.display import printable
from roadmap_tui.fitness.money import PlanMoney
from roadmap_tui.forecast.calibration import NEEDED, Calibration
from roadmap_tui.forecast.loads import Load
from roadmap_tui.forecast.moves import Move
from roadmap_tui.forecast.summary import Forecast, Quantiles
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.plan.roadmap import kind_of, title_of
from roadmap_tui.report import swings
from roadmap_tui.report.calibration import chances_said, efforts_said
from roadmap_tui.report.currency import Currency
from roadmap_tui.report.explained import Explained
from roadmap_tui.report.fitness import Fitness
from roadmap_tui.report.fitness_upkeep import team_sentence
from roadmap_tui.report.inputs import Given, Inputs
from roadmap_tui.report.money import cost_sentence, unpriced_sentence
from roadmap_tui.report.words import month, number

_MOST = 5
_WORTH = 0.0005
"""The least gain of a move that is told."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a plan beside its forecast; None is not known yet.

    Attributes:
        price: what a person-week brings.
    """

    money: PlanMoney | None = None
    loads: tuple[Load, ...] | None = None
    moves: tuple[Move, ...] | None = None
    record: Calibration | None = None
    price: float | None = None


def plan_explained(inputs: Inputs, forecast: Forecast, known: Known) -> tuple[Explained, ...]:
    """How each figure of the whole plan is made that is known."""
    found = [_value(inputs, forecast)]
    if known.moves is not None:
        found.append(_move(inputs, forecast, known.moves))
    if known.price is not None:
        found.append(_price(inputs, forecast, known.price))
    found += [_load(inputs, load) for load in known.loads or ()]
    if known.money is not None:
        found.append(_cost(inputs, forecast, known.money))
    found += _upkeep(inputs, Fitness(inputs.plan, forecast.as_of))
    if known.record is not None:
        found.append(_record(inputs, known.record))
    return tuple(found)


def _value(inputs: Inputs, forecast: Forecast) -> Explained:
    settings = inputs.plan.roadmap
    formula = (
        (
            "the sum over all open items, on average over the futures: reach × impact × confidence"
            f" of one {settings.reach_per}, for as long as it is live by {month(forecast.until)}; 0"
            " where it does not deliver"
        ),
    )
    givens = (
        inputs.setting(("roadmap", "horizon"), "weeks looked at", settings.horizon),
        inputs.setting(("roadmap", "reach_per"), "reach is told per", settings.reach_per),
    )
    figure = f"the plan delivers a value of {number(forecast.value)} by {month(forecast.until)}"
    return Explained("plan value", figure, formula, givens)


def _move(inputs: Inputs, forecast: Forecast, moves: tuple[Move, ...]) -> Explained:
    best = next((each for each in moves if each.is_sure and each.gain >= _WORTH), None)
    formula = [
        (
            "each planned bet is pinned to now, with all that it waits for, and to later; the queue"
            " is planned anew, and what the plan delivers by the horizon is set against what it"
            " delivers as it is, on the same 2,000 futures"
        ),
        "a move counts if its gain is more than two standard errors from none",
    ]
    if best is None:
        return Explained("move", "no single move in the queue brings more", tuple(formula), ())
    others = [
        each for each in moves if each.is_sure and each is not best and abs(each.gain) >= _WORTH
    ]
    formula += [swings.move(forecast, each) for each in others[:_MOST]]
    pinned = tuple(_pin(inputs, forecast, name) for name in (best.id, *best.along))
    return Explained("move", f"best move: {swings.move(forecast, best)}", tuple(formula), pinned)


def _pin(inputs: Inputs, forecast: Forecast, name: str) -> Given:
    path = (kind_of(inputs.plan.items[name]), name, "pin")
    return inputs.setting(
        path, f"pin of {printable(forecast.items[name].title)}", None, "not pinned"
    )


def _price(inputs: Inputs, forecast: Forecast, price: float) -> Explained:
    formula = (
        (
            "go down the queue, bundle by bundle, until people × weeks are used up: value ÷ effort"
            " of what is taken up last, the least so far; if all fits, of the last that has a value"
        ),
        "worths and costs of spikes are divided by it: so they are told in person-weeks",
    )
    givens = (
        inputs.setting(("roadmap", "horizon"), "weeks looked at", forecast.horizon),
        *_people(inputs),
    )
    return Explained(
        "price", f"a person-week brings {number(price)} elsewhere in the queue", formula, givens
    )


def _people(inputs: Inputs) -> Iterator[Given]:
    for team in inputs.plan.teams:
        yield inputs.stated(("teams", team, "people"), f"people in {_team(inputs, team)}")


def _team(inputs: Inputs, team: str) -> str:
    return printable(title_of(team, inputs.plan.teams[team].title))


def _load(inputs: Inputs, load: Load) -> Explained:
    formula = (
        (
            "busy: in each future, week by week, the people on every item of the team while it is"
            " worked on; P10 to P90"
        ),
        (
            "idle: the people of the team, less those who are busy and those who look after live"
            " models"
        ),
    )
    upkeep = f", {number(load.upkeep[0])} on upkeep" if load.upkeep and load.upkeep[0] else ""
    week = (
        f"this week {_people_of(load.busy[0])} of {load.people} busy{upkeep}"
        if load.busy
        else "no week to look at"
    )
    givens = (
        inputs.stated(("teams", load.team, "people"), "people"),
        *_kept(inputs, load.team, {"live"}),
    )
    return Explained("load", f"load of {_team(inputs, load.team)}: {week}", formula, givens)


def _people_of(busy: Quantiles) -> str:
    low, high = number(busy.p10), number(busy.p90)
    return low if low == high else f"{low}–{high}"


def _kept(inputs: Inputs, team: str, statuses: set[str]) -> Iterator[Given]:
    """What upkeep of a team's models stands where."""
    for name, model in inputs.plan.model.items():
        if model.team == team and model.status in statuses:
            title = printable(title_of(name, model.title))
            if model.upkeep:
                yield inputs.stated(("model", name, "upkeep"), f"upkeep of {title}")
            if model.retrain is not None:
                yield inputs.stated(("model", name, "retrain"), f"retrain of {title}")


def _cost(inputs: Inputs, forecast: Forecast, money: PlanMoney) -> Explained:
    currency = Currency.of(inputs.plan.roadmap.currency)
    formula = [
        (
            "the sum over all open items, in each future in which they are worked on: person-weeks"
            " × week_cost of the team, and the compute of each stage that is gone through; P10 to"
            " P90 of that sum"
        ),
        " + ".join(f"{track} {currency.money(cost)}" for track, cost in money.cost.tracks.items())
        + " on average",
        f"{currency.money(money.cost.lost)} of it in futures in which the item does not ship",
        unpriced_sentence(money, forecast),
    ]
    teams = ((team, each) for team, each in inputs.plan.teams.items() if each.week_cost is not None)
    priced = [
        inputs.stated(("teams", team, "week_cost"), f"a week in {_team(inputs, team)}")
        for team, _ in teams
    ]
    dear = sorted(money.spent, key=lambda name: -money.spent[name])[:_MOST]
    items = [
        Given(printable(forecast.items[name].title), currency.money(money.spent[name]), "forecast")
        for name in dear
        if money.spent[name]
    ]
    told = tuple(line for line in formula if line and line != " on average")
    return Explained(
        "cost", f"the plan {_small(cost_sentence(money, currency))}", told, (*priced, *items)
    )


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def _upkeep(inputs: Inputs, fitness: Fitness) -> Iterator[Explained]:
    formula = (
        (
            "people = upkeep + retrain.effort ÷ retrain.every_weeks, of each live model of the team"
            " that is not retired"
        ),
        "once all is live: of those that are planned or under way, too",
    )
    for team, load in fitness.loads.items():
        if load.then:
            givens = tuple(_kept(inputs, team, {"live", *OPEN}))
            people = inputs.stated(("teams", team, "people"), "people")
            yield Explained("upkeep", team_sentence(load), formula, (people, *givens))


def _record(inputs: Inputs, record: Calibration) -> Explained:
    formula = [
        "coverage: the share of actual efforts (spent) inside their 80% range; meant: 80%",
        chances_said(record),
        "Brier score: the mean of (chance − what came, 1 if it worked, else 0)²",
    ]
    if len(record.efforts) >= NEEDED:
        formula.append(
            f"bias {record.bias:+.2f} = the sum of z ÷ (n + 4), z = how many standard deviations an"
            " actual effort lies from the middle of its estimate; they scatter by"
            f" {record.spread:.2f} (1 is as meant)"
        )
    givens = []
    for each in record.efforts[: 2 * _MOST]:
        place = (kind_of(inputs.plan.items[each.id]), each.id)
        said = f"{number(each.stated.p10)}–{number(each.stated.p90)}"
        title = f"{printable(each.title)}, said {said}{'' if each.inside else ', outside'}"
        givens.append(
            inputs.setting((*place, "spent"), title, round(each.actual, 1), "from its days")
        )
    return Explained("record", f"estimates: {efforts_said(record)}", tuple(formula), tuple(givens))
