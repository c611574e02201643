"""Recording measurements."""

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
from roadmap_tui.text.dates import format_chance
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.dialogs.confirm import ConfirmDialog
from roadmap_tui.tui.dialogs.measure import MeasureDialog
from roadmap_tui.tui.dialogs.select import PickDialog, SelectOptions
from roadmap_tui.tui.screens.plan_screen import PlanScreenBase, needs_forecast


class Measuring(PlanScreenBase):
    """Measurements of bars."""

    @needs_forecast
    def action_measure(self) -> None:
        """Ask which bar was measured, if there are several, and what came out."""
        chosen = self.selected()
        if chosen is None:
            return
        name, scene = chosen
        item = scene.plan.items[name]
        models = (name,) if isinstance(item, Model) else scene.readiness.models(name)
        targets = {
            f"{model}.{bar_name}": MeasurementTarget(model, bar_name, bar)
            for model in models
            for bar_name, bar in scene.plan.model[model].bars.items()
        }
        if not targets:
            what = f"[model.{models[0]}.bars.recall] launch = 0.8" if models else "a model it needs"
            self.warn(f"no bar to measure yet; write {what}")
        elif len(targets) == 1:
            self._measure(targets, next(iter(targets)))
        else:
            ways = {
                path: f"{self.title_of(each.model)}: {_told(each)}"
                for path, each in targets.items()
            }
            pick = SelectOptions(
                "Which bar was measured?", "measure", ways, "Bar", "words to look for"
            )
            self.app.push_screen(PickDialog(pick), partial(self._measure, targets))

    def _measure(self, targets: dict[str, MeasurementTarget], path: str | None) -> None:
        if path is not None:
            target = targets[path]
            dialog = MeasureDialog(self.session.plan, target, self.title_of(target.model))
            self.app.push_screen(dialog, partial(self._measured, target))

    def _measured(self, target: MeasurementTarget, fields: dict[str, object] | None) -> None:
        """Record it; where it says how likely the stage `evaluate` is to pass, ask whether to take that too."""
        if fields is None:
            return
        bar = with_measurements(target, fields)
        edits = measurement_edits(target, fields)
        before, after = target.bar.status(target.name), bar.status(target.name)
        what = f"measured {self.title_of(target.model)}, {escape_control(target.name)}: {before} → {after}"
        offered = chance_offer(self.session.plan, target, bar)
        if offered is None or offered.chance == offered.planned_chance:
            self.change(what, edits)
            return
        says, planned = format_chance(offered.chance), format_chance(offered.planned_chance)
        text = (
            f"{says} that the true value reaches its launch level. The plan says that evaluate"
            f" passes {planned}. Either way it is one step that u undoes."
        )
        dialog = ConfirmDialog(what, text, {"y": f"take {says}"}, f"Esc keep {planned}")
        self.app.push_screen(
            dialog, partial(self._offered, what, edits, offered.edit(target.model))
        )

    def _offered(self, what: str, edits: tuple[Edit, ...], more: Edit, way: str | None) -> None:
        self.change(what, (*edits, more) if way == "y" else edits)


def _told(target: MeasurementTarget) -> str:
    return f"{escape_control(target.name)}  {bar_verdict(target.name, target.bar).text}"
