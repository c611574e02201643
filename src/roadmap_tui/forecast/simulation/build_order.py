"""Build order: one greedy plan at expected durations, whose order of starts every run follows."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush

from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.dependencies import stable_topological_order
from roadmap_tui.plan.resolver import ResolvedItem, ResolvedPlan


def assigned_people(item: ResolvedItem, team_sizes: dict[str, int]) -> int:
    """Return how many people work on an item at once, at most its team's size."""
    if item.team is None:
        return item.staff
    return min(item.staff, team_sizes[item.team])


def upkeep_slowdown(people: float, upkeep: float) -> float:
    """Return the factor by which upkeep stretches a team's work.

    A tenth of the team always stays available.
    """
    return people / max(people - upkeep, people / 10)


def expected_predecessors(resolved: ResolvedPlan, item: ResolvedItem) -> tuple[str, ...]:
    """Return the open items that an item waits for if everything is attempted and delivered."""
    if item.status == "active":
        return ()
    named = [resolved.preferred_option(need) for need in item.needs]
    named += resolved.spikes_by_bet.get(item.id, ())
    named.append(item.fallback_for or "")
    return tuple(name for name in named if _is_open(resolved, name))


def _is_open(resolved: ResolvedPlan, name: str) -> bool:
    return name in resolved.items and resolved.items[name].status in OPEN_STATUSES


def order_after_deciders(resolved: ResolvedPlan, starts: Iterable[str]) -> tuple[str, ...]:
    """Sort items by start, moving each after all items that decide about it.

    Active items come first, as they occupy their people from the start. An item that waits for an
    active item also comes after whatever decides about that one.
    """
    position = {name: at for at, name in enumerate(starts)}
    decides = _decisive_items(resolved, position)
    waiting = {name: each for name, each in decides.items() if not _is_active(resolved, name)}
    ordered = sorted(position, key=lambda name: (name in waiting, position[name]))
    place = {name: at for at, name in enumerate(ordered)}
    if _is_after_deciders(place, waiting):
        return tuple(ordered)
    return stable_topological_order(ordered, waiting)


def _is_after_deciders(place: Mapping[str, int], waiting: Mapping[str, Iterable[str]]) -> bool:
    return all(
        max(map(place.__getitem__, deciders), default=-1) < place[name]
        for name, deciders in waiting.items()
    )


def _decisive_items(resolved: ResolvedPlan, names: Container[str]) -> dict[str, tuple[str, ...]]:
    """Return the items that decide about each of these, directly or about one that is active."""
    decides: dict[str, tuple[str, ...]] = {}
    for name in resolved.order:
        if name not in names:
            continue
        direct = resolved.open_predecessors[name]
        found = dict.fromkeys(direct)
        for other in direct:
            if _is_active(resolved, other):
                found |= dict.fromkeys(decides[other])
        decides[name] = tuple(found)
    return decides


def _is_active(resolved: ResolvedPlan, name: str) -> bool:
    return resolved.items[name].status == "active"


@dataclass(frozen=True, slots=True)
class BuildJob:
    """Work for the greedy plan.

    Attributes:
        people: how many it occupies.
        weeks: duration.
        earliest_start: week before which it can't start.
        predecessors: jobs that have to end first.
        active: whether it is already in progress.
    """

    id: str
    team: str | None
    people: int
    weeks: float
    earliest_start: float
    predecessors: tuple[str, ...]
    active: bool = False


def build_jobs(
    resolved: ResolvedPlan, order: Iterable[str], effort: dict[str, float]
) -> list[BuildJob]:
    """Return the open items as jobs at expected durations, in the order of the queue."""
    upkeep: dict[str, float] = defaultdict(float)
    for item in resolved.items.values():
        if item.status == "live" and item.team is not None and item.upkeep.until > 0:
            upkeep[item.team] += item.upkeep.people
    work = []
    for name in order:
        item = resolved.items[name]
        people = assigned_people(item, resolved.team_sizes)
        weeks = effort[name] / people
        if item.team is not None and item.kind != "spike":
            weeks *= upkeep_slowdown(resolved.team_sizes[item.team], upkeep[item.team])
        active = item.status == "active"
        ready = 0.0 if active else max(0.0, item.earliest_start)
        work.append(
            BuildJob(
                id=name,
                team=item.team,
                people=people,
                weeks=weeks,
                earliest_start=ready,
                predecessors=expected_predecessors(resolved, item),
                active=active,
            )
        )
    return work


def greedy_order(
    jobs: list[BuildJob], team_sizes: dict[str, int], checkpoint: Checkpoint = no_checkpoint
) -> tuple[str, ...]:
    """Return the order of starts if each free person takes the first ready job of the queue.

    A ready job that waits for people reserves them: a later job may go first only if it ends before
    they are all free. Active jobs occupy their people from the start, in the order of the queue if
    there are too few.

    Args:
        jobs: in the order of the queue.
        team_sizes: people of each team.
        checkpoint: called regularly.
    """
    plan = _GreedyScheduler(jobs, team_sizes)
    while plan.events:
        checkpoint()
        plan.step()
    return tuple(plan.starts)


class _GreedyScheduler:
    """State of the greedy plan.

    Its events are times at which a job is ready or people become free.
    """

    def __init__(self, jobs: list[BuildJob], team_sizes: dict[str, int]) -> None:
        self.jobs = jobs
        self.starts: list[str] = []
        self.unfinished_predecessors = [len(set(job.predecessors)) for job in jobs]
        self.ready_at = [job.earliest_start for job in jobs]
        self.followers: dict[str, list[int]] = defaultdict(list)
        for at, job in enumerate(jobs):
            for name in set(job.predecessors):
                self.followers[name].append(at)
        self.teams = {name: _TeamState([0.0] * count) for name, count in team_sizes.items()}
        self.events: list[tuple[float, int, str]] = []
        for at, job in enumerate(jobs):
            if not job.active:
                self._enqueue_if_ready(at)
        for at, job in enumerate(jobs):
            if job.active:
                self._start_active(at)

    def _start_active(self, at: int) -> None:
        """Occupy an active job's people from the start, or from when enough of them are free."""
        job = self.jobs[at]
        begin = 0.0
        if job.team is not None:
            begin = self.teams[job.team].free_from[job.people - 1]
            self.teams[job.team].occupy(job.people, begin + job.weeks)
            heappush(self.events, (begin + job.weeks, len(self.jobs), job.team))
        self._start(at, begin)

    def _enqueue_if_ready(self, at: int) -> None:
        if not self.unfinished_predecessors[at]:
            heappush(self.events, (self.ready_at[at], at, ""))

    def step(self) -> None:
        """Advance to the next event and start every job that can start."""
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
        """Put a ready job in its team's queue and return the team.

        Without a team, start it and return "".
        """
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
    """When a team's people are free, and its ready jobs as positions in the queue."""

    free_from: list[float]
    ready: list[int] = field(default_factory=list)

    def occupy(self, people: int, until: float) -> None:
        """Occupy that many people until `until`, those who are free first."""
        self.free_from[:people] = [until] * people
        self.free_from.sort()

    def take_startable(self, jobs: list[BuildJob], now: float) -> list[int]:
        """Return the ready jobs that start now, occupying their people."""
        begin: list[int] = []
        held_until = float("inf")
        for at in self.ready:
            job, ends = jobs[at], now + jobs[at].weeks
            if self.free_from[0] > now:
                break
            if self.free_from[job.people - 1] > now:
                held_until = min(held_until, self.free_from[job.people - 1])
            elif ends <= held_until:
                self.occupy(job.people, ends)
                begin.append(at)
        for at in begin:
            del self.ready[bisect_left(self.ready, at)]
        return begin
