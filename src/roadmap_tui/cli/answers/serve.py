"""`roadmap serve`: the app in a browser."""

import sys
from pathlib import Path

from roadmap_tui.cli.extras import needed
from roadmap_tui.cli.reply import REFUSED, UNREADABLE, WRONG_USE, Reply, wrong_use
from roadmap_tui.files.display import printable
from roadmap_tui.files.load import Unreadable, load
from roadmap_tui.serve.gate import is_loopback


def answer(file: str, host: str, port: int, names: tuple[str, ...]) -> Reply:
    """Serve until somebody ends it."""
    if file == "-":
        return wrong_use("standard input can't be edited; name a file")
    found = load(file)
    if isinstance(found, Unreadable):
        return Reply(err=f"{found.text}\n", code=UNREADABLE)
    try:
        from roadmap_tui.serve.server import serve
    except ModuleNotFoundError:
        return Reply(err=f"roadmap serve: {needed('serve')}\n", code=WRONG_USE)
    try:
        serve(Path(file), host, port, names, lambda address: _tell(address, host))
    except OSError as error:
        text = (
            f"roadmap serve: can't listen at {printable(host)}, port {port}:"
            f" {error.strerror or error}"
        )
        return Reply(
            err=f"{text}; try another --port, or --port 0 for one that is free\n", code=REFUSED
        )
    return Reply()


def _tell(address: str, host: str) -> None:
    """Say where to look, while the answer is still to come."""
    if not is_loopback(host):
        sys.stderr.write(
            "What is sent is not encrypted: where others listen, put a proxy with TLS before it.\n"
        )
    sys.stdout.write(
        f"{address}\nOpen this address in a browser; whoever has it can edit the file. Ctrl+C ends"
        " it.\n"
    )
    sys.stdout.flush()
