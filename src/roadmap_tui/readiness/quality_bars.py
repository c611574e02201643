"""Quality bars: a model's latest measurement against one of its bars."""

from dataclasses import dataclass

from roadmap_tui.forecast.simulation.amounts import Amount, mean
from roadmap_tui.plan.readiness.quality_bars import (
    F1_METRICS,
    BarStatus,
    MeasuredValue,
    Measurement,
    QualityBar,
)
from roadmap_tui.readiness.binomial import cases_to_prove, chance_to_reach
from roadmap_tui.readiness.quality_metrics import (
    decision_threshold,
    gap_closed,
    majority_accuracy,
    positive_predictive_value,
)


@dataclass(frozen=True, slots=True)
class BarAssessment:
    """One bar, assessed by the latest measurement; None where that is not enough.

    Attributes:
        reading: the value with its 95 % interval.
        cases_missing: how many more cases would prove the launch level at the same rate.
        p_reached: chance that the true rate reaches the launch level.
        gap_closed: share of the way from the baseline to the target.
        ppv: positive predictive value at the bar's prevalence.
        threshold: the probability from which a yes costs less than a no.
        majority_accuracy: for an accuracy, what always choosing the more common answer reaches.
    """

    status: BarStatus
    reading: MeasuredValue | None
    cases_missing: int | None
    p_reached: float | None
    gap_closed: float | None
    ppv: float | None
    threshold: float | None
    majority_accuracy: float | None = None


@dataclass(frozen=True, slots=True)
class _CountedShare:
    """A share of cases and the level it should reach."""

    hits: int
    of: int
    launch: float
    better: str


def bar_assessment(name: str, bar: QualityBar) -> BarAssessment:
    """Assess the bar called `name`."""
    newest, reading = bar.newest_measurement(), bar.latest_value(name)
    counted = _counted_share(name, bar, newest)
    return BarAssessment(
        status=bar.status(name),
        reading=reading,
        cases_missing=None if counted is None else _cases_missing(counted),
        p_reached=None if counted is None else _chance(counted),
        gap_closed=_gap(bar, reading),
        ppv=_ppv(bar, newest),
        threshold=_threshold(bar),
        majority_accuracy=_majority(bar.metric or name, newest),
    )


def _counted_share(name: str, bar: QualityBar, newest: Measurement | None) -> _CountedShare | None:
    metric = bar.metric or name
    counts = newest.counts_for(metric, bar.beta or 1.0) if newest else None
    if newest is None or counts is None or bar.launch is None:
        return None
    is_f1 = metric in F1_METRICS and newest.hits is None
    # F1 is counted as tp of tp + fp + fn, a share J with F1 = 2 J / (1 + J)
    return _CountedShare(
        *counts,
        bar.launch / (2 - bar.launch) if is_f1 and bar.launch <= 1 else bar.launch,
        bar.better,
    )


def _cases_missing(counted: _CountedShare) -> int | None:
    if not counted.of:
        return None
    cases = cases_to_prove(counted.hits / counted.of, counted.launch, counted.better)
    if cases is None:
        return None
    return max(0, cases - counted.of)


def _chance(counted: _CountedShare) -> float:
    above = chance_to_reach(counted.launch, counted.hits, counted.of)
    return 1 - above if counted.better == "lower" else above


def _gap(bar: QualityBar, reading: MeasuredValue | None) -> float | None:
    if reading is None or bar.baseline is None or bar.target is None:
        return None
    return _sure(gap_closed(reading.value, bar.baseline, bar.target))


def bar_ppv(bar: QualityBar) -> float | None:
    """Return the positive predictive value at the bar's prevalence.

    None if its latest measurement is not enough.
    """
    return _ppv(bar, bar.newest_measurement())


def _ppv(bar: QualityBar, newest: Measurement | None) -> float | None:
    recall = newest.value_for("recall") if newest and newest.tp is not None else None
    specificity = newest.value_for("specificity") if newest and newest.tp is not None else None
    if bar.prevalence is None or recall is None or specificity is None:
        return None
    return _sure(positive_predictive_value(bar.prevalence, recall.value, specificity.value))


def _threshold(bar: QualityBar) -> float | None:
    if bar.cost_fp is None or bar.cost_fn is None:
        return None
    return _sure(decision_threshold(bar.cost_fp, bar.cost_fn))


def _majority(metric: str, newest: Measurement | None) -> float | None:
    if metric != "accuracy" or newest is None or newest.tp is None:
        return None
    positives, negatives = newest.tp + (newest.fn or 0), (newest.tn or 0) + (newest.fp or 0)
    return majority_accuracy(positives, positives + negatives)


def _sure(amount: Amount | None) -> float | None:
    return None if amount is None else mean(amount)
