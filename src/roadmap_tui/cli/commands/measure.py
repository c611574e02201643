"""`roadmap measure`: record a measurement of a bar."""

import datetime as dt

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.completion import bar_paths, complete_from_roadmap
from roadmap_tui.cli.options import (
    TypedCount,
    TypedLevel,
    file_argument,
    if_sha256_option,
    json_option,
    parse_day,
)
from roadmap_tui.cli.reply import Reply

_COUNT, _LEVEL = TypedCount(), TypedLevel()


@roadmap_command(tool="write")
@file_argument
@click.argument("path", metavar="ID.BAR", shell_complete=complete_from_roadmap(bar_paths))
@click.option("--hits", type=_COUNT, metavar="K", help="Number of correct cases; with --of.")
@click.option("--of", type=_COUNT, metavar="N", help="Number of cases in all.")
@click.option(
    "--value",
    type=_LEVEL,
    metavar="V",
    help="A measured value, instead of counts; with --low and --high.",
)
@click.option("--low", type=_LEVEL, metavar="L", help="Low end of its 95% interval.")
@click.option("--high", type=_LEVEL, metavar="H", help="High end of its 95% interval.")
@click.option("--tp", type=_COUNT, metavar="N", help="True positives; with --fp, --fn and --tn.")
@click.option("--fp", type=_COUNT, metavar="N", help="False positives.")
@click.option("--fn", type=_COUNT, metavar="N", help="False negatives.")
@click.option("--tn", type=_COUNT, metavar="N", help="True negatives.")
@click.option(
    "--on",
    callback=parse_day,
    metavar="DAY",
    help="Day of the measurement; by default, the file's as_of or today.",
)
@click.option("--dataset", metavar="NAME", help="Test set.")
@click.option("--version", metavar="NAME", help="Version of the model.")
@click.option("--run", metavar="NAME", help="Run of the evaluation.")
@click.option(
    "--groups", type=_COUNT, metavar="N", help="Number of independent users or documents."
)
@click.option(
    "--take",
    is_flag=True,
    help="Also set the chance that the measurement supports.",
)
@click.option(
    "--csv", metavar="FILE", help="Read measurements from a CSV file with these options as columns."
)
@if_sha256_option
@json_option
def measure_command(
    file: str,
    path: str,
    csv: str | None,
    take: bool,
    sha256: str | None,
    as_json: bool,
    **fields: float | str | dt.date | None,
) -> Reply:
    """Record a measurement of a quality bar.

    ID alone is enough if the model has only one bar. Nothing else in the file changes.
    """
    from roadmap_tui.cli.replies.measure import MeasurementRequest, measure_reply

    given = {name: value for name, value in fields.items() if value is not None}
    request = MeasurementRequest(path, csv, given, takes_chance=take)
    return measure_reply(file, request, sha256=sha256, as_json=as_json)
