"""`roadmap forecast`: when, and whether."""

import datetime as dt

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.options import (
    complete_items,
    file_argument,
    json_option,
    parse_day_or_quarter,
    scenario_forecast_options,
)
from roadmap_tui.cli.reply import Reply


@roadmap_command(tool="read")
@file_argument
@click.option(
    "--target",
    metavar="ID",
    shell_complete=complete_items,
    help=(
        "Also what sets this one's finish: how critical each item is for it, and what drives it."
    ),
)
@click.option(
    "--together",
    multiple=True,
    metavar="ID",
    help="The chance of all of these; given once for each.",
)
@click.option(
    "--by",
    callback=parse_day_or_quarter,
    metavar="DAY",
    help="By the end of which day, or quarter such as 2027-Q1, for --together; else the horizon.",
)
@click.option("--load", is_flag=True, help="Also how busy each team is, week by week.")
@scenario_forecast_options
@json_option
def forecast_command(
    file: str,
    target: str | None,
    together: tuple[str, ...],
    by: dt.date | None,
    load: bool,
    options: ForecastOptions,
    as_json: bool,
) -> Reply:
    """Show when each item may land, and whether it will.

    A FILE of - is standard input.
    """
    from roadmap_tui.cli.replies.forecast import ForecastRequest, forecast_reply

    request = ForecastRequest(target, together, by, load)
    return forecast_reply(file, options, request, as_json=as_json)
