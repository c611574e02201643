"""What stands above and below every table: as of when, and what its figures mean."""

from collections.abc import Iterator

from roadmap_tui.cli.source import Forecasted
from roadmap_tui.cli.table import bold, wrapped
from roadmap_tui.files.display import printable
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.report.figures import GUESS
from roadmap_tui.report.words import date

_FACTS = " · "


def heading(found: Forecasted, *facts: str) -> Iterator[str]:
    """The roadmap's title, the facts given, the as-of date, and what a range means."""
    forecast = found.forecast
    yield bold(printable(found.title))
    futures = f"{forecast.futures:,} futures, seed {forecast.seed}"
    yield from wrapped(_FACTS.join([*facts, f"as of {date(forecast.as_of)}", "ranges hold 8 times in 10", futures]))
    yield ""


def legend(forecast: Forecast) -> Iterator[str]:
    """What the mark of a guess means, where there are guesses."""
    if any(item.guesses for item in forecast.items.values()):
        yield from wrapped(f"{GUESS} rests on a guess: a field that the file leaves out. `show FILE ID` names it.")
