"""The weekly review: items to visit, and its summary."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.history.review_comparison import ReviewComparison
from roadmap_tui.narrative.moves import describe_moves
from roadmap_tui.narrative.readiness.assessment import Readiness
from roadmap_tui.narrative.since_review import answer_due_day, format_weekday, move_headlines
from roadmap_tui.plan.items import Spike
from roadmap_tui.plan.roadmap import Plan, display_title
from roadmap_tui.text.dates import format_date, format_day
from roadmap_tui.text.terminal_text import escape_control

_DUE_DAYS = 14
_MAX_MOVED = 8


@dataclass(frozen=True, slots=True)
class ReviewVisit:
    """An item to review, and why."""

    id: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewOutcome:
    """The result of reviewing an item: confirmed, skipped, or an action taken."""

    id: str
    action: str = ""
    is_confirmed: bool = False


def review_visits(
    plan: Plan, forecast: Forecast, readiness: Readiness, since: ReviewComparison | None
) -> tuple[ReviewVisit, ...]:
    """Items to review: active bets, due spikes, live models, and moves since the last review."""
    moved = _moves_by_item(forecast, since)
    reasons: dict[str, list[str]] = {}
    for name, item in plan.items.items():
        if item.status == "active" and not isinstance(item, Spike):
            reasons[name] = ["active"]
    for name in plan.spike:
        if why := _answer_due_note(plan, forecast, name):
            reasons[name] = [why]
    for name in readiness.ids:
        if plan.items[name].status == "live":
            reasons[name] = ["live", *_alarms(readiness, name)]
    for name in list(moved)[:_MAX_MOVED]:
        reasons.setdefault(name, [])
    return tuple(ReviewVisit(name, (*why, *moved.get(name, ()))) for name, why in reasons.items())


def _alarms(readiness: Readiness, name: str) -> list[str]:
    """The main sentence of the worst topic, if it needs attention."""
    worst = readiness.worst(name)
    if worst is None or worst.verdict.level not in {"watch", "bad", "breach"}:
        return []
    return [worst.main_sentence]


def _moves_by_item(
    forecast: Forecast, since: ReviewComparison | None
) -> dict[str, tuple[str, ...]]:
    """Moves since the last review, by item."""
    if since is None:
        return {}
    there = [each for each in since.moved if each.id in forecast.items]
    day = format_day(since.baseline.day, "week", forecast.as_of)
    moves = describe_moves(since.before, forecast, there)
    return {each.id: (f"since {day}: {', '.join((each.lead, *each.rest))}",) for each in moves}


def _answer_due_note(plan: Plan, forecast: Forecast, name: str) -> str:
    """When a running spike's answer is due, if that is soon."""
    day = answer_due_day(plan, forecast, name)
    if day is None or (day - forecast.as_of).days > _DUE_DAYS:
        return ""
    if day < forecast.as_of:
        return "answer overdue"
    return f"answer due {format_weekday(day, forecast.as_of)}"


def review_summary(
    plan: Plan,
    day: dt.date,
    outcomes: Iterable[ReviewOutcome],
    since: ReviewComparison | None,
    forecast: Forecast,
) -> str:
    """The summary of a review, ready to send.

    Args:
        plan: the plan after the review.
        day: of the review.
        outcomes: of the visited items.
        since: what had moved since the previous review when this one began.
        forecast: of that time.
    """
    return "\n".join(_summary_lines(plan, day, list(outcomes), since, forecast))


def _summary_lines(
    plan: Plan,
    day: dt.date,
    found: list[ReviewOutcome],
    since: ReviewComparison | None,
    now: Forecast,
) -> Iterator[str]:
    title = escape_control(plan.roadmap.title or "Roadmap")
    changed = [each for each in found if each.action]
    right = [each for each in found if each.is_confirmed and not each.action]
    skipped = [each for each in found if not each.is_confirmed and not each.action]
    looked = len(found) - len(skipped)
    yield f"{title}, reviewed {format_date(day)}: {looked} of {len(found)} looked at."
    yield from (f"- {each.action}" for each in changed)
    if right:
        yield f"Still right: {_titles(plan, right)}."
    if skipped:
        yield f"Not looked at: {_titles(plan, skipped)}."
    if since is not None:
        moved = "; ".join(move_headlines(since, now)) or "nothing moved"
        yield f"Since {format_date(since.baseline.day)}: {moved}."


def _titles(plan: Plan, outcomes: Iterable[ReviewOutcome]) -> str:
    return ", ".join(_item_title(plan, each.id) for each in outcomes)


def _item_title(plan: Plan, name: str) -> str:
    item = plan.items.get(name)
    return escape_control(display_title(name, item.title if item is not None else None))
