"""Recording measurements of quality bars."""

from functools import partial

from roadmap_tui.document.edits import Edit
from roadmap_tui.evidence.measurement import (
    MeasurementTarget,
    chance_offer,
    measurement_edits,
    with_measurements,
)
from roadmap_tui.narrative.readiness.quality import bar_verdict
from roadmap_tui.plan.items import Model
from roadmap_tui.text.numbers import format_chance
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.dialogs.confirm import ConfirmDialog
from roadmap_tui.tui.dialogs.measure import MeasureDialog
from roadmap_tui.tui.dialogs.select import SelectDialog, SelectOptions
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.screens.session_screen import needs_forecast
from roadmap_tui.tui.views.view_model import ViewModel


@needs_forecast
def ask_measurement(screen: PlanScreen) -> None:
    """Ask which bar was measured, if there are several, and what the result was."""
    chosen = screen.selected_item()
    if chosen is None:
        return
    name, scene = chosen
    models = _models_of(scene, name)
    targets = _targets(scene, models)
    if not targets:
        what = f"[model.{models[0]}.bars.recall] launch = 0.8" if models else "a model it needs"
        screen.warn(f"no bar to measure yet; write {what}")
    elif len(targets) == 1:
        _ask_result(screen, targets, next(iter(targets)))
    else:
        ways = {
            path: f"{screen.title_of(each.model)}: {_summary(each)}"
            for path, each in targets.items()
        }
        pick = SelectOptions(
            "Which quality bar was measured?", "measure", ways, "Bar", "Type to search"
        )
        screen.app.push_screen(SelectDialog(pick), partial(_ask_result, screen, targets))


def _models_of(scene: ViewModel, name: str) -> tuple[str, ...]:
    """The models whose bars count for an item."""
    if isinstance(scene.plan.items[name], Model):
        return (name,)
    return tuple(scene.readiness.models(name))


def _targets(scene: ViewModel, models: tuple[str, ...]) -> dict[str, MeasurementTarget]:
    """The bars of models, by path."""
    targets: dict[str, MeasurementTarget] = {}
    for model in models:
        for name, bar in scene.plan.model[model].bars.items():
            targets[f"{model}.{name}"] = MeasurementTarget(model, name, bar)
    return targets


def _ask_result(
    screen: PlanScreen, targets: dict[str, MeasurementTarget], path: str | None
) -> None:
    if path is not None:
        target = targets[path]
        dialog = MeasureDialog(screen.session.plan, target, screen.title_of(target.model))
        screen.app.push_screen(dialog, partial(_record, screen, target))


def _record(
    screen: PlanScreen, target: MeasurementTarget, fields: dict[str, object] | None
) -> None:
    """Record a measurement; ask whether the stage `evaluate` takes the chance that it implies."""
    if fields is None:
        return
    bar = with_measurements(target, fields)
    edits = measurement_edits(target, fields)
    before, after = target.bar.status(target.name), bar.status(target.name)
    title = screen.title_of(target.model)
    what = f"measured {title}, {escape_control(target.name)}: {before} → {after}"
    offered = chance_offer(screen.session.plan, target, bar)
    if offered is None:
        screen.change(what, edits)
        return
    says, planned = format_chance(offered.chance), "no chance"
    if offered.planned_chance is not None:
        planned = format_chance(offered.planned_chance)
    more = offered.edit(target.model)
    text = (
        f"{offered.name.capitalize()}: {planned} in the plan, {says} as measured."
        f" {_moves_text(screen, target.model)} Either way it is one step that u undoes."
    )
    dialog = ConfirmDialog(what, text, {"y": f"take {says}"}, f"Esc keep {planned}")
    screen.app.push_screen(dialog, partial(_change_with, screen, what, edits, more))


def _moves_text(screen: PlanScreen, model: str) -> str:
    """What a new chance of a model moves: it, and the features that rest on it."""
    readiness = screen.session.readiness
    resting = [name for name in readiness.plan.product if model in readiness.models(name)]
    titles = ", ".join(map(screen.title_of, (model, *resting)))
    return f"Using it changes the forecast of {titles}."


def _change_with(
    screen: PlanScreen, what: str, edits: tuple[Edit, ...], more: Edit, way: str | None
) -> None:
    screen.change(what, (*edits, more) if way == "y" else edits)


def _summary(target: MeasurementTarget) -> str:
    return f"{escape_control(target.name)}  {bar_verdict(target.name, target.bar).text}"
