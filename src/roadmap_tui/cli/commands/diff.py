"""`roadmap diff`: what changed since a revision, and what moved because of it."""

from typing import Literal

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.options import file_argument, forecast_options, json_option
from roadmap_tui.cli.reply import Reply


@roadmap_command(tool="read")
@file_argument
@click.argument("revs", metavar="[REV] [REV]", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "md"]),
    default="text",
    show_default=True,
)
@forecast_options
@json_option
def diff_command(
    file: str,
    revs: tuple[str, ...],
    form: Literal["text", "md"],
    options: ForecastOptions,
    as_json: bool,
) -> Reply:
    """Show what changed since a revision, and which figures moved.

    A REV is a branch, a tag or a commit of git. Without one, HEAD is compared with the file on
    disk; with one, that revision. Both versions are forecast from the same day, that of the newer.
    """
    from roadmap_tui.cli.replies.diff import diff_reply

    return diff_reply(file, revs, options, form="json" if as_json else form)
