"""One service for all work in the background: typed results, cancellation, input first."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain
from threading import Event
from typing import TypeAlias, TypeVar

from textual.app import App
from textual.worker import Worker, get_current_worker

from roadmap_tui.forecast.simulation.cancellation import CalculationCancelledError, Checkpoint
from roadmap_tui.tui.workers.input_priority import InputPriority
from roadmap_tui.tui.workers.progress_report import ProgressReporter

Result = TypeVar("Result")


class Task:
    """A running job's handle: its turns to calculate, and its cancellation."""

    def __init__(
        self, priority: InputPriority, on_progress: Callable[[str], object], *, outlives_app: bool
    ) -> None:
        self._priority = priority
        self._on_progress = on_progress
        self._outlives_app = outlives_app
        self._stopped = Event()
        self._worker: Worker[None] | None = None

    def attach(self, worker: Worker[None]) -> None:
        """Follow the cancellation of a Textual worker, too."""
        self._worker = worker

    def stop(self) -> None:
        """Cancel the task at its next checkpoint."""
        self._stopped.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether its results are no longer wanted."""
        # Textual cancels every worker when the app ends; what outlives the app ignores that
        by_app = not self._outlives_app and self._worker is not None and self._worker.is_cancelled
        return by_app or self._stopped.is_set()

    def _checkpoint(self) -> None:
        self._priority.wait_for_input()
        self._priority.yield_turn()
        if self.is_cancelled:
            raise CalculationCancelledError

    @contextmanager
    def calculation(self, label: str = "") -> Iterator[Checkpoint]:
        """Calculate while no other task does; yields the checkpoint to call often.

        Args:
            label: names the work in the status bar, with its progress; without one, none is shown.

        Raises:
            CalculationCancelledError: from the checkpoint, once the task is cancelled.
        """
        with self._priority.exclusive():
            self._checkpoint()
            if not label:
                yield self._checkpoint
                return
            progress = ProgressReporter(self._checkpoint, self._on_progress, label)
            try:
                yield progress
            finally:
                progress.end()


Job: TypeAlias = Callable[[Task], Iterator[Result]]
"""Runs in a thread; the results that it yields are delivered in the app's thread."""


class BackgroundService:
    """Runs jobs in threads and delivers what they yield in the app's thread.

    Args:
        app: whose workers run the jobs.
        priority: lets input go before calculations.
        on_progress: called with a text for the status bar, empty at the end.
        is_open: whether results can still be shown; not while the app is closing.
    """

    def __init__(
        self,
        app: App[str],
        priority: InputPriority,
        on_progress: Callable[[str], None],
        is_open: Callable[[], bool],
    ) -> None:
        self._app = app
        self._priority = priority
        self._on_progress = on_progress
        self._is_open = is_open
        self._tasks: dict[str, list[Task]] = {}

    def submit(
        self,
        group: str,
        job: Job[Result],
        deliver: Callable[[Result], None],
        *,
        exclusive: bool = True,
        outlives_app: bool = False,
    ) -> None:
        """Start a job.

        Args:
            group: what it is about; names it for `cancel`.
            job: yields the results.
            deliver: called with each result.
            exclusive: whether it cancels the jobs of its group that are still running.
            outlives_app: whether it goes on to its end when the app is closed.
        """
        if exclusive:
            self.cancel(group)
        task = Task(
            self._priority,
            partial(self._app.call_later, self._deliver, self._on_progress),
            outlives_app=outlives_app,
        )
        self._tasks.setdefault(group, []).append(task)
        # without a description Textual makes one of all arguments: 60 ms for 1,000 items
        self._app.run_worker(
            partial(self._run, group, task, job, deliver),
            group=group,
            description=group,
            thread=True,
        )

    def cancel(self, *groups: str) -> bool:
        """Cancel all jobs of these groups; whether there were any."""
        found = list(chain.from_iterable(self._tasks.pop(group, ()) for group in groups))
        for task in found:
            task.stop()
        return bool(found)

    def _run(
        self, group: str, task: Task, job: Job[Result], deliver: Callable[[Result], None]
    ) -> None:
        task.attach(get_current_worker())
        with suppress(CalculationCancelledError):
            for result in job(task):
                self._app.call_later(self._deliver, deliver, result)
        self._app.call_later(self._forget, group, task)

    def _deliver(self, deliver: Callable[[Result], None], result: Result) -> None:
        if self._is_open():
            deliver(result)

    def _forget(self, group: str, task: Task) -> None:
        tasks = self._tasks.get(group, [])
        if task in tasks:
            tasks.remove(task)
