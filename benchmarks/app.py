"""Speed of the app, as ratios measured in one run: medians, with the worst beside them.

python -m benchmarks.app
"""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import pexpect
from textual import events
from textual.widgets import Input

from roadmap_tui.app.app import RoadmapApp
from roadmap_tui.app.canvas import Canvas
from roadmap_tui.app.workspace import Workspace
from roadmap_tui.files.edits import SetValue

RUNS = 9
ITEMS, MANY, KEYS = 200, 1_000, 200
SCREENS = {"1": "board", "2": "ranking", "3": "timeline", "4": "map"}
BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("bare app")
Bare().run()
"""


def seconds_to(words: str, command: list[str]) -> float:
    """Seconds from starting a program in a terminal of its own until it shows these words."""
    begun = time.perf_counter()
    child = pexpect.spawn(command[0], command[1:], dimensions=(30, 100), env={**os.environ, "TERM": "xterm-256color"})
    child.expect_exact(words, timeout=20)
    seconds = time.perf_counter() - begun
    child.close(force=True)
    return seconds


def first_paint(path: str) -> None:
    """The app against a bare Textual app, each until its first words are on the screen, in turns."""
    program = str(Path(sys.executable).with_name("roadmap"))
    bare, paint, board = [], [], []
    for _ in range(RUNS):
        bare.append(seconds_to("bare app", [sys.executable, "-c", BARE]))
        paint.append(seconds_to("Reading", [program, path]))
        board.append(seconds_to("PRODUCT", [program, path]))
    print(f"first paint, {RUNS} runs")
    for what, seconds in (("bare Textual app", bare), ("first paint", paint), ("board with its forecast", board)):
        ratio = median(seconds) / median(bare)
        worst = max(seconds) / max(bare)
        print(
            f"  {what:<26}{median(seconds) * 1e3:7.0f} ms (worst {max(seconds) * 1e3:5.0f}) "
            f"{ratio:5.2f} x (worst {worst:.2f} x)"
        )
    print("  bar: first paint at most 1.5 x")


def plan_text(items: int = ITEMS) -> str:
    """A roadmap of that many items, each with up to two needs, and 4 teams; for every fiftieth a spike."""
    lines = ["[roadmap]", "as_of = 2026-11-23", *(f"[teams.team-{at}]\npeople = {3 + at}" for at in range(4))]
    for at in range(items):
        needs = sorted({f"item-{(at * 7 + step * 13) % at}" for step in range(2)}) if at else []
        lines.append(f"[{'product' if at % 2 else 'model'}.item-{at}]")
        lines += [f'team = "team-{at % 4}"', "effort = [1, 2, 5]", f"needs = {needs}".replace("'", '"')]
        lines += ["reach = [100, 400, 1200]", "impact = [0.5, 1, 2]"] if at % 2 else ["chance = 0.8"]
        if at % 50 == 0:
            lines += [f"[spike.ask-{at}]", f'informs = "item-{at}"', f'team = "team-{at % 4}"']
    return "\n".join(lines) + "\n"


async def edits(path: str) -> list[float]:
    """Seconds from an edited field to the redrawn ranking, once for each edit."""
    app = RoadmapApp(path)
    seconds = []
    async with app.run_test(size=(100, 30)) as pilot:
        while not (isinstance(app.screen, Workspace) and app.screen.session.is_current):
            await asyncio.sleep(0.01)
        workspace = app.screen
        await pilot.press("2")
        for at in range(RUNS + 1):
            await asyncio.sleep(0.5)
            before = workspace.session.forecast
            begun = time.perf_counter()
            workspace.change("edited", (SetValue(("product", "item-51", "effort"), [2, 3 + at, 30]),))
            while workspace.session.forecast is before:
                await asyncio.sleep(0.001)
            seconds.append(time.perf_counter() - begun)
    return seconds[1:]


async def typed(path: str) -> list[float]:
    """Seconds from a key to the field of a form that it is typed in, while what is typed is tried again and again."""
    app = RoadmapApp(path)
    seconds = []
    async with app.run_test(size=(100, 30)) as pilot:
        while not (isinstance(app.screen, Workspace) and app.screen.session.is_current):
            await asyncio.sleep(0.01)
        await pilot.press("e")
        while not isinstance(app.focused, Input):
            await asyncio.sleep(0.01)
        field = app.focused
        for at in range(KEYS):
            before = field.value
            begun = time.perf_counter()
            app.post_message(events.Key(*(("9", "9") if at % 2 else ("backspace", None))))
            while field.value == before:
                await asyncio.sleep(0)
            seconds.append(time.perf_counter() - begun)
            await asyncio.sleep(0.05)
    return sorted(seconds)


async def keys(path: str, screen: str) -> list[float]:
    """Seconds from a key to the selection it moves, while the forecast is worked out again and again."""
    app = RoadmapApp(path)
    seconds = []
    async with app.run_test(size=(100, 30)) as pilot:
        while not (isinstance(app.screen, Workspace) and app.screen.session.is_current):
            await asyncio.sleep(0.01)
        workspace = app.screen
        await pilot.press(screen, "home")
        await asyncio.sleep(0.5)
        canvas = workspace.query_one("#screen", Canvas)
        for at in range(KEYS):
            if workspace.session.is_current:
                workspace.recalculate()
            before = workspace.session.selected
            ways = {"down": 1, "up": -1} if at % 20 < 10 else {"up": -1, "down": 1}
            key = next(key for key, way in ways.items() if canvas.beside(down=way) != before)
            begun = time.perf_counter()
            app.post_message(events.Key(key, None))
            while workspace.session.selected == before:
                await asyncio.sleep(0)
            seconds.append(time.perf_counter() - begun)
            await asyncio.sleep(0.02)
    return sorted(seconds)


def main() -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "plan.toml")
        path.write_text(plan_text())
        first_paint(str(path))
        seconds = asyncio.run(edits(str(path)))
    print(f"one field edited, {ITEMS} items, until the ranking is drawn again")
    print(f"  median {median(seconds) * 1e3:.0f} ms (worst {max(seconds) * 1e3:.0f}); bar: 100 ms")
    print(f"from a key to the selection it moves, {MANY:,} items, forecasts under way")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "plan.toml")
        path.write_text(plan_text(MANY))
        taken = {name: asyncio.run(keys(str(path), screen)) for screen, name in SCREENS.items()}
        taken["a form"] = asyncio.run(typed(str(path)))
        for name, each in taken.items():
            late, worst = each[int(len(each) * 0.99)], each[-1]
            print(f"  {name:<9} median {median(each) * 1e3:.0f} ms, p99 {late * 1e3:.0f} (worst {worst * 1e3:.0f})")
    print("  bar: p99 at most 50 ms")


if __name__ == "__main__":
    main()
