"""`roadmap set`: change one field."""

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.options import field_argument, file_argument, if_sha256_option, json_option
from roadmap_tui.cli.reply import Reply


@roadmap_command(tool="write", ignore_unknown_options=True)
@file_argument
@field_argument
@click.argument("value")
@if_sha256_option
@json_option
def set_command(file: str, path: str, value: str, sha256: str | None, as_json: bool) -> Reply:
    """Set one field of the file, and change nothing else.

    PATH is ID.FIELD, such as auto-route.effort, or a path from the top, such as roadmap.horizon.
    VALUE is written as in the file: 4, [3, 5, 9], true, 2027-03-31. A number may also be typed as
    in forms: 14,500, 12k, 3-9, 80%, "2 months". Anything else is text.
    """
    from roadmap_tui.cli.replies.fields import set_reply

    return set_reply(file, path, value, sha256=sha256, as_json=as_json)
