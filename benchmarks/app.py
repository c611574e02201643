"""Speed of the app as its users feel it: medians, what 99 in 100 keep to, and the worst.

python -m benchmarks.app [plan] [edits] [fitness] [money]
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from benchmarks.measure import Timed
from benchmarks.roadmaps import ITEMS, ai_text, money_text, plan_text
from textual import events
from textual._compositor import CompositorUpdate
from textual.screen import Screen
from textual.widgets import Input

from roadmap_tui.document.edits import SetValue
from roadmap_tui.tui.app import RoadmapApp
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.widgets.canvas import Canvas

RUNS, MANY, KEYS = 9, 1_000, 200
PATIENCE = 5.0
SCREENS = {
    "1": "board",
    "2": "ranking",
    "3": "timeline",
    "4": "map",
    "5": "readiness",
    "6": "money",
    "7": "spikes",
    "8": "checks",
    "9": "changes",
}
CHANGED = 60


class Watched(RoadmapApp):
    """The app, which notes when it has drawn; what it would write to a terminal is made, too."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._drawn = asyncio.Event()

    def _display(self, screen: Screen[object], renderable: Any) -> None:
        super()._display(screen, renderable)
        if isinstance(renderable, CompositorUpdate):
            renderable.render_segments(self.console)
        self._drawn.set()

    @property
    def workspace(self) -> PlanScreen:
        """The screen with the plan."""
        return next(screen for screen in self.screen_stack if isinstance(screen, PlanScreen))

    async def seconds_to(
        self, begun: float, seen_as: Callable[[], object], before: object
    ) -> float:
        """Seconds until something is drawn that is not seen as before any more."""
        async with asyncio.timeout(PATIENCE):
            while seen_as() == before:
                self._drawn.clear()
                await self._drawn.wait()
        return time.perf_counter() - begun

    async def rest(self) -> None:
        """Wait until all is worked out that the screen shows."""
        session = self.workspace.session
        while (
            not session.is_current or session.insights.preview_runs or session.check_results is None
        ):
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.6)


@asynccontextmanager
async def opened(text: str) -> AsyncIterator[Watched]:
    """The app on a roadmap of that text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "plan.toml")
        path.write_text(text, encoding="utf-8")
        app = Watched(str(path))
        async with app.run_test(size=(100, 30)):
            while not (isinstance(app.screen, PlanScreen) and app.screen.session.is_current):
                await asyncio.sleep(0.01)
            await app.rest()
            yield app


async def edits(text: str) -> Timed:
    """From an edited field to the redrawn ranking, once for each edit."""
    seconds = []
    async with opened(text) as app:
        await app.workspace.action_view("ranking")
        workspace = app.workspace
        for at in range(RUNS + 1):
            await app.rest()
            before, begun = workspace.session.forecast, time.perf_counter()
            workspace.change(
                "edited", (SetValue(("product", "item-51", "effort"), [2, 3 + at, 30]),)
            )
            seconds.append(
                await app.seconds_to(begun, lambda: id(workspace.session.forecast), id(before))
            )
    return Timed(tuple(seconds[1:]))


async def opening(text: str, screen: str) -> Timed:
    """Time from the key of a screen to its picture, after an edit, with nothing cached."""
    seconds = []
    async with opened(text) as app:
        for at in range(RUNS + 1):
            await app.workspace.action_view("board")
            workspace = app.workspace
            workspace.change(
                "edited", (SetValue(("product", _first(workspace), "effort"), [2, 3 + at, 30]),)
            )
            await app.rest()
            begun = time.perf_counter()
            app.post_message(events.Key(screen, screen))
            seconds.append(
                await app.seconds_to(
                    begun, lambda: _is_there(app.workspace, SCREENS[screen]), False
                )
            )
    return Timed(tuple(seconds[1:]))


def _first(workspace: PlanScreen) -> str:
    return next(iter(workspace.session.plan.product))


def _is_there(workspace: PlanScreen, view: str) -> bool:
    return view == workspace.NAME and (
        view != "money" or workspace.session.insights.money is not None
    )


async def keys(text: str, screen: str, *, busy: bool) -> Timed:
    """Time from an arrow key to the drawn selection, also while the last key is being handled.

    Args:
        text: the roadmap.
        screen: the key of a screen.
        busy: whether the forecast is worked out again and again.
    """
    dice, seconds = random.Random(1), []
    async with opened(text) as app:
        workspace = app.workspace
        if SCREENS[screen] == "changes":
            names = list(workspace.session.plan.product)[:CHANGED]
            workspace.change(
                "edited", tuple(SetValue(("product", name, "effort"), [2, 3, 30]) for name in names)
            )
        app.post_message(events.Key(screen, screen))
        await asyncio.sleep(1)
        await app.rest()
        workspace = app.workspace
        canvas = workspace.query_one("#screen", Canvas)
        while canvas.neighbour(down=1) is None:
            await asyncio.sleep(0.1)
        for at in range(KEYS):
            if busy and workspace.session.is_current:
                workspace.controller.recalculate()
            before = _place(workspace, canvas)
            ways = {"down": 1, "up": -1} if at % 20 < 12 else {"up": -1, "down": 1}
            moving = (
                key
                for key, way in ways.items()
                if canvas.neighbour(down=way) != workspace.highlighted()
            )
            key, begun = next(moving, "down"), time.perf_counter()
            app.post_message(events.Key(key, None))
            seconds.append(await app.seconds_to(begun, lambda: _place(workspace, canvas), before))
            await asyncio.sleep(dice.uniform(0.01, 0.25))
    return Timed(tuple(seconds))


def _place(workspace: PlanScreen, canvas: Canvas) -> tuple[str | None, int]:
    return workspace.highlighted(), canvas.scroll_offset.y


async def typing(text: str) -> Timed:
    """Time from a key to the form field that shows it, while previews of the edit run."""
    dice, seconds = random.Random(1), []
    async with opened(text) as app:
        app.post_message(events.Key("e", "e"))
        await asyncio.sleep(1)
        field = app.focused
        if not isinstance(field, Input):
            raise SystemExit("the form is not there")
        for at in range(KEYS):
            before, begun = field.value, time.perf_counter()
            app.post_message(events.Key(*(("9", "9") if at % 2 else ("backspace", None))))
            seconds.append(await app.seconds_to(begun, lambda: field.value, before))
            await asyncio.sleep(dice.uniform(0.01, 0.25))
    return Timed(tuple(seconds))


def print_timing(what: str, measured: Timed) -> None:
    """One line of milliseconds."""
    p50, p99, worst = (each * 1e3 for each in (measured.p50, measured.p99, measured.worst))
    print(f"  {what:<28} median {p50:4.0f} ms, p99 {p99:4.0f} (worst {worst:4.0f})", flush=True)


def plan() -> None:
    """Keys at 1,000 items."""
    text, texts = plan_text(MANY), {"6": money_text(MANY)}
    for busy in (False, True):
        print(
            f"from a key to the drawn selection, {MANY:,} items{', forecasts under way' * busy};"
            " bar: p99 50 ms"
        )
        for screen, name in SCREENS.items():
            print_timing(name, asyncio.run(keys(texts.get(screen, text), screen, busy=busy)))
    print_timing("typing in a form", asyncio.run(typing(text)))


def edited() -> None:
    """One field at 200 items."""
    print(f"one field edited, {ITEMS} items, until the ranking is drawn again; bar: 100 ms")
    print_timing("ranking", asyncio.run(edits(plan_text())))


def full(screen: str, text: str) -> None:
    """A screen on which every item has all its tables."""
    print(
        f"{SCREENS[screen]}, {ITEMS} items with all tables; bars: 300 ms to open, p99 50 ms for"
        " keys"
    )
    print_timing("opened after an edit", asyncio.run(opening(text, screen)))
    print_timing("keys", asyncio.run(keys(text, screen, busy=False)))
    print_timing("keys, forecasts under way", asyncio.run(keys(text, screen, busy=True)))


PARTS: dict[str, Callable[[], None]] = {
    "edits": edited,
    "readiness": lambda: full("5", ai_text()),
    "money": lambda: full("6", money_text()),
    "plan": plan,
}


def main() -> None:
    """Measure and print."""
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()


if __name__ == "__main__":
    main()
