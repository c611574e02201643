"""Readiness of AI features and models, topic by topic."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from roadmap_tui.narrative.readiness.failure_modes import failure_modes_topic
from roadmap_tui.narrative.readiness.latency import latency_topic
from roadmap_tui.narrative.readiness.oversight import oversight_topic
from roadmap_tui.narrative.readiness.quality import (
    bar_verdict,
    bars_topic,
    format_reading,
)
from roadmap_tui.narrative.readiness.segments import segments_topic
from roadmap_tui.narrative.readiness.trust import trust_topic
from roadmap_tui.narrative.readiness.upkeep import (
    TeamUpkeepLoad,
    data_topic,
    team_upkeep_loads,
    upkeep_topic,
)
from roadmap_tui.narrative.readiness.verdict import (
    ReadinessLevel,
    ReadinessTopic,
    TopicAssessment,
    TopicVerdict,
    format_days_ago,
)
from roadmap_tui.plan.items import Item, Model, Product, Spike
from roadmap_tui.plan.readiness.quality_bars import MeasuredValue
from roadmap_tui.plan.resolver import uses_ai
from roadmap_tui.plan.roadmap import Plan, display_title
from roadmap_tui.readiness.judge import ReadinessJudge
from roadmap_tui.readiness.judgement import Aspect, Judgement, JudgementLevel, worst_level
from roadmap_tui.text.numbers import format_set_level
from roadmap_tui.text.terminal_text import escape_control

_ENDED = {"failed", "dropped"}
_DAYS_A_MONTH = 365.25 / 12
TOPIC_ASPECTS: dict[ReadinessTopic, frozenset[Aspect]] = {
    "quality": frozenset({"quality"}),
    "segments": frozenset({"segments"}),
    "trust": frozenset({"trust", "cohorts", "activation", "churn"}),
    "latency": frozenset({"latency"}),
    "data": frozenset({"data"}),
    "upkeep": frozenset({"monitoring", "retraining"}),
    "oversight": frozenset({"oversight"}),
    "failures": frozenset({"failure modes"}),
}
"""The aspects that are judged in each topic."""
_LEVELS: dict[JudgementLevel, ReadinessLevel] = {
    "not applicable": "good",
    "ok": "good",
    "unknown": "unknown",
    "watch": "watch",
    "bad": "bad",
}
_HAVE_SENTENCES = {
    "guardrail",
    "missed bar",
    "unproven bar",
    "unmeasured bar",
    "segment floor",
    "uncounted segment",
    "mitigation",
    "uncounted overrides",
    "overrides",
    "stamping",
    "cohort overrides",
    "rising overrides",
    "churn of users",
    "no budget",
    "budget of its kind",
    "steps",
    "percentiles of steps",
    "p95",
    "error budget",
    "data floor",
    "rights to data",
    "stale model",
    "no age limit",
    "demotion",
    "reviewers",
}
"""The issues that the sentences of a topic cover."""
TOPIC_LABELS: dict[ReadinessTopic, str] = {
    "quality": "quality",
    "segments": "segments",
    "trust": "trust",
    "latency": "latency",
    "data": "data",
    "upkeep": "upkeep",
    "oversight": "oversight",
    "failures": "failure modes",
}
"""Topics in display order, with their labels."""


@dataclass(frozen=True, slots=True)
class GuardrailBreach:
    """A live model's bar whose whole interval is beyond the guardrail."""

    id: str
    title: str
    bar: str
    reading: MeasuredValue
    guardrail: float
    better: str

    @property
    def text(self) -> str:
        """The breach as text."""
        side = "above" if self.better == "lower" else "below"
        return f"✗ breach: {self.title}, {self.bar} {side} {format_set_level(self.guardrail)}"


class Readiness:
    """Readiness of a plan's AI items on a day; computed on demand."""

    def __init__(self, plan: Plan, as_of: dt.date) -> None:
        self.plan = plan
        self.as_of = as_of
        self.judge = ReadinessJudge(plan, as_of)
        self._assessments: dict[str, tuple[TopicAssessment, ...]] = {}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """AI items that are open or live, in file order."""
        items = self.plan.items.items()
        return tuple(
            name for name, item in items if item.status not in _ENDED and self.applies_to(name)
        )

    def applies_to(self, name: str) -> bool:
        """Whether an item is a model, uses one, or has a table of an AI feature."""
        item = self.plan.items[name]
        if isinstance(item, Spike):
            return False
        tabled = isinstance(item, Product) and (
            item.trust or item.oversight or item.latency or item.failures
        )
        return bool(tabled) or uses_ai(self.plan, name)

    @cached_property
    def worst_first(self) -> tuple[str, ...]:
        """The same ids, worst first, live items before others."""
        return tuple(sorted(self.ids, key=self._sort_key))

    def _sort_key(self, name: str) -> tuple[int, ...]:
        weights = sorted(-each.verdict.severity for each in self.assessments(name))
        is_live = self.plan.items[name].status == "live"
        # filled up with 0, so that of two items the one with more concerns comes first
        others = [*weights[1:], *(0 for _ in TOPIC_LABELS)]
        return (weights[0] if weights else 1, not is_live, *others[: len(TOPIC_LABELS)])

    @cached_property
    def breaches(self) -> tuple[GuardrailBreach, ...]:
        """Breached bars of live models."""
        return tuple(self._breaches())

    def _breaches(self) -> Iterator[GuardrailBreach]:
        for name, model in self.plan.model.items():
            if model.status != "live":
                continue
            for bar_name, bar in model.bars.items():
                reading = bar.latest_value(bar_name)
                if bar.guardrail is None or reading is None or bar.status(bar_name) != "breach":
                    continue
                shown = escape_control(bar_name)
                yield GuardrailBreach(
                    name, self.title(name), shown, reading, bar.guardrail, bar.better
                )

    @cached_property
    def upkeep_loads(self) -> dict[str, TeamUpkeepLoad]:
        """Upkeep by team."""
        return team_upkeep_loads(self.plan, self.as_of)

    def title(self, name: str) -> str:
        """An item's title, escaped for display."""
        return escape_control(display_title(name, self.plan.items[name].title))

    def assessments(self, name: str) -> tuple[TopicAssessment, ...]:
        """The assessment of each topic that is recorded."""
        if name not in self._assessments:
            assessed = (self._with_judged_level(name, each) for each in self._assess(name))
            self._assessments[name] = tuple(assessed)
        return self._assessments[name]

    def judged_level(self, name: str, topic: ReadinessTopic) -> ReadinessLevel:
        """The worst level that was judged in a topic; ``unknown`` where nothing was."""
        return _LEVELS[worst_level(self._judged(name, topic))]

    def _judged(self, name: str, topic: ReadinessTopic) -> Iterator[Judgement]:
        aspects = TOPIC_ASPECTS[topic]
        return (each for each in self.judge.judgements(name) if each.aspect in aspects)

    def _with_judged_level(self, name: str, topic: TopicAssessment) -> TopicAssessment:
        """A topic at the judged level, with the reasons for it that its sentences don't give.

        A feature's quality is that of its models, and a breach stays one.
        """
        verdict, is_live = topic.verdict, self.plan.items[name].status == "live"
        if topic.topic == "upkeep" and not is_live:
            return topic
        if verdict.level == "breach" or (topic.topic == "quality" and name in self.plan.product):
            return topic
        judged = TopicVerdict(self.judged_level(name, topic.topic), verdict.word)
        worst = max((judged, verdict), key=lambda each: each.severity)
        reasons = tuple(
            escape_control(each.reason)
            for each in self._judged(name, topic.topic)
            if each.is_finding and each.issue not in _HAVE_SENTENCES
        )

        def write_sentences() -> Iterator[str]:
            yield from topic.write_sentences()
            yield from reasons

        return TopicAssessment(topic.topic, worst, write_sentences)

    def verdict(self, name: str, topic: ReadinessTopic) -> TopicVerdict | None:
        """The verdict of one topic; None if it is not recorded."""
        return next((each.verdict for each in self.assessments(name) if each.topic == topic), None)

    def worst(self, name: str) -> TopicAssessment | None:
        """The most severe assessment; None if there is none."""
        return max(self.assessments(name), key=lambda each: each.verdict.severity, default=None)

    def main_concern(self, name: str) -> str:
        """The main sentence of the worst topic, with failure modes for accuracy; may be empty."""
        worst = self.worst(name)
        if worst is None:
            return ""
        is_model = name in self.plan.model and worst.topic == "quality"
        return f"{worst.main_sentence}{self._failure_mode_clause(name) if is_model else ''}"

    def models(self, name: str) -> tuple[str, ...]:
        """All models upstream of an item; of a choice, the first that may deliver."""
        return self.judge.models(name)

    def daily_volume(self, name: str) -> float | None:
        """Answers per day of an item or of the first feature that uses it; None if unknown."""
        item = self.plan.items[name]
        volume = _stated_daily_volume(item)
        if volume is not None or not isinstance(item, Model):
            return volume
        return self._volumes.get(name)

    @cached_property
    def _volumes(self) -> dict[str, float]:
        """Answers per day by model: those of the first feature that uses it."""
        volumes: dict[str, float] = {}
        for name, product in self.plan.product.items():
            if volume := _stated_daily_volume(product):
                for model in self.models(name):
                    volumes.setdefault(model, volume)
        return volumes

    def _assess(self, name: str) -> Iterator[TopicAssessment]:
        item = self.plan.items[name]
        if isinstance(item, Product):
            yield from self._assess_models(name)
            yield from self._assess_usage(name, item)
            if item.failures:
                yield failure_modes_topic(item.failures, self.daily_volume(name))
        elif isinstance(item, Model):
            yield from self._assess_model(name, item)

    def _assess_model(self, name: str, item: Model) -> Iterator[TopicAssessment]:
        policy, volume = self.plan.policy, self.daily_volume(name)
        topics = (
            bars_topic(item.bars, self.as_of, volume),
            segments_topic(item.segments, policy),
            data_topic(item.data, policy, self.as_of) if item.data is not None else None,
            upkeep_topic(item, self.upkeep_loads.get(item.team or ""), self.as_of),
        )
        yield from (each for each in topics if each is not None)
        if item.failures or item.bars:
            yield failure_modes_topic(item.failures, volume)

    def _assess_usage(self, name: str, item: Product) -> Iterator[TopicAssessment]:
        policy, plan = self.plan.policy, self.plan
        if item.trust is not None:
            level = self.judged_level(name, "trust")
            yield trust_topic(item, policy, plan.roadmap.activation, level)
        elif item.status == "live":
            yield TopicAssessment(
                "trust",
                TopicVerdict("bad", "no counts"),
                lambda: ("live, and overrides are not counted",),
            )
        if item.latency is not None:
            yield latency_topic(item.latency, policy, self.judged_level(name, "latency"))
        if item.oversight is not None:
            yield oversight_topic(item.oversight, item.trust, self.segment_gap(name))

    def _assess_models(self, name: str) -> Iterator[TopicAssessment]:
        """The state of a feature's models."""
        bars: list[tuple[TopicVerdict, str, str]] = []
        for model in self.models(name):
            for bar_name, bar in self.plan.model[model].bars.items():
                bars.append((bar_verdict(bar_name, bar), model, bar_name))
        bars.sort(key=lambda each: -each[0].severity)

        def write_sentences() -> Iterator[str]:
            seen = set[str]()
            for verdict, model, bar_name in bars:
                errors = "" if model in seen else self._failure_mode_clause(model)
                seen.add(model)
                yield f"{self._bar_clause(model, bar_name)}: {verdict.word}{errors}"

        if bars:
            yield TopicAssessment("quality", bars[0][0], write_sentences)

    def _bar_clause(self, model: str, bar_name: str) -> str:
        """A model's bar with value and launch level."""
        bar = self.plan.model[model].bars[bar_name]
        reading = bar.latest_value(bar_name)
        figure = f" {format_reading(bar, reading)}" if reading is not None else ""
        launch = f", launch {format_set_level(bar.launch)}" if bar.launch is not None else ""
        return f"{self.title(model)}, {escape_control(bar_name)}{figure}{launch}"

    def _failure_mode_clause(self, model: str) -> str:
        """The names of a model's failure modes."""
        names = ", ".join(map(escape_control, self.plan.model[model].failures))
        return f"; fails by {names}" if names else "; no failure modes recorded"

    def segment_gap(self, name: str) -> float | None:
        """The largest gap between best and worst segment of a feature's models; None if unknown."""
        return self.judge.segment_gap(name)

    def measured_ago(self, name: str) -> str:
        """How long ago the oldest bar was measured; empty if never."""
        models = (name,) if isinstance(self.plan.items[name], Model) else self.models(name)
        bars = chain.from_iterable(self.plan.model[each].bars.values() for each in models)
        newest = [bar.newest_measurement() for bar in bars]
        days = [each.on for each in newest if each is not None]
        return format_days_ago(min(days), self.as_of) if days else ""


def _stated_daily_volume(item: Item) -> float | None:
    if isinstance(item, Model):
        return None if item.volume_month is None else item.volume_month.p50 / _DAYS_A_MONTH
    if not isinstance(item, Product):
        return None
    review = item.oversight.review if item.oversight is not None else None
    if review is not None and review.per_day is not None:
        return review.per_day.p50
    volume = item.cost.volume_month if item.cost is not None else None
    return None if volume is None else volume.p50 / _DAYS_A_MONTH
