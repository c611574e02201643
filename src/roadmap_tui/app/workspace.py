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

from roadmap_tui.app.actions import ACTIONS, MOVES, offered
from roadmap_tui.app.bars import bars, trial
from roadmap_tui.app.canvas import Canvas
from roadmap_tui.app.checker import Checker
from roadmap_tui.app.committer import Committer
from roadmap_tui.app.committing import Committing
from roadmap_tui.app.comparer import Comparer
from roadmap_tui.app.courtesy import Courtesy
from roadmap_tui.app.details import HEIGHT, details
from roadmap_tui.app.dialogs.confirm import Choose
from roadmap_tui.app.dragging import DragCanvas
from roadmap_tui.app.dressed import LOW
from roadmap_tui.app.entry import Entry
from roadmap_tui.app.exporter import Exporter
from roadmap_tui.app.exporting import Exporting
from roadmap_tui.app.filter import FILTER_HINT
from roadmap_tui.app.forecaster import Forecaster
from roadmap_tui.app.keeping import Keeper
from roadmap_tui.app.lines import Line
from roadmap_tui.app.lookback import Lookback
from roadmap_tui.app.looking import Looking
from roadmap_tui.app.session import Session
from roadmap_tui.app.status import status
from roadmap_tui.app.studier import Studier
from roadmap_tui.app.study import Question, Study
from roadmap_tui.app.underway import Reached
from roadmap_tui.app.view import Picture, Scene, first_item, picture
from roadmap_tui.app.viewing import Viewing
from roadmap_tui.app.views.all import VIEWS
from roadmap_tui.app.views.awaited import awaited
from roadmap_tui.files.display import printable
from roadmap_tui.files.edits import Refusal
from roadmap_tui.plan.roadmap import kind_of
from roadmap_tui.report.currency import Currency

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
        & > #details {{ height: {HEIGHT}; }}
        & > #filter {{ height: 1; display: none; }}
        & > #footer {{ height: 1; background: $panel; }}
    }}
    """

    def __init__(self, session: Session, courtesy: Courtesy) -> None:
        super().__init__(session, courtesy)
        self._forecaster = Forecaster(courtesy)
        self._comparer = Comparer(session, courtesy)
        self._studier = Studier(courtesy)
        self._lookback = Lookback(session, courtesy)
        self._keeper = Keeper(session)
        self._committer = Committer(session, courtesy)
        self._checker = Checker(session, courtesy)
        self._shown: Picture | None = None
        self._below: tuple[Line, ...] = ()
        self.is_behind = False

    def compose(self) -> ComposeResult:
        """The bars, the picture, what is said about the selection."""
        yield Canvas("tabs", focusable=False)
        yield Canvas("trial", focusable=False)
        yield DragCanvas("screen")
        yield Canvas("details", focusable=False)
        yield Entry(hint=FILTER_HINT, name="filter")
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
        with self.courtesy.first():
            self._draw_all()

    def _draw_all(self) -> None:
        canvas = self.query_one("#screen", Canvas)
        scene = self.session.scene(canvas.room, canvas.size.height)
        if scene is None:
            self._draw_bars()
            canvas.show(awaited(self.session.plan, canvas.room), self.pointed())
            return
        drawn = VIEWS[self.view](scene)
        if scene.selected is None and (name := first_item(scene, drawn, self.session.plan.items)):
            self.point(name)
            self._draw_all()
            return
        self._draw_bars()
        self._show(scene, drawn)

    def _show(self, scene: Scene, drawn: Picture) -> None:
        self._shown = drawn
        self._below = drawn.below
        self.is_behind = False
        self.query_one("#screen", Canvas).show(drawn, self.pointed())
        self._tell(scene)

    def _tell(self, scene: Scene) -> None:
        """Say what there is to say of the selection."""
        most = HEIGHT if self.size.height >= LOW else 1
        self.query_one("#details", Canvas).tell((*self._below, *details(scene)[:most]))

    def _draw_bars(self) -> None:
        cells = self.size.width
        self._draw_trial(cells)
        item = self.session.plan.items.get(self.session.selected or "")
        shown = offered(self.view, None if item is None else kind_of(item))
        top, bottom = bars(status(self.session), self.view, shown, self.session.keys, cells)
        self.query_one("#tabs", Canvas).show(top, None)
        self.query_one("#footer", Canvas).show(bottom, None)

    def _draw_trial(self, cells: int) -> None:
        """What is tried, what it does to the value of the whole, and how to end it."""
        what_if, canvas = self.session.what_if, self.query_one("#trial", Canvas)
        canvas.display = what_if is not None
        if what_if is not None:
            now = self.session.forecast if self.session.is_current else None
            study, currency = self.session.study, Currency.of(self.session.plan.roadmap.currency)
            takes = study.takes if study.document is self.session.document else None
            canvas.show(trial(what_if, now, takes, currency, cells), None)

    def on_canvas_chosen(self, event: Canvas.Chosen) -> None:
        """Select an item, or do what a bar offers."""
        if event.canvas.id != "screen":
            self.call_later(self.run_action, event.item)
            return
        self.point(event.item)
        self.chosen()
        if event.asked is not None:
            self.menu(event.asked)
        elif event.opened:
            self.action_open()

    # The forecast

    def recalculate(self) -> None:
        """Work out what follows from the document as it is now."""
        for beside in (self._studier, self._checker, self._lookback):
            self.workers.cancel_node(beside)
        self._forecaster.work_out(self.session.document, self.session.base, self.session.recall)
        (self.redraw if self.session.selected is None else self._draw_bars)()
        self._comparer.update(self.view)

    def on_forecaster_done(self, event: Forecaster.Done) -> None:
        """Show a forecast, if it is still of what is there."""
        if self.session.learn(event.document, event.forecast, event.measured):
            self.redraw()
            self._study()
            self._lookback.update()
            self._tidying.reset()
            if self.session.is_new:
                self.welcome(event.forecast)
            self.fulfil()

    def _tidy(self) -> None:
        if self.courtesy.rests(_IDLE):
            self._tidying.pause()
            self._forecaster.tidy(self.session.document)

    def _study(self) -> None:
        """Find out what the screen wants to know beside the forecast, once that is whole."""
        session, forecast = self.session, self.session.forecast
        if forecast is None or not session.is_current or not session.is_whole:
            return
        if session.study.document is not session.document:
            session.study = Study(session.document)
        scene = session.scene(self.size.width)
        shown = (
            tuple(name for name in forecast.list if name in scene.shown)
            if scene and session.query
            else ()
        )
        if session.checked is None or session.checked.document is not session.document:
            self._checker.look(session.document, forecast)
        tried = session.what_if
        beside = None if tried is None else (tried.base, tried.forecast.list)
        question = Question(
            self.view,
            session.selected,
            shown,
            beside,
            self.query_one("#screen", Canvas).size.height,
        )
        self._studier.study(session.study, forecast, question)

    def on_reached(self, event: Reached) -> None:
        """Show how far work in the background is."""
        self.session.under_way = event.text
        self._draw_bars()

    def on_studier_done(self, event: Studier.Done) -> None:
        """Show it, if it is still of what is there."""
        if event.study.document is self.session.document:
            self.session.study = event.study
            self.redraw()
            self._tidying.reset()
            self.fulfil()

    def on_comparer_chosen(self) -> None:
        """Show the comparison that was asked for."""
        self.action_view("changes")

    def on_comparer_done(self, event: Comparer.Done) -> None:
        """Show a comparison, if it is still of what is there."""
        if event.compared.document is self.session.document:
            self.session.compared = event.compared
            self.redraw()

    def on_checker_done(self, event: Checker.Done) -> None:
        """Show what is wrong, if it is still of what is there."""
        if event.checked.document is self.session.document:
            self.session.checked = event.checked
            self.point_at_worst()
            self.redraw()
            self.fulfil()

    # What people do

    def action_view(self, view: str) -> None:
        """Show another screen."""
        self.view = view
        self.point_at_worst()
        self._comparer.update(view)
        self._study()
        canvas = self.query_one("#screen", Canvas)
        canvas.scroll_to(y=0, animate=False, immediate=True)
        canvas.show(picture((), (), 0), None)
        self.redraw()

    def action_step(self, down: int, across: int) -> None:
        """Select another item, or move a timeline that is looked at closely."""
        if across and self.pan(across):
            return
        canvas = self.query_one("#screen", Canvas)
        if abs(down) <= _PAGE and canvas.went_on(down):
            return
        target = canvas.beside(down=down, across=across)
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
        if canvas.follows:
            self.is_behind = True
            self._resting.reset()
            self._below = ((),) * len(self._below)
        if canvas.follows and not canvas.shows_selected:
            self.call_later(self.redraw)
        elif scene := self.session.scene(canvas.room):
            self._tell(scene)

    def _follow(self) -> None:
        """Draw the picture of a selection that stays."""
        self._resting.pause()
        canvas = self.query_one("#screen", Canvas)
        scene = self.session.scene(canvas.room, canvas.size.height)
        if scene is not None:
            self._draw_beside(scene)
        self._study()

    @work(exclusive=True, group="follow", description="follow")
    async def _draw_beside(self, scene: Scene) -> None:
        """Draw again while keys are answered; what was shown in the meantime stays."""
        before, view = self._shown, self.view
        with self.courtesy.first():
            drawn = await to_thread(VIEWS[view], scene)
            now = self.session.selected, self.session.pointed
            is_wanted = (
                self._shown is before
                and self.view == view
                and now == (scene.selected, scene.pointed)
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
        if event.said:
            self.say(printable(event.said))
        if event.recalculate:
            self.recalculate()
        else:
            self._comparer.update(self.view)
            self._draw_bars()

    def on_keeper_warned(self, event: Keeper.Warned) -> None:
        """Say it."""
        if isinstance(event.text, Refusal):
            self.refuse(event.text)
        else:
            self.warn(printable(event.text))

    def action_leave(self) -> None:
        """Quit; ask first if something is not saved."""
        if self.session.is_saved:
            self._end()
            return
        ways = {"s": "save and quit", "d": "discard and quit"}
        self.app.push_screen(
            Choose("Save before you quit?", "There are changes that are not saved.", ways),
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
        self.session.query = event.value
        self.session.study = replace(self.session.study, together=None)
        self.redraw()
        self._study()

    def on_input_submitted(self) -> None:
        """Keep the filter and go back to the items."""
        self.query_one("#filter", Input).display = bool(self.session.query)
        self.set_focus(self.query_one("#screen", Canvas))

    def action_clear_filter(self) -> None:
        """Close what is open; with nothing open, show everything again."""
        if not isinstance(self.focused, Input) and (
            self.shut() or self.query_one(Exporter).cancel()
        ):
            return
        if self.session.under_way:
            self.workers.cancel_node(self._studier)
        box = self.query_one("#filter", Input)
        box.value = ""
        box.display = False
        self.set_focus(self.query_one("#screen", Canvas))
