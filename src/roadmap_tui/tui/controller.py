"""The session's controller: starts background work, takes in its results, and switches screens."""

import datetime as dt
from asyncio import Lock
from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar, Protocol, TypeAlias

from textual.app import App
from textual.screen import Screen
from textual.timer import Timer

from roadmap_tui.document.edits import EditRejected
from roadmap_tui.forecast.simulation.sampling import clear_samples
from roadmap_tui.history.review_comparison import ReviewComparison
from roadmap_tui.storage.snapshots import save_snapshot
from roadmap_tui.tui.state import Session
from roadmap_tui.tui.workers.background import BackgroundService
from roadmap_tui.tui.workers.check_results import CheckResults, SavedHistory, check_job
from roadmap_tui.tui.workers.comparison import PlanComparison, comparison_job
from roadmap_tui.tui.workers.file_sync import FileSync
from roadmap_tui.tui.workers.forecast import ForecastResult, forecast_job, is_slow_plan, run_counts
from roadmap_tui.tui.workers.input_priority import InputPriority
from roadmap_tui.tui.workers.insights import InsightRequest, Insights, insights_job
from roadmap_tui.tui.workers.since_review import LastReview, since_review_job

_IDLE = 2.0
"""Seconds after a forecast, and after a key, at which there is time to free memory."""


class PlanView(Protocol):
    """What the controller needs of the screen in front."""

    NAME: ClassVar[str]
    """What the table of actions calls it."""

    @property
    def is_active(self) -> bool:
        """Whether no dialog is open over it."""

    @property
    def is_ready(self) -> bool:
        """Whether it has its widgets: they come after it, and go first when the app closes."""

    @property
    def as_screen(self) -> Screen[None]:
        """The Textual screen itself."""

    def redraw(self) -> None:
        """Draw everything."""

    def draw_bars(self) -> None:
        """Draw the lines at the top and at the bottom."""

    def enter(self) -> None:
        """It has become the screen in front."""

    def leave(self) -> None:
        """Another one becomes the screen in front."""

    def document_changed(self) -> None:
        """The session has another document."""

    def checks_arrived(self) -> None:
        """The session has new findings."""

    def forecast_arrived(self) -> None:
        """The session has a new forecast."""

    def show_item(self, name: str) -> None:
        """Select an item that may not be drawn there; open it then."""

    def show_notice(self, notice: str) -> None:
        """Show what was done."""

    def show_problem(self, problem: str | EditRejected) -> None:
        """Show what people should know, or why something was not done."""


Deferred: TypeAlias = Callable[[], object]


class PlanController:
    """Connects a session with the screens and the background work.

    Args:
        app: runs it all.
        session: the plan and the state of the screens.
        priority: lets input go before calculations.
        make_screen: makes the screen of a name.
    """

    def __init__(
        self,
        app: App[str],
        session: Session,
        priority: InputPriority,
        make_screen: Callable[["PlanController", str], PlanView],
    ) -> None:
        self.session = session
        self.priority = priority
        self.background = BackgroundService(
            app, priority, self._show_progress, lambda: self.current.is_ready
        )
        self.file_sync = FileSync(app, session, self.background, self)
        self._app = app
        self._make_screen = make_screen
        self._screens: dict[str, PlanView] = {}
        self._current = ""
        self._switch = Lock()
        self._deferred: tuple[Deferred, str | None] | None = None
        self._saved_history = SavedHistory()
        self._last_review = LastReview()
        self._forecast_seconds = 0.0
        self._idle_timer: Timer | None = None

    # Screens

    @property
    def screens(self) -> Mapping[str, PlanView]:
        """The screens that were shown so far, by name."""
        return self._screens

    @property
    def current(self) -> PlanView:
        """The screen in front, dialogs aside."""
        return self._screens[self._current]

    @property
    def is_active(self) -> bool:
        """Whether no dialog is open."""
        return self.current.is_active

    async def start(self, name: str) -> None:
        """Show the first screen, and begin to work in the background."""
        await self._app.push_screen(self._screen(name).as_screen)
        self._current = name
        self._idle_timer = self._app.set_interval(_IDLE, self._free_memory, pause=True)
        self.recalculate()
        if self.session.read_only:
            self.file_problem(f"read-only: {self.session.read_only}")
        for fault in self.session.document.faults:
            self.file_problem(fault.message)
        self.file_sync.start()

    async def show(self, name: str) -> None:
        """Switch to another screen; once its dialog is closed, where one is open."""
        async with self._switch:
            if name != self._current and not self.is_active:
                self.defer(partial(self._app.call_later, self.show, name))
                return
            if name != self._current:
                screen = self._screen(name)
                self.current.leave()
                await self._app.switch_screen(screen.as_screen)
                # not before it is mounted: results that arrive are drawn on the current screen
                self._current = name
            self.current.enter()

    def _screen(self, name: str) -> PlanView:
        if name not in self._screens:
            self._screens[name] = self._make_screen(self, name)
            # an installed screen stays when another one takes its place
            self._app.install_screen(self._screens[name].as_screen, name)
        return self._screens[name]

    # Deferred actions

    def defer(self, action: Deferred) -> None:
        """Run an action when more is known; it replaces the one deferred before."""
        self._deferred = action, self.session.selected

    def run_deferred(self) -> None:
        """Run the deferred action, unless people moved on: it was about the item selected then."""
        waiting, self._deferred = self._deferred, None
        if waiting is None or not self.is_active:
            return
        action, selected = waiting
        if selected in {None, self.session.selected}:
            action()

    def cancel_deferred(self) -> bool:
        """Forget the deferred action; whether there was one."""
        was_waiting, self._deferred = self._deferred is not None, None
        return was_waiting

    # Background work

    def recalculate(self) -> None:
        """Forecast the current document."""
        session = self.session
        self.background.cancel("insights", "check", "since_review")
        job = partial(
            forecast_job,
            document=session.document,
            base=session.reference_order,
            counts=run_counts(session.document, self._forecast_seconds),
        )
        self.background.submit("forecast", job, self._on_forecast)
        if session.selected is None:
            self.current.redraw()
        else:
            self.current.draw_bars()
        self.current.document_changed()

    def _on_forecast(self, result: ForecastResult) -> None:
        """Show a forecast, unless the document has changed since."""
        self._forecast_seconds = result.seconds or self._forecast_seconds
        if not self.session.accept_forecast(result.document, result.forecast, result.widths):
            return
        self.current.redraw()
        self.request_insights()
        self._request_since_review()
        self._reset_idle()
        self.current.forecast_arrived()
        self.run_deferred()

    def request_insights(self) -> None:
        """Compute what the screen shows beyond the forecast, once that is complete."""
        session, forecast = self.session, self.session.forecast
        if forecast is None or not session.is_current or not session.has_full_forecast:
            return
        if session.insights.document is not session.document:
            session.insights = Insights(session.document)
        if session.check_results is None or session.check_results.document is not session.document:
            history = partial(self._saved_history.of, session.path, session.saved, forecast.as_of)
            job = partial(check_job, document=session.document, forecast=forecast, history=history)
            self.background.submit("check", job, self._on_checks)
        insights = partial(
            insights_job,
            known=session.insights,
            forecast=forecast,
            question=self._insight_request(),
        )
        self.background.submit("insights", insights, self._on_insights)

    def _insight_request(self) -> InsightRequest:
        """What the screen in front shows beside the forecast."""
        session, size = self.session, self.current.as_screen.size
        forecast, what_if = session.forecast, session.what_if
        scene = session.view_model(size.width)
        shown: tuple[str, ...] = ()
        if scene is not None and forecast is not None and session.filter_text:
            shown = tuple(name for name in forecast.build_order if name in scene.visible)
        if what_if is None:
            beside = None
        else:
            beside = (what_if.base_document, what_if.base_forecast.build_order)
        return InsightRequest(self.current.NAME, session.selected, shown, beside, size.height)

    def _on_insights(self, insights: Insights) -> None:
        if insights.document is self.session.document:
            self.session.insights = insights
            self.current.redraw()
            self._reset_idle()
            self.run_deferred()

    def _on_checks(self, checked: CheckResults) -> None:
        if checked.document is self.session.document:
            self.session.check_results = checked
            self.current.checks_arrived()
            self.current.redraw()
            self.run_deferred()

    def request_comparison(self) -> None:
        """Compare the plan with what it was."""
        session = self.session
        job = partial(
            comparison_job,
            path=session.path,
            document=session.document,
            saved=session.saved,
            against=session.compare_to,
        )
        self.background.submit("compare", job, self._on_comparison)

    def _on_comparison(self, compared: PlanComparison) -> None:
        if compared.document is self.session.document:
            self.session.comparison = compared
            self.current.redraw()

    def _request_since_review(self) -> None:
        session, now = self.session, self.session.forecast
        if now is None or not session.has_full_forecast or session.what_if is not None:
            return
        job = partial(
            since_review_job,
            review=self._last_review,
            path=session.path,
            document=session.document,
            now=now,
        )
        self.background.submit("since_review", job, self._on_since_review)

    def _on_since_review(self, since: ReviewComparison) -> None:
        if since.document is self.session.document:
            self.session.since_review = since
            self.current.redraw()

    def cancel_insights(self) -> bool:
        """Cancel the insights whose progress is shown; whether any were computed."""
        return bool(self.session.progress) and self.background.cancel("insights")

    def _show_progress(self, text: str) -> None:
        self.session.progress = text
        self.current.draw_bars()

    # The file

    def file_updated(self, notice: str = "", *, recalculate: bool = False) -> None:
        """Show what has become of the document or its file."""
        if notice:
            self.current.show_notice(notice)
        if recalculate:
            self.recalculate()
        else:
            self.current.document_changed()
            self.current.draw_bars()

    def file_problem(self, problem: str | EditRejected) -> None:
        """Show what people should know, or why something was not done."""
        self.current.show_problem(problem)

    def close(self) -> None:
        """Keep a snapshot of the saved file, for the next time's comparison."""
        save_snapshot(self.session.path, self.session.saved.raw, dt.date.today())

    # Memory

    def _reset_idle(self) -> None:
        if self._idle_timer is not None:
            self._idle_timer.reset()
            self._idle_timer.resume()

    def _free_memory(self) -> None:
        """Give memory back once, when neither people nor calculations need the processor."""
        if self._idle_timer is not None and self.priority.is_idle(_IDLE):
            self._idle_timer.pause()
            if is_slow_plan(self.session.document):
                clear_samples()
            self.priority.free_memory()
