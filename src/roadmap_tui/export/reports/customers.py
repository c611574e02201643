"""Report for customers: public items, without chances and money."""

import datetime as dt
from collections.abc import Iterator

from roadmap_tui.export.blocks import Paragraph, Report, bullet_blocks, report_sections
from roadmap_tui.forecast.simulation.results import ItemForecast
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.plan.base import DELIVERED_STATUSES, OPEN_STATUSES
from roadmap_tui.text.dates import format_date

_QUARTERS = ("first", "second", "third", "fourth")
_HALF_YEAR = 6
_LIKELY = 0.6
"""Below this chance an item is listed as explored, not announced."""


def customer_report(context: ReportContext) -> Report:
    """Public items only: available, coming and explored."""
    named = [(_public_name(context, item), item) for item in _by_finish(context)]
    shown = [(name, item) for name, item in named if name is not None]
    now = [name for name, item in shown if _is_available(context, item)]
    coming = [
        Paragraph(f"Planned for {_rough_period(context, item)}.", name)
        for name, item in shown
        if _is_coming(item)
    ]
    exploring = [name for name, item in shown if _is_explored(item)]
    nothing = Paragraph("Nothing is announced yet. An item appears here once it has a public name.")
    lead = [f"As of {format_date(context.forecast.as_of)}."]
    if coming:
        lead.append("Dates are our current plan and may change.")
    if exploring:
        lead.append("We may decide not to build what we are exploring.")
    return Report(
        context.title,
        tuple(lead),
        (
            *report_sections("Now", bullet_blocks(now)),
            *report_sections("Next", bullet_blocks(coming)),
            *report_sections("Exploring", bullet_blocks(exploring)),
            *report_sections("Next", () if shown else (nothing,)),
        ),
        context.scenario,
        context.version_sentence,
    )


def _is_coming(item: ItemForecast) -> bool:
    """Whether it is open and likely."""
    return item.status in OPEN_STATUSES and item.ships >= _LIKELY


def _is_available(context: ReportContext, item: ItemForecast) -> bool:
    """Whether it was delivered and is not retired."""
    retired = context.plan.items[item.id].retired
    return item.status in DELIVERED_STATUSES and (
        retired is None or retired > context.forecast.as_of
    )


def _by_finish(context: ReportContext) -> Iterator[ItemForecast]:
    """All items, by likely finish."""
    items = context.forecast.items.values()
    yield from sorted(items, key=lambda item: item.finish.p50 if item.finish else float("inf"))


def _public_name(context: ReportContext, item: ItemForecast) -> str | None:
    name = context.plan.items[item.id].public
    return name if name and name.strip() else None


def _is_explored(item: ItemForecast) -> bool:
    """Whether it is an idea, or planned and unlikely; items that can never ship are left out."""
    return item.status == "idea" or (
        item.status in OPEN_STATUSES and item.p_delivered > 0 and item.ships < _LIKELY
    )


def _rough_period(context: ReportContext, item: ItemForecast) -> str:
    """The quarter, half-year or year in which an item is likely to ship, without exact dates."""
    if item.finish is None or item.finish.p50 > context.forecast.horizon:
        return "later"
    first, last = (context.forecast.day(week) for week in (item.finish.p50, item.finish.p90))
    if _quarter(first) == _quarter(last):
        return f"the {_QUARTERS[_quarter(first)[1]]} quarter of {first.year}"
    if first.year == last.year and (first.month > _HALF_YEAR) == (last.month > _HALF_YEAR):
        return f"the {'second' if first.month > _HALF_YEAR else 'first'} half of {first.year}"
    return f"{first.year}" if first.year == last.year else f"{first.year} or {last.year}"


def _quarter(day: dt.date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3
