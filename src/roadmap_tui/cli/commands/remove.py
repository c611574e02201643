"""`roadmap remove`: take an item out."""

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.options import file_argument, id_argument, if_sha256_option, json_option
from roadmap_tui.cli.reply import Reply


@roadmap_command(tool="write")
@file_argument
@id_argument
@click.option("--mentions", is_flag=True, help="Also remove it from the needs of other items.")
@if_sha256_option
@json_option
def remove_command(
    file: str, name: str, mentions: bool, sha256: str | None, as_json: bool
) -> Reply:
    """Remove an item.

    Without --mentions, an item that others refer to isn't removed.
    """
    from roadmap_tui.cli.replies.items import remove_reply

    return remove_reply(file, name, mentions=mentions, sha256=sha256, as_json=as_json)
