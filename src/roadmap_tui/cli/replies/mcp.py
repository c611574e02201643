"""`roadmap mcp`: the commands as a server of the Model Context Protocol."""

import os
import signal
from functools import partial
from importlib.util import find_spec

from roadmap_tui.cli.group import all_commands, invoke
from roadmap_tui.cli.optional_packages import install_hint
from roadmap_tui.cli.reply import INTERRUPTED, UNREADABLE, USAGE_ERROR, Reply
from roadmap_tui.mcp.tools import Toolbox
from roadmap_tui.text.terminal_text import escape_control


def mcp_reply(folder: str) -> Reply:
    """Serve the roadmaps of a folder until the client closes the connection."""
    if find_spec("mcp") is None:
        return Reply(err=f"roadmap mcp: {install_hint('mcp')}\n", code=USAGE_ERROR)
    try:
        os.chdir(folder)
    except OSError as error:
        text = escape_control(f"roadmap: {folder}: {error.strerror}")
        return Reply(err=f"{text}\n", code=UNREADABLE)
    # the extra `mcp` brings these
    import anyio

    from roadmap_tui.mcp.server import serve_tools

    # the thread that reads standard input would keep the program from ending; no file can be left
    # half-written, since files are replaced atomically
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    anyio.run(serve_tools, build_toolbox())
    return Reply()


def build_toolbox() -> Toolbox:
    """The tools of all commands."""
    return Toolbox(all_commands(), partial(invoke, shows_usage=False))
