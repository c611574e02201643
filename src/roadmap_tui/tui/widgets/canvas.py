"""Widget that shows a rendered view, line by line."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from roadmap_tui.tui.views.lazy_lines import LazyLines
from roadmap_tui.tui.views.lines import Line, StyledSpan, text_cells
from roadmap_tui.tui.views.view_model import RenderedView, build_view
from roadmap_tui.tui.widgets.scroll_regions import ScrollRegions

STYLES = (
    "product",
    "model",
    "spike",
    "dim",
    "line",
    "faint",
    "good",
    "warn",
    "bad",
    "selected",
    "bold",
    "tab",
)


_RIGHT = 3
"""Mouse button that opens the menu of an item."""


class Canvas(ScrollView, can_focus=True, inherit_bindings=False):
    """A rendered view; arrow keys and mouse select items in it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"canvas--{name}" for name in STYLES}
    DEFAULT_CSS = """
    Canvas {
        background: $background;
        color: $foreground;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .canvas--product { color: $product; }
        & > .canvas--model { color: $model; }
        & > .canvas--spike { color: $spike; }
        & > .canvas--dim { color: $recede; }
        & > .canvas--line { color: $foreground 22%; }
        & > .canvas--faint { color: $faint; }
        & > .canvas--good { color: $good; }
        & > .canvas--warn { color: $warn; }
        & > .canvas--bad { color: $bad; }
        & > .canvas--selected { background: $selection; }
        & > .canvas--bold { text-style: bold; }
        & > .canvas--tab { background: $foreground; color: $background; text-style: bold; }
    }
    """

    class Chosen(Message):
        """An item was clicked: to select it, to open it, or to open its menu at a place."""

        def __init__(
            self, canvas: "Canvas", item: str, *, opened: bool, asked: Offset | None = None
        ) -> None:
            super().__init__()
            self.menu_at = asked
            self.canvas = canvas
            self.item = item
            self.is_double = opened

    class Resized(Message):
        """The size has changed."""

    def __init__(self, name: str, *, focusable: bool = True) -> None:
        super().__init__(id=name)
        self.can_focus = focusable
        self._view = RenderedView(LazyLines((), 0), ())
        self._positions: dict[str, tuple[int, int]] = {}
        self._selected: str | None = None
        self._shown_at = Size(0, 0)
        self._regions: ScrollRegions | None = None
        self._region_offsets: list[int] = []
        self._visible_rows: list[int] = []
        self._strips: dict[int, Strip] = {}
        self._styles: dict[str, Style] = {}
        self._labels: dict[int, list[tuple[int, str]]] = {}

    @property
    def draw_width(self) -> int:
        """Width to draw in, without the scrollbar."""
        return max(
            20,
            self.outer_size.width - (self.styles.scrollbar_size_vertical if self.can_focus else 0),
        )

    def show(self, picture: RenderedView, selected: str | None) -> None:
        """Show a view; a newly selected item is scrolled into sight."""
        resized = self.size != self._shown_at
        moved = selected != self._selected or len(picture.lines) != len(self._view.lines)
        self._shown_at = self.size
        self._view = picture
        self._positions = {}
        for at, row in enumerate(picture.rows):
            self._positions |= {name: (at, nth) for nth, name in enumerate(row)}
        self._selected = selected
        regions = ScrollRegions.of(
            picture.scroll_regions, len(picture.lines), self.size.height, picture.lines.block_starts
        )
        self._regions = regions
        if (self.styles.overflow_y == "hidden") != (regions is not None):
            self.styles.overflow_y = "auto" if regions is None else "hidden"
        if regions is not None:
            if len(self._region_offsets) == len(picture.scroll_regions):
                tops = self._region_offsets
            else:
                tops = [0] * len(picture.scroll_regions)
            self._region_offsets = [regions.snap(nth, top) for nth, top in enumerate(tops)]
        self.virtual_size = Size(
            self.draw_width, len(picture.lines) if self._regions is None else self.size.height
        )
        self._redraw_changed()
        if moved:
            self._reveal()
        if resized:
            self.call_after_refresh(self._reveal)

    def select(self, item: str | None) -> None:
        """Highlight another item of the view, and scroll it into sight."""
        self._selected = item
        self._redraw_changed()
        self._reveal()

    @property
    def depends_on_selection(self) -> bool:
        """Whether another selection needs another rendering."""
        return self._view.depends_on_selection

    @property
    def shows_selection(self) -> bool:
        """Whether the selected item is anywhere in the view."""
        return self._selected in self._view.lines.item_positions

    def release(self) -> None:
        """Show nothing: a view holds the plan and its forecast."""
        self.show(build_view((), (), 0), None)

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show lines, and resize to their number."""
        self.styles.height = len(lines)
        self.show(build_view(lines, (), self.draw_width), None)

    def _redraw_changed(self) -> None:
        """Render the visible lines again; refresh only those that changed."""
        before, self._strips = self._strips, {}
        rows, self._visible_rows = (
            self._visible_rows,
            [self._line_at(y) for y in range(self.size.height)],
        )
        for y, at in enumerate(self._visible_rows):
            if rows[y : y + 1] != [at] or self._line(at) != before.get(at):
                self.refresh(Region(0, y, self.size.width, 1))

    def notify_style_update(self) -> None:
        """Drop the styles of the previous theme."""
        super().notify_style_update()
        self._strips.clear()
        self._styles.clear()

    def render_line(self, y: int) -> Strip:
        """One line of the view; fixed lines don't scroll."""
        strip = self._hidden_count(y) or self._line(self._line_at(y))
        if self._regions is not None:
            thumb = self._regions.scrollbar_char(y, self._region_offsets)
        else:
            thumb = ""
        if not thumb:
            return strip
        bar = Segment(thumb, self._style("faint" if thumb == "█" else "line"))
        return Strip([*strip.crop(0, self.size.width - 1), bar])

    def _hidden_count(self, y: int) -> Strip | None:
        """Line "↓ n more", the last, empty one of a scroll region, if items are hidden below it."""
        if self._regions is not None:
            hidden = self._regions.hidden_below(y, self._region_offsets)
        else:
            hidden = range(0)
        if hidden:
            count = sum(place.start in hidden for place in self._view.lines.item_positions.values())
        else:
            count = 0
        if not count:
            return None
        count_line = Strip([Segment(f" ↓ {count} more", self._style("dim"))])
        return count_line.adjust_cell_length(self.size.width, self._style(""))

    def _line(self, at: int) -> Strip:
        if at not in self._strips:
            self._strips[at] = self._strip(at)
        return self._strips[at]

    def _line_at(self, y: int) -> int:
        if self._regions is not None:
            return self._regions.line_at(y, self._region_offsets)
        return y if y < self._view.fixed_lines else y + self.scroll_offset.y

    def _strip(self, at: int) -> Strip:
        line: Line = self._view.lines[at] if at < len(self._view.lines) else ()
        segments = [self._segment(span) for span in line]
        strip = Strip(segments).adjust_cell_length(self.size.width, self._style(""))
        for column, label in self._labels.get(at, ()):
            labelled = Strip([Segment(label, self._style("tab"))])
            strip = Strip.join((strip.crop(0, column), labelled, strip.crop(column + len(label))))
        return strip

    @property
    def visible_items(self) -> tuple[str, ...]:
        """Visible items that can be selected, top to bottom."""
        return tuple(name for _, name in self._visible_items())

    def _visible_items(self) -> Iterator[tuple[Offset, str]]:
        """Position of each visible item within the widget."""
        seen: set[str] = set()
        for y in range(self.size.height):
            at, column = self._line_at(y), 0
            for span in self._view.lines[at] if at < len(self._view.lines) else ():
                if (
                    span.item in self._positions
                    and span.item not in seen
                    and column < self.size.width
                ):
                    seen.add(span.item)
                    yield Offset(column, y), span.item
                column += text_cells(span.text)

    def show_labels(self, labels: Mapping[str, str]) -> None:
        """Put labels on visible items."""
        self._labels = {}
        for place, name in self._visible_items():
            if name in labels:
                self._labels.setdefault(self._line_at(place.y), []).append((place.x, labels[name]))
        self._redraw_changed()

    def contains(self, name: str) -> bool:
        """Whether an item is in the view and can be selected."""
        return name in self._positions

    def screen_position(self, name: str | None) -> Offset:
        """Screen position below an item; near the middle if it isn't visible."""
        middle = Offset(self.size.width // 3, self.size.height // 3)
        place = next(
            (place + Offset(2, 1) for place, each in self._visible_items() if each == name), middle
        )
        return self.region.offset + place

    def _segment(self, span: StyledSpan) -> Segment:
        if span.item is None or span.item != self._selected:
            return Segment(span.text, self._style(span.style))
        return Segment(
            "▌" if span.is_selection_mark else span.text, self._style(f"{span.style} selected")
        )

    def _style(self, style: str) -> Style:
        """The Rich style of style names; translucent colours are blended."""
        if style not in self._styles:
            rules = [self.get_component_styles(f"canvas--{name}") for name in style.split()]
            back, front, weight = self.background_colors[1], self.styles.color, Style()
            for each in rules:
                if each.has_rule("background"):
                    back += each.background
            for each in rules:
                if each.has_rule("color"):
                    front = each.color
                weight += each.text_style
            self._styles[style] = (
                Style(color=(back + front).rich_color, bgcolor=back.rich_color) + weight
            )
        return self._styles[style]

    def _reveal(self) -> None:
        places = self._view.lines.item_positions
        found = places.get(self._selected) if self._selected is not None else None
        if found is None:
            return
        above = self._view.fixed_lines
        if self._regions is not None:
            self._reveal_in(self._regions, found)
        elif found.start == min(each.start for each in places.values()):
            self.scroll_to(y=0, animate=False)
        else:
            self.scroll_to_region(
                Region(0, found.start - above, 1, len(found) + above), animate=False, force=True
            )

    def _reveal_in(self, panes: ScrollRegions, place: range) -> None:
        for nth, part in enumerate(panes.regions):
            if place.start in part:
                self._scroll_region(
                    nth, panes.offset_showing(nth, place, self._region_offsets[nth])
                )

    def _scroll_region(self, nth: int, top: int) -> None:
        """Scroll a region."""
        if top != self._region_offsets[nth]:
            self._region_offsets[nth] = top
            self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll the region under the mouse."""
        self._scroll_part(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll the region under the mouse."""
        self._scroll_part(event, -1)

    def _scroll_part(self, event: events.MouseEvent, by: int) -> None:
        panes = self._regions
        nth = panes.region_at(event.y) if panes is not None else None
        if panes is not None and nth is not None:
            event.stop()
            event.prevent_default()
            self._scroll_region(nth, panes.step(nth, self._region_offsets[nth], by))

    def on_resize(self) -> None:
        """Ask for a view of the new size."""
        self._strips.clear()
        self.post_message(self.Resized())

    def on_click(self, event: events.Click) -> None:
        """Select what was clicked; a double click opens it, a right click opens its menu."""
        if name := self.item_at(event.x, event.y):
            asked = event.screen_offset if event.button == _RIGHT else None
            self.post_message(self.Chosen(self, name, opened=event.chain > 1, asked=asked))

    def item_at(self, x: int, y: int) -> str | None:
        """The item at a cell."""
        line, end = self._line_at(y), 0
        for span in self._view.lines[line] if line < len(self._view.lines) else ():
            end += text_cells(span.text)
            if x < end:
                return span.item
        return None

    def scroll_within_item(self, down: int) -> bool:
        """Scroll within an expanded item that is taller than the screen; whether it scrolled."""
        if self._view.has_expanded_item:
            place = self._view.lines.item_positions.get(self._selected or "")
        else:
            place = None
        if place is None or not down:
            return False
        top, fixed, height = round(self.scroll_offset.y), self._view.fixed_lines, self.size.height
        step = max(1, (height - fixed) // 2)
        if down > 0 and place.stop > top + height:
            self.scroll_to(y=min(top + step, place.stop - height), animate=False)
        elif down < 0 and place.start < top + fixed:
            self.scroll_to(y=max(top - step, place.start - fixed), animate=False)
        else:
            return False
        return True

    def neighbour(self, *, down: int = 0, across: int = 0) -> str | None:
        """The item that far below or right of the selected one; None without any."""
        rows = self._view.rows
        if not rows:
            return None
        row, column = self._selected_position()
        if row < 0:
            return rows[0][0]
        if across and self._selected is not None and self._selected in self._view.arrow_neighbours:
            return self._view.arrow_neighbours[self._selected][across > 0]
        if across:
            return rows[row][min(len(rows[row]) - 1, max(0, column + across))]
        below = rows[min(len(rows) - 1, max(0, row + down))]
        return below[min(column, len(below) - 1)]

    def _selected_position(self) -> tuple[int, int]:
        return self._positions.get(self._selected or "", (-1, 0))
