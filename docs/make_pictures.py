"""Generate `pictures/*.svg`: the screens of the shipped roadmaps."""

import asyncio
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from shutil import copy

from textual.pilot import Pilot

from roadmap_tui.forecast.engine import DEFAULT_RUNS
from roadmap_tui.tui.app import RoadmapApp
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.settings import UserSettings

HERE = Path(__file__).parent
ROADMAPS = HERE.parent / "roadmaps"
SIZE = (132, 36)
SCREENS = {
    "board": ("assistant", "1"),
    "ranking": ("helpdesk", "2"),
    "timeline": ("helpdesk", "3"),
    "map": ("assistant", "4"),
    "readiness": ("assistant", "5"),
    "money": ("assistant", "6"),
    "spikes": ("assistant", "7"),
    "checks": ("helpdesk", "8"),
    "changes": ("recommender", "9"),
}
"""Roadmap and key of the screen, by the name of the picture."""
_FONTS = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)
_PATIENCE = 3_000


def picture(svg: str) -> str:
    """Remove external fonts from a picture."""
    return _FONTS.sub("", svg).replace("Fira Code", "DejaVu Sans Mono, Menlo, Consolas")


async def taken(name: str, theme: str = "textual-dark") -> str:
    """Draw one screen, once all of its insights are there."""
    roadmap, key = SCREENS[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{roadmap}.toml"
        copy(ROADMAPS / path.name, path)
        app = RoadmapApp(str(path), UserSettings(theme=theme, ascii=False))
        async with app.run_test(size=SIZE) as pilot:
            await _until(pilot, lambda: _is_ready(app))
            await pilot.press(key)
            await _until(pilot, lambda: _is_ready(app) and not _is_busy(app))
            app.clear_notifications()
            await pilot.pause(0.3)
            return picture(app.export_screenshot(title=f"roadmap {roadmap}.toml"))


def _is_ready(app: RoadmapApp) -> bool:
    screen = app.screen
    if not isinstance(screen, PlanScreen) or screen.session.forecast is None:
        return False
    return screen.session.forecast.runs == DEFAULT_RUNS and screen.session.check_results is not None


def _is_busy(app: RoadmapApp) -> bool:
    return any(each.group in {"insights", "compare", "check"} for each in app.workers)


async def _until(pilot: Pilot[str], condition: Callable[[], bool]) -> None:
    for _ in range(_PATIENCE):
        if condition():
            return
        await pilot.pause(0.02)
    raise TimeoutError("a screen was not drawn")


def main() -> None:
    """Generate all pictures."""
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    with tempfile.TemporaryDirectory() as state:
        os.environ["XDG_STATE_HOME"] = os.environ["XDG_CONFIG_HOME"] = state
        (HERE / "pictures").mkdir(exist_ok=True)
        for name in SCREENS:
            (HERE / "pictures" / f"{name}.svg").write_text(
                asyncio.run(taken(name)), encoding="utf-8"
            )


if __name__ == "__main__":
    main()
