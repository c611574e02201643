"""One simulation of a plan: what is drawn, what delivers, and when, in all futures at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from roadmap_tui.forecast.draws import Efforts, Numbers, Source, mean_effort
from roadmap_tui.forecast.futures import Bools, unpack
from roadmap_tui.forecast.listing import decided_first, greedy_list, jobs
from roadmap_tui.forecast.logic import Outcome, Rules, Works, draw_works
from roadmap_tui.forecast.pace import Check, go_on, paced
from roadmap_tui.forecast.queue import Place, prospects, queue
from roadmap_tui.forecast.schedule import Placed, Schedule, Times
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.forecast.unlocked import Worth, worth
from roadmap_tui.plan.resolve import OPEN, Resolved

FUTURES = 10_000
PREVIEW = 4_000


class Base(NamedTuple):
    """The order of work of another version of the plan, to keep to; empty, the plan's own is found."""

    list: tuple[str, ...] = ()
    queue: tuple[str, ...] = ()

    @classmethod
    def of(cls, known: Forecast) -> "Base":
        """The order of a version that was forecast."""
        return cls(known.list, tuple(known.sake))


OWN = Base()


@dataclass(frozen=True, slots=True)
class Order:
    """In what order the work is taken up.

    Attributes:
        worth: each ranked item's part in the value of the whole.
        places: the queue; where another list is kept, in that one's order.
        list: open items in the order that every future works through.
    """

    worth: Worth
    places: tuple[Place, ...]
    list: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """A plan's futures.

    Attributes:
        list: open items in the order that was worked through.
        drawn: what works, and what spikes say.
    """

    resolved: Resolved
    efforts: Efforts
    list: tuple[str, ...]
    drawn: Works
    outcomes: Mapping[str, Outcome]
    times: Times

    @property
    def futures(self) -> int:
        """How many futures there are."""
        return self.efforts.source.futures

    def effort(self, name: str) -> Numbers:
        """An open item's person-weeks still to do if attempted; shape (futures,)."""
        return effort_of(self.resolved, self.efforts, self.drawn)(name)

    def delivers(self, name: str) -> Bools:
        """Whether an item delivers; shape (futures,)."""
        return unpack(self.outcomes[name].delivers, self.futures)

    def attempted(self, name: str) -> Bools:
        """Whether an item is attempted; shape (futures,)."""
        return unpack(self.outcomes[name].attempted, self.futures)

    def worked_on(self, name: str) -> Bools:
        """Whether an open item is worked on: if attempted, and if active whatever becomes of it; shape (futures,)."""
        return self.attempted(name) | (self.resolved.terms[name].status == "active")


def efforts_of(resolved: Resolved, futures: int) -> Efforts:
    """Where a plan's efforts are drawn from."""
    return Efforts(Source.of(resolved, futures), resolved.correlation)


def ordered(
    resolved: Resolved, futures: int = FUTURES, base: Base = OWN, check: Check = go_on
) -> Order:
    """The queue and the list.

    Args:
        resolved: the plan.
        futures: how many are drawn to find what each item unlocks.
        base: what to keep to; items that are not in it enter after what they follow in the plan's own order.
        check: called now and then.

    Raises:
        StoppedError: whatever `check` raises.
    """
    value = worth(resolved, Source(resolved.seed, futures), check)
    unlocked = {
        name: value.unlocked(name) / max(mean_effort(resolved.terms[name]), 1e-9)
        for name in value.losses
    }
    check()
    places = queue(resolved, prospects(resolved, check), unlocked, check)
    own = work_list(resolved, places, check)
    if not base.list:
        return Order(value, places, own)
    turn = {
        name: at
        for at, name in enumerate(_merged(resolved, base.queue, (place.id for place in places)))
    }
    kept = kept_list(resolved, base.list, own)
    return Order(value, tuple(sorted(places, key=lambda place: turn[place.id])), kept)


def work_list(
    resolved: Resolved, places: tuple[Place, ...], check: Check = go_on
) -> tuple[str, ...]:
    """The list that every future works through."""
    effort = {
        name: mean_effort(terms) for name, terms in resolved.terms.items() if terms.status in OPEN
    }
    work = jobs(resolved, (place.id for place in paced(places, check)), effort)
    starts = greedy_list(work, resolved.lanes, check)
    check()
    return decided_first(resolved, starts)


def kept_list(resolved: Resolved, base: Iterable[str], own: Iterable[str] = ()) -> tuple[str, ...]:
    """The base's list without what is no longer open; what is new comes after what it follows in the plan's own."""
    return decided_first(resolved, _merged(resolved, base, own))


def _merged(resolved: Resolved, base: Iterable[str], own: Iterable[str]) -> list[str]:
    kept = [name for name in base if name in resolved.terms and resolved.terms[name].status in OPEN]
    place = {name: (at, 0) for at, name in enumerate(kept)}
    before, new = (-1, 0), 0
    for name in own:
        if name in place:
            before = place[name]
        else:
            new += 1
            place[name] = (before[0], new)
    return sorted(place, key=place.__getitem__)


def simulate(
    resolved: Resolved, order: tuple[str, ...], futures: int = FUTURES, check: Check = go_on
) -> Simulation:
    """Work through a list in every future.

    Args:
        resolved: the plan.
        order: every open item, each after all that decide about it.
        futures: how many.
        check: called now and then.

    Raises:
        StoppedError: whatever `check` raises.
    """
    drawn, outcomes = decided(resolved, futures, check)
    efforts = efforts_of(resolved, futures)
    times = Schedule(resolved, drawn, outcomes, effort_of(resolved, efforts, drawn)).run(
        order, check
    )
    return Simulation(resolved, efforts, order, drawn, outcomes, times)


def worked_through(
    resolved: Resolved, order: tuple[str, ...], futures: int, check: Check = go_on
) -> Iterator[Placed]:
    """What becomes of each open item of a list in every future, one after the other; none of it is kept."""
    drawn, outcomes = decided(resolved, futures, check)
    drawing = effort_of(resolved, efforts_of(resolved, futures), drawn)
    return Schedule(resolved, drawn, outcomes, drawing).placed(order, check)


def decided(
    resolved: Resolved, futures: int, check: Check = go_on
) -> tuple[Works, dict[str, Outcome]]:
    """What works, and what becomes of each item, in every future."""
    drawn = draw_works(resolved, Source(resolved.seed, futures), check)
    return drawn, Rules(resolved, drawn).outcomes(check)


def effort_of(resolved: Resolved, efforts: Efforts, drawn: Works) -> Callable[[str], Numbers]:
    """How an open item's person-weeks are drawn, if attempted; shape (futures,)."""
    return lambda name: efforts.drawn(resolved.terms[name], unpack(drawn.works[name], drawn.count))
