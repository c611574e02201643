"""Input and output of the screens' renderers."""

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
    """A plan with its forecast and insights, and how to show them.

    Attributes:
        graph: the items that match the filter, and their dependencies.
        selected: the id of the selected item.
        width: cells across.
        comparison: the comparison with an earlier version, once it is made.
        baseline: the forecast of the plan without the what-if; None without one.
        insights: further results, as far as they are known.
        cached_readiness: readiness of AI items, cached across view models.
        check_results: findings, as far as they are known.
        selected_finding: the key of the highlighted finding.
        grouping: what findings are grouped by.
        since: what moved since the last review, if known.
        height: available lines; 0 if unknown.
        options: sorting, grouping, columns and zoom.
        cached_widths: widths of figures, cached across view models.
        has_pane: whether the details of the selection are shown beside the screen.
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
    options: ViewOptions = field(default_factory=ViewOptions)
    keys: Keymap = field(default_factory=Keymap)
    cached_widths: FigureWidths | None = None
    has_pane: bool = False

    @property
    def readiness(self) -> Readiness:
        """Readiness of AI items, as of the day of the forecast."""
        if self.cached_readiness is not None:
            return self.cached_readiness
        return Readiness(self.plan, self.forecast.as_of)

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.graph.plan

    @property
    def visible(self) -> frozenset[str]:
        """Ids of the items that match the filter."""
        return self.graph.shown

    @property
    def needs_selection(self) -> bool:
        """Whether no item is selected, or the filter hides the selected one."""
        if self.selected is None:
            return True
        return self.selected in self.plan.items and self.selected not in self.visible

    def chance_text(self, item: ItemForecast) -> str:
        """The chance to deliver, or a spike's odds; during a what-if also the value before."""
        return self.figure_widths.chance_text(item)

    @property
    def figure_widths(self) -> FigureWidths:
        """Widths of the figures of all items."""
        if self.cached_widths is not None:
            return self.cached_widths
        return FigureWidths(self.forecast, self.baseline)

    @property
    def causes(self) -> FinishDrivers | None:
        """What drives the finish of the selected item, if known."""
        return self.insights.causes if self.insights is not None else None

    def key_label(self, action: str) -> str:
        """The key of an action, as people see it."""
        return self.keys.label(action)

    def item(self, name: str) -> ItemForecast:
        """One item's forecast."""
        return self.forecast.items[name]

    def title(self, name: str) -> str:
        """An item's title, with control characters escaped."""
        item = self.forecast.items[name]
        if item.kind == "spike":
            return f"◆ {escape_control(item.title)}"
        return escape_control(item.title)

    def is_ai(self, name: str) -> bool:
        """Whether an item is a feature that depends on a model."""
        return self.forecast.items[name].kind == "product" and uses_ai(self.plan, name)

    def items(self, track: str) -> list[ItemForecast]:
        """The items of a track that match the filter, in the order of the file."""
        return [
            item
            for item in self.forecast.items.values()
            if item.track == track and item.id in self.visible
        ]

    def empty_message(self, track: str) -> str:
        """Message for a track without visible items."""
        there = any(item.track == track for item in self.forecast.items.values())
        hidden = there and len(self.visible) < len(self.forecast.items)
        return "No items match the filter." if hidden else f"press {self.key_label('add')} to add"


@dataclass(frozen=True, slots=True)
class DropZone:
    """A column where a dragged item can be dropped.

    Attributes:
        start, end: its first cell, and the one after its last.
    """

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RenderedView:
    """A rendered screen; the canvas highlights the selected item.

    Attributes:
        lines: top to bottom.
        rows: ids of the items in rows and columns, as the arrow keys go through them.
        fixed_lines: number of lines at the top that don't scroll.
        arrow_neighbours: where left and right lead, unless along a row.
        detail_lines: lines below the scrolling part.
        depends_on_selection: whether another selection needs another rendering.
        has_expanded_item: whether the selected item may be taller than the screen.
        scroll_regions: ranges of lines that scroll separately if not all of them fit.
        movable: items that can be dragged to another column.
        drop_zones: those columns; their names are on the last fixed line.
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
    """The first visible item of a rendering, else of the plan; None without any."""
    names = chain(chain.from_iterable(drawn.rows), scene.forecast.items)
    return next((name for name in names if name in known and name in scene.visible), None)


class Renderer(Protocol):
    """Renders a screen."""

    def __call__(self, scene: ViewModel) -> RenderedView:
        """Render a view model."""


def build_view(
    lines: Iterable[Line | LineBlock],
    rows: Iterable[tuple[str, ...]],
    cells: int,
    *,
    fixed: int = 0,
) -> RenderedView:
    """A rendering, truncated to a width."""
    return RenderedView(LazyLines(lines, cells), tuple(rows), fixed)


TRACKS = (("product", "PRODUCT"), ("model", "MODEL"))
