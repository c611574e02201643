"""Defaults and thresholds."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from roadmap_tui.plan.base import Chance, Count, Evidence, NonNegative, Positive, Table
from roadmap_tui.plan.estimate import Estimate, EstimateField, Size
from roadmap_tui.plan.validators import fault_error


class EffortSizes(Table):
    """The efforts of the sizes, in person-weeks."""

    S: EstimateField = Estimate(0.5, 1, 2)
    M: EstimateField = Estimate(2, 4, 9)
    L: EstimateField = Estimate(5, 10, 24)
    XL: EstimateField = Estimate(12, 26, 60)

    def effort_of_size(self, size: Size) -> Estimate:
        """The effort of a size."""
        return {"S": self.S, "M": self.M, "L": self.L, "XL": self.XL}[size]


class ChanceByEvidence(Table):
    """A chance for each kind of evidence that supports an item."""

    opinion: Chance
    data_checked: Chance = Field(alias="data-checked")
    prototype: Chance
    offline_eval: Chance = Field(alias="offline-eval")
    pilot: Chance
    launched: Chance

    def for_evidence(self, evidence: Evidence) -> float:
        """The chance that this evidence supports."""
        return {
            "opinion": self.opinion,
            "data-checked": self.data_checked,
            "prototype": self.prototype,
            "offline-eval": self.offline_eval,
            "pilot": self.pilot,
            "launched": self.launched,
        }[evidence]


DEFAULT_CONFIDENCE = ChanceByEvidence.model_validate(
    {
        "opinion": 0.5,
        "data-checked": 0.8,
        "prototype": 0.8,
        "offline-eval": 0.9,
        "pilot": 1.0,
        "launched": 1.0,
    }
)
DEFAULT_CHANCE = ChanceByEvidence.model_validate(
    {
        "opinion": 0.35,
        "data-checked": 0.5,
        "prototype": 0.6,
        "offline-eval": 0.75,
        "pilot": 0.9,
        "launched": 1.0,
    }
)


def _with_defaults(defaults: ChanceByEvidence) -> BeforeValidator:
    """Take `defaults` for what the file leaves out."""

    def fill_in(given: object) -> object:
        if not isinstance(given, dict):
            return given
        return {**defaults.model_dump(by_alias=True), **given}

    return BeforeValidator(fill_in)


def _validate_range_ends(value: object) -> object:
    """The two ends of a range of chances, the lower one first."""
    if not isinstance(value, list):
        return value
    numbers = [each if isinstance(each, int | float) else 0 for each in value]
    if len(numbers) != 2 or numbers[0] > numbers[1]:
        remedy = "write [low, high], such as [0.15, 0.85]"
        raise fault_error("estimate", "not two rising ends", remedy)
    return tuple(value)


class Policy(Table):
    """The thresholds and defaults of one roadmap."""

    sizes: EffortSizes = EffortSizes()
    size: Size = "M"
    impact: NonNegative = 1.0
    confidence: Annotated[ChanceByEvidence, _with_defaults(DEFAULT_CONFIDENCE)] = DEFAULT_CONFIDENCE
    chance: Annotated[ChanceByEvidence, _with_defaults(DEFAULT_CHANCE)] = DEFAULT_CHANCE
    product_chance: Chance = 1.0
    timebox: Positive = 2.0
    yes_if_works: Chance = 0.8
    yes_if_not: Chance = 0.2
    now_weeks: NonNegative = 6.0
    next_weeks: NonNegative = 18.0
    too_close: Chance = 0.65
    calibrate: bool = False
    trust_alarm: Chance = 0.4
    trust_alarm_autocomplete: Chance = 0.75
    trust_floor: Chance = 0.02
    segment_cases: Count = 200
    slo: Chance = 0.95
    completeness: Chance = 0.95
    freshness: Chance = 0.9
    accuracy: Chance = 0.9
    roi_months: Annotated[int, Field(ge=1, le=600)] = 24
    discount: Chance = 0.1
    DT04: Annotated[tuple[Chance, Chance], BeforeValidator(_validate_range_ends)] = (0.15, 0.85)
    SP07: Chance = 0.9
    TL02: Chance = 0.8
    LC03: NonNegative = 0.4
    MQ03: Annotated[tuple[Chance, Chance], BeforeValidator(_validate_range_ends)] = (0.1, 0.9)
    UE02: Chance = 0.05
    UE03: NonNegative = 90.0
    RB02: NonNegative = 0.9
    GV03: NonNegative = 30.0
