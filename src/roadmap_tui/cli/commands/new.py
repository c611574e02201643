"""`roadmap new`: a new file from a template."""

import datetime as dt

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.completion import complete_templates
from roadmap_tui.cli.options import file_argument, json_option, parse_day
from roadmap_tui.cli.reply import Reply


@roadmap_command(tool="write")
@file_argument
@click.option(
    "--template",
    metavar="NAME",
    default="blank-dual-track",
    show_default=True,
    help="Which; roadmap templates lists them.",
    shell_complete=complete_templates,
)
@click.option(
    "--as-of",
    callback=parse_day,
    metavar="DAY",
    help="The day its dates are moved to; else today.",
)
@json_option
def new_command(file: str, template: str, as_of: dt.date | None, as_json: bool) -> Reply:
    """Begin a roadmap from a template.

    No file that is there is written over. The template is copied unchanged, but for its dates,
    which are moved so that they lie as far from today as from the day they were written for.
    """
    from roadmap_tui.cli.replies.templates import new_reply

    return new_reply(file, template, as_of, as_json=as_json)
