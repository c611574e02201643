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
    help="The address to listen at.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    metavar="N",
    default=8000,
    show_default=True,
    help="Its port; 0 takes one that is free.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="NAME",
    help="Another name by which browsers call this machine; may be given again.",
)
def serve_command(file: str, host: str, port: int, names: tuple[str, ...]) -> Reply:
    """Open the planner in a browser, for anyone who has its address.

    The address that is printed holds a token; without it, access is refused. A page can read and
    write in the folder of FILE only. What a closed page leaves unsaved is offered when FILE is
    opened next.
    """
    from roadmap_tui.cli.replies.serve import serve_reply

    return serve_reply(file, host, port, names)
