"""The document for customers: what is public, without chances and without money."""

from collections.abc import Iterator

from roadmap_tui.forecast.summary import ItemForecast
from roadmap_tui.plan.resolve import DELIVERED, OPEN
from roadmap_tui.report.export.blocks import Report, Text, points, section
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.words import date, span

_LIKELY = 0.6
"""What is less likely than this is explored, not announced."""


def customer(subject: Subject) -> Report:
    """Items with a public name only: there now, coming, and explored."""
    shown = [
        (name, item) for item in _ordered(subject) if (name := _public(subject, item)) is not None
    ]
    now = [name for name, item in shown if _is_there(subject, item)]
    coming = [(name, item) for name, item in shown if item.status in OPEN and item.ships >= _LIKELY]
    exploring = [name for name, item in shown if _is_explored(item)]
    lead = [f"As of {date(subject.forecast.as_of)}."]
    if coming:
        lead.append("A range such as March–May means: 8 times in 10 it is there between the two.")
    if exploring:
        lead.append("What we explore, we may leave.")
    return Report(
        subject.title,
        tuple(lead),
        (
            *section("Here now", points(now)),
            *section(
                "Coming",
                points(
                    Text(f"{_when(subject, item)}, 8 times in 10.", name) for name, item in coming
                ),
            ),
            *section("Exploring", points(exploring)),
            *section("Coming", () if shown else (Text("Nothing is announced yet."),)),
        ),
        subject.scenario,
        subject.made_from,
    )


def _is_there(subject: Subject, item: ItemForecast) -> bool:
    """Whether it was delivered, and not retired since."""
    retired = subject.plan.items[item.id].retired
    return item.status in DELIVERED and (retired is None or retired > subject.forecast.as_of)


def _ordered(subject: Subject) -> Iterator[ItemForecast]:
    """All items: those that are open in the order in which they are likely to be there."""
    items = subject.forecast.items.values()
    yield from sorted(items, key=lambda item: item.finish.p50 if item.finish else float("inf"))


def _public(subject: Subject, item: ItemForecast) -> str | None:
    name = subject.plan.items[item.id].public
    return name if name and name.strip() else None


def _is_explored(item: ItemForecast) -> bool:
    """Whether it is an idea, or planned and less than likely; what can't ever ship is not told."""
    return item.status == "idea" or (item.status in OPEN and item.ever > 0 and item.ships < _LIKELY)


def _when(subject: Subject, item: ItemForecast) -> str:
    return span(subject.forecast, item.finish)
