"""`roadmap check`: the known mistakes in plans."""

from typing import Literal

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.options import files_argument, forecast_options, json_option, split_list
from roadmap_tui.cli.reply import Reply


@roadmap_command(tool="read")
@files_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github"]),
    default="text",
    show_default=True,
    help="Lines for people and editors, or annotations for a pull request on GitHub.",
)
@click.option(
    "--only",
    callback=split_list,
    metavar="CHECKS",
    help="Run only these checks, such as SP06,GV.",
)
@click.option(
    "--ignore", callback=split_list, metavar="CHECKS", help="Run all checks except these."
)
@click.option(
    "--fail-on",
    type=click.Choice(["E", "W"]),
    default="E",
    show_default=True,
    help="Lowest severity for exit code 1.",
)
@click.option("--later", is_flag=True, help="Also show findings that aren't due yet.")
@forecast_options
@json_option
def check_command(
    files: tuple[str, ...],
    form: Literal["text", "github"],
    only: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: Literal["E", "W"],
    later: bool,
    options: ForecastOptions,
    as_json: bool,
) -> Reply:
    """Find common mistakes of AI product work.

    CHECKS are IDs or two-letter families, separated by commas; docs/checks.md explains each. A
    FILE of - is standard input. Exit code 1: an error was found, or a warning with --fail-on W;
    3: the plan can't be read.
    """
    from roadmap_tui.cli.replies.check import CheckOptions, check_reply

    selection = CheckOptions(only, ignore, fail_on, form, later)
    return check_reply(files, options, selection, as_json=as_json)
