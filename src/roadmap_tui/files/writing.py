"""Writing what was made from a roadmap."""

from roadmap_tui.files.edits import Refusal


def write_out(path: str, text: str, *, replaces: bool) -> Refusal | None:
    """Write a text to a file; one that is there only where it may be replaced. The reason if it can't be written."""
    try:
        with open(path, "w" if replaces else "x", encoding="utf-8", errors="backslashreplace", newline="\n") as target:
            target.write(text)
    except FileExistsError:
        return Refusal(f"{path} is there already", "choose another name")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no such path can exist"
        return Refusal(f"{path}: {reason}", "choose another name")
    return None
