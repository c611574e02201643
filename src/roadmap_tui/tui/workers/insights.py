"""Insights beyond the forecast, for the current screen."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from roadmap_tui.document.document import Document
from roadmap_tui.forecast.analysis.assumptions import AssumptionImpact, assumption_impacts
from roadmap_tui.forecast.analysis.capacity_value import CapacityValue, capacity_values
from roadmap_tui.forecast.analysis.critical_path import finish_drivers
from roadmap_tui.forecast.analysis.horizon_value import chance_all_delivered, chances_down_to
from roadmap_tui.forecast.analysis.queue_moves import QueueMove, queue_moves
from roadmap_tui.forecast.analysis.utilisation import TeamUtilisation, team_utilisation
from roadmap_tui.forecast.analysis.what_if import WHAT_IF_RUNS, WhatIfPlan
from roadmap_tui.forecast.simulation.calibration import Calibration, calibrate, calibration
from roadmap_tui.forecast.simulation.cancellation import Checkpoint
from roadmap_tui.forecast.simulation.results import FinishDrivers, Forecast
from roadmap_tui.forecast.simulation.simulator import simulate, work_order
from roadmap_tui.money.option_scenarios import OptionScenario, option_scenarios
from roadmap_tui.money.plan_cost import ExpectedSpend, expected_spend
from roadmap_tui.money.plan_money import PlanMoney, has_money_table, plan_money
from roadmap_tui.money.spike_study import study_spikes
from roadmap_tui.narrative.spike_ledger import LedgerInputs
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.tui.limits import FEW_RUNS, is_large_plan
from roadmap_tui.tui.workers.background import Task

_SLOW_MONEY_ITEMS = 40
"""Items with money tables from which on money is previewed on few runs."""
_VARIANT_SCREENS = {"spikes", "ranking"}
"""Screens that need forecasts of variants; not for large plans."""
_PREVIEW_RUNS = 500
"""Runs of that preview."""


@dataclass(frozen=True, slots=True)
class InsightRequest:
    """What a screen needs beyond the forecast.

    Attributes:
        view: the screen.
        target: the selected item.
        filtered: the items that match the filter, if there is one.
        baseline: during a what-if, the plan without it, and its build order.
        height: available lines.
    """

    view: str
    target: str | None
    filtered: tuple[str, ...] = ()
    baseline: tuple[Document, tuple[str, ...]] | None = None
    height: int = 24


@dataclass(frozen=True, slots=True)
class Insights:
    """What is known about a document's plan beyond its forecast; None if not computed yet.

    Attributes:
        ledger: the source of the spike ledger.
        calibration: how good the estimates of finished items were.
        causes: what drives the finish of the selected item.
        moves: gains of moves in the build order, the best first.
        done_by: by week, the chances that all items down to each rank have delivered by then.
        utilisation: utilisation of the teams.
        joint_chance: the chance that all filtered items deliver within the horizon.
        assumptions: the ones most worth replacing first.
        money: cost of the plan, and business cases.
        preview_runs: runs of the money preview; 0 once it has the forecast's runs.
        option_scenarios: by model item, its options in the forecast.
        capacity: what one more person adds, by team.
        plan_costs: during a what-if, the expected costs without and with it.
    """

    document: Document
    ledger: LedgerInputs | None = None
    calibration: Calibration | None = None
    causes: FinishDrivers | None = None
    moves: tuple[QueueMove, ...] | None = None
    done_by: Mapping[float, tuple[float, ...]] | None = None
    utilisation: tuple[TeamUtilisation, ...] | None = None
    joint_chance: float | None = None
    assumptions: tuple[AssumptionImpact, ...] | None = None
    money: PlanMoney | None = None
    preview_runs: int = 0
    option_scenarios: Mapping[str, tuple[OptionScenario, ...]] = field(default_factory=dict)
    plan_costs: tuple[ExpectedSpend, ExpectedSpend] | None = None
    capacity: Mapping[str, CapacityValue] | None = None


def compute_insights(
    known: Insights, forecast: Forecast, question: InsightRequest, check: Checkpoint
) -> Insights:
    """Compute what a screen shows beyond the forecast.

    Raises:
        CalculationCancelledError: from `check`.
    """
    plan = known.document.plan
    if plan is None or (question.view in _VARIANT_SCREENS and is_large_plan(len(plan.items))):
        return known
    resolved, runs = calibrate(resolve_plan(plan)), _run_count(plan)
    match question.view:
        case "spikes" if known.ledger is None:
            queue = work_order(resolved, WHAT_IF_RUNS, checkpoint=check).queue
            found = study_spikes(resolved, plan, queue, check)
            return replace(
                known,
                ledger=LedgerInputs(plan, resolved, forecast, found),
                calibration=calibration(resolve_plan(plan)),
            )
        case "map":
            simulation = simulate(resolved, forecast.build_order, runs, check)
            traced = finish_drivers(simulation, question.target, check) or finish_drivers(
                simulation, checkpoint=check
            )
            return replace(known, causes=traced)
        case "ranking" if known.moves is None:
            simulation = simulate(resolved, forecast.build_order, runs, check)
            ranked = [row.id for row in forecast.ranking]
            weeks = capacity_weeks(plan, forecast)
            return replace(
                known,
                moves=queue_moves(resolved, checkpoint=check),
                done_by={week: chances_down_to(simulation, ranked, week) for week in weeks},
            )
        case "timeline":
            simulation = simulate(resolved, forecast.build_order, runs, check)
            bets = tuple(name for name in question.filtered if forecast.items[name].kind != "spike")
            chance = chance_all_delivered(simulation, bets, resolved.horizon) if bets else None
            return replace(
                known, utilisation=team_utilisation(simulation, check), joint_chance=chance
            )
        case "money" if known.money is None or (
            known.preview_runs and not is_large_plan(len(plan.items))
        ):
            runs = runs if is_large_plan(len(plan.items)) else forecast.runs
            whole = plan_money(simulate(resolved, forecast.build_order, runs, check), plan, check)
            known = replace(known, money=whole, preview_runs=runs if runs < forecast.runs else 0)
    return known


def capacity_weeks(plan: Plan, forecast: Forecast) -> tuple[float, ...]:
    """The weeks by which the ranking shows what is done: the horizon, and where Next ends."""
    return tuple(dict.fromkeys((forecast.horizon, min(plan.policy.next_weeks, forecast.horizon))))


def _run_count(plan: Plan) -> int:
    """Simulation runs of insights that hold the times of all items."""
    return FEW_RUNS if is_large_plan(len(plan.items)) else WHAT_IF_RUNS


def _lacks_option_scenarios(known: Insights, plan: Plan, target: str | None) -> bool:
    """Whether the item has options that weren't simulated yet."""
    return (
        target in plan.model
        and bool(plan.model[target].options)
        and target not in known.option_scenarios
    )


def preview_money(
    known: Insights, forecast: Forecast, question: InsightRequest, check: Checkpoint
) -> Insights:
    """Preview more money of a plan that needs long, on few runs; unchanged otherwise.

    Items that may be visible come first.

    Raises:
        CalculationCancelledError: from `check`.
    """
    plan = known.document.plan
    if plan is None or question.view != "money" or forecast.runs <= WHAT_IF_RUNS:
        return known
    names = [name for name, item in plan.items.items() if has_money_table(item)]
    pending = frozenset(names) if known.money is None else known.money.pending_items
    if len(names) < _SLOW_MONEY_ITEMS or not pending:
        return known
    only = pending & _visible_items(names, question) or pending
    simulation = simulate(calibrate(resolve_plan(plan)), forecast.build_order, _PREVIEW_RUNS, check)
    return replace(
        known,
        money=_merge_money(known.money, plan_money(simulation, plan, check, only)),
        preview_runs=_PREVIEW_RUNS,
    )


def _visible_items(names: Collection[str], question: InsightRequest) -> frozenset[str]:
    """Items that may be visible with the selected one, or with the first one."""
    rows = [name for name in names if not question.filtered or name in question.filtered]
    at = rows.index(question.target) if question.target in rows else 0
    return frozenset(rows[max(0, at - question.height) : at + question.height])


def _merge_money(known: PlanMoney | None, found: PlanMoney) -> PlanMoney:
    """The new results, with the known ones of other items."""
    if known is None:
        return found
    items = {**known.items, **found.items}
    return replace(found, items=items, pending_items=found.pending_items - items.keys())


def with_option_scenarios(
    known: Insights, forecast: Forecast, question: InsightRequest, check: Checkpoint
) -> Insights:
    """Add the option scenarios of the selected item, on the money screen.

    Raises:
        CalculationCancelledError: from `check`.
    """
    plan, target = known.document.plan, question.target
    if (
        plan is None
        or target is None
        or question.view != "money"
        or not _lacks_option_scenarios(known, plan, target)
    ):
        return known
    runs = _run_count(plan) if is_large_plan(len(plan.items)) else forecast.runs
    simulation = simulate(calibrate(resolve_plan(plan)), forecast.build_order, runs, check)
    return replace(
        known,
        option_scenarios={
            **known.option_scenarios,
            target: option_scenarios(simulation, plan, target, check),
        },
    )


def with_plan_costs(
    known: Insights, forecast: Forecast, question: InsightRequest, check: Checkpoint
) -> Insights:
    """Add the costs with and without the what-if; unchanged without one.

    Raises:
        CalculationCancelledError: from `check`.
    """
    if question.baseline is None or known.plan_costs is not None:
        return known
    (document, listed), found = question.baseline, []
    for plan, order in ((document.plan, listed), (known.document.plan, forecast.build_order)):
        if plan is None:
            return known
        found.append(
            expected_spend(
                simulate(calibrate(resolve_plan(plan)), order, _run_count(plan), check), plan
            )
        )
    return replace(known, plan_costs=(found[0], found[1]))


def with_capacity_values(known: Insights, question: InsightRequest, check: Checkpoint) -> Insights:
    """Add what one more person of each team adds, on the money screen.

    Raises:
        CalculationCancelledError: from `check`.
    """
    plan = known.document.plan
    if plan is None or known.capacity is not None or question.view != "money":
        return known
    if is_large_plan(len(plan.items)):
        return known
    capacity = capacity_values(calibrate(resolve_plan(plan)), checkpoint=check)
    return replace(known, capacity=capacity)


def with_assumptions(known: Insights, forecast: Forecast, check: Checkpoint) -> Insights:
    """Add the assumptions that are most worth replacing.

    Raises:
        CalculationCancelledError: from `check`.
    """
    plan = known.document.plan
    if plan is None or known.assumptions is not None or is_large_plan(len(plan.items)):
        return known
    trials = WhatIfPlan(calibrate(resolve_plan(plan)), forecast.build_order, check)
    noticeable = tuple(each for each in assumption_impacts(trials) if each.is_noticeable)
    return replace(known, assumptions=noticeable)


def insights_job(
    task: Task, known: Insights, forecast: Forecast, question: InsightRequest
) -> Iterator[Insights]:
    """Job that yields insights as they become known."""
    with task.calculation("analysis, Esc to stop") as check:
        found = known
        while (more := preview_money(found, forecast, question, check)) is not found:
            found = more
            check()
            yield found
        found = compute_insights(found, forecast, question, check)
        check()
        yield found
        finders = (
            partial(with_option_scenarios, forecast=forecast, question=question, check=check),
            partial(with_capacity_values, question=question, check=check),
            partial(with_plan_costs, forecast=forecast, question=question, check=check),
            partial(with_assumptions, forecast=forecast, check=check),
        )
        for find in finders:
            before, found = found, find(found)
            if found is not before:
                check()
                yield found
