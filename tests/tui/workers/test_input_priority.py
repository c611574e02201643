"""Background work stops when its result is no longer needed and pauses while input is handled."""

from itertools import pairwise
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import pytest

from roadmap_tui.forecast.engine import ReferenceOrder
from roadmap_tui.forecast.simulation.cancellation import CalculationCancelledError, Checkpoint
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.plan.resolver import ResolvedPlan
from roadmap_tui.tui.workers.forecast import PlanPreview, compute_forecast, preview_plan
from roadmap_tui.tui.workers.input_priority import InputPriority
from roadmap_tui.tui.workers.insights import InsightRequest, Insights
from tests.tui.driver import DEADLINE, opened
from tests.tui.plans import SMALL


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "plan.toml"
    made.write_bytes(SMALL.encode())
    return made


class Endless:
    """A calculation that runs until it is cancelled the first time; afterwards, the real one."""

    def __init__(self) -> None:
        self.begun = Event()
        self.stopped = Event()

    def run(self, check: Checkpoint) -> None:
        """Go on until the check raises."""
        if self.begun.is_set():
            return
        self.begun.set()
        try:
            while True:
                check()
        except CalculationCancelledError:
            self.stopped.set()
            raise


async def test_a_newer_edit_stops_an_older_forecast(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = Endless()

    def first_endless(
        resolved: ResolvedPlan,
        runs: int,
        base: ReferenceOrder,
        check: Checkpoint,
    ) -> Forecast:
        endless.run(check)
        return compute_forecast(resolved, runs, base, check)

    async with opened(path) as drive:
        monkeypatch.setattr("roadmap_tui.tui.workers.forecast.compute_forecast", first_endless)
        drive.workspace.controller.recalculate()
        await drive.until(endless.begun.is_set, "the first forecast")
        assert not endless.stopped.is_set()
        drive.workspace.controller.recalculate()
        await drive.until(endless.stopped.is_set, "the first forecast to stop")
        await drive.settled()
        assert drive.session.is_current


async def test_a_newer_question_stops_an_older_study(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = Endless()

    def studied(
        known: Insights, _forecast: Forecast, _question: InsightRequest, check: Checkpoint
    ) -> Insights:
        endless.run(check)
        return known

    async with opened(path) as drive:
        monkeypatch.setattr("roadmap_tui.tui.workers.insights.compute_insights", studied)
        await drive.press("3")
        await drive.until(endless.begun.is_set, "the first study")
        await drive.press("2")
        await drive.until(endless.stopped.is_set, "the first study to stop")


async def test_a_newer_keystroke_in_a_form_stops_an_older_preview(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = Endless()

    def first_endless(resolved: ResolvedPlan, check: Checkpoint) -> PlanPreview:
        endless.run(check)
        return preview_plan(resolved, check)

    monkeypatch.setattr("roadmap_tui.tui.dialogs.form.preview_plan", first_endless)
    async with opened(path) as drive:
        await drive.press("e")
        await drive.until(lambda: not drive.at_work, "the form")
        await drive.type("9")
        await drive.until(endless.begun.is_set, "the first preview")
        await drive.type("1")
        await drive.until(endless.stopped.is_set, "the first preview to stop")


def test_a_calculation_waits_until_the_key_is_answered() -> None:
    priority, passed = InputPriority(max_wait=60), Event()

    def calculation() -> None:
        priority.wait_for_input()
        passed.set()

    priority.wait_for_input()
    priority.begin_input()
    thread = Thread(target=calculation)
    thread.start()
    assert not passed.wait(0.01)
    priority.end_input()
    assert passed.wait(DEADLINE)
    thread.join()


def test_a_calculation_goes_on_in_any_case() -> None:
    courtesy, passed = InputPriority(max_wait=0), Event()
    courtesy.begin_input()

    def calculation() -> None:
        courtesy.wait_for_input()
        passed.set()

    Thread(target=calculation, daemon=True).start()
    assert passed.wait(DEADLINE)


def test_a_key_that_is_held_down_does_not_hold_a_calculation() -> None:
    priority, passed = InputPriority(max_wait=0.1), Event()

    def calculation() -> None:
        for _ in range(1_000):
            priority.wait_for_input()
        passed.set()

    priority.begin_input()
    thread = Thread(target=calculation, daemon=True)
    thread.start()
    assert passed.wait(DEADLINE)


def test_calculations_take_turns_and_none_is_left_waiting() -> None:
    priority, at_work, most, done = InputPriority(), 0, 0, [Event() for _ in range(4)]

    def calculation(mine: Event, others: list[Event]) -> None:
        nonlocal at_work, most
        end = monotonic() + DEADLINE
        with priority.exclusive():
            mine.set()
            while not all(each.is_set() for each in others) and monotonic() < end:
                at_work += 1
                most = max(most, at_work)
                at_work -= 1
                priority.yield_turn()

    threads = [Thread(target=calculation, args=(each, done)) for each in done]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(each.is_set() for each in done)
    assert most == 1


def test_tidying_up_never_takes_more_than_a_hundredth_of_the_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By a clock that only a collection moves on, by half a second, as with 20,000 items."""
    clock, collected = [1000.0], []

    def collect() -> None:
        collected.append(clock[0])
        clock[0] += 0.5

    monkeypatch.setattr("roadmap_tui.tui.workers.input_priority.monotonic", lambda: clock[0])
    monkeypatch.setattr("roadmap_tui.tui.workers.input_priority.gc.collect", collect)
    monkeypatch.setattr(
        "roadmap_tui.tui.workers.input_priority._collections", lambda: 1000 * len(collected) + 1000
    )
    priority = InputPriority()
    assert priority.has_garbage
    for _ in range(1000):
        priority.free_memory()
        clock[0] += 1.0
    assert [begin - before for before, begin in pairwise(collected)] == [50.5] * (
        len(collected) - 1
    )
    assert len(collected) > 10
