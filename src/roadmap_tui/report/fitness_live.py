"""How live items do, at a glance: quality, overrides, speed, cost, and how long ago it was measured."""

from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.files.display import printable
from roadmap_tui.fitness.amounts import likely, mean
from roadmap_tui.fitness.lifecycle import stale_weeks
from roadmap_tui.fitness.unit import unit_cost
from roadmap_tui.plan.bars import Bar
from roadmap_tui.plan.items import Model, Product
from roadmap_tui.plan.money import Cost
from roadmap_tui.report.currency import Currency
from roadmap_tui.report.fitness import Fitness
from roadmap_tui.report.fitness_quality import bar_verdict, value_of
from roadmap_tui.report.fitness_signs import SIGNS, Level, Verdict, plain_level
from roadmap_tui.report.words import date

HEADS = ("quality", "override", "latency", "cost a task", "measured")
"""What is told of each live item."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one column.

    Attributes:
        level: how good that is; None of what is only told.
    """

    text: str
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Live:
    """How one live item does.

    Attributes:
        cells: by `HEADS`.
        notes: what belongs to these figures: the bar, its failure modes, the day of the prices; or since when it runs.
    """

    id: str
    cells: tuple[Cell, ...]
    notes: tuple[str, ...]


def live(fitness: Fitness) -> Iterator[Live]:
    """How the live items do, those first of which there is most to tell."""
    running = [name for name, item in fitness.plan.items.items() if item.status == "live"]
    found = [_live(fitness, name) for name in running if fitness.concerns(name)]
    told = {each.id: each for each in found if any(cell.text for cell in each.cells)}
    yield from told.values()
    yield from (
        Live(name, (), tuple(_since(fitness, name))) for name in running if name not in told
    )


def _since(fitness: Fitness, name: str) -> Iterator[str]:
    finished = fitness.plan.items[name].finished
    if finished is not None:
        yield f"since {date(finished)}"


def _live(fitness: Fitness, name: str) -> Live:
    item = fitness.plan.items[name]
    cost = item.cost if isinstance(item, Product) else None
    shown = _worst_bar(fitness, name)
    cells = (
        _quality(*shown[1:]) if shown else Cell(""),
        _cell(fitness.verdict(name, "trust")),
        _cell(fitness.verdict(name, "latency")),
        _cost(fitness, cost) if cost is not None else Cell(""),
        _measured(fitness, name),
    )
    notes = [
        *_outdated(fitness, name),
        *(_bar_notes(fitness, name, *shown) if shown else ()),
        *([_prices(cost)] if cost is not None and cells[3].text else ()),
    ]
    return Live(name, cells, tuple(notes))


def _cell(verdict: Verdict | None) -> Cell:
    return Cell("") if verdict is None else Cell(verdict.text, verdict.level)


def _quality(bar_name: str, bar: Bar) -> Cell:
    verdict, reading = bar_verdict(bar_name, bar), bar.latest(bar_name)
    if reading is None:
        return _cell(verdict)
    return Cell(f"{SIGNS[verdict.level]} {value_of(bar, reading)}", verdict.level)


def _worst_bar(fitness: Fitness, name: str) -> tuple[str, str, Bar] | None:
    """The bar that stands worst of an item's, or of the models' that it rests on: its model, its name, and it."""
    models = (name,) if isinstance(fitness.plan.items[name], Model) else fitness.models(name)
    bars = [(each, *pair) for each in models for pair in fitness.plan.model[each].bars.items()]
    return max(bars, key=lambda each: bar_verdict(*each[1:]).weight, default=None)


def _bar_notes(fitness: Fitness, name: str, model: str, bar_name: str, bar: Bar) -> Iterator[str]:
    whose = "" if model == name else f"{fitness.title(model)}, "
    launch = (
        ""
        if bar.launch is None
        else f" {bar_verdict(bar_name, bar).word}, launch {plain_level(bar.launch)}"
    )
    yield f"{whose}{printable(bar_name)}{launch}"
    item = fitness.plan.items[name]
    own = item.failures if isinstance(item, Product | Model) else {}
    names = [printable(each) for each in own | fitness.plan.model[model].failures]
    if bar.latest(bar_name) is not None:
        yield f"fails by {', '.join(names)}" if names else "no failure modes told"


def _cost(fitness: Fitness, cost: Cost) -> Cell:
    """What a task costs, review included."""
    unit = unit_cost(cost, likely)
    whole = unit.task if unit.full is None else unit.full
    return Cell(
        "" if whole is None else Currency.of(fitness.plan.roadmap.currency).money(mean(whole))
    )


def _prices(cost: Cost) -> str:
    return f"prices of {date(cost.priced)}" if cost.priced else "prices of no day"


def _measured(fitness: Fitness, name: str) -> Cell:
    """How long ago the bars were measured; to be watched if that tells little of the models as they are now."""
    since = fitness.measured(name)
    if not since:
        return Cell(f"{SIGNS['watch']} never", "watch") if _worst_bar(fitness, name) else Cell("")
    return (
        Cell(f"{SIGNS['watch']} {since}", "watch") if any(_outdated(fitness, name)) else Cell(since)
    )


def _outdated(fitness: Fitness, name: str) -> Iterator[str]:
    """Why what was measured may no longer hold."""
    models = [name] if isinstance(fitness.plan.items[name], Model) else fitness.models(name)
    for each in models:
        model = fitness.plan.model[each]
        whose = "" if each == name else f"{fitness.title(each)}, "
        days = [newest.on for bar in model.bars.values() if (newest := bar.newest()) is not None]
        if (stale_weeks(model, fitness.as_of) or 0) > 0:
            yield f"{whose}stale"
        elif model.retrained is not None and any(day < model.retrained for day in days):
            yield f"{whose}measured before it was trained again"
