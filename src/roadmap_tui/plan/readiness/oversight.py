"""How much a feature may do without a person."""

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from roadmap_tui.plan.base import Chance, Count, NonNegative, Table
from roadmap_tui.plan.estimate import EstimateField, ShareField
from roadmap_tui.plan.field_docs import field_doc
from roadmap_tui.plan.validators import fault_error

Stakes: TypeAlias = Literal["low", "medium", "high"]


class PromotionRule(Table):
    """What must hold before the next level."""

    accept: Annotated[
        Chance | None,
        field_doc(
            "Acceptance",
            "Share of answers that must be accepted before the next level.",
            example=0.9,
        ),
    ] = None
    weeks: Annotated[
        Count | None,
        field_doc("Weeks", "Weeks in a row for which that must hold.", example=4, unit="weeks"),
    ] = None
    cases: Annotated[
        Count | None,
        field_doc("Cases", "Cases that must have been seen.", example=500, unit="cases"),
    ] = None
    segment_gap: Annotated[
        Chance | None,
        field_doc("Segment gap", "Largest gap allowed between segments.", example=0.05),
    ] = None


class DemotionRule(Table):
    """What takes it back by one level."""

    accept: Annotated[
        Chance | None,
        field_doc(
            "Acceptance", "Share of accepted answers below which the level falls.", example=0.7
        ),
    ] = None
    weeks: Annotated[
        Count | None,
        field_doc("Weeks", "Weeks in a row for which that must hold.", example=2, unit="weeks"),
    ] = None


class HumanReview(Table):
    """People who review answers: which share, how long, and what an hour costs."""

    share: Annotated[
        ShareField | None,
        field_doc(
            "Reviewed share",
            "Share of answers that people review.",
            example=0.2,
            left_out="all answers",
        ),
    ] = None
    minutes: Annotated[
        EstimateField | None,
        field_doc(
            "Time per review", "Time that one review takes.", example=[1, 2, 4], unit="minutes"
        ),
    ] = None
    wage: Annotated[
        EstimateField | None,
        field_doc("Wage", "What an hour of review costs.", example=40, unit="money an hour"),
    ] = None
    per_day: Annotated[
        EstimateField | None,
        field_doc(
            "Answers per day",
            "Answers that come in a day.",
            example=[200, 300, 500],
            unit="answers a day",
        ),
    ] = None
    hours: Annotated[
        Annotated[float, Field(gt=0, le=24)] | None,
        field_doc(
            "Hours per day", "Hours that a reviewer works in a day.", example=6, unit="hours a day"
        ),
    ] = None
    staffed: Annotated[
        NonNegative | None, field_doc("Reviewers", "Reviewers there are.", example=2, unit="people")
    ] = None


class Oversight(Table):
    """How much it may do without a person, and what moves it up or down.

    The level is 0 off, 1 shadow, 2 suggest, 3 approve each, 4 act with undo, 5 autonomous.
    """

    level: Annotated[
        Annotated[int, Field(ge=0, le=5)] | None,
        field_doc(
            "Level",
            "0 off, 1 shadow, 2 suggest, 3 approve each, 4 act with undo, 5 autonomous.",
            example=2,
            unit="0 to 5",
        ),
    ] = None
    stakes: Annotated[
        Stakes | None, field_doc("Stakes", "How much harm a wrong answer can do.", example="medium")
    ] = None
    reversible: Annotated[
        bool | None, field_doc("Reversible", "Whether a wrong action can be undone.", example=True)
    ] = None
    undo_minutes: Annotated[
        NonNegative | None,
        field_doc(
            "Time to undo",
            "Time in which a wrong action can be undone.",
            example=30,
            unit="minutes",
        ),
    ] = None
    kill_switch: Annotated[
        bool | None,
        field_doc("Kill switch", "Whether it can be switched off at once.", example=True),
    ] = None
    promote_if: Annotated[
        PromotionRule | None,
        field_doc(
            "Promote if",
            "What must hold before it may do more on its own.",
            example={"accept": 0.9, "weeks": 4},
        ),
    ] = None
    demote_if: Annotated[
        DemotionRule | None,
        field_doc(
            "Demote if", "What takes it back by one level.", example={"accept": 0.7, "weeks": 2}
        ),
    ] = None
    review: Annotated[
        HumanReview | None,
        field_doc("Review", "People who review answers.", example={"share": 0.2, "minutes": 2}),
    ] = None

    @model_validator(mode="after")
    def _check_consistency(self) -> Self:
        if self.reversible is False and self.undo_minutes:
            problem = "a time to undo an action that can't be undone"
            remedy = "remove it, or set reversible = true"
            raise fault_error("fitness", problem, remedy, "undo_minutes")
        up = self.promote_if.accept if self.promote_if else None
        down = self.demote_if.accept if self.demote_if else None
        if up is not None and down is not None and up < down:
            remedy = f"demotion applies below {down:g}; set promote_if.accept to at least that"
            raise fault_error(
                "fitness", "it is promoted at a share that demotes it", remedy, "promote_if"
            )
        return self
