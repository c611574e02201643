"""`roadmap fmt`: the canonical form."""

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.options import files_argument, json_option
from roadmap_tui.cli.reply import Reply


@roadmap_command()
@files_argument
@click.option(
    "--check",
    is_flag=True,
    help="Change nothing; exit with code 1 if a file isn't formatted.",
)
@click.option(
    "--upgrade",
    is_flag=True,
    help="Also rename the keys of older versions.",
)
@json_option
def fmt_command(files: tuple[str, ...], check: bool, upgrade: bool, as_json: bool) -> Reply:
    """Put the file in standard order and spacing.

    Items are sorted by track and ID, fields as in the documentation, with one blank line between
    tables. Values and comments stay the same.
    """
    from roadmap_tui.cli.replies.fmt import fmt_reply

    return fmt_reply(files, check=check, upgrade=upgrade, as_json=as_json)
