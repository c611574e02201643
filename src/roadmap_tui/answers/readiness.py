"""The answer of `readiness`: whether AI items are fit to ship.

No accuracy is shown without its interval and its failure modes.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Literal, Self

from pydantic import AliasPath, Field

from roadmap_tui.answers.base import MISSING, Answer, Number, View
from roadmap_tui.forecast.simulation.amounts import Amount, mean, median_of
from roadmap_tui.narrative.readiness.assessment import Readiness
from roadmap_tui.plan.base import Kind, Status
from roadmap_tui.plan.intervals import wilson_interval
from roadmap_tui.plan.items import Model, Product
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.failure_modes import FailureMode
from roadmap_tui.plan.readiness.latency import LatencyBudget
from roadmap_tui.plan.readiness.oversight import Oversight
from roadmap_tui.plan.readiness.quality_bars import QualityBar
from roadmap_tui.plan.readiness.segments import DataSegment
from roadmap_tui.plan.roadmap import display_title, item_kind
from roadmap_tui.readiness.data_quality import data_assessment, data_floors
from roadmap_tui.readiness.failure_modes import failure_harm, failure_rate
from roadmap_tui.readiness.latency import (
    latency_budget,
    latency_error_budget_used,
    latency_headroom,
)
from roadmap_tui.readiness.lifecycle import model_upkeep, stale_weeks
from roadmap_tui.readiness.oversight import (
    LEVELS,
    feature_review_load,
    oversight_evidence,
    reviewers_needed,
    should_demote,
    unmet_conditions,
)
from roadmap_tui.readiness.quality_bars import bar_assessment
from roadmap_tui.readiness.segments import (
    SegmentAssessment,
    measured_coverage,
    segment_assessments,
)
from roadmap_tui.readiness.trust import (
    activation_rate,
    rising_cohorts,
    total_decisions,
    trust_alarm,
    trust_floor,
    trust_state,
    value_rate,
    weekly_overrides,
)

_PER = 10_000


def _mean(amount: Amount | None) -> float | None:
    return None if amount is None else mean(amount)


class BreachRow(View):
    """A live bar that lies below its guardrail."""

    id: str
    bar: str


class TeamUpkeepRow(View):
    """People whom live models keep busy: now, and once all have shipped."""

    team: str
    people: int
    upkeep: Number = Field(validation_alias="live")
    upkeep_all: Number = Field(validation_alias="planned")


class VerdictView(View):
    """How one side of an item stands."""

    level: str
    word: str


def _verdicts(readiness: Readiness, name: str) -> dict[str, VerdictView]:
    return {each.topic: VerdictView.read(each.verdict) for each in readiness.assessments(name)}


class BarRow(View):
    """A quality bar, with its newest measurement and its 95 % interval."""

    bar: str
    metric: str
    better: Literal["higher", "lower"]
    guardrail: float | None
    launch: float | None
    target: float | None
    baseline: float | None
    status: Literal["proven", "likely", "below", "unmeasured", "breach"]
    value: Number | None
    low: Number | None
    high: Number | None
    on: dt.date | None
    dataset: str | None
    more_cases: int | None = Field(validation_alias="cases_missing")
    chance_at_launch: Number | None = Field(validation_alias="p_reached")
    gap_closed: Number | None
    ppv: Number | None
    threshold: Number | None
    majority: Number | None = Field(validation_alias="majority_accuracy")

    @classmethod
    def of(cls, name: str, bar: QualityBar) -> Self:
        """A bar, and how it stands."""
        fit, newest = bar_assessment(name, bar), bar.newest_measurement()
        reading = fit.reading
        return cls.read(
            fit,
            bar,
            bar=name,
            metric=bar.metric or name,
            value=reading and reading.value,
            low=reading and reading.low,
            high=reading and reading.high,
            on=newest and newest.on,
            dataset=newest and newest.dataset,
        )


class SegmentRow(View):
    """A part of the cases."""

    segment: str
    kind: str | None
    share: float | None
    floor: float | None
    value: Number | None
    low: Number | None = None
    high: Number | None = None
    of: int | None = None
    gap: Number | None
    misses: bool | None

    @classmethod
    def from_segment(cls, name: str, segment: DataSegment, fit: SegmentAssessment | None) -> Self:
        """A part of the cases, and how it stands against its floor."""
        counted: dict[str, object] = {"value": None}
        if segment.hits is not None and segment.of:
            share = ShareView.of(segment.hits, segment.of)
            counted = share.model_dump(by_alias=True)
        return cls.read(
            segment=name,
            kind=segment.kind,
            share=segment.share,
            floor=segment.floor,
            gap=fit.gap if fit else None,
            misses=fit.is_below_floor if fit else None,
            **counted,
        )


class SegmentsView(View):
    """The parts, and what share of the cases is counted well enough."""

    coverage: Number
    items: list[SegmentRow]

    @classmethod
    def of(cls, model: Model, policy: Policy) -> Self | None:
        """The segments of a model; None if it has none."""
        if not model.segments:
            return None
        fits = {fit.name: fit for fit in segment_assessments(model.segments)}
        return cls(
            coverage=measured_coverage(model.segments, policy.segment_cases),
            items=[
                SegmentRow.from_segment(name, segment, fits.get(name))
                for name, segment in model.segments.items()
            ],
        )


class DimensionView(View):
    """One side of how good data is."""

    value: Number | None
    floor: float


class DatasetView(View):
    """The data a model stands on; the worst dimension counts."""

    dataset: str | None
    on: dt.date | None
    dimensions: dict[str, DimensionView]
    accuracy_interval: list[Number] | None = Field(min_length=2, max_length=2)
    score: Number | None
    worst: str | None
    fails: bool | None

    @classmethod
    def of(cls, model: Model, policy: Policy) -> Self | None:
        """The data of a model; None if its table is missing."""
        data = model.data
        if data is None:
            return None
        fit, floors = data_assessment(data, policy), data_floors(data, policy)
        values = fit.values if fit is not None else {}
        return cls(
            dataset=data.dataset,
            on=data.on,
            dimensions={
                name: DimensionView(value=values.get(name), floor=floor)
                for name, floor in floors.items()
            },
            accuracy_interval=list(fit.accuracy) if fit and fit.accuracy else None,
            score=fit.score if fit else None,
            worst=fit.worst_dimension if fit else None,
            fails=fit.is_below_floor if fit else None,
        )


class StageRow(View):
    """A stage of a model's work."""

    stage: str
    chance: float
    at: bool


class LifecycleView(View):
    """What a model takes, live."""

    stages: list[StageRow]
    upkeep: Number
    stale_weeks: Number | None
    monitor: str | None

    @classmethod
    def of(cls, model: Model, as_of: dt.date) -> Self:
        """The stages of a model, and what keeps it up."""
        stages = model.stages.present() if model.stages is not None else {}
        return cls(
            stages=[
                StageRow(stage=name, chance=stage.chance, at=name == model.stage)
                for name, stage in stages.items()
            ],
            upkeep=model_upkeep(model),
            stale_weeks=stale_weeks(model, as_of),
            monitor=model.monitor.signal if model.monitor else None,
        )


class ShareView(View):
    """A counted share and its 95 % interval."""

    value: Number | None
    low: Number
    high: Number
    cases: int = Field(serialization_alias="of")

    @classmethod
    def of(cls, hits: int, cases: int) -> Self:
        """The share of `hits` among `cases`."""
        low, high = wilson_interval(hits, cases)
        return cls(value=hits / cases if cases else None, low=low, high=high, cases=cases)


class TrustView(View):
    """Whether people go along with the answers."""

    override: ShareView
    trust: Number | None
    alarm: float
    floor: float | None
    state: str | None
    course: list[Number | None]
    rising: list[str]
    activated: Number | None
    valued: Number | None

    @classmethod
    def of(cls, item: Product, policy: Policy) -> Self | None:
        """Whether people trust a feature; None if it has no such table."""
        trust = item.trust
        if trust is None:
            return None
        stakes = item.oversight.stakes if item.oversight is not None else None
        made = total_decisions(trust.weeks)
        alarm, floor = trust_alarm(trust, policy), trust_floor(trust, stakes, policy)
        own = trust.activation
        return cls(
            override=ShareView.of(made.overridden, made.decided),
            trust=_mean(made.trust_rate),
            alarm=alarm,
            floor=floor,
            state=trust_state(made, alarm, floor),
            course=list(weekly_overrides(trust.weeks)),
            rising=list(rising_cohorts(trust)),
            activated=_mean(activation_rate(own)) if own is not None else None,
            valued=_mean(value_rate(own)) if own is not None else None,
        )


class StepRow(View):
    """A part of an answer's time."""

    step: str = Field(validation_alias="name")
    ms: Number = Field(validation_alias=AliasPath("ms", "p50"))


class LatencyView(View):
    """How long an answer may take and does, in milliseconds."""

    budget_ms: float | None
    steps: list[StepRow]
    headroom: Number | None
    p50: float | None
    p95: float | None
    p99: float | None
    error_budget_burnt: Number | None

    @classmethod
    def of(cls, latency: LatencyBudget | None, policy: Policy) -> Self | None:
        """How fast a feature answers; None if it has no such table."""
        if latency is None:
            return None
        timing = latency.measured
        return cls.read(
            latency,
            budget_ms=latency_budget(latency),
            headroom=_mean(latency_headroom(latency, median_of)),
            p50=timing and timing.p50,
            p95=timing and timing.p95,
            p99=timing and timing.p99,
            error_budget_burnt=_mean(latency_error_budget_used(latency, policy)),
        )


class MissingCondition(View):
    """What is missing for the next rung."""

    what: str = Field(validation_alias="condition")
    has: Number | None = Field(validation_alias="actual")
    wants: Number | None = Field(validation_alias="required")


class OversightView(View):
    """How much it may do without a person."""

    level: int | None
    name: str | None
    stakes: str | None
    reversible: bool | None
    kill_switch: bool | None
    missing: list[MissingCondition] | None
    demoted: bool
    reviewing: Number | None
    reviewers: int | None

    @classmethod
    def of(cls, oversight: Oversight | None, item: Product, gap: float | None) -> Self | None:
        """Who looks over a feature; None if it has no such table."""
        if oversight is None:
            return None
        weeks = item.trust.weeks if item.trust is not None else ()
        busy = (
            feature_review_load(oversight.review, median_of)
            if oversight.review is not None
            else None
        )
        return cls.read(
            oversight,
            name=None if oversight.level is None else LEVELS[oversight.level],
            missing=unmet_conditions(oversight, oversight_evidence(weeks, gap), busy),
            demoted=oversight.demote_if is not None and should_demote(oversight.demote_if, weeks),
            reviewing=_mean(busy),
            reviewers=None if busy is None else reviewers_needed(busy),
        )


class FailureModeRow(View):
    """A way of being wrong."""

    failure: str
    example: str | None
    hurts: str | None
    severity: str | None
    rate: Number | None
    low: Number | None
    high: Number | None
    of_10000_a_day: Number | None
    harm_per_1000: Number | None
    mitigation: str | None
    fallback: str | None

    @classmethod
    def of(cls, name: str, failure: FailureMode) -> Self:
        """A failure mode, how often it comes about, and what it costs."""
        often = failure_rate(failure)
        counted = failure.hits is not None and bool(failure.of)
        low, high = wilson_interval(failure.hits or 0, failure.of or 0) if counted else (None, None)
        return cls.read(
            failure,
            failure=name,
            rate=_mean(often),
            low=low,
            high=high,
            of_10000_a_day=None if often is None else often * _PER,
            harm_per_1000=_mean(failure_harm(name, failure, median_of)),
        )


class ReadinessItem(View):
    """One item: of models the first, of features the second group of keys, of both the failures."""

    id: str
    kind: Kind
    title: str
    status: Status
    models: list[str]
    volume_day: Number | None
    verdicts: dict[str, VerdictView]
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
            volume_day=_mean(readiness.daily_volume(name)),
            verdicts=_verdicts(readiness, name),
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
    verdicts: dict[str, VerdictView]


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
    as_of: dt.date
    breaches: list[BreachRow]
    teams: list[TeamUpkeepRow]
    items: list[ReadinessItem]
    scenario: str | None = None
    base: BaselineReadiness | None = None

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
