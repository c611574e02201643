"""`roadmap show`: all about one item."""

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.options import (
    file_argument,
    id_argument,
    json_option,
    scenario_forecast_options,
)
from roadmap_tui.cli.reply import Reply


@roadmap_command(tool="read")
@file_argument
@id_argument
@click.option("--say", is_flag=True, help="Only a summary of one or two sentences.")
@click.option(
    "--why",
    is_flag=True,
    help="Also show how its figures are calculated and what would change them most.",
)
@scenario_forecast_options
@json_option
def show_command(
    file: str, name: str, say: bool, why: bool, options: ForecastOptions, as_json: bool
) -> Reply:
    """Show everything about one item.

    A FILE of - is standard input.
    """
    from roadmap_tui.cli.replies.show import ShowOptions, show_reply

    return show_reply(file, options, ShowOptions(name, say, why), as_json=as_json)
