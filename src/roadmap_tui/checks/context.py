"""A plan as the checks see it: its forecast, its history, and what several rules need."""

import datetime as dt
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from roadmap_tui.checks.applicability import AppliesFrom
from roadmap_tui.forecast.simulation.amounts import AmountSampler, amount_sampler
from roadmap_tui.forecast.simulation.results import Bucket, Forecast
from roadmap_tui.forecast.simulation.sampling import RandomSource, success_chance
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.plan_history import PlanHistory
from roadmap_tui.money.spike_study import SpikeStudy
from roadmap_tui.plan.base import DELIVERED_STATUSES, OPEN_STATUSES
from roadmap_tui.plan.dependencies import all_upstream, upstream
from roadmap_tui.plan.failure_impact import DependencyState
from roadmap_tui.plan.faults import Fault, KeyPath
from roadmap_tui.plan.items import Item, Model, Product, Spike
from roadmap_tui.plan.needs import need_ids
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.resolver import ResolvedItem, ResolvedPlan, resolve_plan, uses_ai
from roadmap_tui.plan.roadmap import Plan, display_title, item_kind
from roadmap_tui.readiness.judge import ReadinessJudge
from roadmap_tui.readiness.judgement import Judgement

OPEN_OR_IDEA = OPEN_STATUSES | {"idea"}
"""The statuses of what may still be built."""
LAUNCH_STAGES = ("evaluate", "deploy")


@dataclass(frozen=True, slots=True)
class CheckInputs:
    """What checks need beside the plan itself.

    Attributes:
        forecast: its first day is the one that ages count to.
        faults: the faults that did not prevent the forecast.
        history: the earlier versions, or why they are unknown; None if they were not requested.
        spikes: what the open spikes do; empty if unknown.
    """

    forecast: Forecast
    faults: tuple[Fault, ...] = ()
    history: PlanHistory | GitUnavailable | None = None
    spikes: SpikeStudy = field(default_factory=SpikeStudy)


class CheckContext:
    """A plan and what the rules derive from it, each derived once.

    Attributes:
        inputs: what the checks need beside the plan.
        check_ids: the ids of all checks.
    """

    def __init__(self, plan: Plan, inputs: CheckInputs, check_ids: frozenset[str]) -> None:
        self.plan = plan
        self.inputs = inputs
        self.check_ids = check_ids
        self.forecast = inputs.forecast
        self._upstream: dict[str, tuple[str, ...]] = {}
        self._models: dict[str, tuple[str, ...]] = {}
        self._near: dict[str, bool] = {}
        self._ai: dict[str, bool] = {}

    # The plan, its forecast and its history

    @property
    def as_of(self) -> dt.date:
        """The day that ages count to."""
        return self.forecast.as_of

    @property
    def policy(self) -> Policy:
        """The thresholds of the checks."""
        return self.plan.policy

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item by its id."""
        return self.plan.items

    @cached_property
    def resolved(self) -> ResolvedPlan:
        """The plan with all defaults filled in."""
        return resolve_plan(self.plan, as_of=self.as_of, seed=self.forecast.seed)

    @cached_property
    def source(self) -> RandomSource:
        """Where the runs' numbers come from."""
        return RandomSource(self.forecast.seed, self.forecast.runs)

    @property
    def history(self) -> PlanHistory:
        """The earlier versions of the plan; empty where they are unknown."""
        history = self.inputs.history
        return history if isinstance(history, PlanHistory) else PlanHistory()

    def resolved_item(self, name: str) -> ResolvedItem:
        """An item with all defaults filled in."""
        return self.resolved.items[name]

    def sampled_amounts(self, name: str) -> AmountSampler:
        """The sampled amounts of an item, in the runs of the forecast."""
        return amount_sampler(self.source, name)

    def item_path(self, name: str, *more: str | int) -> KeyPath:
        """The path of an item, or of a field in it."""
        return (item_kind(self.items[name]), name, *more)

    def title(self, name: str) -> str:
        """An item's title, as findings name it."""
        return display_title(name, self.items[name].title)

    def days_since(self, date: dt.date) -> int:
        """The number of days since a date; negative for a future one."""
        return (self.as_of - date).days

    # Items by kind and status

    def products(self, *statuses: str) -> Iterator[tuple[str, Product]]:
        """The product items of these statuses."""
        return ((name, item) for name, item in self.plan.product.items() if item.status in statuses)

    def features(self, *statuses: str) -> Iterator[tuple[str, Product]]:
        """The product items of these statuses that use a model."""
        return ((name, item) for name, item in self.products(*statuses) if self.is_ai(name))

    def models(self, *statuses: str) -> Iterator[tuple[str, Model]]:
        """The models of these statuses."""
        return ((name, item) for name, item in self.plan.model.items() if item.status in statuses)

    def spikes(self, *statuses: str) -> Iterator[tuple[str, Spike]]:
        """The spikes of these statuses."""
        return ((name, item) for name, item in self.plan.spike.items() if item.status in statuses)

    # Dependencies

    def is_ai(self, name: str) -> bool:
        """Whether an item uses a model."""
        if name not in self._ai:
            self._ai[name] = uses_ai(self.plan, name)
        return self._ai[name]

    def upstream(self, name: str) -> tuple[str, ...]:
        """All that an item depends on, nearest first; of alternatives, the first possible one."""
        if name not in self._upstream:
            self._upstream[name] = tuple(upstream(self.items, name))
        return self._upstream[name]

    def all_upstream(self, name: str) -> Iterator[str]:
        """All that an item depends on, with every alternative."""
        return all_upstream(self.items, (name,))

    @cached_property
    def serving_features(self) -> frozenset[str]:
        """All that features depend on, with every alternative and every fallback item."""
        features = [name for name, _ in self.products(*OPEN_OR_IDEA, "live")]
        serving = set(all_upstream(self.items, features))
        while added := self._fallbacks_for(serving) - serving:
            serving |= added | set(all_upstream(self.items, added))
        return frozenset(serving)

    def _fallbacks_for(self, names: Container[str | None]) -> set[str]:
        return {name for name, item in self.items.items() if item.fallback_for in names}

    def upstream_models(self, name: str) -> tuple[str, ...]:
        """The models that an item depends on, directly or indirectly."""
        if name not in self._models:
            self._models[name] = tuple(
                each for each in self.upstream(name) if each in self.plan.model
            )
        return self._models[name]

    @cached_property
    def dependency_state(self) -> DependencyState:
        """What the open items depend on."""
        return DependencyState.from_plan(self.plan, self.resolved.order)

    @cached_property
    def _with_fallback_item(self) -> frozenset[str]:
        return frozenset(
            item.fallback_for
            for item in self.items.values()
            if item.fallback_for and item.status in OPEN_OR_IDEA | DELIVERED_STATUSES
        )

    def has_fallback_item(self, name: str) -> bool:
        """Whether another item is done if this one doesn't deliver."""
        return name in self._with_fallback_item

    def has_fallback(self, name: str) -> bool:
        """Whether the plan says what is done if an item doesn't deliver."""
        item = self.items[name]
        if self.has_fallback_item(name):
            return True
        return isinstance(item, Product) and bool((item.fallback or "").strip())

    def is_uncertain(self, name: str) -> bool:
        """Whether an item is open, and may not work."""
        is_open = self.items[name].status in OPEN_STATUSES
        return is_open and success_chance(self.resolved_item(name)) < 1

    # Readiness, as the one judge sees it

    @cached_property
    def judge(self) -> ReadinessJudge:
        """The judge of the plan's AI items."""
        return ReadinessJudge(self.plan, self.as_of)

    @cached_property
    def _judged(self) -> dict[str, list[tuple[str, Judgement]]]:
        """The judgements that ask for something, by issue, each with its item."""
        found: dict[str, list[tuple[str, Judgement]]] = {}
        for name in self.items:
            for each in self.judge.judgements(name):
                if each.is_finding:
                    found.setdefault(each.issue, []).append((name, each))
        return found

    def judged(self, issue: str) -> tuple[tuple[str, Judgement], ...]:
        """The judgements of an issue that ask for something, each with its item."""
        return tuple(self._judged.get(issue, ()))

    # Whether a check applies yet

    def bucket(self, name: str) -> Bucket | None:
        """Now, Next or Later; None for an item that isn't open."""
        return self.forecast.items[name].bucket

    def is_live(self, name: str | None) -> bool:
        """Whether an item is in use."""
        item = self.items.get(name or "")
        if item is None or item.status != "live":
            return False
        return item.retired is None or item.retired > self.as_of

    def is_near(self, name: str) -> bool:
        """Whether an item is near launch: Now, or a model at evaluation, or needing such a model.

        A model with an open spike isn't near, unless work on it has begun: it may not be wanted.
        Only the models that a feature needs directly count: data or test cases that a model needs
        bring no feature nearer.
        """
        if name not in self._near:
            item = self.items[name]
            if isinstance(item, Model):
                self._near[name] = self._is_near_model(name, item)
            else:
                self._near[name] = self._is_near_feature(name, item)
        return self._near[name]

    def _is_near_model(self, name: str, model: Model) -> bool:
        if model.status not in OPEN_STATUSES:
            return False
        if model.stage in LAUNCH_STAGES or model.status == "active":
            return True
        return self.bucket(name) == "now" and name not in self.resolved.spikes_by_bet

    def _is_near_feature(self, name: str, item: Item) -> bool:
        if item.status not in OPEN_STATUSES:
            return False
        if self.bucket(name) == "now":
            return True
        needed = need_ids(item.needs) if self.is_ai(name) else ()
        return any(self.is_near(each) for each in needed if each in self.plan.model)

    def applies_to(self, time: AppliesFrom, name: str) -> bool:
        """Whether a check with that start applies to an item now."""
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
