"""Operation: whether a live model is monitored and trained again in time."""

import datetime as dt
from collections.abc import Iterator

from roadmap_tui.plan.items import Model
from roadmap_tui.plan.readiness.operation import MonitoringSignal, MonitorReading
from roadmap_tui.readiness.judgement import Judgement, JudgementLevel, level_if
from roadmap_tui.readiness.lifecycle import stale_weeks
from roadmap_tui.text.comparisons import is_above
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_level, format_number

_LATE_READING = 2.0
"""A reading is late after so many times the interval at which it is due."""


def judge_monitoring(monitor: MonitoringSignal | None, as_of: dt.date) -> Iterator[Judgement]:
    """Judge whether someone watches a model, and what the newest reading shows."""
    if monitor is None:
        reason = "nothing watches whether it drifts"
        yield Judgement("monitoring", "no monitor", ("monitor",), "unknown", reason)
        return
    newest = next(iter(monitor.newest_readings()), None)
    if newest is None:
        reason = f"{monitor.signal} has no reading"
        yield Judgement("monitoring", "unread monitor", ("monitor",), "unknown", reason)
        return
    yield _judge_reading(monitor, newest)
    yield from _judge_reading_age(monitor, newest, as_of)


def _judge_reading(monitor: MonitoringSignal, newest: MonitorReading) -> Judgement:
    path = ("monitor", "readings")
    level, limit, word = _reading_level(monitor, newest.value)
    shown = f"{monitor.signal} {format_level(newest.value)} on {format_date(newest.on)}"
    reason = f"{shown}: {word} {format_level(limit)}" if limit is not None else shown
    numbers = (("value", newest.value),)
    return Judgement("monitoring", "monitor reading", path, level, reason, shown, numbers)


def _reading_level(
    monitor: MonitoringSignal, value: float
) -> tuple[JudgementLevel, float | None, str]:
    """The level of a reading, with the limit it is held against; a lower act is the worse side."""
    warn, act = monitor.warn, monitor.act
    is_falling = warn is not None and act is not None and act < warn
    sign = -1 if is_falling else 1
    if act is not None and sign * value >= sign * act:
        return "bad", act, "act from"
    if warn is not None and sign * value >= sign * warn:
        return "watch", warn, "a warning from"
    if warn is None and act is None:
        return "not applicable", None, ""
    return "ok", warn if warn is not None else act, "short of"


def _judge_reading_age(
    monitor: MonitoringSignal, newest: MonitorReading, as_of: dt.date
) -> Iterator[Judgement]:
    if monitor.every_weeks is None:
        return
    weeks, due = (as_of - newest.on).days / 7, monitor.every_weeks
    reason = (
        f"last read {format_number(weeks)} weeks ago, on {format_date(newest.on)}; due every"
        f" {format_number(due)}"
    )
    level = level_if(is_above(weeks, _LATE_READING * due), "watch")
    numbers = (("weeks", weeks), ("every", due))
    path = ("monitor", "readings")
    yield Judgement("monitoring", "late reading", path, level, reason, reason, numbers)


def judge_retraining(model: Model, as_of: dt.date) -> Iterator[Judgement]:
    """Judge whether a model is too old, or its retraining overdue."""
    trained = model.retrained or model.finished
    if model.retrain is None and model.staleness_weeks is None:
        reason = "nothing says when it is trained again, or when it is stale"
        yield Judgement("retraining", "no age limit", ("staleness_weeks",), "unknown", reason)
        return
    if trained is None:
        reason = "when it was trained last is not recorded"
        yield Judgement("retraining", "unknown training", ("retrained",), "unknown", reason)
        return
    weeks, evidence = (as_of - trained).days / 7, f"trained on {format_date(trained)}"
    stale = stale_weeks(model, as_of)
    if stale is not None:
        limit = model.staleness_weeks or 0.0
        level = level_if(is_above(stale, 0), "bad")
        reason = (
            f"{evidence}, {format_number(weeks)} weeks ago; its limit is {format_number(limit)}"
        )
        numbers = (("weeks", weeks), ("limit", limit))
        path = ("retrained",)
        yield Judgement("retraining", "stale model", path, level, reason, evidence, numbers)
    if model.retrain is not None:
        every = model.retrain.every_weeks
        level = level_if(is_above(weeks, every), "watch")
        reason = f"{evidence}, {format_number(weeks)} weeks ago; due every {format_number(every)}"
        numbers = (("weeks", weeks), ("every", every))
        path = ("retrained",)
        yield Judgement("retraining", "late retraining", path, level, reason, evidence, numbers)
