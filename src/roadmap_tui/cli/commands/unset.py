"""`roadmap unset`: take one field out."""

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.options import field_argument, file_argument, if_sha256_option, json_option
from roadmap_tui.cli.reply import Reply


@roadmap_command(tool="write")
@file_argument
@field_argument
@if_sha256_option
@json_option
def unset_command(file: str, path: str, sha256: str | None, as_json: bool) -> Reply:
    """Clear one field of the file; its default applies again.

    PATH is ID.FIELD, such as auto-route.effort, or a path from the top, such as roadmap.horizon.
    """
    from roadmap_tui.cli.replies.fields import unset_reply

    return unset_reply(file, path, sha256=sha256, as_json=as_json)
