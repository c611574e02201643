"""The one sentence about a plan that has just begun."""

from collections.abc import Iterator

from roadmap_tui.files.display import printable
from roadmap_tui.forecast.summary import Forecast, ItemForecast
from roadmap_tui.report.words import month, percent


def first(forecast: Forecast) -> str:
    """How likely the first feature ships, and what that is mostly because of; empty without an open feature."""
    features = (
        each
        for each in forecast.items.values()
        if each.kind == "product" and each.finish is not None
    )
    feature = next(features, None)
    if feature is None:
        return ""
    chance = (
        f"{percent(feature.ships)} that {printable(feature.title)} ships by {month(forecast.until)}"
    )
    weakest = min(_behind(forecast, feature), key=lambda each: each.ships, default=None)
    if weakest is None or weakest.ships >= 1:
        return f"{chance}."
    return f"{chance}; mostly because of {printable(weakest.title)}, {percent(weakest.ships)}."


def _behind(forecast: Forecast, item: ItemForecast) -> Iterator[ItemForecast]:
    """All that an item waits for, spikes left aside."""
    seen, waiting = {item.id}, [item.id]
    while waiting:
        for name in forecast.items[waiting.pop()].waits_for:
            if name not in seen:
                seen.add(name)
                waiting.append(name)
                if forecast.items[name].odds is None:
                    yield forecast.items[name]
