"""The data that a model is built on, and how good it is."""

import datetime as dt
from typing import Annotated, Self

from pydantic import model_validator

from roadmap_tui.plan.base import Chance, Count, Day, ListOf, NonNegative, Positive, Table
from roadmap_tui.plan.field_docs import field_doc
from roadmap_tui.plan.validators import validate_count_of_total


class Completeness(Table):
    """How many of the expected values are present."""

    filled: Annotated[
        Count, field_doc("Filled", "Values that are present.", example=9400, unit="values")
    ]
    of: Annotated[
        Count, field_doc("Expected", "Values that should be present.", example=10000, unit="values")
    ]

    @model_validator(mode="after")
    def _check_counts(self) -> Self:
        validate_count_of_total(("filled", self.filled), ("of", self.of))
        return self


class Freshness(Table):
    """How old the data is, and how old it may be."""

    age_hours: Annotated[
        NonNegative, field_doc("Age", "Age of the data.", example=20, unit="hours")
    ]
    sla_hours: Annotated[
        Positive, field_doc("Maximum age", "Oldest that the data may be.", example=24, unit="hours")
    ]


class Accuracy(Table):
    """How many of the audited values were right."""

    correct: Annotated[
        Count, field_doc("Correct", "Audited values that were right.", example=470, unit="values")
    ]
    audited: Annotated[
        Count, field_doc("Audited", "Values that were audited.", example=500, unit="values")
    ]

    @model_validator(mode="after")
    def _check_counts(self) -> Self:
        validate_count_of_total(("correct", self.correct), ("audited", self.audited))
        return self


class DataFloors(Table):
    """What each dimension of the data must reach."""

    completeness: Annotated[
        Chance | None,
        field_doc(
            "Completeness floor",
            "Smallest acceptable share of values that are present.",
            example=0.95,
            left_out="0.95",
        ),
    ] = None
    freshness: Annotated[
        Chance | None,
        field_doc("Freshness floor", "Smallest acceptable freshness.", example=0.9, left_out="0.9"),
    ] = None
    accuracy: Annotated[
        Chance | None,
        field_doc(
            "Accuracy floor",
            "Smallest acceptable share of audited values that are right.",
            example=0.9,
            left_out="0.9",
        ),
    ] = None


class DataMeasurement(Table):
    """How good the data was on a day."""

    on: Annotated[
        Day, field_doc("Assessed on", "Day of the assessment.", example=dt.date(2026, 11, 2))
    ]
    completeness: Annotated[
        Completeness | None,
        field_doc(
            "Completeness",
            "How many of the expected values are present.",
            example={"filled": 9400, "of": 10000},
        ),
    ] = None
    freshness: Annotated[
        Freshness | None,
        field_doc(
            "Freshness",
            "How old the data is and may be.",
            example={"age_hours": 20, "sla_hours": 24},
        ),
    ] = None
    accuracy: Annotated[
        Accuracy | None,
        field_doc(
            "Accuracy",
            "How many of the audited values were right.",
            example={"correct": 470, "audited": 500},
        ),
    ] = None


class ModelData(Table):
    """The data that a model is built on."""

    dataset: Annotated[
        str | None, field_doc("Data set", "Name of the data set.", example="tickets-2026")
    ] = None
    owner: Annotated[
        str | None, field_doc("Owner", "Who is responsible for the data.", example="data platform")
    ] = None
    licence: Annotated[
        str | None,
        field_doc(
            "Licence", "Terms under which the data may be used.", example="own data, consent 2025"
        ),
    ] = None
    pii: Annotated[
        bool | None,
        field_doc("Personal data", "Whether the data holds personal information.", example=True),
    ] = None
    completeness: Annotated[
        Completeness | None,
        field_doc(
            "Completeness",
            "How many of the expected values are present.",
            example={"filled": 9400, "of": 10000},
        ),
    ] = None
    freshness: Annotated[
        Freshness | None,
        field_doc(
            "Freshness",
            "How old the data is and may be.",
            example={"age_hours": 20, "sla_hours": 24},
        ),
    ] = None
    accuracy: Annotated[
        Accuracy | None,
        field_doc(
            "Accuracy",
            "How many of the audited values were right.",
            example={"correct": 470, "audited": 500},
        ),
    ] = None
    floors: Annotated[
        DataFloors | None,
        field_doc("Floors", "Levels that the data must reach.", example={"completeness": 0.95}),
    ] = None
    on: Annotated[
        Day | None, field_doc("Assessed on", "Day of the assessment.", example=dt.date(2026, 11, 2))
    ] = None
    measured: Annotated[
        ListOf[DataMeasurement],
        field_doc(
            "Measured",
            "Assessments day by day; of each dimension, the newest one counts.",
            example=[
                {
                    "on": dt.date(2026, 11, 2),
                    "completeness": {"filled": 9400, "of": 10000},
                    "accuracy": {"correct": 470, "audited": 500},
                }
            ],
        ),
    ] = ()

    def newest_measurements(self) -> "tuple[DataMeasurement | ModelData, ...]":
        """The assessments, the newest first; what stands in the table itself comes last."""
        dated = sorted(self.measured, key=lambda each: each.on)[::-1]
        if self.completeness is None and self.freshness is None and self.accuracy is None:
            return tuple(dated)
        return (*dated, self)
