"""Cash flow and return on investment, month by month, in every run at once."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.amounts import Amount, Bools, Floats, share_of_runs

Months: TypeAlias = NDArray[np.int64]
WEEKS_PER_MONTH = 365.25 / 7 / 12
"""In a month."""
_LAST_MONTH = 1_000_000.0
_ROUNDING = 1e-9
_CHUNK_RUNS = 1_000
"""Runs that are gone through together."""


@dataclass(frozen=True, slots=True)
class InvestmentAmounts:
    """Costs and benefits of an item.

    Attributes:
        build: in total; 0 in runs in which it is not worked on.
        run_month, benefit_month: once it is live.
        realisation: realised share of the benefit.
        ramp: share of the benefit in its first month, its second, ...; the last one stays.
    """

    build: Amount
    run_month: Amount
    benefit_month: Amount
    realisation: Amount = 1.0
    ramp: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class CashflowCalendar:
    """When an item is live, and the evaluation period.

    Attributes:
        launch: the first month in which it is live, from 1, fractions dropped; where it does not
            ship, the month in which building ended.
        months: length of the period.
        ships: whether it is ever live.
    """

    launch: Amount
    months: int
    ships: Bools | bool = True


@dataclass(frozen=True, slots=True)
class Cashflows:
    """Cost and benefit of each month; shape (months,) or (months, runs)."""

    cost: Floats
    benefit: Floats

    @property
    def net(self) -> Floats:
        """Net cash flow of each month."""
        return self.benefit - self.cost


@dataclass(frozen=True, slots=True)
class InvestmentReturn:
    """Return of an item.

    Attributes:
        roi: (benefit - cost) / cost, not discounted; 0 where nothing is spent and nothing gained,
            None if something is gained for nothing in some run.
        npv: net present value.
        payback: the first month from which the cumulative cash flow stays at 0 or above; 0 where it
            never does.
        peak_outlay: the lowest cumulative cash flow at the end of any month, not discounted; at
            most 0.
    """

    roi: Amount | None
    npv: Amount
    payback: Months
    peak_outlay: Amount

    @property
    def p_profitable(self) -> float:
        """Chance that the net present value is more than 0."""
        return share_of_runs(np.asarray(self.npv) > 0)


def month_of(weeks: Amount) -> Amount:
    """Return the month, counted from 1, that lies this many weeks after the start."""
    month: Floats = np.floor(np.divide(weeks, WEEKS_PER_MONTH)) + 1
    return month if np.ndim(month) else float(month)


def cashflows(business: InvestmentAmounts, calendar: CashflowCalendar) -> Cashflows:
    """Return cost and benefit of each month.

    The build cost is spread evenly over the months before the launch, or falls in the first if
    there is none; from the launch on come benefit x ramp x realisation and the running cost.
    """
    launch = np.clip(np.floor(calendar.launch), 1.0, _LAST_MONTH)
    # months are the first axis, so amounts that differ by run need one more
    depth = max(np.ndim(each) for each in (launch, calendar.ships, *all_amounts(business)))
    month = np.arange(1.0, calendar.months + 1).reshape(-1, *(1,) * depth)
    before = np.maximum(launch - 1, 1.0)
    live = (month >= launch) & calendar.ships
    cost = np.where(month <= before, business.build / before, 0.0) + np.where(
        live, business.run_month, 0.0
    )
    full = business.benefit_month * business.realisation
    benefit = np.where(live, _ramp_share(business.ramp, month - launch) * full, 0.0)
    return Cashflows(*np.broadcast_arrays(cost, benefit))


def _ramp_share(ramp: tuple[Amount, ...], since: Floats) -> Floats:
    """Return the share of the benefit this many months after the launch."""
    share = np.ones_like(since)
    for at, step in enumerate(ramp):
        share = np.where(since >= at, step, share)
    return share


def net_present_value(net: Floats, discount: Amount) -> Amount:
    """Return net present value; month m counts (1 + discount) ** (-m / 12).

    Args:
        net: net cash flow of each month; shape (months,) or (months, runs).
        discount: per year.

    Source: R. Brealey, S. Myers, F. Allen, Principles of Corporate Finance, ch. 2.
    """
    depth = max(net.ndim - 1, np.ndim(discount))
    month = np.arange(1.0, len(net) + 1).reshape(-1, *(1,) * depth)
    flow = net.reshape(*net.shape, *(1,) * (depth + 1 - net.ndim))
    value: Floats = (flow * (1 + np.asarray(discount)) ** (-month / 12)).sum(axis=0)
    return value if np.ndim(value) else float(value)


def payback_month(net: Floats) -> Months:
    """Return the first month, from 1, from which the cumulative cash flow stays at 0 or above.

    0 where it never does.

    Args:
        net: net cash flow of each month; shape (months,) or (months, runs).
    """
    return _payback_months(net, np.cumsum(net, axis=0))


def _payback_months(net: Floats, sums: Floats) -> Months:
    # a balance of 0 apart from rounding counts as paid back
    short = sums < -_ROUNDING * np.abs(net).sum(axis=0)
    months = len(net)
    last = np.where(short.any(axis=0), months - np.argmax(short[::-1], axis=0), 0)
    return np.where(last == months, 0, last + 1).astype(np.int64)


def peak_outlay(net: Floats) -> Amount:
    """Return the lowest cumulative cash flow at the end of any month; 0 where it never falls below.

    Args:
        net: net cash flow of each month; shape (months,) or (months, runs).
    """
    return _lowest_balance(np.cumsum(net, axis=0))


def _lowest_balance(sums: Floats) -> Amount:
    least: Floats = np.minimum(sums.min(axis=0), 0.0)
    return least if np.ndim(least) else float(least)


def simple_roi(benefit: Amount, cost: Amount) -> Amount | None:
    """Return (benefit - cost) / cost; 0 where both are 0, None if only the cost is in some run."""
    spent, gained = np.broadcast_arrays(
        np.asarray(cost, np.float64), np.asarray(benefit, np.float64)
    )
    if ((spent == 0) & (gained != 0)).any():
        return None
    share: Floats = np.divide(gained - spent, spent, out=np.zeros_like(gained), where=spent != 0)
    return share if share.ndim else float(share)


def investment_return(
    business: InvestmentAmounts, calendar: CashflowCalendar, discount: Amount
) -> InvestmentReturn:
    """Return an item's return over its calendar, computed in chunks that fit into the CPU cache."""
    given = (*all_amounts(business), calendar.launch, calendar.ships)
    runs = max(np.size(each) for each in given)
    if runs <= _CHUNK_RUNS or np.ndim(discount):
        return _return_at_once(business, calendar, discount)
    parts = []
    for start in range(0, runs, _CHUNK_RUNS):
        chunk = slice(start, start + _CHUNK_RUNS)
        amounts, months = _slice_amounts(business, chunk), _slice_calendar(calendar, chunk)
        parts.append(_return_at_once(amounts, months, discount))
    return _concatenate_returns(parts)


def _concatenate_returns(parts: list[InvestmentReturn]) -> InvestmentReturn:
    roi = [part.roi for part in parts if part.roi is not None]
    return InvestmentReturn(
        roi=np.concatenate(roi) if len(roi) == len(parts) else None,
        npv=np.concatenate([part.npv for part in parts]),
        payback=np.concatenate([part.payback for part in parts]),
        peak_outlay=np.concatenate([part.peak_outlay for part in parts]),
    )


def _slice_amounts(business: InvestmentAmounts, runs: slice) -> InvestmentAmounts:
    sliced = (_slice_runs(each, runs) for each in all_amounts(business))
    build, run_month, benefit_month, realisation, *ramp = sliced
    return InvestmentAmounts(build, run_month, benefit_month, realisation, tuple(ramp))


def _slice_calendar(calendar: CashflowCalendar, runs: slice) -> CashflowCalendar:
    ships = calendar.ships if isinstance(calendar.ships, bool) else calendar.ships[runs]
    return CashflowCalendar(_slice_runs(calendar.launch, runs), calendar.months, ships)


def _slice_runs(amount: Amount, runs: slice) -> Amount:
    if isinstance(amount, np.ndarray):
        return amount[runs]
    return amount


def all_amounts(business: InvestmentAmounts) -> tuple[Amount, ...]:
    """Return all amounts of an investment."""
    return (
        business.build,
        business.run_month,
        business.benefit_month,
        business.realisation,
        *business.ramp,
    )


def _return_at_once(
    business: InvestmentAmounts, calendar: CashflowCalendar, discount: Amount
) -> InvestmentReturn:
    flow = cashflows(business, calendar)
    net = flow.net
    sums = np.cumsum(net, axis=0)
    roi = simple_roi(flow.benefit.sum(axis=0), flow.cost.sum(axis=0))
    return InvestmentReturn(
        roi, net_present_value(net, discount), _payback_months(net, sums), _lowest_balance(sums)
    )


def npv_without_months(
    business: InvestmentAmounts, calendar: CashflowCalendar, discount: float
) -> Amount:
    """Return the same net present value as `investment_return`, without iterating over months."""
    months = calendar.months
    # sums of the discount factors up to and from each month replace the months themselves
    factor = (1 + discount) ** (-np.arange(1, months + 1) / 12)
    until = np.array([0.0, *np.cumsum(factor)])
    since = np.array([*np.cumsum(factor[::-1])[::-1], 0.0])
    launch = np.clip(np.floor(calendar.launch), 1.0, _LAST_MONTH).astype(np.int64)
    before = np.maximum(launch - 1, 1)

    def live(from_month: Months) -> Floats:
        left: Floats = since[np.minimum(from_month, months + 1) - 1]
        return left

    # each step of the ramp lasts one month, the last one until the end
    steps = business.ramp or (1.0,)
    ramped: Amount = steps[-1] * live(launch + len(steps) - 1)
    for at, step in enumerate(steps[:-1]):
        ramped = ramped + step * (live(launch + at) - live(launch + at + 1))
    gained = (
        ramped * business.benefit_month * business.realisation - live(launch) * business.run_month
    )
    value: Floats = (
        np.where(calendar.ships, gained, 0.0)
        - business.build / before * until[np.minimum(before, months)]
    )
    return value if np.ndim(value) else float(value)


def value_spike_first(works: float, npv: Amount, spike: Amount) -> Amount:
    """Return the expected value if a spike first shows, without error, whether it works.

    Args:
        works: chance that it does.
        npv: if it does.
        spike: cost of the spike.
    """
    return works * npv - spike


def value_build_first(works: float, npv: Amount, loss: Amount) -> Amount:
    """Return the expected value of building at once, with `loss` if it doesn't work."""
    return works * npv - (1 - works) * loss
