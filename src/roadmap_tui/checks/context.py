"""A plan as the checks look at it: with its forecast, and with what several of them ask for."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from roadmap_tui.checks.rule import AppliesFrom
from roadmap_tui.forecast.analysis.value_of_information import SpikeValue
from roadmap_tui.forecast.simulation.amounts import AmountSampler, amount_sampler
from roadmap_tui.forecast.simulation.results import Bucket, Forecast
from roadmap_tui.forecast.simulation.sampling import RandomSource, success_chance
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.plan_history import PlanHistory
from roadmap_tui.plan.base import DELIVERED_STATUSES, OPEN_STATUSES
from roadmap_tui.plan.dependencies import all_upstream, upstream
from roadmap_tui.plan.failure_impact import DependencyState
from roadmap_tui.plan.faults import Fault, KeyPath
from roadmap_tui.plan.items import Item, Model, Product, Spike
from roadmap_tui.plan.needs import need_ids
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.resolver import ResolvedItem, ResolvedPlan, resolve_plan, uses_ai
from roadmap_tui.plan.roadmap import Plan, item_kind
from roadmap_tui.readiness.segments import segment_assessments, widest_gap

OPEN_OR_IDEA = OPEN_STATUSES | {"idea"}
"""What may still be built."""
LAUNCH_STAGES = ("evaluate", "deploy")


@dataclass(frozen=True, slots=True)
class CheckInputs:
    """What checks need beside the plan itself.

    Attributes:
        forecast: all ages count to the day it starts.
        faults: those that did not hinder it.
        history: what git tells, or why it tells nothing; None if it has not been asked.
        spike_values: by id, what each open spike's answer is worth (see `run.worths`); nothing if that is not known.
    """

    forecast: Forecast
    faults: tuple[Fault, ...] = ()
    history: PlanHistory | GitUnavailable | None = None
    spike_values: Mapping[str, SpikeValue] = field(default_factory=dict)


class CheckContext:
    """One plan.

    Attributes:
        inputs: what is known of it.
        check_ids: the ids of all checks.
    """

    def __init__(self, plan: Plan, known: CheckInputs, checks: frozenset[str]) -> None:
        self.plan = plan
        self.inputs = known
        self.check_ids = checks
        self.forecast = known.forecast
        self._behind: dict[str, tuple[str, ...]] = {}
        self._models: dict[str, tuple[str, ...]] = {}
        self._near: dict[str, bool] = {}
        self._ai: dict[str, bool] = {}

    # What it is made of

    @property
    def as_of(self) -> dt.date:
        """The day to which all ages are counted."""
        return self.forecast.as_of

    @property
    def policy(self) -> Policy:
        """The thresholds."""
        return self.plan.policy

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item by its id."""
        return self.plan.items

    @cached_property
    def resolved(self) -> ResolvedPlan:
        """The plan with every default in its place."""
        return resolve_plan(self.plan, as_of=self.as_of, seed=self.forecast.seed)

    @cached_property
    def source(self) -> RandomSource:
        """Where the runs' numbers come from."""
        return RandomSource(self.forecast.seed, self.forecast.runs)

    @property
    def history(self) -> PlanHistory:
        """What git tells; nothing where it does not."""
        return (
            self.inputs.history if isinstance(self.inputs.history, PlanHistory) else PlanHistory()
        )

    def resolved_item(self, name: str) -> ResolvedItem:
        """An item with every default in its place."""
        return self.resolved.items[name]

    def sampled_amounts(self, name: str) -> AmountSampler:
        """The amounts of an item in the runs of the forecast."""
        return amount_sampler(self.source, name)

    def item_path(self, name: str, *more: str | int) -> KeyPath:
        """Where something of an item stands."""
        return (item_kind(self.items[name]), name, *more)

    def days_since(self, date: dt.date) -> int:
        """How many days ago that is; negative if it is still to come."""
        return (self.as_of - date).days

    # Which items

    def products(self, *statuses: str) -> Iterator[tuple[str, Product]]:
        """The product items of these statuses."""
        return ((name, item) for name, item in self.plan.product.items() if item.status in statuses)

    def features(self, *statuses: str) -> Iterator[tuple[str, Product]]:
        """The product items of these statuses that rest on a model."""
        return ((name, item) for name, item in self.products(*statuses) if self.is_ai(name))

    def models(self, *statuses: str) -> Iterator[tuple[str, Model]]:
        """The models of these statuses."""
        return ((name, item) for name, item in self.plan.model.items() if item.status in statuses)

    def spikes(self, *statuses: str) -> Iterator[tuple[str, Spike]]:
        """The spikes of these statuses."""
        return ((name, item) for name, item in self.plan.spike.items() if item.status in statuses)

    # What hangs on what

    def is_ai(self, name: str) -> bool:
        """Whether a product item rests on a model."""
        if name not in self._ai:
            self._ai[name] = uses_ai(self.plan, name)
        return self._ai[name]

    def upstream(self, name: str) -> tuple[str, ...]:
        """All that an item waits for, the nearest first; of a choice, the first that may deliver."""
        if name not in self._behind:
            self._behind[name] = tuple(upstream(self.items, name))
        return self._behind[name]

    def all_upstream(self, name: str) -> Iterator[str]:
        """All that an item waits for, every way of a choice included."""
        return all_upstream(self.items, (name,))

    @cached_property
    def serving_features(self) -> frozenset[str]:
        """What features wait for, every way of a choice included, and what stands in for that."""
        wanted = [name for name, _ in self.products(*OPEN_OR_IDEA, "live")]
        served = set(all_upstream(self.items, wanted))
        while (
            more := {name for name, item in self.items.items() if item.fallback_for in served}
            - served
        ):
            served |= more | set(all_upstream(self.items, more))
        return frozenset(served)

    def upstream_models(self, name: str) -> tuple[str, ...]:
        """The models that an item rests on, however far away."""
        if name not in self._models:
            self._models[name] = tuple(
                each for each in self.upstream(name) if each in self.plan.model
            )
        return self._models[name]

    @cached_property
    def dependency_state(self) -> DependencyState:
        """What the open items wait for."""
        return DependencyState.from_plan(self.plan, self.resolved.order)

    @cached_property
    def _with_fallback_item(self) -> frozenset[str]:
        """What has a plan B."""
        return frozenset(
            item.fallback_for
            for item in self.items.values()
            if item.fallback_for and item.status in OPEN_OR_IDEA | DELIVERED_STATUSES
        )

    def has_fallback_item(self, name: str) -> bool:
        """Whether another item is done where this one doesn't deliver."""
        return name in self._with_fallback_item

    def has_fallback(self, name: str) -> bool:
        """Whether it is written down what is done where an item doesn't deliver."""
        item = self.items[name]
        return self.has_fallback_item(name) or (
            isinstance(item, Product) and bool((item.fallback or "").strip())
        )

    def is_uncertain(self, name: str) -> bool:
        """Whether an item is still to do, and may not work."""
        return (
            self.items[name].status in OPEN_STATUSES
            and success_chance(self.resolved_item(name)) < 1
        )

    def segment_gap(self, name: str) -> float | None:
        """How far the worst segment of the models behind a feature lies behind the best; None if none was counted."""
        gaps = (
            widest_gap(segment_assessments(self.plan.model[each].segments))
            for each in self.upstream_models(name)
        )
        return max((gap for gap in gaps if gap is not None), default=None)

    # Whether it is time

    def bucket(self, name: str) -> Bucket | None:
        """Now, Next or Later; None of what is no longer to be done."""
        return self.forecast.items[name].bucket

    def is_live(self, name: str | None) -> bool:
        """Whether an item runs."""
        item = self.items.get(name or "")
        return (
            item is not None
            and item.status == "live"
            and (item.retired is None or item.retired > self.as_of)
        )

    def is_near(self, name: str) -> bool:
        """Whether an item is near launch: it or a model that it needs itself is Now, or at its evaluation or beyond.

        A model whose spike is still to answer is not, unless work on it has begun: nobody knows whether it is wanted.
        What a model needs, its data and its test cases, brings no feature nearer.
        """
        if name not in self._near:
            item = self.items[name]
            if isinstance(item, Model):
                self._near[name] = self._is_near(name, item)
            else:
                needed = need_ids(item.needs) if self.is_ai(name) else ()
                models = [each for each in needed if each in self.plan.model]
                self._near[name] = item.status in OPEN_STATUSES and (
                    self.bucket(name) == "now" or any(self.is_near(each) for each in models)
                )
        return self._near[name]

    def _is_near(self, name: str, model: Model) -> bool:
        if model.status not in OPEN_STATUSES:
            return False
        if model.stage in LAUNCH_STAGES or model.status == "active":
            return True
        return self.bucket(name) == "now" and name not in self.resolved.spikes_by_bet

    def applies_to(self, time: AppliesFrom, name: str) -> bool:
        """Whether a check that is asked from a time on is to speak of an item."""
        item = self.items[name]
        match time:
            case "always":
                return True
            case "next":
                return self.is_live(name) or self.bucket(name) in {"now", "next"}
            case "active":
                return item.status == "active"
            case "evaluate":
                return self.is_live(name) or self.is_near(name)
            case "live":
                return self.is_live(name)
