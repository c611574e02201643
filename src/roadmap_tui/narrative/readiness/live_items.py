"""Live items at a glance: quality, overrides, latency, cost, age of measurements."""

from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.forecast.simulation.amounts import mean, median_of
from roadmap_tui.money.unit_economics import unit_economics
from roadmap_tui.narrative.readiness.assessment import Readiness
from roadmap_tui.narrative.readiness.quality import bar_verdict, format_reading
from roadmap_tui.narrative.readiness.verdict import LEVEL_SIGNS, ReadinessLevel, TopicVerdict
from roadmap_tui.plan.items import Model, Product
from roadmap_tui.plan.money.economics import TaskCost
from roadmap_tui.plan.readiness.quality_bars import QualityBar
from roadmap_tui.readiness.lifecycle import stale_weeks
from roadmap_tui.text.currency import Currency
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_set_level
from roadmap_tui.text.terminal_text import escape_control

LIVE_COLUMNS = ("quality", "override", "latency", "cost a task", "measured")
"""Columns of the table of live items."""


@dataclass(frozen=True, slots=True)
class LiveCell:
    """The content of one column.

    Attributes:
        level: its assessment; None for plain information.
    """

    text: str
    level: ReadinessLevel | None = None


@dataclass(frozen=True, slots=True)
class LiveItem:
    """One live item.

    Attributes:
        cells: by `LIVE_COLUMNS`.
        notes: context of the figures: bar, failure modes, date of prices; or since when it is live.
    """

    id: str
    cells: tuple[LiveCell, ...]
    notes: tuple[str, ...]

    @property
    def has_figures(self) -> bool:
        """Whether any column has content."""
        return any(cell.text for cell in self.cells)


def live_items(readiness: Readiness) -> Iterator[LiveItem]:
    """Live items, those with most figures first."""
    running = [name for name, item in readiness.plan.items.items() if item.status == "live"]
    found = [_live_item(readiness, name) for name in running if readiness.applies_to(name)]
    with_figures = {each.id: each for each in found if each.has_figures}
    yield from with_figures.values()
    yield from (
        LiveItem(name, (), tuple(_since_notes(readiness, name)))
        for name in running
        if name not in with_figures
    )


def _since_notes(readiness: Readiness, name: str) -> Iterator[str]:
    finished = readiness.plan.items[name].finished
    if finished is not None:
        yield f"since {format_date(finished)}"


def _live_item(readiness: Readiness, name: str) -> LiveItem:
    item = readiness.plan.items[name]
    cost = item.cost if isinstance(item, Product) else None
    shown = _worst_bar(readiness, name)
    cells = (
        _quality_cell(*shown[1:]) if shown else LiveCell(""),
        _verdict_cell(readiness.verdict(name, "trust")),
        _verdict_cell(readiness.verdict(name, "latency")),
        _cost_cell(readiness, cost) if cost is not None else LiveCell(""),
        _measured_cell(readiness, name),
    )
    notes = [
        *_outdated_notes(readiness, name),
        *(_bar_notes(readiness, name, *shown) if shown else ()),
        *([_price_note(cost)] if cost is not None and cells[3].text else ()),
    ]
    return LiveItem(name, cells, tuple(notes))


def _verdict_cell(verdict: TopicVerdict | None) -> LiveCell:
    return LiveCell("") if verdict is None else LiveCell(verdict.text, verdict.level)


def _quality_cell(bar_name: str, bar: QualityBar) -> LiveCell:
    verdict, reading = bar_verdict(bar_name, bar), bar.latest_value(bar_name)
    if reading is None:
        return _verdict_cell(verdict)
    return LiveCell(f"{LEVEL_SIGNS[verdict.level]} {format_reading(bar, reading)}", verdict.level)


def _worst_bar(readiness: Readiness, name: str) -> tuple[str, str, QualityBar] | None:
    """The worst bar of an item or its models: model, name, bar."""
    models = (name,) if isinstance(readiness.plan.items[name], Model) else readiness.models(name)
    bars: list[tuple[str, str, QualityBar]] = []
    for model in models:
        bars += [(model, *pair) for pair in readiness.plan.model[model].bars.items()]
    return max(bars, key=lambda each: bar_verdict(*each[1:]).severity, default=None)


def _bar_notes(
    readiness: Readiness, name: str, model: str, bar_name: str, bar: QualityBar
) -> Iterator[str]:
    whose = "" if model == name else f"{readiness.title(model)}, "
    launch = ""
    if bar.launch is not None:
        launch = f" {bar_verdict(bar_name, bar).word}, launch {format_set_level(bar.launch)}"
    yield f"{whose}{escape_control(bar_name)}{launch}"
    item = readiness.plan.items[name]
    own = item.failures if isinstance(item, Product | Model) else {}
    names = [escape_control(each) for each in own | readiness.plan.model[model].failures]
    if bar.latest_value(bar_name) is not None:
        yield f"fails by {', '.join(names)}" if names else "no failure modes recorded"


def _cost_cell(readiness: Readiness, cost: TaskCost) -> LiveCell:
    """The cost of a task, review included."""
    unit = unit_economics(cost, median_of)
    whole = unit.task if unit.full is None else unit.full
    return LiveCell(
        ""
        if whole is None
        else Currency.from_code(readiness.plan.roadmap.currency).format_amount(mean(whole))
    )


def _price_note(cost: TaskCost) -> str:
    return f"prices of {format_date(cost.priced)}" if cost.priced else "prices of no day"


def _measured_cell(readiness: Readiness, name: str) -> LiveCell:
    """Age of the measurements; level ``watch`` if they may be outdated."""
    since = readiness.measured_ago(name)
    if not since:
        if _worst_bar(readiness, name):
            return LiveCell(f"{LEVEL_SIGNS['watch']} never", "watch")
        return LiveCell("")
    if any(_outdated_notes(readiness, name)):
        return LiveCell(f"{LEVEL_SIGNS['watch']} {since}", "watch")
    return LiveCell(since)


def _outdated_notes(readiness: Readiness, name: str) -> Iterator[str]:
    """Why measurements may be outdated."""
    models = [name] if isinstance(readiness.plan.items[name], Model) else readiness.models(name)
    for each in models:
        model = readiness.plan.model[each]
        whose = "" if each == name else f"{readiness.title(each)}, "
        if (stale_weeks(model, readiness.as_of) or 0) > 0:
            yield f"{whose}stale"
        elif _is_measured_before_training(model):
            yield f"{whose}measured before it was trained again"


def _is_measured_before_training(model: Model) -> bool:
    newest = [bar.newest_measurement() for bar in model.bars.values()]
    days = [each.on for each in newest if each is not None]
    return model.retrained is not None and bool(days) and min(days) < model.retrained
