"""What sets a finish: the chain of needs and lanes that leads to it, future by future, and what it goes with."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.futures import Bools
from roadmap_tui.forecast.pace import Check, go_on, paced
from roadmap_tui.forecast.simulation import Simulation
from roadmap_tui.forecast.summary import Causes
from roadmap_tui.plan.resolve import OPEN

Index = NDArray[np.intp]


def causes(
    simulation: Simulation, target: str | None = None, check: Check = go_on
) -> Causes | None:
    """What sets the finish of a target.

    Args:
        simulation: of the plan.
        target: an open item; left out, the one that is likely to finish last.
        check: called now and then.

    Returns:
        None if the target never delivers, or nothing is open.
    """
    chosen = target or last_finish(simulation)
    if chosen is None or simulation.resolved.terms[chosen].status not in OPEN:
        return None
    delivers = simulation.delivers(chosen)
    count = int(np.count_nonzero(delivers))
    if not count:
        return None
    critical = _Chain(simulation).critical(chosen, np.flatnonzero(delivers), check)
    finish = _ranks(simulation.times.known[chosen][delivers])
    return Causes(
        target=chosen,
        critical={name: int(critical.get(name, 0)) / count for name in simulation.list},
        drives={
            name: _goes_with(simulation, name, delivers, finish)
            for name in paced(simulation.list, check)
        },
    )


def last_finish(simulation: Simulation) -> str | None:
    """The open item whose finish, where it delivers, lies last on average; None if none ever does."""
    means = {}
    for name in simulation.list:
        delivers = simulation.delivers(name)
        if simulation.resolved.terms[name].kind != "spike" and delivers.any():
            means[name] = float(simulation.times.known[name][delivers].mean())
    return max(means, key=means.__getitem__, default=None)


def _goes_with(
    simulation: Simulation, name: str, where: Bools, finish: NDArray[np.float64]
) -> float:
    """Spearman's rank correlation of an item's duration with the finish; 0 where either is always the same."""
    times = simulation.times
    weeks = np.where(simulation.worked_on(name), times.ends[name] - times.start[name], 0)[where]
    # the same duration after another start differs in its last digits
    weeks = weeks.round(4)
    if finish.size < 2 or np.ptp(weeks) <= 0 or np.ptp(finish) <= 0:
        return 0.0
    return float(np.corrcoef(_ranks(weeks), finish)[0, 1])


def _ranks(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Ranks from 0, equal values sharing the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks: NDArray[np.float64] = (ends - (counts + 1) / 2)[inverse]
    return ranks


@dataclass(frozen=True, slots=True)
class _Chain:
    """The way back from a finish, through whatever ended when the next began.

    Times are compared exactly: a start is one of the times it waited for, never a number made from it.
    """

    simulation: Simulation
    worked: dict[str, list[Index]] = field(default_factory=dict)
    passed: dict[str, list[Index]] = field(default_factory=dict)

    def critical(self, target: str, futures: Index, check: Check) -> dict[str, int]:
        """In how many of these futures each item lies on the chain."""
        self.passed[target] = [futures]
        counts: dict[str, int] = {}
        for name in paced(reversed(self._order()), check):
            here = self._joined(self.passed, name)
            if here.size:
                self._through(name, here)
            if not self._is_active(name):
                self._count(counts, name)
        # Others of the team may have waited for the lanes of an active item before its own fate was known.
        for name in filter(self._is_active, reversed(self.simulation.list)):
            self._count(counts, name)
        return counts

    def _is_active(self, name: str) -> bool:
        return self.simulation.resolved.terms[name].status == "active"

    def _count(self, counts: dict[str, int], name: str) -> None:
        working = self._joined(self.worked, name)
        if working.size:
            counts[name] = working.size
            self._before(name, working)

    def _order(self) -> list[str]:
        """Items so that each comes after whatever may have set its times."""
        resolved, listed = self.simulation.resolved, self.simulation.list
        place: dict[str, tuple[int, int]] = {name: (at, -1) for at, name in enumerate(listed)}
        # What decides about an active item may stand behind it in the list.
        for at, name in enumerate(resolved.order):
            if name in place and self._is_active(name):
                latest = max((place[each][0] for each in resolved.deciders[name]), default=-1)
                place[name] = (max(place[name][0], latest), at)
        return sorted(listed, key=place.__getitem__)

    def _joined(self, found: dict[str, list[Index]], name: str) -> Index:
        parts = found.pop(name, [])
        return np.unique(np.concatenate(parts)) if parts else np.empty(0, np.intp)

    def _through(self, name: str, futures: Index) -> None:
        """From the time an item's fate is known: to its own work, or to what decided about it."""
        known = self.simulation.times.known[name][futures]
        own = self._ends_at(name, futures, known)
        self._add(self.worked, name, futures[own])
        self._back(self.simulation.resolved.deciders[name], futures[~own], known[~own])

    def _before(self, name: str, futures: Index) -> None:
        """From an item's start to what it waited for: a decision, else a lane."""
        deciders = () if self._is_active(name) else self.simulation.resolved.deciders[name]
        start = self.simulation.times.start[name][futures]
        left, start = self._back(deciders, futures, start)
        for other in self._lane_mates(name):
            if not left.size:
                return
            same = self._ends_at(other, left, start)
            self._add(self.worked, other, left[same])
            left, start = left[~same], start[~same]

    def _ends_at(self, name: str, futures: Index, when: NDArray[np.float32]) -> Bools:
        """Whether it is worked on and that ends just then. An active item is, also where it will not deliver."""
        worked_on = self.simulation.worked_on(name)[futures]
        same: Bools = worked_on & (self.simulation.times.ends[name][futures] == when)
        return same

    def _lane_mates(self, name: str) -> Iterator[str]:
        """What its team takes up before it, the latest first."""
        terms = self.simulation.resolved.terms
        team = terms[name].team
        if team is None:
            return
        at = self.simulation.list.index(name)
        yield from (
            other for other in reversed(self.simulation.list[:at]) if terms[other].team == team
        )

    def _back(
        self, deciders: tuple[str, ...], futures: Index, when: NDArray[np.float32]
    ) -> tuple[Index, NDArray[np.float32]]:
        """Follow those futures in which a decider was known just then; the futures and times that are left."""
        for other in deciders:
            if not futures.size:
                break
            same = (self.simulation.times.known[other][futures] == when) & (when > 0)
            self._add(self.passed, other, futures[same])
            futures, when = futures[~same], when[~same]
        return futures, when

    def _add(self, found: dict[str, list[Index]], name: str, futures: Index) -> None:
        if futures.size:
            found.setdefault(name, []).append(futures)
