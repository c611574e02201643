"""Quality bars: a model's latest measurement against one of its bars."""

from dataclasses import dataclass

from roadmap_tui.forecast.simulation.amounts import Amount, mean
from roadmap_tui.plan.readiness.proof import look_tail
from roadmap_tui.plan.readiness.quality_bars import (
    BarStatus,
    CountedShare,
    MeasuredValue,
    Measurement,
    QualityBar,
)
from roadmap_tui.readiness.binomial import cases_for_power, chance_to_reach
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
        reading: the value with its 95% interval.
        cases_missing: about how many more cases give an 80% chance to prove the launch level at
            the next look, if the true rate is the measured one; 0 if it is proven.
        p_reached: chance that the true rate reaches the launch level.
        gap_closed: share of the way from the baseline to the target.
        ppv: positive predictive value at the bar's prevalence.
        threshold: the probability from which a yes costs less than a no.
        majority_accuracy: for an accuracy, what always choosing the more common answer reaches.
        look: the number of the newest look at the bar; 0 without a measurement.
        confidence_needed: what this look needs to prove the launch level; None without a look.
        confidence: 1 - the chance of so good a result if the truth were exactly at the launch
            level; None where that is unknown.
        design_effect: how many times the variance is that of independent cases.
    """

    status: BarStatus
    reading: MeasuredValue | None
    cases_missing: int | None
    p_reached: float | None
    gap_closed: float | None
    ppv: float | None
    threshold: float | None
    majority_accuracy: float | None = None
    look: int = 0
    confidence_needed: float | None = None
    confidence: float | None = None
    design_effect: float = 1.0


def bar_assessment(name: str, bar: QualityBar) -> BarAssessment:
    """Assess the bar called `name`."""
    newest, reading = bar.newest_measurement(), bar.latest_value(name)
    status, look = bar.status(name), bar.look_count(name)
    counted = _counted_share(name, bar, newest)
    return BarAssessment(
        status=status,
        reading=reading,
        cases_missing=_cases_missing(counted, status, look),
        p_reached=_chance(name, bar, newest),
        gap_closed=_gap(bar, reading),
        ppv=_ppv(bar, newest),
        threshold=_threshold(bar),
        majority_accuracy=_majority(bar.metric or name, newest),
        look=look,
        confidence_needed=1 - look_tail(look) if look else None,
        confidence=_confidence(name, bar, newest),
        design_effect=newest.design_effect if newest else 1.0,
    )


def _counted_share(name: str, bar: QualityBar, newest: Measurement | None) -> CountedShare | None:
    if newest is None or bar.launch is None:
        return None
    return newest.share_against(bar.launch, bar, name)


def _cases_missing(counted: CountedShare | None, status: BarStatus, look: int) -> int | None:
    if counted is None:
        return None
    if status == "proven":
        return 0
    # All hits so far don't mean that there will never be a miss: then the mean of the posterior.
    rate = counted.hits / counted.of
    if counted.hits == counted.of:
        rate = (counted.hits + 1) / (counted.of + 2)
    return cases_for_power(counted, look_tail(look + 1), rate)


def _chance(name: str, bar: QualityBar, newest: Measurement | None) -> float | None:
    """The chance that the true value reaches launch: of counted cases, by a uniform prior."""
    counted = _counted_share(name, bar, newest)
    if counted is not None:
        return chance_to_reach(counted.level, counted.hits, counted.of)
    return None


def _confidence(name: str, bar: QualityBar, newest: Measurement | None) -> float | None:
    if newest is None or bar.launch is None:
        return None
    chance = newest.chance_under(bar.launch, bar, name)
    return None if chance is None else 1 - chance


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
