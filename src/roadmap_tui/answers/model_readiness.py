"""Readiness of a model in answers: bars, segments, data, lifecycle."""

import datetime as dt
from typing import Self

from pydantic import Field

from roadmap_tui.answers.base import Number, View
from roadmap_tui.answers.shares import ShareView
from roadmap_tui.plan.items import Model
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.quality_bars import BarStatus, Better, QualityBar
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
    """A quality bar, with its newest measurement and its 95% interval."""

    bar: str
    metric: str
    better: Better
    guardrail: float | None = Field(description="The level that must never be crossed.")
    launch: float | None = Field(description="The level that must be proven before launch.")
    target: float | None = Field(description="The level to reach at last.")
    baseline: float | None = Field(description="The level without the model.")
    status: BarStatus = Field(
        description="How the newest measurement stands against the launch level."
    )
    value: Number | None = Field(description="The newest measurement.")
    low: Number | None = Field(description="The low end of its interval.")
    high: Number | None = Field(description="The high end of its interval.")
    on: dt.date | None = Field(description="The day of the measurement.")
    dataset: str | None = Field(description="The data it was measured on.")
    more_cases: int | None = Field(
        validation_alias="cases_missing",
        description=(
            "About how many more cases give an 80% chance to prove the launch level at the next"
            " look, if the true rate is the measured one."
        ),
    )
    chance_at_launch: Number | None = Field(
        validation_alias="p_reached",
        description="The chance that the true rate reaches the launch level.",
    )
    look: int = Field(description="How often the bar was looked at.")
    confidence_needed: Number | None = Field(
        description="The confidence that this look needs to prove the launch level."
    )
    confidence: Number | None = Field(
        description="1 - the chance of so good a result at exactly the launch level."
    )
    design_effect: Number = Field(
        description="How many times the variance is that of independent cases."
    )
    version: str | None = Field(description="The version of the model that was measured.")
    run: str | None = Field(description="The run of the evaluation.")
    gap_closed: Number | None = Field(
        description="The share of the way from the baseline to the target."
    )
    ppv: Number | None = Field(description="The positive predictive value at the bar's prevalence.")
    threshold: Number | None = Field(
        description="The probability from which a yes costs less than a no."
    )
    majority: Number | None = Field(
        validation_alias="majority_accuracy",
        description="For an accuracy: what always choosing the more common answer reaches.",
    )

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
            version=newest and newest.version,
            run=newest and newest.run,
        )


class SegmentRow(View):
    """A part of the cases."""

    segment: str
    kind: str | None
    share: float | None = Field(description="Its share of all cases.")
    floor: float | None = Field(description="The level that it must reach.")
    value: Number | None = Field(description="The measured rate.")
    low: Number | None = Field(None, description="The low end of its 95% interval.")
    high: Number | None = Field(None, description="The high end.")
    of: int | None = Field(None, description="The number of cases counted.")
    gap: Number | None = Field(description="The distance from the best segment.")
    misses: bool | None = Field(description="Whether `low` lies below the floor.")

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

    coverage: Number = Field(
        description="The share of all cases whose segment is counted well enough."
    )
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

    value: Number | None = Field(description="From 0 to 1.")
    floor: float = Field(description="The value that it must reach.")


class DatasetView(View):
    """The data a model stands on; the worst dimension counts."""

    dataset: str | None
    on: dt.date | None
    dimensions: dict[str, DimensionView] = Field(description="By name.")
    accuracy_interval: list[Number] | None = Field(
        min_length=2, max_length=2, description="The 95% interval of the accuracy of the labels."
    )
    score: Number | None = Field(description="The geometric mean of the dimensions.")
    worst: str | None = Field(description="The dimension that is lowest relative to its floor.")
    fails: bool | None = Field(description="Whether that one is below its floor.")

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
    chance: float = Field(description="The chance to pass it.")
    at: bool = Field(description="Whether the model is in it now.")


class LifecycleView(View):
    """What a model takes, live."""

    stages: list[StageRow]
    upkeep: Number = Field(
        description="People whom it keeps busy once it is live, retraining included."
    )
    stale_weeks: Number | None = Field(description="Weeks since it went stale, negative before.")
    monitor: str | None = Field(description="What is watched once it is live.")

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
