"""Whether people accept a feature's answers, and whether too readily."""

from typing import Literal, Self, TypeAlias

from pydantic import Field, model_validator

from roadmap_tui.plan.base import Chance, Count, Day, ListOf, Table
from roadmap_tui.plan.validators import fault_error, validate_count_of_total

Interaction: TypeAlias = Literal[
    "assist", "autocomplete", "decision", "generation", "recommendation"
]


class TrustWeek(Table):
    """What people did with the answers of one week."""

    on: Day
    shown: Count | None = None
    accepted: Count
    edited: Count = 0
    overridden: Count

    @property
    def decision_count(self) -> int:
        """Answers that were accepted, edited or overridden."""
        return self.accepted + self.edited + self.overridden

    @model_validator(mode="after")
    def _check_shown_count(self) -> Self:
        if self.shown is not None and self.decision_count > self.shown:
            remedy = f"{self.decision_count} were accepted, edited or overridden"
            raise fault_error("fitness", "fewer shown than decided on", remedy, "shown")
        return self


class Activation(Table):
    """How many of those who could use it do, and how many value it."""

    eligible: Count
    activated: Count
    valued: Count | None = None

    @model_validator(mode="after")
    def _check_counts(self) -> Self:
        validate_count_of_total(("activated", self.activated), ("eligible", self.eligible))
        if self.valued is not None:
            validate_count_of_total(("valued", self.valued), ("activated", self.activated))
        return self


class Cohort(Table):
    """A group of users that is counted on its own."""

    weeks: ListOf[TrustWeek] = ()
    activation: Activation | None = None


class Trust(Table):
    """Whether people accept the answers, and whether too readily."""

    interaction: Interaction | None = None
    weeks: ListOf[TrustWeek] = ()
    alarm: Chance | None = None
    floor: Chance | None = None
    activation: Activation | None = None
    cohorts: dict[str, Cohort] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _check_threshold_order(self) -> Self:
        if self.alarm is not None and self.floor is not None and self.floor > self.alarm:
            remedy = f"let it be at most {self.alarm:g}"
            raise fault_error("fitness", "a floor above the alarm", remedy, "floor")
        return self
