"""Summary of one roadmap for the portfolio."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from roadmap_tui.checks.context import CheckInputs
from roadmap_tui.checks.findings import run_checks, study_open_spikes
from roadmap_tui.checks.rule import SEVERITIES, Severity
from roadmap_tui.document.document import Document
from roadmap_tui.forecast.analysis.utilisation import TeamUtilisation, team_utilisation
from roadmap_tui.forecast.engine import SimulatedForecast, simulated_forecast
from roadmap_tui.forecast.simulation.results import ItemForecast
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.storage.load import Unreadable, load_document

_WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class RoadmapRequest:
    """A roadmap to summarise.

    Attributes:
        path: the file.
        name: display name.
        as_of, seed: the file's where None.
        runs: number of simulation runs.
    """

    path: str
    name: str
    as_of: dt.date | None
    seed: int | None
    runs: int


@dataclass(frozen=True, slots=True)
class TeamDemand:
    """What a roadmap requires of a team.

    Attributes:
        people: in the team.
        busy: by end of quarter, people likely at work in it, upkeep included.
    """

    team: str
    people: int
    busy: tuple[tuple[dt.date, float], ...]


@dataclass(frozen=True, slots=True)
class RoadmapSummary:
    """One roadmap.

    Attributes:
        value: expected reach x impact x confidence over the periods that open items are live.
        open: number of features that are planned or active.
        ships: by end of quarter, how many of those are expected to have shipped.
        found: number of findings by severity.
        worst: the check of the worst finding; empty if there is none.
    """

    name: str
    title: str
    as_of: dt.date
    value: float
    open: int
    ships: tuple[tuple[dt.date, float], ...]
    found: dict[Severity, int]
    worst: str
    teams: tuple[TeamDemand, ...]


@dataclass(frozen=True, slots=True)
class FailedRoadmap:
    """A file that holds no plan, and why."""

    name: str
    text: str


def summarize_roadmap(ask: RoadmapRequest) -> RoadmapSummary | FailedRoadmap:
    """Summarise a roadmap; depends on its argument and the file only, so any process can run it."""
    document = load_document(ask.path)
    if isinstance(document, Unreadable):
        return FailedRoadmap(ask.name, document.text)
    fatal = next((each for each in document.faults if each.fault.fatal), None)
    if fatal is not None:
        return FailedRoadmap(ask.name, fatal.message)
    if document.plan is None:
        return FailedRoadmap(ask.name, "it holds no plan")
    plan = resolve_plan(document.plan, as_of=ask.as_of, seed=ask.seed)
    ran = simulated_forecast(plan, ask.runs)
    return _summary(ask.name, document, document.plan, ran)


def _summary(name: str, document: Document, plan: Plan, ran: SimulatedForecast) -> RoadmapSummary:
    forecast = ran.forecast
    features = [
        item
        for item in forecast.items.values()
        if item.kind == "product" and item.status in OPEN_STATUSES
    ]
    found = _check_findings(document, ran)
    counts = Counter(severity for severity, _ in found)
    return RoadmapSummary(
        name=name,
        title=plan.roadmap.title or name,
        as_of=forecast.as_of,
        value=forecast.value,
        open=len(features),
        ships=_shipped_by_quarter(features),
        found={severity: counts[severity] for severity in SEVERITIES},
        worst=next((check for _, check in found), ""),
        teams=tuple(
            _team_demand(load, forecast.as_of) for load in team_utilisation(ran.simulation)
        ),
    )


def _shipped_by_quarter(features: Iterable[ItemForecast]) -> tuple[tuple[dt.date, float], ...]:
    """How many features are expected to have shipped by the end of each quarter."""
    shipped: dict[dt.date, float] = {}
    for item in features:
        for quarter in item.by_quarter:
            shipped[quarter.ends] = shipped.get(quarter.ends, 0) + quarter.chance
    return tuple(shipped.items())


def _check_findings(document: Document, ran: SimulatedForecast) -> list[tuple[Severity, str]]:
    """Severity and check of each finding, worst first, without git."""
    if document.plan is None:
        return []
    known = CheckInputs(
        forecast=ran.forecast,
        faults=tuple(fault for fault, _ in document.unlocated_faults),
        spikes=study_open_spikes(ran.resolved, document.plan, ran.order.queue),
    )
    return [(each.severity, each.check) for each in run_checks(document.plan, known).found]


def _team_demand(load: TeamUtilisation, as_of: dt.date) -> TeamDemand:
    by_quarter: dict[dt.date, list[float]] = {}
    for week, (busy, upkeep) in enumerate(zip(load.busy, load.upkeep, strict=True)):
        by_quarter.setdefault(_quarter_end(as_of + week * _WEEK), []).append(busy.mean + upkeep)
    return TeamDemand(
        load.team,
        load.people,
        tuple((end, sum(each) / len(each)) for end, each in by_quarter.items()),
    )


def _quarter_end(day: dt.date) -> dt.date:
    """The last day of the quarter of a day."""
    first = (day.month - 1) // 3 * 3 + 1
    year, month = (day.year + 1, 1) if first == 10 else (day.year, first + 3)
    return dt.date(year, month, 1) - dt.timedelta(days=1)
