"""`roadmap templates`: what to begin with."""

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.options import json_option
from roadmap_tui.cli.reply import Reply


@roadmap_command(tool="info")
@json_option
def templates_command(as_json: bool) -> Reply:
    """List the templates."""
    from roadmap_tui.cli.replies.templates import templates_reply

    return templates_reply(as_json=as_json)
