"""Value of information: what a spike's answer is worth before it is known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from roadmap_tui.forecast.analysis.stopping_decision import StoppingDecision, bayes_update
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_progress
from roadmap_tui.forecast.simulation.marginal_value import LeaveOneOut
from roadmap_tui.forecast.simulation.outcomes import OutcomeRules, draw_successes
from roadmap_tui.forecast.simulation.priority import (
    EXPECTATION_RUNS,
    EXPECTATION_SEED,
    QueueEntry,
    expectations,
    person_week_price,
)
from roadmap_tui.forecast.simulation.sampling import (
    RandomSource,
    mean_demand,
    mean_effort,
    success_chance,
)
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.resolver import ResolvedPlan, ResolvedSpike

_NEGLIGIBLE = 1e-9


@dataclass(frozen=True, slots=True)
class SpikeValue:
    """Value of an open spike's answer, in person-weeks.

    Attributes:
        informs: its bet.
        chance: that the bet works.
        p_yes: chance that the spike answers yes.
        evpi: value of perfect information.
        evsi: value of the answer, after the bet's spikes that come before it in the queue.
        cost: its effort.
        would_stop: whether a no, by itself, makes stopping the better decision.
        decision: what the answer decides.
        price: the value of a person-week of the bet's team, by which the figures are divided.
    """

    id: str
    informs: str
    chance: float
    p_yes: float
    evpi: float
    evsi: float
    cost: float
    would_stop: bool
    decision: StoppingDecision
    price: float

    @property
    def net_value(self) -> float:
        """Value minus cost."""
        return self.evsi - self.cost

    @property
    def changes_nothing(self) -> bool:
        """Whether no answer would change the decision."""
        return self.evsi <= _NEGLIGIBLE


@dataclass(frozen=True, slots=True)
class SpikeSuggestion:
    """An uncertain bet without a spike, and the most person-weeks that one may cost.

    Attributes:
        evpi: value of perfect information, in person-weeks.
        saved_weeks: expected person-weeks that a certain no would save.
    """

    id: str
    chance: float
    evpi: float
    saved_weeks: float


@dataclass(frozen=True, slots=True)
class ValueOfInformation:
    """Value of information of a plan.

    Attributes:
        person_week_price: value of a person-week; None without teams or value, and then nothing is
            priced.
        spikes: the open ones that inform an open bet, by net value, best first.
        suggestions: where a spike would pay, best first.
    """

    person_week_price: float | None
    spikes: tuple[SpikeValue, ...] = ()
    suggestions: tuple[SpikeSuggestion, ...] = ()


def value_of_information(
    resolved: ResolvedPlan,
    queue: Iterable[QueueEntry],
    checkpoint: Checkpoint = no_checkpoint,
) -> ValueOfInformation:
    """Return what each open spike is worth, and where one would pay.

    Args:
        resolved: the plan.
        queue: its work queue.
        checkpoint: called regularly.
    """
    entries = tuple(queue)
    decisions = _StoppingDecisions.of(resolved, entries, checkpoint)
    if decisions is None:
        return ValueOfInformation(None)
    spikes = _spike_values(resolved, entries, decisions, checkpoint)
    uncertain = [name for name in resolved.items if _is_uncertain_bet(resolved, name)]
    suggestions: list[SpikeSuggestion] = []
    for name in with_progress(uncertain, len(uncertain), checkpoint, "pricing answers about bets"):
        decision = decisions.at(name)
        if decision.evpi <= _NEGLIGIBLE:
            continue
        saved = (1 - decision.chance) * decision.cost_fails
        suggestions.append(SpikeSuggestion(name, decision.chance, decision.evpi, saved))
    suggestions.sort(key=lambda each: -each.evpi)
    return ValueOfInformation(decisions.plan_price, spikes, tuple(suggestions))


def _is_uncertain_bet(resolved: ResolvedPlan, name: str) -> bool:
    """Return whether an open bet may fail and has no spike."""
    item = resolved.items[name]
    if item.status not in OPEN_STATUSES or item.kind == "spike":
        return False
    return name not in resolved.spikes_by_bet and 0 < success_chance(item) < 1


def _spike_values(
    resolved: ResolvedPlan,
    queue: tuple[QueueEntry, ...],
    decisions: "_StoppingDecisions",
    checkpoint: Checkpoint,
) -> tuple[SpikeValue, ...]:
    """Return what each open spike is worth, best first."""
    turn = {entry.id: at for at, entry in enumerate(queue)}
    spikes_by_bet = resolved.spikes_by_bet
    values: list[SpikeValue] = []
    for bet, spikes in with_progress(
        spikes_by_bet.items(), len(spikes_by_bet), checkpoint, "pricing spikes"
    ):
        ordered = sorted(spikes, key=turn.__getitem__)
        values += _bet_spike_values(resolved, decisions, bet, ordered)
    return tuple(sorted(values, key=lambda each: -each.net_value))


def _bet_spike_values(
    resolved: ResolvedPlan, decisions: "_StoppingDecisions", bet: str, spikes: list[str]
) -> Iterator[SpikeValue]:
    """Yield each spike of a bet, valued after those before it.

    Worth nothing where one drops the bet.
    """
    decision, price = decisions.at(bet), decisions.price(bet)
    states = [(1.0, decision.chance)]
    for name in spikes:
        item = resolved.items[name]
        spike = item.spike or ResolvedSpike(bet, 1.0, 1.0, drops_bet=False)
        if_works, if_not = spike.yes_if_works, spike.yes_if_not
        yes, _, after_no = bayes_update(decision.chance, if_works, if_not)
        gains = (share * decision.evsi(chance, if_works, if_not) for share, chance in states)
        yield SpikeValue(
            id=name,
            informs=bet,
            chance=decision.chance,
            p_yes=yes,
            evpi=decision.evpi,
            evsi=max(0.0, sum(gains)),
            cost=mean_effort(item),
            would_stop=decision.best_value(after_no) <= 0,
            decision=decision,
            price=price,
        )
        states = list(chain.from_iterable(_states_after(state, spike) for state in states))


def maximal_closure_value(values: Mapping[str, float], needs: Mapping[str, Iterable[str]]) -> float:
    """Return the value of the best selection, each item taken with all its needs: a minimum cut.

    Source: J.-C. Picard, "Maximal Closure of a Graph and Applications to Combinatorial Problems",
    Management Science 22 (1976).
    """
    gains = sum(value for value in values.values() if value > 0)
    # without both gains and costs there is nothing to choose
    if gains <= 0 or min(values.values()) >= 0:
        return gains
    import networkx as nx  # slow to load, and few plans have a choice to make

    graph: nx.DiGraph[str] = nx.DiGraph()
    for name, value in values.items():
        ends = ("from", f"item {name}") if value > 0 else (f"item {name}", "to")
        graph.add_edge(*ends, capacity=abs(value))
    for name, needed in needs.items():
        graph.add_edges_from((f"item {name}", f"item {need}") for need in needed)
    return gains - float(nx.minimum_cut_value(graph, "from", "to"))


def _states_after(
    state: tuple[float, float], spike: ResolvedSpike
) -> Iterable[tuple[float, float]]:
    """Yield the possible states after an answer: probability, and chance to work."""
    share, chance = state
    yes, after_yes, after_no = bayes_update(chance, spike.yes_if_works, spike.yes_if_not)
    yield share * yes, after_yes
    if not spike.drops_bet:
        yield share * (1 - yes), after_no


class _StoppingDecisions:
    """The stopping decision of each bet of a plan, without its open spikes."""

    def __init__(
        self,
        resolved: ResolvedPlan,
        queue: tuple[QueueEntry, ...],
        checkpoint: Checkpoint,
    ) -> None:
        self._resolved = resolved
        self._queue = queue
        self._expected_effort = expectations(resolved, checkpoint).effort
        self._open = {
            name: item for name, item in resolved.items.items() if item.status in OPEN_STATUSES
        }
        draws = draw_successes(
            resolved, RandomSource(EXPECTATION_SEED, EXPECTATION_RUNS), checkpoint
        )
        rules = OutcomeRules(resolved, draws, spikes_drop=False)
        outcomes = rules.outcomes(checkpoint)
        delivers = {name: outcome.delivers for name, outcome in outcomes.items()}
        self._leave_one_out = LeaveOneOut.of(resolved, rules, delivers, self._open)
        self._attempted = {
            name: each.attempted.bit_count() / EXPECTATION_RUNS for name, each in outcomes.items()
        }

    @classmethod
    def of(
        cls,
        resolved: ResolvedPlan,
        queue: tuple[QueueEntry, ...],
        checkpoint: Checkpoint,
    ) -> "_StoppingDecisions | None":
        """Return the decisions of a plan, given its queue.

        None where a person-week has no price.
        """
        decisions = cls(resolved, queue, checkpoint)
        return None if decisions.plan_price is None else decisions

    @cached_property
    def plan_price(self) -> float | None:
        """The value of a person-week of any team, from the queue."""
        return person_week_price(self._resolved, self._queue, self._expected_effort)

    def price(self, bet: str) -> float:
        """Return the value of a person-week of a bet's team; of any team for a bet without one."""
        team, price = self._resolved.items[bet].team, None
        if team is not None:
            price = person_week_price(self._resolved, self._queue, self._expected_effort, team)
        return price or self.plan_price or 0.0

    def at(self, bet: str) -> StoppingDecision:
        """Return the decision about a bet.

        Its cost and gain count the runs in which it is attempted.
        """
        item = self._resolved.items[bet]
        attempted = self._attempted[bet]
        return StoppingDecision(
            chance=success_chance(item),
            gain=self._gain(bet, success_chance(item)),
            cost_works=attempted * mean_effort(replace(item, chance=1.0)),
            cost_fails=attempted * mean_effort(replace(item, chance=0.0)),
        )

    def _gain(self, bet: str, chance: float) -> float:
        """Return the net value of a bet that works, including what it unlocks.

        Items of value bring their needs with them, so the most valuable selection of the unlocked
        items counts. Fallbacks that are done only if the bet fails are lost.
        """
        if chance <= 0:
            return 0.0
        price = self.price(bet)
        found = self._leave_one_out.lost_delivery(bet)
        lost = {name: found[name] / chance for name in self._open if name in found}
        own = lost.pop(bet, 0.0) * self._value(bet) / price
        net: dict[str, float] = {}
        for name, share in lost.items():
            weeks = self._value(name) / price
            net[name] = share * (weeks - self._effort_per_delivery(name))
        instead = sum(min(0.0, net[name]) for name, share in lost.items() if share < 0)
        unlocked = {name: net[name] for name, share in lost.items() if share > 0}
        return own + instead + maximal_closure_value(unlocked, self._costly_needs(bet, unlocked))

    def _costly_needs(self, bet: str, values: Mapping[str, float]) -> dict[str, set[str]]:
        """Return, by gaining item, those between it and the bet that cost more than they gain."""
        costs = {name for name, value in values.items() if value < 0}
        gaining = [name for name, value in values.items() if value > 0]
        return {name: self._leave_one_out.between(bet, name) & costs for name in gaining}

    def _value(self, name: str) -> float:
        return mean_demand(self._resolved.items[name])

    def _effort_per_delivery(self, name: str) -> float:
        """Return the effort per delivery, which is also spent where the item fails."""
        chance = success_chance(self._resolved.items[name])
        if chance > 0:
            return mean_effort(self._resolved.items[name]) / chance
        return 0.0
