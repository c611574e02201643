"""Small random roadmaps with spikes that may be done or left out, and what each choice of them
delivers.
"""

import math
import random
from collections.abc import Collection, Iterable, Iterator
from dataclasses import astuple, dataclass
from itertools import combinations
from typing import Any

from roadmap_tui.forecast.analysis.horizon_value import horizon_values
from roadmap_tui.forecast.analysis.spike_selection import SpikeSelection, select_spikes
from roadmap_tui.forecast.simulation.simulator import simulate, work_order
from tests.forecast.build import resolved_of

RUNS = 2_000
Data = dict[str, Any]


@dataclass(frozen=True)
class Gains:
    """What choices of spikes add to the expected value by the horizon, over none.

    Attributes:
        priced: those whose worth exceeds their cost.
        careful: those of them without which the simulation delivers less.
        tried: what is left if the one without which the simulation delivers most is left out, again
            and again.
        always: all.
        attainable: the best of all choices, among them none.
    """

    priced: float
    careful: float
    tried: float
    always: float
    attainable: float


def candidates(seed: int) -> Data:
    """Four to six bets over one or two teams, each with features behind it, and one to three spikes
    on different bets.

    Efforts are the sizes of the defaults, half of them sure. There is less time than work, or about
    as much.
    """
    dice = random.Random(seed)
    teams = ["ta", "tb"][: dice.choice([1, 2])]
    data: Data = {"model": {}, "product": {}}
    data["teams"] = {name: {"people": dice.choice([1, 2, 3])} for name in teams}
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
    work = sum(
        _expected(data, item) for kind in ("model", "product") for item in data[kind].values()
    )
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


def delivered(data: Data, spikes: tuple[str, ...]) -> float:
    """Expected value by the horizon with these spikes done, the others left out; in other runs than
    the advice's.
    """
    roadmap = {**data["roadmap"], "seed": data["roadmap"]["seed"] + 1}
    resolved = resolved_of(
        {**data, "roadmap": roadmap, "spike": {name: data["spike"][name] for name in spikes}}
    )
    return sum(
        horizon_values(simulate(resolved, work_order(resolved, RUNS).build_order, RUNS)).values()
    )


def choices(data: Data) -> Iterator[tuple[str, ...]]:
    """Every choice of spikes, in the order of the file."""
    for count in range(len(data["spike"]) + 1):
        yield from combinations(data["spike"], count)


def select(data: Data, spikes: Collection[str]) -> SpikeSelection:
    """What the forecast says of these spikes, the others left out."""
    resolved = resolved_of({**data, "spike": {name: data["spike"][name] for name in spikes}})
    order = work_order(resolved, RUNS)
    return select_spikes(simulate(resolved, order.build_order, RUNS), order.queue)


def tried(data: Data) -> list[str]:
    """Spike after spike left out, until each that is left adds value by the horizon."""
    left = list(data["spike"])
    while left:
        gain = select(data, left).gains
        worst = min(left, key=lambda name: gain.get(name, 0.0))
        if gain.get(worst, 0.0) > 0:
            break
        left.remove(worst)
    return left


def gains(seed: int) -> Gains:
    """What following the advice adds on one roadmap, what all spikes add, and what the best choice
    adds.
    """
    data = candidates(seed)
    value = {choice: delivered(data, choice) for choice in choices(data)}
    found = select(data, data["spike"])
    priced = [
        name
        for name in data["spike"]
        if any(each.id == name and each.net_value > 0 for each in found.information.spikes)
    ]
    careful = [name for name in priced if found.gains.get(name, 0.0) > 0]
    followed = (priced, careful, tried(data), data["spike"], max(value, key=value.__getitem__))
    return Gains(*(value[tuple(chosen)] - value[()] for chosen in followed))


def totals(roadmaps: Iterable[int]) -> Gains:
    """Summed over roadmaps."""
    each = [astuple(gains(seed)) for seed in roadmaps]
    return Gains(*(math.fsum(column) for column in zip(*each, strict=True)))
