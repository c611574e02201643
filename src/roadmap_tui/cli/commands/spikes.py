"""`roadmap spikes`: what was found out, what to find out next, and what that is worth."""

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.options import file_argument, json_option, scenario_forecast_options
from roadmap_tui.cli.reply import Reply


@roadmap_command(tool="read")
@file_argument
@scenario_forecast_options
@json_option
def spikes_command(file: str, options: ForecastOptions, as_json: bool) -> Reply:
    """Show results of spikes, and what open spikes are worth.

    A FILE of - is standard input.
    """
    from roadmap_tui.cli.replies.spikes import spikes_reply

    return spikes_reply(file, options, as_json=as_json)
