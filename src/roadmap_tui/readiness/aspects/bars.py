"""Quality bars: each one's newest measurement against its levels."""

from collections.abc import Iterator

from roadmap_tui.plan.items import Model
from roadmap_tui.plan.readiness.quality_bars import MeasuredValue, QualityBar
from roadmap_tui.readiness.judgement import Judgement
from roadmap_tui.readiness.quality_bars import bar_assessment
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import (
    format_count,
    format_measured,
    format_set_level,
)


def judge_bars(model: Model) -> Iterator[Judgement]:
    """Judge each bar of a model that has a level."""
    for name, bar in model.bars.items():
        if bar.launch is not None or bar.guardrail is not None:
            yield _judge_bar(name, bar)


def _judge_bar(name: str, bar: QualityBar) -> Judgement:
    status, reading, place = bar.status(name), bar.latest_value(name), ("bars", name)
    newest = bar.newest_measurement()
    if reading is None or newest is None:
        reason = f"{name} is not measured"
        return Judgement("quality", "unmeasured bar", place, "unknown", reason, is_key=True)
    at = next(at for at, each in enumerate(bar.measured) if each is newest)
    path = (*place, "measured", at)
    evidence = f"{_reading(reading, bar)} on {format_date(newest.on)}"
    level = bar.launch if bar.launch is not None else bar.guardrail or 0.0
    numbers = (("value", reading.value), ("low", reading.low), ("level", level))
    if status == "breach":
        issue, reason = "guardrail", _breach(name, bar, reading)
        return Judgement("quality", issue, path, "bad", reason, evidence, numbers)
    if status == "below":
        side = "above" if bar.better == "lower" else "below"
        reason = f"{name} {_reading(reading, bar)} is {side} {_level_words(bar)}"
        return Judgement("quality", "missed bar", path, "bad", reason, evidence, numbers)
    if status == "likely":
        reason = _unproven(name, bar, reading)
        return Judgement("quality", "unproven bar", path, "watch", reason, evidence, numbers)
    reason = f"{name} {_reading(reading, bar)} reaches {_level_words(bar)}"
    return Judgement("quality", "missed bar", path, "ok", reason, evidence, numbers)


def _reading(reading: MeasuredValue, bar: QualityBar) -> str:
    level = bar.launch if bar.launch is not None else bar.guardrail or 0.0
    return format_measured(reading.value, reading.low, reading.high, level)


def _level_words(bar: QualityBar) -> str:
    if bar.launch is not None:
        return f"its launch level {format_set_level(bar.launch)}"
    return f"its guardrail {format_set_level(bar.guardrail or 0.0)}"


def _breach(name: str, bar: QualityBar, reading: MeasuredValue) -> str:
    side = "above" if bar.better == "lower" else "below"
    level = format_set_level(bar.guardrail or 0.0)
    return f"{name} {_reading(reading, bar)} is {side} its guardrail {level}"


def _unproven(name: str, bar: QualityBar, reading: MeasuredValue) -> str:
    fit = bar_assessment(name, bar)
    clears = f"{name} {_reading(reading, bar)} clears {format_set_level(bar.launch or 0.0)}"
    text = f"{clears}; look {fit.look} doesn't prove it"
    if not fit.cases_missing:
        return text
    about = format_count(int(float(f"{fit.cases_missing:.2g}")), "more case")
    return f"{text}; about {about} give an 80% chance to"
