"""`roadmap log`: one item's forecast along the commits."""

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.options import file_argument, forecast_options, id_argument, json_option
from roadmap_tui.cli.reply import Reply


@roadmap_command(tool="read")
@file_argument
@id_argument
@click.option(
    "--limit",
    type=click.IntRange(1, 10_000),
    metavar="N",
    default=50,
    show_default=True,
    help="Number of commits, newest first.",
)
@forecast_options
@json_option
def log_command(file: str, name: str, limit: int, options: ForecastOptions, as_json: bool) -> Reply:
    """Show the history of one item's forecast, commit by commit.

    Each version starts on its own as-of date, or else on the day of its commit.
    """
    from roadmap_tui.cli.replies.log import log_reply

    return log_reply(file, name, limit, options, as_json=as_json)
