"""`roadmap serve`: the app in a browser."""

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.options import file_argument
from roadmap_tui.cli.reply import Reply


@roadmap_command()
@file_argument
@click.option(
    "--host",
    metavar="HOST",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    metavar="N",
    default=8000,
    show_default=True,
    help="Port; 0 picks a free one.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="NAME",
    help="Another host name of this computer; repeatable.",
)
def serve_command(file: str, host: str, port: int, names: tuple[str, ...]) -> Reply:
    """Serve the app to browsers, for anyone with its address.

    The printed address contains a token; without it, access is refused. Pages can read and write
    only in the folder of FILE. If a page is closed with unsaved work, the app offers it when FILE
    is opened again.
    """
    from roadmap_tui.cli.replies.serve import serve_reply

    return serve_reply(file, host, port, names)
