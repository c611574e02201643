"""The weekly review: what to walk through, and what came of it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roadmap_tui.files.display import printable
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.history.since import Since
from roadmap_tui.plan.items import Spike
from roadmap_tui.plan.roadmap import Plan, title_of
from roadmap_tui.report.fitness import Fitness
from roadmap_tui.report.moved import told_between
from roadmap_tui.report.since import answer_day, headlines, weekday
from roadmap_tui.report.words import at, date

_SOON = 14
_MOST_MOVED = 8


@dataclass(frozen=True, slots=True)
class Visit:
    """An item to look at, and why."""

    id: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of looking at an item: nothing was wrong, it was passed over, or something was done, in words."""

    id: str
    did: str = ""
    is_right: bool = False


def visits(
    plan: Plan, forecast: Forecast, fitness: Fitness, since: Since | None
) -> tuple[Visit, ...]:
    """What a review walks through: active bets, spikes that end, live models, and what moved since the last one."""
    moved = _moved(forecast, since)
    reasons: dict[str, list[str]] = {}
    for name, item in plan.items.items():
        if item.status == "active" and not isinstance(item, Spike):
            reasons[name] = ["active"]
    for name in plan.spike:
        if why := _ends(plan, forecast, name):
            reasons[name] = [why]
    for name in fitness.ids:
        if plan.items[name].status == "live":
            worst = fitness.worst(name)
            told = worst is not None and worst.verdict.level in {"watch", "bad", "breach"}
            reasons[name] = ["live", *([worst.first] if worst is not None and told else [])]
    for name in list(moved)[:_MOST_MOVED]:
        reasons.setdefault(name, [])
    return tuple(Visit(name, (*why, *moved.get(name, ()))) for name, why in reasons.items())


def _moved(forecast: Forecast, since: Since | None) -> dict[str, tuple[str, ...]]:
    """By item, what of it moved since the last review."""
    if since is None:
        return {}
    there = [each for each in since.moved if each.id in forecast.items]
    day = at(since.past.day, "week", forecast.as_of)
    told = told_between(since.before, forecast, there)
    return {each.id: (f"since {day}: {', '.join((each.lead, *each.rest))}",) for each in told}


def _ends(plan: Plan, forecast: Forecast, name: str) -> str:
    """When a running spike's answer is due, if that is soon."""
    day = answer_day(plan, forecast, name)
    if day is None or (day - forecast.as_of).days > _SOON:
        return ""
    return (
        "answer overdue" if day < forecast.as_of else f"answer due {weekday(day, forecast.as_of)}"
    )


def summary(
    plan: Plan, day: dt.date, outcomes: Iterable[Outcome], since: Since | None, forecast: Forecast
) -> str:
    """What came of a review, ready to send.

    Args:
        plan: the plan as it is after it.
        day: of the review.
        outcomes: of the items that were looked at.
        since: what moved since the review before it, as it was when this one began.
        forecast: of that time.
    """
    return "\n".join(_lines(plan, day, list(outcomes), since, forecast))


def _lines(
    plan: Plan, day: dt.date, found: list[Outcome], since: Since | None, now: Forecast
) -> Iterator[str]:
    title = printable(plan.roadmap.title or "Roadmap")
    looked = [each for each in found if each.did or each.is_right]
    yield f"{title}, reviewed {date(day)}: {len(looked)} of {len(found)} looked at."
    for each in found:
        if each.did:
            yield f"- {each.did}"
    right = [_title(plan, each.id) for each in found if each.is_right and not each.did]
    if right:
        yield f"Still right: {', '.join(right)}."
    skipped = [_title(plan, each.id) for each in found if not each.did and not each.is_right]
    if skipped:
        yield f"Not looked at: {', '.join(skipped)}."
    if since is not None:
        moved = headlines(since, now)
        yield f"Since {date(since.past.day)}: {'; '.join(moved) if moved else 'nothing moved'}."


def _title(plan: Plan, name: str) -> str:
    item = plan.items.get(name)
    return printable(title_of(name, item.title if item is not None else None))
