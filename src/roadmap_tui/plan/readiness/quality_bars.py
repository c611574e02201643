"""Quality bars of a model, their measurements, and whether a bar is proven."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import model_validator

from roadmap_tui.plan.base import Chance, Count, Day, ListOf, NonNegative, Positive, Table
from roadmap_tui.plan.field_docs import field_doc
from roadmap_tui.plan.intervals import (
    f_beta,
    f_beta_effective_cases,
    wilson_interval,
    wilson_interval_of_share,
)
from roadmap_tui.plan.validators import fault_error, validate_count_of_total

F1_METRICS = ("f1", "f_beta")
"""Metrics that are the F-measure; the second one with recall weighing as much as precision."""
BarStatus: TypeAlias = Literal["proven", "likely", "below", "unmeasured", "breach"]


@dataclass(frozen=True, slots=True)
class MeasuredValue:
    """A measured value with its 95 % interval."""

    value: float
    low: float
    high: float


class Measurement(Table):
    """One measurement: counted hits, a value with its interval, or a confusion table."""

    on: Annotated[
        Day, field_doc("Measured on", "Day of the measurement.", example=dt.date(2026, 11, 2))
    ]
    dataset: Annotated[
        str | None, field_doc("Data set", "Data set that was measured on.", example="golden-v2")
    ] = None
    hits: Annotated[
        Count | None, field_doc("Hits", "Cases that were right.", example=355, unit="cases")
    ] = None
    of: Annotated[
        Count | None, field_doc("Cases", "Cases that were measured.", example=420, unit="cases")
    ] = None
    value: Annotated[
        float | None,
        field_doc("Value", "Measured value, where hits cannot be counted.", example=0.81),
    ] = None
    low: Annotated[
        float | None, field_doc("Low", "Lower end of its 95 % interval.", example=0.76)
    ] = None
    high: Annotated[
        float | None, field_doc("High", "Upper end of its 95 % interval.", example=0.86)
    ] = None
    tp: Annotated[
        Count | None,
        field_doc("True positives", "Cases correctly flagged.", example=178, unit="cases"),
    ] = None
    fp: Annotated[
        Count | None,
        field_doc("False positives", "Cases flagged by mistake.", example=22, unit="cases"),
    ] = None
    fn: Annotated[
        Count | None,
        field_doc(
            "False negatives", "Cases that should have been flagged.", example=42, unit="cases"
        ),
    ] = None
    tn: Annotated[
        Count | None,
        field_doc("True negatives", "Cases correctly left alone.", example=758, unit="cases"),
    ] = None

    @model_validator(mode="after")
    def _check_exactly_one_form(self) -> Self:
        forms = [
            (self.hits, self.of),
            (self.value, self.low, self.high),
            (self.tp, self.fp, self.fn, self.tn),
        ]
        begun = [form for form in forms if set(form) != {None}]
        if len(begun) != 1 or None in begun[0]:
            remedy = "give hits and of; or value, low and high; or tp, fp, fn and tn"
            raise fault_error("measurement", "not one whole measurement", remedy)
        validate_count_of_total(("hits", self.hits), ("of", self.of))
        if self.value is not None and not (self.low or 0.0) <= self.value <= (self.high or 0.0):
            remedy = "let it be from low to high"
            raise fault_error("measurement", "a value outside its interval", remedy, "value")
        return self

    def value_for(self, metric: str, beta: float = 1.0) -> MeasuredValue | None:
        """The value of `metric` with its 95 % interval; None if it can't be computed from this.

        Args:
            metric: what is measured.
            beta: of an ``f_beta``, how many times as much recall weighs as precision.
        """
        if self.value is not None and self.low is not None and self.high is not None:
            return MeasuredValue(value=self.value, low=self.low, high=self.high)
        if metric == "f_beta" and self.hits is None and beta != 1:
            return self._f_beta_value(beta)
        counts = self.counts_for(metric)
        if counts is None or counts[1] == 0:
            return None
        value, (low, high) = counts[0] / counts[1], wilson_interval(*counts)
        if metric in F1_METRICS and self.hits is None:
            value, low, high = (2 * share / (1 + share) for share in (value, low, high))
        return MeasuredValue(value=value, low=low, high=high)

    def _f_beta_value(self, beta: float) -> MeasuredValue | None:
        counts = self.tp or 0, self.fp or 0, self.fn or 0
        value = f_beta(*counts, beta)
        if value is None:
            return None
        low, high = wilson_interval_of_share(value, f_beta_effective_cases(*counts, beta))
        return MeasuredValue(value=value, low=low, high=high)

    def counts_for(self, metric: str, beta: float = 1.0) -> tuple[int, int] | None:
        """The hits and the cases of which `metric` is the share; None if they aren't known.

        F1 is no share itself but 2 s / (1 + s) of one: the hits among all but true negatives.
        """
        if self.hits is not None and self.of is not None:
            return self.hits, self.of
        if metric == "f_beta" and beta != 1:
            return None
        tp, fp, fn, tn = self.tp or 0, self.fp or 0, self.fn or 0, self.tn or 0
        return {
            "precision": (tp, tp + fp),
            "recall": (tp, tp + fn),
            "specificity": (tn, tn + fp),
            "accuracy": (tp + tn, tp + fp + fn + tn),
            **dict.fromkeys(F1_METRICS, (tp, tp + fp + fn)),
        }.get(metric)


class QualityBar(Table):
    """What a model must reach: never below `guardrail`, `launch` to ship, `target` in the end."""

    metric: Annotated[
        str | None,
        field_doc(
            "Metric",
            "What is measured; left out, the bar's name.",
            example="recall",
            left_out="the bar's name",
        ),
    ] = None
    better: Annotated[
        Literal["higher", "lower"],
        field_doc("Better", "Whether higher or lower values are better.", example="higher"),
    ] = "higher"
    guardrail: Annotated[
        float | None, field_doc("Guardrail", "Level that must never be crossed.", example=0.7)
    ] = None
    launch: Annotated[
        float | None, field_doc("Launch", "Level that must be proven before launch.", example=0.8)
    ] = None
    target: Annotated[
        float | None, field_doc("Target", "Level to reach in the end.", example=0.9)
    ] = None
    baseline: Annotated[
        float | None, field_doc("Baseline", "Level without the model.", example=0.62)
    ] = None
    beta: Annotated[
        Positive | None,
        field_doc(
            "Beta",
            "For f_beta: how many times as much recall counts as precision.",
            example=2,
            unit="times",
        ),
    ] = None
    prevalence: Annotated[
        Chance | None,
        field_doc("Prevalence", "Share of cases that should be flagged.", example=0.1),
    ] = None
    cost_fp: Annotated[
        NonNegative | None,
        field_doc("False alarm cost", "Cost of one false alarm.", example=2, unit="money"),
    ] = None
    cost_fn: Annotated[
        NonNegative | None,
        field_doc("Missed case cost", "Cost of one missed case.", example=40, unit="money"),
    ] = None
    measured: Annotated[
        ListOf[Measurement],
        field_doc(
            "Measured",
            "Measurements; the newest one counts.",
            example=[{"on": dt.date(2026, 11, 2), "hits": 355, "of": 420}],
        ),
    ] = ()

    @model_validator(mode="after")
    def _check_level_order(self) -> Self:
        levels = {"guardrail": self.guardrail, "launch": self.launch, "target": self.target}
        given = [(name, level) for name, level in levels.items() if level is not None]
        for (_, before), (name, level) in pairwise(given):
            falls = self.better == "lower"
            if (falls and level > before) or (not falls and level < before):
                order = "fall" if falls else "rise"
                remedy = f"let guardrail, launch and target {order}, or be equal"
                raise fault_error("bar", "levels out of order", remedy, name)
        return self

    def newest_measurement(self) -> Measurement | None:
        """The newest measurement; None if there is none."""
        return max(self.measured, key=lambda each: each.on, default=None)

    def latest_value(self, name: str) -> MeasuredValue | None:
        """The value of the newest measurement, for the bar called `name`; None if there is none."""
        newest = self.newest_measurement()
        if newest is None:
            return None
        return newest.value_for(self.metric or name, self.beta or 1.0)

    def status(self, name: str) -> BarStatus:
        """The newest measurement against the launch and guardrail levels."""
        reading = self.latest_value(name)
        if reading is None:
            return "unmeasured"
        sign = -1 if self.better == "lower" else 1
        value = sign * reading.value
        low, high = sorted((sign * reading.low, sign * reading.high))
        if self.guardrail is not None and high < sign * self.guardrail:
            return "breach"
        if self.launch is None or value < sign * self.launch:
            return "below"
        return "proven" if low >= sign * self.launch else "likely"
