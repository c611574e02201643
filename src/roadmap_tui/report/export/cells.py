"""Bars, segments and failure modes as cells of a table."""

from collections.abc import Iterable, Iterator

from roadmap_tui.fitness.amounts import likely, mean
from roadmap_tui.fitness.failures import harm_of
from roadmap_tui.fitness.segments import segment_fits
from roadmap_tui.plan.bars import Bar, Failure
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.fitness_quality import bar_verdict, segment_verdict, value_of
from roadmap_tui.report.fitness_signs import Topic, ago, counted, interval, level_of, plain_level
from roadmap_tui.report.words import percent

BARS = ("Bar", "Measured", "On", "Guardrail", "Launch", "Status")
SEGMENTS = ("Segment", "Of use", "Measured", "Floor", "Stands")
FAILURES = (
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


def bar_cells(subject: Subject, name: str, bar: Bar) -> tuple[str, ...]:
    """A bar: name, value, when, guardrail, launch, status."""
    reading, newest = bar.latest(name), bar.newest()
    return (
        name,
        value_of(bar, reading) if reading else "never",
        (
            f"{newest.dataset or 'no dataset named'}, {ago(newest.on, subject.forecast.as_of)}"
            if newest
            else "–"
        ),
        "–" if bar.guardrail is None else plain_level(bar.guardrail),
        "–" if bar.launch is None else plain_level(bar.launch),
        bar_verdict(name, bar).text,
    )


def fails_by(failures: Iterable[str]) -> str:
    """The names of failure modes, or that nobody told them."""
    return ", ".join(failures) or "no failure mode told"


def segment_cells(subject: Subject, name: str) -> Iterator[tuple[str, ...]]:
    """The segments of a model: name, share, value, floor, how it stands; those never counted last."""
    segments = subject.plan.model[name].segments
    fits = {fit.name: fit for fit in segment_fits(segments)}
    for each in sorted(segments, key=lambda each: each not in fits):
        segment, fit = segments[each], fits.get(each)
        kind = f"{each} ({segment.kind})" if segment.kind else each
        share = "–" if segment.share is None else percent(segment.share)
        floor = "–" if segment.floor is None else plain_level(segment.floor)
        if fit is None:
            yield kind, share, "never counted", floor, "? untested"
            continue
        gap = f"; {fit.gap * 100:.1f} points behind the best" if fit.gap else ""
        value = f"{level_of(fit.value)} {interval(fit.low, fit.high)} of {segment.of or 0:,}"
        yield kind, share, value, floor, segment_verdict(fit, segment.floor).text + gap


def severest(failure: Failure) -> int:
    """The place of a failure mode among others, the most severe first."""
    return _SEVERITY.index(failure.severity)


def failure_cells(subject: Subject, name: str, failure: Failure) -> tuple[str, ...]:
    """A failure mode: name, example, whom it hurts, severity, how often, how often caught, harm, what is done."""
    harm = harm_of(name, failure, likely)
    done = [failure.mitigation or "", f"fallback: {failure.fallback}" if failure.fallback else ""]
    return (
        name,
        failure.example or "–",
        failure.hurts or "–",
        failure.severity or "–",
        (
            counted(failure.hits, failure.of)
            if failure.hits is not None and failure.of
            else "never counted"
        ),
        "–" if failure.caught is None else percent(failure.caught.p50),
        "–" if harm is None else subject.currency.money(mean(harm)),
        "; ".join(filter(None, done)) or "nothing",
    )


def sentences(subject: Subject, name: str, topic: Topic) -> list[str]:
    """What there is to say about an item in one topic; nothing if nothing is told of that."""
    found = (each for each in subject.fitness.findings(name) if each.topic == topic)
    return [sentence.strip() for finding in found for sentence in finding.sentences]
