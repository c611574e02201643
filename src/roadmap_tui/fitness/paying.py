"""Whether an item pays, from its table and the futures: with the chance that it ships, and with its own launch."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from roadmap_tui.fitness.amounts import (
    Amount,
    Bools,
    Figure,
    Floats,
    Spread,
    drawn,
    figure,
    figure_of,
    spread,
    total,
)
from roadmap_tui.fitness.returns import business_of, calendar_of, return_of
from roadmap_tui.fitness.roi import (
    WEEKS,
    Business,
    Calendar,
    build_first,
    find_out_first,
    month_of,
    present,
)
from roadmap_tui.fitness.spending import Spending
from roadmap_tui.forecast.draws import chance_of
from roadmap_tui.forecast.simulation import Simulation
from roadmap_tui.plan.items import Bet
from roadmap_tui.plan.money import Roi
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.resolve import DELIVERED, OPEN
from roadmap_tui.plan.roadmap import Plan


@dataclass(frozen=True, slots=True)
class Staged:
    """Finding out first against building at once, if an answer is never wrong and takes no time.

    Attributes:
        works: the chance that it works.
        gain: NPV where it ships.
        lost: what is lost where it is built and does not work, discounted.
        spike: what its open spikes cost; None without one.
        first: to be expected of finding out first; without a spike, if that cost nothing.
        at_once: to be expected of building at once.
    """

    works: float
    gain: float
    lost: float
    spike: float | None
    first: float
    at_once: float

    @property
    def most(self) -> float:
        """The most that finding out may cost to be worth it, beside the better of building at once and of nothing."""
        return max(0.0, self.works * self.gain - max(0.0, self.at_once))


@dataclass(frozen=True, slots=True)
class Paying:
    """What an item pays over the months looked at.

    Attributes:
        roi: (benefit - cost) / cost; None if something is gained for nothing in some future.
        npv: discounted to the start.
        pays: the chance that NPV is more than 0.
        pays_back: the chance that it ships and pays back within the months.
        payback: the month from which it has, where it does.
        trough: the deepest that it is ever in debt, as a figure of 0 or below.
        ships: the chance that it is ever live.
        launch: the month from which it is live, where it is.
        months, discount: over how many, and a year.
        is_live: whether it is live already, so that its build is behind it.
        staged: None where there is nothing to find out.
    """

    roi: Figure | None
    npv: Figure
    pays: float
    pays_back: float
    payback: Spread | None
    trough: Figure
    ships: float
    launch: Spread | None
    months: int
    discount: float
    is_live: bool
    staged: Staged | None


@dataclass(frozen=True, slots=True)
class _Case:
    """What an item's return is worked out from."""

    roi: Roi
    business: Business
    calendar: Calendar


def npv(simulation: Simulation, plan: Plan) -> Amount | None:
    """What all items with a table pay together, discounted; None if none has one that tells enough."""
    cases = [
        case for case in (_case(simulation, plan, name) for name in plan.items) if case is not None
    ]
    values = (
        present(case.business, case.calendar, discount_of(case.roi, plan.policy)) for case in cases
    )
    return total(values) if cases else None


def paying(
    simulation: Simulation, plan: Plan, name: str, spent: Mapping[str, Spending]
) -> Paying | None:
    """What an item pays.

    None if its table does not tell what building it takes and what it brings, or if it is neither open nor live.

    Args:
        simulation: of the plan.
        plan: the plan.
        name: the item's id.
        spent: what each open item takes (see `plan_cost.spendings`).
    """
    case = _case(simulation, plan, name)
    if case is None:
        return None
    calendar = case.calendar
    found = return_of(case.business, calendar, case.roi, plan.policy)
    back = _where(
        found.payback.astype(np.float64), calendar.ships & (found.payback > 0), simulation.futures
    )
    launched = _where(calendar.launch, calendar.ships, simulation.futures)
    return Paying(
        roi=figure_of(found.roi),
        npv=figure(found.npv),
        pays=found.pays,
        pays_back=back.size / simulation.futures,
        payback=spread(back) if back.size else None,
        trough=figure(found.trough),
        ships=float(np.mean(calendar.ships)),
        launch=spread(launched) if launched.size else None,
        months=calendar.months,
        discount=discount_of(case.roi, plan.policy),
        is_live=simulation.resolved.terms[name].status in DELIVERED,
        staged=_staged(simulation, name, found.npv, spent),
    )


def npv_of(simulation: Simulation, plan: Plan, name: str) -> Amount | None:
    """What one item pays, discounted; None if it has no table that tells enough."""
    case = _case(simulation, plan, name)
    return (
        None
        if case is None
        else present(case.business, case.calendar, discount_of(case.roi, plan.policy))
    )


def roi_of(plan: Plan, name: str) -> Roi | None:
    """An item's table; None without one."""
    item = plan.items[name]
    return item.roi if isinstance(item, Bet) else None


def discount_of(roi: Roi, policy: Policy) -> float:
    """The discount of a year, by the table or else by the policy."""
    return policy.discount if roi.discount is None else roi.discount


def _case(simulation: Simulation, plan: Plan, name: str) -> _Case | None:
    roi, status = roi_of(plan, name), simulation.resolved.terms[name].status
    if roi is None or status not in OPEN | DELIVERED:
        return None
    draw = drawn(simulation.efforts.source, name)
    built: Bools | bool = simulation.worked_on(name) if status in OPEN else True
    business = business_of(roi, draw, built)
    if business is None:
        return None
    if status in OPEN:
        ships = simulation.delivers(name)
        times = simulation.times
        weeks = np.where(ships, times.known[name], times.ends[name]).astype(np.float64)
        calendar = calendar_of(roi, plan.policy, month_of(weeks), ships)
    else:
        business = replace(
            business, build=0.0, ramp=_rest(business.ramp, _months_since(plan, simulation, name))
        )
        calendar = replace(calendar_of(roi, plan.policy, 1.0), launch=1.0)
    return _Case(roi, business, calendar)


def _months_since(plan: Plan, simulation: Simulation, name: str) -> int:
    """How many whole months ago an item was finished; 0 if nobody says when."""
    finished = plan.items[name].finished
    return (
        0
        if finished is None
        else max(0, int((simulation.resolved.as_of - finished).days / 7 / WEEKS))
    )


def _rest(ramp: tuple[Amount, ...], months: int) -> tuple[Amount, ...]:
    """What is left of a ramp after so many months; its last step stays."""
    return ramp[months:] or ramp[-1:]


def _staged(
    simulation: Simulation, name: str, value: Amount, spent: Mapping[str, Spending]
) -> Staged | None:
    """Finding out first against building at once, by what each future is worth."""
    terms = simulation.resolved.terms[name]
    works = chance_of(terms)
    if terms.status not in OPEN or not 0 < works < 1:
        return None
    ships = simulation.delivers(name)
    gains = _where(value, ships, simulation.futures)
    losses = _where(value, simulation.worked_on(name) & ~ships, simulation.futures)
    if not gains.size or not losses.size:
        return None
    gain, lost = float(gains.mean()), -float(losses.mean())
    spikes = simulation.resolved.spikes.get(name, ())
    spike = sum(_if_done(simulation, each, spent) for each in spikes) if spikes else None
    first, at_once = find_out_first(works, gain, spike or 0.0), build_first(works, gain, lost)
    return Staged(works, gain, lost, spike, float(first), float(at_once))


def _if_done(simulation: Simulation, spike: str, spent: Mapping[str, Spending]) -> float:
    """What a spike costs where it is worked on, on average; 0 where it never is."""
    costs = _where(spent[spike].cost, simulation.worked_on(spike), simulation.futures)
    return float(costs.mean()) if costs.size else 0.0


def _where(amount: Amount, holds: Bools | bool, futures: int) -> Floats:
    """The amounts of the futures in which something holds."""
    values, chosen = np.broadcast_to(amount, (futures,)), np.broadcast_to(holds, (futures,))
    return np.asarray(values[chosen], np.float64)
