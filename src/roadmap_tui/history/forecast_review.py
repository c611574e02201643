"""Past forecasts of the plan, from git, against what happened since."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from roadmap_tui.forecast.analysis.forecast_scores import (
    ChanceScore,
    DateScore,
    ForecastScores,
    score_chances,
    score_date,
    spaced,
)
from roadmap_tui.forecast.simulation.results import Forecast, ItemForecast
from roadmap_tui.history.forecast_log import FileVersion, LogEntry, file_versions, log_entry
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.revisions import Repository, file_revisions
from roadmap_tui.plan.base import DELIVERED_STATUSES, OPEN_STATUSES
from roadmap_tui.plan.roadmap import Plan

_MOST_COMMITS, _MOST_FORECASTS, _RUNS = 1000, 40, 2000

Watch = Callable[[Iterable[FileVersion], int], Iterable[FileVersion]]


def review_forecasts(
    plan: Plan, repo: Repository, today: dt.date, watch: Watch = lambda work, _: work
) -> ForecastScores | GitUnavailable:
    """Score past forecasts of the items that are still in the plan.

    At most 40 versions are forecast, evenly spaced over the newest 1,000 commits. A date is judged
    by the first forecast of an item that has shipped; a chance once its day has passed, whether
    the item shipped or not. Items without the day they shipped are left out.

    Args:
        plan: the current one, with what shipped and when.
        repo: repository of its file.
        today: the day up to which what happened is known.
        watch: wraps the versions that are read, given their number; it can report progress.
    """
    commits = file_revisions(repo, _MOST_COMMITS)
    if isinstance(commits, GitUnavailable):
        return commits
    oldest_first = list(reversed(commits))
    chosen = [oldest_first[at] for at in spaced(range(len(oldest_first)), _MOST_FORECASTS)]
    versions = watch(file_versions(repo, chosen, None), len(chosen))
    entries = [log_entry(version, runs=_RUNS) for version in versions]
    return score_entries(plan, entries, today)


def score_entries(plan: Plan, entries: Sequence[LogEntry], today: dt.date) -> ForecastScores:
    """Score the forecasts of a log, the oldest first."""
    shipped = shipping_days(plan)
    dates: dict[str, DateScore] = {}
    chances: list[ChanceScore] = []
    seen = set[str]()
    forecasts = 0
    for entry in entries:
        if entry.forecast is None:
            continue
        forecasts += 1
        for item in _judged_items(entry.forecast, plan, shipped):
            day = shipped.get(item.id)
            chances += score_chances(entry.forecast, item, day, today)
            score = score_date(entry.forecast, item, day) if day is not None else None
            if score is not None and item.id not in seen:
                dates[item.id] = score
            seen.add(item.id)
    return ForecastScores(tuple(dates.values()), tuple(chances), _moved(plan, entries), forecasts)


def shipping_days(plan: Plan) -> dict[str, dt.date]:
    """The day on which each delivered item shipped, where it is recorded."""
    return {
        name: item.finished
        for name, item in plan.items.items()
        if item.status in DELIVERED_STATUSES and item.finished is not None
    }


def _judged_items(
    forecast: Forecast, plan: Plan, shipped: Mapping[str, dt.date]
) -> Iterable[ItemForecast]:
    """Features and models that were open then and whose fate is known now."""
    for item in forecast.items.values():
        now = plan.items.get(item.id)
        if now is None or item.kind == "spike" or item.status not in OPEN_STATUSES:
            continue
        if now.status not in DELIVERED_STATUSES or item.id in shipped:
            yield item


def _moved(plan: Plan, entries: Sequence[LogEntry]) -> tuple[str, ...]:
    """The items whose deadline was later at the end than it was at first."""
    first: dict[str, dt.date] = {}
    for entry in entries:
        for name, item in entry.plan.items.items() if entry.plan is not None else ():
            if item.deadline is not None:
                first.setdefault(name, item.deadline.day)
    found = []
    for name, day in first.items():
        now = plan.items.get(name)
        if now is not None and now.deadline is not None and now.deadline.day > day:
            found.append(name)
    return tuple(found)
