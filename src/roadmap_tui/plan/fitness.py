"""What tells whether an AI feature is fit to ship: trust, latency, data, oversight."""

from itertools import pairwise
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from roadmap_tui.plan.base import Chance, Count, Day, Many, NonNegative, Positive, Table
from roadmap_tui.plan.counts import check_part
from roadmap_tui.plan.estimate import EstimateField, ShareField

Interaction: TypeAlias = Literal[
    "assist", "autocomplete", "decision", "generation", "recommendation"
]
Pace: TypeAlias = Literal["instant", "flow", "attention", "background"]
Stakes: TypeAlias = Literal["low", "medium", "high"]


def _fault(wrong: str, right: str, key: str) -> PydanticCustomError:
    return PydanticCustomError("fitness", "{wrong}", {"wrong": wrong, "right": right, "key": key})


class Week(Table):
    """What people did with the answers of one week."""

    on: Day
    shown: Count | None = None
    accepted: Count
    edited: Count = 0
    overridden: Count

    @property
    def decided(self) -> int:
        """How many answers somebody accepted, edited or overrode."""
        return self.accepted + self.edited + self.overridden

    @model_validator(mode="after")
    def _all_shown(self) -> Self:
        if self.shown is not None and self.decided > self.shown:
            right = f"{self.decided} were accepted, edited or overridden"
            raise _fault("fewer shown than decided on", right, "shown")
        return self


class Activation(Table):
    """How many of those who could use it do, and how many got something out of it."""

    eligible: Count
    activated: Count
    valued: Count | None = None

    @model_validator(mode="after")
    def _counted(self) -> Self:
        check_part(("activated", self.activated), ("eligible", self.eligible))
        if self.valued is not None:
            check_part(("valued", self.valued), ("activated", self.activated))
        return self


class Cohort(Table):
    """A group of users that is looked at by itself."""

    weeks: Many[Week] = ()
    activation: Activation | None = None


class Trust(Table):
    """Whether people go along with the answers, and whether too readily."""

    interaction: Interaction | None = None
    weeks: Many[Week] = ()
    alarm: Chance | None = None
    floor: Chance | None = None
    activation: Activation | None = None
    cohorts: dict[str, Cohort] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.alarm is not None and self.floor is not None and self.floor > self.alarm:
            raise _fault("a floor above the alarm", f"let it be at most {self.alarm:g}", "floor")
        return self


class Step(Table):
    """A part of the time that an answer takes."""

    name: str
    ms: EstimateField


class Timing(Table):
    """How long answers took, in milliseconds, and how many came within the budget."""

    on: Day
    p50: NonNegative | None = None
    p95: NonNegative | None = None
    p99: NonNegative | None = None
    within: Count | None = None
    of: Count | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_part(("within", self.within), ("of", self.of))
        given = [
            (name, ms)
            for name, ms in (("p50", self.p50), ("p95", self.p95), ("p99", self.p99))
            if ms is not None
        ]
        for (before, shorter), (name, ms) in pairwise(given):
            if ms < shorter:
                raise _fault(
                    f"{name} is less than {before}", f"let it be at least {shorter:g}", name
                )
        return self


class Latency(Table):
    """How long an answer may take and does."""

    kind: Pace | None = None
    p95_ms: Positive | None = None
    slo: Chance | None = None
    steps: Many[Step] = ()
    measured: Timing | None = None


class Completeness(Table):
    """How many of the values that should be there are."""

    filled: Count
    of: Count

    @model_validator(mode="after")
    def _counted(self) -> Self:
        check_part(("filled", self.filled), ("of", self.of))
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
    def _counted(self) -> Self:
        check_part(("correct", self.correct), ("audited", self.audited))
        return self


class Floors(Table):
    """What each dimension of the data must reach."""

    completeness: Chance | None = None
    freshness: Chance | None = None
    accuracy: Chance | None = None


class Data(Table):
    """The data that a model stands on."""

    dataset: str | None = None
    owner: str | None = None
    licence: str | None = None
    pii: bool | None = None
    completeness: Completeness | None = None
    freshness: Freshness | None = None
    accuracy: Accuracy | None = None
    floors: Floors | None = None
    on: Day | None = None


class Promotion(Table):
    """What must be shown before the next rung of the ladder."""

    accept: Chance | None = None
    weeks: Count | None = None
    cases: Count | None = None
    segment_gap: Chance | None = None


class Demotion(Table):
    """What takes it a rung down."""

    accept: Chance | None = None
    weeks: Count | None = None


class Review(Table):
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
    promote_if: Promotion | None = None
    demote_if: Demotion | None = None
    review: Review | None = None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.reversible is False and self.undo_minutes:
            raise _fault(
                "time to undo what can't be undone",
                "take it out, or set reversible = true",
                "undo_minutes",
            )
        up = self.promote_if.accept if self.promote_if else None
        down = self.demote_if.accept if self.demote_if else None
        if up is not None and down is not None and up < down:
            right = f"it would be demoted below {down:g}; let promote_if.accept be at least that"
            raise _fault("promoted at a share that demotes it", right, "promote_if")
        return self
