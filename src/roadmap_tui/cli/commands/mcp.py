"""`roadmap mcp`: the commands as a server of the Model Context Protocol, over standard streams."""

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.completion import complete_files
from roadmap_tui.cli.reply import Reply


@roadmap_command()
@click.argument("folder", metavar="[FOLDER]", default=".", shell_complete=complete_files)
def mcp_command(folder: str) -> Reply:
    """Serve the commands to AI assistants (Model Context Protocol).

    It uses standard input and output and covers only the roadmaps in FOLDER, by default the current
    folder. A change needs the sha256 of the answer that it is based on. MCP needs extra packages;
    without them, the command explains how to install them.
    """
    from roadmap_tui.cli.replies.mcp import mcp_reply

    return mcp_reply(folder)
