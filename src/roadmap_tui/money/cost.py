"""Cost of a plan: people and compute, by track and period, and the part that doesn't ship."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from roadmap_tui.forecast.simulation.amounts import (
    Amount,
    AmountRange,
    Bools,
    Floats,
    amount_range,
    total,
)


@dataclass(frozen=True, slots=True)
class ItemCost:
    """Cost of one item.

    Attributes:
        track: ``product`` or ``model``.
        weeks: person-weeks, 0 where it is not worked on; a float or shape (runs,).
        cost: of these and of compute.
        ships: whether it delivers; shape (runs,).
    """

    track: str
    weeks: Amount
    cost: Amount
    ships: Bools | bool

    @property
    def unshipped_cost(self) -> float:
        """Expected cost where it does not ship."""
        return float(np.mean(np.where(self.ships, 0.0, self.cost)))


@dataclass(frozen=True, slots=True)
class PlanCost:
    """Cost of a plan.

    Attributes:
        weeks: person-weeks.
        cost: in the plan's currency.
        tracks: expected cost of each track.
        unshipped_cost: expected cost of work on items that don't ship.
    """

    weeks: AmountRange
    cost: AmountRange
    tracks: Mapping[str, float]
    unshipped_cost: float


def work_cost(weeks: Amount, week_cost: Amount, compute: Iterable[Amount] = ()) -> Amount:
    """Return person-weeks at their price plus the compute of every stage, 0 where not entered."""
    return weeks * week_cost + total(compute)


def plan_cost(items: Iterable[ItemCost]) -> PlanCost:
    """Return the total cost of all items."""
    every = tuple(items)
    tracks: dict[str, float] = {}
    for item in every:
        tracks[item.track] = tracks.get(item.track, 0.0) + float(np.mean(item.cost))
    return PlanCost(
        weeks=amount_range(total(item.weeks for item in every)),
        cost=amount_range(total(item.cost for item in every)),
        tracks=tracks,
        unshipped_cost=float(sum(item.unshipped_cost for item in every)),
    )


def cost_by_period(cost: Amount, start: Floats, end: Floats, edges: Floats) -> Floats:
    """Return the cost in each period, spread evenly from start to end; shape (periods, runs).

    Work without duration counts in the period in which it starts; costs outside the edges in none.

    Args:
        cost: a float or shape (runs,).
        start: in weeks; shape (runs,). Where it is infinite, there is no cost.
        end: likewise.
        edges: where each period starts, and where the last ends; ascending.
    """
    ever = np.isfinite(start) & np.isfinite(end)
    begin = np.where(ever, start, 0.0)
    length = np.where(ever, end - np.where(ever, start, 0.0), 0.0)
    # clipping the edges to the work turns their differences into overlaps with each period
    spans = np.diff(np.clip(edges[:, None], begin, begin + length), axis=0)
    share = np.divide(spans, length, out=np.zeros_like(spans), where=length > 0)
    at_once = ever & (length <= 0) & (edges[:-1, None] <= begin) & (begin < edges[1:, None])
    spent: Floats = (share + at_once) * cost
    return spent
