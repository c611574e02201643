"""Cost to keep: what live items cost each week, from delivery until they are retired."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from roadmap_tui.forecast.simulation.amounts import (
    Amount,
    AmountSampler,
    Floats,
    amount_sampler,
    or_default,
    sample_share,
)
from roadmap_tui.forecast.simulation.cancellation import (
    Checkpoint,
    no_checkpoint,
    with_checkpoints,
)
from roadmap_tui.forecast.simulation.simulator import Simulation
from roadmap_tui.money.cashflow import WEEKS_PER_MONTH
from roadmap_tui.money.unit_economics import task_cost
from roadmap_tui.money.unit_formulas import review_cost
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.dependencies import all_upstream
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.items import Item, Model, Product, Spike
from roadmap_tui.plan.readiness.oversight import HumanReview
from roadmap_tui.plan.roadmap import Plan

WORKING_DAYS_PER_WEEK = 5.0


@dataclass(frozen=True, slots=True)
class KeepCost:
    """What one item costs a week while it is live.

    Attributes:
        track: ``product`` or ``model``.
        team: whose people keep it; None without one.
        headcount: people of the team that upkeep and retraining take.
        people: money for these, and for reviewers.
        compute: money for answers.
        running: money for what is paid by the month.
        live_from: weeks from the start until it is live, infinite where it never is; shape (runs,).
        live_until: weeks until it is retired.
    """

    track: str
    team: str | None
    headcount: Amount
    people: Amount
    compute: Amount
    running: Amount
    live_from: Floats
    live_until: float

    @property
    def week(self) -> Amount:
        """Money of a week."""
        return self.people + self.compute + self.running

    @property
    def costs_something(self) -> bool:
        """Whether it takes money or people in some run."""
        return bool(np.any(self.week) or np.any(self.headcount))

    def weeks_live(self, edges: Floats) -> Floats:
        """Return the weeks that it is live in each period; shape (periods, runs).

        Args:
            edges: where each period starts, and where the last ends; ascending, finite.
        """
        start = np.minimum(self.live_from, edges[-1])
        end = np.maximum(min(self.live_until, edges[-1]), start)
        spans: Floats = np.diff(np.clip(edges[:, None], start, end), axis=0)
        return spans


def keep_costs(
    simulation: Simulation, plan: Plan, checkpoint: Checkpoint = no_checkpoint
) -> dict[str, KeepCost]:
    """Return the cost to keep each live and each open item that has one.

    It counts upkeep and retraining at the team's weekly cost, and of a feature `run_month`, or
    else its answers and their review; of a model's chosen option its months, and its units unless
    a feature that needs the model counts its own answers.

    Args:
        simulation: of the plan.
        plan: the plan.
        checkpoint: called regularly.
    """
    served = _models_with_priced_answers(plan)
    found: dict[str, KeepCost] = {}
    for name, item in with_checkpoints(plan.items.items(), checkpoint):
        if isinstance(item, Spike) or item.status not in OPEN_STATUSES | {"live"}:
            continue
        kept = _keep_cost(simulation, plan, name, counts_units=name not in served)
        if kept.costs_something:
            found[name] = kept
    return found


def kept_until_horizon(simulation: Simulation, kept: Mapping[str, KeepCost]) -> dict[str, Amount]:
    """Return what keeping each item costs until the horizon, in each run."""
    edges = np.array([0.0, simulation.resolved.horizon])
    return {name: item.week * item.weeks_live(edges)[0] for name, item in kept.items()}


def _keep_cost(simulation: Simulation, plan: Plan, name: str, *, counts_units: bool) -> KeepCost:
    item, resolved = plan.items[name], simulation.resolved
    draw = amount_sampler(simulation.efforts.source, name)
    headcount = _headcount(item, draw)
    week_cost = (plan.teams[item.team].week_cost or 0.0) if item.team in plan.teams else 0.0
    months = dict(_monthly_costs(item, draw, counts_units=counts_units))
    until = np.inf if item.retired is None else resolved.weeks_until(item.retired)
    return KeepCost(
        track=resolved.items[name].track,
        team=item.team if item.team in plan.teams else None,
        headcount=headcount,
        people=headcount * week_cost + months.get("people", 0.0) / WEEKS_PER_MONTH,
        compute=months.get("compute", 0.0) / WEEKS_PER_MONTH,
        running=months.get("running", 0.0) / WEEKS_PER_MONTH,
        live_from=_live_from(simulation, name),
        live_until=max(0.0, float(until)),
    )


def _live_from(simulation: Simulation, name: str) -> Floats:
    if simulation.resolved.items[name].status not in OPEN_STATUSES:
        return np.zeros(simulation.runs)
    finish = simulation.times.resolved_at[name].astype(np.float64)
    return np.where(simulation.delivers(name), finish, np.inf)


def _headcount(item: Item, draw: AmountSampler) -> Amount:
    """Return the people that upkeep and retraining take."""
    if not isinstance(item, Model):
        return 0.0
    if item.retrain is None:
        return item.upkeep
    effort = or_default(draw("retrain.effort", item.retrain.effort))
    return item.upkeep + effort / item.retrain.every_weeks


def _monthly_costs(
    item: Item, draw: AmountSampler, *, counts_units: bool
) -> Iterator[tuple[str, Amount]]:
    """Yield what is paid in a month beside the team, by what it is paid for."""
    run_month = draw("roi.run_month", stated_running_cost(item))
    if run_month is not None:
        # the running cost of a business case is all that running the item costs
        yield "running", run_month
    elif isinstance(item, Product):
        yield from _answer_costs(item, draw)
    elif isinstance(item, Model):
        yield from _option_costs(item, draw, counts_units=counts_units)


def stated_running_cost(item: Item) -> Estimate | None:
    """Return the monthly running cost in an item's business case; None without one."""
    if isinstance(item, Spike) or item.roi is None:
        return None
    return item.roi.run_month


def _answer_costs(item: Product, draw: AmountSampler) -> Iterator[tuple[str, Amount]]:
    """Yield what a feature's answers and their review cost in a month."""
    answers = monthly_answers(item, draw)
    task = None if item.cost is None else task_cost(item.cost, draw)
    if answers is not None and task is not None:
        yield "compute", task * answers
    reviewed = _review_of_answer(item, draw)
    if answers is not None and reviewed is not None:
        yield "people", reviewed * answers


def monthly_answers(item: Product, draw: AmountSampler) -> Amount | None:
    """Return a feature's answers in a month, by volume or else by working day, if known."""
    if item.cost is not None and item.cost.volume_month is not None:
        return draw("cost.volume_month", item.cost.volume_month)
    for table, review in _reviews(item):
        per_day = draw(f"{table}.per_day", review.per_day)
        if per_day is not None:
            return per_day * WORKING_DAYS_PER_WEEK * WEEKS_PER_MONTH
    return None


def _review_of_answer(item: Product, draw: AmountSampler) -> Amount | None:
    """Return what reviewing costs for each answer; None without minutes and a wage."""
    for table, review in _reviews(item):
        minutes = draw(f"{table}.minutes", review.minutes)
        wage = draw(f"{table}.wage", review.wage)
        if minutes is not None and wage is not None:
            share = or_default(sample_share(draw, f"{table}.share", review.share), 1.0)
            return review_cost(share, minutes, wage)
    return None


def _reviews(item: Product) -> Iterator[tuple[str, HumanReview]]:
    """Yield the tables that describe a feature's review: of its cost, then of its oversight."""
    if item.cost is not None and item.cost.review is not None:
        yield "cost.review", item.cost.review
    if item.oversight is not None and item.oversight.review is not None:
        yield "oversight.review", item.oversight.review


def _option_costs(
    model: Model, draw: AmountSampler, *, counts_units: bool
) -> Iterator[tuple[str, Amount]]:
    """Yield what a model's chosen option costs in a month."""
    option = model.options.get(model.chosen or "")
    if option is None:
        return
    place = f"options.{model.chosen}"
    yield "running", or_default(draw(f"{place}.month", option.month))
    volume = draw("volume_month", model.volume_month)
    if counts_units and volume is not None:
        yield "compute", or_default(draw(f"{place}.unit", option.unit)) * volume


def _models_with_priced_answers(plan: Plan) -> frozenset[str]:
    """Return the models needed by a feature that counts the cost of its own answers."""
    priced = [
        name
        for name, item in plan.product.items()
        if item.status in OPEN_STATUSES | {"live"} and _counts_answers(item)
    ]
    return frozenset(all_upstream(plan.items, priced)) & plan.model.keys()


def _counts_answers(item: Product) -> bool:
    has_volume = item.cost is not None and item.cost.volume_month is not None
    return has_volume or stated_running_cost(item) is not None


def unpriced_upkeep(plan: Plan, kept: Mapping[str, KeepCost]) -> tuple[str, ...]:
    """Return the items that take people of a team without a weekly cost."""
    return tuple(
        name
        for name, cost in kept.items()
        if np.any(cost.headcount) and (cost.team is None or plan.teams[cost.team].week_cost is None)
    )
