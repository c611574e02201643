"""Answers as sentences for a stakeholder."""

from roadmap_tui.files.display import printable
from roadmap_tui.forecast.summary import Forecast, ItemForecast
from roadmap_tui.plan.items import Product
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.report.words import by, in_ten, month, percent, span


def say(plan: Plan, forecast: Forecast, name: str) -> str:
    """The answer about one item in a sentence or two, ready to send."""
    item = forecast.items[name]
    title = printable(item.title)
    if item.status not in {"planned", "active"}:
        learned = plan.items[name].learned
        return f"{labelled(title)} {item.status}." + (f" {printable(learned)}" if learned else "")
    if item.odds is not None:
        asked = title if title.endswith(("?", "!", ".")) else f"{title}?"
        if item.finish is None:
            return f"{asked} No answer as planned."
        return (
            f"{asked} An answer {by(span(forecast, item.finish))}; {in_ten(item.odds.yes)} that it"
            " is yes."
        )
    parts = [f"{title}: {when(forecast, item)}"]
    waited = next_decision(forecast, name)
    if waited is not None:
        spike = forecast.items[waited]
        parts.append(f"Next decision: {span(forecast, spike.finish)}, {printable(spike.title)}")
    source = plan.items[name]
    if isinstance(source, Product) and source.or_else:
        parts.append(f"If not: {printable(source.or_else)}")
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts)


def labelled(title: str) -> str:
    """The title as the beginning of a sentence about it."""
    return title if title.endswith(("?", "!", ":")) else f"{title}:"


def when(forecast: Forecast, item: ItemForecast) -> str:
    """When an open item may deliver, and whether."""
    if item.finish is None:
        return "will not deliver as planned"
    return (
        f"{span(forecast, item.finish)} (8 in 10) if it ships; "
        f"{percent(item.ships)} that it ships by {month(forecast.until)}"
    )


def next_decision(forecast: Forecast, name: str) -> str | None:
    """The open spike among all that an item waits for whose answer comes first; None if there is none."""
    seen, waiting = {name}, [name]
    spikes: list[str] = []
    while waiting:
        for each in forecast.items[waiting.pop()].waits_for:
            if each not in seen:
                seen.add(each)
                waiting.append(each)
                if forecast.items[each].odds is not None:
                    spikes.append(each)
    return min(spikes, key=lambda each: finish_p50(forecast.items[each]), default=None)


def finish_p50(item: ItemForecast) -> float:
    """The likely finish in weeks; infinity if it has none."""
    return item.finish.p50 if item.finish else float("inf")
