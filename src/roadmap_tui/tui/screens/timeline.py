"""Timeline: when, and whether."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import chain

from roadmap_tui.forecast.analysis.utilisation import TeamUtilisation
from roadmap_tui.forecast.simulation.results import ItemForecast
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.items import Spike
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_chance
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.actions import bindings_for
from roadmap_tui.tui.screen_help import ScreenHelp
from roadmap_tui.tui.screens.item_groups import cycle_item_grouping
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.view_options import group_items
from roadmap_tui.tui.views.lazy_lines import LineBlock
from roadmap_tui.tui.views.lines import Line, StyledSpan, truncate
from roadmap_tui.tui.views.timeline_row import DependencyLines, TimelineLayout
from roadmap_tui.tui.views.view_model import TRACKS, RenderedView, ViewModel, build_view


def render_timeline(scene: ViewModel) -> RenderedView:
    """Render the timeline: each finish as a density, scaled by the chance to ship."""
    shape = TimelineLayout.of(scene)
    lanes = list(_lanes(scene))
    order: list[str] = []
    for _, _, items in lanes:
        order += [item.id for item in items]
    links = DependencyLines.of(scene, shape.axis, order)
    lines: list[Line | LineBlock] = [shape.heading()]
    for name, style, items in lanes:
        place = order.index(items[0].id) if items else len(order)
        lines.append(
            (
                StyledSpan(shape.title_cell(f" {name}"), style),
                *shape.empty_axis(links.column if links.crosses(place) else None),
            )
        )
        lines += [LineBlock(partial(shape.row, item, links), (item.id,)) for item in items]
        if not items:
            lines.append(
                (
                    StyledSpan(shape.title_cell(f" {scene.empty_message(name.casefold())}"), "dim"),
                    *shape.empty_axis(),
                )
            )
    lines += _joint_chance(scene)
    if loads := _team_loads(scene):
        lines += [
            (StyledSpan(shape.title_cell(" TEAMS"), "dim bold"), *shape.empty_axis()),
            *map(shape.team_load, loads),
        ]
    lines += [
        (StyledSpan(truncate(f" {words}", scene.width), "dim"),)
        for words in _legend(scene, links, order)
    ]
    return replace(
        build_view(lines, ((name,) for name in order), scene.width, fixed=1),
        depends_on_selection=True,
    )


def _lanes(scene: ViewModel) -> Iterator[tuple[str, str, list[ItemForecast]]]:
    """The lanes, by track or group: heading, style, items."""
    if scene.options.group == "none":
        for track, name in TRACKS:
            yield name, f"{track} bold", _in_order(scene, scene.items(track))
        return
    tracks = (scene.items(track) for track, _ in TRACKS)
    every = _in_order(scene, list(chain.from_iterable(tracks)))
    for name, ids in group_items(scene.plan, (item.id for item in every), scene.options.group):
        yield escape_control(name), "bold", [scene.item(each) for each in ids]


def _in_order(scene: ViewModel, items: list[ItemForecast]) -> list[ItemForecast]:
    place = {name: at for at, name in enumerate(scene.forecast.build_order)}
    return sorted(
        (item for item in items if _is_visible(scene, item)),
        key=lambda item: (item.id not in place, place.get(item.id, 0)),
    )


def _is_visible(scene: ViewModel, item: ItemForecast) -> bool:
    if item.status in {"planned", "active", "live"}:
        return True
    spike = scene.plan.items[item.id]
    return isinstance(spike, Spike) and spike.verdict is not None


def _joint_chance(scene: ViewModel) -> list[Line]:
    """The chance that all visible items deliver."""
    chance = scene.insights.joint_chance if scene.insights is not None else None
    if chance is None:
        return []
    until = format_date(scene.forecast.horizon_end)
    return [(StyledSpan(f" all of these by {until}: {format_chance(chance)}", "bold"),)]


def _team_loads(scene: ViewModel) -> tuple[TeamUtilisation, ...]:
    return (scene.insights.utilisation or ()) if scene.insights is not None else ()


def _legend(scene: ViewModel, links: DependencyLines, order: list[str]) -> Iterator[str]:
    words = []
    if any(
        scene.item(name).deadline is not None and scene.item(name).status in OPEN_STATUSES
        for name in order
    ):
        words.append("⚑ deadline")
    if links.needs:
        words.append("▸ needed by the selected item")
    if links.dependents:
        words.append("◂ needs the selected item")
    if words:
        yield " · ".join(words)


class TimelineScreen(PlanScreen):
    """The timeline."""

    NAME = "timeline"
    RENDERER = staticmethod(render_timeline)
    SUBJECTS = ("finish", "load")
    SCREEN_HELP = ScreenHelp(
        "when each item may ship",
        (
            (
                "▁▃▅▇",
                "when it is likely to be done; the higher, the likelier, so"
                " what hardly ships stays low",
            ),
            ("━◆", "a spike and its answer"),
            ("│", "the beginning of a quarter"),
        ),
    )
    BINDINGS = bindings_for("timeline")

    def action_group(self) -> None:
        """Cycle the grouping of items."""
        cycle_item_grouping(self)

    def action_zoom(self, by: int) -> None:
        """Zoom in, or out."""
        forecast = self.session.forecast
        if forecast is None:
            self.defer(partial(self.action_zoom, by))
            return
        look = self.session.view_options.zoom_by(by, forecast.horizon)
        self.apply_view_options(
            look.showing_item(forecast, self.session.selected) if by > 0 else look
        )

    def action_step(self, down: int, across: int) -> None:
        """Select another item; left and right pan a zoomed timeline."""
        forecast, look = self.session.forecast, self.session.view_options
        if across and look.zoom > 1 and forecast is not None:
            self.apply_view_options(look.pan_by(across, forecast.horizon))
        else:
            super().action_step(down, across)

    def highlight(self, name: str) -> None:
        """Highlight an item, and pan to its likely finish."""
        super().highlight(name)
        if self.session.forecast is not None:
            self.session.view_options = self.session.view_options.showing_item(
                self.session.forecast, name
            )
