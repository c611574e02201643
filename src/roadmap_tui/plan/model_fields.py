"""Fields of a model and of the options to obtain one."""

import datetime as dt
from typing import Annotated, Literal, Self, TypeAlias, get_args

from pydantic import Field, model_validator

from roadmap_tui.plan.base import Chance, Day, NonNegative, Positive, Table
from roadmap_tui.plan.estimate import EffortField, Estimate, EstimateField, Size
from roadmap_tui.plan.field_docs import field_doc
from roadmap_tui.plan.readiness.model_data import ModelData
from roadmap_tui.plan.readiness.operation import MonitoringSignal, RetrainingPlan
from roadmap_tui.plan.readiness.quality_bars import QualityBar
from roadmap_tui.plan.readiness.segments import DataSegment
from roadmap_tui.plan.validators import fault_error

StageName: TypeAlias = Literal["data", "train", "evaluate", "deploy"]
STAGES: tuple[StageName, ...] = get_args(StageName)


class Stage(Table):
    """One stage of a model's work."""

    effort: Annotated[
        EffortField,
        field_doc("Effort", "Effort of the stage.", example=[3, 4, 9], unit="person-weeks"),
    ]
    chance: Annotated[
        Chance, field_doc("Chance it passes", "Chance that the stage passes.", example=0.8)
    ] = 1.0
    compute: Annotated[
        EstimateField | None,
        field_doc("Compute", "Cost of computing in the stage.", example=3000, unit="money"),
    ] = None


class Stages(Table):
    """The stages of a model's work, in their order."""

    data: Annotated[
        Stage | None,
        field_doc(
            "Data", "Collecting and labelling data.", example={"effort": [2, 3, 6], "chance": 0.9}
        ),
    ] = None
    train: Annotated[
        Stage | None,
        field_doc("Train", "Training the model.", example={"effort": [2, 4, 12], "chance": 0.8}),
    ] = None
    evaluate: Annotated[
        Stage | None,
        field_doc(
            "Evaluate", "Evaluating the model.", example={"effort": [1, 2, 4], "chance": 0.8}
        ),
    ] = None
    deploy: Annotated[
        Stage | None,
        field_doc("Deploy", "Putting the model into production.", example={"effort": [0.5, 1, 2]}),
    ] = None

    def present(self) -> dict[StageName, Stage]:
        """The stages that are set, in order."""
        both = zip(STAGES, (self.data, self.train, self.evaluate, self.deploy), strict=True)
        return {name: stage for name, stage in both if stage is not None}

    @model_validator(mode="after")
    def _check_not_empty(self) -> Self:
        if not self.present():
            remedy = "give data, train, evaluate or deploy, or give effort instead"
            raise fault_error("stages", "no stages", remedy)
        return self


class ModelFields(Table):
    """Fields that a model and each of its options have."""

    stages: Annotated[
        Stages | None,
        field_doc(
            "Stages",
            "Stages of the work, each with its effort and chance.",
            example={"train": {"effort": [2, 4, 12], "chance": 0.8}},
        ),
    ] = None
    stage: Annotated[
        StageName | None,
        field_doc(
            "Current stage",
            "Stage the work has reached; earlier ones are finished.",
            example="train",
        ),
    ] = None
    attempts: Annotated[
        int,
        Field(ge=1, le=50),
        field_doc("Attempts", "Trainings it may take in all.", example=2, unit="trainings"),
    ] = 1
    upkeep: Annotated[
        NonNegative,
        field_doc("Upkeep", "People that it needs once it is live.", example=0.2, unit="people"),
    ] = 0.0
    retrain: Annotated[
        RetrainingPlan | None,
        field_doc(
            "Retraining",
            "How often it is trained again, and the effort of that.",
            example={"every_weeks": 8, "effort": 1},
        ),
    ] = None
    retrained: Annotated[
        Day | None,
        field_doc(
            "Retrained",
            "Day of the last training; its age counts from there.",
            example=dt.date(2026, 10, 5),
        ),
    ] = None
    staleness_weeks: Annotated[
        Positive | None,
        field_doc(
            "Maximum age", "Age above which the model counts as stale.", example=26, unit="weeks"
        ),
    ] = None
    monitor: Annotated[
        MonitoringSignal | None,
        field_doc(
            "Monitoring",
            "What is watched once it is live.",
            example={"signal": "override rate", "act": 0.4},
        ),
    ] = None
    rule: Annotated[
        str | None,
        field_doc(
            "Rule without a model", "What does the job without a model.", example="keyword rules"
        ),
    ] = None
    bars: Annotated[
        dict[str, QualityBar],
        field_doc(
            "Quality bars",
            "Levels that it must reach, by name.",
            example={"recall": {"launch": 0.8}},
        ),
    ] = Field(default_factory=dict)
    segments: Annotated[
        dict[str, DataSegment],
        field_doc(
            "Segments",
            "Parts of the cases that are measured on their own, by name.",
            example={"german": {"kind": "language", "share": 0.2}},
        ),
    ] = Field(default_factory=dict)
    data: Annotated[
        ModelData | None,
        field_doc(
            "Data",
            "Data that the model is built on.",
            example={"dataset": "tickets-2026", "pii": True},
        ),
    ] = None

    def check_effort_source(self, effort: Estimate | Size | None) -> None:
        """Check that effort comes from one source, and that the current stage is set.

        Args:
            effort: the item's own effort.

        Raises:
            PydanticCustomError: there are both effort and stages, or the stage has no table.
        """
        if self.stages is None:
            return
        if effort is not None:
            remedy = "remove effort; the stages define it"
            raise fault_error("stages", "both effort and stages", remedy, "effort")
        if self.stage is not None and self.stage not in self.stages.present():
            remedy = f"choose one of {', '.join(self.stages.present())}"
            raise fault_error("stages", "this stage has no table", remedy, "stage")
