"""`roadmap calibrate`: how good estimates have been, by the items that are finished."""

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.options import file_argument, json_option
from roadmap_tui.cli.reply import Reply


@roadmap_command(tool="read")
@file_argument
@click.option(
    "--git",
    is_flag=True,
    help="Also by what was said when work began, from the commits.",
)
@json_option
def calibrate_command(file: str, git: bool, as_json: bool) -> Reply:
    """Say how good estimates have been, by what is finished.

    Counted are items that are live, done or failed, whose effort is a range and whose spent is
    given.
    """
    from roadmap_tui.cli.replies.calibrate import calibrate_reply

    return calibrate_reply(file, git=git, as_json=as_json)
