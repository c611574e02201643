"""What is to be decided, and by when."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.plan.items import Model, Spike
from roadmap_tui.plan.resolve import DELIVERED, OPEN
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.figures import date_marked
from roadmap_tui.report.findings import on_no
from roadmap_tui.report.sections import fallback
from roadmap_tui.report.words import date, percent, span

_DOUBTFUL = 0.5


@dataclass(frozen=True, slots=True)
class _Decision:
    day: dt.date
    cells: tuple[str, str, str, str]


def decisions(subject: Subject) -> list[tuple[str, str, str, str]]:
    """By when, what, what hangs on it, and what happens if the answer is no; the earliest first."""
    found = [*_answers(subject), *_ways(subject), *_promises(subject)]
    return [each.cells for each in sorted(found, key=lambda each: each.day)]


def _answers(subject: Subject) -> Iterator[_Decision]:
    """What spikes will tell: to go on with their bet or not."""
    forecast = subject.forecast
    for name in forecast.list:
        spike, item = subject.plan.items[name], forecast.items[name]
        if (
            isinstance(spike, Spike)
            and spike.informs
            and item.odds is not None
            and item.finish is not None
        ):
            bet = subject.item_title(spike.informs)
            until = date_marked(item, span(forecast, item.finish))
            asked = item.title.rstrip()
            yield _Decision(
                forecast.day(item.finish.p50),
                (
                    until,
                    f"{asked if asked.endswith('?') else f'{asked}?'} Go on with {bet}, or not",
                    (
                        f"{bet}: {percent(item.odds.after_yes)} after a yes,"
                        f" {percent(item.odds.after_no)} after a no"
                    ),
                    on_no(subject.plan, forecast, spike),
                ),
            )


def _ways(subject: Subject) -> Iterator[_Decision]:
    """Ways to have a model that are to be chosen, or to be looked at again."""
    forecast = subject.forecast
    for name, model in subject.plan.model.items():
        item = forecast.items[name]
        if not model.options or model.status not in OPEN | DELIVERED:
            continue
        ways = ", ".join(model.options)
        if model.chosen is None and model.status in OPEN and item.start is not None:
            day = max(forecast.day(item.start.p50), forecast.as_of)
            asked = f"Build or buy {item.title}: {ways}"
            yield _Decision(
                day,
                (date(day), asked, _waiting(subject, name), fallback(subject.plan, forecast, name)),
            )
        elif model.chosen is not None and model.revisit is not None:
            asked = f"Is {model.chosen} still the way to have {item.title}?"
            yield _Decision(
                model.revisit,
                (date(model.revisit), asked, _waiting(subject, name), _others(model, model.chosen)),
            )


def _waiting(subject: Subject, name: str) -> str:
    return ", ".join(subject.item_title(each) for each in subject.forecast.items[name].holds_up)


def _others(model: Model, chosen: str) -> str:
    others = [way for way in model.options if way != chosen]
    return f"instead: {', '.join(others)}" if others else ""


def _promises(subject: Subject) -> Iterator[_Decision]:
    """Promises that are likelier broken than kept."""
    for item in subject.forecast.items.values():
        deadline = subject.plan.items[item.id].deadline
        if (
            item.status in OPEN
            and deadline is not None
            and item.deadline is not None
            and item.deadline < _DOUBTFUL
        ):
            yield _Decision(
                subject.forecast.as_of,
                (
                    "now",
                    f"Keep the promise of {item.title} by {date(deadline.day)}, or tell people",
                    f"met {percent(item.deadline)}" + (f": {deadline.why}" if deadline.why else ""),
                    fallback(subject.plan, subject.forecast, item.id),
                ),
            )
