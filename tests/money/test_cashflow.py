"""Return on investment against the worked answers and a plain loop over months."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.forecast.simulation.amounts import Amount, amount_range
from roadmap_tui.money.cashflow import (
    CashflowCalendar,
    InvestmentAmounts,
    investment_return,
    month_number,
    months_from_weeks,
    net_present_value,
    simple_roi,
    value_build_first,
    value_spike_first,
)
from tests.money.reference import cash, cash_by_part, lowest, paid_back, present

RAMP = (0.25, 0.5, 0.75, 1.0)
WORKED = [  # build, run, benefit a month, launch, ROI, NPV, payback
    (180e3, 6e3, 40e3, 6, 1.38, 341.3e3, 13),
    (240e3, 8e3, 20e3, 8, -0.18, -80.7e3, 0),
    (150e3, 5e3, 50e3, 5, 2.70, 584.2e3, 9),
]


@pytest.mark.parametrize(("build", "run", "benefit", "launch", "roi", "npv", "month"), WORKED)
def test_worked_returns(
    build: float, run: float, benefit: float, launch: int, roi: float, npv: float, month: int
) -> None:
    found = investment_return(
        InvestmentAmounts(build, run, benefit, ramp=RAMP), CashflowCalendar(launch - 1, 24), 0.10
    )
    assert isinstance(found.roi, float)
    assert isinstance(found.npv, float)
    assert round(found.roi, 2) == roi
    assert round(found.npv, -2) == npv
    assert int(found.payback) == month
    assert found.p_profitable == float(npv > 0)


def test_worked_order_of_spike_and_build() -> None:
    npv = present(cash(180e3, 6e3, 40e3, 5, 24, list(RAMP)), 0.1)
    assert round(float(value_spike_first(0.6, npv, 40e3)), -2) == 164.8e3
    assert round(float(value_build_first(0.6, npv, 180e3)), -2) == 132.8e3


MONEY = st.floats(0, 1e6).map(lambda value: round(value, 2))
SHARES = st.floats(0, 1).map(lambda value: round(value, 3))
PARTS = 8  # of a month, so that a launch may fall into the middle of one
LAUNCHES = st.integers(-2 * PARTS, 40 * PARTS).map(lambda parts: parts / PARTS)
CASES = st.tuples(MONEY, MONEY, MONEY, LAUNCHES, st.integers(1, 36), st.lists(SHARES, max_size=5))


@given(CASES, SHARES, SHARES)
def test_any_return_is_that_of_the_loop_over_parts_of_months(
    case: tuple[float, float, float, float, int, list[float]], realisation: float, discount: float
) -> None:
    build, run, benefit, launch, months, ramp = case
    left = cash(build, run, benefit * realisation, launch, months, ramp, PARTS)
    business = InvestmentAmounts(build, run, benefit, realisation, tuple(ramp))
    found = investment_return(business, CashflowCalendar(launch, months), discount)
    assert found.npv == pytest.approx(present(left, discount), abs=1e-4)
    assert int(found.payback) == (paid_back(left) if len(left) <= months or not build else 0)


@given(CASES)
def test_the_peak_outlay_is_the_least_of_the_sums_over_parts_of_months(
    case: tuple[float, float, float, float, int, list[float]],
) -> None:
    build, run, benefit, launch, months, ramp = case
    business = InvestmentAmounts(build, run, benefit, ramp=tuple(ramp))
    found = investment_return(business, CashflowCalendar(launch, months), 0.0)
    parts = cash_by_part(build, run, benefit, launch, months, ramp, PARTS)
    # what is live at once is built before it brings anything
    assert found.peak_outlay == pytest.approx(min(-build, lowest(parts)), abs=1e-4)


STATED = [  # weeks until the launch, build; balance at the end of 12 months, payback, peak
    (4.3, 4300, 436e3, 2, -4300),
    (0.1, 4300, 475e3, 1, -4300),
    (8.6, 8600, 392e3, 3, -8600),
]


@pytest.mark.parametrize(("weeks", "build", "npv", "month", "peak"), STATED)
def test_the_month_of_the_launch_counts_by_its_days(
    weeks: float, build: float, npv: float, month: int, peak: float
) -> None:
    """Live for 12 months less the weeks, of which 365.25 / 7 make 12 months."""
    calendar = CashflowCalendar(months_from_weeks(weeks), 12)
    found = investment_return(InvestmentAmounts(build, 0.0, 40e3), calendar, 0.0)
    assert found.npv == pytest.approx(npv, abs=500)
    assert found.npv == pytest.approx(40e3 * (12 - weeks * 12 * 7 / 365.25) - build)
    assert (int(found.payback), found.peak_outlay) == (month, peak)


@given(
    st.lists(
        st.tuples(MONEY, MONEY, MONEY, st.integers(1, 20), st.booleans()), min_size=1, max_size=6
    )
)
def test_every_run_is_worked_out_by_itself(
    cases: list[tuple[float, float, float, int, bool]],
) -> None:
    columns = zip(*cases, strict=True)
    build, run, benefit, launch, _ = (np.array(each, dtype=float) for each in columns)
    ships = np.array([case[4] for case in cases])
    found = investment_return(
        InvestmentAmounts(build, run, benefit, 0.7, RAMP), CashflowCalendar(launch, 24, ships), 0.08
    )
    assert isinstance(found.npv, np.ndarray)
    for at, (spent, running, gain, month, works) in enumerate(cases):
        left = cash(spent, running * works, gain * 0.7 * works, month, 24, list(RAMP))
        assert found.npv[at] == pytest.approx(present(left, 0.08), abs=1e-4)
        assert found.payback[at] == paid_back(left)
    assert found.p_profitable == pytest.approx(np.mean([value > 0 for value in found.npv]))


BUSINESSES: list[Callable[[Amount], InvestmentAmounts]] = [
    lambda times: InvestmentAmounts(180e3 * times, 6e3, 40e3, 0.8, RAMP),
    lambda times: InvestmentAmounts(180e3, 6e3 * times, 40e3, 0.8, RAMP),
    lambda times: InvestmentAmounts(180e3, 6e3, 40e3 * times, 0.8, RAMP),
    lambda times: InvestmentAmounts(180e3, 6e3, 40e3, 0.8 * times, RAMP),
]


@pytest.mark.parametrize("business", BUSINESSES)
def test_whichever_quantity_is_uncertain_each_run_is_as_if_it_were_sure(
    business: Callable[[Amount], InvestmentAmounts],
) -> None:
    found = investment_return(business(np.array([0.5, 1.0])), CashflowCalendar(6, 24), 0.1)
    assert isinstance(found.npv, np.ndarray)
    for at, times in enumerate((0.5, 1.0)):
        alone = investment_return(business(times), CashflowCalendar(6, 24), 0.1)
        assert found.npv[at] == pytest.approx(alone.npv)
        assert found.payback[at] == alone.payback


def test_a_step_of_the_ramp_may_be_uncertain() -> None:
    business = InvestmentAmounts(1e5, 1e3, 1e4, ramp=(np.array([0.1, 0.2]), 0.5))
    expected = [
        present(cash(1e5, 1e3, 1e4, 6, 24, [0.1, 0.5]), 0.1),
        present(cash(1e5, 1e3, 1e4, 6, 24, [0.2, 0.5]), 0.1),
    ]
    assert net_present_value(business, CashflowCalendar(6, 24), 0.1) == pytest.approx(expected)


def test_what_never_ships_only_costs_what_building_it_takes() -> None:
    found = investment_return(
        InvestmentAmounts(12e3, 5e3, 9e3), CashflowCalendar(4, 24, ships=False), 0.0
    )
    assert (found.roi, found.npv, int(found.payback), found.p_profitable) == (-1.0, -12e3, 0, 0.0)


def test_a_launch_after_the_months_looked_at_costs_all_of_the_build() -> None:
    """Each month at its own discount, however late it is spent."""
    business, calendar = InvestmentAmounts(100e3, 5e3, 90e3), CashflowCalendar(100, 24)
    found = investment_return(business, calendar, 0.0)
    assert (found.npv, found.roi, found.peak_outlay) == pytest.approx((-100e3, -1, -100e3))
    assert int(found.payback) == 0
    later = present([-1e3] * 100, 0.1)
    assert investment_return(business, calendar, 0.1).npv == pytest.approx(later)


def test_a_launch_that_never_comes_is_finite() -> None:
    found = investment_return(
        InvestmentAmounts(100e3, 5e3, 90e3), CashflowCalendar(float("inf"), 24), 0.1
    )
    assert np.isfinite(found.npv)


def test_nothing_at_all_pays_nothing() -> None:
    found = investment_return(InvestmentAmounts(0.0, 0.0, 0.0), CashflowCalendar(1, 12), 0.1)
    assert (found.roi, found.npv, int(found.payback), found.p_profitable) == (0.0, 0.0, 1, 0.0)


def test_roi_of_what_costs_nothing() -> None:
    assert simple_roi(5.0, 0.0) is None
    assert simple_roi(np.array([1.0, 0.0]), np.array([0.0, 0.0])) is None
    some = simple_roi(np.array([0.0, 3.0]), np.array([0.0, 2.0]))
    assert isinstance(some, np.ndarray)
    assert some.tolist() == [0.0, 0.5]


@pytest.mark.parametrize(
    ("build", "run", "ramp", "month"),
    [
        (3.0, 0.0, [1.0, 2.0], 3),  # -2, 0
        (3.0, 0.0, [5.0, 0.0], 2),
        (3.0, 1.0, [6.0, 0.0], 0),  # 2, 1, 0, -1
        (0.0, 1.0, [0.0, 2.0], 3),  # -1, 0, 1
        (0.0, 1.0, [1.0], 1),
        (1.0, 0.0, [0.0], 0),
        (0.3, 0.0, [0.1], 4),  # sums of tenths miss 0 by rounding
    ],
)
def test_payback_is_where_the_balance_stays_up(
    build: float, run: float, ramp: list[float], month: int
) -> None:
    """The build falls in the first of six months, and the benefit begins with the second."""
    left = cash(build, run, 1.0, 1, 6, ramp)
    business = InvestmentAmounts(build, run, 1.0, ramp=tuple(ramp))
    found = investment_return(business, CashflowCalendar(1, 6), 0.0).payback
    assert int(found) == paid_back(left)
    assert int(found) == month


@pytest.mark.parametrize(
    ("weeks", "month"), [(0, 1), (4.3, 1), (4.4, 2), (26, 6), (52, 12), (52.3, 13)]
)
def test_months_count_from_one(weeks: float, month: int) -> None:
    assert month_number(months_from_weeks(weeks)) == month


@pytest.mark.parametrize("runs", [999, 1000, 1001, 2500])
def test_however_many_runs_there_are_each_is_as_if_it_were_alone(runs: int) -> None:
    rng = np.random.default_rng(3)
    build = rng.uniform(0, 1e5, runs)
    launch = rng.integers(1, 30, runs).astype(np.float64)
    ships = rng.random(runs) < 0.5
    found = investment_return(
        InvestmentAmounts(build, 100.0, 9e3, 0.7, RAMP), CashflowCalendar(launch, 24, ships), 0.1
    )
    assert isinstance(found.npv, np.ndarray)
    assert found.npv.shape == found.payback.shape == (runs,)
    for at in (0, runs // 2, runs - 1):
        left = cash(build[at], 100.0 * ships[at], 9e3 * 0.7 * ships[at], launch[at], 24, list(RAMP))
        assert found.npv[at] == pytest.approx(present(left, 0.1), abs=1e-4)
        assert found.payback[at] == paid_back(left)


@pytest.mark.parametrize("runs", [1, 2, 11, 1000])
def test_a_spread_is_that_of_all_values_in_order(runs: int) -> None:
    values = np.random.default_rng(5).normal(size=runs)
    found = amount_range(values)
    assert (found.p10, found.p50, found.p90) == pytest.approx(
        tuple(np.quantile(values, [0.1, 0.5, 0.9]))
    )
