"""Return of an item, from its business case and the simulation runs."""

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
)
from roadmap_tui.forecast.simulation.sampling import success_chance
from roadmap_tui.forecast.simulation.simulator import Simulation
from roadmap_tui.money.cashflow import (
    CashflowCalendar,
    InvestmentAmounts,
    month_number,
    months_from_weeks,
    net_present_value,
    value_build_first,
    value_spike_first,
)
from roadmap_tui.money.cost import ItemCost
from roadmap_tui.money.plan_cost import is_priced, remaining_cost
from roadmap_tui.money.roi_inputs import cashflow_calendar, investment_amounts, item_return
from roadmap_tui.plan.base import DELIVERED_STATUSES, OPEN_STATUSES
from roadmap_tui.plan.items import Bet
from roadmap_tui.plan.money.economics import BusinessCase
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.roadmap import Plan


@dataclass(frozen=True, slots=True)
class SpikeFirstComparison:
    """A spike first against building at once, for a spike that is never wrong and takes no time.

    Attributes:
        works: chance that it works.
        gain: NPV where it ships.
        loss: discounted loss where it is built and does not work.
        spike_cost: cost of its open spikes; None without one.
        spike_first: expected value with a spike first; without an open one, at no cost.
        build_at_once: expected value of building at once.
    """

    works: float
    gain: float
    loss: float
    spike_cost: float | None
    spike_first: float
    build_at_once: float

    @property
    def max_spike_cost(self) -> float:
        """The most that a spike may cost to beat building at once and not building."""
        return max(0.0, self.works * self.gain - max(0.0, self.build_at_once))


@dataclass(frozen=True, slots=True)
class RoiResult:
    """Return of an item over the evaluation period.

    Attributes:
        roi: (benefit - cost) / cost; None if something is gained for nothing in some run.
        npv: discounted to the start.
        p_profitable: chance that NPV is more than 0.
        p_payback: chance that it ships and pays back within the period.
        payback: the month from which it has, where it does.
        peak_outlay: the lowest cumulative cash flow, 0 or negative.
        p_ships: chance that it is ever live.
        launch: the month from which it is live, where it is.
        build: cost of building it, where it is built; None for what is live.
        is_build_forecast: whether that is the forecast's work at its price, for none is stated.
        months, discount: evaluation period, and yearly discount rate.
        is_live: whether it is live already, so that its build cost is in the past.
        spike_comparison: None where nothing is uncertain.
    """

    roi: AmountSummary | None
    npv: AmountSummary
    p_profitable: float
    p_payback: float
    payback: AmountRange | None
    peak_outlay: AmountSummary
    p_ships: float
    launch: AmountRange | None
    build: AmountSummary | None
    is_build_forecast: bool
    months: int
    discount: float
    is_live: bool
    spike_comparison: SpikeFirstComparison | None


@dataclass(frozen=True, slots=True)
class _ItemCase:
    """Inputs of an item's return."""

    roi: BusinessCase
    business: InvestmentAmounts
    calendar: CashflowCalendar


def roi_result(
    simulation: Simulation, plan: Plan, name: str, spent: Mapping[str, ItemCost]
) -> RoiResult | None:
    """Return an item's return.

    None if its business case lacks the benefit, if neither it nor the plan says what building
    costs, or if it is neither open nor live.

    Args:
        simulation: of the plan.
        plan: the plan.
        name: the item's id.
        spent: remaining cost of each open item (see `plan_cost.remaining_costs`).
    """
    case = _item_case(simulation, plan, name)
    if case is None:
        return None
    calendar = case.calendar
    found = item_return(case.business, calendar, case.roi, plan.policy)
    back = _amounts_where(
        found.payback.astype(np.float64), calendar.ships & (found.payback > 0), simulation.runs
    )
    launched = _amounts_where(month_number(calendar.launch), calendar.ships, simulation.runs)
    is_live = simulation.resolved.items[name].status in DELIVERED_STATUSES
    worked_on: Bools | bool = False if is_live else simulation.worked_on(name)
    built = _amounts_where(case.business.build, worked_on, simulation.runs)
    return RoiResult(
        roi=summarise_optional(found.roi),
        npv=summarise(found.npv),
        p_profitable=found.p_profitable,
        p_payback=back.size / simulation.runs,
        payback=amount_range(back) if back.size else None,
        peak_outlay=summarise(found.peak_outlay),
        p_ships=float(np.mean(calendar.ships)),
        launch=amount_range(launched) if launched.size else None,
        build=summarise(built) if built.size else None,
        is_build_forecast=case.roi.build is None and not is_live,
        months=calendar.months,
        discount=annual_discount(case.roi, plan.policy),
        is_live=is_live,
        spike_comparison=_spike_first_comparison(simulation, name, found.npv, spent),
    )


def item_npv(simulation: Simulation, plan: Plan, name: str) -> Amount | None:
    """Return one item's NPV; None without a complete business case."""
    case = _item_case(simulation, plan, name)
    if case is None:
        return None
    discount = annual_discount(case.roi, plan.policy)
    return net_present_value(case.business, case.calendar, discount)


def business_case(plan: Plan, name: str) -> BusinessCase | None:
    """Return an item's business case; None without one."""
    item = plan.items[name]
    return item.roi if isinstance(item, Bet) else None


def annual_discount(roi: BusinessCase, policy: Policy) -> float:
    """Return the yearly discount rate, of the table or else of the policy."""
    if roi.discount is None:
        return policy.discount
    return roi.discount


def _item_case(simulation: Simulation, plan: Plan, name: str) -> _ItemCase | None:
    roi, status = business_case(plan, name), simulation.resolved.items[name].status
    if roi is None or status not in OPEN_STATUSES | DELIVERED_STATUSES:
        return None
    is_open = status in OPEN_STATUSES
    build = _build_cost(simulation, plan, name, roi) if is_open else 0.0
    if build is None:
        return None
    business = investment_amounts(roi, amount_sampler(simulation.efforts.source, name), build)
    if business is None:
        return None
    if is_open:
        ships, times = simulation.delivers(name), simulation.times
        # where it does not ship, its build ends with the work
        weeks = np.where(ships, times.resolved_at[name], times.end[name]).astype(np.float64)
        calendar = cashflow_calendar(roi, plan.policy, months_from_weeks(weeks), ships)
    else:
        # a live item was built and launched before the forecast: only the rest of the ramp counts
        since = _months_since_finish(plan, simulation, name)
        calendar = replace(cashflow_calendar(roi, plan.policy, 0.0), launch=-since)
    return _ItemCase(roi, business, calendar)


def _build_cost(simulation: Simulation, plan: Plan, name: str, roi: BusinessCase) -> Amount | None:
    """Return what building an open item costs in each run, 0 where it isn't worked on.

    As stated, or else the forecast's work at its price; None if the plan has no price for it.
    """
    build = amount_sampler(simulation.efforts.source, name)("roi.build", roi.build)
    if build is not None:
        return np.where(simulation.worked_on(name), build, 0.0)
    if not is_priced(simulation.resolved, plan, name):
        return None
    return remaining_cost(simulation, plan, name).cost


def _months_since_finish(plan: Plan, simulation: Simulation, name: str) -> float:
    """Return how many months ago an item was finished; 0 if that isn't recorded."""
    finished = plan.items[name].finished
    if finished is None:
        return 0.0
    weeks = (simulation.resolved.as_of - finished).days / 7
    return max(0.0, float(months_from_weeks(weeks)))


def _spike_first_comparison(
    simulation: Simulation, name: str, value: Amount, spent: Mapping[str, ItemCost]
) -> SpikeFirstComparison | None:
    """Compare a spike first with building at once, by the value of each run."""
    item = simulation.resolved.items[name]
    works = success_chance(item)
    if item.status not in OPEN_STATUSES or not 0 < works < 1:
        return None
    ships = simulation.delivers(name)
    gains = _amounts_where(value, ships, simulation.runs)
    losses = _amounts_where(value, simulation.worked_on(name) & ~ships, simulation.runs)
    if not gains.size or not losses.size:
        return None
    gain, lost = float(gains.mean()), -float(losses.mean())
    spikes = simulation.resolved.spikes_by_bet.get(name, ())
    spike = sum(_cost_where_done(simulation, each, spent) for each in spikes) if spikes else None
    first = value_spike_first(works, gain, spike or 0.0)
    at_once = value_build_first(works, gain, lost)
    return SpikeFirstComparison(works, gain, lost, spike, float(first), float(at_once))


def _cost_where_done(simulation: Simulation, spike: str, spent: Mapping[str, ItemCost]) -> float:
    """Return a spike's mean cost where it is worked on; 0 if it never is."""
    costs = _amounts_where(spent[spike].cost, simulation.worked_on(spike), simulation.runs)
    return float(costs.mean()) if costs.size else 0.0


def _amounts_where(amount: Amount, holds: Bools | bool, runs: int) -> Floats:
    """Return the amounts of the runs in which a condition holds."""
    values, chosen = np.broadcast_to(amount, (runs,)), np.broadcast_to(holds, (runs,))
    return np.asarray(values[chosen], np.float64)
