"""Impact of an item's failure on other items, as sentences."""

from itertools import chain

from roadmap_tui.forecast.simulation.results import Forecast, ItemForecast
from roadmap_tui.narrative.item_figures import format_ships
from roadmap_tui.plan.base import DELIVERED_STATUSES
from roadmap_tui.plan.failure_impact import (
    DependencyState,
    FailureImpact,
    assess_failure,
    bet_dropped_by,
)
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.text.numbers import format_chance
from roadmap_tui.text.terminal_text import escape_control

_MIN_DIFFERENCE = 0.03
"""If ships-ever and ships-by-horizon differ by less, only the latter is shown."""


def item_failure_impact(waiting: DependencyState, name: str) -> FailureImpact:
    """What follows if an item fails; for an open spike, what follows from a no."""
    return assess_failure(waiting, bet_dropped_by(waiting.plan, name) or name)


def impact_sentences(
    plan: Plan, forecast: Forecast, name: str, after: FailureImpact
) -> tuple[str, str, list[str]]:
    """Describe the impact of an item's failure.

    Args:
        plan: the plan.
        forecast: its forecast.
        name: the item's id.
        after: the impact.

    Returns:
        The condition, what is lost, and the rest: covers, activated fallbacks, and what else the
        lost items depend on.
    """
    item = forecast.items[name]
    if item.status in DELIVERED_STATUSES:
        return f"It is {item.status}:", "nothing is in doubt because of it", []
    words = _ItemNames(forecast)
    bet = bet_dropped_by(plan, name)
    if item.kind == "spike" and bet is None and not after.lost:
        return _condition_clause(item), "nothing is dropped because of it", []
    return _condition_clause(item), _loss_clause(words, bet, after), _consequences(words, after)


def _loss_clause(words: "_ItemNames", bet: str | None, after: FailureImpact) -> str:
    lost = words.lost_clause(after)
    return f"{words.title(bet)} is dropped, {lost}" if bet else lost


def _consequences(words: "_ItemNames", after: FailureImpact) -> list[str]:
    """Covers, activated fallbacks, and what else the lost items depend on."""
    named = set(chain.from_iterable(after.alternatives.values()))
    return [
        *(
            f"{words.title(each)} is covered by {words.titles(left)}"
            for each, left in after.alternatives.items()
        ),
        *(
            f"plan B gets its turn: {words.title_with_chance(each)}"
            for each in after.activated_fallbacks
            if each not in named
        ),
        *(
            f"{words.title(each)} also waits for {words.titles_with_chances(left)}"
            for each, left in after.remaining_needs.items()
            if left
        ),
    ]


def _condition_clause(item: ItemForecast) -> str:
    if item.odds is not None:
        return f"If the result is no ({format_chance(1 - item.odds.p_yes)}):"
    if item.status == "idea":
        return "Without it:"
    if item.status in {"failed", "dropped"}:
        return "It is dropped:" if item.status == "dropped" else "It failed:"
    ships = (
        item.p_delivered if abs(item.p_delivered - item.ships) >= _MIN_DIFFERENCE else item.ships
    )
    return f"If it never ships ({format_chance(1 - ships)}):"


class _ItemNames:
    """Item titles for use in sentences."""

    def __init__(self, forecast: Forecast) -> None:
        self._items = forecast.items

    def title(self, name: str) -> str:
        return escape_control(self._items[name].title)

    def titles(self, names: tuple[str, ...]) -> str:
        return " or ".join(map(self.title, names))

    def title_with_chance(self, name: str) -> str:
        item = self._items[name]
        if item.kind == "spike":
            return self.title(name)
        return f"{self.title(name)} {format_ships(item)}"

    def titles_with_chances(self, names: tuple[str, ...]) -> str:
        return ", ".join(map(self.title_with_chance, names))

    def lost_clause(self, after: FailureImpact) -> str:
        """How many items can't ship, and which."""
        if not after.lost:
            return "nothing else is lost"
        return f"{len(after.lost)} can't ship: {self.titles_with_chances(after.lost)}"
