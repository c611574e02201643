"""The labels of the map: what stands at an item of the graph, in a few short lines."""

from dataclasses import dataclass

from roadmap_tui.forecast.simulation.results import ItemForecast
from roadmap_tui.narrative.item_figures import format_finish_range
from roadmap_tui.text.dates import format_chance
from roadmap_tui.tui.views.lines import (
    Line,
    TextSpan,
    cell_width,
    selection_mark,
    truncate,
    wrap_cells,
)
from roadmap_tui.tui.views.view_model import ViewModel

_TITLE_LINES = 3


@dataclass(frozen=True, slots=True)
class MapLabel:
    """What stands at an item, below each other.

    Attributes:
        lines: of it; the first one is a mark and the title.
        cells: of the widest line.
    """

    lines: tuple[Line, ...]
    cells: int

    @property
    def first_line_cells(self) -> int:
        """Cells of the first line."""
        return sum(cell_width(span.text) for span in self.lines[0])


def map_label(scene: ViewModel, name: str, cells: int, *, near: bool, lost: bool) -> MapLabel:
    """An item's label: its title in up to two lines, its figures, and how critical it is.

    Args:
        scene: the scene.
        name: the item's id.
        cells: what it may take across.
        near: whether it is the selected item or hangs together with it.
        lost: whether it can't ship if the selected item fails.
    """
    item = scene.item(name)
    colour = _colour(item)
    title = f"{colour} {'bold' if near and colour != 'dim' else ''}"
    texts = [(line, title) for line in _title(scene.title(name), cells - 1)]
    texts += [
        (truncate(line, cells - 1), style) for line, style in _figures(scene, item, cells - 1)
    ]
    widest = max(cell_width(text) for text, _ in texts)
    rest = selection_mark(name, colour)
    first = TextSpan("×", "bad bold", name) if lost else rest
    lines = [
        (rest if nth else first, TextSpan(text, style, name))
        for nth, (text, style) in enumerate(texts)
    ]
    return MapLabel(tuple(lines), widest + 1)


def one_line_label(scene: ViewModel, name: str) -> tuple[TextSpan, TextSpan, TextSpan]:
    """An item on one line: its mark, its title, its figures."""
    item = scene.item(name)
    style = _colour(item)
    figures, tone = _outlook(scene, item)
    return (
        selection_mark(name, style),
        TextSpan(scene.title(name), style, name),
        TextSpan(figures, f"dim {tone}", name),
    )


def _colour(item: ItemForecast) -> str:
    if item.status in {"done", "live", "failed", "dropped"}:
        return "dim"
    return "spike" if item.kind == "spike" else item.track


def stub_label(count: int) -> MapLabel:
    """The label of what is cut off."""
    text = f"…{count}"
    return MapLabel(((TextSpan(text, "dim"),),), cell_width(text))


def _title(text: str, cells: int) -> list[str]:
    """The title in as many lines as it may take, cut where it takes more."""
    lines = wrap_cells(text, cells)
    whole = lines[: _TITLE_LINES - 1]
    rest = " ".join(lines[len(whole) :])
    return [*whole, truncate(rest, cells)] if rest else whole


def _figures(scene: ViewModel, item: ItemForecast, cells: int) -> list[tuple[str, str]]:
    tag = "  AI" if scene.is_ai(item.id) else ""
    figures, style = _outlook(scene, item)
    time = (
        f"  {format_finish_range(scene.forecast, item)}"
        if item.finish is not None and item.odds is None
        else ""
    )
    longer = f"{figures}{time}{tag}"
    lines = [(longer if cell_width(longer) <= cells else f"{figures}{tag}", style)]
    share = scene.causes.criticality.get(item.id, 0.0) if scene.causes else 0.0
    if scene.causes is not None and share > 0:
        words = (
            "the target" if item.id == scene.causes.target else f"critical {format_chance(share)}"
        )
        lines.append((words if cell_width(words) <= cells else "critical", "bold"))
    return lines


def _outlook(scene: ViewModel, item: ItemForecast) -> tuple[str, str]:
    """What there is to expect of it, and the style of that."""
    if item.status not in {"planned", "active"}:
        mark = "✗ " if item.status in {"failed", "dropped"} else ""
        return f"{mark}{item.status}", "dim"
    if item.odds is None and item.finish is None:
        return "✗ can't ship", "bad"
    return scene.chance_text(item), "dim" if item.kind == "spike" else ""
