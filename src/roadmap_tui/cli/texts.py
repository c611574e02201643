"""What stands above and below every table: as of when, and what its figures mean."""

from collections.abc import Iterator

from roadmap_tui.cli.source import Forecasted
from roadmap_tui.cli.table import bold, headline, wrapped
from roadmap_tui.files.display import printable
from roadmap_tui.fitness.plan_cost import Expected, expected
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.history.moves import moves
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.report.currency import Currency
from roadmap_tui.report.data import Data, scenario_data
from roadmap_tui.report.figures import GUESS
from roadmap_tui.report.moved import told_between
from roadmap_tui.report.trial import cost_change, value_change
from roadmap_tui.report.words import date

_FACTS = " · "


def heading(title: str, forecast: Forecast, *facts: str) -> Iterator[str]:
    """The roadmap's title, the facts given, the as-of date, and what a range means."""
    yield from headline(printable(title))
    futures = f"{forecast.futures:,} futures, seed {forecast.seed}"
    yield from wrapped(
        _FACTS.join([*facts, f"as of {date(forecast.as_of)}", "ranges hold 8 times in 10", futures])
    )
    yield ""


def beside(found: Forecasted) -> Iterator[str]:
    """The scenario that is shown, and what it does to the value and to the cost of the whole."""
    if found.scenario is not None and found.base is not None and (costs := costs_beside(found)):
        yield f"scenario {printable(found.scenario)}"
        yield from value_change(found.base, found.forecast)
        yield from cost_change(*costs, Currency.of(found.plan.roadmap.currency))


def costs_beside(found: Forecasted) -> tuple[Expected, Expected] | None:
    """What the plan is expected to cost without the scenario and with it; None where none is shown."""
    if found.without is None:
        return None
    plan, ran = found.without
    return expected(ran.simulation, plan), expected(found.run.simulation, found.plan)


def scenario_part(found: Forecasted) -> Data:
    """The scenario as data, and how the plan is without it; nothing where there is none."""
    costs = costs_beside(found)
    if found.base is None or costs is None:
        return {}
    return scenario_data(found.scenario, found.base, *costs)


def moved(found: Forecasted, name: str | None = None) -> Iterator[str]:
    """What a scenario moves, in words; of one item, if that is named."""
    if found.base is None:
        return
    told = [
        each
        for each in told_between(found.base, found.forecast, moves(found.base, found.forecast))
        if name in {None, each.id}
    ]
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
            f"{GUESS} rests on a guess: a field that the file leaves out, or calls one. `show FILE"
            " ID` names it."
        )
