"""How each command is called; what it answers is imported only when it is asked."""

import datetime as dt
import re

import click
from click.shell_completion import CompletionItem

from roadmap_tui.cli import completion
from roadmap_tui.cli.catalogue import COMMANDS
from roadmap_tui.export.formats import AUDIENCES, FORMATS, PICTURES

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def parse_day(context: click.Context, option: click.Parameter, text: str | None) -> dt.date | None:
    """The day that was written, or a usage error."""
    if text is None:
        return None
    try:
        day = dt.date.fromisoformat(text) if _ISO_DAY.fullmatch(text) else None
    except ValueError as error:
        raise click.BadParameter(f"{text!r}: {error}", context, option) from None
    if day is not None:
        return check_day_range(context, option, day)
    raise click.BadParameter(f"{text!r} is no day; write one such as 2026-11-23", context, option)


def check_day_range(context: click.Context, option: click.Parameter, day: dt.date) -> dt.date:
    """The day, or a usage error where no roadmap may have it."""
    from roadmap_tui.plan.base import FIRST_DAY, LAST_DAY  # the models take long to import

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
    """What was written with commas or spaces between."""
    return tuple((text or "").replace(",", " ").split())


class HelpRequested(click.ClickException):
    """The help of a command is wanted, not its answer."""


def request_help(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    """Raise `HelpRequested` where `--help` was given."""
    if asked:
        raise HelpRequested(context.get_help())


HELP = click.Option(
    ["-h", "--help", "_help"],
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=request_help,
    help="Show this.",
)
FILE = click.Argument(["file"], shell_complete=completion.complete_files)
FILES = click.Argument(
    ["files"], metavar="FILE...", nargs=-1, required=True, shell_complete=completion.complete_files
)
_COMPLETE_ITEMS = completion.complete_from_roadmap(completion.item_ids)
_COMPLETE_FIELDS = completion.complete_from_roadmap(completion.field_paths)
ID = click.Argument(["name"], metavar="ID", shell_complete=_COMPLETE_ITEMS)
OPTIONAL_ID = click.Argument(
    ["name"], metavar="[ID]", required=False, shell_complete=_COMPLETE_ITEMS
)
PATH = click.Argument(["path"], shell_complete=_COMPLETE_FIELDS)
IF_SHA256 = click.Option(
    ["--if-sha256", "sha256"],
    metavar="HASH",
    help="Write only if FILE is still the one with this SHA-256 in hexadecimal.",
)
JSON = click.Option(["--json", "as_json"], is_flag=True, help="Answer as JSON, for scripts.")
FORECAST = (
    click.Option(
        ["--as-of"],
        callback=parse_day,
        metavar="DAY",
        help="The day the forecast starts, such as 2026-11-23.",
    ),
    click.Option(
        ["--seed"],
        type=click.IntRange(min=0),
        metavar="N",
        help="Another number draws other runs.",
    ),
    click.Option(
        ["--runs"],
        type=click.IntRange(100, 1_000_000),
        metavar="N",
        default=10_000,
        show_default=True,
        help="How many runs are simulated, 100 to 1,000,000.",
    ),
)
SCENARIO = (
    click.Option(
        ["--scenario"],
        metavar="NAME",
        help="As a scenario of the file has it, beside the plan as it is.",
        shell_complete=completion.complete_from_roadmap(completion.scenario_names),
    ),
    click.Option(
        ["--replan"],
        is_flag=True,
        help="Let the scenario have a queue of its own; else the plan's is kept.",
    ),
)
_TARGET = click.Option(
    ["--target"],
    metavar="ID",
    shell_complete=_COMPLETE_ITEMS,
    help="Also what sets this one's finish: how critical each item is for it, and what drives it.",
)
_COUNT_HELP = (
    ("tp", "Or all four counts: rightly yes …"),
    ("fp", "… wrongly yes …"),
    ("fn", "… wrongly no …"),
    ("tn", "… rightly no."),
)
_TLS_HELP = (
    ("ca", "Reach the engine by TLS: the certificate of who signs its certificates …"),
    ("cert", "… yours …"),
    ("key", "… and the key of yours."),
)
PARAMETERS: dict[str, tuple[click.Parameter, ...]] = {
    "check": (
        FILES,
        click.Option(
            ["--format", "form"],
            type=click.Choice(["text", "github"]),
            default="text",
            show_default=True,
            help=(
                "As lines for people and editors, or beside the lines of a pull request on GitHub."
            ),
        ),
        click.Option(
            ["--only"],
            callback=split_list,
            metavar="CHECKS",
            help="Look only for these, such as SP06,GV.",
        ),
        click.Option(
            ["--ignore"], callback=split_list, metavar="CHECKS", help="Look for all but these."
        ),
        click.Option(
            ["--fail-on"],
            type=click.Choice(["E", "W"]),
            default="E",
            show_default=True,
            help="From which severity on the exit code is 1.",
        ),
        click.Option(["--later"], is_flag=True, help="Also what it is not time for yet."),
        *FORECAST,
        JSON,
    ),
    "rank": (
        FILE,
        click.Option(
            ["--moves"],
            is_flag=True,
            help="Also what moving a bet up or down in the queue would bring.",
        ),
        *FORECAST,
        *SCENARIO,
        JSON,
    ),
    "forecast": (
        FILE,
        _TARGET,
        click.Option(
            ["--together"],
            multiple=True,
            metavar="ID",
            help="The chance of all of these; given once for each.",
        ),
        click.Option(
            ["--by"],
            callback=parse_day_or_quarter,
            metavar="DAY",
            help=(
                "By the end of which day, or quarter such as 2027-Q1, for --together; else the"
                " horizon."
            ),
        ),
        click.Option(["--load"], is_flag=True, help="Also how busy each team is, week by week."),
        *FORECAST,
        *SCENARIO,
        JSON,
    ),
    "spikes": (FILE, *FORECAST, *SCENARIO, JSON),
    "fitness": (FILE, OPTIONAL_ID, FORECAST[0], SCENARIO[0], JSON),
    "money": (FILE, OPTIONAL_ID, *FORECAST, *SCENARIO, JSON),
    "show": (
        FILE,
        ID,
        click.Option(["--say"], is_flag=True, help="Only a sentence or two, ready to send."),
        click.Option(
            ["--why"],
            is_flag=True,
            help="Also how its figures are made, and what would change them most.",
        ),
        *FORECAST,
        *SCENARIO,
        JSON,
    ),
    "new": (
        FILE,
        click.Option(
            ["--template"],
            metavar="NAME",
            default="blank-dual-track",
            show_default=True,
            help="Which; roadmap templates lists them.",
            shell_complete=completion.complete_templates,
        ),
        click.Option(
            ["--as-of"],
            callback=parse_day,
            metavar="DAY",
            help="The day its dates are told for; else today.",
        ),
        JSON,
    ),
    "templates": (JSON,),
    "import": (
        click.Argument(["csv"], metavar="CSV", shell_complete=completion.complete_files),
        FILE,
        click.Option(["--yes"], is_flag=True, help="Write it; without this, it is only shown."),
        click.Option(
            ["--map", "maps"],
            multiple=True,
            metavar="MEANING=COLUMN",
            help=(
                "Which column holds what, such as title=Name; an empty one takes none. May be given"
                " again."
            ),
        ),
        click.Option(
            ["--keep"],
            is_flag=True,
            help="Change nothing that FILE says; add, and fill in what is not there.",
        ),
        click.Option(
            ["--track"],
            type=click.Choice(["product", "model", "spike"]),
            default="product",
            show_default=True,
            help="The track of rows that don't say it.",
        ),
        click.Option(
            ["--unit"],
            type=click.Choice(["hours", "days", "weeks", "months"]),
            default="weeks",
            show_default=True,
            help="What effort is counted in, of one person, where its column doesn't say it.",
        ),
        click.Option(
            ["--points"],
            type=click.FloatRange(min=0, min_open=True),
            metavar="N",
            help="How many story points a person does in a week; left out, points are not read.",
        ),
        click.Option(
            ["--encoding"],
            metavar="NAME",
            help="How the CSV is encoded, if not in UTF-8: cp1252, …",
        ),
        IF_SHA256,
        JSON,
    ),
    "set": (FILE, PATH, click.Argument(["value"]), IF_SHA256, JSON),
    "unset": (FILE, PATH, IF_SHA256, JSON),
    "answer": (
        FILE,
        click.Argument(
            ["name"],
            metavar="SPIKE",
            shell_complete=completion.complete_from_roadmap(completion.spike_ids),
        ),
        click.Argument(
            ["verdict"],
            type=click.Choice(["yes", "no", "unclear", "confirmed", "refuted", "inconclusive"]),
            metavar="yes|no|unclear",
        ),
        click.Option(
            ["--learned"], metavar="TEXT", help="What was found out, so that nobody asks again."
        ),
        IF_SHA256,
        JSON,
    ),
    "measure": (
        FILE,
        click.Argument(
            ["path"],
            metavar="ID.BAR",
            shell_complete=completion.complete_from_roadmap(completion.bar_paths),
        ),
        click.Option(
            ["--hits"], type=click.IntRange(min=0), metavar="K", help="How many cases were right …"
        ),
        click.Option(["--of"], type=click.IntRange(min=0), metavar="N", help="… of how many."),
        click.Option(["--value"], type=float, metavar="V", help="Or a value …"),
        click.Option(
            ["--low"], type=float, metavar="L", help="… with the low end of its 95 % interval …"
        ),
        click.Option(["--high"], type=float, metavar="H", help="… and the high end."),
        *(
            click.Option([f"--{name}"], type=click.IntRange(min=0), metavar="N", help=words)
            for name, words in _COUNT_HELP
        ),
        click.Option(
            ["--on"],
            callback=parse_day,
            metavar="DAY",
            help="When; left out, the file's as_of, or else today.",
        ),
        click.Option(["--dataset"], metavar="NAME", help="On which cases."),
        click.Option(
            ["--csv"],
            metavar="FILE",
            help="Measurements from a CSV file: columns as these options.",
        ),
        IF_SHA256,
        JSON,
    ),
    "add": (
        FILE,
        click.Argument(
            ["track"], type=click.Choice(["product", "model", "spike"]), metavar="TRACK"
        ),
        click.Argument(["name"], metavar="ID"),
        click.Option(["--title"], help="Its title; left out, the id as words."),
        click.Option(["--effort"], help='S, M, L, XL, or person-weeks: 4, or "[3, 4, 9]".'),
        click.Option(
            ["--needs"],
            multiple=True,
            metavar="ID",
            help="What must deliver first; may be given again.",
        ),
        IF_SHA256,
        JSON,
    ),
    "remove": (
        FILE,
        ID,
        click.Option(
            ["--mentions"], is_flag=True, help="Also take it out of what other items need."
        ),
        IF_SHA256,
        JSON,
    ),
    "rename": (
        FILE,
        click.Argument(["old"], shell_complete=_COMPLETE_ITEMS),
        click.Argument(["new"]),
        IF_SHA256,
        JSON,
    ),
    "fmt": (
        FILES,
        click.Option(
            ["--check"],
            is_flag=True,
            help="Change nothing; exit code 1 tells that a file would change.",
        ),
        click.Option(
            ["--upgrade"], is_flag=True, help="Also bring a file of an older format up to this one."
        ),
        JSON,
    ),
    "diff": (
        FILE,
        click.Argument(["revs"], metavar="[REV] [REV]", nargs=-1),
        click.Option(
            ["--format", "form"],
            type=click.Choice(["text", "md"]),
            default="text",
            show_default=True,
        ),
        *FORECAST,
        JSON,
    ),
    "log": (
        FILE,
        ID,
        click.Option(
            ["--limit"],
            type=click.IntRange(1, 10_000),
            metavar="N",
            default=50,
            show_default=True,
            help="How many commits are looked at, the newest first.",
        ),
        *FORECAST,
        JSON,
    ),
    "calibrate": (
        FILE,
        click.Option(
            ["--git"], is_flag=True, help="Also by what was said when work began, from the commits."
        ),
        JSON,
    ),
    "export": (
        FILE,
        click.Option(
            ["--format", "form"],
            type=click.Choice([each.name for each in FORMATS]),
            default="md",
            show_default=True,
            help="\n".join(f"{each.name}: {each.help}." for each in FORMATS),
        ),
        click.Option(
            ["--for", "audience"],
            type=click.Choice([each.name for each in AUDIENCES]),
            help="\n".join(f"{each.name}: {each.help}." for each in AUDIENCES),
        ),
        click.Option(
            ["--picture"],
            type=click.Choice([each.name for each in PICTURES]),
            help="\n".join(f"{each.name}: {each.help}." for each in PICTURES),
        ),
        click.Option(
            ["--item"], metavar="ID", help="A document about one item: for a model, its card."
        ),
        click.Option(
            ["--template", "template_file"],
            metavar="FILE",
            help="A Jinja2 template of your own, for md or html.",
        ),
        click.Option(
            ["--assets"], metavar="FOLDER", help="Write the pictures of an md there, and link them."
        ),
        click.Option(
            ["--out", "-o"], metavar="OUT", help="Write to this file instead of standard output."
        ),
        *FORECAST,
        *SCENARIO,
        JSON,
    ),
    "portfolio": (
        click.Argument(["folder"]),
        click.Option(
            ["--format", "form"],
            type=click.Choice(["text", "md"]),
            default="text",
            show_default=True,
        ),
        click.Option(
            ["--executor", "engine"],
            metavar="ENGINE",
            help="Work on an engine that runs: dask://HOST:PORT.",
        ),
        *(click.Option([f"--tls-{name}"], metavar="PEM", help=words) for name, words in _TLS_HELP),
        click.Option(
            ["--jobs"],
            type=click.IntRange(1, 256),
            metavar="N",
            help="How many processes; else the cores.",
        ),
        *FORECAST,
        JSON,
    ),
    "serve": (
        FILE,
        click.Option(
            ["--host"],
            metavar="HOST",
            default="127.0.0.1",
            show_default=True,
            help="The address to listen at.",
        ),
        click.Option(
            ["--port"],
            type=click.IntRange(0, 65_535),
            metavar="N",
            default=8000,
            show_default=True,
            help="Its port; 0 takes one that is free.",
        ),
        click.Option(
            ["--name", "names"],
            multiple=True,
            metavar="NAME",
            help="Another name by which browsers call this machine; may be given again.",
        ),
    ),
    "schema": (
        click.Option(
            ["--of"],
            metavar="file|failure|COMMAND",
            default="file",
            show_default=True,
            help=(
                "Of the file, or of what a command answers as JSON; failure is the answer of any"
                " that fails."
            ),
            shell_complete=lambda _context, _option, begun: [
                CompletionItem(name)
                for name in ("file", "failure", *COMMANDS)
                if name.startswith(begun)
            ],
        ),
    ),
    "mcp": (
        click.Argument(
            ["folder"], metavar="[FOLDER]", default=".", shell_complete=completion.complete_files
        ),
    ),
    "completions": (
        click.Argument(
            ["shell"], type=click.Choice(["bash", "zsh", "fish"]), metavar="bash|zsh|fish"
        ),
    ),
    "git": (
        click.Argument(["task"], type=click.Choice(["setup"]), metavar="setup"),
        click.Argument(["files"], metavar="[FILE]...", nargs=-1),
        click.Option(["--remove"], is_flag=True, help="Undo it."),
        JSON,
    ),
    "merge-driver": (
        click.Argument(["base"]),
        click.Argument(["ours"]),
        click.Argument(["theirs"]),
        click.Argument(["size"], type=click.IntRange(1, 1000), default=7),
        click.Argument(["name"], default=""),
        click.Argument(["labels"], metavar="[LABEL]...", nargs=-1),
    ),
}
