"""Cost of a plan: people and compute, by track and period, and the part that doesn't ship."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from roadmap_tui.forecast.simulation.amounts import (
    Amount,
    AmountRange,
    AmountSummary,
    Bools,
    Floats,
    amount_range,
    summarise,
    total,
)


@dataclass(frozen=True, slots=True)
class ItemCost:
    """Cost of one item.

    Attributes:
        track: ``product`` or ``model``.
        team: whose people work on it; None without one.
        weeks: person-weeks, 0 where it is not worked on; a float or shape (runs,).
        people: money for these.
        compute: money for computing, and for setting up the chosen option.
        ships: whether it delivers; shape (runs,).
    """

    track: str
    team: str | None
    weeks: Amount
    people: Amount
    compute: Amount
    ships: Bools | bool

    @property
    def cost(self) -> Amount:
        """Money for people and computing."""
        return self.people + self.compute

    @property
    def unshipped_cost(self) -> float:
        """Expected cost where it does not ship."""
        return float(np.mean(np.where(self.ships, 0.0, self.cost)))


@dataclass(frozen=True, slots=True)
class PlanCost:
    """Cost of a plan.

    Attributes:
        weeks: person-weeks of work.
        cost: of all work, and of keeping what is live until the horizon.
        tracks: expected cost of work on each track.
        keep: the part of the cost for keeping what is live.
        unshipped_cost: expected cost of work on items that don't ship.
    """

    weeks: AmountRange
    cost: AmountRange
    tracks: Mapping[str, float]
    keep: AmountSummary
    unshipped_cost: float


def plan_cost(items: Iterable[ItemCost], kept: Amount = 0.0) -> PlanCost:
    """Return the total cost of a plan.

    Args:
        items: all work on open items.
        kept: cost of keeping what is live until the horizon.
    """
    every = tuple(items)
    tracks: dict[str, float] = {}
    for item in every:
        tracks[item.track] = tracks.get(item.track, 0.0) + float(np.mean(item.cost))
    return PlanCost(
        weeks=amount_range(total(item.weeks for item in every)),
        cost=amount_range(total(item.cost for item in every) + kept),
        tracks=tracks,
        keep=summarise(kept),
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
