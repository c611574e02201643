"""`roadmap serve`: the app in a browser."""

import sys
from pathlib import Path

from roadmap_tui.cli.optional_packages import install_hint
from roadmap_tui.cli.reply import REFUSED, UNREADABLE, USAGE_ERROR, Reply, usage_error
from roadmap_tui.cli.source import STDIN
from roadmap_tui.storage.load import Unreadable, load_document
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.web.access import is_loopback


def serve_reply(file: str, host: str, port: int, names: tuple[str, ...]) -> Reply:
    """Serve until Ctrl+C."""
    if file == STDIN:
        return usage_error("standard input can't be edited; name a file")
    found = load_document(file)
    if isinstance(found, Unreadable):
        return Reply(err=f"{found.text}\n", code=UNREADABLE)
    try:
        from roadmap_tui.web.server import serve
    except ModuleNotFoundError:
        return Reply(err=f"roadmap serve: {install_hint('serve')}\n", code=USAGE_ERROR)
    try:
        serve(Path(file), host, port, names, lambda address: _print_address(address, host))
    except OSError as error:
        reason = error.strerror or error
        text = (
            f"roadmap serve: can't listen at {escape_control(host)}, port {port}: {reason}; try"
            " another --port, or --port 0 for one that is free\n"
        )
        return Reply(err=text, code=REFUSED)
    return Reply()


def _print_address(address: str, host: str) -> None:
    """Print the address before the server ends; the reply comes after that."""
    if not is_loopback(host):
        sys.stderr.write(
            "What is sent is not encrypted: where others listen, put a proxy with TLS before it.\n"
        )
    sys.stdout.write(
        f"{address}\nOpen this address in a browser; anyone who has it can edit the file. Ctrl+C"
        " ends it.\n"
    )
    sys.stdout.flush()
