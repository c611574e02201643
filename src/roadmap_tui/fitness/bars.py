"""How a model's newest measurement stands to one of its bars."""

from dataclasses import dataclass

from roadmap_tui.fitness.amounts import Amount, mean
from roadmap_tui.fitness.proofs import cases_to_prove, chance_to_reach
from roadmap_tui.fitness.quality import gap_closed, majority, ppv, threshold
from roadmap_tui.plan.bars import F1, Bar, BarStatus, Measurement, Reading


@dataclass(frozen=True, slots=True)
class BarFit:
    """One bar, judged by the newest measurement; what that does not tell is None.

    Attributes:
        reading: the value with its 95 % interval.
        more: how many more cases would prove the launch level if the rate stayed the same.
        chance: that the true rate is as good as the launch level.
        gap: how much of the way from the baseline to the target it has gone.
        ppv: how often a yes is right at the bar's prevalence.
        threshold: the probability from which a yes costs less than a no.
        majority: of an accuracy, what always guessing the more common answer reaches.
    """

    status: BarStatus
    reading: Reading | None
    more: int | None
    chance: float | None
    gap: float | None
    ppv: float | None
    threshold: float | None
    majority: float | None = None


@dataclass(frozen=True, slots=True)
class _Counted:
    """A share of cases and the level it is to reach."""

    hits: int
    of: int
    launch: float
    better: str


def bar_fit(name: str, bar: Bar) -> BarFit:
    """Judge the bar called `name`."""
    newest, reading = bar.newest(), bar.latest(name)
    counted = _counted(name, bar, newest)
    return BarFit(
        status=bar.status(name),
        reading=reading,
        more=None if counted is None else _more(counted),
        chance=None if counted is None else _chance(counted),
        gap=_gap(bar, reading),
        ppv=_ppv(bar, newest),
        threshold=_threshold(bar),
        majority=_majority(bar.metric or name, newest),
    )


def _counted(name: str, bar: Bar, newest: Measurement | None) -> _Counted | None:
    metric = bar.metric or name
    counts = newest.counts(metric, bar.beta or 1.0) if newest else None
    if newest is None or counts is None or bar.launch is None:
        return None
    is_f1 = metric in F1 and newest.hits is None
    return _Counted(
        *counts,
        bar.launch / (2 - bar.launch) if is_f1 and bar.launch <= 1 else bar.launch,
        bar.better,
    )


def _more(counted: _Counted) -> int | None:
    if not counted.of:
        return None
    cases = cases_to_prove(counted.hits / counted.of, counted.launch, counted.better)
    return None if cases is None else max(0, cases - counted.of)


def _chance(counted: _Counted) -> float:
    above = chance_to_reach(counted.launch, counted.hits, counted.of)
    return 1 - above if counted.better == "lower" else above


def _gap(bar: Bar, reading: Reading | None) -> float | None:
    if reading is None or bar.baseline is None or bar.target is None:
        return None
    return _sure(gap_closed(reading.value, bar.baseline, bar.target))


def ppv_of(bar: Bar) -> float | None:
    """How often a yes is right at the bar's prevalence, by its newest measurement; None if that does not tell it."""
    return _ppv(bar, bar.newest())


def _ppv(bar: Bar, newest: Measurement | None) -> float | None:
    recall = newest.reading("recall") if newest and newest.tp is not None else None
    specificity = newest.reading("specificity") if newest and newest.tp is not None else None
    if bar.prevalence is None or recall is None or specificity is None:
        return None
    return _sure(ppv(bar.prevalence, recall.value, specificity.value))


def _threshold(bar: Bar) -> float | None:
    if bar.cost_fp is None or bar.cost_fn is None:
        return None
    return _sure(threshold(bar.cost_fp, bar.cost_fn))


def _majority(metric: str, newest: Measurement | None) -> float | None:
    if metric != "accuracy" or newest is None or newest.tp is None:
        return None
    positives, negatives = newest.tp + (newest.fn or 0), (newest.tn or 0) + (newest.fp or 0)
    return majority(positives, positives + negatives)


def _sure(amount: Amount | None) -> float | None:
    return None if amount is None else mean(amount)
