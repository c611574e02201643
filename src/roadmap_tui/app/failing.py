"""What is said when the app itself fails."""

import os
import tempfile
from pathlib import Path

from roadmap_tui.files.display import printable

FAILED = 1


def reported(failure: str, path: str) -> str:
    """Keep what happened in a file, and say where that is and how to go on."""
    where = _kept(failure)
    told = (
        f"What happened is in {where}; it may hold parts of your plan. Please report it.\n"
        if where
        else ""
    )
    return (
        "roadmap: the planner failed, and that is a fault of it, not of yours.\n"
        f"Nothing is lost: roadmap {printable(path)} offers what was not saved.\n"
        f"{told}"
    )


def _kept(failure: str) -> Path | None:
    from platformdirs import user_state_path  # not before it is needed

    try:
        folder = user_state_path("roadmap-tui") / "failures"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix="failure-", suffix=".txt", dir=folder)
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(failure)
    except OSError:
        return None
    return Path(name)
