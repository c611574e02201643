"""Small random roadmaps with spikes that may be done or left out, and what each choice of them
delivers.
"""

import math
import random
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from itertools import chain, combinations
from typing import Any

from roadmap_tui.forecast.analysis.horizon_value import horizon_values
from roadmap_tui.forecast.simulation.simulator import simulate, work_order
from roadmap_tui.money.spike_study import SpikeStudy, study_spikes
from roadmap_tui.plan.parser import parse_plan_data
from tests.forecast.build import AS_OF, resolved_of

RUNS = 2_000
Data = dict[str, Any]


WEEK_COST = 4000
"""What every person costs a week here."""


@dataclass(frozen=True)
class Outcome:
    """What a plan is expected to deliver by the horizon, and what its work costs."""

    value: float
    cost: float


@dataclass(frozen=True)
class Gains:
    """What choices of spikes gain over none: value by the horizon, and money saved.

    Attributes:
        value: doing what is advised, and what is left to a person's call if it adds value.
        money: doing what is advised, and what is left to a person's call if it saves money.
        all_value, all_money: doing all of them.
        most_value, most_money: the best of all choices, among them none, for either.
    """

    value: float
    money: float
    all_value: float
    all_money: float
    most_value: float
    most_money: float


def candidates(seed: int) -> Data:
    """Four to six bets over one or two teams, each with features behind it, and one to three spikes
    on different bets.

    Efforts are the sizes of the defaults, half of them sure. There is less time than work, or about
    as much.
    """
    dice = random.Random(seed)
    teams = ["ta", "tb"][: dice.choice([1, 2])]
    data: Data = {"model": {}, "product": {}}
    data["teams"] = {
        name: {"people": dice.choice([1, 2, 3]), "week_cost": WEEK_COST} for name in teams
    }
    bets = [f"m{at}" for at in range(dice.randint(4, 6))]
    for name in bets:
        chance = dice.choice([0.2, 0.35, 0.5, 0.6, 0.75, 0.9])
        data["model"][name] = {
            "chance": chance,
            "team": dice.choice(teams),
            "effort": _effort(dice, "MML"),
        }
        feature = {"needs": [name], "team": dice.choice(teams), "effort": _effort(dice, "SSM")}
        data["product"][f"p-{name}"] = feature | _demand(dice)
    for at in range(dice.randint(1, 4)):
        needs = dice.sample(bets, dice.choice([0, 1, 2]))
        feature = {"needs": needs, "team": dice.choice(teams), "effort": _effort(dice, "SML")}
        data["product"][f"q{at}"] = feature | _demand(dice)
    items = chain(data["model"].values(), data["product"].values())
    work = sum(_expected(data, item) for item in items)
    people = sum(team["people"] for team in data["teams"].values())
    data["roadmap"] = {
        "horizon": round(work / people * dice.choice([0.5, 0.75, 1]), 1),
        "seed": 2 * seed,
    }
    spiked = dice.sample(bets, dice.randint(1, 3))
    data["spike"] = {f"s-{bet}": _spike(dice, bet, data["model"][bet]["team"]) for bet in spiked}
    return data


_SIZES: dict[str, list[float]] = {"S": [0.5, 1, 2], "M": [2, 4, 9], "L": [5, 10, 24]}


def _effort(dice: random.Random, sizes: str) -> list[float] | float:
    size = _SIZES[dice.choice(sizes)]
    return size if dice.random() < 0.5 else size[1]


def _expected(data: Data, item: Data) -> Any:
    """About the weeks that it takes: those of its middle, if what it needs works."""
    weeks = item["effort"][1] if isinstance(item["effort"], list) else item["effort"]
    return weeks * math.prod(data["model"][need]["chance"] for need in item.get("needs", []))


def _demand(dice: random.Random) -> Data:
    return {"reach": round(100 * 2 ** dice.gauss(0, 1)), "confidence": 1}


def _spike(dice: random.Random, bet: str, team: str) -> Data:
    answers = {
        "yes_if_works": dice.choice([0.7, 0.8, 0.9]),
        "yes_if_not": dice.choice([0.1, 0.2, 0.3]),
    }
    return {"informs": bet, "timebox": dice.choice([0.5, 1, 2]), "team": team, **answers}


def with_spikes(data: Data, spikes: Iterable[str], seed: int | None = None) -> Data:
    """The roadmap with these spikes, the others deleted; with another seed if it is given."""
    roadmap = data["roadmap"] if seed is None else {**data["roadmap"], "seed": seed}
    return {**data, "roadmap": roadmap, "spike": {name: data["spike"][name] for name in spikes}}


def outcome(data: Data) -> Outcome:
    """What a roadmap delivers and costs, its queue planned for it; item by item."""
    resolved = resolved_of(data)
    simulation = simulate(resolved, work_order(resolved, RUNS).build_order, RUNS)
    value = sum(horizon_values(simulation).values())
    weeks = sum(
        float((simulation.effort(name) * simulation.attempted(name)).mean())
        for name in simulation.build_order
    )
    return Outcome(value, weeks * WEEK_COST)


def choices(data: Data) -> Iterator[tuple[str, ...]]:
    """Every choice of spikes, in the order of the file."""
    for count in range(len(data["spike"]) + 1):
        yield from combinations(data["spike"], count)


def study(data: Data) -> SpikeStudy:
    """What the study says of a roadmap's spikes."""
    plan, faults = parse_plan_data(data, AS_OF)
    assert plan is not None, faults
    resolved = resolved_of(data)
    return study_spikes(resolved, plan, work_order(resolved, RUNS).queue)


def followed(found: SpikeStudy, data: Data, aim: str) -> tuple[str, ...]:
    """The spikes that the advice does for an aim: a call goes by that aim's mean alone."""
    chosen = []
    for name in data["spike"]:
        effect = found.effects[name]
        if effect.advice == "do":
            chosen.append(name)
        elif effect.advice == "choose":
            gain = effect.value if aim == "value" else effect.saved_money
            chosen += [name] if gain.mean > 0 else []
    return tuple(chosen)


def gains(seed: int) -> Gains:
    """What following the advice gains on one roadmap, what all spikes gain, and what the best of
    all choices gains; in other runs than the advice's.
    """
    data = candidates(seed)
    found = study(data)
    other = data["roadmap"]["seed"] + 1
    known = {choice: outcome(with_spikes(data, choice, other)) for choice in choices(data)}
    none, everything = known[()], known[tuple(data["spike"])]
    return Gains(
        known[followed(found, data, "value")].value - none.value,
        none.cost - known[followed(found, data, "money")].cost,
        everything.value - none.value,
        none.cost - everything.cost,
        max(each.value for each in known.values()) - none.value,
        none.cost - min(each.cost for each in known.values()),
    )


def totals(roadmaps: Iterable[int]) -> Gains:
    """Summed over roadmaps."""
    each = [astuple(gains(seed)) for seed in roadmaps]
    return Gains(*(math.fsum(column) for column in zip(*each, strict=True)))
