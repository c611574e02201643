"""Readiness: one row per AI item, the worst first."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from roadmap_tui.narrative.readiness.assessment import Readiness
from roadmap_tui.narrative.readiness.upkeep import (
    team_upkeep_sentence,
    upkeep_by_quarter,
    upkeep_forecast_sentence,
)
from roadmap_tui.narrative.readiness.verdict import LEVEL_SIGNS, ReadinessTopic
from roadmap_tui.tui.actions import bindings_for
from roadmap_tui.tui.dialogs.readiness import ReadinessDialog
from roadmap_tui.tui.handlers.items import run_next_action
from roadmap_tui.tui.screen_help import ScreenHelp
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.screens.session_screen import needs_forecast
from roadmap_tui.tui.views.item_detail import item_title_lines
from roadmap_tui.tui.views.lazy_lines import LineBlock
from roadmap_tui.tui.views.lines import (
    Line,
    StyledSpan,
    fit_cells,
    selection_mark,
    truncate_line,
    wrap_cells,
)
from roadmap_tui.tui.views.readiness_item import (
    STYLES,
    readiness_glance,
    readiness_hint,
    readiness_lines,
)
from roadmap_tui.tui.views.view_model import RenderedView, ViewModel, build_view

_COLUMNS: tuple[tuple[ReadinessTopic, str, int], ...] = (
    ("quality", "quality", 11),
    ("trust", "override", 12),
    ("latency", "latency", 13),
    ("oversight", "oversight", 12),
    ("data", "data", 11),
    ("segments", "segments", 12),
    ("failures", "failures", 13),
    ("upkeep", "upkeep", 15),
)
"""Topics with heads and widths; the last ones only if there is room."""
_TITLE, _ALWAYS = 26, 4
_GLANCE = 4
_LEAST = 72
_EMPTY = (
    "No AI item yet: no model, and no feature that needs one.",
    "Press a to add a model, then t to add its quality bars and m to record a measurement.",
)


def render_readiness(scene: ViewModel) -> RenderedView:
    """Render the readiness of all AI items, with charts of the selected one."""
    fit_of = scene.readiness
    names = [name for name in fit_of.worst_first if name in scene.visible]
    if not names:
        words = _EMPTY if not fit_of.ids else ("No items match the filter.",)
        return build_view([(StyledSpan(f" {line}", "dim"),) for line in words], (), scene.width)
    table = _Table(scene, fit_of)
    lines: list[Line | LineBlock] = [table.heading()]
    lines += [LineBlock(partial(table.row, name), (name,), 2) for name in names]
    lines += [(), *_legend(scene), *_upkeep_lines(scene, fit_of)]
    drawn = build_view(lines, ((name,) for name in names), scene.width, fixed=1)
    if scene.has_pane:
        return drawn
    return replace(drawn, detail_lines=_detail_lines(scene, fit_of), depends_on_selection=True)


class _Table:
    """The rows, with as many columns as fit."""

    def __init__(self, scene: ViewModel, fit_of: Readiness) -> None:
        self._scene = scene
        self._fit_of = fit_of
        self._columns = _columns(scene.width)
        self._title = max(1, scene.width - 2 - sum(cells for _, _, cells in self._columns))

    def heading(self) -> Line:
        """The heads of the columns."""
        names = "".join(fit_cells(name, cells) for _, name, cells in self._columns)
        return (
            StyledSpan(fit_cells(" READY TO SHIP?", self._title + 2), "bold"),
            StyledSpan(names, "dim"),
        )

    def row(self, name: str) -> Iterator[Line]:
        """The verdicts of an item, and below them its main issue."""
        scene, item = self._scene, self._scene.item(name)
        lead = selection_mark(name, item.track)
        title = f"{scene.title(name)}{' · live' if item.status == 'live' else ''}"
        spans = [lead, StyledSpan(f"{fit_cells(title, self._title)} ", f"{item.track} bold", name)]
        for topic, _, cells in self._columns:
            verdict = self._fit_of.verdict(name, topic)
            style = "faint" if verdict is None else STYLES[verdict.level]
            spans.append(
                StyledSpan(fit_cells("–" if verdict is None else verdict.text, cells), style, name)
            )
        yield tuple(spans)
        yield (
            lead,
            StyledSpan(
                fit_cells(f"  {_main_issue(self._fit_of, name)}", scene.width - 1), "dim", name
            ),
        )


def _columns(cells: int) -> tuple[tuple[ReadinessTopic, str, int], ...]:
    shown = list(_COLUMNS[: _ALWAYS if cells >= _LEAST else 1])
    for column in _COLUMNS[len(shown) :] if cells >= _LEAST else ():
        if sum(each[2] for each in (*shown, column)) <= cells - 2 - _TITLE:
            shown.append(column)
    return tuple(shown)


def _main_issue(fit_of: Readiness, name: str) -> str:
    worst = fit_of.worst(name)
    if worst is None:
        return readiness_hint(fit_of, name)
    since = fit_of.measured_ago(name)
    measured = f" · measured {since}" if since and worst.topic == "quality" else ""
    return f"{fit_of.main_concern(name)}{measured}"


def _legend(scene: ViewModel) -> Iterator[Line]:
    words = [
        f"{LEVEL_SIGNS['good']} good",
        f"{LEVEL_SIGNS['watch']} watch",
        f"{LEVEL_SIGNS['bad']} bad",
        f"{LEVEL_SIGNS['unknown']} not known",
    ]
    legend = f"{'   '.join(words)}   – no data yet   Enter shows all   m records a measurement"
    yield from _dim_lines(scene, legend)


def _upkeep_lines(scene: ViewModel, fit_of: Readiness) -> Iterator[Line]:
    for each in fit_of.upkeep_loads.values():
        if each.planned:
            yield from _dim_lines(scene, team_upkeep_sentence(each))
            yield from _dim_lines(
                scene,
                upkeep_forecast_sentence(upkeep_by_quarter(scene.plan, scene.forecast, each.team)),
            )


def _dim_lines(scene: ViewModel, text: str) -> Iterator[Line]:
    yield from ((StyledSpan(f" {line}", "dim"),) for line in wrap_cells(text, scene.width - 2))


def _detail_lines(scene: ViewModel, fit_of: Readiness) -> tuple[Line, ...]:
    """Charts of the selected item; without any, why."""
    name = scene.selected
    if name is None or name not in fit_of.plan.items or not fit_of.applies_to(name):
        why = "" if name is None else f"{scene.title(name)} uses no model, so it isn't listed. "
        lines = tuple(_dim_lines(scene, f"{why}Press ↓ for the first AI item."))[:_GLANCE]
        return (*lines, *(() for _ in range(_GLANCE - len(lines))))
    drawn = readiness_glance(fit_of, name, scene.width - 2, _GLANCE)
    return tuple(
        truncate_line((StyledSpan(" "), *line), scene.width) if line else () for line in drawn
    )


class ReadinessScreen(PlanScreen):
    """The readiness of AI items."""

    NAME = "readiness"
    RENDERER = staticmethod(render_readiness)
    SUBJECTS = ("fit", "upkeep")
    SCREEN_HELP = ScreenHelp(
        "whether each AI item is ready to ship",
        (
            ("●", "what was measured, with its 95% interval"),
            ("┃ ┆ ◇ ·", "launch, guardrail, target, baseline"),
            (
                "proven, likely, open",
                "whether all of the interval clears launch, only the value, or nothing is known",
            ),
        ),
    )
    BINDINGS = bindings_for("readiness")

    def selection_detail(self, scene: ViewModel, cells: int) -> tuple[Line, ...]:
        """The readiness of an AI item; other items as everywhere."""
        name = scene.selected
        if name is None or name not in scene.plan.items or not scene.readiness.applies_to(name):
            return super().selection_detail(scene, cells)
        lines = readiness_lines(scene.readiness, name, cells - 2)
        indented = ((StyledSpan(" "), *line) for line in lines)
        return (*item_title_lines(scene, name, cells - 2), (), *indented)

    def action_open(self) -> None:
        """Show the readiness of an AI item in full; other items as everywhere."""
        self._open_item()

    @needs_forecast
    def _open_item(self) -> None:
        chosen = self.selected_item()
        if chosen is None:
            return
        name, scene = chosen
        if scene.readiness.applies_to(name) and not self.pane.display:
            dialog = ReadinessDialog(scene.readiness, name)
            self.app.push_screen(dialog, partial(run_next_action, self))
        else:
            super().action_open()
