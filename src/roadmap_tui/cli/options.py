"""Arguments and options that several commands share, as decorators, and their parsing."""

import datetime as dt
import re
from functools import wraps
from typing import TYPE_CHECKING

import click

from roadmap_tui.cli import completion
from roadmap_tui.cli.command import Callback
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.reply import Reply

if TYPE_CHECKING:
    from roadmap_tui.text.number_grammar import NumberFault

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
TRACKS = click.Choice(["product", "model", "spike"])


class TypedCount(click.IntRange):
    """A whole number of at least 0; what isn't written as digits is read as in forms: 1,200."""

    def __init__(self) -> None:
        super().__init__(min=0)

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """The count, or a usage error."""
        if isinstance(value, str) and not re.fullmatch(r"[+-]?\d+", value.strip(), re.ASCII):
            from roadmap_tui.text.typed_numbers import read_count  # importing models takes long

            value = _typed_option(read_count(value), param, ctx)
        count: int = super().convert(int(str(value)), param, ctx)
        return count


class TypedLevel(click.types.FloatParamType):
    """A number; what Python doesn't read is read as in forms: 89%, 12k."""

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number, or a usage error."""
        from roadmap_tui.text.typed_numbers import read_level  # importing models takes long

        try:
            return float(str(value))
        except ValueError:
            return float(_typed_option(read_level(str(value)), param, ctx))


def _typed_option(
    number: "float | NumberFault", param: click.Parameter | None, ctx: click.Context | None
) -> float:
    """A number that was typed as the value of an option, or a usage error."""
    if isinstance(number, int | float):
        return number
    raise click.BadParameter(number.text, ctx, param)


def parse_day(context: click.Context, option: click.Parameter, text: str | None) -> dt.date | None:
    """The day that was written, or a usage error."""
    if text is None:
        return None
    try:
        day = dt.date.fromisoformat(text) if _ISO_DAY.fullmatch(text) else None
    except ValueError as error:
        raise click.BadParameter(f"{text!r}: {error}", context, option) from None
    if day is None:
        raise click.BadParameter(
            f"{text!r} is not a date; write one such as 2026-11-23", context, option
        )
    return _check_day_range(context, option, day)


def _check_day_range(context: click.Context, option: click.Parameter, day: dt.date) -> dt.date:
    from roadmap_tui.plan.base import FIRST_DAY, LAST_DAY  # importing the models takes long

    if FIRST_DAY <= day <= LAST_DAY:
        return day
    raise click.BadParameter(
        f"{day} is out of range; write a day from {FIRST_DAY} to {LAST_DAY}", context, option
    )


def parse_day_or_quarter(
    context: click.Context, option: click.Parameter, text: str | None
) -> dt.date | None:
    """The last day of the quarter, or the day, that was written, or a usage error."""
    from roadmap_tui.plan.deadline import quarter_end

    return quarter_end(text or "") or parse_day(context, option, text)


def split_list(
    _context: click.Context, _option: click.Parameter, text: str | None
) -> tuple[str, ...]:
    """The words of a list with commas or spaces between."""
    return tuple((text or "").replace(",", " ").split())


complete_items = completion.complete_from_roadmap(completion.item_ids)
file_argument = click.argument("file", shell_complete=completion.complete_files)
files_argument = click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    shell_complete=completion.complete_files,
)
id_argument = click.argument("name", metavar="ID", shell_complete=complete_items)
optional_id_argument = click.argument(
    "name", metavar="[ID]", required=False, shell_complete=complete_items
)
field_argument = click.argument(
    "path", shell_complete=completion.complete_from_roadmap(completion.field_paths)
)
if_sha256_option = click.option(
    "--if-sha256",
    "sha256",
    metavar="HASH",
    help="Write only if FILE still has this SHA-256 (hexadecimal).",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
as_of_option = click.option(
    "--as-of",
    callback=parse_day,
    metavar="DAY",
    help="Day on which the forecast starts, such as 2026-11-23.",
)
_seed_option = click.option(
    "--seed",
    type=click.IntRange(min=0),
    metavar="N",
    help="Random seed; the file's own by default.",
)
_runs_option = click.option(
    "--runs",
    type=click.IntRange(100, 1_000_000),
    metavar="N",
    default=10_000,
    show_default=True,
    help="Number of simulation runs.",
)
scenario_option = click.option(
    "--scenario",
    metavar="NAME",
    help="Show this scenario of the file next to the plan.",
    shell_complete=completion.complete_from_roadmap(completion.scenario_names),
)
_replan_option = click.option(
    "--replan",
    is_flag=True,
    help="Give the scenario its own build order instead of the plan's.",
)


def forecast_options(callback: Callback) -> Callback:
    """Add `--as-of`, `--seed` and `--runs`; the callback gets them as `options`."""

    @wraps(callback)
    def with_options(
        *, as_of: dt.date | None, seed: int | None, runs: int, **others: object
    ) -> Reply:
        return callback(options=ForecastOptions(as_of, seed, runs), **others)

    return as_of_option(_seed_option(_runs_option(with_options)))


def scenario_forecast_options(callback: Callback) -> Callback:
    """Add the options of a forecast and of a scenario; the callback gets them as `options`."""

    def with_scenario(
        *, options: ForecastOptions, scenario: str | None, replan: bool, **others: object
    ) -> Reply:
        chosen = options._replace(scenario=scenario, replan=replan)
        return callback(options=chosen, **others)

    combined = scenario_option(_replan_option(wraps(callback)(with_scenario)))
    return forecast_options(combined)
