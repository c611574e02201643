"""Whether AI features and models are fit to ship: all that the tables of an item say, topic by topic."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from roadmap_tui.files.display import printable
from roadmap_tui.fitness.segments import segment_fits, widest_gap
from roadmap_tui.plan.bars import Reading
from roadmap_tui.plan.items import Item, Model, Product, Spike
from roadmap_tui.plan.resolve import is_ai
from roadmap_tui.plan.resting import models_behind
from roadmap_tui.plan.roadmap import Plan, title_of
from roadmap_tui.report.fitness_quality import (
    bar_verdict,
    bars_finding,
    failures_finding,
    segments_finding,
    value_of,
)
from roadmap_tui.report.fitness_signs import Finding, Topic, Verdict, ago, plain_level
from roadmap_tui.report.fitness_upkeep import TeamLoad, data_finding, team_loads, upkeep_finding
from roadmap_tui.report.fitness_use import latency_finding, oversight_finding, trust_finding

_ENDED = {"failed", "dropped"}
_A_MONTH = 365.25 / 12
TOPICS: dict[Topic, str] = {
    "quality": "quality",
    "segments": "segments",
    "trust": "trust",
    "latency": "latency",
    "data": "data",
    "upkeep": "upkeep",
    "oversight": "oversight",
    "failures": "failure modes",
}
"""What is looked at, in this order."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A bar of a live model, of which the whole interval lies beyond the guardrail."""

    id: str
    title: str
    bar: str
    reading: Reading
    guardrail: float
    better: str

    @property
    def text(self) -> str:
        """It in words."""
        side = "above" if self.better == "lower" else "below"
        return f"✗ breach: {self.title}, {self.bar} {side} {plain_level(self.guardrail)}"


class Fitness:
    """How fit the AI items of a plan are on a day; worked out when it is looked at."""

    def __init__(self, plan: Plan, as_of: dt.date) -> None:
        self.plan = plan
        self.as_of = as_of
        self._findings: dict[str, tuple[Finding, ...]] = {}
        self._models: dict[str, tuple[str, ...]] = {}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The AI items that may ship or have shipped, in the order of the file."""
        items = self.plan.items.items()
        return tuple(
            name for name, item in items if item.status not in _ENDED and self.concerns(name)
        )

    def concerns(self, name: str) -> bool:
        """Whether an item is a model, rests on one, or has a table of an AI feature."""
        item = self.plan.items[name]
        if isinstance(item, Spike):
            return False
        tabled = isinstance(item, Product) and (
            item.trust or item.oversight or item.latency or item.failures
        )
        return bool(tabled) or is_ai(self.plan, name)

    @cached_property
    def worst_first(self) -> tuple[str, ...]:
        """The same, those first that have the worst to be told, and of these the live ones."""
        return tuple(sorted(self.ids, key=self._place))

    def _place(self, name: str) -> tuple[int, ...]:
        weights = sorted(-each.verdict.weight for each in self.findings(name))
        is_live = self.plan.items[name].status == "live"
        return (
            weights[0] if weights else 1,
            not is_live,
            *(weight for weight in weights[1:] if weight),
        )

    @cached_property
    def breaches(self) -> tuple[Breach, ...]:
        """The breached bars of live models."""
        return tuple(
            Breach(name, self.title(name), printable(bar_name), reading, bar.guardrail, bar.better)
            for name, model in self.plan.model.items()
            if model.status == "live"
            for bar_name, bar in model.bars.items()
            if bar.guardrail is not None and bar.status(bar_name) == "breach"
            if (reading := bar.latest(bar_name)) is not None
        )

    @cached_property
    def loads(self) -> dict[str, TeamLoad]:
        """Upkeep by team."""
        return team_loads(self.plan, self.as_of)

    def title(self, name: str) -> str:
        """An item's title, safe to show."""
        return printable(title_of(name, self.plan.items[name].title))

    def findings(self, name: str) -> tuple[Finding, ...]:
        """What there is to say about an item, by topic."""
        if name not in self._findings:
            self._findings[name] = tuple(self._found(name))
        return self._findings[name]

    def verdict(self, name: str, topic: Topic) -> Verdict | None:
        """How an item stands in one topic; None if nothing is told of that."""
        return next((each.verdict for each in self.findings(name) if each.topic == topic), None)

    def worst(self, name: str) -> Finding | None:
        """The finding that matters most; None if there is none."""
        return max(self.findings(name), key=lambda each: each.verdict.weight, default=None)

    def matters(self, name: str) -> str:
        """What matters most of an item, an accuracy with what its errors look like; empty if nothing is told."""
        worst = self.worst(name)
        if worst is None:
            return ""
        is_model = name in self.plan.model and worst.topic == "quality"
        return f"{worst.first}{self._errors(name) if is_model else ''}"

    def models(self, name: str) -> tuple[str, ...]:
        """The models that an item rests on, however far away; of a choice, the first that may deliver."""
        if name not in self._models:
            self._models[name] = tuple(models_behind(self.plan, name))
        return self._models[name]

    def per_day(self, name: str) -> float | None:
        """How many answers a day an item gives, or the first feature on it that tells; None if nobody says."""
        item = self.plan.items[name]
        told = _per_day(item)
        if told is not None or not isinstance(item, Model):
            return told
        return self._volumes.get(name)

    @cached_property
    def _volumes(self) -> dict[str, float]:
        """By model, the answers a day of the first feature that rests on it and has a volume."""
        volumes: dict[str, float] = {}
        for name, product in self.plan.product.items():
            if volume := _per_day(product):
                for model in self.models(name):
                    volumes.setdefault(model, volume)
        return volumes

    def _found(self, name: str) -> Iterator[Finding]:
        item, policy = self.plan.items[name], self.plan.policy
        if isinstance(item, Product):
            yield from self._through_models(name)
            yield from self._in_use(name, item)
        if isinstance(item, Model):
            parts = (
                bars_finding(item.bars, self.as_of, self.per_day(name)),
                segments_finding(item.segments, policy),
                data_finding(item.data, policy, self.as_of) if item.data is not None else None,
                upkeep_finding(item, self.loads.get(item.team or ""), self.as_of),
            )
            yield from (each for each in parts if each is not None)
        if isinstance(item, Product | Model) and (
            item.failures or (isinstance(item, Model) and item.bars)
        ):
            yield failures_finding(item.failures, self.per_day(name))

    def _in_use(self, name: str, item: Product) -> Iterator[Finding]:
        policy, plan = self.plan.policy, self.plan
        stakes = item.oversight.stakes if item.oversight is not None else None
        if item.trust is not None:
            yield trust_finding(item.trust, stakes, policy, plan.roadmap.activation)
        elif item.status == "live":
            yield Finding(
                "trust",
                Verdict("bad", "no counts"),
                lambda: ("live, and nobody counts the overrides",),
            )
        if item.latency is not None:
            yield latency_finding(item.latency, policy)
        if item.oversight is not None:
            yield oversight_finding(item.oversight, item.trust, self.gap(name))

    def _through_models(self, name: str) -> Iterator[Finding]:
        """How the models that a feature rests on stand."""
        told = [
            (bar_verdict(bar_name, bar), each, bar_name)
            for each in self.models(name)
            for bar_name, bar in self.plan.model[each].bars.items()
        ]
        told.sort(key=lambda each: -each[0].weight)

        def tell() -> Iterator[str]:
            seen = set[str]()
            for verdict, model, bar_name in told:
                errors = "" if model in seen else self._errors(model)
                seen.add(model)
                yield f"{self._bar_told(model, bar_name)}: {verdict.word}{errors}"

        if told:
            yield Finding("quality", told[0][0], tell)

    def _bar_told(self, model: str, bar_name: str) -> str:
        """A bar of a model, its value and its launch level."""
        bar = self.plan.model[model].bars[bar_name]
        reading = bar.latest(bar_name)
        figure = f" {value_of(bar, reading)}" if reading is not None else ""
        launch = f", launch {plain_level(bar.launch)}" if bar.launch is not None else ""
        return f"{self.title(model)}, {printable(bar_name)}{figure}{launch}"

    def _errors(self, model: str) -> str:
        """The names of a model's failure modes."""
        names = ", ".join(map(printable, self.plan.model[model].failures))
        return f"; fails by {names}" if names else "; no failure modes told"

    def gap(self, name: str) -> float | None:
        """How far the worst segment of the models behind a feature lies behind the best; None if none was counted."""
        gaps = (
            widest_gap(segment_fits(self.plan.model[each].segments)) for each in self.models(name)
        )
        return max((gap for gap in gaps if gap is not None), default=None)

    def measured(self, name: str) -> str:
        """How long ago an item's bars were measured last, or those it rests on; empty if never."""
        own = self.plan.items[name]
        models = (
            [own]
            if isinstance(own, Model)
            else [self.plan.model[each] for each in self.models(name)]
        )
        days = [
            newest.on
            for model in models
            for bar in model.bars.values()
            if (newest := bar.newest()) is not None
        ]
        return ago(min(days), self.as_of) if days else ""


def _per_day(item: Item) -> float | None:
    if isinstance(item, Model):
        return None if item.volume_month is None else item.volume_month.p50 / _A_MONTH
    if not isinstance(item, Product):
        return None
    review = item.oversight.review if item.oversight is not None else None
    if review is not None and review.per_day is not None:
        return review.per_day.p50
    volume = item.cost.volume_month if item.cost is not None else None
    return None if volume is None else volume.p50 / _A_MONTH
