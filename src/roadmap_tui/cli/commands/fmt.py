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
    help="Change nothing; exit code 1 reports that a file would change.",
)
@click.option(
    "--upgrade",
    is_flag=True,
    help="Also bring a file of an older format up to this one.",
)
@json_option
def fmt_command(files: tuple[str, ...], check: bool, upgrade: bool, as_json: bool) -> Reply:
    """Write the file in its canonical form, with all comments.

    Items by track and id, fields in the order of the documentation, one blank line between
    tables. No value and no comment is changed.
    """
    from roadmap_tui.cli.replies.fmt import fmt_reply

    return fmt_reply(files, check=check, upgrade=upgrade, as_json=as_json)
