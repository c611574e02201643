"""Critical path: the chain of dependencies and capacity that determines a finish, run by run."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_checkpoints
from roadmap_tui.forecast.simulation.results import FinishDrivers
from roadmap_tui.forecast.simulation.run_sets import Bools
from roadmap_tui.forecast.simulation.simulator import Simulation
from roadmap_tui.plan.base import OPEN_STATUSES

Index = NDArray[np.intp]


def finish_drivers(
    simulation: Simulation, target: str | None = None, checkpoint: Checkpoint = no_checkpoint
) -> FinishDrivers | None:
    """Return what determines the finish of a target.

    Args:
        simulation: of the plan.
        target: an open item; by default the one expected to finish last.
        checkpoint: called regularly.

    Returns:
        None if the target never delivers, or nothing is open.
    """
    chosen = target or last_finish(simulation)
    if chosen is None or simulation.resolved.items[chosen].status not in OPEN_STATUSES:
        return None
    delivers = simulation.delivers(chosen)
    count = int(np.count_nonzero(delivers))
    if not count:
        return None
    critical = _CriticalChain(simulation).criticality_counts(
        chosen, np.flatnonzero(delivers), checkpoint
    )
    finish = _ranks(simulation.times.resolved_at[chosen][delivers])
    return FinishDrivers(
        target=chosen,
        criticality={name: int(critical.get(name, 0)) / count for name in simulation.build_order},
        correlation={
            name: _rank_correlation(simulation, name, delivers, finish)
            for name in with_checkpoints(simulation.build_order, checkpoint)
        },
    )


def last_finish(simulation: Simulation) -> str | None:
    """Return the open item with the latest mean finish; None if none ever delivers."""
    means = {}
    for name in simulation.build_order:
        delivers = simulation.delivers(name)
        if simulation.resolved.items[name].kind != "spike" and delivers.any():
            means[name] = float(simulation.times.resolved_at[name][delivers].mean())
    return max(means, key=means.__getitem__, default=None)


def _rank_correlation(
    simulation: Simulation, name: str, where: Bools, finish: NDArray[np.float64]
) -> float:
    """Return Spearman's rank correlation of an item's duration with the finish.

    0 where either is constant.
    """
    times = simulation.times
    weeks = np.where(simulation.worked_on(name), times.end[name] - times.start[name], 0)[where]
    # equal durations differ in their last digits if they start at different times
    weeks = weeks.round(4)
    if finish.size < 2 or np.ptp(weeks) <= 0 or np.ptp(finish) <= 0:
        return 0.0
    return float(np.corrcoef(_ranks(weeks), finish)[0, 1])


def _ranks(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return ranks from 0; equal values share their mean rank."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks: NDArray[np.float64] = (ends - (counts + 1) / 2)[inverse]
    return ranks


@dataclass(frozen=True, slots=True)
class _CriticalChain:
    """Traces a finish backwards, through whatever ended when the next item started.

    Times are compared exactly: a start is one of the times it waited for, never derived from it.

    Attributes:
        worked_in: by item still to be visited, the runs in which its work is on the path.
        resolved_in: by item still to be visited, the runs in which its resolution is on the path.
    """

    simulation: Simulation
    worked_in: dict[str, list[Index]] = field(default_factory=dict)
    resolved_in: dict[str, list[Index]] = field(default_factory=dict)

    def criticality_counts(
        self, target: str, runs: Index, checkpoint: Checkpoint
    ) -> dict[str, int]:
        """Return in how many of these runs each item lies on the path."""
        self.resolved_in[target] = [runs]
        counts: dict[str, int] = {}
        for name in with_checkpoints(reversed(self._backward_order()), checkpoint):
            here = self._pop_runs(self.resolved_in, name)
            if here.size:
                self._trace_resolution(name, here)
            if not self._is_active(name):
                self._count(counts, name)
        # Teammates may have waited for the people of an active item before that one was resolved.
        for name in filter(self._is_active, reversed(self.simulation.build_order)):
            self._count(counts, name)
        return counts

    def _is_active(self, name: str) -> bool:
        return self.simulation.resolved.items[name].status == "active"

    def _count(self, counts: dict[str, int], name: str) -> None:
        working = self._pop_runs(self.worked_in, name)
        if working.size:
            counts[name] = working.size
            self._trace_start(name, working)

    def _backward_order(self) -> list[str]:
        """Return the items so that each comes after whatever may have determined its times."""
        resolved, build_order = self.simulation.resolved, self.simulation.build_order
        place: dict[str, tuple[int, int]] = {name: (at, -1) for at, name in enumerate(build_order)}
        # The deciders of an active item may come after it in the build order.
        for at, name in enumerate(resolved.order):
            if name in place and self._is_active(name):
                latest = max(
                    (place[each][0] for each in resolved.open_predecessors[name]), default=-1
                )
                place[name] = (max(place[name][0], latest), at)
        return sorted(build_order, key=place.__getitem__)

    def _pop_runs(self, found: dict[str, list[Index]], name: str) -> Index:
        parts = found.pop(name, [])
        if parts:
            return np.unique(np.concatenate(parts))
        return np.empty(0, np.intp)

    def _trace_resolution(self, name: str, runs: Index) -> None:
        """Continue from an item's resolution: to its own work, or to what decided about it."""
        known = self.simulation.times.resolved_at[name][runs]
        own = self._ends_at(name, runs, known)
        self._add(self.worked_in, name, runs[own])
        self._trace_deciders(
            self.simulation.resolved.open_predecessors[name], runs[~own], known[~own]
        )

    def _trace_start(self, name: str, runs: Index) -> None:
        """Continue from an item's start to what it waited for: a decision, else earlier work."""
        deciders = () if self._is_active(name) else self.simulation.resolved.open_predecessors[name]
        start = self.simulation.times.start[name][runs]
        left, start = self._trace_deciders(deciders, runs, start)
        for other in self._earlier_in_team(name):
            if not left.size:
                return
            same = self._ends_at(other, left, start)
            self._add(self.worked_in, other, left[same])
            left, start = left[~same], start[~same]

    def _ends_at(self, name: str, runs: Index, when: NDArray[np.float32]) -> Bools:
        """Return whether its work ends exactly then.

        Active items are worked on even where they don't deliver.
        """
        worked_on = self.simulation.worked_on(name)[runs]
        same: Bools = worked_on & (self.simulation.times.end[name][runs] == when)
        return same

    def _earlier_in_team(self, name: str) -> Iterator[str]:
        """Yield what its team takes up before it, latest first."""
        items = self.simulation.resolved.items
        team = items[name].team
        if team is None:
            return
        at = self.simulation.build_order.index(name)
        yield from (
            other
            for other in reversed(self.simulation.build_order[:at])
            if items[other].team == team
        )

    def _trace_deciders(
        self, deciders: tuple[str, ...], runs: Index, when: NDArray[np.float32]
    ) -> tuple[Index, NDArray[np.float32]]:
        """Follow the runs in which a decider was resolved exactly then.

        Return the remaining runs and times.
        """
        for other in deciders:
            if not runs.size:
                break
            # what is known from the start, at week 0, sets no time
            same = (self.simulation.times.resolved_at[other][runs] == when) & (when > 0)
            self._add(self.resolved_in, other, runs[same])
            runs, when = runs[~same], when[~same]
        return runs, when

    def _add(self, found: dict[str, list[Index]], name: str, runs: Index) -> None:
        if runs.size:
            found.setdefault(name, []).append(runs)
