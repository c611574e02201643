"""Cash flow and return on investment in every run at once, with time counted in parts of months."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.amounts import Amount, Bools, Floats, share_of_runs, total

Months: TypeAlias = NDArray[np.int64]
WEEKS_PER_MONTH = 365.25 / 7 / 12
"""In a month."""
_LAST_MONTH = 1_000_000.0
_ROUNDING = 1e-9
_CHUNK_RUNS = 1_000
"""Runs that are gone through together, so that they fit into the CPU cache."""


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

    @property
    def full_benefit(self) -> Amount:
        """Benefit of a month once the ramp is over."""
        return self.benefit_month * self.realisation

    @property
    def steps(self) -> tuple[Amount, ...]:
        """Shares of the benefit by month after the launch."""
        return self.ramp or (1.0,)


@dataclass(frozen=True, slots=True)
class CashflowCalendar:
    """When an item is live, and the evaluation period.

    Attributes:
        launch: months from the start until it is live, with their fractions; where it does not
            ship, until building ended. Negative for an item that is live already.
        months: length of the period.
        ships: whether it is ever live.
    """

    launch: Amount
    months: int
    ships: Bools | bool = True

    @property
    def finite_launch(self) -> Floats:
        """The launch, at most a million months away."""
        return np.minimum(np.asarray(self.launch, np.float64), _LAST_MONTH)


@dataclass(frozen=True, slots=True)
class InvestmentReturn:
    """Return of an item.

    Attributes:
        roi: (benefit - cost) / cost, not discounted; 0 where nothing is spent and nothing gained,
            None if something is gained for nothing in some run.
        npv: net present value.
        payback: the first month from which the balance at the end of each month stays at 0 or
            above; 0 where it never does.
        peak_outlay: the lowest balance at any time, not discounted; at most 0.
    """

    roi: Amount | None
    npv: Amount
    payback: Months
    peak_outlay: Amount

    @property
    def p_profitable(self) -> float:
        """Chance that the net present value is more than 0."""
        return share_of_runs(np.asarray(self.npv) > 0)


def months_from_weeks(weeks: Amount) -> Amount:
    """Return weeks as months with their fractions."""
    return weeks / WEEKS_PER_MONTH


def month_number(months: Amount) -> Amount:
    """Return the month, counted from 1, in which a time after the start falls."""
    month: Floats = np.floor(np.maximum(months, 0.0)) + 1
    return month if np.ndim(month) else float(month)


def present_value_until(months: Amount, discount: float) -> Amount:
    """Return the value of 1 a month from the start until a time; month m counts (1 + d) ** (-m/12).

    A part of a month counts by its length. Source: the annuity, R. Brealey, S. Myers, F. Allen,
    Principles of Corporate Finance, ch. 2, with simple interpolation inside a month.

    Args:
        months: from the start, with fractions; 0 or more.
        discount: per year, d.
    """
    if not discount:
        return months
    rate = -np.log1p(discount) / 12
    whole = np.floor(months)
    full_months = np.exp(rate) * np.expm1(rate * whole) / np.expm1(rate)
    value: Floats = full_months + (months - whole) * np.exp(rate * (whole + 1))
    return value if np.ndim(value) else float(value)


def net_present_value(
    business: InvestmentAmounts, calendar: CashflowCalendar, discount: float
) -> Amount:
    """Return the net present value of an item.

    The build is spread evenly until the launch, or falls in the first month if it is live at once;
    all of it counts, also where it ends after the period. From the launch until the end of the
    period come benefit x ramp x realisation and the running cost, by days.
    """
    running = business.run_month * _value_from(calendar, 0, discount)
    gained = present_benefit(business, calendar, discount) - running
    launch = np.maximum(calendar.finite_launch, _ROUNDING)
    spent = business.build * (present_value_until(launch, discount) / launch)
    value: Floats = np.where(calendar.ships, gained, 0.0) - spent
    return value if np.ndim(value) else float(value)


def present_benefit(
    business: InvestmentAmounts, calendar: CashflowCalendar, discount: float
) -> Amount:
    """Return the discounted benefit from the launch until the end of the period, if it ships."""
    shares = business.steps
    rises = zip(shares, (0.0, *shares), strict=False)
    return total(
        (share - before) * business.full_benefit * _value_from(calendar, step, discount)
        for step, (share, before) in enumerate(rises)
    )


def _value_from(calendar: CashflowCalendar, later: int, discount: float) -> Amount:
    """Return the value of 1 a month from some months after the launch to the end of the period."""
    end = float(calendar.months)
    start = np.clip(calendar.finite_launch + later, 0.0, end)
    return present_value_until(end, discount) - present_value_until(start, discount)


def balance_at(business: InvestmentAmounts, calendar: CashflowCalendar, months: Amount) -> Floats:
    """Return the cumulative cash flow at a time within the period, not discounted.

    Args:
        business: what it costs and brings.
        calendar: when.
        months: from the start, with fractions; any shape that the runs broadcast to.
    """
    gained: Amount = -business.run_month * _months_live(calendar, 0, months)
    before: Amount = 0.0
    for step, share in enumerate(business.steps):
        rise = (share - before) * business.full_benefit
        gained = gained + rise * _months_live(calendar, step, months)
        before = share
    built = np.minimum(months / np.maximum(calendar.finite_launch, _ROUNDING), 1.0)
    balance: Floats = np.where(calendar.ships, gained, 0.0) - business.build * built
    return balance


def _months_live(calendar: CashflowCalendar, later: int, months: Amount) -> Floats:
    """Return the months until a time that lie some months after the launch, and in the period."""
    start = np.maximum(calendar.finite_launch + later, 0.0)
    passed: Floats = np.maximum(months - start, 0.0)
    return passed


def peak_outlay(business: InvestmentAmounts, calendar: CashflowCalendar) -> Amount:
    """Return the lowest cumulative cash flow at any time; 0 where it never falls below.

    Between the launch, the steps of the ramp and the end of the period it moves in straight lines,
    so that it is lowest at one of them.
    """
    end, launch = float(calendar.months), calendar.finite_launch
    lowest = np.minimum(balance_at(business, calendar, end), -np.asarray(business.build))
    for step in range(1, len(business.steps)):
        turn = np.clip(launch + step, 0.0, np.maximum(end, launch))
        lowest = np.minimum(lowest, balance_at(business, calendar, turn))
    least: Floats = np.minimum(lowest, 0.0)
    return least if np.ndim(least) else float(least)


def payback_month(business: InvestmentAmounts, calendar: CashflowCalendar) -> Months:
    """Return the first month, from 1, from whose end on the balance stays at 0 or above.

    0 where it never does within the period.
    """
    given = (*all_amounts(business), calendar.launch, calendar.ships)
    depth = max(np.ndim(each) for each in given)
    # months are the first axis, so amounts that differ by run need one more
    month = np.arange(1.0, calendar.months + 1).reshape(-1, *(1,) * depth)
    # a balance of 0 apart from rounding counts as paid back
    monthly = np.where(calendar.ships, business.run_month + business.full_benefit, 0.0)
    moved = business.build + _months_live(calendar, 0, month) * monthly
    short = balance_at(business, calendar, month) < -_ROUNDING * moved
    last_short = np.where(short, month, 0.0).max(axis=0)
    return np.where(last_short == calendar.months, 0, last_short + 1).astype(np.int64)


def simple_roi(benefit: Amount, cost: Amount) -> Amount | None:
    """Return (benefit - cost) / cost; 0 where both are 0, None if only the cost is in some run."""
    spent, gained = np.broadcast_arrays(
        np.asarray(cost, np.float64), np.asarray(benefit, np.float64)
    )
    if ((spent == 0) & (gained != 0)).any():
        return None
    share: Floats = np.divide(gained - spent, spent, out=np.zeros_like(gained), where=spent != 0)
    return share if share.ndim else float(share)


def return_on_investment(business: InvestmentAmounts, calendar: CashflowCalendar) -> Amount | None:
    """Return (benefit - cost) / cost over the period, not discounted; see `simple_roi`."""
    running = np.where(calendar.ships, business.run_month * _value_from(calendar, 0, 0.0), 0.0)
    benefit = np.where(calendar.ships, present_benefit(business, calendar, 0.0), 0.0)
    return simple_roi(benefit, business.build + running)


def investment_return(
    business: InvestmentAmounts, calendar: CashflowCalendar, discount: float
) -> InvestmentReturn:
    """Return an item's return over its calendar.

    Args:
        business: what it costs and brings.
        calendar: when.
        discount: per year.
    """
    given = (*all_amounts(business), calendar.launch, calendar.ships)
    runs = max(np.size(each) for each in given)
    if runs <= _CHUNK_RUNS:
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
    business: InvestmentAmounts, calendar: CashflowCalendar, discount: float
) -> InvestmentReturn:
    return InvestmentReturn(
        return_on_investment(business, calendar),
        net_present_value(business, calendar, discount),
        payback_month(business, calendar),
        peak_outlay(business, calendar),
    )


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
