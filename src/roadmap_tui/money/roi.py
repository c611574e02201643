"""Whether an item pays, from its table and the runs: with the chance that it ships, and with its own launch."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from roadmap_tui.forecast.simulation.amounts import (
    Amount,
    AmountRange,
    AmountSummary,
    Bools,
    Floats,
    amount_range,
    amount_sampler,
    summarise,
    summarise_optional,
    total,
)
from roadmap_tui.forecast.simulation.sampling import success_chance
from roadmap_tui.forecast.simulation.simulator import Simulation
from roadmap_tui.money.cashflow import (
    WEEKS_PER_MONTH,
    CashflowCalendar,
    InvestmentAmounts,
    month_of,
    npv_without_months,
    value_build_first,
    value_spike_first,
)
from roadmap_tui.money.cost import ItemCost
from roadmap_tui.money.roi_inputs import cashflow_calendar, investment_amounts, item_return
from roadmap_tui.plan.items import Bet
from roadmap_tui.plan.money import BusinessCase
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.resolver import DELIVERED_STATUSES, OPEN_STATUSES
from roadmap_tui.plan.roadmap import Plan


@dataclass(frozen=True, slots=True)
class SpikeFirstComparison:
    """Finding out first against building at once, if an answer is never wrong and takes no time.

    Attributes:
        works: the chance that it works.
        gain: NPV where it ships.
        loss: what is lost where it is built and does not work, discounted.
        spike_cost: what its open spikes cost; None without one.
        spike_first: to be expected of finding out first; without a spike, if that cost nothing.
        build_at_once: to be expected of building at once.
    """

    works: float
    gain: float
    loss: float
    spike_cost: float | None
    spike_first: float
    build_at_once: float

    @property
    def max_spike_cost(self) -> float:
        """The most that finding out may cost to be worth it, beside the better of building at once and of nothing."""
        return max(0.0, self.works * self.gain - max(0.0, self.build_at_once))


@dataclass(frozen=True, slots=True)
class RoiResult:
    """What an item pays over the months looked at.

    Attributes:
        roi: (benefit - cost) / cost; None if something is gained for nothing in some run.
        npv: discounted to the start.
        p_profitable: the chance that NPV is more than 0.
        p_payback: the chance that it ships and pays back within the months.
        payback: the month from which it has, where it does.
        peak_outlay: the deepest that it is ever in debt, as a figure of 0 or below.
        p_ships: the chance that it is ever live.
        launch: the month from which it is live, where it is.
        months, discount: over how many, and a year.
        is_live: whether it is live already, so that its build is behind it.
        spike_comparison: None where there is nothing to find out.
    """

    roi: AmountSummary | None
    npv: AmountSummary
    p_profitable: float
    p_payback: float
    payback: AmountRange | None
    peak_outlay: AmountSummary
    p_ships: float
    launch: AmountRange | None
    months: int
    discount: float
    is_live: bool
    spike_comparison: SpikeFirstComparison | None


@dataclass(frozen=True, slots=True)
class _ItemCase:
    """What an item's return is worked out from."""

    roi: BusinessCase
    business: InvestmentAmounts
    calendar: CashflowCalendar


def total_npv(simulation: Simulation, plan: Plan) -> Amount | None:
    """What all items with a table pay together, discounted; None if none has one that tells enough."""
    cases = [
        case
        for case in (_item_case(simulation, plan, name) for name in plan.items)
        if case is not None
    ]
    values = (
        npv_without_months(case.business, case.calendar, annual_discount(case.roi, plan.policy))
        for case in cases
    )
    return total(values) if cases else None


def roi_result(
    simulation: Simulation, plan: Plan, name: str, spent: Mapping[str, ItemCost]
) -> RoiResult | None:
    """What an item pays.

    None if its table does not tell what building it takes and what it brings, or if it is neither open nor live.

    Args:
        simulation: of the plan.
        plan: the plan.
        name: the item's id.
        spent: what each open item takes (see `plan_cost.spendings`).
    """
    case = _item_case(simulation, plan, name)
    if case is None:
        return None
    calendar = case.calendar
    found = item_return(case.business, calendar, case.roi, plan.policy)
    back = _amounts_where(
        found.payback.astype(np.float64), calendar.ships & (found.payback > 0), simulation.runs
    )
    launched = _amounts_where(calendar.launch, calendar.ships, simulation.runs)
    return RoiResult(
        roi=summarise_optional(found.roi),
        npv=summarise(found.npv),
        p_profitable=found.p_profitable,
        p_payback=back.size / simulation.runs,
        payback=amount_range(back) if back.size else None,
        peak_outlay=summarise(found.peak_outlay),
        p_ships=float(np.mean(calendar.ships)),
        launch=amount_range(launched) if launched.size else None,
        months=calendar.months,
        discount=annual_discount(case.roi, plan.policy),
        is_live=simulation.resolved.items[name].status in DELIVERED_STATUSES,
        spike_comparison=_spike_first_comparison(simulation, name, found.npv, spent),
    )


def item_npv(simulation: Simulation, plan: Plan, name: str) -> Amount | None:
    """What one item pays, discounted; None if it has no table that tells enough."""
    case = _item_case(simulation, plan, name)
    return (
        None
        if case is None
        else npv_without_months(
            case.business, case.calendar, annual_discount(case.roi, plan.policy)
        )
    )


def business_case(plan: Plan, name: str) -> BusinessCase | None:
    """An item's table; None without one."""
    item = plan.items[name]
    return item.roi if isinstance(item, Bet) else None


def annual_discount(roi: BusinessCase, policy: Policy) -> float:
    """The discount of a year, by the table or else by the policy."""
    return policy.discount if roi.discount is None else roi.discount


def _item_case(simulation: Simulation, plan: Plan, name: str) -> _ItemCase | None:
    roi, status = business_case(plan, name), simulation.resolved.items[name].status
    if roi is None or status not in OPEN_STATUSES | DELIVERED_STATUSES:
        return None
    draw = amount_sampler(simulation.efforts.source, name)
    built: Bools | bool = simulation.worked_on(name) if status in OPEN_STATUSES else True
    business = investment_amounts(roi, draw, built)
    if business is None:
        return None
    if status in OPEN_STATUSES:
        ships = simulation.delivers(name)
        times = simulation.times
        weeks = np.where(ships, times.resolved_at[name], times.end[name]).astype(np.float64)
        calendar = cashflow_calendar(roi, plan.policy, month_of(weeks), ships)
    else:
        business = replace(
            business,
            build=0.0,
            ramp=_remaining_ramp(business.ramp, _months_since_finish(plan, simulation, name)),
        )
        calendar = replace(cashflow_calendar(roi, plan.policy, 1.0), launch=1.0)
    return _ItemCase(roi, business, calendar)


def _months_since_finish(plan: Plan, simulation: Simulation, name: str) -> int:
    """How many whole months ago an item was finished; 0 if nobody says when."""
    finished = plan.items[name].finished
    return (
        0
        if finished is None
        else max(0, int((simulation.resolved.as_of - finished).days / 7 / WEEKS_PER_MONTH))
    )


def _remaining_ramp(ramp: tuple[Amount, ...], months: int) -> tuple[Amount, ...]:
    """What is left of a ramp after so many months; its last step stays."""
    return ramp[months:] or ramp[-1:]


def _spike_first_comparison(
    simulation: Simulation, name: str, value: Amount, spent: Mapping[str, ItemCost]
) -> SpikeFirstComparison | None:
    """Finding out first against building at once, by what each run is worth."""
    terms = simulation.resolved.items[name]
    works = success_chance(terms)
    if terms.status not in OPEN_STATUSES or not 0 < works < 1:
        return None
    ships = simulation.delivers(name)
    gains = _amounts_where(value, ships, simulation.runs)
    losses = _amounts_where(value, simulation.worked_on(name) & ~ships, simulation.runs)
    if not gains.size or not losses.size:
        return None
    gain, lost = float(gains.mean()), -float(losses.mean())
    spikes = simulation.resolved.spikes_by_bet.get(name, ())
    spike = sum(_cost_where_done(simulation, each, spent) for each in spikes) if spikes else None
    first, at_once = (
        value_spike_first(works, gain, spike or 0.0),
        value_build_first(works, gain, lost),
    )
    return SpikeFirstComparison(works, gain, lost, spike, float(first), float(at_once))


def _cost_where_done(simulation: Simulation, spike: str, spent: Mapping[str, ItemCost]) -> float:
    """What a spike costs where it is worked on, on average; 0 where it never is."""
    costs = _amounts_where(spent[spike].cost, simulation.worked_on(spike), simulation.runs)
    return float(costs.mean()) if costs.size else 0.0


def _amounts_where(amount: Amount, holds: Bools | bool, runs: int) -> Floats:
    """The amounts of the runs in which something holds."""
    values, chosen = np.broadcast_to(amount, (runs,)), np.broadcast_to(holds, (runs,))
    return np.asarray(values[chosen], np.float64)
