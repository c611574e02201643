"""`roadmap mcp`: the commands as a server of the Model Context Protocol, over standard streams."""

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.completion import complete_files
from roadmap_tui.cli.reply import Reply


@roadmap_command()
@click.argument("folder", metavar="[FOLDER]", default=".", shell_complete=complete_files)
def mcp_command(folder: str) -> Reply:
    """Serve commands to assistants, by the Model Context Protocol.

    Over standard input and output, for the roadmaps of FOLDER, or of where it is started, and for
    no others. A change needs the sha256 that came with the answer it was decided on. The packages
    it needs are not installed with the rest; without them, it answers how to install them.
    """
    from roadmap_tui.cli.replies.mcp import mcp_reply

    return mcp_reply(folder)
