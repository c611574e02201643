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
    help="Also compare with the estimates at the start of work, from the commits.",
)
@click.option(
    "--forecasts",
    is_flag=True,
    help="Also compare past forecasts of dates and chances, from the commits, with the results.",
)
@json_option
def calibrate_command(file: str, git: bool, forecasts: bool, as_json: bool) -> Reply:
    """Show how accurate estimates have been.

    It compares items that are live, done or failed, have a range as effort, and record what was
    spent.
    """
    from roadmap_tui.cli.replies.calibrate import calibrate_reply

    return calibrate_reply(file, git=git, forecasts=forecasts, as_json=as_json)
