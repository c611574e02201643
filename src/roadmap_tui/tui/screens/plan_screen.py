"""The frame of every screen on the plan: it draws, follows the selection, and runs actions."""

from asyncio import to_thread
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar, TypeAlias

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.css.query import NoMatches
from textual.geometry import Offset
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input

from roadmap_tui.narrative.explanations.explanation import FigureName
from roadmap_tui.tui.actions import MOVES, footer_actions
from roadmap_tui.tui.base_app import LOW
from roadmap_tui.tui.controller import PlanController
from roadmap_tui.tui.keymap import BY_NAME
from roadmap_tui.tui.screen_help import ScreenHelp
from roadmap_tui.tui.screens.session_screen import SessionScreen
from roadmap_tui.tui.search.item_filter import FILTER_HINT
from roadmap_tui.tui.view_options import ViewOptions
from roadmap_tui.tui.views.bars import render_bars
from roadmap_tui.tui.views.item_detail import item_detail_lines
from roadmap_tui.tui.views.item_summary import SUMMARY_LINES, item_summary
from roadmap_tui.tui.views.lines import Line
from roadmap_tui.tui.views.placeholder import render_placeholder
from roadmap_tui.tui.views.status import plan_status
from roadmap_tui.tui.views.view_model import RenderedView, Renderer, ViewModel, first_item
from roadmap_tui.tui.widgets.canvas import Canvas
from roadmap_tui.tui.widgets.detail_pane import DetailPane
from roadmap_tui.tui.widgets.drag_canvas import DragCanvas
from roadmap_tui.tui.widgets.text_entry import TextEntry
from roadmap_tui.tui.widgets.what_if_bar import WhatIfBar

_PAGE = 10
_REST = 0.1
"""Seconds after which a selection is taken to stay."""
_WIDGETS = {"tabs", "trial", "body", "details", "footer"}

Handler: TypeAlias = Callable[["PlanScreen"], None]
"""Runs an action on the screen in front."""


class PlanScreen(SessionScreen):
    """A screen on the plan.

    Attributes:
        NAME: what the table of actions calls it.
        RENDERER: draws it.
        SCREEN_HELP: how it is read.
        SUBJECTS: the figures that it is about, which an explanation shows first.
        menu_at: where the mouse asked for the menu of an item.
        is_behind: whether an earlier selection is drawn; it follows when the selection stays.
    """

    NAME: ClassVar[str]
    RENDERER: ClassVar[Renderer]
    SCREEN_HELP: ClassVar[ScreenHelp]
    SUBJECTS: ClassVar[tuple[FigureName, ...]] = ("ships",)
    BINDINGS: ClassVar[list[BindingType]] = [
        # with priority, so that keys typed ahead are handled one after the other
        *(Binding(keys, step, show=False, priority=True) for keys, step in MOVES),
        Binding("escape", "clear_filter", show=False),
    ]
    DEFAULT_CSS = f"""
    PlanScreen {{
        & > #tabs {{ dock: top; height: 1; background: $panel; }}
        & > #body {{ height: 1fr; }}
        & #screen {{ width: 1fr; height: 1fr; }}
        & > #details {{ height: {SUMMARY_LINES}; }}
        & > #filter {{ height: 1; display: none; }}
        & > #footer {{ height: 1; background: $panel; }}
    }}
    """

    def __init__(self, controller: PlanController, handlers: Mapping[str, Handler]) -> None:
        super().__init__(controller)
        self._handlers = handlers
        self.menu_at: Offset | None = None
        self._drawn: RenderedView | None = None
        self._detail_lines: tuple[Line, ...] = ()
        self._follow_timer: Timer | None = None
        self.is_behind = False

    @property
    def canvas(self) -> DragCanvas:
        """The widget with the plan."""
        return self.query_one("#screen", DragCanvas)

    @property
    def is_ready(self) -> bool:
        """Whether it has its widgets: they come after it, and go first when the app closes."""
        is_whole = {child.id for child in self.children} >= _WIDGETS
        return is_whole and bool(self.query(DragCanvas)) and bool(self.query(DetailPane))

    @property
    def pane(self) -> DetailPane:
        """The widget with the details of the selection, where there is room for it."""
        return self.query_one(DetailPane)

    @property
    def as_screen(self) -> Screen[None]:
        """Itself."""
        return self

    def compose(self) -> ComposeResult:
        """The bars, the plan, and the summary of the selected item."""
        yield Canvas("tabs", focusable=False)
        yield WhatIfBar("trial", focusable=False)
        with Horizontal(id="body"):
            yield DragCanvas("screen")
            yield DetailPane("pane")
        yield Canvas("details", focusable=False)
        yield TextEntry(hint=FILTER_HINT, name="filter")
        yield Canvas("footer", focusable=False)

    def on_mount(self) -> None:
        """Put the plan in focus."""
        self.canvas.focus()
        self._follow_timer = self.set_interval(_REST, self._follow, pause=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """While a filter is being typed, letters are letters."""
        if isinstance(self.focused, Input):
            return action == "clear_filter" or parameters == ("save",)
        return True

    # Coming and going

    def enter(self) -> None:
        """Show the plan and the filter as they are now."""
        box = self.query_one("#filter", Input)
        with self.prevent(Input.Changed):
            box.value = self.session.filter_text
        box.display = bool(self.session.filter_text)
        self.canvas.scroll_to(y=0, animate=False, immediate=True)
        self.redraw()
        self.controller.request_insights()

    def leave(self) -> None:
        """Release the drawing: it holds the plan and its forecast."""
        self._drawn = None
        self.is_behind = False
        if self._follow_timer is not None:
            self._follow_timer.pause()
        self.canvas.release()

    def document_changed(self) -> None:
        """The session has another document."""

    def checks_arrived(self) -> None:
        """The session has new findings."""

    # Drawing

    def on_canvas_resized(self) -> None:
        """Draw at the new size."""
        self.redraw()

    def redraw(self) -> None:
        """Draw everything."""
        if self.is_ready:
            self.pane.fit(self.size.width)
            with self.priority.input_first():
                self._draw_all()

    def _draw_all(self) -> None:
        canvas, scene = self.canvas, self._view_model()
        if scene is None:
            self.draw_bars()
            canvas.show(
                render_placeholder(self.session.plan, canvas.draw_width), self.highlighted()
            )
            return
        drawn = self.RENDERER(scene)
        if scene.needs_selection:
            name = first_item(scene, drawn, self.session.plan.items)
            if name is not None:
                self.highlight(name)
                self._draw_all()
                return
        self.draw_bars()
        self._show(scene, drawn)

    def _view_model(self) -> ViewModel | None:
        canvas = self.canvas
        scene = self.session.view_model(canvas.draw_width, canvas.size.height)
        return None if scene is None else replace(scene, has_pane=self.pane.display)

    def _show(self, scene: ViewModel, drawn: RenderedView) -> None:
        self._drawn = drawn
        self._detail_lines = drawn.detail_lines
        self.is_behind = False
        self.canvas.show(drawn, self.highlighted())
        self._show_details(scene)

    def _show_details(self, scene: ViewModel) -> None:
        pane = self.pane
        summary: tuple[Line, ...] = ()
        if pane.display:
            pane.show_detail(self.selection_detail(scene, pane.draw_width))
        else:
            summary = item_summary(scene)[: SUMMARY_LINES if self.size.height >= LOW else 1]
        self.query_one("#details", Canvas).show_lines((*self._detail_lines, *summary))

    def selection_detail(self, scene: ViewModel, cells: int) -> tuple[Line, ...]:
        """What the pane shows about the selection."""
        if scene.selected is None or scene.selected not in scene.forecast.items:
            return ()
        return item_detail_lines(scene, scene.selected, cells)

    def draw_bars(self) -> None:
        """Draw the lines at the top and at the bottom."""
        if not self.is_ready:
            return
        cells = self.size.width
        self.query_one(WhatIfBar).show_session(self.session, cells)
        shown = footer_actions(self.NAME, self.selected_kind)
        status, keys = plan_status(self.session), self.session.keys
        top, bottom = render_bars(status, self.NAME, shown, keys, (cells, self.size.height))
        self.query_one("#tabs", Canvas).show_lines(top)
        self.query_one("#footer", Canvas).show_lines((bottom,))

    # The selection

    def highlighted(self) -> str | None:
        """The key of what is highlighted: an item, unless the screen shows something else."""
        return self.session.selected

    def highlight(self, name: str) -> None:
        """Highlight an item; the drawing may be of an earlier plan that has others."""
        if name in self.session.plan.items:
            self.session.selected = name

    def on_canvas_chosen(self, event: Canvas.Chosen) -> None:
        """Select an item, or run what a bar offers."""
        if event.canvas.id != "screen":
            self.call_later(self.run_action, event.item)
            return
        self.highlight(event.item)
        self.show_selection()
        if event.menu_at is not None:
            self.menu_at = event.menu_at
            self.action_run("menu")
        elif event.is_double:
            self.action_open()

    def action_step(self, down: int, across: int) -> None:
        """Select another item; in the pane, scroll it."""
        if self.focused is self.pane:
            self.pane.scroll_relative(y=down, animate=False)
            return
        canvas = self.canvas
        if abs(down) <= _PAGE and canvas.scroll_within_item(down):
            return
        target = canvas.neighbour(down=down, across=across)
        if target is not None and target == self.highlighted() and down == 1:
            canvas.scroll_end(animate=False)
        elif target is not None:
            self.highlight(target)
            self.show_selection()

    def show_selection(self) -> None:
        """Show the selection; what depends on it follows when it stays."""
        self.draw_bars()
        canvas = self.canvas
        canvas.select(self.highlighted())
        if canvas.depends_on_selection and self._follow_timer is not None:
            self.is_behind = True
            self._follow_timer.reset()
            self._follow_timer.resume()
            self._detail_lines = ((),) * len(self._detail_lines)
        if canvas.depends_on_selection and not canvas.shows_selection:
            self.call_later(self.redraw)
        elif scene := self.session.view_model(canvas.draw_width):
            self._show_details(scene)

    def _follow(self) -> None:
        """Draw the selection that stays."""
        if self._follow_timer is not None:
            self._follow_timer.pause()
        if scene := self._view_model():
            self._draw_in_thread(scene)
        self.controller.request_insights()

    @work(exclusive=True, group="follow", description="follow")
    async def _draw_in_thread(self, scene: ViewModel) -> None:
        """Draw in a thread, so that keys are handled; keep what was drawn since."""
        before = self._drawn
        with self.priority.input_first():
            drawn = await to_thread(self.RENDERER, scene)
            now = self.session.selected, self.session.selected_finding
            is_wanted = self._drawn is before and now == (scene.selected, scene.selected_finding)
            # by now the app may be closing
            with suppress(NoMatches):
                if is_wanted:
                    self._show(scene, drawn)

    def apply_view_options(self, look: ViewOptions) -> None:
        """Draw with other view options."""
        self.session.view_options = look
        self.redraw()

    # Actions

    def action_run(self, name: str) -> None:
        """Run an action of the table that works on every screen."""
        self._handlers[name](self)

    async def action_view(self, name: str) -> None:
        """Show another screen."""
        await self.controller.show(name)

    def action_elsewhere(self, name: str) -> None:
        """Show on which screens an action works."""
        views = BY_NAME[name].only
        self.warn(
            "that is for " + " and ".join(f"the {each} ({self.key_label(each)})" for each in views)
        )

    def action_open(self) -> None:
        """Go into the pane, or open the selected item where there is none."""
        if self.pane.display and self.session.selected in self.session.plan.items:
            self.set_focus(self.pane)
        else:
            self._handlers["open"](self)

    # The filter

    def action_filter(self) -> None:
        """Type a filter."""
        box = self.query_one("#filter", Input)
        box.display = True
        self.set_focus(box)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what matches the filter."""
        self.session.set_filter(event.value)
        self.redraw()
        self.controller.request_insights()

    def on_input_submitted(self) -> None:
        """Keep the filter and go back to the items."""
        self.query_one("#filter", Input).display = bool(self.session.filter_text)
        self.set_focus(self.canvas)

    def clear_filter(self) -> None:
        """Show everything again."""
        self.query_one("#filter", Input).value = ""
        self.session.set_filter("")

    async def go_to(self, name: str) -> None:
        """Select an item on a screen that shows it; open one that no screen shows."""
        if name not in self.session.plan.items:
            key = self.key_label("undo")
            self.warn(
                f"that item is no longer in the plan; {key} brings back what was removed last"
            )
            return
        self.clear_filter()
        self.session.selected = name
        self.redraw()
        if self.canvas.contains(name):
            self.show_selection()
            return
        await self.controller.show("timeline")
        self.controller.current.show_item(name)

    def show_item(self, name: str) -> None:
        """Select an item that may not be drawn here; open it then."""
        self.show_selection()
        if not self.canvas.contains(name):
            self.action_open()

    def close_open(self) -> bool:
        """Close or cancel what is open; False if nothing was."""
        if self.focused is self.pane:
            self.set_focus(self.canvas)
            return True
        return self.canvas.cancel_drag() or self.controller.cancel_deferred()

    def action_clear_filter(self) -> None:
        """Close what is open; with nothing open, show everything again."""
        is_typing = isinstance(self.focused, Input)
        if not is_typing and (self.close_open() or self.controller.background.cancel("export")):
            return
        self.controller.cancel_insights()
        self.clear_filter()
        self.query_one("#filter", Input).display = False
        self.set_focus(self.canvas)
