"""View options of the ranking and the timeline."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, get_args

from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.plan.roadmap import Plan

ItemGrouping: TypeAlias = Literal["none", "team", "tag"]
GROUPS: tuple[ItemGrouping, ...] = get_args(ItemGrouping)
_CLOSEST, _PAN = 16, 0.25


@dataclass(frozen=True, slots=True)
class ViewOptions:
    """Sorting, grouping, columns, zoom.

    Attributes:
        sort: the column that the ranking is sorted by.
        is_reversed: whether the order is reversed.
        group: what items are grouped by.
        hidden: columns whose visibility differs from the default.
        zoom: zoom factor of the timeline.
        start: first visible week, counted from the start of the forecast.
    """

    sort: str = "rank"
    is_reversed: bool = False
    group: ItemGrouping = "none"
    hidden: frozenset[str] = frozenset()
    zoom: int = 1
    start: float = 0.0

    def visible_weeks(self, horizon: float) -> float:
        """Number of visible weeks."""
        return horizon / self.zoom

    def next_grouping(self) -> "ViewOptions":
        """With the next grouping."""
        return replace(self, group=GROUPS[(GROUPS.index(self.group) + 1) % len(GROUPS)])

    def sort_by(self, column: str) -> "ViewOptions":
        """Sorted by a column; reversed if it is sorted by it already."""
        return replace(self, sort=column, is_reversed=column == self.sort and not self.is_reversed)

    def toggle_column(self, column: str) -> "ViewOptions":
        """With a column shown or hidden."""
        return replace(self, hidden=self.hidden ^ {column})

    def zoom_by(self, by: int, horizon: float) -> "ViewOptions":
        """Zoomed in or out by a factor of two around the middle."""
        zoom = min(_CLOSEST, self.zoom * 2) if by > 0 else max(1, self.zoom // 2)
        middle = self.start + self.visible_weeks(horizon) / 2
        return replace(self, zoom=zoom).starting_at(middle - horizon / zoom / 2, horizon)

    def starting_at(self, start: float, horizon: float) -> "ViewOptions":
        """With another first week, within the horizon."""
        return replace(self, start=max(0.0, min(start, horizon - self.visible_weeks(horizon))))

    def pan_by(self, by: int, horizon: float) -> "ViewOptions":
        """Panned by quarters of the visible range."""
        return self.starting_at(self.start + by * _PAN * self.visible_weeks(horizon), horizon)

    def showing_item(self, forecast: Forecast, name: str | None) -> "ViewOptions":
        """Panned so that the likely finish of an item is visible."""
        item = forecast.items.get(name or "")
        finish = item.finish if item is not None else None
        shown = self.visible_weeks(forecast.horizon)
        if finish is None or self.zoom == 1 or self.start <= finish.p50 <= self.start + shown:
            return self
        return self.starting_at(finish.p50 - shown / 2, forecast.horizon)


def group_items(
    plan: Plan, names: Iterable[str], by: ItemGrouping
) -> Iterator[tuple[str, list[str]]]:
    """Items by team or tag: teams in the order of the file, tags by name, the rest last.

    An item with several tags is listed under the first.
    """
    found: dict[str, list[str]] = {name: [] for name in (plan.teams if by == "team" else ())}
    rest: list[str] = []
    for name in names:
        item = plan.items[name]
        key = item.team if by == "team" else next(iter(item.tags), None)
        (rest if key is None else found.setdefault(key, [])).append(name)
    order = found if by == "team" else sorted(found)
    for key in order:
        if found[key]:
            yield key, found[key]
    if rest:
        yield f"no {by}", rest
