"""`roadmap readiness`: whether AI items are fit to ship."""

import datetime as dt

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.options import (
    as_of_option,
    file_argument,
    json_option,
    optional_id_argument,
    scenario_option,
)
from roadmap_tui.cli.reply import Reply


@roadmap_command(tool="read")
@file_argument
@optional_id_argument
@as_of_option
@scenario_option
@json_option
def readiness_command(
    file: str, name: str | None, as_of: dt.date | None, scenario: str | None, as_json: bool
) -> Reply:
    """Show which AI features and models are ready to launch.

    A FILE of - is standard input.
    """
    from roadmap_tui.cli.replies.readiness import readiness_reply

    return readiness_reply(file, name, as_of, scenario, as_json=as_json)
