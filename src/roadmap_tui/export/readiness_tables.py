"""Bars, segments and failure modes as table rows."""

from collections.abc import Iterable, Iterator

from roadmap_tui.forecast.simulation.amounts import mean, median_of
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.readiness.quality import bar_verdict, format_reading
from roadmap_tui.narrative.readiness.segments import segment_verdict
from roadmap_tui.narrative.readiness.verdict import ReadinessTopic, format_days_ago
from roadmap_tui.plan.readiness.failure_modes import FailureMode
from roadmap_tui.plan.readiness.quality_bars import QualityBar
from roadmap_tui.readiness.failure_modes import failure_harm
from roadmap_tui.readiness.segments import segment_assessments
from roadmap_tui.text.numbers import (
    format_counted_share,
    format_measured,
    format_set_level,
    format_whole_percent,
)

BAR_COLUMNS = ("Bar", "Measured", "On", "Guardrail", "Launch", "Status")
SEGMENT_COLUMNS = ("Segment", "Of use", "Measured", "Floor", "Stands")
FAILURE_COLUMNS = (
    "It fails by",
    "Example",
    "Hurts",
    "Severity",
    "How often",
    "Caught",
    "Harm per 1,000",
    "Done about it",
)
_SEVERITY = ("high", "medium", "low", None)


def bar_cells(context: ReportContext, name: str, bar: QualityBar) -> tuple[str, ...]:
    """A bar's row: name, value, date, guardrail, launch level, status."""
    reading, newest = bar.latest_value(name), bar.newest_measurement()
    return (
        name,
        format_reading(bar, reading) if reading else "never",
        (
            f"{newest.dataset or 'no dataset named'},"
            f" {format_days_ago(newest.on, context.forecast.as_of)}"
            if newest
            else "–"
        ),
        "–" if bar.guardrail is None else format_set_level(bar.guardrail),
        "–" if bar.launch is None else format_set_level(bar.launch),
        bar_verdict(name, bar).text,
    )


def failure_mode_names(failures: Iterable[str]) -> str:
    """The names of failure modes, or that none is recorded."""
    return ", ".join(failures) or "no failure mode recorded"


def segment_cells(context: ReportContext, name: str) -> Iterator[tuple[str, ...]]:
    """Rows of a model's segments: name, share, value, floor, status; uncounted ones last."""
    segments = context.plan.model[name].segments
    fits = {fit.name: fit for fit in segment_assessments(segments)}
    for each in sorted(segments, key=lambda each: each not in fits):
        segment, fit = segments[each], fits.get(each)
        kind = f"{each} ({segment.kind})" if segment.kind else each
        share = "–" if segment.share is None else format_whole_percent(segment.share)
        floor = "–" if segment.floor is None else format_set_level(segment.floor)
        if fit is None:
            yield kind, share, "never counted", floor, "? untested"
            continue
        gap = f"; {fit.gap * 100:.1f} points behind the best" if fit.gap else ""
        value = f"{format_measured(fit.value, fit.low, fit.high)} of {segment.of or 0:,}"
        yield kind, share, value, floor, segment_verdict(fit, segment.floor).text + gap


def severity_order(failure: FailureMode) -> int:
    """Sort key of a failure mode: most severe first."""
    return _SEVERITY.index(failure.severity)


def failure_cells(context: ReportContext, name: str, failure: FailureMode) -> tuple[str, ...]:
    """A failure mode's row: name, example, affected users, severity, rates, harm, mitigation."""
    harm = failure_harm(name, failure, median_of)
    done = [failure.mitigation or "", f"fallback: {failure.fallback}" if failure.fallback else ""]
    return (
        name,
        failure.example or "–",
        failure.hurts or "–",
        failure.severity or "–",
        _counted_cell(failure),
        "–" if failure.caught is None else format_whole_percent(failure.caught.p50),
        "–" if harm is None else context.currency.format_amount(mean(harm)),
        "; ".join(filter(None, done)) or "nothing",
    )


def _counted_cell(failure: FailureMode) -> str:
    if failure.hits is None or not failure.of:
        return "never counted"
    return format_counted_share(failure.hits, failure.of)


def topic_sentences(context: ReportContext, name: str, topic: ReadinessTopic) -> list[str]:
    """The sentences about an item in one topic; empty if the topic is not recorded."""
    sentences: list[str] = []
    for assessment in context.readiness.assessments(name):
        if assessment.topic == topic:
            sentences += map(str.strip, assessment.sentences)
    return sentences
