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
    wilson_interval_of_share,
)
from roadmap_tui.plan.readiness.proof import (
    binomial_upper_tail,
    design_effect,
    interval_tail,
    look_tail,
)
from roadmap_tui.plan.validators import fault_error, validate_count_of_total

F1_METRICS = ("f1", "f_beta")
"""Metrics that are the F-measure; the second one with recall weighing as much as precision."""
Better: TypeAlias = Literal["higher", "lower"]
BarStatus: TypeAlias = Literal[
    "proven", "likely", "below", "unmeasured", "breach", "ok", "no level"
]
"""The newest measurement against the levels.

``ok`` is a guardrail that is kept, for a bar without a launch level; ``no level`` a bar without
either.
"""


@dataclass(frozen=True, slots=True)
class MeasuredValue:
    """A measured value with its 95% interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CountedShare:
    """A share of independent cases, and the level it should exceed.

    Attributes:
        hits, of: as counted, or fewer where cases of a group are alike.
        level: from 0 to 1.
    """

    hits: int
    of: int
    level: float


class GroupCount(Table):
    """What was counted in one independent group, such as a user or a document."""

    hits: Annotated[
        Count, field_doc("Hits", "Cases of the group that were right.", example=9, unit="cases")
    ]
    of: Annotated[
        Count,
        field_doc("Cases", "Cases of the group that were measured.", example=10, unit="cases"),
    ]

    @model_validator(mode="after")
    def _check_counts(self) -> Self:
        validate_count_of_total(("hits", self.hits), ("of", self.of))
        return self


class Measurement(Table):
    """One measurement: counted hits, a value with its interval, or a confusion table."""

    on: Annotated[
        Day, field_doc("Measured on", "Day of the measurement.", example=dt.date(2026, 11, 2))
    ]
    dataset: Annotated[
        str | None, field_doc("Data set", "Data set that was measured on.", example="golden-v2")
    ] = None
    version: Annotated[
        str | None,
        field_doc("Version", "Version of the model that was measured.", example="2026-10-b"),
    ] = None
    run: Annotated[
        str | None,
        field_doc("Run", "Run of the evaluation, as your tools name it.", example="eval-0412"),
    ] = None
    hits: Annotated[
        Count | None, field_doc("Hits", "Cases that were right.", example=355, unit="cases")
    ] = None
    of: Annotated[
        Count | None, field_doc("Cases", "Cases that were measured.", example=420, unit="cases")
    ] = None
    groups: Annotated[
        Count | None,
        field_doc(
            "Groups",
            "Independent users or documents that the cases come from.",
            example=60,
            unit="groups",
            left_out="each case is independent",
        ),
    ] = None
    by_group: Annotated[
        ListOf[GroupCount],
        field_doc(
            "Counts by group",
            "Hits and cases of each group; cases that are alike within a group widen the interval.",
            example=[{"hits": 9, "of": 10}, {"hits": 4, "of": 8}],
        ),
    ] = ()
    value: Annotated[
        float | None,
        field_doc("Value", "Measured value, where hits cannot be counted.", example=0.81),
    ] = None
    low: Annotated[
        float | None, field_doc("Low", "Lower end of its 95% interval.", example=0.76)
    ] = None
    high: Annotated[
        float | None, field_doc("High", "Upper end of its 95% interval.", example=0.86)
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
            raise fault_error("measurement", "the measurement is incomplete or mixed", remedy)
        validate_count_of_total(("hits", self.hits), ("of", self.of))
        self._check_groups()
        if self.value is not None and not (self.low or 0.0) <= self.value <= (self.high or 0.0):
            remedy = "set it between low and high"
            raise fault_error("measurement", "the value is outside its interval", remedy, "value")
        return self

    def _check_groups(self) -> None:
        counted = sum(each.hits for each in self.by_group), sum(each.of for each in self.by_group)
        if self.by_group and counted != (self.hits, self.of):
            remedy = f"they add up to hits = {counted[0]} and of = {counted[1]}"
            problem = "the groups don't add up to hits and of"
            raise fault_error("measurement", problem, remedy, "by_group")
        if self.groups is None:
            return
        if self.by_group and self.groups != len(self.by_group):
            remedy = f"set it to {len(self.by_group)}, the number of groups in by_group"
            raise fault_error("measurement", "the number of groups differs", remedy, "groups")
        confusion = (self.tp or 0) + (self.fp or 0) + (self.fn or 0) + (self.tn or 0)
        cases = self.of if self.of is not None else confusion
        if self.value is None and not min(1, cases) <= self.groups <= cases:
            remedy = "every group has at least one case: set it from 1 to the number of cases"
            raise fault_error("measurement", "some groups have no cases", remedy, "groups")

    @property
    def design_effect(self) -> float:
        """How many times the variance is that of independent cases: 1 without counts by group."""
        return design_effect(tuple((each.hits, each.of) for each in self.by_group))

    def value_for(self, metric: str, beta: float = 1.0) -> MeasuredValue | None:
        """The value of `metric` with its 95% interval; None if it can't be computed from this.

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
        value = counts[0] / counts[1]
        low, high = wilson_interval_of_share(value, counts[1] / self.design_effect)
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

    def share_against(self, level: float, bar: "QualityBar", name: str) -> CountedShare | None:
        """Independent cases against a level, so that more is better; None if not counted."""
        metric = bar.metric or name
        counts = self.counts_for(metric, bar.beta or 1.0)
        if counts is None or not counts[1]:
            return None
        # F1 is counted as tp of tp + fp + fn, a share J with F1 = 2 J / (1 + J)
        if metric in F1_METRICS and self.hits is None:
            level = level / (2 - level) if level < 1 else level
        hits, of = counts
        if bar.better == "lower":
            hits, level = of - hits, 1 - level
        effect = self.design_effect
        return CountedShare(int(hits / effect), max(1, int(of / effect)), level)

    def chance_under(self, level: float, bar: "QualityBar", name: str) -> float | None:
        """The chance of a result at least this good if the truth were exactly at the level.

        None if this doesn't give the bar's metric.
        """
        reading = self.value_for(bar.metric or name, bar.beta or 1.0)
        if reading is None:
            return None
        counted = self.share_against(level, bar, name)
        if counted is not None:
            return binomial_upper_tail(counted.hits, counted.of, counted.level)
        if bar.better == "lower":
            return interval_tail(level - reading.value, reading.high - reading.value)
        return interval_tail(reading.value - level, reading.value - reading.low)


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
        Better,
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
                remedy = f"guardrail, launch and target must {order} or be equal"
                raise fault_error("bar", "the levels are out of order", remedy, name)
        return self

    def newest_measurement(self) -> Measurement | None:
        """The newest measurement, of several of a day the last one; None if there is none."""
        newest = max(enumerate(self.measured), key=lambda each: (each[1].on, each[0]), default=None)
        return None if newest is None else newest[1]

    def latest_value(self, name: str) -> MeasuredValue | None:
        """The value of the newest measurement, for the bar called `name`; None if there is none."""
        newest = self.newest_measurement()
        if newest is None:
            return None
        return newest.value_for(self.metric or name, self.beta or 1.0)

    def look_count(self, name: str) -> int:
        """How often the bar was looked at.

        Each measurement is a look: of the same cases again, of more cases, of another version.
        """
        metric, beta = self.metric or name, self.beta or 1.0
        return sum(each.value_for(metric, beta) is not None for each in self.measured)

    def status(self, name: str) -> BarStatus:
        """The newest measurement against the launch and guardrail levels.

        A launch level is proven if so good a result had at most the chance `look_tail` at it.
        """
        newest, reading = self.newest_measurement(), self.latest_value(name)
        if newest is None or reading is None:
            return "unmeasured"
        sign = -1 if self.better == "lower" else 1
        high = max(sign * reading.low, sign * reading.high)
        if self.guardrail is not None and high < sign * self.guardrail:
            return "breach"
        level = self.guardrail if self.launch is None else self.launch
        if level is None:
            return "no level"
        if sign * reading.value < sign * level:
            return "below"
        if self.launch is None:
            return "ok"
        chance = newest.chance_under(self.launch, self, name)
        is_proven = chance is not None and chance <= look_tail(self.look_count(name))
        return "proven" if is_proven else "likely"
