"""Readiness of a model in answers: bars, segments, data, lifecycle."""

import datetime as dt
from typing import Literal, Self

from pydantic import Field

from roadmap_tui.answers.base import Number, View
from roadmap_tui.answers.shares import ShareView
from roadmap_tui.plan.items import Model
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.quality_bars import QualityBar
from roadmap_tui.plan.readiness.segments import DataSegment
from roadmap_tui.readiness.data_quality import data_assessment, data_floors
from roadmap_tui.readiness.lifecycle import model_upkeep, stale_weeks
from roadmap_tui.readiness.quality_bars import bar_assessment
from roadmap_tui.readiness.segments import (
    SegmentAssessment,
    measured_coverage,
    segment_assessments,
)


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
