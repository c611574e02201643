"""`roadmap rank`: what is most worth doing."""

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.options import file_argument, json_option, scenario_forecast_options
from roadmap_tui.cli.reply import Reply


@roadmap_command(tool="read")
@file_argument
@click.option(
    "--moves",
    is_flag=True,
    help="Also show the effect of moving each bet up or down in the build order.",
)
@scenario_forecast_options
@json_option
def rank_command(file: str, moves: bool, options: ForecastOptions, as_json: bool) -> Reply:
    """Show what is most worth doing, and how certain the order is.

    A FILE of - is standard input.
    """
    from roadmap_tui.cli.replies.rank import rank_reply

    return rank_reply(file, options, moves=moves, as_json=as_json)
