"""An item's forecast as a sentence for stakeholders."""

from roadmap_tui.forecast.simulation.results import Forecast, ItemForecast, SpikeOdds
from roadmap_tui.plan.items import Product
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.text.dates import format_date, format_date_range, prefix_by
from roadmap_tui.text.numbers import format_chance, format_odds
from roadmap_tui.text.terminal_text import escape_control


def summary_sentence(plan: Plan, forecast: Forecast, name: str) -> str:
    """An item's forecast in one or two sentences, ready to send."""
    item = forecast.items[name]
    title = escape_control(item.title)
    if item.status not in {"planned", "active"}:
        learned = plan.items[name].learned
        return f"{title_with_colon(title)} {item.status}." + (
            f" {escape_control(learned)}" if learned else ""
        )
    if item.odds is not None:
        return _spike_sentence(forecast, item, item.odds)
    parts = [f"{title}: {outlook_clause(forecast, item)}"]
    waited = next_decision(forecast, name)
    if waited is not None:
        spike = forecast.items[waited]
        parts.append(
            f"Next decision: {format_date_range(forecast, spike.finish)},"
            f" {escape_control(spike.title)}"
        )
    source = plan.items[name]
    if isinstance(source, Product) and source.fallback:
        parts.append(f"If not: {escape_control(source.fallback)}")
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts)


def _spike_sentence(forecast: Forecast, item: ItemForecast, odds: SpikeOdds) -> str:
    title = escape_control(item.title)
    asked = title if title.endswith(("?", "!", ".")) else f"{title}?"
    if item.finish is None:
        return f"{asked} No answer as planned."
    return (
        f"{asked} An answer {prefix_by(format_date_range(forecast, item.finish))};"
        f" {format_odds(odds.p_yes)} that it is yes."
    )


def title_with_colon(title: str) -> str:
    """The title as the beginning of a sentence."""
    return title if title.endswith(("?", "!", ":")) else f"{title}:"


def outlook_clause(forecast: Forecast, item: ItemForecast) -> str:
    """When an open item may deliver, and its chance."""
    if item.finish is None:
        return "will not deliver as planned"
    return (
        f"{format_date_range(forecast, item.finish)} (8 in 10) if it ships; "
        f"{format_chance(item.ships)} that it ships by {format_date(forecast.horizon_end)}"
    )


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
