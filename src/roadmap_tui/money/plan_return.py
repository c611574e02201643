"""Return of a whole plan: the distribution of its net present value."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from roadmap_tui.forecast.simulation.amounts import (
    Amount,
    AmountSummary,
    Floats,
    share_of_runs,
    summarise,
    total,
)
from roadmap_tui.forecast.simulation.simulator import Simulation
from roadmap_tui.money.cashflow import (
    WEEKS_PER_MONTH,
    months_from_weeks,
    present_value_until,
)
from roadmap_tui.money.cost import ItemCost
from roadmap_tui.money.keep_cost import KeepCost, stated_running_cost
from roadmap_tui.money.roi import business_case, item_npv
from roadmap_tui.money.roi_inputs import evaluation_months
from roadmap_tui.plan.money.economics import BusinessCase
from roadmap_tui.plan.roadmap import Plan

WORST_SHARE = 0.1
_SHORTEST = 1e-6


@dataclass(frozen=True, slots=True)
class PlanReturn:
    """Net present value of a plan: its business cases less all other work and keeping.

    Attributes:
        npv: over all runs, whatever ships in them.
        p_loss: chance that it is below 0.
        worst_tenth: mean of the worst tenth of the runs (CVaR).
        cases: items whose business case counts, in the order of the file.
        months: evaluation period, the longest of all business cases.
        discount: yearly discount rate of all that is in no business case.
    """

    npv: AmountSummary
    p_loss: float
    worst_tenth: float
    cases: tuple[str, ...]
    months: int
    discount: float


def plan_return(
    simulation: Simulation,
    plan: Plan,
    spent: Mapping[str, ItemCost],
    kept: Mapping[str, KeepCost],
) -> PlanReturn | None:
    """Return a plan's return; None without a complete business case. See `plan_npv`."""
    npv = plan_npv(simulation, plan, spent, kept)
    if npv is None:
        return None
    cases = tuple(case_values(simulation, plan))
    return PlanReturn(
        npv=summarise(npv),
        p_loss=share_of_runs(np.asarray(npv) < 0),
        worst_tenth=expected_shortfall(npv),
        cases=cases,
        months=_longest_period(plan, cases),
        discount=plan.policy.discount,
    )


def expected_shortfall(amount: Amount, share: float = WORST_SHARE) -> float:
    """Return the mean of the worst share of the runs, conditional value at risk.

    Source: R. T. Rockafellar, S. Uryasev, Journal of Risk 2 (2000).
    """
    values: Floats = np.sort(np.atleast_1d(np.asarray(amount, np.float64)))
    worst = share * values.size
    whole = int(worst)
    # the run on the edge counts by its part
    edge = (worst - whole) * values[min(whole, values.size - 1)]
    return float((values[:whole].sum() + edge) / worst)


def case_values(simulation: Simulation, plan: Plan) -> dict[str, Amount]:
    """Return the NPV of each item with a complete business case."""
    values: dict[str, Amount] = {}
    for name in plan.items:
        value = item_npv(simulation, plan, name)
        if value is not None:
            values[name] = value
    return values


def plan_npv(
    simulation: Simulation,
    plan: Plan,
    spent: Mapping[str, ItemCost],
    kept: Mapping[str, KeepCost],
) -> Amount | None:
    """Return the plan's NPV in each run; None without a complete business case.

    It is the NPV of all business cases, less all work on items without one, less the cost to keep
    what is live until the end of the period, as far as no business case counts it.

    Args:
        simulation: of the plan.
        plan: the plan.
        spent: remaining cost of each open item (see `plan_cost.remaining_costs`).
        kept: cost to keep each item (see `keep_cost.keep_costs`).
    """
    values = case_values(simulation, plan)
    if not values:
        return None
    work = _other_work(simulation, plan, {name: spent[name] for name in spent.keys() - values})
    keeping = _other_keeping(plan, kept, values)
    return total(values.values()) - total(work) - total(keeping)


def _longest_period(plan: Plan, cases: Iterable[str]) -> int:
    """Return the months of the longest business case."""
    return max(evaluation_months(roi, plan.policy) for roi in _tables(plan, cases))


def _tables(plan: Plan, cases: Iterable[str]) -> Iterator[BusinessCase]:
    for name in cases:
        roi = business_case(plan, name)
        if roi is not None:
            yield roi


def _other_work(
    simulation: Simulation, plan: Plan, spent: Mapping[str, ItemCost]
) -> Iterator[Amount]:
    """Yield the present value of work, spread evenly from its start to its end."""
    discount = plan.policy.discount
    # sorted, so that sums are the same in every process
    for name in sorted(spent):
        start = _finite_months(simulation.times.start[name].astype(np.float64))
        end = _finite_months(simulation.times.end[name].astype(np.float64))
        end = np.maximum(end, start + _SHORTEST)
        value = present_value_until(end, discount) - present_value_until(start, discount)
        yield spent[name].cost * value / (end - start)


def _finite_months(weeks: Floats) -> Floats:
    return np.asarray(months_from_weeks(np.where(np.isfinite(weeks), weeks, 0.0)))


def _other_keeping(
    plan: Plan, kept: Mapping[str, KeepCost], cases: Collection[str]
) -> Iterator[Amount]:
    """Yield the present value of keeping each item until the end of the period."""
    months, discount = float(_longest_period(plan, cases)), plan.policy.discount
    for name, item in kept.items():
        week = item.week
        if name in cases and stated_running_cost(plan.items[name]) is not None:
            week = week - item.running
        start = np.minimum(months_from_weeks(item.live_from), months)
        end = np.maximum(min(float(months_from_weeks(item.live_until)), months), start)
        value = present_value_until(end, discount) - present_value_until(start, discount)
        yield week * WEEKS_PER_MONTH * value
