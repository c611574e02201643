"""Opening the app, from a path to an exit code."""

import os
import sys
from pathlib import Path

from roadmap_tui.tui.app import RoadmapApp
from roadmap_tui.tui.failure_report import FAILURE_EXIT_CODE, write_failure_report
from roadmap_tui.tui.settings import load_user_settings
from roadmap_tui.tui.start_app import NO_ROADMAP_TEXT, StartApp, nearby_roadmaps
from roadmap_tui.tui.terminal.keys import terminal_problem

_WRONG_USE, _UNREADABLE = 2, 3


def run_app(path: str | None, folder: Path | None = None) -> int:
    """Open a roadmap; without a path, the nearby one, or the start screen.

    Args:
        path: path of the roadmap.
        folder: the only folder that may be written to, if the app runs in a browser.

    Returns:
        The exit code: 0, 2 without a terminal that can show the app, 3 if no plan could be read,
        or 128 plus the number of the signal that ended it.
    """
    settings = load_user_settings()
    is_new = False
    if path is None:
        here = Path.cwd()
        found = nearby_roadmaps(here)
        if len(found) == 1:
            path = str(found[0].relative_to(here))
        elif sys.stdin is not None and sys.stdin.isatty():
            if why := terminal_problem(os.environ):
                return _print_problem(why)
            chosen = StartApp(found, here, settings).run()
            if chosen is None:
                return 0
            path, is_new = chosen
        else:
            sys.stderr.write(f"{NO_ROADMAP_TEXT}\n")
            return _UNREADABLE
    if folder is None and (why := terminal_problem(os.environ)):
        return _print_problem(why)
    app = RoadmapApp(path, settings, folder, is_new=is_new)
    said = app.run()
    if app.failure:
        sys.stderr.write(write_failure_report(app.failure, path))
        return app.return_code or FAILURE_EXIT_CODE
    if said:
        sys.stderr.write(f"{said}\n")
    return app.return_code or 0


def _print_problem(why: str) -> int:
    if sys.stderr is not None:
        sys.stderr.write(f"roadmap: {why}\n")
    return _WRONG_USE
