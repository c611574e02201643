"""One item's forecast along the commits, as table rows and a sparkline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from roadmap_tui.history.forecast_log import NO_FILE, LogEntry
from roadmap_tui.history.movement import item_standing
from roadmap_tui.history.revisions import Commit
from roadmap_tui.narrative import item_figures
from roadmap_tui.plan.items import Spike

_BAR_CHARACTERS = "▁▂▃▄▅▆▇█"
_NO_BAR = "·"
ON_DISK = "on disk"


@dataclass(frozen=True, slots=True)
class LogRow:
    """The item in one version of the file."""

    day: str
    commit: str
    subject: str
    status: str
    ships: str
    when: str
    rank: str


def log_row(point: LogEntry, name: str) -> LogRow:
    """The row of one version; its status explains missing figures."""
    commit, forecast = point.commit, point.forecast
    if commit:
        begin = (str(commit.date), commit.short, _subject(commit))
    else:
        begin = ("", ON_DISK, "not committed yet")
    if forecast is None or not point.has(name):
        return LogRow(*begin, _missing_state(point), "", "", "")
    stands = item_standing(forecast, name)
    rank = "–" if stands.rank is None else str(stands.rank)
    return LogRow(
        *begin,
        stands.status,
        _chance_text(point, name),
        item_figures.format_finish_range(forecast, forecast.items[name]),
        rank,
    )


def _missing_state(point: LogEntry) -> str:
    """Why a version has no figures of an item."""
    if point.forecast is not None:
        return "absent"
    return NO_FILE if point.missing == NO_FILE else "unreadable"


def chance_sparkline(points: Iterable[LogEntry], name: str) -> str:
    """The chance at each point as a bar; a dot where there is none."""
    return "".join(_bar_character(point, name) for point in points)


def first_and_last_chance(points: Sequence[LogEntry], name: str) -> tuple[str, str]:
    """The first and the last known chance."""
    chances = [_chance_text(point, name) for point in points if point.has(name)]
    return (chances[0], chances[-1]) if chances else ("", "")


def _subject(commit: Commit) -> str:
    return f"({', '.join(commit.tags)}) {commit.subject}" if commit.tags else commit.subject


def _chance_text(point: LogEntry, name: str) -> str:
    """The chance of a bet, the odds of an open spike, or the verdict of an ended one."""
    if point.plan is None or point.forecast is None:
        return ""
    source, item = point.plan.items[name], point.forecast.items[name]
    if isinstance(source, Spike) and item.odds is None:
        return source.verdict or "–"
    return item_figures.format_delivery_chance(item)


def _bar_character(point: LogEntry, name: str) -> str:
    chance = _chance(point, name)
    if chance is None:
        return _NO_BAR
    return _BAR_CHARACTERS[min(int(chance * len(_BAR_CHARACTERS)), len(_BAR_CHARACTERS) - 1)]


def _chance(point: LogEntry, name: str) -> float | None:
    """The height of a bar: the chance, for a spike that of a yes."""
    if point.plan is None or point.forecast is None or name not in point.plan.items:
        return None
    source, item = point.plan.items[name], point.forecast.items[name]
    if not isinstance(source, Spike):
        return item.ships
    if item.odds:
        return item.odds.p_yes
    return {"confirmed": 1.0, "refuted": 0.0}.get(source.verdict or "")
