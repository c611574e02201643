"""Data quality: whether data is complete, fresh and accurate enough for training."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from roadmap_tui.plan.intervals import wilson_interval
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.model_data import (
    Accuracy,
    Completeness,
    DataFloors,
    Freshness,
    ModelData,
)


@dataclass(frozen=True, slots=True)
class DataAssessment:
    """The quality of one data set.

    Attributes:
        values: each measured dimension, from 0 to 1.
        score: their geometric mean.
        worst_dimension: the one lowest relative to its floor.
        is_below_floor: whether that one is below it.
        accuracy: 95% interval of the accuracy; None if nothing was audited.
    """

    values: dict[str, float]
    score: float
    worst_dimension: str
    is_below_floor: bool
    accuracy: tuple[float, float] | None


def freshness_score(age: float, allowed: float) -> float:
    """Return 1 while the data is no older than allowed, then allowed / age."""
    return 1.0 if age <= allowed else allowed / age


def data_dimensions(data: ModelData) -> dict[str, float]:
    """Return each measured dimension, from 0 to 1."""
    values: dict[str, float] = {}
    completeness, freshness, accuracy = _newest_dimensions(data)
    if completeness is not None:
        values["completeness"] = completeness.filled / completeness.of
    if freshness is not None:
        values["freshness"] = freshness_score(freshness.age_hours, freshness.sla_hours)
    if accuracy is not None:
        values["accuracy"] = accuracy.correct / accuracy.audited
    return values


def _newest_dimensions(
    data: ModelData,
) -> tuple[Completeness | None, Freshness | None, Accuracy | None]:
    """Return the newest count of each dimension; None of those without cases."""
    completeness, freshness, accuracy = None, None, None
    for each in data.newest_measurements():
        if completeness is None and each.completeness is not None and each.completeness.of:
            completeness = each.completeness
        freshness = freshness or each.freshness
        if accuracy is None and each.accuracy is not None and each.accuracy.audited:
            accuracy = each.accuracy
    return completeness, freshness, accuracy


def geometric_mean(values: Mapping[str, float]) -> float:
    """Return the geometric mean of at least one value."""
    return math.prod(values.values()) ** (1 / len(values))


def data_floors(data: ModelData, policy: Policy) -> dict[str, float]:
    """Return the floor of each dimension: the table's own, or else the policy's."""
    own = data.floors or DataFloors()
    return {
        "completeness": policy.completeness if own.completeness is None else own.completeness,
        "freshness": policy.freshness if own.freshness is None else own.freshness,
        "accuracy": policy.accuracy if own.accuracy is None else own.accuracy,
    }


def data_assessment(data: ModelData, policy: Policy) -> DataAssessment | None:
    """Assess a data set by its worst dimension; None if none was measured."""
    values, floors = data_dimensions(data), data_floors(data, policy)
    if not values:
        return None
    worst = min(values, key=lambda name: values[name] - floors[name])
    _, _, audit = _newest_dimensions(data)
    return DataAssessment(
        values=values,
        score=geometric_mean(values),
        worst_dimension=worst,
        is_below_floor=values[worst] < floors[worst],
        accuracy=wilson_interval(audit.correct, audit.audited) if audit else None,
    )
