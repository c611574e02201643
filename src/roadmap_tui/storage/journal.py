"""The recovery journal: unsaved work of open sessions, kept outside the repository.

Each session has a journal of JSON lines: a head with the text on disk, then a patch for each step.
Beside it is a lock, which the system frees when the session ends, however it ends. A journal whose
lock is free was left by a crash.
"""

import datetime as dt
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from filelock import FileLock, Timeout
from platformdirs import user_state_path

_FORMAT = 1
_LOCK_TIMEOUT = 1.0
_WRITE_PREFIX = "write-"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One step of unsaved work: its description, and the text after it."""

    action: str
    text: str


@dataclass(frozen=True, slots=True)
class UnsavedSession:
    """The unsaved work of a session that ended without being closed.

    Attributes:
        journal: where it is.
        base: the text that was on disk.
        entries: what was done to it, in order; at least one.
        modified_at: when the last step was made.
    """

    journal: Path
    base: str
    entries: tuple[JournalEntry, ...]
    modified_at: dt.datetime

    def discard(self) -> None:
        """Remove it for good."""
        _remove(self.journal)


class Journal:
    """The journal of one session; it never raises.

    Attributes:
        problem: why unsaved work is not kept, in a clause, or None.
    """

    def __init__(self, path: str, *, for_write: bool = False) -> None:
        """Open a journal for the roadmap at `path`; `for_write` if it is for one write in place."""
        self.problem: str | None = None
        self._path = os.path.realpath(path)
        self._file: int | None = None
        self._lock: FileLock | None = None
        self._length = 0
        self._base = ""
        self._kept = ""
        self._unsynced = False
        try:
            folder = _folder()
            self._journal = (
                folder
                / f"{_stem(self._path)}-{_WRITE_PREFIX * for_write}{secrets.token_hex(8)}.journal"
            )
            lock = self._journal.with_suffix(".lock")
            # A session is opened in one thread and closed in another.
            held = FileLock(lock, timeout=_LOCK_TIMEOUT, mode=0o600, thread_local=False)
            held.acquire()
            self._lock = held
        except (OSError, Timeout, NotImplementedError) as error:
            self._fail(error)

    def mark_saved(self, text: str) -> None:
        """Take `text` for what is on disk, and all work for saved."""
        self._base = self._kept = text
        self._length = 0
        with suppress(OSError):
            if self._file is not None:
                os.ftruncate(self._file, 0)

    def record(self, action: str, after: str) -> None:
        """Record a step that led to `after`; if that is what is on disk, drop all steps."""
        if self._lock is None:
            return
        if after == self._base:
            self.mark_saved(self._base)
            return
        # The head with the base text is written only once there is work to keep.
        head = "" if self._length else _json_line(_journal_head(self._path, self._base))
        try:
            self._write((head + _json_line({"what": action, **_patch(self._kept, after)})).encode())
        except OSError as error:
            self._fail(error)
        else:
            self._kept, self.problem = after, None

    def sync(self) -> None:
        """Make what was recorded survive a loss of power; slow."""
        # This runs in a thread of its own, while another may close the file.
        file = self._file
        if self._unsynced and file is not None:
            self._unsynced = False
            with suppress(OSError):
                os.fsync(file)

    def other_sessions(self) -> int:
        """How many other living sessions have this roadmap open."""
        own = None if self._lock is None else Path(self._lock.lock_file)
        sessions = (
            lock
            for lock in _locks(self._path)
            if lock != own and f"-{_WRITE_PREFIX}" not in lock.name
        )
        return sum(_is_held(lock) for lock in sessions)

    def close(self) -> None:
        """End the session: nothing is left to recover."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
        if self._lock is not None:
            _remove(self._journal)
            self._lock.release()
            self._lock = None

    def _write(self, raw: bytes) -> None:
        if self._file is None:
            self._file = os.open(self._journal, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        written = os.write(self._file, raw)
        # A full disk may take a part; half a line would hide the lines after it.
        if written < len(raw):
            os.ftruncate(self._file, self._length)
            raise OSError(28, "no space left")
        self._length += written
        self._unsynced = True

    def _fail(self, error: Exception) -> None:
        """Report the problem; earlier steps stay, and the next one will include this one."""
        reason = "it is locked"
        if isinstance(error, OSError) and error.strerror:
            reason = error.strerror
        self.problem = f"unsaved work can't be kept for a crash: {reason}"


def unsaved_sessions(path: str) -> tuple[UnsavedSession, ...]:
    """The unsaved sessions of the roadmap at `path`, newest first; empty journals are removed."""
    real = os.path.realpath(path)
    free = (lock for lock in _locks(real) if not _is_held(lock))
    found = chain.from_iterable(_unsaved_session(real, lock) for lock in free)
    return tuple(sorted(found, key=lambda each: each.modified_at, reverse=True))


def _unsaved_session(real: str, lock: Path) -> Iterator[UnsavedSession]:
    journal = lock.with_suffix(".journal")
    try:
        raw = journal.read_bytes()
        when = dt.datetime.fromtimestamp(journal.stat().st_mtime).astimezone()
    except FileNotFoundError:
        _remove(journal)
        return
    except OSError:
        return
    read = _parse_journal(raw, real)
    if read is None:
        return
    base, steps = read
    if steps and steps[-1].text != base:
        yield UnsavedSession(journal, base, steps, when)
    else:
        _remove(journal)


def _parse_journal(raw: bytes, real: str) -> tuple[str, tuple[JournalEntry, ...]] | None:
    """The base and the steps of a journal of this file; None if it is not one or of another format.

    A line that was cut short while it was written, and what is after it, is left out.
    """
    head, *lines = raw.decode(errors="replace").split("\n")
    if not head:
        return "", ()
    begin = _parse_object(head)
    base = begin.get("base")
    if begin.get("format") != _FORMAT or begin.get("path") != real or not isinstance(base, str):
        return None
    return base, tuple(_replay_entries(base, lines[:-1]))


def _replay_entries(text: str, lines: list[str]) -> Iterator[JournalEntry]:
    for line in lines:
        match _parse_object(line):
            case {"what": str(what), "at": int(at), "cut": int(cut), "put": str(put)}:
                text = text[:at] + put + text[at + cut :]
                yield JournalEntry(what, text)
            case _:
                return


def _parse_object(line: str) -> dict[str, object]:
    try:
        read = json.loads(line)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _journal_head(path: str, base: str) -> dict[str, object]:
    return {"format": _FORMAT, "path": path, "base": base}


def _json_line(content: dict[str, object]) -> str:
    return json.dumps(content) + "\n"


def _patch(before: str, after: str) -> dict[str, object]:
    """The one span in which two texts differ."""
    start = _common_prefix_length(before, after)
    rest = _common_prefix_length(before[start:][::-1], after[start:][::-1])
    return {"at": start, "cut": len(before) - rest - start, "put": after[start : len(after) - rest]}


def _common_prefix_length(one: str, other: str) -> int:
    """How many characters two texts have in common at their start."""
    # Comparing slices is much faster than comparing characters one by one.
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _folder() -> Path:
    folder = user_state_path("roadmap-tui") / "journals"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _stem(real: str) -> str:
    return hashlib.sha256(os.fsencode(real)).hexdigest()[:32]


def _locks(real: str) -> list[Path]:
    """The locks of all journals of a roadmap, with those that were removed as empty files."""
    try:
        return sorted({each.with_suffix(".lock") for each in _folder().glob(f"{_stem(real)}-*")})
    except OSError:
        return []


def _is_held(lock: Path) -> bool:
    try:
        with FileLock(lock, timeout=0):
            return False
    except Timeout:
        return True
    except (OSError, NotImplementedError):
        return False


def _remove(journal: Path) -> None:
    for path in (journal, journal.with_suffix(".lock")):
        with suppress(OSError):
            path.unlink()
