"""`roadmap git setup`: git merges roadmaps by key."""

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.options import json_option
from roadmap_tui.cli.reply import Reply


@roadmap_command()
@click.argument("task", type=click.Choice(["setup"]), metavar="setup")
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option("--remove", is_flag=True, help="Undo the setup.")
@json_option
def git_command(task: str, files: tuple[str, ...], remove: bool, as_json: bool) -> Reply:
    """Set up git in this clone to merge roadmaps key by key.

    Run it once in each clone. Without a FILE, it covers all roadmaps of the repository, recognised
    by their content.
    """
    from roadmap_tui.cli.replies.git import git_reply

    return git_reply(task, files, remove=remove, as_json=as_json)
