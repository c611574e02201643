"""What would change a figure, and what it takes, in words."""

from collections.abc import Iterable

from roadmap_tui.files.display import printable
from roadmap_tui.forecast.guesses import GuessSwing
from roadmap_tui.forecast.levers import Lever
from roadmap_tui.forecast.moves import Move
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.forecast.swings import Figure, Swing
from roadmap_tui.forecast.variants import Field, Input
from roadmap_tui.report.figures import GUESS
from roadmap_tui.report.words import date, number, ordinal, percent

FIELDS: dict[Field, str] = {
    "effort": "effort",
    "chance": "chance",
    "reach": "reach",
    "impact": "impact",
    "confidence": "confidence",
    "timebox": "timebox",
    "yes_if_works": "yes_if_works",
    "yes_if_not": "yes_if_not",
}
_CHANCES = {"chance", "confidence", "yes_if_works", "yes_if_not"}


def named(forecast: Forecast, given: Input) -> str:
    """An input: ``effort of Help index``, marked if it is a guess."""
    mark = GUESS if given.is_guess else ""
    return f"{mark}{FIELDS[given.field]} of {printable(forecast.items[given.item].title)}"


def told(forecast: Forecast, figure: Figure, swings: Iterable[Swing]) -> list[str]:
    """What each input does to a figure, those left out with which it reads the same."""
    seen = [
        each
        for each in swings
        if _figure(forecast, figure, each.low) != _figure(forecast, figure, each.high)
    ]
    return [swing(forecast, figure, each) for each in seen]


def swing(forecast: Forecast, figure: Figure, each: Swing) -> str:
    """What an input does to a figure: ``effort of Help index 2 → 9: 71% → 42%``."""
    ends = f"{_value(each.given, each.given.low)} → {_value(each.given, each.given.high)}"
    low, high = (_figure(forecast, figure, value) for value in (each.low, each.high))
    return f"{named(forecast, each.given)} {ends}: {low} → {high}"


def lever(forecast: Forecast, each: Lever) -> str:
    """What it takes to rank higher: ``3rd if effort of Help index ≤ 5``."""
    sign = "≤" if each.given.field == "effort" else "≥"
    return (
        f"{ordinal(each.rank)} if {named(forecast, each.given)} {sign}"
        f" {_value(each.given, each.value)}"
    )


def guess(forecast: Forecast, each: GuessSwing) -> str:
    """How much hangs on a guess: ``effort of Help index: it moves 3 ranks, and finishes by 5 weeks``."""
    parts = []
    if each.ranks:
        parts.append(f"{each.ranks} rank{'s' if each.ranks > 1 else ''}")
    if each.weeks >= 1:
        weeks = round(each.weeks)
        parts.append(f"a finish by {weeks} week{'s' if weeks > 1 else ''}")
    return f"{named(forecast, each.given)} moves {' and '.join(parts) or 'little'}"


def move(forecast: Forecast, each: Move) -> str:
    """What a move in the queue brings: ``Help index to now: value by the horizon +2%``."""
    along = (
        f", with {', '.join(printable(forecast.items[name].title) for name in each.along)}"
        if each.along
        else ""
    )
    return (
        f"{printable(forecast.items[each.id].title)} to {each.pin}{along}: value by the horizon"
        f" {each.gain:+.1%}"
    )


def _value(given: Input, value: float) -> str:
    return percent(value) if given.field in _CHANCES else number(value)


def _figure(forecast: Forecast, figure: Figure, value: float | None) -> str:
    if value is None:
        return "never" if figure == "finish" else "–"
    match figure:
        case "ships":
            return percent(value)
        case "finish":
            return date(forecast.day(value))
        case "rank":
            return ordinal(round(value))
    return number(value)
