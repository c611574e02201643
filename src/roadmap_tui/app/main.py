"""Opening the app, from a path to an exit code."""

import os
import sys
from pathlib import Path

from roadmap_tui.app.app import RoadmapApp
from roadmap_tui.app.failing import FAILED, reported
from roadmap_tui.app.settings import from_environment
from roadmap_tui.app.start import NOTHING, Start, nearby
from roadmap_tui.app.terminals import unfit_terminal

_WRONG_USE, _UNREADABLE = 2, 3


def run(path: str | None, folder: Path | None = None) -> int:
    """Open the app on a roadmap; without a path, on the one that is near, or on what is chosen or begun.

    Args:
        path: the roadmap.
        folder: the only one that may be written in, where people are not at this machine.

    Returns:
        The exit code: 0, 2 without a terminal that can show the app, 3 if no plan could be read, or 128 and the
        number of the signal that ended it.
    """
    settings = from_environment()
    is_new = False
    if path is None:
        here = Path.cwd()
        found = nearby(here)
        if len(found) == 1:
            path = str(found[0].relative_to(here))
        elif sys.stdin is not None and sys.stdin.isatty():
            if why := unfit_terminal(os.environ):
                return _refused(why)
            chosen = Start(found, here, settings).run()
            if chosen is None:
                return 0
            path, is_new = chosen
        else:
            sys.stderr.write(f"{NOTHING}\n")
            return _UNREADABLE
    if folder is None and (why := unfit_terminal(os.environ)):
        return _refused(why)
    app = RoadmapApp(path, settings, folder, is_new=is_new)
    said = app.run()
    if app.failure:
        sys.stderr.write(reported(app.failure, path))
        return app.return_code or FAILED
    if said:
        sys.stderr.write(f"{said}\n")
    return app.return_code or 0


def _refused(why: str) -> int:
    if sys.stderr is not None:
        sys.stderr.write(f"roadmap: {why}\n")
    return _WRONG_USE
