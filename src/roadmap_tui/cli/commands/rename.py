"""`roadmap rename`: another id, or another track."""

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.options import complete_items, file_argument, if_sha256_option, json_option
from roadmap_tui.cli.reply import Reply


@roadmap_command(tool="write")
@file_argument
@click.argument("old", shell_complete=complete_items)
@click.argument("new")
@if_sha256_option
@json_option
def rename_command(file: str, old: str, new: str, sha256: str | None, as_json: bool) -> Reply:
    """Change the ID of an item everywhere, or its track.

    NEW is an ID, or TRACK.ID to move the item to product, model or spike. All references follow.
    """
    from roadmap_tui.cli.replies.items import rename_reply

    return rename_reply(file, old, new, sha256=sha256, as_json=as_json)
