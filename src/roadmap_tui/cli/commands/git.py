"""`roadmap git setup`: git merges roadmaps by key."""

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.options import json_option
from roadmap_tui.cli.reply import Reply


@roadmap_command()
@click.argument("task", type=click.Choice(["setup"]), metavar="setup")
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option("--remove", is_flag=True, help="Undo it.")
@json_option
def git_command(task: str, files: tuple[str, ...], remove: bool, as_json: bool) -> Reply:
    """Let git merge roadmaps by key, in this clone.

    In each clone once: git learns to merge roadmaps key by key. Without a FILE, that holds for all
    roadmaps of the repository, which are found by what is in them.
    """
    from roadmap_tui.cli.replies.git import git_reply

    return git_reply(task, files, remove=remove, as_json=as_json)
