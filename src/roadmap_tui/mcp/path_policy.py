"""Which paths a tool may read or write: roadmaps and tables inside the served folder."""

import os

from roadmap_tui.document.limits import MAX_BYTES
from roadmap_tui.history.roadmap_files import holds_plan
from roadmap_tui.storage import regular_file
from roadmap_tui.storage.load import Unreadable, too_large_reason
from roadmap_tui.text.terminal_text import escape_control


def path_error(path: str, *, is_table: bool) -> str:
    """Why a tool may not read or write a path; empty if it may.

    A file that is no roadmap, such as one with passwords, must not be read: a fault shows a line.

    Args:
        path: relative to the current folder, which is the served one.
        is_table: whether a CSV file is expected instead of a roadmap.
    """
    if not _is_inside(path):
        return escape_control(f"{path} is not in the folder that is served")
    target = os.path.relpath(os.path.realpath(path), os.path.realpath("."))
    spellings = (os.path.normpath(path), target)
    if any(map(_is_hidden, spellings)):
        return escape_control(f"{path} is hidden, or in a hidden folder; name a file that is not")
    endings = (".csv", ".tsv") if is_table else (".toml",)
    if not all(each.lower().endswith(endings) for each in spellings):
        wanted = " or ".join(endings)
        return escape_control(f"{path} does not end in {wanted}; name a file that does")
    if os.path.lexists(path) and not os.path.isfile(path):
        return escape_control(f"{path} is not a regular file; name one that is")
    return "" if is_table else _content_error(path)


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split(os.sep))


def _is_inside(path: str) -> bool:
    """Whether a path, links followed, stays in the current folder.

    Standard input isn't: it belongs to the program that calls the tools.
    """
    if path == "-" or "\0" in path:
        return False
    root, target = os.path.realpath("."), os.path.realpath(path)
    return target.startswith(os.path.join(root, ""))


def _content_error(path: str) -> str:
    """Why the file at a path is no roadmap; empty if it may be one, or is missing."""
    if os.path.isfile(path) and os.path.getsize(path) > MAX_BYTES:
        reason = too_large_reason(MAX_BYTES, os.path.getsize(path))
        return Unreadable(path, *reason).text
    try:
        raw = regular_file.read_regular_file(path, MAX_BYTES)
    except (OSError, ValueError):
        return ""
    if not raw.strip() or holds_plan(raw.decode("utf-8-sig", errors="replace")):
        return ""
    return escape_control(
        f"{path} is no roadmap: it has no [roadmap], and no item; name another file"
    )
