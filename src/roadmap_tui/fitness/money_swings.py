"""How far what an item takes, or pays, moves with each number that it rests on, low and high."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from roadmap_tui.fitness.amounts import mean
from roadmap_tui.fitness.paying import npv_of, roi_of
from roadmap_tui.fitness.plan_cost import spending
from roadmap_tui.forecast.simulation import Simulation
from roadmap_tui.forecast.swings import TIMING, swings_of
from roadmap_tui.forecast.trials import Trials
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.roadmap import Plan, kind_of

Money: TypeAlias = Literal["takes", "npv"]
_RANGES = ("build", "run_month", "benefit_month", "realisation")


@dataclass(frozen=True, slots=True)
class Tilt:
    """What one number does to an amount of money.

    Attributes:
        ends: the number, low and high.
        figures: the amount on average, then.
    """

    item: str
    field: str
    is_guess: bool
    ends: tuple[float, float]
    figures: tuple[float, float]

    @property
    def size(self) -> float:
        """How far the amount moves."""
        return abs(self.figures[1] - self.figures[0])


def tilts(trials: Trials, plan: Plan, name: str, money: Money) -> tuple[Tilt, ...]:
    """What moves an item's money, the most first: numbers of the forecast and, of what it pays, those of its table.

    Args:
        trials: of the plan.
        plan: the plan.
        name: an open item.
        money: what it takes, or its net present value; both on average over the futures.
    """

    def measure(tried: Trials) -> float | None:
        return _figure(tried.simulation, plan, name, money)

    found = [
        Tilt(
            each.given.item,
            each.given.field,
            each.given.is_guess,
            (each.given.low, each.given.high),
            figures,
        )
        for each in swings_of(trials, name, measure, TIMING)
        if (figures := _both(each.low, each.high)) is not None
    ]
    if money == "npv":
        found += _of_table(trials, plan, name)
    return tuple(sorted((each for each in found if each.size > 0), key=lambda each: -each.size))


def _both(low: float | None, high: float | None) -> tuple[float, float] | None:
    return None if low is None or high is None else (low, high)


def _figure(simulation: Simulation, plan: Plan, name: str, money: Money) -> float | None:
    if money == "takes":
        return mean(spending(simulation, plan, name).cost)
    amount = npv_of(simulation, plan, name)
    return None if amount is None else mean(amount)


def _of_table(trials: Trials, plan: Plan, name: str) -> Iterator[Tilt]:
    """What the ranges of its own table do."""
    roi = roi_of(plan, name)
    for field in _RANGES:
        stated = getattr(roi, field)
        if not isinstance(stated, Estimate) or stated.is_sure:
            continue
        ends = stated.p10, stated.p90
        figures = [
            _figure(trials.simulation, _with(plan, name, field, end), name, "npv") for end in ends
        ]
        if (both := _both(*figures)) is not None:
            yield Tilt(name, field, is_guess=False, ends=ends, figures=both)


def _with(plan: Plan, name: str, field: str, value: float) -> Plan:
    """The plan with one number of an item's table known."""
    item = plan.items[name]
    roi = roi_of(plan, name)
    if roi is None:
        return plan
    changed = item.model_copy(update={"roi": roi.model_copy(update={field: Estimate.sure(value)})})
    kind = kind_of(item)
    return plan.model_copy(update={kind: {**getattr(plan, kind), name: changed}})
