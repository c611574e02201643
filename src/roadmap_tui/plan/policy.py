"""Defaults and thresholds."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from roadmap_tui.plan.base import Chance, Count, Evidence, NonNegative, Positive, Table
from roadmap_tui.plan.estimate import Estimate, EstimateField, Size
from roadmap_tui.plan.field_docs import field_doc
from roadmap_tui.plan.validators import fault_error


class EffortSizes(Table):
    """The efforts of the sizes, in person-weeks."""

    S: Annotated[
        EstimateField,
        field_doc("Size S", "Effort of size S.", example=[0.5, 1, 2], unit="person-weeks"),
    ] = Estimate(0.5, 1, 2)
    M: Annotated[
        EstimateField,
        field_doc("Size M", "Effort of size M.", example=[2, 4, 9], unit="person-weeks"),
    ] = Estimate(2, 4, 9)
    L: Annotated[
        EstimateField,
        field_doc("Size L", "Effort of size L.", example=[5, 10, 24], unit="person-weeks"),
    ] = Estimate(5, 10, 24)
    XL: Annotated[
        EstimateField,
        field_doc("Size XL", "Effort of size XL.", example=[12, 26, 60], unit="person-weeks"),
    ] = Estimate(12, 26, 60)

    def effort_of_size(self, size: Size) -> Estimate:
        """The effort of a size."""
        return {"S": self.S, "M": self.M, "L": self.L, "XL": self.XL}[size]


class ChanceByEvidence(Table):
    """A chance for each kind of evidence that supports an item."""

    opinion: Annotated[Chance, field_doc("Opinion", "Value for an opinion.", example=0.5)]
    data_checked: Annotated[
        Chance,
        Field(alias="data-checked"),
        field_doc("Data checked", "Value for numbers checked against data.", example=0.8),
    ]
    prototype: Annotated[Chance, field_doc("Prototype", "Value for a prototype.", example=0.8)]
    offline_eval: Annotated[
        Chance,
        Field(alias="offline-eval"),
        field_doc("Offline evaluation", "Value for an offline evaluation.", example=0.9),
    ]
    pilot: Annotated[Chance, field_doc("Pilot", "Value for a pilot.", example=1)]
    launched: Annotated[
        Chance, field_doc("Launched", "Value for something that is in use.", example=1)
    ]

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
        raise fault_error("estimate", "not two rising numbers", remedy)
    return tuple(value)


class Policy(Table):
    """The thresholds and defaults of one roadmap."""

    def decides(self, field: str) -> bool:
        """Whether a default is written in the file: a decision then, and no assumption."""
        return field in self.model_fields_set

    sizes: Annotated[
        EffortSizes,
        field_doc(
            "Sizes",
            "Efforts that the sizes S to XL stand for.",
            example={"M": [3, 5, 9]},
            left_out="the sizes below",
        ),
    ] = EffortSizes()
    size: Annotated[
        Size, field_doc("Default size", "Size of items without an effort.", example="M")
    ] = "M"
    impact: Annotated[
        NonNegative,
        field_doc("Default impact", "Impact of items without one.", example=1, unit="0.25 to 3"),
    ] = 1.0
    confidence: Annotated[
        ChanceByEvidence,
        _with_defaults(DEFAULT_CONFIDENCE),
        field_doc(
            "Evidence confidence",
            "Default confidence for each kind of evidence.",
            example={"opinion": 0.5},
            left_out="0.5, 0.8, 0.8, 0.9, 1 and 1",
        ),
    ] = DEFAULT_CONFIDENCE
    chance: Annotated[
        ChanceByEvidence,
        _with_defaults(DEFAULT_CHANCE),
        field_doc(
            "Evidence chance",
            "Default chance of models for each kind of evidence.",
            example={"opinion": 0.25},
            left_out="0.35, 0.5, 0.6, 0.75, 0.9 and 1",
        ),
    ] = DEFAULT_CHANCE
    product_chance: Annotated[
        Chance, field_doc("Product chance", "Default chance of product items.", example=1)
    ] = 1.0
    staff: Annotated[
        int,
        Field(ge=1, le=1000),
        field_doc("Default people", "People on items without a number.", example=1, unit="people"),
    ] = 1
    timebox: Annotated[
        Positive,
        field_doc("Default timebox", "Timebox of spikes without one.", example=2, unit="weeks"),
    ] = 2.0
    yes_if_works: Annotated[
        Chance,
        field_doc(
            "Yes if it works",
            "Default for spikes: how often a yes if the item would work.",
            example=0.8,
        ),
    ] = 0.8
    yes_if_not: Annotated[
        Chance,
        field_doc(
            "Yes if it doesn't",
            "Default for spikes: how often a yes if the item would not work.",
            example=0.2,
        ),
    ] = 0.2
    now_weeks: Annotated[
        NonNegative,
        field_doc(
            "Now", "An item that starts within this time stands in Now.", example=6, unit="weeks"
        ),
    ] = 6.0
    next_weeks: Annotated[
        NonNegative,
        field_doc(
            "Next", "An item that starts within this time stands in Next.", example=18, unit="weeks"
        ),
    ] = 18.0
    too_close: Annotated[
        Chance,
        field_doc(
            "Too close to call",
            "Chance below which two neighbours in the ranking are too close to call.",
            example=0.65,
        ),
    ] = 0.65
    calibrate: Annotated[
        bool,
        field_doc(
            "Calibrate",
            "Whether forecasts learn from how far past estimates were off.",
            example=True,
        ),
    ] = False
    trust_alarm: Annotated[
        Chance,
        field_doc("Override alarm", "Share of overrides that raises the alarm.", example=0.4),
    ] = 0.4
    trust_alarm_autocomplete: Annotated[
        Chance,
        field_doc(
            "Autocomplete alarm",
            "Share of overrides that raises the alarm for autocomplete.",
            example=0.75,
        ),
    ] = 0.75
    trust_floor: Annotated[
        Chance,
        field_doc(
            "Override floor",
            "Share of overrides below which people may not be checking.",
            example=0.02,
        ),
    ] = 0.02
    segment_cases: Annotated[
        Count,
        field_doc(
            "Cases per segment", "Cases in a segment that are enough.", example=200, unit="cases"
        ),
    ] = 200
    slo: Annotated[
        Chance,
        field_doc(
            "Latency objective", "Share of answers that must meet the latency budget.", example=0.95
        ),
    ] = 0.95
    completeness: Annotated[
        Chance,
        field_doc(
            "Completeness floor", "Default floor for the completeness of data.", example=0.95
        ),
    ] = 0.95
    freshness: Annotated[
        Chance,
        field_doc("Freshness floor", "Default floor for the freshness of data.", example=0.9),
    ] = 0.9
    accuracy: Annotated[
        Chance, field_doc("Accuracy floor", "Default floor for the accuracy of data.", example=0.9)
    ] = 0.9
    roi_months: Annotated[
        int,
        Field(ge=1, le=600),
        field_doc(
            "Return period",
            "Default period over which returns are counted.",
            example=24,
            unit="months",
        ),
    ] = 24
    discount: Annotated[
        Chance, field_doc("Discount", "Default yearly discount on later money.", example=0.1)
    ] = 0.1
    DT04: Annotated[
        tuple[Chance, Chance],
        BeforeValidator(_validate_range_ends),
        field_doc(
            "Threshold DT04",
            "Share of effort that the model track gets at least and at most.",
            example=[0.15, 0.85],
        ),
    ] = (0.15, 0.85)
    SP07: Annotated[
        Chance,
        field_doc(
            "Threshold SP07",
            "Chance above which evidence below a pilot is too little.",
            example=0.9,
        ),
    ] = 0.9
    TL02: Annotated[
        Chance,
        field_doc("Threshold TL02", "Chance below which a deadline needs a fallback.", example=0.8),
    ] = 0.8
    LC03: Annotated[
        NonNegative,
        field_doc(
            "Threshold LC03",
            "Share of a team above which upkeep is too much.",
            example=0.4,
            unit="of the team",
        ),
    ] = 0.4
    MQ03: Annotated[
        tuple[Chance, Chance],
        BeforeValidator(_validate_range_ends),
        field_doc(
            "Threshold MQ03",
            "Prevalence outside of which accuracy alone is not enough.",
            example=[0.1, 0.9],
        ),
    ] = (0.1, 0.9)
    DQ05: Annotated[
        NonNegative,
        field_doc(
            "Threshold DQ05", "Age above which a data assessment is old.", example=180, unit="days"
        ),
    ] = 180.0
    UE02: Annotated[
        Chance,
        field_doc(
            "Threshold UE02",
            "Share of a usage segment from which its margin must not be negative.",
            example=0.05,
        ),
    ] = 0.05
    UE03: Annotated[
        NonNegative,
        field_doc(
            "Threshold UE03", "Age above which prices count as old.", example=90, unit="days"
        ),
    ] = 90.0
    RB02: Annotated[
        NonNegative,
        field_doc(
            "Threshold RB02",
            "Share of the launch level from which a rule is good enough.",
            example=0.9,
            unit="of the bar",
        ),
    ] = 0.9
    GV03: Annotated[
        NonNegative,
        field_doc("Threshold GV03", "Time after which a review is due.", example=30, unit="days"),
    ] = 30.0
