"""Clipboard: by the platform's programs, else by the terminal."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

_PATIENCE = 2.0
"""Seconds that a program has to take the text."""
_LATEST = "copied.txt"


def _programs(environment: Mapping[str, str], platform: str) -> Iterator[tuple[str, ...]]:
    """The programs that may take a text here, the likeliest first."""
    # over SSH, the remote machine's own clipboard is of no use
    if "SSH_CONNECTION" not in environment:
        yield ("pbcopy",)  # of macOS; elsewhere some people have a script of this name
        if environment.get("WAYLAND_DISPLAY"):
            yield ("wl-copy",)
        if environment.get("DISPLAY"):
            yield ("xclip", "-selection", "clipboard", "-in")
            yield ("xsel", "--clipboard", "--input")
        if platform == "win32" or "WSL_DISTRO_NAME" in environment:
            yield ("clip.exe",)
    if environment.get("TMUX"):
        yield ("tmux", "load-buffer", "-w", "-")


def copy_with_program(
    text: str, environment: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> str:
    """Give the text to the first program that takes it; its name, or "". No shell is used."""
    for name, *options in _programs(environment, platform):
        found = shutil.which(name, path=_absolute_entries(environment.get("PATH", "")))
        if found is not None and _run_program([found, *options], text):
            return name
    return ""


def _absolute_entries(path: str) -> str:
    """The search path without relative entries."""
    return os.pathsep.join(each for each in path.split(os.pathsep) if os.path.isabs(each))


def _run_program(words: list[str], text: str) -> bool:
    encoding = "utf-16" if words[0].endswith("clip.exe") else "utf-8"
    try:
        # xclip and wl-copy leave a process behind that would keep an output pipe open
        ended = subprocess.run(
            words,
            input=text.encode(encoding, "replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            start_new_session=True,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ended.returncode == 0


def store_copied_text(text: str) -> Path | None:
    """Store the text in a private file; None if that fails."""
    from platformdirs import user_state_path  # not before it is needed

    folder = user_state_path("roadmap-tui")
    place = folder / _LATEST
    part = folder / f"{_LATEST}.{os.getpid()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(f"{text}\n".encode("utf-8", "replace"))
        part.replace(place)
    except OSError:
        return None
    return place
