"""Editing a text in the editor of one's own choice."""

import os
import shlex
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from textual.app import App, SuspendNotSupported

from roadmap_tui.files.edits import Refusal

_CHOOSE = "set EDITOR to one, such as nano, in your shell"


def command(environment: Mapping[str, str]) -> list[str] | Refusal:
    """The words that start the editor."""
    name = next((each for each in ("VISUAL", "EDITOR") if environment.get(each, "").strip()), None)
    if name is None:
        return Refusal("no editor is chosen", _CHOOSE)
    try:
        return shlex.split(environment[name])
    except ValueError:
        return Refusal(f"{name} has a quote that is not closed", _CHOOSE)


def edit_outside(app: App[str], text: str, suffix: str) -> str | Refusal:
    """The text as it was left in the editor, which the terminal is handed to meanwhile; no shell runs.

    The file that the editor sees can be read by nobody else, and is gone afterwards.
    """
    words = command(os.environ)
    if isinstance(words, Refusal):
        return words
    handle, name = tempfile.mkstemp(suffix=suffix, prefix="roadmap-")
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
        with app.suspend():
            code = subprocess.run([*words, name], check=False).returncode
        if code:
            return Refusal(f"{words[0]} ended with {code}", "nothing was taken from it")
        return path.read_bytes().decode().replace("\r\n", "\n")
    except SuspendNotSupported:
        return Refusal("an editor needs a terminal of its own", "type it here")
    except UnicodeDecodeError:
        return Refusal("what the editor left is not UTF-8 text", "nothing was taken from it")
    except OSError as error:
        return Refusal(f"{words[0]} can't be run: {(error.strerror or 'no reason given').lower()}", _CHOOSE)
    finally:
        path.unlink(missing_ok=True)
