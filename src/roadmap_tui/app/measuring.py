"""Recording measurements."""

from functools import partial

from roadmap_tui.app.dialogs.confirm import Choose
from roadmap_tui.app.dialogs.measure import MeasureDialog
from roadmap_tui.app.dialogs.pick import Pick, PickDialog
from roadmap_tui.app.planning import Planning, when_forecast
from roadmap_tui.files.display import printable
from roadmap_tui.files.edits import Edit
from roadmap_tui.plan.items import Model
from roadmap_tui.report.fitness_quality import bar_verdict
from roadmap_tui.report.measuring import Target, offer, recorded, with_measured
from roadmap_tui.report.words import percent


class Measuring(Planning):
    """Measurements of bars."""

    @when_forecast
    def action_measure(self) -> None:
        """Ask which bar was measured, if there are several, and what came out."""
        chosen = self.selected()
        if chosen is None:
            return
        name, scene = chosen
        item = scene.plan.items[name]
        models = (name,) if isinstance(item, Model) else scene.fitness.models(name)
        targets = {
            f"{model}.{bar_name}": Target(model, bar_name, bar)
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
            pick = Pick("Which bar was measured?", "measure", ways, "Bar", "words to look for")
            self.app.push_screen(PickDialog(pick), partial(self._measure, targets))

    def _measure(self, targets: dict[str, Target], path: str | None) -> None:
        if path is not None:
            target = targets[path]
            dialog = MeasureDialog(self.session.plan, target, self.title_of(target.model))
            self.app.push_screen(dialog, partial(self._measured, target))

    def _measured(self, target: Target, fields: dict[str, object] | None) -> None:
        """Record it; where it says how likely the stage `evaluate` is to pass, ask whether to take that too."""
        if fields is None:
            return
        bar = with_measured(target, fields)
        edits = recorded(target, fields)
        before, after = target.bar.status(target.name), bar.status(target.name)
        what = (
            f"measured {self.title_of(target.model)}, {printable(target.name)}: {before} → {after}"
        )
        offered = offer(self.session.plan, target, bar)
        if offered is None or offered.chance == offered.planned:
            self.change(what, edits)
            return
        says, planned = percent(offered.chance), percent(offered.planned)
        text = (
            f"{says} that the true value reaches its launch level. The plan says that evaluate"
            f" passes {planned}. Either way it is one step that u undoes."
        )
        dialog = Choose(what, text, {"y": f"take {says}"}, f"Esc keep {planned}")
        self.app.push_screen(
            dialog, partial(self._offered, what, edits, offered.edit(target.model))
        )

    def _offered(self, what: str, edits: tuple[Edit, ...], more: Edit, way: str | None) -> None:
        self.change(what, (*edits, more) if way == "y" else edits)


def _told(target: Target) -> str:
    return f"{printable(target.name)}  {bar_verdict(target.name, target.bar).text}"
