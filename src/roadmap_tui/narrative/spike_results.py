"""Open questions of spikes, and lessons learned."""

from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.narrative import item_figures
from roadmap_tui.narrative.plan_tables import fallback_text
from roadmap_tui.plan.items import Item, Spike
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.text.numbers import format_chance

_ORDER = ("refuted", "inconclusive", "failed", "dropped", "confirmed")


@dataclass(frozen=True, slots=True)
class SpikeQuestion:
    """An open spike: question, date of the answer, and what follows from a no."""

    question: str
    by: str
    odds: str
    bet: str
    now: str
    after_yes: str
    after_no: str
    on_no: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a spike or an item has shown."""

    id: str
    title: str
    outcome: str
    text: str


def open_questions(plan: Plan, forecast: Forecast) -> Iterator[SpikeQuestion]:
    """Open spikes that inform an open bet, by expected date of the answer."""
    for name in forecast.build_order:
        spike, item = plan.items[name], forecast.items[name]
        if isinstance(spike, Spike) and spike.informs is not None and item.odds is not None:
            odds = item.odds
            yield SpikeQuestion(
                spike.question or item.title,
                item_figures.format_finish_range(forecast, item),
                item_figures.format_delivery_chance(item),
                forecast.items[spike.informs].title,
                format_chance(odds.before),
                format_chance(odds.after_yes),
                format_chance(odds.after_no),
                refutation_effect(plan, forecast, spike),
            )


def refutation_effect(plan: Plan, forecast: Forecast, spike: Spike) -> str:
    """What happens to a spike's bet and its dependents if the answer is no."""
    bet = spike.informs or ""
    title = forecast.items[bet].title
    if spike.on_refuted == "continue":
        return f"{title} goes on"
    waiting = (bet, *forecast.items[bet].dependents)
    instead = next(filter(None, (fallback_text(plan, forecast, each) for each in waiting)), "")
    return f"{title} is dropped" + (f"; {instead}" if instead else "")


def lessons_learned(plan: Plan, forecast: Forecast) -> Iterator[Lesson]:
    """Lessons, refuted spikes first: a refutation is a result."""
    outcomes = [(_outcome(item), name, item) for name, item in plan.items.items()]
    for outcome, name, item in sorted(outcomes, key=lambda each: _outcome_order(each[0])):
        answer = item.answer if isinstance(item, Spike) else None
        texts = [text for text in (answer, item.learned) if text]
        if texts:
            yield Lesson(name, forecast.items[name].title, outcome, _join_sentences(texts))


def _outcome(item: Item) -> str:
    return (item.verdict if isinstance(item, Spike) else None) or item.status


def _outcome_order(outcome: str) -> int:
    return _ORDER.index(outcome) if outcome in _ORDER else len(_ORDER)


def _join_sentences(texts: list[str]) -> str:
    return " ".join(
        text if text.rstrip().endswith((".", "!", "?")) else f"{text.rstrip()}." for text in texts
    )
