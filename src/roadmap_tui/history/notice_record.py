"""Which fault of a clone's merge driver was reported last, so that it is reported once; kept outside of the clone."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path


def is_new_notice(root: str, fault: str) -> bool:
    """Whether a clone's fault is another one than was reported last; from now on it is not new."""
    try:
        record = _record(root)
        if record.exists() and record.read_text() == fault:
            return False
        record.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        record.write_text(fault)
    except (OSError, ValueError):
        pass  # rather twice than never
    return True


def forget_notice(root: str) -> None:
    """Let the same fault of a clone be reported again, because it was fixed in between."""
    with suppress(OSError, ValueError):
        _record(root).unlink()


def _record(root: str) -> Path:
    from platformdirs import user_state_path  # not before it is needed

    # a new clone may come to lie where another one was
    number = 0
    with suppress(OSError):
        number = os.stat(os.path.join(root, ".git")).st_ino
    key = f"{os.path.realpath(root)}\0{number}".encode(errors="surrogateescape")
    return user_state_path("roadmap-tui") / "clones" / hashlib.sha256(key).hexdigest()[:32]
