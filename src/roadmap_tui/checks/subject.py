"""A plan as the checks look at it: with its forecast, and with what several of them ask for."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from roadmap_tui.checks.values import Time
from roadmap_tui.fitness.amounts import Draw, drawn
from roadmap_tui.fitness.segments import segment_fits, widest_gap
from roadmap_tui.forecast.draws import Source, chance_of
from roadmap_tui.forecast.spikes import SpikeWorth
from roadmap_tui.forecast.summary import Bucket, Forecast
from roadmap_tui.history.asking import Unavailable
from roadmap_tui.history.past import Past
from roadmap_tui.plan.failing import Waiting
from roadmap_tui.plan.faults import Fault, KeyPath
from roadmap_tui.plan.items import Item, Model, Product, Spike
from roadmap_tui.plan.links import all_behind
from roadmap_tui.plan.needs import all_need_ids
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.resolve import DELIVERED, OPEN, Resolved, Terms, is_ai, resolve
from roadmap_tui.plan.resting import behind
from roadmap_tui.plan.roadmap import Plan, kind_of

WANTED = OPEN | {"idea"}
"""What may still be built."""
NEAR_STAGES = ("evaluate", "deploy")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a plan beside itself.

    Attributes:
        forecast: all ages count to the day it starts.
        faults: those that did not hinder it.
        past: what git tells, or why it tells nothing; None if it has not been asked.
        worths: by id, what each open spike's answer is worth (see `run.worths`); nothing if that is not known.
    """

    forecast: Forecast
    faults: tuple[Fault, ...] = ()
    past: Past | Unavailable | None = None
    worths: Mapping[str, SpikeWorth] = field(default_factory=dict)


class Subject:
    """One plan.

    Attributes:
        known: what is known of it.
        checks: the ids of all checks.
    """

    def __init__(self, plan: Plan, known: Known, checks: frozenset[str]) -> None:
        self.plan = plan
        self.known = known
        self.checks = checks
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
    def resolved(self) -> Resolved:
        """The plan with every default in its place."""
        return resolve(self.plan, as_of=self.as_of, seed=self.forecast.seed)

    @cached_property
    def source(self) -> Source:
        """Where the futures' numbers come from."""
        return Source(self.forecast.seed, self.forecast.futures)

    @property
    def past(self) -> Past:
        """What git tells; nothing where it does not."""
        return self.known.past if isinstance(self.known.past, Past) else Past()

    def terms(self, name: str) -> Terms:
        """An item with every default in its place."""
        return self.resolved.terms[name]

    def draw(self, name: str) -> Draw:
        """The amounts of an item in the futures of the forecast."""
        return drawn(self.source, name)

    def path(self, name: str, *more: str | int) -> KeyPath:
        """Where something of an item stands."""
        return (kind_of(self.items[name]), name, *more)

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
            self._ai[name] = is_ai(self.plan, name)
        return self._ai[name]

    def behind(self, name: str) -> tuple[str, ...]:
        """All that an item waits for, the nearest first; of a choice, the first that may deliver."""
        if name not in self._behind:
            self._behind[name] = tuple(behind(self.items, name))
        return self._behind[name]

    def all_behind(self, name: str) -> Iterator[str]:
        """All that an item waits for, every way of a choice included."""
        return all_behind(self.items, (name,))

    @cached_property
    def serving(self) -> frozenset[str]:
        """What features wait for, every way of a choice included, and what stands in for that."""
        wanted = [name for name, _ in self.products(*WANTED, "live")]
        served = set(all_behind(self.items, wanted))
        while (
            more := {name for name, item in self.items.items() if item.instead_of in served}
            - served
        ):
            served |= more | set(all_behind(self.items, more))
        return frozenset(served)

    def models_behind(self, name: str) -> tuple[str, ...]:
        """The models that an item rests on, however far away."""
        if name not in self._models:
            self._models[name] = tuple(
                each for each in self.behind(name) if each in self.plan.model
            )
        return self._models[name]

    @cached_property
    def waiting(self) -> Waiting:
        """What the open items wait for."""
        return Waiting.of(self.plan, self.resolved.order)

    @cached_property
    def _replaced(self) -> frozenset[str]:
        """What has a plan B."""
        return frozenset(
            item.instead_of
            for item in self.items.values()
            if item.instead_of and item.status in WANTED | DELIVERED
        )

    def has_plan_b(self, name: str) -> bool:
        """Whether another item is done where this one doesn't deliver."""
        return name in self._replaced

    def has_fallback(self, name: str) -> bool:
        """Whether it is written down what is done where an item doesn't deliver."""
        item = self.items[name]
        return self.has_plan_b(name) or (
            isinstance(item, Product) and bool((item.or_else or "").strip())
        )

    def is_uncertain(self, name: str) -> bool:
        """Whether an item is still to do, and may not work."""
        return self.items[name].status in OPEN and chance_of(self.terms(name)) < 1

    def gap(self, name: str) -> float | None:
        """How far the worst segment of the models behind a feature lies behind the best; None if none was counted."""
        gaps = (
            widest_gap(segment_fits(self.plan.model[each].segments))
            for each in self.models_behind(name)
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
                needed = all_need_ids(item.needs) if self.is_ai(name) else ()
                models = [each for each in needed if each in self.plan.model]
                self._near[name] = item.status in OPEN and (
                    self.bucket(name) == "now" or any(self.is_near(each) for each in models)
                )
        return self._near[name]

    def _is_near(self, name: str, model: Model) -> bool:
        if model.status not in OPEN:
            return False
        if model.stage in NEAR_STAGES or model.status == "active":
            return True
        return self.bucket(name) == "now" and name not in self.resolved.spikes

    def is_time(self, time: Time, name: str) -> bool:
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
