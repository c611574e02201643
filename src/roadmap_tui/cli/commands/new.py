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
    help="Template; roadmap templates lists them.",
    shell_complete=complete_templates,
)
@click.option(
    "--as-of",
    callback=parse_day,
    metavar="DAY",
    help="Day to which the dates are shifted; by default, today.",
)
@json_option
def new_command(file: str, template: str, as_of: dt.date | None, as_json: bool) -> Reply:
    """Create a roadmap from a template.

    An existing file is never overwritten. Only the dates differ from the template: they are shifted
    so that the plan starts today.
    """
    from roadmap_tui.cli.replies.templates import new_reply

    return new_reply(file, template, as_of, as_json=as_json)
