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
    help=("Also show what determines the finish of this item: critical items and drivers."),
)
@click.option(
    "--together",
    multiple=True,
    metavar="ID",
    help="Show the chance that all of these are delivered; repeat for each item.",
)
@click.option(
    "--by",
    callback=parse_day_or_quarter,
    metavar="DAY",
    help="Day, or quarter such as 2027-Q1, for --together; by default, the horizon.",
)
@click.option("--load", is_flag=True, help="Also show how busy each team is, week by week.")
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
    """Show when each item is likely to ship, and its chance.

    A FILE of - is standard input.
    """
    from roadmap_tui.cli.replies.forecast import ForecastRequest, forecast_reply

    request = ForecastRequest(target, together, by, load)
    return forecast_reply(file, options, request, as_json=as_json)
