"""How an item's figures are made, and what would change them, as `roadmap show --why` tells it."""

from collections.abc import Iterator

from roadmap_tui.cli.source import Forecasted
from roadmap_tui.cli.table import Column, bold, table, wrapped
from roadmap_tui.fitness.money import plan_money
from roadmap_tui.fitness.money_swings import Tilt, tilts
from roadmap_tui.forecast.levers import levers
from roadmap_tui.forecast.pace import Check
from roadmap_tui.forecast.spikes import options
from roadmap_tui.forecast.swings import Figure, Swing, tornadoes
from roadmap_tui.forecast.trials import FUTURES, Trials
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.report import swings
from roadmap_tui.report.explain import FIGURES, Explainer
from roadmap_tui.report.explain_money import MONEY, money_told
from roadmap_tui.report.explained import Subject
from roadmap_tui.report.inputs import shown
from roadmap_tui.report.words import rounded

_MOST = 5
_COLUMNS = (
    Column("from", yields=True),
    Column("", yields=True, called="value"),
    Column("", called="where"),
)


def _explainer(found: Forecasted, check: Check) -> Explainer:
    resolved = found.run.resolved
    worths = options(resolved, found.run.order.places, check)
    money = plan_money(found.run.simulation, found.plan, check)
    return Explainer(found.document, found.plan, resolved, found.forecast, worths, money)


def _trials(found: Forecasted, check: Check) -> Trials:
    return Trials(found.run.resolved, found.forecast.list, check)


def why_lines(found: Forecasted, name: str, check: Check) -> Iterator[str]:
    """Each figure with its formula, its inputs and where they stand, and what would change it most."""
    is_open = found.forecast.items[name].status in OPEN
    trials = _trials(found, check)
    swung = _swung(trials, name) if is_open else {}
    for explained in _explainer(found, check).all(name):
        yield ""
        yield bold(explained.figure)
        for line in explained.formula:
            yield from wrapped(line, indent="  ", hang="    ")
        rows = [(given.label, shown(given), given.place) for given in explained.givens]
        if rows:
            yield from table(_COLUMNS, rows, indent="  ")
        figure = FIGURES.get(explained.subject)
        if figure is not None and is_open:
            yield from _changes(found, name, figure, trials, swung[figure])
        money = MONEY.get(explained.subject)
        if money is not None and is_open:
            yield from _lines(money_told(trials, found.plan, found.forecast, name, money)[:_MOST])


def _swung(trials: Trials, name: str) -> dict[Figure, tuple[Swing, ...]]:
    return tornadoes(trials, name, FIGURES.values())


def _changes(
    found: Forecasted, name: str, figure: Figure, trials: Trials, swung: tuple[Swing, ...]
) -> Iterator[str]:
    told = swings.told(found.forecast, figure, swung)[:_MOST]
    if figure == "rank":
        told += [swings.lever(found.forecast, each) for each in levers(trials, name)]
    yield from _lines(told)


def _lines(told: list[str]) -> Iterator[str]:
    if told:
        yield f"  what would change it most, from low to high ({FUTURES:,} futures):"
    for line in told:
        yield from wrapped(line, indent="    ", hang="      ")


def why_data(found: Forecasted, name: str, check: Check) -> dict[str, object]:
    """The same as data: formulas and inputs, and what each number's range does to each figure."""
    is_open = found.forecast.items[name].status in OPEN
    trials = _trials(found, check)
    swung = _swung(trials, name) if is_open else {}
    return {
        "why": [
            {
                "figure": each.subject,
                "value": each.figure,
                "formula": each.formula,
                "inputs": [
                    {
                        "name": given.label,
                        "value": given.value,
                        "place": given.place,
                        "guess": given.is_guess,
                    }
                    for given in each.givens
                ],
                "changes": (
                    _changes_data(found, trials, name, each.subject, swung) if is_open else []
                ),
            }
            for each in _explainer(found, check).all(name)
        ]
    }


def _changes_data(
    found: Forecasted,
    trials: Trials,
    name: str,
    subject: Subject,
    swung: dict[Figure, tuple[Swing, ...]],
) -> list[dict[str, object]]:
    figure, money = FIGURES.get(subject), MONEY.get(subject)
    if money is not None:
        return [_tilt_data(each) for each in tilts(trials, found.plan, name, money)]
    if figure is None:
        return []
    return [
        {
            "item": each.given.item,
            "field": each.given.field,
            "guess": each.given.is_guess,
            "from": rounded(each.given.low),
            "to": rounded(each.given.high),
            "low": None if each.low is None else rounded(each.low),
            "high": None if each.high is None else rounded(each.high),
        }
        for each in swung[figure]
    ]


def _tilt_data(tilt: Tilt) -> dict[str, object]:
    low, high = tilt.figures
    return {
        "item": tilt.item,
        "field": tilt.field,
        "guess": tilt.is_guess,
        "from": rounded(tilt.ends[0]),
        "to": rounded(tilt.ends[1]),
        "low": rounded(low),
        "high": rounded(high),
    }
