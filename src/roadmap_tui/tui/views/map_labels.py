"""Labels of the items on the map."""

from dataclasses import dataclass

from roadmap_tui.forecast.simulation.results import ItemForecast
from roadmap_tui.narrative.item_figures import format_finish_range
from roadmap_tui.text.numbers import format_chance
from roadmap_tui.tui.views.lines import (
    Line,
    StyledSpan,
    selection_mark,
    text_cells,
    truncate,
    wrap_cells,
)
from roadmap_tui.tui.views.view_model import ViewModel

_TITLE_LINES = 3


@dataclass(frozen=True, slots=True)
class MapLabel:
    """Lines of text at an item.

    Attributes:
        lines: its lines; the first one has the gutter and the title.
        cells: width of the widest line.
    """

    lines: tuple[Line, ...]
    cells: int

    @property
    def first_line_cells(self) -> int:
        """Width of the first line."""
        return sum(text_cells(span.text) for span in self.lines[0])


def map_label(scene: ViewModel, name: str, cells: int, *, near: bool, lost: bool) -> MapLabel:
    """The label of an item: its title, its figures, and how critical it is.

    Args:
        scene: the scene.
        name: the item's id.
        cells: the most cells it may take.
        near: whether it is highlighted.
        lost: whether it can't ship if the selected item fails.
    """
    item = scene.item(name)
    colour = _colour(item)
    title = f"{colour} {'bold' if near and colour != 'dim' else ''}"
    texts = [(line, title) for line in _title(scene.title(name), cells - 1)]
    texts += [
        (truncate(line, cells - 1), style) for line, style in _figures(scene, item, cells - 1)
    ]
    widest = max(text_cells(text) for text, _ in texts)
    rest = selection_mark(name, colour)
    first = StyledSpan("×", "bad bold", name) if lost else rest
    lines = [
        (rest if nth else first, StyledSpan(text, style, name))
        for nth, (text, style) in enumerate(texts)
    ]
    return MapLabel(tuple(lines), widest + 1)


def one_line_label(scene: ViewModel, name: str) -> tuple[StyledSpan, StyledSpan, StyledSpan]:
    """An item on one line: gutter, title, figures."""
    item = scene.item(name)
    style = _colour(item)
    figures, tone = _outlook(scene, item)
    return (
        selection_mark(name, style),
        StyledSpan(scene.title(name), style, name),
        StyledSpan(figures, f"dim {tone}", name),
    )


def _colour(item: ItemForecast) -> str:
    if item.status in {"done", "live", "failed", "dropped"}:
        return "dim"
    return "spike" if item.kind == "spike" else item.track


def stub_label(count: int) -> MapLabel:
    """The label of a stub, where the graph is cut off."""
    text = f"…{count}"
    return MapLabel(((StyledSpan(text, "dim"),),), text_cells(text))


def _title(text: str, cells: int) -> list[str]:
    """The title in as many lines as allowed, truncated if it takes more."""
    lines = wrap_cells(text, cells)
    whole = lines[: _TITLE_LINES - 1]
    rest = " ".join(lines[len(whole) :])
    return [*whole, truncate(rest, cells)] if rest else whole


def _figures(scene: ViewModel, item: ItemForecast, cells: int) -> list[tuple[str, str]]:
    tag = "  AI" if scene.is_ai(item.id) else ""
    figures, style = _outlook(scene, item)
    if item.finish is not None and item.odds is None:
        time = f"  {format_finish_range(scene.forecast, item)}"
    else:
        time = ""
    longer = f"{figures}{time}{tag}"
    lines = [(longer if text_cells(longer) <= cells else f"{figures}{tag}", style)]
    share = scene.causes.criticality.get(item.id, 0.0) if scene.causes else 0.0
    if scene.causes is not None and share > 0:
        if item.id == scene.causes.target:
            words = "the target"
        else:
            words = f"critical {format_chance(share)}"
        lines.append((words if text_cells(words) <= cells else "critical", "bold"))
    return lines


def _outlook(scene: ViewModel, item: ItemForecast) -> tuple[str, str]:
    """The forecast of an item in short, and its style."""
    if item.status not in {"planned", "active"}:
        mark = "✗ " if item.status in {"failed", "dropped"} else ""
        return f"{mark}{item.status}", "dim"
    if item.odds is None and item.finish is None:
        return "✗ can't ship", "bad"
    return scene.chance_text(item), "dim" if item.kind == "spike" else ""
