"""`roadmap merge-driver`: what git calls to merge a roadmap."""

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.reply import Reply


@roadmap_command()
@click.argument("base")
@click.argument("ours")
@click.argument("theirs")
@click.argument("size", type=click.IntRange(1, 1000), default=7)
@click.argument("name", default="")
@click.argument("labels", metavar="[LABEL]...", nargs=-1)
def merge_driver_command(
    base: str, ours: str, theirs: str, size: int, name: str, labels: tuple[str, ...]
) -> Reply:
    """Merge three versions of a roadmap; git calls this.

    The merged file is written to OURS. Exit code 64 reports a conflict, with marks only around the
    keys that both sides changed. The labels are git's names of the sides. With any other code
    except 0, OURS stays unchanged.
    """
    from roadmap_tui.cli.replies.merge_driver import merge_driver_reply

    return merge_driver_reply((base, ours, theirs), size, name or ours, labels)
