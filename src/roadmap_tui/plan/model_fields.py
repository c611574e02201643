"""Fields of a model and of the options to obtain one."""

from typing import Literal, Self, TypeAlias, get_args

from pydantic import Field, model_validator

from roadmap_tui.plan.base import Chance, Day, NonNegative, Positive, Table
from roadmap_tui.plan.estimate import EffortField, Estimate, EstimateField, Size
from roadmap_tui.plan.readiness.model_data import ModelData
from roadmap_tui.plan.readiness.operation import MonitoringSignal, RetrainingPlan
from roadmap_tui.plan.readiness.quality_bars import QualityBar
from roadmap_tui.plan.readiness.segments import DataSegment
from roadmap_tui.plan.validators import fault_error

StageName: TypeAlias = Literal["data", "train", "evaluate", "deploy"]
STAGES: tuple[StageName, ...] = get_args(StageName)


class Stage(Table):
    """One stage of a model's work."""

    effort: EffortField
    chance: Chance = 1.0
    compute: EstimateField | None = None


class Stages(Table):
    """The stages of a model's work, in their order."""

    data: Stage | None = None
    train: Stage | None = None
    evaluate: Stage | None = None
    deploy: Stage | None = None

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

    stages: Stages | None = None
    stage: StageName | None = None
    attempts: int = Field(default=1, ge=1, le=50)
    upkeep: NonNegative = 0.0
    retrain: RetrainingPlan | None = None
    retrained: Day | None = None
    staleness_weeks: Positive | None = None
    monitor: MonitoringSignal | None = None
    rule: str | None = None
    bars: dict[str, QualityBar] = Field(default_factory=dict)
    segments: dict[str, DataSegment] = Field(default_factory=dict)
    data: ModelData | None = None

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
            remedy = "take effort away; it follows from the stages"
            raise fault_error("stages", "both effort and stages", remedy, "effort")
        if self.stage is not None and self.stage not in self.stages.present():
            remedy = f"choose one of {', '.join(self.stages.present())}"
            raise fault_error("stages", "a stage that has no table", remedy, "stage")
