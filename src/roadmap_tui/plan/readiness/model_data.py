"""The data that a model is built on, and how good it is."""

from typing import Self

from pydantic import model_validator

from roadmap_tui.plan.base import Chance, Count, Day, NonNegative, Positive, Table
from roadmap_tui.plan.validators import validate_count_of_total


class Completeness(Table):
    """How many of the expected values are present."""

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
    """How many of the audited values were right."""

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
    """The data that a model is built on."""

    dataset: str | None = None
    owner: str | None = None
    licence: str | None = None
    pii: bool | None = None
    completeness: Completeness | None = None
    freshness: Freshness | None = None
    accuracy: Accuracy | None = None
    floors: DataFloors | None = None
    on: Day | None = None
