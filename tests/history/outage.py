"""Ways in which a merge driver can fail."""

import shlex
import sys
from pathlib import Path

from tests.history.clone import Clone

BROKEN = {
    "its Python is gone": "/nowhere/bin/python",
    "its Python has no such package": shlex.quote(str(Path(sys.base_prefix) / "bin" / "python3")),
    "it is killed": "sh -c 'kill -9 $$'",
    "it is killed halfway": "sh -c 'kill -15 $$'",
    "it ends with an error of its own": "sh -c 'exit 2'",
    "it has no memory": "sh -c 'exit 137'",
    "it refuses": "sh -c 'exit 129'",
    "it does nothing": "true",
    "it does nothing but claims a conflict": "sh -c 'exit 64'",
    "it prints something": "sh -c 'echo merged by hand'",
}


def break_driver(clone: Clone, program: str) -> None:
    """Let the clone's driver line start another program than the Python it was set up with."""
    line = clone.git("config", "merge.roadmap.driver").stdout.strip()
    words = f"command -v {shlex.quote(sys.executable)} >/dev/null && {shlex.quote(sys.executable)}"
    assert line.count(words) == 1
    clone.git("config", "merge.roadmap.driver", line.replace(words, program))


def unregister(clone: Clone) -> None:
    """As in a new clone, of which only `.gitattributes` is known."""
    clone.git("config", "--remove-section", "merge.roadmap")
