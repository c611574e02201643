"""`roadmap money`: what the plan costs, and whether it pays."""

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.options import (
    file_argument,
    json_option,
    optional_id_argument,
    scenario_forecast_options,
)
from roadmap_tui.cli.reply import Reply


@roadmap_command(tool="read")
@file_argument
@optional_id_argument
@scenario_forecast_options
@json_option
def money_command(file: str, name: str | None, options: ForecastOptions, as_json: bool) -> Reply:
    """Show what the plan costs and what it returns.

    With an ID, show one item: unit economics, return, and its sourcing options, each with its own
    forecast.
    """
    from roadmap_tui.cli.replies.money import money_reply

    return money_reply(file, name, options, as_json=as_json)
