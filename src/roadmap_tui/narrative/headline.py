"""Headline about a plan that was just started."""

from collections.abc import Iterator

from roadmap_tui.forecast.analysis.delivery_count import DeliveryCount
from roadmap_tui.forecast.simulation.results import Forecast, ItemForecast
from roadmap_tui.narrative.item_figures import format_delivery_chance, people_clause
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_chance, format_count, format_people
from roadmap_tui.text.terminal_text import escape_control


def headline_sentence(forecast: Forecast) -> str:
    """The chance of the first feature and its main risk; empty without an open feature."""
    features = (
        each
        for each in forecast.items.values()
        if each.kind == "product" and each.finish is not None
    )
    feature = next(features, None)
    if feature is None:
        return ""
    chance = (
        f"{format_delivery_chance(feature)} chance that {escape_control(feature.title)} ships by"
        f" {format_date(forecast.horizon_end)}{people_clause(feature)}"
    )
    weakest = min(_prerequisites(forecast, feature), key=lambda each: each.ships, default=None)
    if weakest is None or weakest.ships >= 1:
        return f"{chance}."
    cause = f"{escape_control(weakest.title)}, {format_delivery_chance(weakest)}"
    return f"{chance}; mostly because of {cause}."


def _prerequisites(forecast: Forecast, item: ItemForecast) -> Iterator[ItemForecast]:
    """All predecessors of an item except spikes."""
    seen, waiting = {item.id}, [item.id]
    while waiting:
        for name in forecast.items[waiting.pop()].predecessors:
            if name not in seen:
                seen.add(name)
                waiting.append(name)
                if forecast.items[name].odds is None:
                    yield forecast.items[name]


def delivery_sentence(count: DeliveryCount, forecast: Forecast) -> str:
    """``5.2 of 9 open items expected to ship by …, 3–7 (80% range); …``; empty without any."""
    if not count.open:
        return ""
    ends = str(count.p10) if count.p10 == count.p90 else f"{count.p10}–{count.p90}"
    ships = (
        f"{format_people(count.mean)} of {format_count(count.open, 'open item')} expected to ship"
        f" by {format_date(forecast.horizon_end)}, {ends} (80% range)"
    )
    if count.all_kept is None:
        return f"{ships}."
    kept = "the promise is kept"
    if count.promises > 1:
        kept = f"all {count.promises} promises are kept"
    return f"{ships}; {format_chance(count.all_kept)} chance that {kept}."
