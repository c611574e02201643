"""`roadmap add`: a new item."""

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.options import TRACKS, file_argument, if_sha256_option, json_option
from roadmap_tui.cli.reply import Reply


@roadmap_command(tool="write")
@file_argument
@click.argument("track", type=TRACKS, metavar="TRACK")
@click.argument("name", metavar="ID")
@click.option("--title", help="Title; by default, the ID as words.")
@click.option("--effort", help='Size S, M, L or XL, or person-weeks: 4, 3-9 or "2 months".')
@click.option(
    "--needs", multiple=True, metavar="ID", help="Item that must be delivered first; repeatable."
)
@if_sha256_option
@json_option
def add_command(
    file: str,
    track: str,
    name: str,
    title: str | None,
    effort: str | None,
    needs: tuple[str, ...],
    sha256: str | None,
    as_json: bool,
) -> Reply:
    """Add an item."""
    from roadmap_tui.cli.replies.items import ItemRequest, add_reply

    return add_reply(
        file, ItemRequest(track, name, title, effort, needs), sha256=sha256, as_json=as_json
    )
