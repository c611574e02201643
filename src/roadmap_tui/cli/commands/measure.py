"""`roadmap measure`: record a measurement of a bar."""

import datetime as dt

import click

from roadmap_tui.cli.command import roadmap_command
from roadmap_tui.cli.completion import bar_paths, complete_from_roadmap
from roadmap_tui.cli.options import file_argument, if_sha256_option, json_option, parse_day
from roadmap_tui.cli.reply import Reply

_COUNT = click.IntRange(min=0)


@roadmap_command(tool="write")
@file_argument
@click.argument("path", metavar="ID.BAR", shell_complete=complete_from_roadmap(bar_paths))
@click.option("--hits", type=_COUNT, metavar="K", help="How many cases were right …")
@click.option("--of", type=_COUNT, metavar="N", help="… of how many.")
@click.option("--value", type=float, metavar="V", help="Or a value …")
@click.option("--low", type=float, metavar="L", help="… with the low end of its 95% interval …")
@click.option("--high", type=float, metavar="H", help="… and the high end.")
@click.option("--tp", type=_COUNT, metavar="N", help="Or all four counts: rightly yes …")
@click.option("--fp", type=_COUNT, metavar="N", help="… wrongly yes …")
@click.option("--fn", type=_COUNT, metavar="N", help="… wrongly no …")
@click.option("--tn", type=_COUNT, metavar="N", help="… rightly no.")
@click.option(
    "--on",
    callback=parse_day,
    metavar="DAY",
    help="When; left out, the file's as_of, or else today.",
)
@click.option("--dataset", metavar="NAME", help="On which cases.")
@click.option("--version", metavar="NAME", help="Which version of the model.")
@click.option("--run", metavar="NAME", help="Which run of the evaluation.")
@click.option("--groups", type=_COUNT, metavar="N", help="How many independent users or documents.")
@click.option(
    "--take",
    is_flag=True,
    help="Set the chance that the measurement supports too, in the same step.",
)
@click.option(
    "--csv", metavar="FILE", help="Measurements from a CSV file: columns as these options."
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
    """Record a measurement of a model's bar.

    ID alone will do where the model has one bar. Nothing else in the file is changed.
    """
    from roadmap_tui.cli.replies.measure import MeasurementRequest, measure_reply

    given = {name: value for name, value in fields.items() if value is not None}
    request = MeasurementRequest(path, csv, given, takes_chance=take)
    return measure_reply(file, request, sha256=sha256, as_json=as_json)
