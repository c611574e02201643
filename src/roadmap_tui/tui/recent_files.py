"""Recently opened roadmaps."""

import json
import os
from contextlib import suppress
from pathlib import Path

_MOST = 12


def recent_roadmaps() -> tuple[Path, ...]:
    """Those that still exist, the latest first."""
    with suppress(OSError, ValueError):
        paths = json.loads(_file().read_text(encoding="utf-8"))
        return tuple(Path(each) for each in paths if isinstance(each, str) and Path(each).is_file())
    return ()


def remember_roadmap(path: str) -> None:
    """Remember an opened roadmap, if the list can be written."""
    real = Path(os.path.realpath(path))
    paths = [real, *(each for each in recent_roadmaps() if each != real)][:_MOST]
    with suppress(OSError):
        file = _file()
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.write_text(json.dumps([str(each) for each in paths]), encoding="utf-8")
        draft.replace(file)


def _file() -> Path:
    from platformdirs import user_state_path  # not before it is needed

    return user_state_path("roadmap-tui") / "recent.json"
