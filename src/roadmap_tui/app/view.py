"""What a screen is drawn from, and what it draws."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol

from roadmap_tui.app.checked import Checked, Grouping
from roadmap_tui.app.compared import Compared
from roadmap_tui.app.keymap import Keymap
from roadmap_tui.app.lines import Line
from roadmap_tui.app.look import Look
from roadmap_tui.app.measured import Measured
from roadmap_tui.app.sheet import Block, Sheet
from roadmap_tui.app.study import Study
from roadmap_tui.files.display import printable
from roadmap_tui.forecast.summary import Causes, Forecast, ItemForecast
from roadmap_tui.history.since import Since
from roadmap_tui.plan.resolve import is_ai
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.report.fitness import Fitness
from roadmap_tui.report.net import Net


@dataclass(frozen=True, slots=True)
class Scene:
    """A plan with its forecast, and how much of it is to be shown.

    Attributes:
        net: the plan's items that pass the filter, and what ties them.
        selected: the id of the selected item.
        width: cells across.
        compared: the plan beside what it was, where that is shown.
        base: the forecast of the plan as it is, while something is tried.
        study: what else was found out, as far as it is known.
        judged: how fit the AI items are, where somebody keeps that from one scene to the next.
        checked: what is wrong with the plan, as far as that is known.
        pointed: the name of the finding that is gone through.
        grouping: what findings are put together by.
        since: what moved since the last review, where that is known.
        height: lines there are room for; 0 where that is not known.
        opened: the item that is opened in its place.
        look: how people want to look at it.
        measured: how wide the figures are, where somebody keeps that from one scene to the next.
    """

    net: Net
    forecast: Forecast
    selected: str | None
    width: int
    compared: Compared | None = None
    base: Forecast | None = None
    study: Study | None = None
    judged: Fitness | None = None
    checked: Checked | None = None
    pointed: str | None = None
    grouping: Grouping = "severity"
    since: Since | None = None
    height: int = 0
    opened: str | None = None
    look: Look = field(default_factory=Look)
    keys: Keymap = field(default_factory=Keymap)
    measured: Measured | None = None

    @property
    def fitness(self) -> Fitness:
        """How fit the AI items are, as of the day of the forecast."""
        return self.judged if self.judged is not None else Fitness(self.plan, self.forecast.as_of)

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.net.plan

    @property
    def shown(self) -> frozenset[str]:
        """Ids of the items that pass the filter."""
        return self.net.shown

    def ships(self, item: ItemForecast) -> str:
        """The chance to deliver, or the odds of a spike; while something is tried, also what it was."""
        return self.measures.ships(item)

    @property
    def measures(self) -> Measured:
        """How wide the figures of all items are."""
        return self.measured if self.measured is not None else Measured(self.forecast, self.base)

    @property
    def causes(self) -> Causes | None:
        """What sets a chosen item's finish, where that is known."""
        return self.study.causes if self.study is not None else None

    def key(self, action: str) -> str:
        """The key of an action, as people see it."""
        return self.keys.shown(action)

    def item(self, name: str) -> ItemForecast:
        """One item's forecast."""
        return self.forecast.items[name]

    def title(self, name: str) -> str:
        """An item's title, safe to show."""
        item = self.forecast.items[name]
        return f"◆ {printable(item.title)}" if item.kind == "spike" else printable(item.title)

    def is_ai(self, name: str) -> bool:
        """Whether an item is a feature that rests on a model."""
        return self.forecast.items[name].kind == "product" and is_ai(self.plan, name)

    def items(self, track: str) -> list[ItemForecast]:
        """The items of a track that pass the filter, in the order of the file."""
        return [
            item
            for item in self.forecast.items.values()
            if item.track == track and item.id in self.shown
        ]

    def nothing(self, track: str) -> str:
        """What to say where a track shows no item."""
        there = any(item.track == track for item in self.forecast.items.values())
        hidden = there and len(self.shown) < len(self.forecast.items)
        return "nothing passes the filter" if hidden else f"press {self.key('add')} to add"


@dataclass(frozen=True, slots=True)
class Drop:
    """Where an item can be dropped with the mouse: a column of the picture.

    Attributes:
        start, end: its first cell, and the one after its last.
    """

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A screen to be drawn; the canvas puts the selected item forward.

    Attributes:
        lines: top to bottom.
        rows: ids of the items in rows and columns, as the arrow keys go through them.
        fixed: how many lines at the top stay when the others are scrolled.
        sides: where the arrow keys lead to the left and to the right, where that is not along a row.
        below: lines that stay below it.
        follows: whether another selection asks for another picture.
        opens: whether the selected item may be higher than the screen, and is gone through before the next one.
        parts: lines that scroll by themselves where not all of the picture is in sight.
        movable: items that the mouse can drag to another column.
        drops: these columns; their names stand on the last of the fixed lines.
    """

    lines: Sheet
    rows: tuple[tuple[str, ...], ...]
    fixed: int = 0
    sides: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    below: tuple[Line, ...] = ()
    follows: bool = False
    opens: bool = False
    parts: tuple[range, ...] = ()
    movable: frozenset[str] = frozenset()
    drops: tuple[Drop, ...] = ()


def first_item(scene: Scene, drawn: Picture, known: Container[str]) -> str | None:
    """The first item of a picture, or else of the plan, among those known and shown; None if there is none."""
    names = chain((name for row in drawn.rows for name in row), scene.forecast.items)
    return next((name for name in names if name in known and name in scene.shown), None)


class View(Protocol):
    """A way to draw a scene."""

    def __call__(self, scene: Scene) -> Picture:
        """Draw it."""


def picture(
    lines: Iterable[Line | Block], rows: Iterable[tuple[str, ...]], cells: int, *, fixed: int = 0
) -> Picture:
    """A picture that is no wider than there is room."""
    return Picture(Sheet(lines, cells), tuple(rows), fixed)


TRACKS = (("product", "PRODUCT"), ("model", "MODEL"))
