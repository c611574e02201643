"""Data: whether a model's data is named, measured, good enough, and may be used."""

import datetime as dt
from collections.abc import Iterator

from roadmap_tui.plan.items import Model
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.model_data import ModelData
from roadmap_tui.readiness.data_quality import data_dimensions, data_floors
from roadmap_tui.readiness.judgement import Judgement, level_if
from roadmap_tui.text.comparisons import is_below
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import (
    format_beside_level,
    format_count,
    format_set_level,
)


def judge_data(model: Model, policy: Policy, as_of: dt.date) -> Iterator[Judgement]:
    """Judge the data of a model; without a table, that of one with a quality bar."""
    data = model.data
    if data is None or not (data.dataset or "").strip():
        yield Judgement("data", "unnamed data", ("data",), "unknown", "no dataset is named")
    if data is not None:
        yield from _judge_rights(data)
    dimensions = {} if data is None else data_dimensions(data)
    if data is None or not dimensions:
        if data is not None or model.bars:
            reason = "neither completeness nor freshness nor accuracy is measured"
            yield Judgement("data", "unmeasured data", ("data",), "unknown", reason, is_key=True)
        return
    floors = data_floors(data, policy)
    for name, value in dimensions.items():
        yield _judge_dimension(name, value, floors[name], bool(data.measured))
    yield from _judge_age(data, policy, as_of)


def _judge_rights(data: ModelData) -> Iterator[Judgement]:
    unknown = [] if (data.licence or "").strip() else ["under which licence"]
    unknown += [] if data.pii is not None else ["whether it holds personal data"]
    if unknown:
        reason = f"nothing says {' or '.join(unknown)}"
        yield Judgement("data", "rights to data", ("data",), "unknown", reason, is_key=True)


def _judge_dimension(name: str, value: float, floor: float, is_dated: bool) -> Judgement:
    path = ("data", "measured") if is_dated else ("data", name)
    shown, level = format_beside_level(value, floor), format_set_level(floor)
    numbers = ((name, value), ("floor", floor))
    if is_below(value, floor):
        reason = f"{name} {shown} is below its floor {level}"
        return Judgement("data", "data floor", path, "bad", reason, f"{name} {shown}", numbers)
    reason = f"{name} {shown} clears its floor {level}"
    return Judgement("data", "data floor", path, "ok", reason, f"{name} {shown}", numbers)


def _judge_age(data: ModelData, policy: Policy, as_of: dt.date) -> Iterator[Judgement]:
    """Judge how long ago the data was measured."""
    newest = data.newest_measurements()[0].on or data.on
    if newest is None:
        reason = "nothing says when it was measured"
        yield Judgement("data", "age of data", ("data",), "unknown", reason, is_key=True)
        return
    days = (as_of - newest).days
    reason = f"measured {format_count(days, 'day')} ago, on {format_date(newest)}"
    level = level_if(days > policy.DQ05, "watch")
    path = ("data", "measured") if data.measured else ("data", "on")
    yield Judgement("data", "age of data", path, level, reason, reason, (("days", days),))
