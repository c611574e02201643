"""Decisions to make, with their dates."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.item_figures import mark_finish_date
from roadmap_tui.narrative.plan_tables import fallback_text
from roadmap_tui.narrative.spike_results import refutation_effect
from roadmap_tui.plan.base import DELIVERED_STATUSES, OPEN_STATUSES
from roadmap_tui.plan.items import Model, Spike
from roadmap_tui.text.dates import format_date, format_date_range
from roadmap_tui.text.numbers import format_chance

_DOUBTFUL = 0.5


@dataclass(frozen=True, slots=True)
class _Decision:
    day: dt.date
    cells: tuple[str, str, str, str]


def decision_rows(context: ReportContext) -> list[tuple[str, str, str, str]]:
    """Rows: date, decision, what depends on it, what happens on a no; earliest first."""
    found = [*_spike_decisions(context), *_option_decisions(context), *_deadline_decisions(context)]
    return [each.cells for each in sorted(found, key=lambda each: each.day)]


def _spike_decisions(context: ReportContext) -> Iterator[_Decision]:
    """Whether to continue a bet, by spike."""
    forecast = context.forecast
    for name in forecast.build_order:
        spike, item = context.plan.items[name], forecast.items[name]
        if (
            isinstance(spike, Spike)
            and spike.informs
            and item.odds is not None
            and item.finish is not None
        ):
            bet = context.item_title(spike.informs)
            until = mark_finish_date(item, format_date_range(forecast, item.finish))
            asked = item.title.rstrip()
            yield _Decision(
                forecast.day(item.finish.p50),
                (
                    until,
                    f"{asked if asked.endswith('?') else f'{asked}?'} Continue with {bet}, or stop",
                    (
                        f"{bet}: {format_chance(item.odds.after_yes)} after a yes,"
                        f" {format_chance(item.odds.after_no)} after a no"
                    ),
                    refutation_effect(context.plan, forecast, spike),
                ),
            )


def _option_decisions(context: ReportContext) -> Iterator[_Decision]:
    """Model options to choose, or to review again."""
    forecast = context.forecast
    for name, model in context.plan.model.items():
        item = forecast.items[name]
        if not model.options or model.status not in OPEN_STATUSES | DELIVERED_STATUSES:
            continue
        ways = ", ".join(model.options)
        if model.chosen is None and model.status in OPEN_STATUSES and item.start is not None:
            day = max(forecast.day(item.start.p50), forecast.as_of)
            asked = f"Build or buy {item.title}: {ways}"
            yield _Decision(
                day,
                (
                    format_date(day),
                    asked,
                    _waiting_titles(context, name),
                    fallback_text(context.plan, forecast, name),
                ),
            )
        elif model.chosen is not None and model.revisit is not None:
            asked = f"Is {model.chosen} still the right option for {item.title}?"
            yield _Decision(
                model.revisit,
                (
                    format_date(model.revisit),
                    asked,
                    _waiting_titles(context, name),
                    _other_options(model, model.chosen),
                ),
            )


def _waiting_titles(context: ReportContext, name: str) -> str:
    return ", ".join(context.item_title(each) for each in context.forecast.items[name].dependents)


def _other_options(model: Model, chosen: str) -> str:
    others = [way for way in model.options if way != chosen]
    return f"instead: {', '.join(others)}" if others else ""


def _deadline_decisions(context: ReportContext) -> Iterator[_Decision]:
    """Deadlines that are more likely missed than met."""
    for item in context.forecast.items.values():
        deadline = context.plan.items[item.id].deadline
        if (
            item.status in OPEN_STATUSES
            and deadline is not None
            and item.deadline is not None
            and item.deadline < _DOUBTFUL
        ):
            yield _Decision(
                context.forecast.as_of,
                (
                    "now",
                    f"Keep the deadline of {item.title}, {format_date(deadline.day)}, or move it",
                    f"{format_chance(item.deadline)} chance to meet it"
                    + (f": {deadline.why}" if deadline.why else ""),
                    fallback_text(context.plan, context.forecast, item.id),
                ),
            )
