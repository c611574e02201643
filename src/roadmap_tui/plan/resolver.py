"""The plan as the forecast uses it: defaults filled in, and recorded as assumptions."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from roadmap_tui.plan.base import (
    DELIVERED_STATUSES,
    ENDED_STATUSES,
    OPEN_STATUSES,
    Kind,
    Pin,
    Status,
)
from roadmap_tui.plan.deadline import day_of, weeks_between, whole_days
from roadmap_tui.plan.dependencies import all_upstream, topological_order
from roadmap_tui.plan.estimate import NO_SHIFT, Estimate, Shift, Size
from roadmap_tui.plan.item_fields import BetFields
from roadmap_tui.plan.items import Item, Model, Product, Spike
from roadmap_tui.plan.model_fields import StageName
from roadmap_tui.plan.needs import Need, need_ids
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.roadmap import Plan, display_title, item_kind, item_track

_WEEKS_PER_YEAR = 365.25 / 7
_WEEKS_PER_PERIOD = {
    "month": _WEEKS_PER_YEAR / 12,
    "quarter": _WEEKS_PER_YEAR / 4,
    "year": _WEEKS_PER_YEAR,
}
_DELIVERABLE_STATUSES = OPEN_STATUSES | DELIVERED_STATUSES


@dataclass(frozen=True, slots=True)
class ResolvedStage:
    """One stage: its effort in person-weeks, its chance to pass, and its cost beside people."""

    name: StageName
    effort: Estimate
    chance: float
    is_remaining: bool
    compute: Estimate | None = None


@dataclass(frozen=True, slots=True)
class ResolvedSpike:
    """A spike as evidence about its bet: how often it says yes, and whether a no drops the bet."""

    bet: str | None
    yes_if_works: float
    yes_if_not: float
    drops_bet: bool


@dataclass(frozen=True, slots=True)
class ResolvedUpkeep:
    """People that a live model needs, with retraining, until it is retired."""

    people: float
    until: float


@dataclass(frozen=True, slots=True)
class ResolvedItem:
    """An item with its defaults filled in.

    Attributes:
        effort: person-weeks of the whole item; of a staged one, the sum of its stages' quantiles.
        stages: empty unless the effort follows from stages.
        chance: that it works, if attempted; None if it follows from the stages' chances.
        demand: reach, impact and confidence; None if it has no value of its own.
        spent: person-weeks of an active item so far; 0 for any other.
        actual: person-weeks of an ended item; None if not recorded.
        needs: what must be delivered; bars that are proven already are left out.
        earliest_start: weeks from the start of the forecast before which it may not begin.
        deadline: weeks from the start of the forecast to the end of the promised day.
        assumptions: names of the fields whose value is a default, or listed as an assumption.
        shift: the correction of its efforts that past estimates suggest.
    """

    id: str
    kind: Kind
    track: str
    title: str
    status: Status
    team: str | None
    staff: int
    effort: Estimate
    stages: tuple[ResolvedStage, ...]
    attempts: int
    chance: float | None
    demand: "ResolvedDemand | None"
    spent: float
    actual: float | None
    needs: tuple[Need, ...]
    fallback_for: str | None
    earliest_start: float
    deadline: float | None
    pin: Pin | None
    order: float
    upkeep: ResolvedUpkeep
    spike: ResolvedSpike | None
    assumptions: frozenset[str] = field(default_factory=frozenset)
    shift: Shift = NO_SHIFT

    @property
    def references(self) -> tuple[str, ...]:
        """The ids that it waits for: its needs with all options, and what it is a fallback for."""
        needed = tuple(need_ids(self.needs))
        return needed if self.fallback_for is None else (*needed, self.fallback_for)


@dataclass(frozen=True, slots=True)
class ResolvedDemand:
    """People reached, the effect on each, and the chance that they want it."""

    reach: Estimate
    impact: Estimate
    confidence: float


@dataclass(frozen=True)
class ResolvedPlan:
    """A plan with its defaults filled in.

    Attributes:
        horizon: weeks that the forecast looks ahead, to the end of a day.
        reach_period: weeks in which each item reaches its reach once.
        items: by id, in the order of the file.
        order: ids in topological order.
        team_sizes: people of each team.
        spikes_by_bet: the open spikes about each open bet.
    """

    as_of: dt.date
    horizon: float
    reach_period: float
    correlation: float
    seed: int
    policy: Policy
    items: dict[str, ResolvedItem]
    order: tuple[str, ...]
    team_sizes: dict[str, int]
    spikes_by_bet: dict[str, tuple[str, ...]]

    @cached_property
    def open_predecessors(self) -> dict[str, tuple[str, ...]]:
        """By open item, the open ones that decide about it: needs, spikes, what it replaces."""
        return {name: self._find_open_predecessors(item) for name, item in self.items.items()}

    def _find_open_predecessors(self, item: ResolvedItem) -> tuple[str, ...]:
        if item.status not in OPEN_STATUSES:
            return ()
        named = dict.fromkeys((*item.references, *self.spikes_by_bet.get(item.id, ())))
        existing = (name for name in named if name in self.items)
        return tuple(name for name in existing if self.items[name].status in OPEN_STATUSES)

    def preferred_option(self, need: Need) -> str:
        """The id that a need relies on: of a choice, the first that can still deliver."""
        ids = need.ids
        return next((name for name in ids if self._can_deliver(name)), ids[0])

    def has_delivered(self, name: str) -> bool:
        """Whether an item exists and is delivered already."""
        return name in self.items and self.items[name].status in DELIVERED_STATUSES

    def _can_deliver(self, name: str) -> bool:
        return name in self.items and self.items[name].status in _DELIVERABLE_STATUSES

    def weeks_until(self, day: dt.date) -> float:
        """Weeks from the start of the forecast to the end of `day`."""
        return weeks_between(self.as_of, day)

    def day_after(self, weeks: float) -> dt.date:
        """The day in which that many weeks end, or the last of the calendar."""
        return day_of(self.as_of, weeks)


def resolve_plan(
    plan: Plan, *, as_of: dt.date | None = None, seed: int | None = None
) -> ResolvedPlan:
    """Fill in the defaults of a plan.

    Args:
        plan: one without fatal faults.
        as_of: the day the forecast starts; left out, the file's, and else the clock's.
        seed: left out, the file's.
    """
    start = as_of or plan.roadmap.as_of or dt.date.today()
    return ResolvedPlan(
        as_of=start,
        horizon=whole_days(plan.roadmap.horizon),
        reach_period=_WEEKS_PER_PERIOD[plan.roadmap.reach_per],
        correlation=plan.roadmap.correlation,
        seed=plan.roadmap.seed if seed is None else seed,
        policy=plan.policy,
        items={
            name: build_resolved_item(plan, name, item, start) for name, item in plan.items.items()
        },
        order=topological_order(plan),
        team_sizes={name: team.people for name, team in plan.teams.items()},
        spikes_by_bet=_open_spikes_by_bet(plan),
    )


def _open_spikes_by_bet(plan: Plan) -> dict[str, tuple[str, ...]]:
    items = plan.items
    spikes: dict[str, tuple[str, ...]] = {}
    for name, spike in plan.spike.items():
        bet = spike.informs or ""
        if spike.status in OPEN_STATUSES and bet in items and items[bet].status in OPEN_STATUSES:
            spikes[bet] = (*spikes.get(bet, ()), name)
    return spikes


def uses_ai(plan: Plan, name: str) -> bool:
    """Whether an item is AI; a product item is if it needs a model, unless it is marked."""
    items = plan.items
    item = items[name]
    if not isinstance(item, Product):
        return True
    if item.ai is not None:
        return item.ai
    return _needs_model(plan, name)


def build_resolved_item(plan: Plan, name: str, item: Item, as_of: dt.date) -> ResolvedItem:
    """One item with its defaults filled in, as of a day."""
    assumptions = {*item.guesses, *_assumed_people(plan, item)}
    policy = plan.policy
    stages = _resolve_stages(item, policy, assumptions)
    return ResolvedItem(
        id=name,
        kind=item_kind(item),
        track=item_track(item),
        title=display_title(name, item.title),
        status=item.status,
        team=item.team if item.team in plan.teams else None,
        staff=_staff(item, policy),
        effort=_resolve_effort(item, stages, policy, assumptions),
        stages=stages,
        attempts=item.attempts if isinstance(item, Model) else 1,
        chance=_resolve_chance(plan, name, item, assumptions),
        demand=_resolve_demand(plan, item, assumptions),
        spent=_resolve_spent(item, policy, as_of),
        actual=item.spent if item.status in ENDED_STATUSES else None,
        needs=item.needs,
        fallback_for=item.fallback_for,
        earliest_start=_weeks_between(item.not_before, as_of) or 0.0,
        deadline=_weeks_between(item.deadline.day if item.deadline else None, as_of),
        pin=item.pin,
        order=float("inf") if item.order is None else item.order,
        upkeep=_resolve_upkeep(item, as_of),
        spike=_resolve_spike(item, policy, assumptions),
        assumptions=frozenset(assumptions),
    )


def is_launch_proven(model: Model) -> bool:
    """Whether a model has launch levels, all of them proven."""
    bars = {name: bar for name, bar in model.bars.items() if bar.launch is not None}
    return bool(bars) and all(bar.status(name) == "proven" for name, bar in bars.items())


def _weeks_between(day: dt.date | None, as_of: dt.date) -> float | None:
    return None if day is None else weeks_between(as_of, day)


def _effort_in_weeks(effort: Estimate | Size, policy: Policy) -> Estimate:
    return effort if isinstance(effort, Estimate) else policy.sizes.effort_of_size(effort)


def _resolve_stages(item: Item, policy: Policy, assumptions: set[str]) -> tuple[ResolvedStage, ...]:
    if not isinstance(item, Model) or item.stages is None:
        return ()
    given = item.stages.present()
    first = list(given).index(item.stage) if item.stage else 0
    resolved: list[ResolvedStage] = []
    for index, (name, stage) in enumerate(given.items()):
        effort = _effort_in_weeks(stage.effort, policy)
        is_remaining = index >= first
        if is_remaining and item.chance is None and "chance" not in stage.model_fields_set:
            assumptions.add("chance")
        is_sure = name == "evaluate" and is_launch_proven(item)
        chance = 1.0 if is_sure else stage.chance
        resolved.append(ResolvedStage(name, effort, chance, is_remaining, stage.compute))
    return tuple(resolved)


def _resolve_effort(
    item: Item, stages: tuple[ResolvedStage, ...], policy: Policy, assumptions: set[str]
) -> Estimate:
    if stages:
        efforts = [stage.effort for stage in stages]
        return Estimate(
            p10=sum(effort.p10 for effort in efforts),
            p50=sum(effort.p50 for effort in efforts),
            p90=sum(effort.p90 for effort in efforts),
        )
    if item.effort is not None:
        return _effort_in_weeks(item.effort, policy)
    if isinstance(item, Spike):
        if item.timebox is None and not policy.decides("timebox"):
            assumptions.add("timebox")
        return Estimate.exact((item.timebox or policy.timebox) * _staff(item, policy))
    if not policy.decides("size"):
        assumptions.add("effort")
    return policy.sizes.effort_of_size(policy.size)


def _assumed_people(plan: Plan, item: Item) -> Iterator[str]:
    """What is assumed of the people of an item; without a team they are unlimited."""
    if item.team not in plan.teams and item.status in OPEN_STATUSES:
        yield "team"
    if "staff" not in item.model_fields_set and not plan.policy.decides("staff"):
        yield "staff"


def _staff(item: Item, policy: Policy) -> int:
    return item.staff if "staff" in item.model_fields_set else policy.staff


def _resolve_chance(plan: Plan, name: str, item: Item, assumptions: set[str]) -> float | None:
    policy = plan.policy
    match item:
        case Spike():
            return 1.0
        case BetFields(chance=float() | int() as chance):
            return chance
        case Model(stages=None):
            return _chance_by_evidence(item, policy, assumptions)
        case Model():
            return None
        case Product(ai=True) if not _needs_model(plan, name):
            return _chance_by_evidence(item, policy, assumptions)
        case _:
            if not policy.decides("product_chance"):
                assumptions.add("chance")
            return policy.product_chance


def _chance_by_evidence(item: BetFields, policy: Policy, assumptions: set[str]) -> float:
    if not policy.decides("chance"):
        assumptions.add("chance")
    return policy.chance.for_evidence(item.evidence)


def _needs_model(plan: Plan, name: str) -> bool:
    return any(each in plan.model for each in all_upstream(plan.items, (name,)))


def _resolve_demand(plan: Plan, item: Item, assumptions: set[str]) -> ResolvedDemand | None:
    if isinstance(item, Spike):
        return None
    reach = item.reach
    if reach is None:
        reach = plan.roadmap.users if isinstance(item, Product) else None
        if reach is None:
            return None
        assumptions.add("reach")
    policy, confidence = plan.policy, item.confidence
    if confidence is None:
        confidence = policy.confidence.for_evidence(item.evidence)
        if not policy.decides("confidence"):
            assumptions.add("confidence")
    if item.impact is None and not policy.decides("impact"):
        assumptions.add("impact")
    return ResolvedDemand(reach, item.impact or Estimate.exact(policy.impact), confidence)


def _resolve_spent(item: Item, policy: Policy, as_of: dt.date) -> float:
    if item.status != "active":
        return 0.0
    if item.spent is not None:
        return item.spent
    return max(0.0, -(_weeks_between(item.started, as_of) or 0.0)) * _staff(item, policy)


def _resolve_upkeep(item: Item, as_of: dt.date) -> ResolvedUpkeep:
    if not isinstance(item, Model):
        return ResolvedUpkeep(0.0, 0.0)
    retired = _weeks_between(item.retired, as_of)
    people = item.upkeep + (item.retrain.people if item.retrain else 0.0)
    return ResolvedUpkeep(people, float("inf") if retired is None else retired)


def _resolve_spike(item: Item, policy: Policy, assumptions: set[str]) -> ResolvedSpike | None:
    if not isinstance(item, Spike):
        return None
    works, fails = item.yes_if_works, item.yes_if_not
    for name, given in (("yes_if_works", works), ("yes_if_not", fails)):
        if given is None and not policy.decides(name):
            assumptions.add(name)
    return ResolvedSpike(
        bet=item.informs,
        yes_if_works=policy.yes_if_works if works is None else works,
        yes_if_not=policy.yes_if_not if fails is None else fails,
        drops_bet=item.on_refuted == "drop",
    )
