"""Editing a text in an external editor."""

import os
import shlex
import stat
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from textual.app import App, SuspendNotSupported

from roadmap_tui.document.edits import EditRejected
from roadmap_tui.document.limits import MAX_BYTES
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.terminal.job_control import run_in_foreground, signal_name, suspend_app

_SET_EDITOR = "set EDITOR to one, such as nano, in your shell"
_UNCHANGED = "the text is unchanged"


def editor_command(environment: Mapping[str, str]) -> list[str] | EditRejected:
    """The command that starts the editor."""
    name = next((each for each in ("VISUAL", "EDITOR") if environment.get(each, "").strip()), None)
    if name is None:
        return EditRejected("no editor is chosen", _SET_EDITOR)
    try:
        return shlex.split(environment[name])
    except ValueError:
        return EditRejected(f"{name} has a quote that is not closed", _SET_EDITOR)


def edit_externally(app: App[str], text: str, suffix: str) -> str | EditRejected:
    """Edit a text in the user's editor, which gets the terminal; no shell is used.

    The temporary file is private and removed afterwards.
    """
    words = editor_command(os.environ)
    if isinstance(words, EditRejected):
        return words
    path = _write_temporary(text, suffix)
    if isinstance(path, EditRejected):
        return path
    try:
        return _run(app, words, path) or _read_back(path)
    finally:
        _remove(path)


def _write_temporary(text: str, suffix: str) -> Path | EditRejected:
    """A temporary file with the text."""
    path = None
    try:
        handle, name = tempfile.mkstemp(suffix=suffix, prefix="roadmap-")
        path = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
    except OSError as error:
        if path is not None:
            _remove(path)
        return EditRejected(
            f"no temporary file for the editor can be written: {_reason(error)}",
            "free some space, or set TMPDIR",
        )
    return path


def _run(app: App[str], words: list[str], path: Path) -> EditRejected | None:
    """Run the editor; why its result can't be used, or None."""
    editor = escape_control(words[0])
    try:
        with suspend_app(app):
            code = run_in_foreground([*words, str(path)])
    except SuspendNotSupported:
        return EditRejected("an editor needs a terminal of its own", "type it here")
    except (OSError, ValueError) as error:
        return EditRejected(f"{editor} can't be run: {_reason(error)}", _SET_EDITOR)
    if code < 0:
        return EditRejected(f"{editor} was ended by {signal_name(-code)}", _UNCHANGED)
    return EditRejected(f"{editor} ended with error code {code}", _UNCHANGED) if code else None


def _read_back(path: Path) -> str | EditRejected:
    """The text that the editor left in the file."""
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            return EditRejected("the editor left something that is not a file", _UNCHANGED)
        if found.st_size > MAX_BYTES:
            left = (
                f"the editor left {found.st_size:,} bytes; a roadmap has at most {MAX_BYTES:,}"
                " (5 MB)"
            )
            return EditRejected(left, _UNCHANGED)
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return EditRejected("the editor removed its file", _UNCHANGED)
    except OSError as error:
        return EditRejected(f"what the editor left can't be read: {_reason(error)}", _UNCHANGED)
    except UnicodeDecodeError:
        return EditRejected("what the editor left is not UTF-8 text", _UNCHANGED)
    return text.replace("\r\n", "\n")


def _remove(path: Path) -> None:
    # the editor may have replaced it by a folder
    with suppress(OSError):
        path.unlink()


def _reason(error: OSError | ValueError) -> str:
    said = error.strerror if isinstance(error, OSError) else str(error)
    return (said or "no reason given").lower()
