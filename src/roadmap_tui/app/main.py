"""Opening the app, from a path to an exit code."""

import sys
from pathlib import Path

from roadmap_tui.app.app import RoadmapApp
from roadmap_tui.app.settings import from_environment
from roadmap_tui.app.start import NOTHING, Picker, nearby

_UNREADABLE = 3


def run(path: str | None, folder: Path | None = None) -> int:
    """Open the app on a roadmap; without a path, on one that is near.

    Args:
        path: the roadmap.
        folder: the only one that may be written in, where people are not at this machine.

    Returns:
        The exit code: 0, 3 if no plan could be read, or 128 and the number of the signal that ended it.
    """
    if path is None:
        here = Path.cwd()
        found = nearby(here)
        if not found:
            sys.stderr.write(f"{NOTHING}\n")
            return _UNREADABLE
        path = str(found[0].relative_to(here)) if len(found) == 1 else Picker(found, here).run()
        if path is None:
            return 0
    app = RoadmapApp(path, from_environment(), folder)
    said = app.run()
    if said:
        sys.stderr.write(f"{said}\n")
    return app.return_code or 0
