"""Quality bars, segments and failure modes of a model, and whether a bar is proven."""

import math
from itertools import pairwise
from typing import Literal, Self, TypeAlias

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from roadmap_tui.plan.base import Chance, Count, Day, ListOf, NonNegative, Positive, Table
from roadmap_tui.plan.estimate import EstimateField, ShareField
from roadmap_tui.plan.validators import validate_count_of_total

Z95 = 1.959963984540054
F1_METRICS = ("f1", "f_beta")
"""Metrics that are the F-measure, the second one where recall weighs as much as precision."""
BarStatus: TypeAlias = Literal["proven", "likely", "below", "unmeasured", "breach"]


def wilson_interval(hits: int, total: int) -> tuple[float, float]:
    """The Wilson score interval of a share at 95 %, two-sided.

    Args:
        hits: how many succeeded.
        total: out of how many; with 0 the interval is all from 0 to 1.

    Source: E. B. Wilson, JASA 22 (1927), 209-212.
    """
    return wilson_interval_of_share(hits / total, total) if total else (0.0, 1.0)


def wilson_interval_of_share(share: float, total: float) -> tuple[float, float]:
    """The same, of a share that is known as well as that of so many cases."""
    z2 = Z95 * Z95
    centre = share + z2 / (2 * total)
    half = Z95 * math.sqrt(share * (1 - share) / total + z2 / (4 * total * total))
    scale = 1 + z2 / total
    low, high = (centre - half) / scale, (centre + half) / scale
    return max(0.0, low) if share > 0 else 0.0, min(1.0, high) if share < 1 else 1.0


def f_beta(tp: int, fp: int, fn: int, beta: float = 1.0) -> float | None:
    """Precision and recall in one, recall weighing `beta` times as much; None if there is nothing to find.

    Source: C. J. van Rijsbergen, Information Retrieval (1979), ch. 7.
    """
    square = beta * beta
    found = (1 + square) * tp
    return found / whole if (whole := found + square * fn + fp) else None


def f_beta_effective_cases(tp: int, fp: int, fn: int, beta: float) -> float:
    """Of how many cases a share would be known as well as this F-measure: share x (1 - share) / variance.

    The variance is that of the delta method, for counts that are multinomial. Without an error it is that of the errors
    which weigh most.

    Source: K. Takahashi et al., Applied Intelligence 52 (2022), 4961-4972.
    """
    square = beta * beta
    found, missed = (1 + square) * tp, square * fn + fp
    if not missed:
        return found / max(1.0, square)
    return (
        missed
        * (found + missed) ** 2
        / ((1 + square) * missed**2 + found * (square * square * fn + fp))
    )


class MeasuredValue(Table):
    """A measured value with its interval."""

    value: float
    low: float
    high: float


class Measurement(Table):
    """One measurement: counted hits, a value with its interval, or a confusion table."""

    on: Day
    dataset: str | None = None
    hits: Count | None = None
    of: Count | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    tp: Count | None = None
    fp: Count | None = None
    fn: Count | None = None
    tn: Count | None = None

    @model_validator(mode="after")
    def _check_exactly_one_form(self) -> Self:
        forms = [
            (self.hits, self.of),
            (self.value, self.low, self.high),
            (self.tp, self.fp, self.fn, self.tn),
        ]
        given = [form for form in forms if any(part is not None for part in form)]
        if len(given) != 1 or any(part is None for part in given[0]):
            right = "give hits and of; or value, low and high; or tp, fp, fn and tn"
            raise PydanticCustomError("measurement", "not one whole measurement", {"right": right})
        validate_count_of_total(("hits", self.hits), ("of", self.of))
        if self.value is not None and not (self.low or 0.0) <= self.value <= (self.high or 0.0):
            right = "let it be from low to high"
            raise PydanticCustomError(
                "measurement", "a value outside its interval", {"right": right, "key": "value"}
            )
        return self

    def value_for(self, metric: str, beta: float = 1.0) -> MeasuredValue | None:
        """The value of `metric` with its 95 % interval; None if this measurement does not tell it.

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
        """The hits and the cases of which `metric` is the share; None if they are not told.

        F1 is no share itself, but 2 s / (1 + s) of one: of the hits among all that is not truly negative.
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

    metric: str | None = None
    better: Literal["higher", "lower"] = "higher"
    guardrail: float | None = None
    launch: float | None = None
    target: float | None = None
    baseline: float | None = None
    beta: Positive | None = None
    prevalence: Chance | None = None
    cost_fp: NonNegative | None = None
    cost_fn: NonNegative | None = None
    measured: ListOf[Measurement] = ()

    @model_validator(mode="after")
    def _check_level_order(self) -> Self:
        levels = {"guardrail": self.guardrail, "launch": self.launch, "target": self.target}
        given = [(name, level) for name, level in levels.items() if level is not None]
        for (_, before), (name, level) in pairwise(given):
            if (level > before) if self.better == "lower" else (level < before):
                order = "fall" if self.better == "lower" else "rise"
                right = f"let guardrail, launch and target {order}, or be equal"
                raise PydanticCustomError(
                    "bar", "levels out of order", {"right": right, "key": name}
                )
        return self

    def newest_measurement(self) -> Measurement | None:
        """The newest measurement; None if there is none."""
        return max(self.measured, key=lambda each: each.on, default=None)

    def latest_value(self, name: str) -> MeasuredValue | None:
        """What the newest measurement tells of the bar called `name`; None if it does not, or there is none."""
        newest = self.newest_measurement()
        return newest.value_for(self.metric or name, self.beta or 1.0) if newest else None

    def status(self, name: str) -> BarStatus:
        """How the newest measurement stands to the launch and guardrail levels."""
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


class DataSegment(Table):
    """A part of the cases that is looked at by itself."""

    kind: (
        Literal["language", "demographic", "device", "rare-input", "adversarial", "new-user"] | None
    ) = None
    share: Chance | None = None
    hits: Count | None = None
    of: Count | None = None
    floor: Chance | None = None

    @model_validator(mode="after")
    def _check_counts(self) -> Self:
        validate_count_of_total(("hits", self.hits), ("of", self.of))
        return self


class FailureMode(Table):
    """A way of being wrong: what it looks like, how often, whom it hurts."""

    example: str | None = None
    hurts: str | None = None
    hits: Count | None = None
    of: Count | None = None
    severity: Literal["low", "medium", "high"] | None = None
    cost: EstimateField | None = None
    caught: ShareField | None = None
    mitigation: str | None = None
    fallback: str | None = None

    @model_validator(mode="after")
    def _check_counts(self) -> Self:
        validate_count_of_total(("hits", self.hits), ("of", self.of))
        return self


class MonitoringSignal(Table):
    """What is watched of a live model."""

    signal: str
    warn: float | None = None
    act: float | None = None
    every_weeks: Positive | None = None


class RetrainingPlan(Table):
    """How often a live model is trained again, and what that takes."""

    every_weeks: Positive
    effort: EstimateField

    @property
    def people(self) -> float:
        """How many people it keeps busy if it takes its likely effort."""
        return self.effort.p50 / self.every_weeks
