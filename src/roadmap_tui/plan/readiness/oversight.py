"""What tells whether an AI feature is fit to ship: trust, latency, data, oversight."""

from itertools import pairwise
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from roadmap_tui.plan.base import Chance, Count, Day, ListOf, NonNegative, Positive, Table
from roadmap_tui.plan.estimate import EstimateField, ShareField
from roadmap_tui.plan.validators import validate_count_of_total

Interaction: TypeAlias = Literal[
    "assist", "autocomplete", "decision", "generation", "recommendation"
]
LatencyClass: TypeAlias = Literal["instant", "flow", "attention", "background"]
Stakes: TypeAlias = Literal["low", "medium", "high"]


def _readiness_error(wrong: str, right: str, key: str) -> PydanticCustomError:
    return PydanticCustomError("fitness", "{wrong}", {"wrong": wrong, "right": right, "key": key})


class TrustWeek(Table):
    """What people did with the answers of one week."""

    on: Day
    shown: Count | None = None
    accepted: Count
    edited: Count = 0
    overridden: Count

    @property
    def decision_count(self) -> int:
        """How many answers somebody accepted, edited or overrode."""
        return self.accepted + self.edited + self.overridden

    @model_validator(mode="after")
    def _check_shown_count(self) -> Self:
        if self.shown is not None and self.decision_count > self.shown:
            right = f"{self.decision_count} were accepted, edited or overridden"
            raise _readiness_error("fewer shown than decided on", right, "shown")
        return self


class Activation(Table):
    """How many of those who could use it do, and how many got something out of it."""

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
    """A group of users that is looked at by itself."""

    weeks: ListOf[TrustWeek] = ()
    activation: Activation | None = None


class Trust(Table):
    """Whether people go along with the answers, and whether too readily."""

    interaction: Interaction | None = None
    weeks: ListOf[TrustWeek] = ()
    alarm: Chance | None = None
    floor: Chance | None = None
    activation: Activation | None = None
    cohorts: dict[str, Cohort] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _check_threshold_order(self) -> Self:
        if self.alarm is not None and self.floor is not None and self.floor > self.alarm:
            raise _readiness_error(
                "a floor above the alarm", f"let it be at most {self.alarm:g}", "floor"
            )
        return self


class LatencyStep(Table):
    """A part of the time that an answer takes."""

    name: str
    ms: EstimateField


class LatencyMeasurement(Table):
    """How long answers took, in milliseconds, and how many came within the budget."""

    on: Day
    p50: NonNegative | None = None
    p95: NonNegative | None = None
    p99: NonNegative | None = None
    within: Count | None = None
    of: Count | None = None

    @model_validator(mode="after")
    def _check_percentile_order(self) -> Self:
        validate_count_of_total(("within", self.within), ("of", self.of))
        given = [
            (name, ms)
            for name, ms in (("p50", self.p50), ("p95", self.p95), ("p99", self.p99))
            if ms is not None
        ]
        for (before, shorter), (name, ms) in pairwise(given):
            if ms < shorter:
                raise _readiness_error(
                    f"{name} is less than {before}", f"let it be at least {shorter:g}", name
                )
        return self


class LatencyBudget(Table):
    """How long an answer may take and does."""

    kind: LatencyClass | None = None
    p95_ms: Positive | None = None
    slo: Chance | None = None
    steps: ListOf[LatencyStep] = ()
    measured: LatencyMeasurement | None = None


class Completeness(Table):
    """How many of the values that should be there are."""

    filled: Count
    of: Count

    @model_validator(mode="after")
    def _check_counts(self) -> Self:
        validate_count_of_total(("filled", self.filled), ("of", self.of))
        return self


class Freshness(Table):
    """How old the data is, and how old it may be."""

    age_hours: NonNegative
    sla_hours: Positive


class Accuracy(Table):
    """How many of the values that were looked at were right."""

    correct: Count
    audited: Count

    @model_validator(mode="after")
    def _check_counts(self) -> Self:
        validate_count_of_total(("correct", self.correct), ("audited", self.audited))
        return self


class DataFloors(Table):
    """What each dimension of the data must reach."""

    completeness: Chance | None = None
    freshness: Chance | None = None
    accuracy: Chance | None = None


class ModelData(Table):
    """The data that a model stands on."""

    dataset: str | None = None
    owner: str | None = None
    licence: str | None = None
    pii: bool | None = None
    completeness: Completeness | None = None
    freshness: Freshness | None = None
    accuracy: Accuracy | None = None
    floors: DataFloors | None = None
    on: Day | None = None


class PromotionRule(Table):
    """What must be shown before the next rung of the ladder."""

    accept: Chance | None = None
    weeks: Count | None = None
    cases: Count | None = None
    segment_gap: Chance | None = None


class DemotionRule(Table):
    """What takes it a rung down."""

    accept: Chance | None = None
    weeks: Count | None = None


class HumanReview(Table):
    """People who look at answers: which share of them, how long, and at what wage an hour."""

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
            raise _readiness_error(
                "time to undo what can't be undone",
                "take it out, or set reversible = true",
                "undo_minutes",
            )
        up = self.promote_if.accept if self.promote_if else None
        down = self.demote_if.accept if self.demote_if else None
        if up is not None and down is not None and up < down:
            right = f"it would be demoted below {down:g}; let promote_if.accept be at least that"
            raise _readiness_error("promoted at a share that demotes it", right, "promote_if")
        return self
