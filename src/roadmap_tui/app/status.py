"""What is to be known of a plan on every screen."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from roadmap_tui.app.scale import is_large
from roadmap_tui.app.session import Session
from roadmap_tui.files.display import printable
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.report.words import date


@dataclass(frozen=True, slots=True)
class Status:
    """What the bars tell.

    Attributes:
        title: of the plan.
        urgent: what needs attention before all else; may be empty.
        notes: what else there is to know, the most important first.
        day: of the forecast, told where there is room.
        counts: by the name of a screen, how much on it needs attention.
    """

    title: str
    urgent: str = ""
    notes: tuple[str, ...] = ()
    day: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


def status(session: Session) -> Status:
    """What is to be known of a session."""
    forecast, breaches = session.forecast, session.fitness.breaches
    more = f" and {len(breaches) - 1} more" if breaches[1:] else ""
    notes = (
        "" if session.is_saved else "● not saved",
        "" if session.elsewhere is None else "changed on disk",
        "open elsewhere too" if session.others else "",
        session.under_way or ("" if session.is_current else "updating…"),
        f"filter: {printable(session.query)}" if session.query else "",
        "" if forecast is None else _runs(session, forecast),
    )
    return Status(
        printable(session.plan.roadmap.title or session.path),
        f"{breaches[0].text}{more}" if breaches else "",
        tuple(filter(None, notes)),
        f"as of {date(forecast.as_of)}" if forecast else "",
        {"fitness": len(breaches), "checks": _to_mend(session)},
    )


def _runs(session: Session, forecast: Forecast) -> str:
    """On how many simulation runs the forecast is based, where they aren't as many as usual."""
    if not session.is_whole:
        return f"preview of {forecast.futures:,} futures"
    items = len(forecast.items)
    return f"{items:,} items: {forecast.futures:,} simulation runs" if is_large(items) else ""


def _to_mend(session: Session) -> int:
    """How many errors and warnings the checks have found."""
    found = session.checked.findings if session.checked is not None else None
    return found.count("E") + found.count("W") if found is not None else 0
