"""How long an answer may take and does."""

import datetime as dt
from itertools import pairwise
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import model_validator

from roadmap_tui.plan.base import (
    Chance,
    Count,
    Day,
    ListOf,
    NonNegative,
    Positive,
    Table,
    TableOrListOf,
)
from roadmap_tui.plan.estimate import EstimateField
from roadmap_tui.plan.field_docs import field_doc
from roadmap_tui.plan.validators import fault_error, validate_count_of_total

LatencyClass: TypeAlias = Literal["instant", "flow", "attention", "background"]


class LatencyStep(Table):
    """A part of the time that an answer takes."""

    name: Annotated[
        str, field_doc("Step", "What happens in this part of the time.", example="retrieval")
    ]
    ms: Annotated[
        EstimateField | None,
        field_doc(
            "Time",
            "Time that the step takes, where its percentiles are unknown.",
            example=[80, 120, 300],
            unit="ms",
        ),
    ] = None
    p50: Annotated[
        Positive | None,
        field_doc(
            "Median", "Half of the answers pass the step within this.", example=120, unit="ms"
        ),
    ] = None
    p95: Annotated[
        Positive | None,
        field_doc("p95", "95% of the answers pass the step within this.", example=300, unit="ms"),
    ] = None

    @model_validator(mode="after")
    def _check_time(self) -> Self:
        if self.p50 is not None and self.p95 is not None and self.p95 < self.p50:
            remedy = f"set it to at least {self.p50:g}"
            raise fault_error("fitness", "p95 is less than p50", remedy, "p95")
        if self.ms is None and self.p50 is None and self.p95 is None:
            remedy = "give p50 and p95 in milliseconds, or ms"
            raise fault_error("fitness", "a step without a time", remedy)
        return self


class LatencyMeasurement(Table):
    """How long answers took, in milliseconds, and how many came within the budget."""

    on: Annotated[
        Day, field_doc("Measured on", "Day of the measurement.", example=dt.date(2026, 11, 2))
    ]
    p50: Annotated[
        NonNegative | None,
        field_doc("Median", "Half of the answers took at most this long.", example=420, unit="ms"),
    ] = None
    p95: Annotated[
        NonNegative | None,
        field_doc("p95", "95% of the answers took at most this long.", example=1400, unit="ms"),
    ] = None
    p99: Annotated[
        NonNegative | None,
        field_doc("p99", "99% of the answers took at most this long.", example=2600, unit="ms"),
    ] = None
    within: Annotated[
        Count | None,
        field_doc(
            "Within budget", "Answers that met the latency budget.", example=4770, unit="answers"
        ),
    ] = None
    of: Annotated[
        Count | None, field_doc("Answers", "Answers that were timed.", example=5000, unit="answers")
    ] = None

    @model_validator(mode="after")
    def _check_percentile_order(self) -> Self:
        validate_count_of_total(("within", self.within), ("of", self.of))
        percentiles = (("p50", self.p50), ("p95", self.p95), ("p99", self.p99))
        given = [(name, ms) for name, ms in percentiles if ms is not None]
        for (before, shorter), (name, ms) in pairwise(given):
            if ms < shorter:
                problem = f"{name} is less than {before}"
                raise fault_error("fitness", problem, f"set it to at least {shorter:g}", name)
        return self


class LatencyBudget(Table):
    """How long an answer may take and does."""

    kind: Annotated[
        LatencyClass | None,
        field_doc(
            "Kind",
            "How long users wait without losing track; it sets the default limit.",
            example="flow",
        ),
    ] = None
    p95_ms: Annotated[
        Positive | None,
        field_doc(
            "p95 limit",
            "Longest time that 95% of the answers may take.",
            example=1000,
            unit="ms",
            left_out="by kind: instant 100, flow 1,000, attention 10,000",
        ),
    ] = None
    slo: Annotated[
        Chance | None,
        field_doc(
            "Objective", "Share of answers that must meet the limit.", example=0.95, left_out="0.95"
        ),
    ] = None
    steps: Annotated[
        ListOf[LatencyStep],
        field_doc(
            "Steps",
            "Parts of the time that an answer takes.",
            example=[{"name": "retrieval", "p50": 120, "p95": 300}],
        ),
    ] = ()
    measured: Annotated[
        TableOrListOf[LatencyMeasurement],
        field_doc(
            "Measured",
            "Latency measurements; the newest one counts.",
            example=[{"on": dt.date(2026, 11, 2), "p95": 1400}],
        ),
    ] = ()

    def newest_measurements(self) -> tuple[LatencyMeasurement, ...]:
        """The measurements, the newest first; of several of a day, the last one first."""
        return tuple(sorted(self.measured, key=lambda each: each.on)[::-1])
