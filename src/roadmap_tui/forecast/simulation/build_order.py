"""The list: one greedy plan at expected durations, whose order of starts every run works through."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import heappop, heappush

import networkx as nx

from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint
from roadmap_tui.plan.resolver import OPEN_STATUSES, ResolvedItem, ResolvedPlan


def assigned_people(terms: ResolvedItem, lanes: dict[str, int]) -> int:
    """How many people work on an item at once: no more than its team has."""
    return terms.staff if terms.team is None else min(terms.staff, lanes[terms.team])


def upkeep_slowdown(people: float, upkeep: float) -> float:
    """By how much upkeep stretches a team's work: a tenth of its people always stays."""
    return people / max(people - upkeep, people / 10)


def expected_predecessors(resolved: ResolvedPlan, terms: ResolvedItem) -> tuple[str, ...]:
    """The open items that an item waits for if everything is attempted and delivers."""
    if terms.status == "active":
        return ()
    named = [resolved.preferred_option(need) for need in terms.needs]
    named += resolved.spikes_by_bet.get(terms.id, ())
    named.append(terms.fallback_for or "")
    return tuple(
        name
        for name in named
        if name in resolved.items and resolved.items[name].status in OPEN_STATUSES
    )


def order_after_deciders(resolved: ResolvedPlan, starts: Iterable[str]) -> tuple[str, ...]:
    """The list in the order of starts, but each item after all that decide about it.

    Active items come first, as they hold their lanes from the start; what waits for one comes after what decides
    about that.
    """
    position = {name: at for at, name in enumerate(starts)}
    decides: dict[str, tuple[str, ...]] = {}
    for name in resolved.order:
        if name in position:
            direct = resolved.open_predecessors[name]
            behind = [
                each for other in direct if _is_active(resolved, other) for each in decides[other]
            ]
            decides[name] = tuple(dict.fromkeys((*direct, *behind)))
    waiting = {name: each for name, each in decides.items() if not _is_active(resolved, name)}
    listed = sorted(position, key=lambda name: (name in waiting, position[name]))
    place = {name: at for at, name in enumerate(listed)}
    if all(place[each] < place[name] for name, deciders in waiting.items() for each in deciders):
        return tuple(listed)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(listed)
    graph.add_edges_from((each, name) for name, deciders in waiting.items() for each in deciders)
    return tuple(nx.lexicographical_topological_sort(graph, key=place.__getitem__))


def _is_active(resolved: ResolvedPlan, name: str) -> bool:
    return resolved.items[name].status == "active"


@dataclass(frozen=True, slots=True)
class BuildJob:
    """A piece of work for the greedy plan: weeks of work for some lanes of a team, after others, or under way."""

    id: str
    team: str | None
    lanes: int
    weeks: float
    earliest_start: float
    predecessors: tuple[str, ...]
    active: bool = False


def build_jobs(
    resolved: ResolvedPlan, order: Iterable[str], effort: dict[str, float]
) -> list[BuildJob]:
    """The open items as jobs at expected durations, in queue order."""
    upkeep: dict[str, float] = defaultdict(float)
    for terms in resolved.items.values():
        if terms.status == "live" and terms.team is not None and terms.upkeep.until > 0:
            upkeep[terms.team] += terms.upkeep.people
    work = []
    for name in order:
        terms = resolved.items[name]
        lanes = assigned_people(terms, resolved.team_sizes)
        weeks = effort[name] / lanes
        if terms.team is not None and terms.kind != "spike":
            weeks *= upkeep_slowdown(resolved.team_sizes[terms.team], upkeep[terms.team])
        active = terms.status == "active"
        ready = 0.0 if active else max(0.0, terms.earliest_start)
        work.append(
            BuildJob(
                name,
                terms.team,
                lanes,
                weeks,
                ready,
                expected_predecessors(resolved, terms),
                active,
            )
        )
    return work


def greedy_order(
    jobs: list[BuildJob], lanes: dict[str, int], checkpoint: Checkpoint = no_checkpoint
) -> tuple[str, ...]:
    """The order of starts if whoever is free takes the first ready job.

    A ready job that waits for lanes holds them: one after it in the queue goes first only if it ends by then. Jobs
    under way hold theirs from the start, in queue order where lanes don't suffice.

    Args:
        jobs: jobs in queue order.
        lanes: people of each team.
        checkpoint: called now and then.
    """
    plan = _GreedyScheduler(jobs, lanes)
    while plan.events:
        checkpoint()
        plan.step()
    return tuple(plan.starts)


class _GreedyScheduler:
    """The greedy plan under way. Events are times at which a job is ready or a team's lanes are free."""

    def __init__(self, work: list[BuildJob], lanes: dict[str, int]) -> None:
        self.jobs = work
        self.starts: list[str] = []
        self.unfinished_predecessors = [len(set(job.predecessors)) for job in work]
        self.ready_at = [job.earliest_start for job in work]
        self.followers: dict[str, list[int]] = defaultdict(list)
        for at, job in enumerate(work):
            for name in set(job.predecessors):
                self.followers[name].append(at)
        self.teams = {name: _TeamState([0.0] * count) for name, count in lanes.items()}
        self.events: list[tuple[float, int, str]] = []
        for at, job in enumerate(work):
            if not job.active:
                self._enqueue_if_ready(at)
        for at, job in enumerate(work):
            if job.active:
                self._start_active(at)

    def _start_active(self, at: int) -> None:
        """A job is under way: it holds its lanes from the start, or from when enough of them are free."""
        job = self.jobs[at]
        begin = 0.0
        if job.team is not None:
            begin = self.teams[job.team].free_from[job.lanes - 1]
            self.teams[job.team].occupy(job.lanes, begin + job.weeks)
            heappush(self.events, (begin + job.weeks, len(self.jobs), job.team))
        self._start(at, begin)

    def _enqueue_if_ready(self, at: int) -> None:
        if not self.unfinished_predecessors[at]:
            heappush(self.events, (self.ready_at[at], at, ""))

    def step(self) -> None:
        """Go to the next event and start what can start."""
        now = self.events[0][0]
        touched = set[str]()
        while self.events and self.events[0][0] <= now:
            _, at, freed = heappop(self.events)
            touched.add(freed or self._arrive(at, now))
        for name in sorted(touched - {""}):
            for at in self.teams[name].take_startable(self.jobs, now):
                self._start(at, now)
                heappush(self.events, (now + self.jobs[at].weeks, len(self.jobs), name))

    def _arrive(self, at: int, now: float) -> str:
        """A job is ready: it queues up with its team, whose name is given back, or starts if it has none."""
        team = self.jobs[at].team
        if team is None:
            self._start(at, now)
            return ""
        insort(self.teams[team].ready, at)
        return team

    def _start(self, at: int, now: float) -> None:
        job = self.jobs[at]
        self.starts.append(job.id)
        for follower in self.followers[job.id]:
            self.unfinished_predecessors[follower] -= 1
            self.ready_at[follower] = max(self.ready_at[follower], now + job.weeks)
            self._enqueue_if_ready(follower)


@dataclass(slots=True)
class _TeamState:
    """A team's lanes, as the weeks from which they are free, and its ready jobs, as places in the queue."""

    free_from: list[float]
    ready: list[int] = field(default_factory=list)

    def occupy(self, lanes: int, until: float) -> None:
        """Take the first lanes until then."""
        self.free_from[:lanes] = [until] * lanes
        self.free_from.sort()

    def take_startable(self, work: list[BuildJob], now: float) -> list[int]:
        """The ready jobs that begin now; they take their lanes."""
        begin: list[int] = []
        held_until = float("inf")
        for at in self.ready:
            job, ends = work[at], now + work[at].weeks
            if self.free_from[0] > now:
                break
            if self.free_from[job.lanes - 1] > now:
                held_until = min(held_until, self.free_from[job.lanes - 1])
            elif ends <= held_until:
                self.occupy(job.lanes, ends)
                begin.append(at)
        for at in begin:
            del self.ready[bisect_left(self.ready, at)]
        return begin
