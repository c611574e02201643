"""An item's forecast as a sentence for stakeholders."""

from collections.abc import Iterable, Mapping

from roadmap_tui.forecast.simulation.results import Forecast, ItemForecast, SpikeOdds
from roadmap_tui.narrative.item_figures import (
    format_delivery_chance,
    format_finish_range,
    people_clause,
)
from roadmap_tui.plan.base import OPEN_STATUSES, Status
from roadmap_tui.plan.items import Product
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.text.dates import format_date, format_date_range
from roadmap_tui.text.numbers import format_chance
from roadmap_tui.text.terminal_text import escape_control


def summary_sentence(plan: Plan, forecast: Forecast, name: str) -> str:
    """An item's forecast in a few sentences, ready to send."""
    item = forecast.items[name]
    title = escape_control(item.title)
    if item.status not in OPEN_STATUSES:
        return _join_sentences([f"{title} {_STANDINGS[item.status]}", plan.items[name].learned])
    if item.odds is not None:
        return _spike_sentence(forecast, item, item.odds)
    sentences = [outlook_sentence(forecast, item), _decision_sentence(forecast, name)]
    source = plan.items[name]
    if isinstance(source, Product) and source.fallback:
        sentences.append(f"If it doesn't ship: {source.fallback}")
    return _join_sentences(sentences)


_STANDINGS: Mapping[Status, str] = {
    "idea": "is an idea and isn't scheduled",
    "live": "is live",
    "done": "is done",
    "failed": "failed",
    "dropped": "was dropped",
}


def outlook_sentence(forecast: Forecast, item: ItemForecast) -> str:
    """An open item's chance to ship, and when it does if it ships."""
    title = escape_control(item.title)
    if item.finish is None:
        return f"{title} can't ship as planned."
    return (
        f"{title} has a {format_delivery_chance(item)} chance of shipping by"
        f" {format_date(forecast.horizon_end)}. If it ships, expect"
        f" {format_finish_range(forecast, item)} (80% range{people_clause(item)})."
    )


def _decision_sentence(forecast: Forecast, name: str) -> str | None:
    waited = next_decision(forecast, name)
    if waited is None:
        return None
    spike = forecast.items[waited]
    return f"Next decision {format_date_range(forecast, spike.finish)}: {spike.title}"


def _spike_sentence(forecast: Forecast, item: ItemForecast, odds: SpikeOdds) -> str:
    title = escape_control(item.title)
    question = title if title.endswith(("?", "!", ".")) else f"{title}?"
    if item.finish is None:
        return f"{question} It can't report as planned."
    return (
        f"{question} Result expected {format_date_range(forecast, item.finish)};"
        f" {format_chance(odds.p_yes)} chance of a yes."
    )


def _join_sentences(sentences: Iterable[str | None]) -> str:
    """The sentences that are there, each with an end."""
    present = [escape_control(each) for each in sentences if each]
    return " ".join(each if each.endswith((".", "?", "!")) else f"{each}." for each in present)


def next_decision(forecast: Forecast, name: str) -> str | None:
    """The open spike upstream of an item whose answer comes first; None if there is none."""
    seen, waiting = {name}, [name]
    spikes: list[str] = []
    while waiting:
        for each in forecast.items[waiting.pop()].predecessors:
            if each not in seen:
                seen.add(each)
                waiting.append(each)
                if forecast.items[each].odds is not None:
                    spikes.append(each)
    return min(spikes, key=lambda each: likely_finish(forecast.items[each]), default=None)


def likely_finish(item: ItemForecast) -> float:
    """The likely finish in weeks; infinity if it has none."""
    return item.finish.p50 if item.finish else float("inf")
