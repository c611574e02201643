"""One-line outlook of an open item: date, chance, next decision, fallback."""

from roadmap_tui.forecast.analysis.what_if import finish_quantile
from roadmap_tui.forecast.simulation.results import ItemForecast
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.item_figures import format_delivery_chance, mark_finish_date
from roadmap_tui.narrative.plan_tables import fallback_text
from roadmap_tui.narrative.summary_sentence import next_decision
from roadmap_tui.text.dates import (
    date_precision,
    format_date_range,
    format_day,
    format_month,
    prefix_by,
)
from roadmap_tui.text.numbers import format_chance

_SURE = 0.85


def item_phrase(context: ReportContext, item: ItemForecast) -> str:
    """The outlook of an open item, without its title.

    ``by Mar 2027 (85%: Apr 2027) if it ships; chance 57%; next decision 4 Dec 2026: …; if no: …``
    """
    parts = []
    if item.finish:
        parts = [_finish_clause(context, item), f"chance {format_delivery_chance(item)}"]
    parts = parts or ["won't ship as planned"]
    parts += [
        f"next decision {decided}" for decided in [_next_decision(context, item.id)] if decided
    ]
    parts += [
        f"if no: {instead}"
        for instead in [fallback_text(context.plan, context.forecast, item.id)]
        if instead
    ]
    return "; ".join(parts)


def end_sentence(text: str) -> str:
    """Add a full stop unless the text ends with punctuation."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _finish_clause(context: ReportContext, item: ItemForecast) -> str:
    """The median finish and the 85 % date, with years."""
    sure = finish_quantile(context.run.simulation, item.id, _SURE)
    if item.finish is None or sure is None:
        return "won't ship as planned"
    middle, late = _format_week(context, item, item.finish.p50), _format_week(context, item, sure)
    beside = "" if late == middle and "after " in late else f" ({format_chance(_SURE)}: {late})"
    return f"{prefix_by(mark_finish_date(item, middle))}{beside} if it ships"


def _format_week(context: ReportContext, item: ItemForecast, weeks: float) -> str:
    forecast = context.forecast
    if weeks > forecast.horizon:
        return f"after {format_month(forecast.horizon_end)}"
    how = date_precision(item.finish) if item.finish else "week"
    day = forecast.day(weeks)
    if day > forecast.as_of:
        return format_day(day, how, forecast.as_of)
    return f"{format_day(day, how, day)} {day.year}"


def _next_decision(context: ReportContext, name: str) -> str:
    """The earliest answer among the spikes an item depends on; empty if there is none."""
    waited = next_decision(context.forecast, name)
    if waited is None:
        return ""
    spike = context.forecast.items[waited]
    return f"{format_date_range(context.forecast, spike.finish)}: {spike.title}"
