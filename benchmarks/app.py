"""Speed of the app, as ratios measured in one run: medians, with the worst beside them.

python -m benchmarks.app
"""

import asyncio
import os
import signal
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
FITTED = {"5": "fitness"}
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
    child.kill(signal.SIGKILL)
    child.wait()
    child.close()
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


def ai_text(items: int = ITEMS) -> str:
    """A roadmap of that many AI items, half of them models and half features on them, with all tables of fitness."""
    weeks = ", ".join(
        f"{{ on = 2026-10-{at + 1:02}, accepted = 90, edited = 9, overridden = {at} }}" for at in range(8)
    )
    lines = ["[roadmap]", "as_of = 2026-11-23", "[teams.ml]\npeople = 9"]
    for at in range(items // 2):
        lines += [f"[product.feature-{at}]", f'needs = ["model-{at}"]', 'team = "ml"', f"trust.weeks = [{weeks}]"]
        lines += ["oversight = { level = 2, stakes = 'low', promote_if = { accept = 0.8, weeks = 4, cases = 1000 } }"]
        lines += ["latency = { p95_ms = 900, steps = [{ name = 'a', ms = 300 }, { name = 'b', ms = 400 }] }"]
        lines += [f"[model.model-{at}]", 'team = "ml"', "upkeep = 0.01", "retrain = { every_weeks = 9, effort = 0.1 }"]
        lines += ["stages = { train = { effort = 1, chance = 0.9 }, evaluate = { effort = 1, chance = 0.9 } }"]
        lines += ["data = { completeness = { filled = 9, of = 10 }, accuracy = { correct = 90, audited = 100 } }"]
        for name in ("recall", "precision", "accuracy"):
            measured = f"measured = [{{ on = 2026-11-01, hits = {100 + at % 100}, of = 220 }}]"
            lines.append(f"bars.{name} = {{ guardrail = 0.5, launch = 0.8, target = 0.9, {measured} }}")
            lines.append(f"segments.{name} = {{ share = 0.2, hits = 190, of = 220, floor = 0.7 }}")
            lines.append(f"failures.{name} = {{ hits = 3, of = 220, cost = [1, 5], severity = 'high' }}")
    return "\n".join(lines) + "\n"


async def opening(path: str, screen: str) -> list[float]:
    """Seconds from the key of a screen to its picture, coming from the board each time."""
    app = RoadmapApp(path)
    seconds = []
    async with app.run_test(size=(100, 30)) as pilot:
        while not (isinstance(app.screen, Workspace) and app.screen.session.is_current):
            await asyncio.sleep(0.01)
        workspace = app.screen
        for _ in range(RUNS):
            await pilot.press("1")
            await asyncio.sleep(0.3)
            begun = time.perf_counter()
            workspace.action_view(screen)
            seconds.append(time.perf_counter() - begun)
    return seconds


def money_text(items: int = ITEMS) -> str:
    """The same, every item with all tables of money that it may have, and a market."""
    lines = [plan_text(items).replace("people =", "week_cost = 4500\npeople =")]
    lines += ["[market]\naccounts = [9000, 11500, 14000]\nprice_year = 6000\nsom_share = 0.05"]
    for at in range(items):
        track = "product" if at % 2 else "model"
        lines += [f"[{track}.item-{at}.roi]\nbuild = [90000, 180000, 400000]\nrun_month = 6000"]
        lines += ["benefit_month = [20000, 40000, 70000]\nramp = [0.25, 0.5, 0.75, 1]"]
        lines += _unit_cost(at) if at % 2 else _options(at)
    return "\n".join(lines) + "\n"


def _unit_cost(at: int) -> list[str]:
    return [
        f"[product.item-{at}.cost]\ntokens_in = [1500, 2000, 3100]\ntokens_out = 400\nprice_in = 3\nprice_out = 15",
        "retrieval = 0.002\nprice_user_month = 50\nother_cogs = 4\nsuccess = 0.9\nchurn_month = 0.03",
        "review = { share = 0.1, minutes = [1, 2, 4], wage = 30 }",
        'segments = [{ name = "light", share = 0.9, tasks_month = 76 }]',
    ]


def _options(at: int) -> list[str]:
    scores = "scores = { data = 3, cost = 4 }"
    return [
        f"[model.item-{at}.options.api]\nunit = [0.006, 0.0096, 0.02]\nchance = 0.9\neffort = 1\n{scores}",
        f"[model.item-{at}.options.own]\nmonth = 6000\nunit = 0.0006\nsetup = 20000\n{scores}",
    ]


async def money(path: str) -> tuple[list[float], list[float], list[float]]:
    """Seconds from the key to the screen of money, and to all its figures, anew each time; and to where a key leads."""
    app = RoadmapApp(path)
    anew, whole, down = [], [], []
    async with app.run_test(size=(100, 30)) as pilot:
        while not (isinstance(app.screen, Workspace) and app.screen.session.is_current):
            await asyncio.sleep(0.01)
        workspace = app.screen
        canvas = workspace.query_one("#screen", Canvas)
        for at in range(RUNS + 1):
            await pilot.press("1")
            workspace.change("edited", (SetValue(("product", "item-51", "effort"), [2, 3 + at, 30]),))
            while not workspace.session.is_current or workspace.session.forecast is None:
                await asyncio.sleep(0.01)
            await asyncio.sleep(1)
            begun = time.perf_counter()
            app.post_message(events.Key("6", "6"))
            while workspace.session.study.money is None:
                await asyncio.sleep(0.001)
            anew.append(time.perf_counter() - begun)
            while workspace.session.study.previews:
                await asyncio.sleep(0.01)
            whole.append(time.perf_counter() - begun)
        await pilot.press("home")
        await asyncio.sleep(1)
        for _ in range(KEYS):
            before = workspace.session.selected, canvas.scroll_offset
            begun = time.perf_counter()
            app.post_message(events.Key("down", None))
            while before == (workspace.session.selected, canvas.scroll_offset):
                await asyncio.sleep(0)
            down.append(time.perf_counter() - begun)
            await asyncio.sleep(0.02)
    return anew[1:], whole[1:], sorted(down)


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
    print(f"money, {ITEMS} items with all its tables")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "plan.toml")
        path.write_text(money_text())
        anew, whole, down = asyncio.run(money(str(path)))
    print(f"  opened anew, a preview: median {median(anew) * 1e3:.0f} ms (worst {max(anew) * 1e3:.0f}); bar: 300 ms")
    print(f"  all figures: median {median(whole) * 1e3:.0f} ms (worst {max(whole) * 1e3:.0f})")
    tell_keys("scrolled", down)
    print(f"from a key to the selection it moves, {MANY:,} items, forecasts under way")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "plan.toml")
        path.write_text(plan_text(MANY))
        taken = {name: asyncio.run(keys(str(path), screen)) for screen, name in SCREENS.items()}
        taken["a form"] = asyncio.run(typed(str(path)))
        for name, each in taken.items():
            tell_keys(name, each)
    print("  bar: p99 at most 50 ms")
    for screen, name in FITTED.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "plan.toml")
            path.write_text(ai_text())
            shown = asyncio.run(opening(str(path), name))
            print(f"{name} of {ITEMS} AI items with all tables: opened, and from a key to the selection it moves")
            print(f"  opened    median {median(shown) * 1e3:.0f} ms, first {shown[0] * 1e3:.0f}; bar: 300 ms")
            tell_keys("scrolled", asyncio.run(keys(str(path), screen)))
    print("  bar: p99 at most 50 ms")


def tell_keys(name: str, seconds: list[float]) -> None:
    """How long keys took, from the shortest to the longest."""
    late, worst = seconds[int(len(seconds) * 0.99)], seconds[-1]
    print(f"  {name:<9} median {median(seconds) * 1e3:.0f} ms, p99 {late * 1e3:.0f} (worst {worst * 1e3:.0f})")


if __name__ == "__main__":
    main()
