"""The plans that are measured, and the least that a forecast of them can cost."""

import datetime as dt
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.parser import parse_plan_data
from roadmap_tui.plan.resolver import ResolvedPlan, resolve_plan

AS_OF = dt.date(2026, 11, 23)
SPIKE_EVERY = 3
Floats = NDArray[np.floating]
Z90 = NormalDist().inv_cdf(0.9)


@dataclass(frozen=True, slots=True)
class Shape:
    """A generated roadmap: half models, half product items, with needs and ranges everywhere.

    Attributes:
        items: how many, spikes among them.
        needs: how many needs they have together.
        teams: of 3 to 6 people each; 0 is no limit.
        span: how far before an item those stand that it may need.
        group: how many items in a row need only each other; 0 is all.
        hubs: the first so many items are all that is needed; 0 is no such thing.
        is_sure: whether everything works.
        done: the share of the items, from the first, that are live already.
        has_spikes: whether every third item is a spike on the one before it.
        is_lognormal: whether efforts are independent `[low, high]` ranges, instead of correlated
            ranges with three points.
    """

    items: int
    needs: int
    teams: int = 4
    span: int = 30
    group: int = 0
    hubs: int = 0
    is_sure: bool = False
    done: float = 0.0
    has_spikes: bool = False
    is_lognormal: bool = False

    def is_spike(self, at: int) -> bool:
        """Whether the item at that place is a spike."""
        return self.has_spikes and at % SPIKE_EVERY == SPIKE_EVERY - 1


def network(shape: Shape, seed: int = 1) -> ResolvedPlan:
    """A plan of that shape, the same for the same seed."""
    dice = random.Random(seed)
    data: dict[str, Any] = {
        "roadmap": {"as_of": AS_OF, "correlation": 0.0 if shape.is_lognormal else 0.3, "seed": 1},
        "teams": {f"team-{at}": {"people": 3 + at % 4} for at in range(shape.teams)},
        "model": {},
        "product": {},
        "spike": {},
    }
    needed = _needs(dice, shape)
    for at in range(shape.items):
        if shape.is_spike(at):
            data["spike"][_name(at)] = _spike(dice, shape, at)
        else:
            data[_track(at)][_name(at)] = _item(dice, shape, at) | {
                "needs": [_name(each) for each in needed[at]]
            }
    plan, faults = parse_plan_data(data)
    if plan is None or faults:
        raise SystemExit(f"the benchmark's own plan has faults: {faults}")
    return resolve_plan(plan)


def _name(at: int) -> str:
    return f"item-{at}"


def _track(at: int) -> str:
    return "product" if at % 2 else "model"


def _needs(dice: random.Random, shape: Shape) -> list[list[int]]:
    """What each item needs; only what is possible, if that is less than the shape asks for."""
    possible = [
        (
            [each for each in range(*_reach(shape, at)) if not shape.is_spike(each)]
            if not shape.is_spike(at)
            else []
        )
        for at in range(shape.items)
    ]
    needed: list[set[int]] = [set() for _ in possible]
    missing = min(shape.needs, sum(map(len, possible)))
    while missing:
        at = dice.randrange(shape.items)
        if len(needed[at]) < len(possible[at]):
            needed[at].add(dice.choice([each for each in possible[at] if each not in needed[at]]))
            missing -= 1
    return [sorted(each) for each in needed]


def _reach(shape: Shape, at: int) -> tuple[int, int]:
    if shape.hubs:
        return 0, min(at, shape.hubs)
    return max(at - at % shape.group if shape.group else 0, at - shape.span), at


def _item(dice: random.Random, shape: Shape, at: int) -> dict[str, Any]:
    low = dice.uniform(0.5, 3)
    mid, high = low * dice.uniform(1.4, 2.2), low * dice.uniform(3, 6)
    item = _teamed(dice, shape) | {
        "effort": [low, high] if shape.is_lognormal else [low, mid, high],
        "chance": 1.0 if shape.is_sure else round(dice.uniform(0.5, 1), 2),
    }
    if at % 2:
        item |= {"reach": [100, 400 + at, 1200 + 3 * at], "impact": [0.5, 1, 2], "confidence": 0.8}
    if at < shape.done * shape.items:
        item |= {"status": "live", "finished": AS_OF - dt.timedelta(days=30)}
    return item


def _spike(dice: random.Random, shape: Shape, at: int) -> dict[str, Any]:
    return _teamed(dice, shape) | {
        "timebox": 1,
        "informs": _name(at - 1),
        "yes_if_works": 0.85,
        "yes_if_not": 0.2,
    }


def _teamed(dice: random.Random, shape: Shape) -> dict[str, Any]:
    return {"team": f"team-{dice.randrange(shape.teams)}"} if shape.teams else {}


@dataclass(frozen=True, slots=True)
class Tasks:
    """A plan in which nothing fails and no team lacks people: only work and its needs.

    Attributes:
        low, high: P10 and P90 of each task's effort, in topological order; shape (tasks,).
        before: the places of those that it waits for.
    """

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    before: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, resolved: ResolvedPlan) -> "Tasks":
        """The open items of a plan."""
        order = [name for name in resolved.order if resolved.items[name].status in OPEN_STATUSES]
        place = {name: at for at, name in enumerate(order)}
        effort = [resolved.items[name].effort for name in order]
        predecessors = (resolved.open_predecessors[name] for name in order)
        before = tuple(tuple(map(place.__getitem__, each)) for each in predecessors)
        return cls(
            np.array([each.p10 for each in effort]), np.array([each.p90 for each in effort]), before
        )

    @property
    def logarithms(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Mean and standard deviation of each effort's logarithm; shape (tasks,) each."""
        return np.log(self.low * self.high) / 2, np.log(self.high / self.low) / (2 * Z90)

    def __len__(self) -> int:
        return len(self.before)

    def finishes(
        self, efforts: Iterable[Floats], runs: int, kind: type[np.floating] = np.float64
    ) -> Floats:
        """Finish of each task, the latest finish of its needs plus its effort; shape (tasks, runs).

        Args:
            efforts: of each task, in weeks; shape (runs,) each.
            runs: how many there are.
            kind: of the answer.
        """
        finish: Floats = np.empty((len(self), runs), kind)
        for at, (waited, effort) in enumerate(zip(self.before, efforts, strict=True)):
            ready: Floats | float = 0.0
            for each in waited:
                ready = np.maximum(ready, finish[each])
            np.add(ready, effort, out=finish[at])
        return finish


def bare_pass(resolved: ResolvedPlan, runs: int) -> Callable[[], Floats]:
    """The minimum of any forecast, in numpy alone: normals, exp, maximum over needs, add."""
    tasks, generator = Tasks.of(resolved), np.random.default_rng(1)
    middle, spread = tasks.logarithms

    def run() -> Floats:
        deviates = generator.standard_normal((len(tasks), runs))
        effort = np.exp(middle[:, None] + spread[:, None] * deviates)
        return tasks.finishes(effort, runs)

    return run


def row_pass(resolved: ResolvedPlan, runs: int) -> Callable[[], Floats]:
    """The same, one task after the other: as much for each, however many there are."""
    tasks, generator = Tasks.of(resolved), np.random.default_rng(1)
    middle, spread = (each.astype(np.float32) for each in tasks.logarithms)

    def run() -> Floats:
        deviates = (generator.standard_normal(runs, np.float32) for _ in tasks.before)
        efforts = (
            np.exp(low + wide * each)
            for low, wide, each in zip(middle, spread, deviates, strict=True)
        )
        return tasks.finishes(efforts, runs, np.float32)

    return run
