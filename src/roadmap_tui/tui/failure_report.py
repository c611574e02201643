"""Report of a failure of the app."""

import os
import tempfile
from pathlib import Path

from roadmap_tui.text.terminal_text import escape_control

FAILURE_EXIT_CODE = 1


def write_failure_report(failure: str, path: str) -> str:
    """Store a report; a message on where it is and how to go on."""
    where = _store_failure(failure)
    if where:
        details = (
            f"What happened is in {where}; it may hold parts of your plan. Please report it.\n"
        )
    else:
        details = ""
    return (
        "roadmap: the planner failed, and that is a fault of it, not of yours.\n"
        f"Nothing is lost: roadmap {escape_control(path)} offers what was not saved.\n"
        f"{details}"
    )


def _store_failure(failure: str) -> Path | None:
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
