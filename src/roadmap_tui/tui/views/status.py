"""Status of a plan, for the bars of every screen."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from roadmap_tui.checks.rule import Severity
from roadmap_tui.forecast.simulation.results import Forecast, ItemForecast
from roadmap_tui.narrative.item_figures import people_note
from roadmap_tui.plan.base import OPEN_STATUSES, Kind
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_count
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.limits import is_large_plan
from roadmap_tui.tui.state import Session

_KINDS: Mapping[Kind, str] = {"product": "feature", "model": "model", "spike": "spike"}
_SEVERITIES: Mapping[Severity, str] = {"E": "error", "W": "warning"}


@dataclass(frozen=True, slots=True)
class PlanStatus:
    """What the bars show.

    Attributes:
        title: title of the plan.
        urgent: what needs attention first; may be empty.
        notes: other notices, the most important first.
        day: day of the forecast, shown where there is room.
        counts: number of items that need attention, by screen.
        health: the state of the plan in figures, the most important first.
    """

    title: str
    urgent: str = ""
    notes: tuple[str, ...] = ()
    day: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    health: tuple[str, ...] = ()


def plan_status(session: Session) -> PlanStatus:
    """The status of a session."""
    forecast, breaches = session.forecast, session.readiness.breaches
    more = f" and {len(breaches) - 1} more" if breaches[1:] else ""
    notes = (
        "unmerged in git" if session.is_unmerged else "",
        "" if session.is_saved else "● not saved",
        "" if session.disk_version is None else "changed on disk",
        "also open elsewhere" if session.other_sessions else "",
        session.progress or ("" if session.is_current else "updating…"),
        f"filter: {escape_control(session.filter_text)}" if session.filter_text else "",
        "" if forecast is None else _run_count(session, forecast),
    )
    return PlanStatus(
        escape_control(session.plan.roadmap.title or session.path),
        f"{breaches[0].text}{more}" if breaches else "",
        tuple(filter(None, notes)),
        f"as of {format_date(forecast.as_of)}" if forecast else "",
        {"readiness": len(breaches), "checks": _finding_count(session)},
        tuple(_health(session, forecast)) if forecast is not None else (),
    )


def _health(session: Session, forecast: Forecast) -> Iterator[str]:
    """How many items are expected to ship, findings, assumptions, items, whether it is saved."""
    opened = [item for item in forecast.items.values() if item.status in OPEN_STATUSES]
    bets = [item for item in opened if item.kind != "spike"]
    if bets:
        expected, horizon = sum(item.ships for item in bets), format_date(forecast.horizon_end)
        yield f"{expected:.1f} of {len(bets)} expected to ship by {horizon}"
    found = session.check_results.findings if session.check_results is not None else None
    for severity, word in _SEVERITIES.items():
        count = found.count(severity) if found is not None else 0
        if count:
            yield format_count(count, word)
    note = people_note(forecast)
    if note:
        yield note
    assumed = sum(map(_count_assumptions, opened))
    if assumed:
        yield format_count(assumed, "assumption")
    counts = Counter(item.kind for item in opened)
    for kind, word in _KINDS.items():
        if counts[kind]:
            yield format_count(counts[kind], word)
    if session.is_saved:
        yield "saved"


def _count_assumptions(item: ItemForecast) -> int:
    """The number of an item's own assumptions."""
    return sum("." not in field for field in item.assumptions)


def _run_count(session: Session, forecast: Forecast) -> str:
    """The number of simulation runs, where it isn't the usual one."""
    if not session.has_full_forecast:
        return f"preview of {forecast.runs:,} runs"
    items = len(forecast.items)
    return f"{items:,} items: {forecast.runs:,} simulation runs" if is_large_plan(items) else ""


def _finding_count(session: Session) -> int:
    """The number of errors and warnings that the checks found."""
    found = session.check_results.findings if session.check_results is not None else None
    return found.count("E") + found.count("W") if found is not None else 0
