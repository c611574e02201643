"""A model's quality as sentences: bars, segments, failure modes."""

import datetime as dt
from collections.abc import Iterator, Mapping

from roadmap_tui.forecast.simulation.amounts import mean, median_of, total
from roadmap_tui.narrative.readiness.verdict import (
    ReadinessLevel,
    TopicAssessment,
    TopicVerdict,
    format_days_ago,
    worst_verdict,
)
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.failure_modes import FailureMode
from roadmap_tui.plan.readiness.quality_bars import MeasuredValue, Measurement, QualityBar
from roadmap_tui.plan.readiness.segments import DataSegment
from roadmap_tui.readiness.binomial import cases_to_prove, clopper_pearson_cases
from roadmap_tui.readiness.failure_modes import (
    failure_harm,
    failure_rate,
    share_of_harm,
    wrong_per_day,
)
from roadmap_tui.readiness.quality_bars import BarAssessment, bar_assessment
from roadmap_tui.readiness.segments import (
    SegmentAssessment,
    measured_coverage,
    segment_assessments,
    widest_gap,
)
from roadmap_tui.text.numbers import (
    format_beside_level,
    format_chance,
    format_count,
    format_counted_share,
    format_interval,
    format_level,
    format_number,
    format_percent,
    format_set_level,
)
from roadmap_tui.text.terminal_text import escape_control

BAR_STATUS_LEVELS: dict[str, ReadinessLevel] = {
    "proven": "good",
    "likely": "watch",
    "below": "bad",
    "unmeasured": "unknown",
    "breach": "breach",
}
_ACCURACY_METRICS = {"accuracy", "pass_rate", "groundedness"}
"""Metrics that are the share of correct cases."""
_NON_SHARE_METRICS = {"auc", "ndcg", "f1", "f_beta"}
_REFERENCE_VOLUME = 10_000.0
ENOUGH_FAILURE_MODES = 3
"""From this many failure modes on, errors count as described."""
_SEVERITY = ("high", "medium", "low", None)


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
    yield from _level_sentences(bar, fit)
    if fit.ppv is not None and bar.prevalence is not None:
        yield (
            f"  where {format_chance(bar.prevalence)} of cases are what is looked for, a yes is"
            f" right {format_percent(fit.ppv)}"
        )
    if fit.threshold is not None:
        yield f"  a yes costs less than a no from a probability of {format_level(fit.threshold)}"
    if fit.majority_accuracy is not None:
        yield (
            "  always guessing what is more common would reach"
            f" {format_beside_level(fit.majority_accuracy, reading.value)}"
        )
    if (bar.metric or name) in _ACCURACY_METRICS and 0 <= reading.value <= 1:
        yield f"  {_error_rate_sentence(reading.value, per_day)}"


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
        yield f"  {format_chance(fit.gap_closed)} of the way {way}"


def format_reading(bar: QualityBar, reading: MeasuredValue) -> str:
    """A measured value with its 95 % interval: ``.809 [.752, .856]``."""
    if bar.launch is None:
        value = format_level(reading.value)
    else:
        value = format_beside_level(reading.value, bar.launch)
    return f"{value} {format_interval(reading.low, reading.high)}"


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
    if bar.launch is None:
        return "no launch level to judge it by"
    launch = f"launch {format_set_level(bar.launch)}"
    if status == "below":
        return f"{beyond} {launch} by {format_level(abs(reading.value - bar.launch))}"
    if status == "proven":
        return f"proven, its interval clears {launch}"
    return f"likely, {launch} lies in its interval"


def _proof_clause(fit: BarAssessment) -> str:
    """How many more cases would prove the bar, if more cases can."""
    if fit.cases_missing:
        return f"; {format_count(fit.cases_missing, 'more case')} at this rate would prove it"
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
    least, exact = cases_to_prove(1.0, bar.launch), clopper_pearson_cases(bar.launch, 0)
    return (
        f"untested; launch {format_set_level(bar.launch)} takes at least"
        f" {format_count(least or 1, 'case')},"
        " all of them right" + (f" ({exact:,} by the exact one-sided test)" if exact else "")
    )


def _error_rate_sentence(value: float, per_day: float | None) -> str:
    every = (
        f"{format_percent(value)} at {_REFERENCE_VOLUME:,.0f} a day is"
        f" {format_number(mean(wrong_per_day(value, _REFERENCE_VOLUME)))} wrong a day"
    )
    if per_day is None:
        return every
    return (
        f"{every}; at the {format_number(per_day)} a day here,"
        f" {format_number(mean(wrong_per_day(value, per_day)))}"
    )


# Segments


def segment_verdict(fit: SegmentAssessment, floor: float | None) -> TopicVerdict:
    """The verdict of a segment against its floor."""
    if floor is None or not fit.is_below_floor:
        return TopicVerdict("good", "no floor" if floor is None else "clears")
    return TopicVerdict("bad", "below") if fit.value < floor else TopicVerdict("watch", "unsure")


def segments_topic(segments: Mapping[str, DataSegment], policy: Policy) -> TopicAssessment | None:
    """Assess segments; None without segments."""
    if not segments:
        return None
    fits = segment_assessments(segments)
    order = sorted(fits, key=lambda fit: -segment_verdict(fit, segments[fit.name].floor).severity)
    missed = [fit for fit in order if fit.is_below_floor]
    verdict = worst_verdict(segment_verdict(fit, segments[fit.name].floor) for fit in order)
    if verdict is None:
        return TopicAssessment(
            "segments",
            TopicVerdict("unknown", "untested"),
            lambda: ("no case of any segment was counted",),
        )
    word = f"{len(missed)} of {len(segments)}" if missed else "clear"

    def write_sentences() -> Iterator[str]:
        yield from (segment_sentence(fit, segments[fit.name]) for fit in order)
        there = {fit.name for fit in fits}
        yield from (
            f"{escape_control(name)}: no case counted" for name in segments if name not in there
        )
        yield f"the worst lies {(widest_gap(fits) or 0) * 100:.1f} points behind the best"
        covered = measured_coverage(segments, policy.segment_cases)
        yield (
            f"{format_chance(covered)} of all use lies in segments of {policy.segment_cases:,}"
            " cases or more"
        )

    return TopicAssessment("segments", TopicVerdict(verdict.level, word), write_sentences)


def segment_sentence(fit: SegmentAssessment, segment: DataSegment) -> str:
    """A segment with its gap and its floor."""
    of = f", {format_chance(segment.share)} of use" if segment.share is not None else ""
    gap = f"; {fit.gap * 100:.1f} points behind the best" if fit.gap else ""
    floor = "no floor set"
    if segment.floor is not None:
        verdict = segment_verdict(fit, segment.floor)
        words = {"good": "clears", "bad": "is below", "watch": "may be below"}
        floor = f"{words[verdict.level]} its floor {format_set_level(segment.floor)}"
    kind = f" ({segment.kind})" if segment.kind else ""
    value = (
        f"{format_level(fit.value)} {format_interval(fit.low, fit.high)} of"
        f" {format_count(segment.of or 0, 'case')}"
    )
    return f"{escape_control(fit.name)}{kind} {value}{of}: {floor}{gap}"


# Failure modes


def failure_modes_topic(
    failures: Mapping[str, FailureMode], per_day: float | None
) -> TopicAssessment:
    """Assess failure modes, most severe first; also if none is recorded."""
    order = sorted(failures, key=lambda name: _SEVERITY.index(failures[name].severity))
    bare = [
        name
        for name in order
        if failures[name].severity == "high" and not failures[name].mitigation
    ]

    def write_sentences() -> Iterator[str]:
        if not failures:
            yield (
                "no failure mode is written down: what do the errors look like, and whom do they"
                " hurt?"
            )
        elif bare:
            yield f"severe and without mitigation: {', '.join(map(escape_control, bare))}"
        elif len(failures) < ENOUGH_FAILURE_MODES:
            yield (
                f"{format_count(len(failures), 'failure mode')} listed; it takes"
                f" {ENOUGH_FAILURE_MODES} to see what being wrong means"
            )
        harms = {name: failure_harm(name, failures[name], median_of) for name in order}
        whole = mean(total(harm for harm in harms.values() if harm is not None))
        several = sum(harm is not None for harm in harms.values()) > 1
        for name in order:
            yield from failure_mode_sentences(
                name, failures[name], per_day, whole if several else None
            )

    return TopicAssessment("failures", _failure_modes_verdict(failures, bare), write_sentences)


def _failure_modes_verdict(failures: Mapping[str, FailureMode], bare: list[str]) -> TopicVerdict:
    if not failures:
        return TopicVerdict("unknown", "none listed")
    if bare:
        return TopicVerdict("watch", f"{len(bare)} open")
    few = len(failures) < ENOUGH_FAILURE_MODES
    if few:
        return TopicVerdict("watch", f"{len(failures)} of {ENOUGH_FAILURE_MODES}")
    return TopicVerdict("good", f"{len(failures)} listed")


def failure_mode_sentences(
    name: str, failure: FailureMode, per_day: float | None, whole: float | None = None
) -> Iterator[str]:
    """Sentences about one failure mode: rate, harm, mitigation.

    Args:
        name: its name.
        failure: the failure mode.
        per_day: answers a day; None if unknown.
        whole: harm of all failure modes in 1,000 cases; None to leave its share out.
    """
    parts = [f"{failure.severity} severity"] if failure.severity else []
    parts += _frequency(failure, per_day)
    harm = failure_harm(name, failure, median_of)
    if harm is not None:
        part = None if whole is None else share_of_harm(harm, whole)
        of_all = "" if part is None else f", {format_chance(mean(part))} of all harm"
        parts.append(f"harm {format_number(mean(harm))} per 1,000{of_all}")
    yield f"{escape_control(name)}: {', '.join(parts)}"
    if failure.example:
        hurts = f"; hurts {escape_control(failure.hurts)}" if failure.hurts else ""
        yield f"  {escape_control(failure.example)}{hurts}"
    measures = "; ".join(_countermeasures(failure))
    if measures:
        yield f"  {measures}"


def _frequency(failure: FailureMode, per_day: float | None) -> list[str]:
    often = failure_rate(failure)
    if often is None or failure.hits is None or failure.of is None:
        return ["never counted"]
    return [format_counted_share(failure.hits, failure.of), _daily_rate(often, per_day)]


def _countermeasures(failure: FailureMode) -> Iterator[str]:
    if failure.caught is not None:
        yield f"{format_chance(failure.caught.p50)} caught"
    if failure.mitigation:
        yield f"mitigation: {escape_control(failure.mitigation)}"
    if failure.fallback:
        yield f"fallback: {escape_control(failure.fallback)}"


def _daily_rate(often: float, per_day: float | None) -> str:
    volume = _REFERENCE_VOLUME if per_day is None else per_day
    return (
        f"{format_number(often * volume)} a"
        f" day{f' of {_REFERENCE_VOLUME:,.0f}' if per_day is None else ''}"
    )
