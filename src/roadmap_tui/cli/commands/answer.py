"""`roadmap answer`: record what a spike found out."""

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.completion import complete_from_roadmap, spike_ids
from roadmap_tui.cli.options import file_argument, if_sha256_option, json_option
from roadmap_tui.cli.reply import Reply


@roadmap_command(tool="write")
@file_argument
@click.argument("name", metavar="SPIKE", shell_complete=complete_from_roadmap(spike_ids))
@click.argument(
    "verdict",
    type=click.Choice(["yes", "no", "unclear", "confirmed", "refuted", "inconclusive"]),
    metavar="yes|no|unclear",
)
@click.option("--learned", metavar="TEXT", help="What the spike found.")
@if_sha256_option
@json_option
def answer_command(
    file: str, name: str, verdict: str, learned: str | None, sha256: str | None, as_json: bool
) -> Reply:
    """Record the result of a spike.

    The bet follows: its chance changes with the answer, or a no drops it if on_refuted is drop.
    yes, no and unclear are stored as confirmed, refuted and inconclusive.
    """
    from roadmap_tui.cli.replies.answer import AnswerRequest, answer_reply

    return answer_reply(file, AnswerRequest(name, verdict, learned), sha256=sha256, as_json=as_json)
