"""How much a feature may do without a person."""

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from roadmap_tui.plan.base import Chance, Count, NonNegative, Table
from roadmap_tui.plan.estimate import EstimateField, ShareField
from roadmap_tui.plan.validators import fault_error

Stakes: TypeAlias = Literal["low", "medium", "high"]


class PromotionRule(Table):
    """What must hold before the next level."""

    accept: Chance | None = None
    weeks: Count | None = None
    cases: Count | None = None
    segment_gap: Chance | None = None


class DemotionRule(Table):
    """What takes it back by one level."""

    accept: Chance | None = None
    weeks: Count | None = None


class HumanReview(Table):
    """People who review answers: which share, how long, and what an hour costs."""

    share: ShareField | None = None
    minutes: EstimateField | None = None
    wage: EstimateField | None = None
    per_day: EstimateField | None = None
    hours: Annotated[float, Field(gt=0, le=24)] | None = None
    staffed: NonNegative | None = None


class Oversight(Table):
    """How much it may do without a person, and what moves it up or down.

    The level is 0 off, 1 shadow, 2 suggest, 3 approve each, 4 act with undo, 5 autonomous.
    """

    level: Annotated[int, Field(ge=0, le=5)] | None = None
    stakes: Stakes | None = None
    reversible: bool | None = None
    undo_minutes: NonNegative | None = None
    kill_switch: bool | None = None
    promote_if: PromotionRule | None = None
    demote_if: DemotionRule | None = None
    review: HumanReview | None = None

    @model_validator(mode="after")
    def _check_consistency(self) -> Self:
        if self.reversible is False and self.undo_minutes:
            problem = "time to undo what can't be undone"
            remedy = "take it out, or set reversible = true"
            raise fault_error("fitness", problem, remedy, "undo_minutes")
        up = self.promote_if.accept if self.promote_if else None
        down = self.demote_if.accept if self.demote_if else None
        if up is not None and down is not None and up < down:
            remedy = f"it would be demoted below {down:g}; let promote_if.accept be at least that"
            raise fault_error(
                "fitness", "promoted at a share that demotes it", remedy, "promote_if"
            )
        return self
