"""The next step of an item: begun, a stage passed, delivered."""

from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.document.edits import Edit, SetValue
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.items import Item, Model, Spike
from roadmap_tui.plan.model_fields import StageName, Stages
from roadmap_tui.plan.roadmap import Plan, item_kind
from roadmap_tui.text.numbers import format_chance, format_count
from roadmap_tui.text.terminal_text import escape_control

LIVE, DONE, ON = "live", "done", "on"
_WEEK = 7


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next step.

    Attributes:
        label: its name: ``train passed``.
        outcomes: what may follow: descriptions by key.
        note: a note; may be empty.
    """

    label: str
    outcomes: dict[str, str]
    note: str = ""


def next_step(plan: Plan, name: str) -> NextStep | str:
    """The next step of an item, or why there is none."""
    item = plan.items[name]
    if item.status in {"planned", "idea"}:
        stages = _stages(item)
        if stages is not None and isinstance(item, Model):
            first = f", {_current_stage(item)} first"
        else:
            first = ""
        return NextStep("begun", {ON: f"work on it begins today{first}"})
    if item.status != "active":
        return f"it is {item.status}: no step is left"
    if isinstance(item, Spike):
        return "a spike ends with its answer: press v"
    following = _stage_after(item)
    if following is not None and isinstance(item, Model) and item.stages is not None:
        chance = item.stages.present()[following].chance
        passes = f"; {format_chance(chance)} that it passes" if chance < 1 else ""
        return NextStep(
            f"{_current_stage(item)} passed",
            {ON: f"{following} begins today{passes}"},
            _unproven_bars(item),
        )
    if isinstance(item, Model) and item.stages:
        what = f"{_current_stage(item)} passed, delivered"
    else:
        what = "delivered"
    return NextStep(
        what,
        {LIVE: "it runs from today on", DONE: "delivered, and nothing runs"},
        _unproven_bars(item),
    )


def complete_step(
    plan: Plan, forecast: Forecast, name: str, outcome: str, learned: str
) -> tuple[Edit, ...]:
    """The edits that complete a step.

    Effort spent counts from the start of a stage, so it restarts with the next one. A delivered
    item keeps the effort that it took, if that is known.

    Args:
        plan: the plan.
        forecast: its forecast, for the day.
        name: an item that has a next step.
        outcome: one of the step's outcomes.
        learned: what was learned; may be empty.
    """
    item = plan.items[name]
    place: KeyPath = (item_kind(item), name)
    edits = [SetValue((*place, "learned"), learned)] if learned else []
    return (*_status_edits(item, forecast, place, outcome), *edits)


def _status_edits(item: Item, forecast: Forecast, place: KeyPath, way: str) -> Iterator[Edit]:
    today = forecast.as_of
    if item.status != "active":
        yield SetValue((*place, "status"), "active")
        yield SetValue((*place, "started"), today)
        return
    following = _stage_after(item)
    if way == ON and following is not None:
        yield SetValue((*place, "stage"), following)
        yield (
            SetValue((*place, "started"), today)
            if item.spent is None
            else SetValue((*place, "spent"), 0)
        )
        return
    yield SetValue((*place, "status"), way)
    yield SetValue((*place, "finished"), today)
    if (
        item.spent is None
        and item.started is not None
        and _stages(item) is None
        and item.started <= today
    ):
        yield SetValue(
            (*place, "spent"), round((today - item.started).days / _WEEK * item.staff, 1)
        )


def _stages(item: Item) -> Stages | None:
    return item.stages if isinstance(item, Model) else None


def _current_stage(item: Model) -> StageName | None:
    """The current stage."""
    return (item.stage or next(iter(item.stages.present()))) if item.stages is not None else None


def _stage_after(item: Item) -> StageName | None:
    """The stage after the current one; None at the last one, or without stages."""
    stage = _current_stage(item) if isinstance(item, Model) else None
    if not isinstance(item, Model) or item.stages is None or stage is None:
        return None
    given = list(item.stages.present())
    at = given.index(stage) + 1
    return given[at] if at < len(given) else None


def _unproven_bars(item: Item) -> str:
    """A warning about unproven bars, where they matter for the next step."""
    if not isinstance(item, Model) or _current_stage(item) not in {"evaluate", "deploy"}:
        return ""
    bars = [
        f"{escape_control(name)} {status}"
        for name, bar in item.bars.items()
        if (status := bar.status(name)) != "proven"
    ]
    return f"{format_count(len(bars), 'bar')} not proven: {', '.join(bars)}" if bars else ""
