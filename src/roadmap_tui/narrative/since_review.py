"""What changed since the last review, and what needs attention."""

import datetime as dt

from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.history.review_comparison import ReviewComparison
from roadmap_tui.narrative.moves import ARROW, describe_moves
from roadmap_tui.narrative.readiness.assessment import Readiness
from roadmap_tui.plan.items import Spike
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.text.dates import format_day
from roadmap_tui.text.numbers import format_count

_SOON = 7
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ALARMING = {"bad", "breach"}


def move_headlines(since: ReviewComparison, forecast: Forecast) -> list[str]:
    """Moves, largest first: ``Draft replies ships 64→57%``."""
    moves = describe_moves(
        since.before, forecast, (each for each in since.moved if each.id in forecast.items)
    )
    return [f"{each.title} {_shorten_move(each.lead)}" for each in moves]


def _shorten_move(lead: str) -> str:
    """A move in short form: no spaces around the arrow, and one percent sign."""
    before, arrow, after = lead.partition(ARROW)
    if not arrow:
        return lead
    if after.endswith("%"):
        before = before.removesuffix("%")
    return f"{before}→{after}"


def item_changes_line(since: ReviewComparison) -> str:
    """How many items were added and closed: ``2 added, 1 dropped``; empty if none."""
    acts = [change.kind for change in since.changes if change.id is not None]
    counts = {act: acts.count(act) for act in ("added", "answered", "dropped", "removed")}
    return ", ".join(f"{count} {act}" for act, count in counts.items() if count)


def answer_due_day(plan: Plan, forecast: Forecast, name: str) -> dt.date | None:
    """The end of a running spike's timebox; None if it isn't running."""
    spike = plan.items[name]
    if not isinstance(spike, Spike) or spike.status != "active":
        return None
    if spike.started is not None:
        weeks = spike.timebox or plan.policy.timebox
        return forecast.day(weeks - (forecast.as_of - spike.started).days / _SOON)
    finish = forecast.items[name].finish
    return forecast.day(finish.p50) if finish is not None else None


def answers_due(plan: Plan, forecast: Forecast) -> list[str]:
    """Answers due within a week, and overdue ones: ``1 answer due Fri``."""
    days = [day for name in plan.spike if (day := answer_due_day(plan, forecast, name)) is not None]
    late = [day for day in days if day < forecast.as_of]
    soon = sorted(day for day in days if 0 <= (day - forecast.as_of).days < _SOON)
    words = [f"{_count_answers(late)} overdue"] if late else []
    if soon:
        by = "by " if soon[0] != soon[-1] else ""
        words.append(f"{_count_answers(soon)} due {by}{format_weekday(soon[-1], forecast.as_of)}")
    return words


def _count_answers(days: list[dt.date]) -> str:
    return format_count(len(days), "answer")


def format_weekday(day: dt.date, as_of: dt.date) -> str:
    """A day within the next week by name, ``today`` if it is that; any other as a date."""
    ahead = (day - as_of).days
    if not ahead:
        return "today"
    if 0 < ahead < _SOON:
        return _DAYS[day.weekday()]
    return format_day(day, "week", as_of)


def live_alarms(readiness: Readiness) -> str:
    """The number of live items with an alarm: ``1 live alarm``; empty if none."""
    live = [
        name
        for name, item in readiness.plan.items.items()
        if item.status == "live" and readiness.applies_to(name)
    ]
    ringing = [
        name
        for name in live
        if (worst := readiness.worst(name)) and worst.verdict.level in _ALARMING
    ]
    return format_count(len(ringing), "live alarm") if ringing else ""
