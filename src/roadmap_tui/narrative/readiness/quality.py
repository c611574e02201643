"""A model's quality bars as sentences."""

import datetime as dt
from collections.abc import Iterator, Mapping

from roadmap_tui.forecast.simulation.amounts import mean
from roadmap_tui.narrative.readiness.verdict import (
    ReadinessLevel,
    TopicAssessment,
    TopicVerdict,
    format_days_ago,
    worst_verdict,
)
from roadmap_tui.plan.readiness.proof import look_tail
from roadmap_tui.plan.readiness.quality_bars import MeasuredValue, Measurement, QualityBar
from roadmap_tui.readiness.binomial import POWER, clopper_pearson_cases
from roadmap_tui.readiness.failure_modes import (
    wrong_per_day,
)
from roadmap_tui.readiness.quality_bars import BarAssessment, bar_assessment
from roadmap_tui.text.numbers import (
    format_beside_level,
    format_chance,
    format_count,
    format_level,
    format_measured,
    format_number,
    format_percent,
    format_set_level,
    format_whole_percent,
)
from roadmap_tui.text.terminal_text import escape_control

BAR_STATUS_LEVELS: dict[str, ReadinessLevel] = {
    "proven": "good",
    "likely": "watch",
    "below": "bad",
    "unmeasured": "unknown",
    "breach": "breach",
    "ok": "good",
    "no level": "unknown",
}
_ACCURACY_METRICS = {"accuracy", "pass_rate", "groundedness"}
"""Metrics that are the share of correct cases."""
_NON_SHARE_METRICS = {"auc", "ndcg", "f1", "f_beta"}
REFERENCE_VOLUME = 10_000.0
"""Answers a day, where the real number is unknown."""
_MAX_CONFIDENCE_DIGITS = 4


def bar_verdict(name: str, bar: QualityBar) -> TopicVerdict:
    """The verdict of a bar."""
    status = bar.status(name)
    return TopicVerdict(BAR_STATUS_LEVELS[status], "untested" if status == "unmeasured" else status)


def bars_topic(
    bars: Mapping[str, QualityBar], as_of: dt.date, per_day: float | None
) -> TopicAssessment | None:
    """Assess bars, worst first; None without bars."""
    order = sorted(bars, key=lambda name: -bar_verdict(name, bars[name]).severity)
    verdict = worst_verdict(bar_verdict(name, bars[name]) for name in order)
    if verdict is None:
        return None

    def write_sentences() -> Iterator[str]:
        for name in order:
            yield from bar_sentences(name, bars[name], as_of, per_day)

    return TopicAssessment("quality", verdict, write_sentences)


def bar_sentences(
    name: str, bar: QualityBar, as_of: dt.date, per_day: float | None
) -> Iterator[str]:
    """Sentences about one bar."""
    newest, reading, shown = bar.newest_measurement(), bar.latest_value(name), escape_control(name)
    if newest is None or reading is None:
        yield f"{shown}: {_unmeasured_clause(name, bar)}"
        return
    fit = bar_assessment(name, bar)
    yield (
        f"{shown} {format_reading(bar, reading)}:"
        f" {_status_clause(bar, reading, fit.status)}{_proof_clause(fit)}"
    )
    yield f"  {_measurement_source(newest)}, {format_days_ago(newest.on, as_of)}"
    yield from _look_sentences(bar, fit)
    yield from _group_sentences(newest, fit)
    yield from _level_sentences(bar, fit)
    if fit.ppv is not None and bar.prevalence is not None:
        yield (
            f"  where {format_whole_percent(bar.prevalence)} of cases are what is looked for, a yes"
            f" is right {format_percent(fit.ppv)}"
        )
    if fit.threshold is not None:
        yield f"  a yes costs less than a no from a probability of {format_level(fit.threshold)}"
    if fit.majority_accuracy is not None:
        yield (
            "  always guessing what is more common would reach"
            f" {format_beside_level(fit.majority_accuracy, reading.value)}"
        )
    if (bar.metric or name) in _ACCURACY_METRICS and 0 <= reading.value <= 1:
        yield f"  {_error_rate_sentence(reading, per_day)}"


def _look_sentences(bar: QualityBar, fit: BarAssessment) -> Iterator[str]:
    """What the newest look at the bar needs to prove launch, and how sure it makes it."""
    if bar.launch is None or fit.confidence_needed is None or fit.confidence is None:
        return
    needed, sure = fit.confidence_needed, fit.confidence
    yield f"  look {fit.look}: needs {_format_confidence(needed)}, has {_format_confidence(sure)}"


def _format_confidence(share: float) -> str:
    """A confidence with digits enough to tell it from 100%: ``98.8%``, ``99.997%``."""
    digits = 1
    while round(100 * share, digits) >= 100 and digits < _MAX_CONFIDENCE_DIGITS:
        digits += 1
    if round(100 * share, digits) >= 100:
        return f">{100 - 10**-digits:.{digits}f}%"
    return f"{100 * share:.{digits}f}%"


def _group_sentences(newest: Measurement, fit: BarAssessment) -> Iterator[str]:
    """How cases of the same user or document count."""
    if newest.by_group:
        yield (
            f"  from {format_count(len(newest.by_group), 'group')}: cases within a group are alike"
            f" and widen the interval as {format_number(fit.design_effect)} × the variance"
        )
    elif newest.groups is not None and newest.groups != newest.of:
        yield (
            f"  from {format_count(newest.groups, 'group')}: without counts by group, each case"
            " counts as independent"
        )


def _level_sentences(bar: QualityBar, fit: BarAssessment) -> Iterator[str]:
    """How a bar stands to its launch level, and between baseline and target."""
    if fit.p_reached is not None and bar.launch is not None:
        side = "at most" if bar.better == "lower" else "at least"
        yield (
            f"  {format_chance(fit.p_reached)} that the true value is {side}"
            f" {format_set_level(bar.launch)}"
        )
    if fit.gap_closed is not None and bar.baseline is not None and bar.target is not None:
        way = (
            f"from the baseline {format_set_level(bar.baseline)} to the target"
            f" {format_set_level(bar.target)}"
        )
        yield f"  {format_whole_percent(fit.gap_closed)} of the way {way}"


def format_reading(bar: QualityBar, reading: MeasuredValue) -> str:
    """A measured value with its 95% interval: ``81% (75–86%)``."""
    return format_measured(reading.value, reading.low, reading.high, bar.launch)


def _measurement_source(newest: Measurement) -> str:
    """Dataset and counts of a measurement."""
    on = escape_control(newest.dataset or "") or "no dataset named"
    if newest.hits is not None and newest.of is not None:
        if newest.dataset:
            return f"{newest.hits:,} of {newest.of:,} on {on}"
        return f"{newest.hits:,} of {newest.of:,}"
    if newest.tp is not None:
        return f"tp {newest.tp:,}, fp {newest.fp:,}, fn {newest.fn:,}, tn {newest.tn:,}; {on}"
    return f"measured on {on}" if newest.dataset else "measured"


def _status_clause(bar: QualityBar, reading: MeasuredValue, status: str) -> str:
    beyond = "above" if bar.better == "lower" else "below"
    if status == "breach" and bar.guardrail is not None:
        return (
            f"breach: all of its interval lies {beyond} the guardrail"
            f" {format_set_level(bar.guardrail)}"
        )
    if status == "no level":
        return "no launch level to judge it by"
    if bar.launch is None:
        level = f"the guardrail {format_set_level(bar.guardrail or 0.0)}"
        return f"keeps {level}" if status == "ok" else f"{beyond} {level}, within its interval"
    launch = f"launch {format_set_level(bar.launch)}"
    if status == "below":
        return f"{beyond} {launch} by {format_level(abs(reading.value - bar.launch))}"
    if status == "proven":
        return f"proven, {launch}"
    return f"likely, {launch} is not proven"


def _proof_clause(fit: BarAssessment) -> str:
    """How many more cases would prove the bar, if more cases can."""
    if fit.cases_missing and fit.reading is not None:
        return (
            f"; about {format_count(int(float(f'{fit.cases_missing:.2g}')), 'more case')} give"
            f" {format_percent(POWER)} chance to prove it, if the true rate is"
            f" {format_level(fit.reading.value)}"
        )
    is_counted = fit.p_reached is not None and fit.cases_missing is None
    return "; more cases at this rate won't prove it" if is_counted else ""


def _unmeasured_clause(name: str, bar: QualityBar) -> str:
    if bar.newest_measurement() is not None:
        metric = escape_control(bar.metric or name)
        return f"untested: the newest measurement has no cases, or does not give {metric}"
    if (
        bar.launch is None
        or bar.better == "lower"
        or not 0 < bar.launch < 1
        or (bar.metric or name) in _NON_SHARE_METRICS
    ):
        return "untested; press m, or roadmap measure"
    least = clopper_pearson_cases(bar.launch, 0, look_tail(1))
    return (
        f"untested; launch {format_set_level(bar.launch)} takes at least"
        f" {format_count(least or 1, 'case')}, all of them right"
    )


def _error_rate_sentence(reading: MeasuredValue, per_day: float | None) -> str:
    """The wrong answers of a day, with the interval that the measurement leaves them."""
    every = (
        f"{format_percent(reading.value)} at {REFERENCE_VOLUME:,.0f} a day is"
        f" {_wrong_text(reading, REFERENCE_VOLUME)} wrong a day"
    )
    if per_day is None:
        return every
    return f"{every}; at the {format_number(per_day)} a day here, {_wrong_text(reading, per_day)}"


def _wrong_text(reading: MeasuredValue, per_day: float) -> str:
    rates = (reading.value, min(1.0, reading.high), max(0.0, reading.low))
    wrong, least, most = (format_number(mean(wrong_per_day(rate, per_day))) for rate in rates)
    return f"{wrong} ({least}–{most})"
