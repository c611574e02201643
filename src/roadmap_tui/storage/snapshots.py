"""Snapshots of roadmaps outside of git, from when the app was last left; outside of their folders.

There is one for each of the last two such days, so that what is new today can be shown all day.
"""

import datetime as dt
import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_state_path

_MAX_SNAPSHOTS = 2
_SUFFIX = ".look"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A day, and the file when the app was last left on it."""

    day: dt.date
    raw: bytes


def save_snapshot(path: str, raw: bytes, today: dt.date) -> None:
    """Store the roadmap at `path` as of a day; a failure is ignored."""
    with suppress(OSError, ValueError):
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = folder / f"{_stem(path)}{today.isoformat()}.part"
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
            target.write(raw)
        part.replace(part.with_suffix(_SUFFIX))
        for old in _snapshot_paths(path)[:-_MAX_SNAPSHOTS]:
            old.unlink()


def last_snapshot(path: str, today: dt.date) -> Snapshot | None:
    """The newest snapshot from before `today`; None if there is none."""
    with suppress(OSError, ValueError):
        for snapshot in reversed(_snapshot_paths(path)):
            day = dt.date.fromisoformat(snapshot.stem.rpartition("_")[2])
            if day < today:
                return Snapshot(day, snapshot.read_bytes())
    return None


def _snapshot_paths(path: str) -> list[Path]:
    """The snapshots of a roadmap, the oldest first."""
    return sorted(_folder().glob(f"{_stem(path)}*{_SUFFIX}"))


def _folder() -> Path:
    return user_state_path("roadmap-tui") / "looks"


def _stem(path: str) -> str:
    return f"{hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:32]}_"
