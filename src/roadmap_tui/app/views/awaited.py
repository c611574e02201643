"""What every screen shows before the first forecast: the items by name, so that one can be chosen already."""

from collections.abc import Iterator
from functools import partial

from roadmap_tui.app.lines import Line, Span, clip, mark
from roadmap_tui.app.sheet import Block
from roadmap_tui.app.view import TRACKS, Picture, picture
from roadmap_tui.files.display import printable
from roadmap_tui.plan.items import Item, Spike
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.plan.roadmap import Plan, title_of, track_of


def awaited(plan: Plan, cells: int) -> Picture:
    """The open items of each track, in the order of the file."""
    lanes = {
        track: [
            name
            for name, item in plan.items.items()
            if item.status in OPEN and track_of(item) == track
        ]
        for track, _ in TRACKS
    }
    lines: list[Line | Block] = [(Span(" working it out …", "dim"),), *_lines(plan, lanes, cells)]
    return picture(lines, ((name,) for names in lanes.values() for name in names), cells, fixed=1)


def _lines(plan: Plan, lanes: dict[str, list[str]], cells: int) -> Iterator[Line | Block]:
    for track, heading in TRACKS:
        yield (Span(f" {heading}", f"{track} bold"),)
        yield from (
            Block(partial(_row, plan.items[name], name, track, cells), (name,))
            for name in lanes[track]
        )


def _row(item: Item, name: str, track: str, cells: int) -> list[Line]:
    sign, colour = ("◆ ", "spike") if isinstance(item, Spike) else ("", track)
    title = printable(title_of(name, item.title))
    return [(mark(name, colour), Span(clip(f"{sign}{title}", cells - 1), colour, name))]
