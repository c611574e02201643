"""Simulated roadmaps whose money was once wrong."""

from functools import cache
from pathlib import Path

from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.simulation.simulator import Simulation, simulate, work_order
from roadmap_tui.money.plan_money import PlanMoney, plan_money
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan

FOLDER = Path(__file__).parent / "cases"
RUNS = 10_000


@cache
def simulated_case(name: str) -> tuple[Simulation, Plan]:
    """The simulation of a file in `cases`, and its plan."""
    plan = read_document((FOLDER / f"{name}.toml").read_bytes(), name).plan
    assert plan is not None
    resolved = resolve_plan(plan)
    return simulate(resolved, work_order(resolved, RUNS).build_order, RUNS), plan


@cache
def money_of_case(name: str) -> PlanMoney:
    """The money of a file in `cases`."""
    return plan_money(*simulated_case(name))
