"""What the forecast works with: every default put in its place, and remembered as a guess."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

from roadmap_tui.plan.base import Kind, Pin, Status
from roadmap_tui.plan.estimate import AS_STATED, Estimate, Shift, Size
from roadmap_tui.plan.graph import topological
from roadmap_tui.plan.items import Bet, Item, Model, Product, Spike, StageName
from roadmap_tui.plan.links import all_behind
from roadmap_tui.plan.needs import BarNeed, Need, all_need_ids
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.roadmap import Plan, kind_of, title_of, track_of

_YEAR = 365.25 / 7
_PERIODS = {"month": _YEAR / 12, "quarter": _YEAR / 4, "year": _YEAR}
OPEN: frozenset[Status] = frozenset({"planned", "active"})
DELIVERED: frozenset[Status] = frozenset({"live", "done"})
_ABLE = OPEN | DELIVERED
ENDED: frozenset[Status] = DELIVERED | {"failed"}


@dataclass(frozen=True, slots=True)
class StageTerms:
    """One stage: its effort in person-weeks, its chance to pass, and what it costs beside people."""

    name: StageName
    effort: Estimate
    chance: float
    ahead: bool
    compute: Estimate | None = None


@dataclass(frozen=True, slots=True)
class SpikeTerms:
    """A spike as a reading of its bet: how often it says yes, and whether a no drops the bet."""

    bet: str | None
    yes_if_works: float
    yes_if_not: float
    drops: bool


@dataclass(frozen=True, slots=True)
class Upkeep:
    """People that a model keeps busy from the week it ships, training again included, until it is retired."""

    people: float
    until: float


@dataclass(frozen=True, slots=True)
class Terms:
    """An item with every default in its place.

    Attributes:
        effort: person-weeks of the whole item; of a staged one, the sum of its stages' quantiles.
        stages: empty unless the effort follows from stages.
        chance: that it works, if attempted; None if it follows from the stages' chances.
        demand: reach, impact and confidence; None if it has no value of its own.
        spent: person-weeks that an active item has taken so far; 0 of any other.
        actual: person-weeks that an ended item took; None if nobody says.
        needs: what must deliver; bars that are proven already are left out.
        ready: weeks from the start of the forecast before which it may not begin.
        deadline: weeks from the start of the forecast to the promised day.
        guesses: names of the fields whose value is a default, or called a guess.
        shift: where its efforts are taken to lie, against their estimates.
    """

    id: str
    kind: Kind
    track: str
    title: str
    status: Status
    team: str | None
    staff: int
    effort: Estimate
    stages: tuple[StageTerms, ...]
    attempts: int
    chance: float | None
    demand: "Demand | None"
    spent: float
    actual: float | None
    needs: tuple[Need, ...]
    instead_of: str | None
    ready: float
    deadline: float | None
    pin: Pin | None
    order: float
    upkeep: Upkeep
    spike: SpikeTerms | None
    guesses: frozenset[str] = field(default_factory=frozenset)
    shift: Shift = AS_STATED

    @property
    def named(self) -> tuple[str, ...]:
        """The ids that it waits for: its needs with all options, and what it is plan B for."""
        return (*all_need_ids(self.needs), *(() if self.instead_of is None else (self.instead_of,)))


@dataclass(frozen=True, slots=True)
class Demand:
    """Who is reached, how much it does for them, and whether they want it."""

    reach: Estimate
    impact: Estimate
    confidence: float


@dataclass(frozen=True)
class Resolved:
    """A plan with every default in its place.

    Attributes:
        horizon: weeks looked at.
        period: weeks in which each item reaches its reach once.
        terms: by id, in the order of the file.
        order: ids so that each comes after all it waits for.
        lanes: people of each team.
        spikes: the open spikes that are readings of each open bet.
    """

    as_of: dt.date
    horizon: float
    period: float
    correlation: float
    seed: int
    policy: Policy
    terms: dict[str, Terms]
    order: tuple[str, ...]
    lanes: dict[str, int]
    spikes: dict[str, tuple[str, ...]]

    @cached_property
    def deciders(self) -> dict[str, tuple[str, ...]]:
        """The open items that decide about each open one: its needs, its spikes, what it is plan B for."""
        return {name: tuple(self._deciding(terms)) for name, terms in self.terms.items()}

    def _deciding(self, terms: Terms) -> dict[str, None]:
        if terms.status not in OPEN:
            return {}
        named = (*terms.named, *self.spikes.get(terms.id, ()))
        return {
            name: None for name in named if name in self.terms and self.terms[name].status in OPEN
        }

    def preferred(self, need: Need) -> str:
        """The id that a need stands on if all goes well: of a choice, the first that can still deliver."""
        ids = need.ids
        return next((name for name in ids if self._may_deliver(name)), ids[0])

    def has_delivered(self, name: str) -> bool:
        """Whether an item is there and has delivered already."""
        return name in self.terms and self.terms[name].status in DELIVERED

    def _may_deliver(self, name: str) -> bool:
        return name in self.terms and self.terms[name].status in _ABLE

    def weeks(self, day: dt.date) -> float:
        """Weeks from the start of the forecast to `day`."""
        return (day - self.as_of).days / 7

    def day(self, weeks: float) -> dt.date:
        """The day that many weeks from the start of the forecast; the last there is, beyond it."""
        return self.as_of + dt.timedelta(
            days=min(round(weeks * 7), (dt.date.max - self.as_of).days)
        )


def resolve(plan: Plan, *, as_of: dt.date | None = None, seed: int | None = None) -> Resolved:
    """A plan with every default in its place.

    Args:
        plan: one without fatal faults.
        as_of: the day the forecast starts; left out, the file's, and else the clock's.
        seed: left out, the file's.
    """
    start = as_of or plan.roadmap.as_of or dt.date.today()
    return Resolved(
        as_of=start,
        horizon=plan.roadmap.horizon,
        period=_PERIODS[plan.roadmap.reach_per],
        correlation=plan.roadmap.correlation,
        seed=plan.roadmap.seed if seed is None else seed,
        policy=plan.policy,
        terms={name: terms_of(plan, name, item, start) for name, item in plan.items.items()},
        order=topological(plan),
        lanes={name: team.people for name, team in plan.teams.items()},
        spikes=_open_spikes(plan),
    )


def _open_spikes(plan: Plan) -> dict[str, tuple[str, ...]]:
    items = plan.items
    spikes: dict[str, tuple[str, ...]] = {}
    for name, spike in plan.spike.items():
        bet = spike.informs or ""
        if spike.status in OPEN and bet in items and items[bet].status in OPEN:
            spikes[bet] = (*spikes.get(bet, ()), name)
    return spikes


def is_ai(plan: Plan, name: str) -> bool:
    """Whether a product item rests on a model, however far away, unless it says so itself."""
    items = plan.items
    item = items[name]
    if not isinstance(item, Product):
        return True
    if item.ai is not None:
        return item.ai
    return any(each in plan.model for each in all_behind(items, (name,)))


def terms_of(plan: Plan, name: str, item: Item, as_of: dt.date) -> Terms:
    """One item with every default in its place, as on a day."""
    guesses: set[str] = set(item.guesses)
    policy = plan.policy
    stages = _stages(item, policy)
    return Terms(
        id=name,
        kind=kind_of(item),
        track=track_of(item),
        title=title_of(name, item.title),
        status=item.status,
        team=item.team if item.team in plan.teams else None,
        staff=item.staff,
        effort=_effort(item, stages, policy, guesses),
        stages=stages,
        attempts=item.attempts if isinstance(item, Model) else 1,
        chance=_chance(item, policy, guesses),
        demand=_demand(plan, item, guesses),
        spent=_spent(item, as_of),
        actual=item.spent if item.status in ENDED else None,
        needs=tuple(need for need in item.needs if not is_proven(plan, need)),
        instead_of=item.instead_of,
        ready=_weeks(item.not_before, as_of) or 0.0,
        deadline=_weeks(item.deadline.day if item.deadline else None, as_of),
        pin=item.pin,
        order=float("inf") if item.order is None else item.order,
        upkeep=_upkeep(item, as_of),
        spike=_spike(item, policy, guesses),
        guesses=frozenset(guesses),
    )


def is_proven(plan: Plan, need: Need) -> bool:
    """Whether a need is a bar that is proven now."""
    if not isinstance(need, BarNeed) or need.model not in plan.model:
        return False
    bar = plan.model[need.model].bars.get(need.bar)
    return bar is not None and bar.status(need.bar) == "proven"


def _weeks(day: dt.date | None, as_of: dt.date) -> float | None:
    return None if day is None else (day - as_of).days / 7


def _sized(effort: Estimate | Size, policy: Policy) -> Estimate:
    return effort if isinstance(effort, Estimate) else policy.sizes.effort(effort)


def _stages(item: Item, policy: Policy) -> tuple[StageTerms, ...]:
    if not isinstance(item, Model) or item.stages is None:
        return ()
    given = item.stages.given()
    first = list(given).index(item.stage) if item.stage else 0
    return tuple(
        StageTerms(name, _sized(stage.effort, policy), stage.chance, at >= first, stage.compute)
        for at, (name, stage) in enumerate(given.items())
    )


def _effort(
    item: Item, stages: tuple[StageTerms, ...], policy: Policy, guesses: set[str]
) -> Estimate:
    if stages:
        efforts = [stage.effort for stage in stages]
        return Estimate(
            sum(e.p10 for e in efforts), sum(e.p50 for e in efforts), sum(e.p90 for e in efforts)
        )
    if item.effort is not None:
        return _sized(item.effort, policy)
    if isinstance(item, Spike):
        if item.timebox is None:
            guesses.add("timebox")
        return Estimate.sure((item.timebox or policy.timebox) * item.staff)
    guesses.add("effort")
    return policy.sizes.effort(policy.size)


def _chance(item: Item, policy: Policy, guesses: set[str]) -> float | None:
    match item:
        case Spike():
            return 1.0
        case Bet(chance=float() | int() as chance):
            return chance
        case Model(stages=None):
            guesses.add("chance")
            return policy.chance.of(item.evidence)
        case Model():
            return None
        case _:
            return policy.product_chance


def _demand(plan: Plan, item: Item, guesses: set[str]) -> Demand | None:
    if isinstance(item, Spike):
        return None
    reach = item.reach
    if reach is None:
        reach = plan.roadmap.users if isinstance(item, Product) else None
        if reach is None:
            return None
        guesses.add("reach")
    confidence = item.confidence
    if confidence is None:
        confidence = plan.policy.confidence.of(item.evidence)
        guesses.add("confidence")
    return Demand(reach, item.impact or Estimate.sure(plan.policy.impact), confidence)


def _spent(item: Item, as_of: dt.date) -> float:
    if item.status != "active":
        return 0.0
    if item.spent is not None:
        return item.spent
    return max(0.0, -(_weeks(item.started, as_of) or 0.0)) * item.staff


def _upkeep(item: Item, as_of: dt.date) -> Upkeep:
    if not isinstance(item, Model):
        return Upkeep(0.0, 0.0)
    retired = _weeks(item.retired, as_of)
    people = item.upkeep + (item.retrain.people if item.retrain else 0.0)
    return Upkeep(people, float("inf") if retired is None else retired)


def _spike(item: Item, policy: Policy, guesses: set[str]) -> SpikeTerms | None:
    if not isinstance(item, Spike):
        return None
    works, fails = item.yes_if_works, item.yes_if_not
    guesses |= {
        name for name, value in (("yes_if_works", works), ("yes_if_not", fails)) if value is None
    }
    return SpikeTerms(
        bet=item.informs,
        yes_if_works=policy.yes_if_works if works is None else works,
        yes_if_not=policy.yes_if_not if fails is None else fails,
        drops=item.on_refuted == "drop",
    )
