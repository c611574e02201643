"""What stands above and below every table: as of when, and what its figures mean."""

from collections.abc import Iterator

from roadmap_tui.cli.source import Forecasted
from roadmap_tui.cli.table import bold, wrapped
from roadmap_tui.files.display import printable
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.history.moves import moves
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.report.figures import GUESS
from roadmap_tui.report.moved import told_between
from roadmap_tui.report.words import date, month

_FACTS = " · "


def heading(title: str, forecast: Forecast, *facts: str) -> Iterator[str]:
    """The roadmap's title, the facts given, the as-of date, and what a range means."""
    yield bold(printable(title))
    futures = f"{forecast.futures:,} futures, seed {forecast.seed}"
    yield from wrapped(_FACTS.join([*facts, f"as of {date(forecast.as_of)}", "ranges hold 8 times in 10", futures]))
    yield ""


def beside(found: Forecasted) -> Iterator[str]:
    """The scenario that is shown, and what it does to the value of the whole."""
    if found.scenario is not None and found.base is not None:
        yield f"scenario {printable(found.scenario)}"
        if found.base.value:
            change = found.forecast.value / found.base.value - 1
            yield f"value by {month(found.forecast.until)} {change:+.0%}"


def moved(found: Forecasted) -> Iterator[str]:
    """What a scenario moves, in words."""
    if found.base is None:
        return
    told = told_between(found.base, found.forecast, moves(found.base, found.forecast))
    yield bold("Against the plan as it is")
    for move in told:
        yield from wrapped("; ".join([move.sentence, *move.rest]), indent="  ", hang="    ")
    if not told:
        yield "  nothing moves"
    yield ""


def legend(forecast: Forecast) -> Iterator[str]:
    """What the mark of a guess means, where there are guesses."""
    if any(item.guesses for item in forecast.items.values() if item.status in {*OPEN, "idea"}):
        yield from wrapped(
            f"{GUESS} rests on a guess: a field that the file leaves out, or calls one. `show FILE ID` names it."
        )
