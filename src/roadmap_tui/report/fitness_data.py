"""Fitness as plain data, as scripts get it; no accuracy without its interval and its failure modes."""

from roadmap_tui.fitness.amounts import Amount, likely, mean
from roadmap_tui.fitness.bars import bar_fit
from roadmap_tui.fitness.data import data_fit, floors_of
from roadmap_tui.fitness.failures import harm_of, rate
from roadmap_tui.fitness.latency import budget, burnt_of, headroom_of
from roadmap_tui.fitness.lifecycle import stale_weeks, upkeep_of
from roadmap_tui.fitness.oversight import (
    LEVELS,
    evidence,
    is_demoted,
    missing,
    reviewers,
    reviewing_of,
)
from roadmap_tui.fitness.segments import coverage, segment_fits
from roadmap_tui.fitness.trust import (
    activated,
    alarm_of,
    course,
    decisions,
    floor_of,
    rising_cohorts,
    state,
    valued,
)
from roadmap_tui.plan.bars import Bar, Failure, wilson
from roadmap_tui.plan.items import Model, Product
from roadmap_tui.plan.roadmap import kind_of, title_of
from roadmap_tui.report.data import Data, envelope
from roadmap_tui.report.fitness import Fitness
from roadmap_tui.report.words import rounded


def fitness_data(fitness: Fitness, name: str | None = None) -> Data:
    """How fit the AI items of a plan are, the worst first; or one item."""
    names = fitness.worst_first if name is None else (name,)
    return envelope(
        "fitness",
        as_of=fitness.as_of,
        breaches=_breaches(fitness),
        teams=[
            {
                "team": each.team,
                "people": each.people,
                "upkeep": rounded(each.now),
                "upkeep_all": rounded(each.then),
            }
            for each in fitness.loads.values()
        ],
        items=[item_data(fitness, each) for each in names],
    )


def base_data(scenario: str, base: Fitness, name: str | None = None) -> Data:
    """The scenario, and how all or one of the items stand without it."""
    names = base.worst_first if name is None else (name,)
    there = [each for each in names if each in base.plan.items]
    return {
        "scenario": scenario,
        "base": {
            "breaches": _breaches(base),
            "items": [
                {
                    "id": each,
                    "status": base.plan.items[each].status,
                    "verdicts": _verdicts(base, each),
                }
                for each in there
            ],
        },
    }


def _breaches(fitness: Fitness) -> list[Data]:
    return [{"id": each.id, "bar": each.bar} for each in fitness.breaches]


def _verdicts(fitness: Fitness, name: str) -> Data:
    findings = fitness.findings(name)
    return {
        each.topic: {"level": each.verdict.level, "word": each.verdict.word} for each in findings
    }


def item_data(fitness: Fitness, name: str) -> Data:
    """All that tells whether one item is fit."""
    item = fitness.plan.items[name]
    data: Data = {
        "id": name,
        "kind": kind_of(item),
        "title": title_of(name, item.title),
        "status": item.status,
        "models": fitness.models(name),
        "volume_day": _rounded(fitness.per_day(name)),
        "verdicts": _verdicts(fitness, name),
    }
    if isinstance(item, Model):
        data |= {
            "bars": [_bar(*pair) for pair in item.bars.items()],
            "segments": _segments(fitness, item),
            "data": _dataset(fitness, item),
            "lifecycle": _lifecycle(fitness, item),
        }
    if isinstance(item, Product):
        data |= {
            "shows_why": item.shows_why,
            "trust": _trust(fitness, item),
            "latency": _latency(fitness, item),
            "oversight": _oversight(fitness, name, item),
        }
    failures = item.failures if isinstance(item, Product | Model) else {}
    return data | {"failures": [_failure(*pair) for pair in failures.items()]}


def _rounded(value: Amount | None) -> float | None:
    return None if value is None else rounded(mean(value))


def _share(hits: int, of: int) -> Data:
    low, high = wilson(hits, of)
    return {
        "value": rounded(hits / of) if of else None,
        "low": rounded(low),
        "high": rounded(high),
        "of": of,
    }


def _bar(name: str, bar: Bar) -> Data:
    fit, newest = bar_fit(name, bar), bar.newest()
    reading = fit.reading
    return {
        "bar": name,
        "metric": bar.metric or name,
        "better": bar.better,
        "guardrail": bar.guardrail,
        "launch": bar.launch,
        "target": bar.target,
        "baseline": bar.baseline,
        "status": fit.status,
        "value": None if reading is None else rounded(reading.value),
        "low": None if reading is None else rounded(reading.low),
        "high": None if reading is None else rounded(reading.high),
        "on": None if newest is None else newest.on,
        "dataset": None if newest is None else newest.dataset,
        "more_cases": fit.more,
        "chance_at_launch": _rounded(fit.chance),
        "gap_closed": _rounded(fit.gap),
        "ppv": _rounded(fit.ppv),
        "threshold": _rounded(fit.threshold),
        "majority": _rounded(fit.majority),
    }


def _segments(fitness: Fitness, model: Model) -> Data | None:
    if not model.segments:
        return None
    fits = {fit.name: fit for fit in segment_fits(model.segments)}
    items = []
    for name, segment in model.segments.items():
        fit = fits.get(name)
        counted = (
            _share(segment.hits, segment.of)
            if segment.hits is not None and segment.of
            else {"value": None}
        )
        told = {"gap": fit and rounded(fit.gap), "misses": fit and fit.misses}
        items.append(
            {"segment": name, "kind": segment.kind, "share": segment.share, "floor": segment.floor}
            | counted
            | told
        )
    return {
        "coverage": rounded(coverage(model.segments, fitness.plan.policy.segment_cases)),
        "items": items,
    }


def _dataset(fitness: Fitness, model: Model) -> Data | None:
    if model.data is None:
        return None
    fit, floors = (
        data_fit(model.data, fitness.plan.policy),
        floors_of(model.data, fitness.plan.policy),
    )
    values = fit.values if fit is not None else {}
    return {
        "dataset": model.data.dataset,
        "on": model.data.on,
        "dimensions": {
            name: {"value": _rounded(values.get(name)), "floor": floors[name]} for name in floors
        },
        "accuracy_interval": (
            None if fit is None or fit.accuracy is None else [rounded(end) for end in fit.accuracy]
        ),
        "score": fit and rounded(fit.score),
        "worst": fit and fit.worst,
        "fails": fit and fit.fails,
    }


def _lifecycle(fitness: Fitness, model: Model) -> Data:
    stages = model.stages.given() if model.stages is not None else {}
    return {
        "stages": [
            {"stage": name, "chance": stage.chance, "at": name == model.stage}
            for name, stage in stages.items()
        ],
        "upkeep": rounded(upkeep_of(model)),
        "stale_weeks": _rounded(stale_weeks(model, fitness.as_of)),
        "monitor": model.monitor.signal if model.monitor else None,
    }


def _trust(fitness: Fitness, item: Product) -> Data | None:
    trust, policy = item.trust, fitness.plan.policy
    if trust is None:
        return None
    stakes = item.oversight.stakes if item.oversight is not None else None
    made, alarm, floor = (
        decisions(trust.weeks),
        alarm_of(trust, policy),
        floor_of(trust, stakes, policy),
    )
    own = trust.activation
    return {
        "override": _share(made.overridden, made.decided),
        "trust": _rounded(made.trust),
        "alarm": alarm,
        "floor": floor,
        "state": state(made, alarm, floor),
        "course": [rounded(share) for share in course(trust.weeks)],
        "rising": rising_cohorts(trust),
        "activated": None if own is None else _rounded(activated(own)),
        "valued": None if own is None else _rounded(valued(own)),
    }


def _latency(fitness: Fitness, item: Product) -> Data | None:
    latency = item.latency
    if latency is None:
        return None
    timing = latency.measured
    return {
        "budget_ms": budget(latency),
        "steps": [{"step": step.name, "ms": rounded(step.ms.p50)} for step in latency.steps],
        "headroom": _rounded(headroom_of(latency, likely)),
        "p50": timing and timing.p50,
        "p95": timing and timing.p95,
        "p99": timing and timing.p99,
        "error_budget_burnt": _rounded(burnt_of(latency, fitness.plan.policy)),
    }


def _oversight(fitness: Fitness, name: str, item: Product) -> Data | None:
    oversight = item.oversight
    if oversight is None:
        return None
    weeks = item.trust.weeks if item.trust is not None else ()
    busy = reviewing_of(oversight.review, likely) if oversight.review is not None else None
    lacking = missing(oversight, evidence(weeks, fitness.gap(name)), busy)
    return {
        "level": oversight.level,
        "name": None if oversight.level is None else LEVELS[oversight.level],
        "stakes": oversight.stakes,
        "reversible": oversight.reversible,
        "kill_switch": oversight.kill_switch,
        "missing": (
            None
            if lacking is None
            else [
                {"what": each.what, "has": _rounded(each.has), "wants": _rounded(each.wants)}
                for each in lacking
            ]
        ),
        "demoted": oversight.demote_if is not None and is_demoted(oversight.demote_if, weeks),
        "reviewing": _rounded(busy),
        "reviewers": None if busy is None else reviewers(busy),
    }


def _failure(name: str, failure: Failure) -> Data:
    often = rate(failure)
    low, high = (
        wilson(failure.hits, failure.of)
        if failure.hits is not None and failure.of
        else (None, None)
    )
    return {
        "failure": name,
        "example": failure.example,
        "hurts": failure.hurts,
        "severity": failure.severity,
        "rate": _rounded(often),
        "low": _rounded(low),
        "high": _rounded(high),
        "of_10000_a_day": None if often is None else rounded(often * 10_000),
        "harm_per_1000": _rounded(harm_of(name, failure, likely)),
        "mitigation": failure.mitigation,
        "fallback": failure.fallback,
    }
