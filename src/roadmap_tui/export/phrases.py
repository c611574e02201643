"""One-line outlook of an open item: date, chance, next decision, fallback."""

from roadmap_tui.forecast.analysis.what_if import shipping_week
from roadmap_tui.forecast.simulation.results import ItemForecast
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.item_figures import format_delivery_chance, mark_finish_date
from roadmap_tui.narrative.plan_tables import fallback_text
from roadmap_tui.narrative.summary_sentence import next_decision
from roadmap_tui.text.dates import (
    date_precision,
    format_date,
    format_date_range,
    format_day,
    format_month,
    prefix_by,
)
from roadmap_tui.text.numbers import format_whole_percent

_SURE = 0.85


def item_phrase(context: ReportContext, item: ItemForecast) -> str:
    """The outlook of an open item, without its title.

    ``57% chance of shipping by 22 Nov 2027; likely by Mar 2027 if it ships; 85% chance by Jun 2028;
    next decision 4 Dec 2026: …; if no: …``
    """
    parts = ["won't ship as planned"]
    if item.finish:
        until = format_date(context.forecast.horizon_end)
        middle = mark_finish_date(item, _format_week(context, item, item.finish.p50))
        parts = [
            f"{format_delivery_chance(item)} chance of shipping by {until}",
            f"likely {prefix_by(middle)} if it ships",
            _late_clause(context, item),
        ]
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


def _late_clause(context: ReportContext, item: ItemForecast) -> str:
    """By when it has shipped with a chance of 85%, runs in which it never does included."""
    late = shipping_week(context.run.simulation, item.id, _SURE)
    if late is None:
        return f"never reaches {format_whole_percent(_SURE)}"
    by = prefix_by(_format_week(context, item, late))
    return f"{format_whole_percent(_SURE)} chance {by}"


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
