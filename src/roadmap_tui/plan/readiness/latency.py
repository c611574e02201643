"""How long an answer may take and does."""

from itertools import pairwise
from typing import Literal, Self, TypeAlias

from pydantic import model_validator

from roadmap_tui.plan.base import Chance, Count, Day, ListOf, NonNegative, Positive, Table
from roadmap_tui.plan.estimate import EstimateField
from roadmap_tui.plan.validators import fault_error, validate_count_of_total

LatencyClass: TypeAlias = Literal["instant", "flow", "attention", "background"]


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
        percentiles = (("p50", self.p50), ("p95", self.p95), ("p99", self.p99))
        given = [(name, ms) for name, ms in percentiles if ms is not None]
        for (before, shorter), (name, ms) in pairwise(given):
            if ms < shorter:
                problem = f"{name} is less than {before}"
                raise fault_error("fitness", problem, f"let it be at least {shorter:g}", name)
        return self


class LatencyBudget(Table):
    """How long an answer may take and does."""

    kind: LatencyClass | None = None
    p95_ms: Positive | None = None
    slo: Chance | None = None
    steps: ListOf[LatencyStep] = ()
    measured: LatencyMeasurement | None = None
