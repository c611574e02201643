"""What every screen shows before the first forecast: titles, so that items can be selected."""

from collections.abc import Iterator
from functools import partial
from itertools import chain

from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.items import Item, Spike
from roadmap_tui.plan.roadmap import Plan, display_title, item_track
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.views.lazy_lines import LineBlock
from roadmap_tui.tui.views.lines import Line, StyledSpan, selection_mark, truncate
from roadmap_tui.tui.views.view_model import TRACKS, RenderedView, build_view


def render_placeholder(plan: Plan, cells: int) -> RenderedView:
    """The open items of each track, in the order of the file."""
    lanes: dict[str, list[str]] = {track: [] for track, _ in TRACKS}
    for name, item in plan.items.items():
        if item.status in OPEN_STATUSES:
            lanes[item_track(item)].append(name)
    lines: list[Line | LineBlock] = [
        (StyledSpan(" Calculating the forecast …", "dim"),),
        *_lines(plan, lanes, cells),
    ]
    names = chain.from_iterable(lanes.values())
    return build_view(lines, ((name,) for name in names), cells, fixed=1)


def _lines(plan: Plan, lanes: dict[str, list[str]], cells: int) -> Iterator[Line | LineBlock]:
    for track, heading in TRACKS:
        yield (StyledSpan(f" {heading}", f"{track} bold"),)
        yield from (
            LineBlock(partial(_row, plan.items[name], name, track, cells), (name,))
            for name in lanes[track]
        )


def _row(item: Item, name: str, track: str, cells: int) -> list[Line]:
    sign, colour = ("◆ ", "spike") if isinstance(item, Spike) else ("", track)
    title = escape_control(display_title(name, item.title))
    return [
        (
            selection_mark(name, colour),
            StyledSpan(truncate(f"{sign}{title}", cells - 1), colour, name),
        )
    ]
