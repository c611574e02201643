"""What a screen is drawn from, and what it draws."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol

from roadmap_tui.diagrams.graph import DependencyGraph
from roadmap_tui.forecast.simulation.results import FinishDrivers, Forecast, ItemForecast
from roadmap_tui.history.review_comparison import ReviewComparison
from roadmap_tui.narrative.readiness.assessment import Readiness
from roadmap_tui.plan.resolver import uses_ai
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.keymap import Keymap
from roadmap_tui.tui.view_options import ViewOptions
from roadmap_tui.tui.views.figure_widths import FigureWidths
from roadmap_tui.tui.views.lazy_lines import LazyLines, LineBlock
from roadmap_tui.tui.views.lines import Line
from roadmap_tui.tui.workers.check_results import CheckResults, Grouping
from roadmap_tui.tui.workers.comparison import PlanComparison
from roadmap_tui.tui.workers.insights import Insights


@dataclass(frozen=True, slots=True)
class ViewModel:
    """A plan with its forecast, and how much of it is to be shown.

    Attributes:
        graph: the plan's items that pass the filter, and what ties them.
        selected: the id of the selected item.
        width: cells across.
        comparison: the plan beside what it was, where that is shown.
        baseline: the forecast of the plan as it is, while something is tried.
        insights: what else was found out, as far as it is known.
        cached_readiness: how fit the AI items are, where somebody keeps that from one scene to the next.
        check_results: what is wrong with the plan, as far as that is known.
        selected_finding: the name of the finding that is gone through.
        grouping: what findings are put together by.
        since: what moved since the last review, where that is known.
        height: lines there are room for; 0 where that is not known.
        expanded: the item that is opened in its place.
        options: how people want to look at it.
        cached_widths: how wide the figures are, where somebody keeps that from one scene to the next.
    """

    graph: DependencyGraph
    forecast: Forecast
    selected: str | None
    width: int
    comparison: PlanComparison | None = None
    baseline: Forecast | None = None
    insights: Insights | None = None
    cached_readiness: Readiness | None = None
    check_results: CheckResults | None = None
    selected_finding: str | None = None
    grouping: Grouping = "severity"
    since: ReviewComparison | None = None
    height: int = 0
    expanded: str | None = None
    options: ViewOptions = field(default_factory=ViewOptions)
    keys: Keymap = field(default_factory=Keymap)
    cached_widths: FigureWidths | None = None

    @property
    def readiness(self) -> Readiness:
        """How fit the AI items are, as of the day of the forecast."""
        return (
            self.cached_readiness
            if self.cached_readiness is not None
            else Readiness(self.plan, self.forecast.as_of)
        )

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.graph.plan

    @property
    def visible(self) -> frozenset[str]:
        """Ids of the items that pass the filter."""
        return self.graph.shown

    def chance_text(self, item: ItemForecast) -> str:
        """The chance to deliver, or the odds of a spike; while something is tried, also what it was."""
        return self.figure_widths.chance_text(item)

    @property
    def figure_widths(self) -> FigureWidths:
        """How wide the figures of all items are."""
        return (
            self.cached_widths
            if self.cached_widths is not None
            else FigureWidths(self.forecast, self.baseline)
        )

    @property
    def causes(self) -> FinishDrivers | None:
        """What sets a chosen item's finish, where that is known."""
        return self.insights.causes if self.insights is not None else None

    def key_label(self, action: str) -> str:
        """The key of an action, as people see it."""
        return self.keys.label(action)

    def item(self, name: str) -> ItemForecast:
        """One item's forecast."""
        return self.forecast.items[name]

    def title(self, name: str) -> str:
        """An item's title, safe to show."""
        item = self.forecast.items[name]
        return (
            f"◆ {escape_control(item.title)}"
            if item.kind == "spike"
            else escape_control(item.title)
        )

    def is_ai(self, name: str) -> bool:
        """Whether an item is a feature that rests on a model."""
        return self.forecast.items[name].kind == "product" and uses_ai(self.plan, name)

    def items(self, track: str) -> list[ItemForecast]:
        """The items of a track that pass the filter, in the order of the file."""
        return [
            item
            for item in self.forecast.items.values()
            if item.track == track and item.id in self.visible
        ]

    def empty_message(self, track: str) -> str:
        """What to say where a track shows no item."""
        there = any(item.track == track for item in self.forecast.items.values())
        hidden = there and len(self.visible) < len(self.forecast.items)
        return "nothing passes the filter" if hidden else f"press {self.key_label('add')} to add"


@dataclass(frozen=True, slots=True)
class DropZone:
    """Where an item can be dropped with the mouse: a column of the picture.

    Attributes:
        start, end: its first cell, and the one after its last.
    """

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RenderedView:
    """A screen to be drawn; the canvas puts the selected item forward.

    Attributes:
        lines: top to bottom.
        rows: ids of the items in rows and columns, as the arrow keys go through them.
        fixed_lines: how many lines at the top stay when the others are scrolled.
        arrow_neighbours: where the arrow keys lead to the left and to the right, where that is not along a row.
        detail_lines: lines that stay below it.
        depends_on_selection: whether another selection asks for another picture.
        has_expanded_item: whether the selected item may be higher than the screen, and is gone through before the next one.
        scroll_regions: lines that scroll by themselves where not all of the picture is in sight.
        movable: items that the mouse can drag to another column.
        drop_zones: these columns; their names stand on the last of the fixed lines.
    """

    lines: LazyLines
    rows: tuple[tuple[str, ...], ...]
    fixed_lines: int = 0
    arrow_neighbours: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    detail_lines: tuple[Line, ...] = ()
    depends_on_selection: bool = False
    has_expanded_item: bool = False
    scroll_regions: tuple[range, ...] = ()
    movable: frozenset[str] = frozenset()
    drop_zones: tuple[DropZone, ...] = ()


def first_item(scene: ViewModel, drawn: RenderedView, known: Container[str]) -> str | None:
    """The first item of a picture, or else of the plan, among those known and shown; None if there is none."""
    names = chain((name for row in drawn.rows for name in row), scene.forecast.items)
    return next((name for name in names if name in known and name in scene.visible), None)


class Renderer(Protocol):
    """A way to draw a scene."""

    def __call__(self, scene: ViewModel) -> RenderedView:
        """Draw it."""


def build_view(
    lines: Iterable[Line | LineBlock],
    rows: Iterable[tuple[str, ...]],
    cells: int,
    *,
    fixed: int = 0,
) -> RenderedView:
    """A picture that is no wider than there is room."""
    return RenderedView(LazyLines(lines, cells), tuple(rows), fixed)


TRACKS = (("product", "PRODUCT"), ("model", "MODEL"))
