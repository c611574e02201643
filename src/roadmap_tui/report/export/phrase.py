"""An open item in a phrase: by when, how likely, what is decided next, and what if not."""

from roadmap_tui.forecast.summary import ItemForecast
from roadmap_tui.forecast.trials import finished_by
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.figures import date_marked, ships
from roadmap_tui.report.say import next_decision
from roadmap_tui.report.sections import fallback
from roadmap_tui.report.words import at, by, month, percent, precision, span

_SURE = 0.85


def phrase(subject: Subject, item: ItemForecast) -> str:
    """An open item without its title.

    ``by Mar 2027 (85%: Apr 2027) if it ships; chance 57%; next decision 4 Dec 2026: …; if no: …``
    """
    parts = [_by(subject, item), f"chance {ships(item)}"] if item.finish else []
    parts = parts or ["won't ship as planned"]
    parts += [f"next decision {decided}" for decided in [_next(subject, item.id)] if decided]
    parts += [
        f"if no: {instead}"
        for instead in [fallback(subject.plan, subject.forecast, item.id)]
        if instead
    ]
    return "; ".join(parts)


def sentence(text: str) -> str:
    """A text with a full stop, unless it has an end already."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _by(subject: Subject, item: ItemForecast) -> str:
    """The middle of the finish and what is kept 85 times in 100, as dates with their years."""
    sure = finished_by(subject.run.simulation, item.id, _SURE)
    if item.finish is None or sure is None:
        return "won't ship as planned"
    middle, late = _day(subject, item, item.finish.p50), _day(subject, item, sure)
    beside = "" if late == middle and "after " in late else f" ({percent(_SURE)}: {late})"
    return f"{by(date_marked(item, middle))}{beside} if it ships"


def _day(subject: Subject, item: ItemForecast, weeks: float) -> str:
    forecast = subject.forecast
    if weeks > forecast.horizon:
        return f"after {month(forecast.until)}"
    how = precision(item.finish) if item.finish else "week"
    day = forecast.day(weeks)
    return (
        at(day, how, forecast.as_of) if day > forecast.as_of else f"{at(day, how, day)} {day.year}"
    )


def _next(subject: Subject, name: str) -> str:
    """The spike whose answer comes first among all that an item waits for; empty if there is none."""
    waited = next_decision(subject.forecast, name)
    if waited is None:
        return ""
    spike = subject.forecast.items[waited]
    return f"{span(subject.forecast, spike.finish)}: {spike.title}"
