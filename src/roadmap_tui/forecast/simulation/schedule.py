"""Schedule: every run works through the same build order.

For a given order and given outcomes, and where no team carries upkeep, less effort, more people or
an earlier start never delays anything.

Where a team carries upkeep, the speed of its work depends on how many of its people are at work at
once. The order is then worked through again with the speeds that follow from the last pass until
they stay as they are. As what happens in a week depends only on the weeks before, each pass is
right for longer than the last.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from operator import or_

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.build_order import assigned_people
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_progress
from roadmap_tui.forecast.simulation.capacity import Capacity, Weeks
from roadmap_tui.forecast.simulation.outcomes import Outcome, SuccessDraws
from roadmap_tui.forecast.simulation.run_sets import (
    NEVER,
    Bools,
    RunSet,
    all_runs,
    to_mask,
)
from roadmap_tui.forecast.simulation.team_speed import TeamLoads, TeamSpeed
from roadmap_tui.forecast.simulation.times import (
    Resolution,
    ScheduledItem,
    Times,
    WorkInterval,
    never_where_met,
)
from roadmap_tui.plan.needs import Need
from roadmap_tui.plan.resolver import ResolvedItem, ResolvedPlan


class Schedule:
    """The build order worked through in all runs at once.

    Args:
        resolved: the plan.
        draws: in which runs items work and spikes answer no.
        outcomes: outcome of each item.
        effort: person-weeks of an open item if attempted; shape (runs,).
    """

    def __init__(
        self,
        resolved: ResolvedPlan,
        draws: SuccessDraws,
        outcomes: Mapping[str, Outcome],
        effort: Callable[[str], NDArray[np.floating]],
    ) -> None:
        self._resolved = resolved
        self._runs = draws.runs
        self._all_runs = all_runs(draws.runs)
        self._outcomes = outcomes
        self._negative_answers = draws.negative_answers
        self._effort = effort
        self._capacity: dict[str, Capacity] = {}
        self._speeds: Mapping[str, TeamSpeed] = {}
        self._from_start: Weeks = np.zeros(draws.runs, np.float32)
        self._in_progress: dict[str, WorkInterval] = {}
        self._resolutions: dict[str, Resolution] = {}
        self._pending_uses: Counter[str] = Counter()

    def run(self, order: tuple[str, ...], checkpoint: Checkpoint = no_checkpoint) -> Times:
        """Work through the build order and keep all times; see `scheduled_items`."""
        times = Times({}, {}, {})
        for each in self.scheduled_items(order, checkpoint):
            times.start[each.id], times.end[each.id] = each.interval.start, each.interval.end
            times.resolved_at[each.id] = each.resolution.resolved_at
        return times

    def scheduled_items(
        self, order: tuple[str, ...], checkpoint: Checkpoint = no_checkpoint
    ) -> Iterator[ScheduledItem]:
        """Work through the build order, yielding each item once it is resolved in every run.

        Only what later items still need is kept in memory.

        Args:
            order: every open item, active ones first, each after all items that decide about it.
            checkpoint: called before each item.
        """
        self._speeds = self._settled_speeds(order, checkpoint)
        yield from self._work_through(order, checkpoint)

    def _settled_speeds(
        self, order: tuple[str, ...], checkpoint: Checkpoint
    ) -> Mapping[str, TeamSpeed]:
        """Return the speed of each team that carries upkeep."""
        loads = TeamLoads(self._resolved, self._worked_on, self._runs)
        while loads.teams and not loads.is_settled:
            self._speeds = loads.speeds()
            loads.record(self._work_through(order, checkpoint))
        return loads.speeds()

    def _worked_on(self, name: str) -> Bools:
        """Return the runs in which an item is attempted; all if it is active already."""
        active = self._resolved.items[name].status == "active"
        return to_mask(self._all_runs if active else self._outcomes[name].attempted, self._runs)

    def _work_through(
        self, order: tuple[str, ...], checkpoint: Checkpoint
    ) -> Iterator[ScheduledItem]:
        """Work through the build order once, at the speeds found so far."""
        self._in_progress, self._resolutions = {}, {}
        self._capacity, self._pending_uses = {}, Counter()
        for name in order:
            self._pending_uses.update(self._resolved.open_predecessors[name])
        last_of_team = {self._resolved.items[name].team: name for name in order}
        for name in with_progress(order, len(order), checkpoint, "scheduling items"):
            item = self._resolved.items[name]
            yield from self._schedule_item(item)
            if item.team is not None and last_of_team[item.team] == name:
                del self._capacity[item.team]
        yield from self._resolve_active()

    def _resolve_active(self) -> Iterator[ScheduledItem]:
        """Yield the active items whose deciding items are all resolved."""
        for name in [name for name in self._resolved.order if name in self._in_progress]:
            if self._is_decided(name):
                yield self._resolve(self._resolved.items[name], self._in_progress.pop(name))

    def _is_decided(self, name: str) -> bool:
        deciders = self._resolved.open_predecessors[name]
        return all(decider in self._resolutions for decider in deciders)

    def _schedule_item(self, item: ResolvedItem) -> Iterator[ScheduledItem]:
        active = item.status == "active"
        if not active and not self._is_decided(item.id):
            yield from self._resolve_active()
        work = self._work_interval(item)
        if active:
            self._in_progress[item.id] = work
        else:
            yield self._resolve(item, work)

    def _work_interval(self, item: ResolvedItem) -> WorkInterval:
        """Return when an item is worked on, and occupy its team."""
        active, capacity = item.status == "active", self._team_capacity(item.team)
        people = assigned_people(item, self._resolved.team_sizes)
        start = np.zeros(self._runs, np.float32) if active else self._ready_at(item)
        if capacity is not None:
            start = np.maximum(start, capacity.free_from[people - 1])
        weeks = (self._effort(item.id) / people).astype(np.float32, copy=False)
        # a spike's timebox is not stretched
        speed = None if item.kind == "spike" else self._speeds.get(item.team or "")
        end = start + weeks if speed is None else speed.end(start, weeks)
        if capacity is not None and item.team is not None:
            attempted = self._outcomes[item.id].attempted
            where = None
            if not active and attempted != self._all_runs:
                where = to_mask(attempted, self._runs)
            self._capacity[item.team] = capacity.occupy(people, end, where)
        return WorkInterval(start, end)

    def _team_capacity(self, team: str | None) -> Capacity | None:
        if team is None:
            return None
        if team not in self._capacity:
            self._capacity[team] = Capacity.all_free(self._resolved.team_sizes[team], self._runs)
        return self._capacity[team]

    def _resolve(self, item: ResolvedItem, work: WorkInterval) -> ScheduledItem:
        """Resolve an item, given when it is worked on."""
        resolution = self._resolution(item, work.end)
        self._resolutions[item.id] = resolution
        deciders = self._resolved.open_predecessors[item.id]
        self._pending_uses.subtract(deciders)
        for name in (item.id, *deciders):
            if not self._pending_uses[name]:
                self._resolutions.pop(name, None)
        return ScheduledItem(item.id, work, resolution)

    def _ready_at(self, item: ResolvedItem) -> Weeks:
        """Return when an item may start if it is attempted."""
        ready = np.full(self._runs, max(0.0, item.earliest_start), np.float32)
        for need in item.needs:
            np.maximum(ready, self._need_met_at(need), out=ready)
        for spike in self._resolved.spikes_by_bet.get(item.id, ()):
            np.maximum(ready, self._resolutions[spike].resolved_at, out=ready)
        if item.fallback_for is not None:
            np.maximum(ready, self._resolved_at(item.fallback_for), out=ready)
        return ready

    def _resolved_at(self, name: str) -> Weeks:
        """Return when an item's resolution is known: from the start for closed or missing items."""
        if name in self._resolutions:
            return self._resolutions[name].resolved_at
        return self._from_start

    def _delivered(self, name: str) -> Bools:
        if name in self._resolutions:
            return self._resolutions[name].delivers
        return to_mask(self._delivering_runs(name), self._runs)

    def _delivering_runs(self, name: str) -> RunSet:
        outcome = self._outcomes.get(name)
        return 0 if outcome is None else outcome.delivers

    def _need_met_at(self, need: Need) -> Weeks:
        """Return when it is known whether a need is met.

        All preferred options are resolved by then.
        """
        known, ids = self._from_start, need.ids
        if len(ids) == 1:
            return self._resolved_at(ids[0])
        open_still = np.ones(self._runs, np.bool_)
        for name in ids:
            known = np.maximum(known, self._resolved_at(name) * open_still)
            open_still &= ~self._delivered(name)
        return known

    def _need_unmet_at(self, need: Need) -> Weeks:
        """Return when it is known that a need is not met; `NEVER` where it is met."""
        ids = need.ids
        if len(ids) > 1:
            met = reduce(or_, map(self._delivering_runs, ids), 0)
            return never_where_met(to_mask(met, self._runs), self._need_met_at(need))
        if ids[0] in self._resolutions:
            return self._resolutions[ids[0]].failed_at
        return never_where_met(self._delivered(ids[0]), self._from_start)

    def _resolution(self, item: ResolvedItem, ends: Weeks) -> Resolution:
        """Return the item's resolution, given when its work would end."""
        delivers = to_mask(self._outcomes[item.id].delivers, self._runs)
        return Resolution(self._resolution_time(item, ends, delivers), delivers)

    def _resolution_time(self, item: ResolvedItem, end: Weeks, delivers: Bools) -> Weeks:
        """Return when the item's resolution is known."""
        active, outcome = item.status == "active", self._outcomes[item.id]
        known = end
        if active:
            for need in item.needs:
                known = np.maximum(known, self._need_met_at(need) * delivers)
        if not (outcome.blocked or outcome.dropped or outcome.replaced):
            return known
        elsewhere = reduce(np.minimum, self._reasons_known_at(item, end))
        if active:
            # work in progress may end before the reason is known
            return np.where(elsewhere < NEVER, elsewhere, known)
        # an item that isn't attempted is resolved before it could have started
        return np.minimum(known, elsewhere)

    def _reasons_known_at(self, item: ResolvedItem, end: Weeks) -> Iterator[Weeks]:
        """Yield when each reason for not attempting the item is known.

        `NEVER` where it doesn't apply.

        An active item continues until its work ends, even if a spike answers no.
        """
        yield from map(self._need_unmet_at, item.needs)
        for spike in self._resolved.spikes_by_bet.get(item.id, ()):
            if spike in self._negative_answers:
                answered = end
                if item.status != "active":
                    answered = self._resolutions[spike].resolved_at
                dropped = self._negative_answers[spike] & self._outcomes[spike].delivers
                kept = to_mask(self._all_runs & ~dropped, self._runs)
                yield never_where_met(kept, answered)
        if item.fallback_for is not None:
            replaced = self._delivered(item.fallback_for)
            yield never_where_met(~replaced, self._resolved_at(item.fallback_for))
