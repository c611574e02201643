"""The labels of the map: what stands at an item of the graph, in a few short lines."""

from dataclasses import dataclass

from roadmap_tui.app.lines import Line, Span, clip, mark, width, wrapped
from roadmap_tui.app.view import Scene
from roadmap_tui.forecast.summary import ItemForecast
from roadmap_tui.report.figures import when
from roadmap_tui.report.words import percent

_TITLE_LINES = 3


@dataclass(frozen=True, slots=True)
class Label:
    """What stands at an item, below each other.

    Attributes:
        lines: of it; the first one is a mark and the title.
        cells: of the widest line.
    """

    lines: tuple[Line, ...]
    cells: int

    @property
    def first(self) -> int:
        """Cells of the first line."""
        return sum(width(span.text) for span in self.lines[0])


def label(scene: Scene, name: str, cells: int, *, near: bool, lost: bool) -> Label:
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
    texts += [(clip(line, cells - 1), style) for line, style in _figures(scene, item, cells - 1)]
    widest = max(width(text) for text, _ in texts)
    rest = mark(name, colour)
    first = Span("×", "bad bold", name) if lost else rest
    lines = [
        (rest if nth else first, Span(text, style, name)) for nth, (text, style) in enumerate(texts)
    ]
    return Label(tuple(lines), widest + 1)


def headline(scene: Scene, name: str) -> tuple[Span, Span, Span]:
    """An item on one line: its mark, its title, its figures."""
    item = scene.item(name)
    style = _colour(item)
    figures, tone = _prospect(scene, item)
    return (
        mark(name, style),
        Span(scene.title(name), style, name),
        Span(figures, f"dim {tone}", name),
    )


def _colour(item: ItemForecast) -> str:
    if item.status in {"done", "live", "failed", "dropped"}:
        return "dim"
    return "spike" if item.kind == "spike" else item.track


def stub(count: int) -> Label:
    """The label of what is cut off."""
    text = f"…{count}"
    return Label(((Span(text, "dim"),),), width(text))


def _title(text: str, cells: int) -> list[str]:
    """The title in as many lines as it may take, cut where it takes more."""
    lines = wrapped(text, cells)
    whole = lines[: _TITLE_LINES - 1]
    rest = " ".join(lines[len(whole) :])
    return [*whole, clip(rest, cells)] if rest else whole


def _figures(scene: Scene, item: ItemForecast, cells: int) -> list[tuple[str, str]]:
    tag = "  AI" if scene.is_ai(item.id) else ""
    figures, style = _prospect(scene, item)
    time = (
        f"  {when(scene.forecast, item)}" if item.finish is not None and item.odds is None else ""
    )
    longer = f"{figures}{time}{tag}"
    lines = [(longer if width(longer) <= cells else f"{figures}{tag}", style)]
    share = scene.causes.critical.get(item.id, 0.0) if scene.causes else 0.0
    if scene.causes is not None and share > 0:
        words = "the target" if item.id == scene.causes.target else f"critical {percent(share)}"
        lines.append((words if width(words) <= cells else "critical", "bold"))
    return lines


def _prospect(scene: Scene, item: ItemForecast) -> tuple[str, str]:
    """What there is to expect of it, and the style of that."""
    if item.status not in {"planned", "active"}:
        mark = "✗ " if item.status in {"failed", "dropped"} else ""
        return f"{mark}{item.status}", "dim"
    if item.odds is None and item.finish is None:
        return "✗ can't ship", "bad"
    return scene.ships(item), "dim" if item.kind == "spike" else ""
