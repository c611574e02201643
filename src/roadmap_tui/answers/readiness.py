"""The answer of `readiness`: whether AI items are fit to ship.

No accuracy is shown without its interval and its failure modes.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Literal, Self

from pydantic import Field

from roadmap_tui.answers.base import MISSING, Answer, Number, View
from roadmap_tui.answers.feature_readiness import LatencyView, OversightView, TrustView
from roadmap_tui.answers.model_readiness import BarRow, DatasetView, LifecycleView, SegmentsView
from roadmap_tui.answers.shares import optional_mean
from roadmap_tui.forecast.simulation.amounts import median_of
from roadmap_tui.narrative.readiness.assessment import Readiness
from roadmap_tui.plan.base import Kind, Status
from roadmap_tui.plan.faults import format_path
from roadmap_tui.plan.intervals import wilson_interval
from roadmap_tui.plan.items import Model, Product
from roadmap_tui.plan.readiness.failure_modes import FailureMode
from roadmap_tui.plan.roadmap import display_title, item_kind
from roadmap_tui.readiness.failure_modes import (
    failure_harm,
    failure_harm_interval,
    failure_rate,
)
from roadmap_tui.readiness.judgement import Aspect, Judgement, JudgementLevel

_PER = 10_000


class BreachRow(View):
    """A live bar that lies below its guardrail."""

    id: str
    bar: str


class TeamUpkeepRow(View):
    """People whom live models keep busy: now, and once all have shipped."""

    team: str
    people: int
    upkeep: Number = Field(
        validation_alias="live", description="People whom live models keep busy."
    )
    upkeep_all: Number = Field(
        validation_alias="planned", description="The same, once all models are live."
    )


class VerdictView(View):
    """How one side of an item stands."""

    level: str
    word: str = Field(description="The verdict in a word or two.")


class JudgementRow(View):
    """How one aspect of an item stands, and the evidence that this rests on."""

    aspect: Aspect
    issue: str = Field(description="What exactly is judged.")
    field: str = Field(description="The field that it is about, below the item.")
    level: JudgementLevel
    reason: str = Field(description="Why, with its figures.")
    evidence: str = Field(description="Counts, dates or a sentence; empty where there is none.")

    @classmethod
    def of(cls, judgement: Judgement) -> Self:
        """A judgement of the one judge that screens and checks read."""
        return cls.read(judgement, field=format_path(judgement.path))


def _verdicts(readiness: Readiness, name: str) -> dict[str, VerdictView]:
    return {each.topic: VerdictView.read(each.verdict) for each in readiness.assessments(name)}


class FailureModeRow(View):
    """A way of being wrong."""

    failure: str
    example: str | None
    hurts: str | None = Field(description="Whom it hurts.")
    severity: str | None
    rate: Number | None = Field(description="The share of cases in which it comes about.")
    low: Number | None = Field(description="The low end of the 95% interval of the rate.")
    high: Number | None = Field(description="The high end.")
    of_10000_a_day: Number | None = Field(description="How many of 10,000 cases.")
    harm_per_1000: Number | None = Field(description="Its cost in 1,000 cases.")
    harm_interval: list[Number] | None = Field(
        min_length=2, max_length=2, description="That at both ends of the rate's interval."
    )
    mitigation: str | None
    fallback: str | None

    @classmethod
    def of(cls, name: str, failure: FailureMode) -> Self:
        """A failure mode, how often it comes about, and what it costs."""
        often, ends = failure_rate(failure), failure_harm_interval(failure)
        counted = failure.hits is not None and bool(failure.of)
        low, high = wilson_interval(failure.hits or 0, failure.of or 0) if counted else (None, None)
        return cls.read(
            failure,
            failure=name,
            rate=optional_mean(often),
            low=low,
            high=high,
            of_10000_a_day=None if often is None else often * _PER,
            harm_per_1000=optional_mean(failure_harm(name, failure, median_of)),
            harm_interval=None if ends is None else list(ends),
        )


class ReadinessItem(View):
    """One item: of models the first, of features the second group of keys, of both the failures."""

    id: str
    kind: Kind
    title: str
    status: Status
    models: list[str] = Field(description="The models it rests on.")
    volume_day: Number | None = Field(description="Cases per day.")
    verdicts: dict[str, VerdictView] = Field(description="By topic.")
    judgements: list[JudgementRow] = Field(description="What the verdicts rest on.")
    bars: list[BarRow] | None = None
    segments: SegmentsView | None = None
    data: DatasetView | None = None
    lifecycle: LifecycleView | None = None
    explanation: str | None = None
    trust: TrustView | None = None
    latency: LatencyView | None = None
    oversight: OversightView | None = None
    failures: list[FailureModeRow]

    @classmethod
    def of(cls, readiness: Readiness, name: str) -> Self:
        """All that shows whether one item is fit."""
        item = readiness.plan.items[name]
        failures = item.failures if isinstance(item, Product | Model) else {}
        return cls.read(
            id=name,
            kind=item_kind(item),
            title=display_title(name, item.title),
            status=item.status,
            models=readiness.models(name),
            volume_day=optional_mean(readiness.daily_volume(name)),
            verdicts=_verdicts(readiness, name),
            judgements=[JudgementRow.of(each) for each in readiness.judge.judgements(name)],
            failures=[FailureModeRow.of(*pair) for pair in failures.items()],
            **(_model_values(readiness, item) if isinstance(item, Model) else {}),
            **(_product_values(readiness, name, item) if isinstance(item, Product) else {}),
        )


def _model_values(readiness: Readiness, item: Model) -> dict[str, object]:
    policy = readiness.plan.policy
    return {
        "bars": [BarRow.of(*pair) for pair in item.bars.items()],
        "segments": SegmentsView.of(item, policy),
        "data": DatasetView.of(item, policy),
        "lifecycle": LifecycleView.of(item, readiness.as_of),
    }


def _product_values(readiness: Readiness, name: str, item: Product) -> dict[str, object]:
    policy = readiness.plan.policy
    return {
        "explanation": item.explanation,
        "trust": TrustView.of(item, policy),
        "latency": LatencyView.of(item.latency, policy),
        "oversight": OversightView.of(item.oversight, item, readiness.segment_gap(name)),
    }


class BaselineReadinessItem(View):
    """How an item stands without the scenario."""

    id: str
    status: Status
    verdicts: dict[str, VerdictView] = Field(description="By topic.")


class BaselineReadiness(View):
    """The plan without the scenario."""

    breaches: list[BreachRow]
    items: list[BaselineReadinessItem]

    @classmethod
    def of(cls, base: Readiness, name: str | None = None) -> Self:
        """How all or one of the items stand without the scenario."""
        return cls.read(
            base,
            items=[
                BaselineReadinessItem(
                    id=each, status=base.plan.items[each].status, verdicts=_verdicts(base, each)
                )
                for each in _chosen(base, name)
                if each in base.plan.items
            ],
        )


def _chosen(readiness: Readiness, name: str | None) -> Iterable[str]:
    return readiness.worst_first if name is None else (name,)


class ReadinessAnswer(Answer):
    """Whether AI features and models are fit to ship."""

    kind: Literal["readiness"]
    as_of: dt.date = Field(description="The day of the assessment.")
    breaches: list[BreachRow] = Field(description="Live bars below their guardrail.")
    teams: list[TeamUpkeepRow]
    items: list[ReadinessItem]
    scenario: str | None = Field(None, description="The id of the scenario.")
    base: BaselineReadiness | None = Field(None, description="The plan without the scenario.")

    @classmethod
    def of(
        cls,
        readiness: Readiness,
        name: str | None = None,
        scenario: tuple[str, Readiness] | None = None,
    ) -> Self:
        """How ready the AI items of a plan are.

        Args:
            readiness: of the plan.
            name: of this item only; None for all, the worst first.
            scenario: the name of the scenario shown, and the readiness without it.
        """
        label, base = scenario or (MISSING, None)
        return cls.read(
            readiness,
            teams=readiness.upkeep_loads.values(),
            items=[ReadinessItem.of(readiness, each) for each in _chosen(readiness, name)],
            scenario=label,
            base=MISSING if base is None else BaselineReadiness.of(base, name),
        )
