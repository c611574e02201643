"""Spikes as options: what an answer is worth before it is known.

Source: H. Raiffa and R. Schlaifer, "Applied Statistical Decision Theory" (1961): the value of perfect and of sample
information, here of the decision to go on with a bet or to stop.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import networkx as nx

from roadmap_tui.forecast.draws import Source, chance_of, mean_demand, mean_effort
from roadmap_tui.forecast.logic import Rules, draw_works
from roadmap_tui.forecast.pace import Check, counted, go_on
from roadmap_tui.forecast.queue import LOGIC_FUTURES, LOGIC_SEED, Place, prospects, week_price
from roadmap_tui.forecast.unlocked import Strikes
from roadmap_tui.plan.resolve import OPEN, Resolved, SpikeTerms

_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Stake:
    """What is decided about when a bet may still be stopped; in person-weeks.

    Attributes:
        chance: that the bet works.
        gain: what it brings beyond what that costs, if it works.
        cost_works, cost_fails: what still goes into it if it works, and if it fails.
    """

    chance: float
    gain: float
    cost_works: float
    cost_fails: float

    def best(self, chance: float) -> float:
        """What the better of going on and stopping is worth if the bet works with that chance."""
        return max(0.0, chance * (self.gain - self.cost_works) - (1 - chance) * self.cost_fails)

    @property
    def evpi(self) -> float:
        """The expected value of knowing for certain whether it works."""
        return self.chance * max(0.0, self.gain - self.cost_works) - self.best(self.chance)

    def evsi(self, chance: float, if_works: float, if_not: float) -> float:
        """The expected value of a reading, before it is taken.

        Args:
            chance: that the bet works, as known before the reading.
            if_works: how often the reading says yes if the bet works.
            if_not: how often it says yes if the bet does not.
        """
        yes, after_yes, after_no = reading(chance, if_works, if_not)
        return yes * self.best(after_yes) + (1 - yes) * self.best(after_no) - self.best(chance)


def reading(chance: float, if_works: float, if_not: float) -> tuple[float, float, float]:
    """The chance of a yes, and the chance to work after a yes and after a no, by Bayes' theorem."""
    yes = chance * if_works + (1 - chance) * if_not
    after_yes = chance * if_works / yes if yes > 0 else chance
    after_no = chance * (1 - if_works) / (1 - yes) if yes < 1 else chance
    return yes, after_yes, after_no


@dataclass(frozen=True, slots=True)
class SpikeWorth:
    """What an open spike's answer is worth, in person-weeks.

    Attributes:
        informs: its bet.
        chance: that the bet works.
        yes: that the spike says yes.
        evpi: worth of knowing for certain.
        evsi: worth of the answer, after those of the bet's spikes that come before it in the queue.
        cost: its effort.
        stops: whether a no would make stopping the better decision, taken by itself.
        stake: what is decided about.
    """

    id: str
    informs: str
    chance: float
    yes: float
    evpi: float
    evsi: float
    cost: float
    stops: bool
    stake: Stake

    @property
    def net(self) -> float:
        """What is left of its worth after its cost."""
        return self.evsi - self.cost

    @property
    def is_idle(self) -> bool:
        """Whether no answer would change what is done."""
        return self.evsi <= _NOTHING


@dataclass(frozen=True, slots=True)
class Advice:
    """An uncertain bet without a spike, and the most person-weeks that one may cost."""

    id: str
    chance: float
    evpi: float


@dataclass(frozen=True, slots=True)
class Options:
    """The worth of finding out.

    Attributes:
        price: the value of a person-week; None without teams or without value, and then nothing is priced.
        spikes: the open ones that inform an open bet, by net worth, best first.
        advice: where a spike would pay, best first.
    """

    price: float | None
    spikes: tuple[SpikeWorth, ...] = ()
    advice: tuple[Advice, ...] = ()


def options(resolved: Resolved, places: Iterable[Place], check: Check = go_on) -> Options:
    """What each open spike is worth, and where one would pay.

    Args:
        resolved: the plan.
        places: its queue.
        check: called now and then.
    """
    queue = tuple(places)
    stakes = _Stakes.of(resolved, queue, check)
    if stakes is None:
        return Options(None)
    worths = _spikes(resolved, queue, stakes, check)
    uncertain = [
        name
        for name, terms in resolved.terms.items()
        if terms.status in OPEN
        and terms.kind != "spike"
        and name not in resolved.spikes
        and 0 < chance_of(terms) < 1
    ]
    each_in_turn = counted(uncertain, len(uncertain), check, "pricing answers about bets")
    advice = [
        Advice(name, chance_of(resolved.terms[name]), stakes.at(name).evpi) for name in each_in_turn
    ]
    return Options(
        stakes.price,
        worths,
        tuple(
            sorted((each for each in advice if each.evpi > _NOTHING), key=lambda each: -each.evpi)
        ),
    )


def spike_worths(
    resolved: Resolved, places: Iterable[Place], check: Check = go_on
) -> tuple[SpikeWorth, ...]:
    """What each open spike is worth, as among the `options`."""
    queue = tuple(places)
    stakes = _Stakes.of(resolved, queue, check) if resolved.spikes else None
    return () if stakes is None else _spikes(resolved, queue, stakes, check)


def _spikes(
    resolved: Resolved, queue: tuple[Place, ...], stakes: "_Stakes", check: Check
) -> tuple[SpikeWorth, ...]:
    """What each open spike is worth, the best first."""
    turn = {place.id: at for at, place in enumerate(queue)}
    worths = [
        each
        for bet, spikes in counted(
            resolved.spikes.items(), len(resolved.spikes), check, "pricing spikes"
        )
        for each in _worths(resolved, stakes.at(bet), bet, sorted(spikes, key=turn.__getitem__))
    ]
    return tuple(sorted(worths, key=lambda each: -each.net))


def _worths(resolved: Resolved, stake: Stake, bet: str, spikes: list[str]) -> Iterable[SpikeWorth]:
    """Each spike of a bet, valued after those before it; where one of those drops the bet, it is worth nothing."""
    known = [(1.0, stake.chance)]
    for name in spikes:
        terms = resolved.terms[name]
        spike = terms.spike or SpikeTerms(bet, 1.0, 1.0, drops=False)
        if_works, if_not = spike.yes_if_works, spike.yes_if_not
        yes, _, after_no = reading(stake.chance, if_works, if_not)
        yield SpikeWorth(
            id=name,
            informs=bet,
            chance=stake.chance,
            yes=yes,
            evpi=stake.evpi,
            evsi=max(
                0.0, sum(share * stake.evsi(chance, if_works, if_not) for share, chance in known)
            ),
            cost=mean_effort(terms),
            stops=stake.best(after_no) <= 0,
            stake=stake,
        )
        known = [each for state in known for each in _after(state, spike)]


def most(worth: Mapping[str, float], needs: Mapping[str, Iterable[str]]) -> float:
    """What the best choice among some things brings, each taken with all that it needs: a smallest cut.

    Source: J.-C. Picard, "Maximal Closure of a Graph and Applications to Combinatorial Problems", Management Science
    22 (1976).
    """
    gains = sum(value for value in worth.values() if value > 0)
    if gains <= 0 or min(worth.values()) >= 0:
        return gains
    graph: nx.DiGraph[str] = nx.DiGraph()
    for name, value in worth.items():
        ends = ("from", f"item {name}") if value > 0 else (f"item {name}", "to")
        graph.add_edge(*ends, capacity=abs(value))
    graph.add_edges_from(
        (f"item {name}", f"item {need}") for name, needed in needs.items() for need in needed
    )
    return gains - float(nx.minimum_cut_value(graph, "from", "to"))


def _after(state: tuple[float, float], spike: SpikeTerms) -> Iterable[tuple[float, float]]:
    """What may be known after a reading: the chance of that, and the chance to work then."""
    share, chance = state
    yes, after_yes, after_no = reading(chance, spike.yes_if_works, spike.yes_if_not)
    yield share * yes, after_yes
    if not spike.drops:
        yield share * (1 - yes), after_no


class _Stakes:
    """What is at stake with each bet of a plan, all its open spikes struck out."""

    def __init__(self, resolved: Resolved, price: float, check: Check) -> None:
        self._resolved = resolved
        self.price = price
        drawn = draw_works(resolved, Source(LOGIC_SEED, LOGIC_FUTURES), check)
        rules = Rules(resolved, drawn, spikes_drop=False)
        outcomes = rules.outcomes(check)
        delivers = {name: outcome.delivers for name, outcome in outcomes.items()}
        self._open = {name: terms for name, terms in resolved.terms.items() if terms.status in OPEN}
        self._strikes = Strikes.of(resolved, rules, delivers, self._open)
        self._attempted = {
            name: each.attempted.bit_count() / LOGIC_FUTURES for name, each in outcomes.items()
        }

    @classmethod
    def of(cls, resolved: Resolved, queue: tuple[Place, ...], check: Check) -> "_Stakes | None":
        """The stakes of a plan, given its queue; None where a person-week has no price."""
        price = week_price(resolved, queue, prospects(resolved, check).effort)
        return None if price is None else cls(resolved, price, check)

    def at(self, bet: str) -> Stake:
        """What is at stake with a bet. Its cost and gain are those of the futures in which it is attempted."""
        terms = self._resolved.terms[bet]
        attempted = self._attempted[bet]
        return Stake(
            chance=chance_of(terms),
            gain=self._gain(bet, chance_of(terms)),
            cost_works=attempted * mean_effort(replace(terms, chance=1.0)),
            cost_fails=attempted * mean_effort(replace(terms, chance=0.0)),
        )

    def _gain(self, bet: str, chance: float) -> float:
        """What a bet that works brings, beyond what goes into what it unlocks.

        What has a value takes along what it needs: of all that is unlocked, what brings most counts. What is done only
        if the bet fails is lost.
        """
        if chance <= 0:
            return 0.0
        found = self._strikes.lost(bet)
        lost = {name: found[name] / chance for name in self._open if name in found}
        own = lost.pop(bet, 0.0) * self._value(bet)
        net = {
            name: share * (self._value(name) - self._effort_each(name))
            for name, share in lost.items()
        }
        instead = sum(min(0.0, net[name]) for name, share in lost.items() if share < 0)
        unlocked = {name: net[name] for name, share in lost.items() if share > 0}
        costs = {name for name, value in unlocked.items() if value < 0}
        needs = {
            name: self._strikes.between(bet, name) & costs
            for name, value in unlocked.items()
            if value > 0
        }
        return own + instead + most(unlocked, needs)

    def _value(self, name: str) -> float:
        return mean_demand(self._resolved.terms[name]) / self.price

    def _effort_each(self, name: str) -> float:
        """Effort for each delivery: it is also spent where the item fails."""
        chance = chance_of(self._resolved.terms[name])
        return mean_effort(self._resolved.terms[name]) / chance if chance > 0 else 0.0
