"""What a roadmap's spikes are finding out, and what was learned."""

from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.plan.items import Item, Spike
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.report import figures
from roadmap_tui.report.sections import fallback
from roadmap_tui.report.words import percent

_ORDER = ("refuted", "inconclusive", "failed", "dropped", "confirmed")


@dataclass(frozen=True, slots=True)
class Question:
    """An open spike: what it asks, when the answer comes, and what follows from a no."""

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
    """What a spike or an item has taught."""

    id: str
    title: str
    outcome: str
    text: str


def questions(plan: Plan, forecast: Forecast) -> Iterator[Question]:
    """Every open spike that is a reading of an open bet, in the order in which answers may come."""
    for name in forecast.list:
        spike, item = plan.items[name], forecast.items[name]
        if isinstance(spike, Spike) and spike.informs is not None and item.odds is not None:
            odds = item.odds
            yield Question(
                spike.question or item.title,
                figures.when(forecast, item),
                figures.ships(item),
                forecast.items[spike.informs].title,
                percent(odds.before),
                percent(odds.after_yes),
                percent(odds.after_no),
                on_no(plan, forecast, spike),
            )


def on_no(plan: Plan, forecast: Forecast, spike: Spike) -> str:
    """What happens to a spike's bet, and to what waits for it, if the answer is no."""
    bet = spike.informs or ""
    title = forecast.items[bet].title
    if spike.on_refuted == "continue":
        return f"{title} goes on"
    waiting = (bet, *forecast.items[bet].holds_up)
    instead = next(
        (text for text in (fallback(plan, forecast, each) for each in waiting) if text), ""
    )
    return f"{title} is dropped" + (f"; {instead}" if instead else "")


def lessons(plan: Plan, forecast: Forecast) -> Iterator[Lesson]:
    """What was learned, refuted first; a refuted spike is a result."""
    told = [(_outcome(item), name, item) for name, item in plan.items.items()]
    for outcome, name, item in sorted(told, key=lambda each: _place(each[0])):
        answer = item.answer if isinstance(item, Spike) else None
        texts = [text for text in (answer, item.learned) if text]
        if texts:
            yield Lesson(name, forecast.items[name].title, outcome, _sentences(texts))


def _outcome(item: Item) -> str:
    return (item.verdict if isinstance(item, Spike) else None) or item.status


def _place(outcome: str) -> int:
    return _ORDER.index(outcome) if outcome in _ORDER else len(_ORDER)


def _sentences(texts: list[str]) -> str:
    return " ".join(
        text if text.rstrip().endswith((".", "!", "?")) else f"{text.rstrip()}." for text in texts
    )
