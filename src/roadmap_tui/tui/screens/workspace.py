"""The workspace: one session, its screens, and everything that can be done in them."""

from asyncio import to_thread
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.widgets import Input

from roadmap_tui.document.edits import EditRejected
from roadmap_tui.plan.roadmap import item_kind
from roadmap_tui.text.currency import Currency
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.actions import ACTIONS, MOVES, footer_actions
from roadmap_tui.tui.base_app import LOW
from roadmap_tui.tui.dialogs.confirm import ConfirmDialog
from roadmap_tui.tui.screens.commit_actions import Committing
from roadmap_tui.tui.screens.export_actions import Exporting
from roadmap_tui.tui.screens.registry import RENDERERS
from roadmap_tui.tui.screens.search_actions import Looking
from roadmap_tui.tui.screens.view_actions import Viewing
from roadmap_tui.tui.search.item_filter import FILTER_HINT
from roadmap_tui.tui.state import Session
from roadmap_tui.tui.views.bars import render_bars, what_if_bar
from roadmap_tui.tui.views.item_summary import SUMMARY_LINES, item_summary
from roadmap_tui.tui.views.lines import Line
from roadmap_tui.tui.views.placeholder import render_placeholder
from roadmap_tui.tui.views.status import plan_status
from roadmap_tui.tui.views.view_model import RenderedView, ViewModel, build_view, first_item
from roadmap_tui.tui.widgets.canvas import Canvas
from roadmap_tui.tui.widgets.drag_canvas import DragCanvas
from roadmap_tui.tui.widgets.text_entry import TextEntry
from roadmap_tui.tui.workers.checks_worker import Checker
from roadmap_tui.tui.workers.commit import Committer
from roadmap_tui.tui.workers.comparison_worker import Comparer
from roadmap_tui.tui.workers.export import Exporter
from roadmap_tui.tui.workers.file_sync import Keeper
from roadmap_tui.tui.workers.forecast import Forecaster
from roadmap_tui.tui.workers.input_priority import InputPriority
from roadmap_tui.tui.workers.insights import InsightRequest, Insights
from roadmap_tui.tui.workers.insights_worker import Studier
from roadmap_tui.tui.workers.progress_report import Reached
from roadmap_tui.tui.workers.since_review import Lookback

_PAGE = 10
_REST = 0.1
"""Seconds after which a selection is taken to stay."""
_IDLE = 2.0
"""Seconds after a forecast, and after a key, at which there is time to tidy up."""


class Workspace(Viewing, Committing, Exporting, Looking):
    """The plan on screen.

    Attributes:
        is_behind: whether the picture is that of an earlier selection; it follows when the selection stays.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        # with priority, so that keys typed ahead are taken one after the other
        *(
            Binding(each.keys, each.does, each.help, show=False, priority=True, id=each.name)
            for each in ACTIONS
        ),
        *(Binding(keys, name, show=False, priority=True) for keys, name in MOVES),
        Binding("escape", "clear_filter", show=False),
    ]
    DEFAULT_CSS = f"""
    Workspace {{
        & > #tabs {{ dock: top; height: 1; background: $panel; }}
        & > #trial {{ height: 1; display: none; background: $warning 20%; }}
        & > #screen {{ height: 1fr; }}
        & > #details {{ height: {SUMMARY_LINES}; }}
        & > #filter {{ height: 1; display: none; }}
        & > #footer {{ height: 1; background: $panel; }}
    }}
    """

    def __init__(self, session: Session, courtesy: InputPriority) -> None:
        super().__init__(session, courtesy)
        self._forecaster = Forecaster(courtesy)
        self._comparer = Comparer(session, courtesy)
        self._studier = Studier(courtesy)
        self._lookback = Lookback(session, courtesy)
        self._keeper = Keeper(session)
        self._committer = Committer(session, courtesy)
        self._checker = Checker(session, courtesy)
        self._shown: RenderedView | None = None
        self._below: tuple[Line, ...] = ()
        self.is_behind = False

    def compose(self) -> ComposeResult:
        """The bars, the picture, what is said about the selection."""
        yield Canvas("tabs", focusable=False)
        yield Canvas("trial", focusable=False)
        yield DragCanvas("screen")
        yield Canvas("details", focusable=False)
        yield TextEntry(hint=FILTER_HINT, name="filter")
        yield Canvas("footer", focusable=False)
        yield self._forecaster
        yield self._comparer
        yield self._studier
        yield self._lookback
        yield self._keeper
        yield self._committer
        yield Exporter(self.session, self.courtesy)
        yield self._checker

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool:
        """While a filter is being typed, letters are letters."""
        return not isinstance(self.focused, Input) or action in {"clear_filter", "save"}

    def on_mount(self) -> None:
        """Work the forecast out."""
        self.query_one("#screen", Canvas).focus()
        self._resting = self.set_interval(_REST, self._follow, pause=True)
        self._tidying = self.set_interval(_IDLE, self._tidy, pause=True)
        self.recalculate()
        if self.session.read_only:
            self.warn(f"read-only: {self.session.read_only}")
        for each in self.session.document.faults:
            self.warn(each.message)

    # What is shown

    def on_canvas_resized(self) -> None:
        """Draw again, at the new size."""
        self.redraw()

    def redraw(self) -> None:
        """Draw the screen again."""
        with self.courtesy.input_first():
            self._draw_all()

    def _draw_all(self) -> None:
        canvas = self.query_one("#screen", Canvas)
        scene = self.session.view_model(canvas.draw_width, canvas.size.height)
        if scene is None:
            self._draw_bars()
            canvas.show(render_placeholder(self.session.plan, canvas.draw_width), self.pointed())
            return
        drawn = RENDERERS[self.view](scene)
        if scene.selected is None and (name := first_item(scene, drawn, self.session.plan.items)):
            self.point(name)
            self._draw_all()
            return
        self._draw_bars()
        self._show(scene, drawn)

    def _show(self, scene: ViewModel, drawn: RenderedView) -> None:
        self._shown = drawn
        self._below = drawn.detail_lines
        self.is_behind = False
        self.query_one("#screen", Canvas).show(drawn, self.pointed())
        self._tell(scene)

    def _tell(self, scene: ViewModel) -> None:
        """Say what there is to say of the selection."""
        most = SUMMARY_LINES if self.size.height >= LOW else 1
        self.query_one("#details", Canvas).show_lines((*self._below, *item_summary(scene)[:most]))

    def _draw_bars(self) -> None:
        cells = self.size.width
        self._draw_trial(cells)
        item = self.session.plan.items.get(self.session.selected or "")
        shown = footer_actions(self.view, None if item is None else item_kind(item))
        top, bottom = render_bars(
            plan_status(self.session), self.view, shown, self.session.keys, cells
        )
        self.query_one("#tabs", Canvas).show(top, None)
        self.query_one("#footer", Canvas).show(bottom, None)

    def _draw_trial(self, cells: int) -> None:
        """What is tried, what it does to the value of the whole, and how to end it."""
        what_if, canvas = self.session.what_if, self.query_one("#trial", Canvas)
        canvas.display = what_if is not None
        if what_if is not None:
            now = self.session.forecast if self.session.is_current else None
            study, currency = (
                self.session.insights,
                Currency.from_code(self.session.plan.roadmap.currency),
            )
            takes = study.plan_costs if study.document is self.session.document else None
            canvas.show(what_if_bar(what_if, now, takes, currency, cells), None)

    def on_canvas_chosen(self, event: Canvas.Chosen) -> None:
        """Select an item, or do what a bar offers."""
        if event.canvas.id != "screen":
            self.call_later(self.run_action, event.item)
            return
        self.point(event.item)
        self.chosen()
        if event.menu_at is not None:
            self.menu(event.menu_at)
        elif event.is_double:
            self.action_open()

    # The forecast

    def recalculate(self) -> None:
        """Work out what follows from the document as it is now."""
        for beside in (self._studier, self._checker, self._lookback):
            self.workers.cancel_node(beside)
        self._forecaster.compute(self.session.document, self.session.reference_order)
        (self.redraw if self.session.selected is None else self._draw_bars)()
        self._comparer.update(self.view)

    def on_forecaster_done(self, event: Forecaster.Done) -> None:
        """Show a forecast, if it is still of what is there."""
        if self.session.accept_forecast(event.document, event.forecast, event.measured):
            self.redraw()
            self._study()
            self._lookback.update()
            self._tidying.reset()
            if self.session.is_new_plan:
                self.welcome(event.forecast)
            self.run_deferred()

    def _tidy(self) -> None:
        if self.courtesy.is_idle(_IDLE):
            self._tidying.pause()
            self._forecaster.free_memory(self.session.document)

    def _study(self) -> None:
        """Find out what the screen wants to know beside the forecast, once that is whole."""
        session, forecast = self.session, self.session.forecast
        if forecast is None or not session.is_current or not session.has_full_forecast:
            return
        if session.insights.document is not session.document:
            session.insights = Insights(session.document)
        scene = session.view_model(self.size.width)
        shown = (
            tuple(name for name in forecast.build_order if name in scene.visible)
            if scene and session.filter_text
            else ()
        )
        if session.check_results is None or session.check_results.document is not session.document:
            self._checker.look(session.document, forecast)
        tried = session.what_if
        beside = None if tried is None else (tried.base_document, tried.base_forecast.build_order)
        question = InsightRequest(
            self.view,
            session.selected,
            shown,
            beside,
            self.query_one("#screen", Canvas).size.height,
        )
        self._studier.study(session.insights, forecast, question)

    def on_reached(self, event: Reached) -> None:
        """Show how far work in the background is."""
        self.session.progress = event.text
        self._draw_bars()

    def on_studier_done(self, event: Studier.Done) -> None:
        """Show it, if it is still of what is there."""
        if event.study.document is self.session.document:
            self.session.insights = event.study
            self.redraw()
            self._tidying.reset()
            self.run_deferred()

    def on_comparer_chosen(self) -> None:
        """Show the comparison that was asked for."""
        self.action_view("changes")

    def on_comparer_done(self, event: Comparer.Done) -> None:
        """Show a comparison, if it is still of what is there."""
        if event.compared.document is self.session.document:
            self.session.comparison = event.compared
            self.redraw()

    def on_checker_done(self, event: Checker.Done) -> None:
        """Show what is wrong, if it is still of what is there."""
        if event.checked.document is self.session.document:
            self.session.check_results = event.checked
            self.point_at_worst()
            self.redraw()
            self.run_deferred()

    # What people do

    def action_view(self, view: str) -> None:
        """Show another screen."""
        self.view = view
        self.point_at_worst()
        self._comparer.update(view)
        self._study()
        canvas = self.query_one("#screen", Canvas)
        canvas.scroll_to(y=0, animate=False, immediate=True)
        canvas.show(build_view((), (), 0), None)
        self.redraw()

    def action_step(self, down: int, across: int) -> None:
        """Select another item, or move a timeline that is looked at closely."""
        if across and self.pan(across):
            return
        canvas = self.query_one("#screen", Canvas)
        if abs(down) <= _PAGE and canvas.scroll_within_item(down):
            return
        target = canvas.neighbour(down=down, across=across)
        if target is not None and target == self.pointed() and down == 1:
            canvas.scroll_end(animate=False)
        elif target is not None:
            self.point(target)
            self.chosen()

    def chosen(self) -> None:
        """Show the selection, and what the screen wants to know of it."""
        self._draw_bars()
        canvas = self.query_one("#screen", Canvas)
        canvas.select(self.pointed())
        if canvas.depends_on_selection:
            self.is_behind = True
            self._resting.reset()
            self._below = ((),) * len(self._below)
        if canvas.depends_on_selection and not canvas.shows_selection:
            self.call_later(self.redraw)
        elif scene := self.session.view_model(canvas.draw_width):
            self._tell(scene)

    def _follow(self) -> None:
        """Draw the picture of a selection that stays."""
        self._resting.pause()
        canvas = self.query_one("#screen", Canvas)
        scene = self.session.view_model(canvas.draw_width, canvas.size.height)
        if scene is not None:
            self._draw_beside(scene)
        self._study()

    @work(exclusive=True, group="follow", description="follow")
    async def _draw_beside(self, scene: ViewModel) -> None:
        """Draw again while keys are answered; what was shown in the meantime stays."""
        before, view = self._shown, self.view
        with self.courtesy.input_first():
            drawn = await to_thread(RENDERERS[view], scene)
            now = self.session.selected, self.session.selected_finding
            is_wanted = (
                self._shown is before
                and self.view == view
                and now == (scene.selected, scene.selected_finding)
            )
            # by now the app may be closing
            with suppress(NoMatches):
                if is_wanted:
                    self._show(scene, drawn)

    def write(self) -> bool:
        """Write the file; whether it is written."""
        return self._keeper.save()

    def action_save_as(self) -> None:
        """Write the file under another name."""
        self._keeper.save_as()

    def on_keeper_updated(self, event: Keeper.Updated) -> None:
        """Show what has become of the document or its file."""
        if event.notice:
            self.notify_done(escape_control(event.notice))
        if event.recalculate:
            self.recalculate()
        else:
            self._comparer.update(self.view)
            self._draw_bars()

    def on_keeper_warned(self, event: Keeper.Warned) -> None:
        """Say it."""
        if isinstance(event.text, EditRejected):
            self.show_rejection(event.text)
        else:
            self.warn(escape_control(event.text))

    def action_leave(self) -> None:
        """Quit; ask first if something is not saved."""
        if self.session.is_saved:
            self._end()
            return
        ways = {"s": "save and quit", "d": "discard and quit"}
        self.app.push_screen(
            ConfirmDialog("Save before you quit?", "There are changes that are not saved.", ways),
            self._left,
        )

    def _left(self, way: str | None) -> None:
        if way == "d" or (way == "s" and self._keeper.save()):
            self._end()

    def _end(self) -> None:
        self.session.close()
        self.app.exit()

    # The filter

    def action_filter(self) -> None:
        """Type a filter."""
        box = self.query_one("#filter", Input)
        box.display = True
        self.set_focus(box)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what the filter lets through."""
        self.session.filter_text = event.value
        self.session.insights = replace(self.session.insights, joint_chance=None)
        self.redraw()
        self._study()

    def on_input_submitted(self) -> None:
        """Keep the filter and go back to the items."""
        self.query_one("#filter", Input).display = bool(self.session.filter_text)
        self.set_focus(self.query_one("#screen", Canvas))

    def action_clear_filter(self) -> None:
        """Close what is open; with nothing open, show everything again."""
        if not isinstance(self.focused, Input) and (
            self.shut() or self.query_one(Exporter).cancel()
        ):
            return
        if self.session.progress:
            self.workers.cancel_node(self._studier)
        box = self.query_one("#filter", Input)
        box.value = ""
        box.display = False
        self.set_focus(self.query_one("#screen", Canvas))
