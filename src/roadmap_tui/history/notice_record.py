"""Record of the last reported fault of a clone's merge driver, so that it is reported once.

Kept outside the clone.
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path


def is_new_notice(root: str, fault: str) -> bool:
    """Return whether a clone's fault differs from the last reported one, and record it."""
    try:
        record = _record(root)
        if record.exists() and record.read_text() == fault:
            return False
        record.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        record.write_text(fault)
    except (OSError, ValueError):
        pass  # better reported twice than never
    return True


def forget_notice(root: str) -> None:
    """Allow a clone's fault to be reported again, because it was fixed in between."""
    with suppress(OSError, ValueError):
        _record(root).unlink()


def _record(root: str) -> Path:
    from platformdirs import user_state_path  # not before it is needed

    # the inode distinguishes a new clone in the same folder as an old one
    number = 0
    with suppress(OSError):
        number = os.stat(os.path.join(root, ".git")).st_ino
    key = f"{os.path.realpath(root)}\0{number}".encode(errors="surrogateescape")
    return user_state_path("roadmap-tui") / "clones" / hashlib.sha256(key).hexdigest()[:32]
