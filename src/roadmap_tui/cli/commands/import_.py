"""`roadmap import`: items from a table of another tool."""

from typing import Literal

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.completion import complete_files
from roadmap_tui.cli.options import TRACKS, file_argument, if_sha256_option, json_option
from roadmap_tui.cli.reply import Reply


@roadmap_command(tool="write")
@click.argument("csv", metavar="CSV", shell_complete=complete_files)
@file_argument
@click.option("--yes", is_flag=True, help="Write it; without this, it is only shown.")
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="MEANING=COLUMN",
    help=(
        "Which column holds what, such as title=Name; an empty one takes none. May be given again."
    ),
)
@click.option(
    "--keep",
    is_flag=True,
    help="Change nothing that FILE says; add, and fill in what is not there.",
)
@click.option(
    "--track",
    type=TRACKS,
    default="product",
    show_default=True,
    help="The track of rows that don't say it.",
)
@click.option(
    "--unit",
    type=click.Choice(["hours", "days", "weeks", "months"]),
    default="weeks",
    show_default=True,
    help="What effort is counted in, of one person, where its column doesn't say it.",
)
@click.option(
    "--points",
    type=click.FloatRange(min=0, min_open=True),
    metavar="N",
    help="How many story points a person does in a week; left out, points are not read.",
)
@click.option(
    "--encoding", metavar="NAME", help="How the CSV is encoded, if not in UTF-8: cp1252, …"
)
@if_sha256_option
@json_option
def import_command(
    csv: str,
    file: str,
    yes: bool,
    maps: tuple[str, ...],
    keep: bool,
    track: Literal["product", "model", "spike"],
    unit: Literal["hours", "days", "weeks", "months"],
    points: float | None,
    encoding: str | None,
    sha256: str | None,
    as_json: bool,
) -> Reply:
    """Take items over from a RICE spreadsheet, Jira, Linear or GitHub.

    A CSV of - is standard input; a FILE that is not there is begun. Exports of issues from Jira,
    Linear and GitHub, and RICE spreadsheets, are known by their headers. Items of an earlier
    import are found again by their link or id and changed, not doubled; a range that holds the
    table's number stays. MEANING is title, key, link, track, status, summary, owner, team, tags,
    needs, reach, impact, confidence, chance, effort or points.
    """
    from roadmap_tui.cli.replies.import_ import ImportRequest, import_reply

    request = ImportRequest(maps, keep, yes, track, unit, points, encoding)
    return import_reply(csv, file, request, sha256=sha256, as_json=as_json)
