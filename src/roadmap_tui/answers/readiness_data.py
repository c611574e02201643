"""Fitness as plain data, as scripts get it; no accuracy without its interval and its failure modes."""

from roadmap_tui.answers.data import JsonObject, answer_envelope
from roadmap_tui.forecast.simulation.amounts import Amount, mean, median_of
from roadmap_tui.narrative.readiness.assessment import Readiness
from roadmap_tui.plan.intervals import wilson_interval
from roadmap_tui.plan.items import Model, Product
from roadmap_tui.plan.readiness.failure_modes import FailureMode
from roadmap_tui.plan.readiness.quality_bars import QualityBar
from roadmap_tui.plan.roadmap import display_title, item_kind
from roadmap_tui.readiness.data_quality import data_assessment, data_floors
from roadmap_tui.readiness.failure_modes import failure_harm, failure_rate
from roadmap_tui.readiness.latency import (
    latency_budget,
    latency_error_budget_used,
    latency_headroom,
)
from roadmap_tui.readiness.lifecycle import model_upkeep, stale_weeks
from roadmap_tui.readiness.oversight import (
    LEVELS,
    feature_review_load,
    oversight_evidence,
    reviewers_needed,
    should_demote,
    unmet_conditions,
)
from roadmap_tui.readiness.quality_bars import bar_assessment
from roadmap_tui.readiness.segments import measured_coverage, segment_assessments
from roadmap_tui.readiness.trust import (
    activation_rate,
    rising_cohorts,
    total_decisions,
    trust_alarm,
    trust_floor,
    trust_state,
    value_rate,
    weekly_overrides,
)
from roadmap_tui.text.dates import round_significant


def readiness_data(fitness: Readiness, name: str | None = None) -> JsonObject:
    """How fit the AI items of a plan are, the worst first; or one item."""
    names = fitness.worst_first if name is None else (name,)
    return answer_envelope(
        "fitness",
        as_of=fitness.as_of,
        breaches=_breaches(fitness),
        teams=[
            {
                "team": each.team,
                "people": each.people,
                "upkeep": round_significant(each.live),
                "upkeep_all": round_significant(each.planned),
            }
            for each in fitness.upkeep_loads.values()
        ],
        items=[readiness_item_data(fitness, each) for each in names],
    )


def base_readiness_data(scenario: str, base: Readiness, name: str | None = None) -> JsonObject:
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


def _breaches(fitness: Readiness) -> list[JsonObject]:
    return [{"id": each.id, "bar": each.bar} for each in fitness.breaches]


def _verdicts(fitness: Readiness, name: str) -> JsonObject:
    findings = fitness.assessments(name)
    return {
        each.topic: {"level": each.verdict.level, "word": each.verdict.word} for each in findings
    }


def readiness_item_data(fitness: Readiness, name: str) -> JsonObject:
    """All that tells whether one item is fit."""
    item = fitness.plan.items[name]
    data: JsonObject = {
        "id": name,
        "kind": item_kind(item),
        "title": display_title(name, item.title),
        "status": item.status,
        "models": fitness.models(name),
        "volume_day": _rounded(fitness.daily_volume(name)),
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
            "explanation": item.explanation,
            "trust": _trust(fitness, item),
            "latency": _latency(fitness, item),
            "oversight": _oversight(fitness, name, item),
        }
    failures = item.failures if isinstance(item, Product | Model) else {}
    return data | {"failures": [_failure(*pair) for pair in failures.items()]}


def _rounded(value: Amount | None) -> float | None:
    return None if value is None else round_significant(mean(value))


def _share(hits: int, of: int) -> JsonObject:
    low, high = wilson_interval(hits, of)
    return {
        "value": round_significant(hits / of) if of else None,
        "low": round_significant(low),
        "high": round_significant(high),
        "of": of,
    }


def _bar(name: str, bar: QualityBar) -> JsonObject:
    fit, newest = bar_assessment(name, bar), bar.newest_measurement()
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
        "value": None if reading is None else round_significant(reading.value),
        "low": None if reading is None else round_significant(reading.low),
        "high": None if reading is None else round_significant(reading.high),
        "on": None if newest is None else newest.on,
        "dataset": None if newest is None else newest.dataset,
        "more_cases": fit.cases_missing,
        "chance_at_launch": _rounded(fit.p_reached),
        "gap_closed": _rounded(fit.gap_closed),
        "ppv": _rounded(fit.ppv),
        "threshold": _rounded(fit.threshold),
        "majority": _rounded(fit.majority_accuracy),
    }


def _segments(fitness: Readiness, model: Model) -> JsonObject | None:
    if not model.segments:
        return None
    fits = {fit.name: fit for fit in segment_assessments(model.segments)}
    items = []
    for name, segment in model.segments.items():
        fit = fits.get(name)
        counted = (
            _share(segment.hits, segment.of)
            if segment.hits is not None and segment.of
            else {"value": None}
        )
        told = {"gap": fit and round_significant(fit.gap), "misses": fit and fit.is_below_floor}
        items.append(
            {"segment": name, "kind": segment.kind, "share": segment.share, "floor": segment.floor}
            | counted
            | told
        )
    return {
        "coverage": round_significant(
            measured_coverage(model.segments, fitness.plan.policy.segment_cases)
        ),
        "items": items,
    }


def _dataset(fitness: Readiness, model: Model) -> JsonObject | None:
    if model.data is None:
        return None
    fit, floors = (
        data_assessment(model.data, fitness.plan.policy),
        data_floors(model.data, fitness.plan.policy),
    )
    values = fit.values if fit is not None else {}
    return {
        "dataset": model.data.dataset,
        "on": model.data.on,
        "dimensions": {
            name: {"value": _rounded(values.get(name)), "floor": floors[name]} for name in floors
        },
        "accuracy_interval": (
            None
            if fit is None or fit.accuracy is None
            else [round_significant(end) for end in fit.accuracy]
        ),
        "score": fit and round_significant(fit.score),
        "worst": fit and fit.worst_dimension,
        "fails": fit and fit.is_below_floor,
    }


def _lifecycle(fitness: Readiness, model: Model) -> JsonObject:
    stages = model.stages.present() if model.stages is not None else {}
    return {
        "stages": [
            {"stage": name, "chance": stage.chance, "at": name == model.stage}
            for name, stage in stages.items()
        ],
        "upkeep": round_significant(model_upkeep(model)),
        "stale_weeks": _rounded(stale_weeks(model, fitness.as_of)),
        "monitor": model.monitor.signal if model.monitor else None,
    }


def _trust(fitness: Readiness, item: Product) -> JsonObject | None:
    trust, policy = item.trust, fitness.plan.policy
    if trust is None:
        return None
    stakes = item.oversight.stakes if item.oversight is not None else None
    made, alarm, floor = (
        total_decisions(trust.weeks),
        trust_alarm(trust, policy),
        trust_floor(trust, stakes, policy),
    )
    own = trust.activation
    return {
        "override": _share(made.overridden, made.decided),
        "trust": _rounded(made.trust_rate),
        "alarm": alarm,
        "floor": floor,
        "state": trust_state(made, alarm, floor),
        "course": [round_significant(share) for share in weekly_overrides(trust.weeks)],
        "rising": rising_cohorts(trust),
        "activated": None if own is None else _rounded(activation_rate(own)),
        "valued": None if own is None else _rounded(value_rate(own)),
    }


def _latency(fitness: Readiness, item: Product) -> JsonObject | None:
    latency = item.latency
    if latency is None:
        return None
    timing = latency.measured
    return {
        "budget_ms": latency_budget(latency),
        "steps": [
            {"step": step.name, "ms": round_significant(step.ms.p50)} for step in latency.steps
        ],
        "headroom": _rounded(latency_headroom(latency, median_of)),
        "p50": timing and timing.p50,
        "p95": timing and timing.p95,
        "p99": timing and timing.p99,
        "error_budget_burnt": _rounded(latency_error_budget_used(latency, fitness.plan.policy)),
    }


def _oversight(fitness: Readiness, name: str, item: Product) -> JsonObject | None:
    oversight = item.oversight
    if oversight is None:
        return None
    weeks = item.trust.weeks if item.trust is not None else ()
    busy = (
        feature_review_load(oversight.review, median_of) if oversight.review is not None else None
    )
    lacking = unmet_conditions(
        oversight, oversight_evidence(weeks, fitness.segment_gap(name)), busy
    )
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
                {
                    "what": each.condition,
                    "has": _rounded(each.actual),
                    "wants": _rounded(each.required),
                }
                for each in lacking
            ]
        ),
        "demoted": oversight.demote_if is not None and should_demote(oversight.demote_if, weeks),
        "reviewing": _rounded(busy),
        "reviewers": None if busy is None else reviewers_needed(busy),
    }


def _failure(name: str, failure: FailureMode) -> JsonObject:
    often = failure_rate(failure)
    low, high = (
        wilson_interval(failure.hits, failure.of)
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
        "of_10000_a_day": None if often is None else round_significant(often * 10_000),
        "harm_per_1000": _rounded(failure_harm(name, failure, median_of)),
        "mitigation": failure.mitigation,
        "fallback": failure.fallback,
    }
