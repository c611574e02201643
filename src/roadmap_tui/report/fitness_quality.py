"""A model's quality in words: its bars, the parts of its cases, and what its errors look like."""

import datetime as dt
from collections.abc import Iterator, Mapping

from roadmap_tui.files.display import printable
from roadmap_tui.fitness.amounts import likely, mean, total
from roadmap_tui.fitness.bars import BarFit, bar_fit
from roadmap_tui.fitness.failures import harm_of, rate, share_of_harm, wrong_a_day
from roadmap_tui.fitness.proofs import cases_to_prove, exact_cases
from roadmap_tui.fitness.segments import SegmentFit, coverage, segment_fits, widest_gap
from roadmap_tui.plan.bars import Bar, Failure, Measurement, Reading, Segment
from roadmap_tui.plan.policy import Policy
from roadmap_tui.report.fitness_signs import (
    Finding,
    Level,
    Verdict,
    ago,
    beside,
    counted,
    interval,
    level_of,
    percents,
    plain_level,
    plural,
    worst,
)
from roadmap_tui.report.words import number, percent

LEVELS: dict[str, Level] = {
    "proven": "good",
    "likely": "watch",
    "below": "bad",
    "unmeasured": "unknown",
    "breach": "breach",
}
_RIGHT = {"accuracy", "pass_rate", "groundedness"}
"""Metrics that are the share of all cases that are right."""
_NO_SHARE = {"auc", "ndcg", "f1", "f_beta"}
_A_DAY = 10_000.0
ENOUGH = 3
"""So many failure modes at least tell what being wrong looks like."""
_SEVERITY = ("high", "medium", "low", None)


def bar_verdict(name: str, bar: Bar) -> Verdict:
    """How a bar stands."""
    status = bar.status(name)
    return Verdict(LEVELS[status], "untested" if status == "unmeasured" else status)


def bars_finding(bars: Mapping[str, Bar], as_of: dt.date, per_day: float | None) -> Finding | None:
    """How the bars stand, the worst first; None without bars."""
    order = sorted(bars, key=lambda name: -bar_verdict(name, bars[name]).weight)
    verdict = worst(bar_verdict(name, bars[name]) for name in order)
    if verdict is None:
        return None

    def tell() -> Iterator[str]:
        for name in order:
            yield from bar_sentences(name, bars[name], as_of, per_day)

    return Finding("quality", verdict, tell)


def bar_sentences(name: str, bar: Bar, as_of: dt.date, per_day: float | None) -> Iterator[str]:
    """What there is to say about one bar."""
    newest, reading, shown = bar.newest(), bar.latest(name), printable(name)
    if newest is None or reading is None:
        yield f"{shown}: {_unmeasured(name, bar)}"
        return
    fit = bar_fit(name, bar)
    yield f"{shown} {value_of(bar, reading)}: {_stands(bar, reading, fit.status)}{_proof(fit)}"
    yield f"  {_source(newest)}, {ago(newest.on, as_of)}"
    if fit.chance is not None and bar.launch is not None:
        side = "at most" if bar.better == "lower" else "at least"
        yield f"  {percent(fit.chance)} that the true value is {side} {plain_level(bar.launch)}"
    if fit.gap is not None and bar.baseline is not None and bar.target is not None:
        way = (
            f"from the baseline {plain_level(bar.baseline)} to the target {plain_level(bar.target)}"
        )
        yield f"  {percent(fit.gap)} of the way {way}"
    if fit.ppv is not None and bar.prevalence is not None:
        yield (
            f"  where {percent(bar.prevalence)} of cases are what is looked for, a yes is right"
            f" {percents(fit.ppv)}"
        )
    if fit.threshold is not None:
        yield f"  a yes costs less than a no from a probability of {level_of(fit.threshold)}"
    if fit.majority is not None:
        yield (
            "  always guessing what is more common would reach"
            f" {beside(fit.majority, reading.value)}"
        )
    if (bar.metric or name) in _RIGHT and 0 <= reading.value <= 1:
        yield f"  {_wrong(reading.value, per_day)}"


def value_of(bar: Bar, reading: Reading) -> str:
    """The measured value with its 95 % interval: ``.809 [.752, .856]``."""
    value = level_of(reading.value) if bar.launch is None else beside(reading.value, bar.launch)
    return f"{value} {interval(reading.low, reading.high)}"


def _source(newest: Measurement) -> str:
    """On what it was measured."""
    on = printable(newest.dataset or "") or "no dataset named"
    if newest.hits is not None and newest.of is not None:
        return (
            f"{newest.hits:,} of {newest.of:,} on {on}"
            if newest.dataset
            else f"{newest.hits:,} of {newest.of:,}"
        )
    if newest.tp is not None:
        return f"tp {newest.tp:,}, fp {newest.fp:,}, fn {newest.fn:,}, tn {newest.tn:,}; {on}"
    return f"measured on {on}" if newest.dataset else "measured"


def _stands(bar: Bar, reading: Reading, status: str) -> str:
    beyond = "above" if bar.better == "lower" else "below"
    if status == "breach" and bar.guardrail is not None:
        return (
            f"breach: all of its interval lies {beyond} the guardrail {plain_level(bar.guardrail)}"
        )
    if bar.launch is None:
        return "no launch level to judge it by"
    launch = f"launch {plain_level(bar.launch)}"
    if status == "below":
        return f"{beyond} {launch} by {level_of(abs(reading.value - bar.launch))}"
    return (
        f"proven, its interval clears {launch}"
        if status == "proven"
        else f"likely, {launch} lies in its interval"
    )


def _proof(fit: BarFit) -> str:
    """How many more cases would prove it, where that is a question of cases."""
    if fit.more:
        return f"; {plural(fit.more, 'more case')} at this rate would prove it"
    is_counted = fit.chance is not None and fit.more is None
    return "; more cases at this rate won't prove it" if is_counted else ""


def _unmeasured(name: str, bar: Bar) -> str:
    if bar.newest() is not None:
        metric = printable(bar.metric or name)
        return f"untested: the newest measurement has no cases, or does not tell {metric}"
    if (
        bar.launch is None
        or bar.better == "lower"
        or not 0 < bar.launch < 1
        or (bar.metric or name) in _NO_SHARE
    ):
        return "untested; press m, or roadmap measure"
    least, exact = cases_to_prove(1.0, bar.launch), exact_cases(bar.launch, 0)
    return (
        f"untested; launch {plain_level(bar.launch)} takes at least {plural(least or 1, 'case')},"
        " all of them right" + (f" ({exact:,} by the exact one-sided test)" if exact else "")
    )


def _wrong(value: float, per_day: float | None) -> str:
    every = (
        f"{percents(value)} at {_A_DAY:,.0f} a day is {number(mean(wrong_a_day(value, _A_DAY)))}"
        " wrong a day"
    )
    if per_day is None:
        return every
    return (
        f"{every}; at the {number(per_day)} a day here, {number(mean(wrong_a_day(value, per_day)))}"
    )


# Segments


def segment_verdict(fit: SegmentFit, floor: float | None) -> Verdict:
    """How a segment stands against its floor."""
    if floor is None or not fit.misses:
        return Verdict("good", "no floor" if floor is None else "clears")
    return Verdict("bad", "below") if fit.value < floor else Verdict("watch", "unsure")


def segments_finding(segments: Mapping[str, Segment], policy: Policy) -> Finding | None:
    """How the parts of the cases stand; None without segments."""
    if not segments:
        return None
    fits = segment_fits(segments)
    order = sorted(fits, key=lambda fit: -segment_verdict(fit, segments[fit.name].floor).weight)
    missed = [fit for fit in order if fit.misses]
    verdict = worst(segment_verdict(fit, segments[fit.name].floor) for fit in order)
    if verdict is None:
        return Finding(
            "segments",
            Verdict("unknown", "untested"),
            lambda: ("no case of any segment was counted",),
        )
    word = f"{len(missed)} of {len(segments)}" if missed else "clear"

    def tell() -> Iterator[str]:
        yield from (segment_sentence(fit, segments[fit.name]) for fit in order)
        there = {fit.name for fit in fits}
        yield from (f"{printable(name)}: no case counted" for name in segments if name not in there)
        yield f"the worst lies {(widest_gap(fits) or 0) * 100:.1f} points behind the best"
        covered = coverage(segments, policy.segment_cases)
        yield (
            f"{percent(covered)} of all use lies in segments of {policy.segment_cases:,} cases or"
            " more"
        )

    return Finding("segments", Verdict(verdict.level, word), tell)


def segment_sentence(fit: SegmentFit, segment: Segment) -> str:
    """One segment, its gap and its floor."""
    of = f", {percent(segment.share)} of use" if segment.share is not None else ""
    gap = f"; {fit.gap * 100:.1f} points behind the best" if fit.gap else ""
    floor = "no floor set"
    if segment.floor is not None:
        verdict = segment_verdict(fit, segment.floor)
        words = {"good": "clears", "bad": "is below", "watch": "may be below"}
        floor = f"{words[verdict.level]} its floor {plain_level(segment.floor)}"
    kind = f" ({segment.kind})" if segment.kind else ""
    value = (
        f"{level_of(fit.value)} {interval(fit.low, fit.high)} of {plural(segment.of or 0, 'case')}"
    )
    return f"{printable(fit.name)}{kind} {value}{of}: {floor}{gap}"


# Failure modes


def failures_finding(failures: Mapping[str, Failure], per_day: float | None) -> Finding:
    """What the errors look like, the most severe first; also that nobody wrote it down."""
    order = sorted(failures, key=lambda name: _SEVERITY.index(failures[name].severity))
    bare = [
        name
        for name in order
        if failures[name].severity == "high" and not failures[name].mitigation
    ]

    def tell() -> Iterator[str]:
        if not failures:
            yield (
                "no failure mode is written down: what do the errors look like, and whom do they"
                " hurt?"
            )
        elif bare:
            yield f"severe and without mitigation: {', '.join(map(printable, bare))}"
        elif len(failures) < ENOUGH:
            yield (
                f"{plural(len(failures), 'failure mode')} told; it takes {ENOUGH} to see what being"
                " wrong means"
            )
        harms = {name: harm_of(name, failures[name], likely) for name in order}
        whole = mean(total(harm for harm in harms.values() if harm is not None))
        several = sum(harm is not None for harm in harms.values()) > 1
        for name in order:
            yield from failure_sentences(name, failures[name], per_day, whole if several else None)

    return Finding("failures", _failures_verdict(failures, bare), tell)


def _failures_verdict(failures: Mapping[str, Failure], bare: list[str]) -> Verdict:
    if not failures:
        return Verdict("unknown", "none told")
    if bare:
        return Verdict("watch", f"{len(bare)} open")
    few = len(failures) < ENOUGH
    return (
        Verdict("watch", f"{len(failures)} of {ENOUGH}")
        if few
        else Verdict("good", f"{len(failures)} told")
    )


def failure_sentences(
    name: str, failure: Failure, per_day: float | None, whole: float | None = None
) -> Iterator[str]:
    """One way of being wrong: how often, what it does, and what is done about it.

    Args:
        name: of it.
        failure: it.
        per_day: answers; None if nobody says how many.
        whole: the harm of all ways in 1,000 cases; None to leave its part out.
    """
    often = rate(failure)
    parts = [f"{failure.severity} severity"] if failure.severity else []
    if often is not None and failure.hits is not None and failure.of is not None:
        parts.append(counted(failure.hits, failure.of))
        parts.append(_a_day(often, per_day))
    else:
        parts.append("never counted")
    harm = harm_of(name, failure, likely)
    if harm is not None:
        part = None if whole is None else share_of_harm(harm, whole)
        of_all = "" if part is None else f", {percent(mean(part))} of all harm"
        parts.append(f"harm {number(mean(harm))} per 1,000{of_all}")
    yield f"{printable(name)}: {', '.join(parts)}"
    if failure.example:
        hurts = f"; hurts {printable(failure.hurts)}" if failure.hurts else ""
        yield f"  {printable(failure.example)}{hurts}"
    done = [f"{percent(failure.caught.p50)} caught" if failure.caught is not None else ""]
    done += [f"mitigation: {printable(failure.mitigation)}" if failure.mitigation else ""]
    done += [f"fallback: {printable(failure.fallback)}" if failure.fallback else ""]
    if any(done):
        yield f"  {'; '.join(filter(None, done))}"


def _a_day(often: float, per_day: float | None) -> str:
    volume = _A_DAY if per_day is None else per_day
    return f"{number(often * volume)} a day{f' of {_A_DAY:,.0f}' if per_day is None else ''}"
