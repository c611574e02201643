"""One item's figures in words, marked ``~`` where they rest on a guess."""

from collections.abc import Iterable
from itertools import pairwise

from roadmap_tui.files.display import printable
from roadmap_tui.forecast.summary import Forecast, ItemForecast, RankRow
from roadmap_tui.report.words import in_ten, number, percent, span

GUESS = "~"
_EVER_DIFFERS = 0.03
_CHANCES = {"chance", "yes_if_works", "yes_if_not"}
_EFFORTS = {"effort", "timebox"}
_TIMES = _EFFORTS | _CHANCES


def ships(item: ItemForecast) -> str:
    """The chance to deliver within the horizon; of an open spike, the odds of a yes."""
    if item.odds is not None:
        return marked(f"yes {in_ten(item.odds.yes)}", _rests(item.guesses, _CHANCES))
    return marked(percent(item.ships), _rests(item.guesses, _TIMES))


def when(forecast: Forecast, item: ItemForecast) -> str:
    """The 80 % range of the finish, if it ships."""
    return date_marked(item, span(forecast, item.finish))


def date_marked(item: ItemForecast, text: str) -> str:
    """A date of an item's finish, marked if it rests on a guess."""
    fields = _EFFORTS if item.odds is not None else _TIMES
    return marked(text, item.finish is not None and _rests(item.guesses, fields))


def ever(item: ItemForecast) -> str:
    """The chance to deliver at all, where it is not much the same as within the horizon; else nothing."""
    if item.ever - item.ships < _EVER_DIFFERS:
        return ""
    return marked(percent(item.ever), _rests(item.guesses, _CHANCES))


def score(row: RankRow) -> str:
    """The weighted score, as it comes out of the factors as they are shown; ``–`` without one."""
    if row.weighted is None:
        return "–"
    value, chance, effort = _factors(row)
    shown = (
        float(value.replace(",", ""))
        * float(chance.removesuffix("%"))
        / 100
        / float(effort.replace(",", ""))
    )
    return marked(number(shown), bool(row.guesses))


def factors(row: RankRow) -> tuple[str, str, str]:
    """Value, chance to deliver and effort: value × chance ÷ effort is the weighted score."""
    value, chance, effort = _factors(row)
    return (
        marked(value, "value" in row.guesses),
        marked(chance, "delivers" in row.guesses),
        marked(effort, "effort" in row.guesses),
    )


def _factors(row: RankRow) -> tuple[str, str, str]:
    return number(row.value), _precise(row.delivers), number(row.effort)


def _precise(chance: float) -> str:
    """A chance that can be multiplied by: ``57%``, with more digits near 0 and 1."""
    return f"{chance * 100:.0f}%" if 0.1 <= chance < 0.995 else f"{chance * 100:.3g}%"


def rank_range(row: RankRow) -> str:
    """The 80 % range of the rank; ``–`` without one."""
    if row.rank_range is None:
        return "–"
    low, high = row.rank_range
    return str(low) if low == high else f"{low}–{high}"


def shift(row: RankRow) -> str:
    """How many places weighting moved it from its plain rank: ``▲2``, ``▼1``, ``·``; nothing without both ranks."""
    return (
        ""
        if row.plain is None or row.weighted is None
        else places(row.plain.rank, row.weighted.rank)
    )


def places(before: int, after: int) -> str:
    """How many places a rank is better or worse: ``▲2``, ``▼1``, ``·``."""
    moved = before - after
    return f"▲{moved}" if moved > 0 else f"▼{-moved}" if moved < 0 else "·"


def brackets(ranking: Iterable[RankRow]) -> list[str]:
    """A sign for each row that ties it to the neighbours it is too close to call with."""
    rows = list(ranking)
    below = [upper.id in lower.too_close_with for upper, lower in pairwise(rows)]
    signs = {(False, True): "┌", (True, True): "│", (True, False): "└", (False, False): ""}
    return (
        [signs[pair] for pair in zip([False, *below], [*below, False], strict=True)] if rows else []
    )


def marked(text: str, guess: bool) -> str:
    """The text, marked if it rests on a guess."""
    return f"{GUESS}{text}" if guess else text


def named_field(forecast: Forecast, item: str, field: str) -> str:
    """A number by its name and its item's: ``effort of Help index``."""
    return f"{field} of {printable(forecast.items[item].title)}"


def _rests(guesses: Iterable[str], fields: set[str]) -> bool:
    """Whether one of these fields, of the item or of what it waits for, is a guess."""
    return any(guess.rpartition(".")[2] in fields for guess in guesses)


def top_words(top: dict[int, float]) -> str:
    """The chances to be among the best: ``first 31%, in the top 3 74%``."""
    parts = [
        f"{'first' if k == 1 else f'in the top {k}'} {percent(share)}" for k, share in top.items()
    ]
    return ", ".join(parts)
