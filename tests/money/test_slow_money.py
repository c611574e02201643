"""Random roadmaps with prices against the slow computation of their money, run by run."""

import math
from collections.abc import Iterator
from statistics import fmean, pstdev

import pytest

from roadmap_tui.forecast.simulation.simulator import simulate, work_order
from roadmap_tui.money.plan_money import PlanMoney, plan_money
from roadmap_tui.money.plan_return import PlanReturn
from roadmap_tui.plan.parser import parse_plan_data
from roadmap_tui.plan.resolver import resolve_plan
from tests.forecast.random_plans import fuller_plan
from tests.forecast.slow import START
from tests.money.reference import expected_shortfall
from tests.money.slow_money import RunMoney, priced_plan, slow_money

RUNS = 10_000
ERRORS = 4.5
WORST, RARE = 0.1, 5e-4


def tolerance(values: list[float], share: float = 1.0) -> float:
    """Sampling errors of a mean over a share of the slow and of the fast runs."""
    return ERRORS * pstdev(values) * math.sqrt(1 / (len(values) * share) + 1 / (RUNS * share))


def share_tolerance(fast: float, slow: float, count: int) -> float:
    """Sampling errors between two shares of runs, both estimates of one: Wald's with it pooled."""
    pooled = (fast * RUNS + slow * count) / (RUNS + count)
    return ERRORS * math.sqrt(pooled * (1 - pooled) * (1 / count + 1 / RUNS))


def means(fast: PlanMoney, slow: list[RunMoney]) -> Iterator[tuple[str, float, list[float]]]:
    """Every mean by its name, and what the slow runs have for it."""
    yield "keep", fast.cost.keep.mean, [run.keep for run in slow]
    for at, quarter in enumerate(fast.quarters):
        spent = [run.quarters[at] for run in slow]
        yield f"quarter {at} by kind", quarter.people + quarter.compute + quarter.running, spent
        yield f"quarter {at} by track", sum(quarter.tracks.values()) + quarter.keep, spent
        for team, count in quarter.headcount.items():
            yield f"{team} in quarter {at}", count, [run.people[team][at] for run in slow]
    for name, item in fast.items.items():
        if item.roi_result is not None:
            values = [run.cases[name] for run in slow]
            yield f"NPV of {name}", item.roi_result.npv.mean, values


def whole_plan(found: PlanReturn, values: list[float]) -> Iterator[str]:
    """What does not agree of the plan's NPV: quantiles, chance of a loss, worst tenth."""
    for share, quantile in ((0.1, found.npv.range.p10), (0.9, found.npv.range.p90)):
        below = sum(value < quantile - 1e-3 for value in values) / len(values)
        upto = sum(value <= quantile + 1e-3 for value in values) / len(values)
        slack = ERRORS * math.sqrt(share * (1 - share) * (1 / len(values) + 1 / RUNS))
        if not below - slack <= share <= upto + slack:
            yield f"P{share * 100:.0f} of NPV {quantile}: {below} to {upto} lie below"
    losses = sum(value < 0 for value in values) / len(values)
    if abs(found.p_loss - losses) > share_tolerance(found.p_loss, losses, len(values)):
        yield f"loss: {found.p_loss} against {losses}"
    worst, slow = sorted(values)[: round(len(values) * WORST)], expected_shortfall(values)
    if abs(found.worst_tenth - slow) > tolerance(worst) + tolerance(values):
        yield f"worst tenth {found.worst_tenth} against {slow}"


def disagreements(fast: PlanMoney, slow: list[RunMoney]) -> Iterator[str]:
    """What does not agree within sampling error."""
    pairs = list(means(fast, slow))
    values = [run.npv for run in slow if run.npv is not None]
    if fast.npv is not None:
        pairs.append(("NPV", fast.npv.npv.mean, values))
        yield from whole_plan(fast.npv, values)
    for name, found, slow_values in pairs:
        # what happens in less than one of the slow runs may show in the fast ones
        rare = RARE * max(map(abs, (found, *slow_values, 1.0)))
        if abs(found - fmean(slow_values)) > tolerance(slow_values) + rare:
            yield f"{name}: {found} against {fmean(slow_values)} ± {tolerance(slow_values)}"


@pytest.mark.parametrize("seed", range(10))
def test_the_money_of_a_random_roadmap_agrees_with_the_slow_computation(seed: int) -> None:
    data = priced_plan(fuller_plan(seed), seed)
    plan, faults = parse_plan_data(data, START)
    assert plan is not None, faults
    resolved = resolve_plan(plan, as_of=START)
    order = work_order(resolved, RUNS).build_order
    fast = plan_money(simulate(resolved, order, RUNS), plan)
    assert list(disagreements(fast, slow_money(data, order, 1_000, seed))) == []
