"""Opening the app, from a path to an exit code."""

import sys
from pathlib import Path

from roadmap_tui.app.app import RoadmapApp
from roadmap_tui.app.failing import FAILED, reported
from roadmap_tui.app.settings import from_environment
from roadmap_tui.app.start import NOTHING, Start, nearby

_UNREADABLE = 3


def run(path: str | None, folder: Path | None = None) -> int:
    """Open the app on a roadmap; without a path, on the one that is near, or on what is chosen or begun.

    Args:
        path: the roadmap.
        folder: the only one that may be written in, where people are not at this machine.

    Returns:
        The exit code: 0, 3 if no plan could be read, or 128 and the number of the signal that ended it.
    """
    settings = from_environment()
    is_new = False
    if path is None:
        here = Path.cwd()
        found = nearby(here)
        if len(found) == 1:
            path = str(found[0].relative_to(here))
        elif sys.stdin is not None and sys.stdin.isatty():
            chosen = Start(found, here, settings).run()
            if chosen is None:
                return 0
            path, is_new = chosen
        else:
            sys.stderr.write(f"{NOTHING}\n")
            return _UNREADABLE
    app = RoadmapApp(path, settings, folder, is_new=is_new)
    said = app.run()
    if app.failure:
        sys.stderr.write(reported(app.failure, path))
        return app.return_code or FAILED
    if said:
        sys.stderr.write(f"{said}\n")
    return app.return_code or 0
