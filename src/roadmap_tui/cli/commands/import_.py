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
@click.option(
    "--yes", is_flag=True, help="Write the file; without this option, only show a preview."
)
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="FIELD=COLUMN",
    help=("Column for a field, such as title=Name; empty for no column. Repeatable."),
)
@click.option(
    "--keep",
    is_flag=True,
    help="Keep all existing values; only add items and fill in missing fields.",
)
@click.option(
    "--track",
    type=TRACKS,
    default="product",
    show_default=True,
    help="Track of rows that don't name one.",
)
@click.option(
    "--unit",
    type=click.Choice(["hours", "days", "weeks", "months"]),
    default="weeks",
    show_default=True,
    help="Unit of effort, for one person, if its column doesn't name one.",
)
@click.option(
    "--points",
    type=click.FloatRange(min=0, min_open=True),
    metavar="N",
    help="Story points that one person completes in a week; without it, points are ignored.",
)
@click.option(
    "--encoding", metavar="NAME", help="Encoding of the CSV if it isn't UTF-8, such as cp1252."
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
    """Import items from a RICE spreadsheet, Jira, Linear or GitHub.

    A CSV of - is standard input; FILE is created if it doesn't exist. The columns of RICE
    spreadsheets and of issue exports are recognised by name. Items of an earlier import are found
    by their link or ID and updated, not duplicated; a range that contains the imported number
    stays. FIELD is title, key, link, track, status, summary, owner, team, tags, needs, reach,
    impact, confidence, chance, effort or points.
    """
    from roadmap_tui.cli.replies.import_ import ImportRequest, import_reply

    request = ImportRequest(maps, keep, yes, track, unit, points, encoding)
    return import_reply(csv, file, request, sha256=sha256, as_json=as_json)
