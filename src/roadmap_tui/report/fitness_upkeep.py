"""What a model stands on and what it takes to keep it, in words: its data, its stages, its upkeep."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from roadmap_tui.files.display import printable
from roadmap_tui.fitness.data import data_fit, floors_of
from roadmap_tui.fitness.lifecycle import load, stale_weeks, team_upkeep, upkeep_of
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.plan.bars import Monitor
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.fitness import Data
from roadmap_tui.plan.items import Model
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.plan.roadmap import Plan, title_of
from roadmap_tui.report.fitness_signs import (
    Finding,
    Verdict,
    ago,
    beside,
    interval,
    level_of,
    plain_level,
    plural,
)
from roadmap_tui.report.words import number, percent

_GAPS = {"completeness": "gaps", "freshness": "stale", "accuracy": "wrong"}


def data_finding(data: Data, policy: Policy, as_of: dt.date) -> Finding:
    """Whether the data is complete, fresh and right enough."""
    fit, floors = data_fit(data, policy), floors_of(data, policy)

    def tell() -> Iterator[str]:
        if fit is None:
            yield "no dimension of it was measured"
        else:
            order = sorted(fit.values, key=lambda name: fit.values[name] - floors[name])
            yield from (
                _dimension(name, fit.values[name], floors[name], fit.accuracy) for name in order
            )
            yield f"score {level_of(fit.score)}, their geometric mean"
        yield from _described(data, as_of)

    if fit is None:
        return Finding("data", Verdict("unknown", "untested"), tell)
    verdict = (
        Verdict("bad", _GAPS[fit.worst])
        if fit.fails
        else Verdict("good", plain_level(round(fit.score, 3)))
    )
    return Finding("data", verdict, tell)


def _dimension(name: str, value: float, floor: float, audit: tuple[float, float] | None) -> str:
    side = "is below" if value < floor else "clears"
    sure = f" {interval(*audit)}" if name == "accuracy" and audit is not None else ""
    return f"{name} {beside(value, floor)}{sure} {side} its floor {plain_level(floor)}"


def _described(data: Data, as_of: dt.date) -> Iterator[str]:
    unknown = [
        name for name, value in (("licence", data.licence), ("pii", data.pii)) if value is None
    ]
    parts = [
        printable(data.dataset or ""),
        f"owner {printable(data.owner)}" if data.owner else "",
        f"licence {printable(data.licence)}" if data.licence else "",
        "" if data.pii is None else "personal data" if data.pii else "no personal data",
        f"measured {ago(data.on, as_of)}" if data.on else "",
        f"nobody says: {', '.join(unknown)}" if unknown else "",
    ]
    if any(parts):
        yield ", ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class TeamLoad:
    """People that a team's models keep busy: those that are live, and once all that are planned are live too.

    Attributes:
        most: the share of the team beyond which upkeep leaves it little for anything new.
    """

    team: str
    title: str
    people: int
    now: float
    then: float
    most: float

    @property
    def share(self) -> float:
        """Of the team, now."""
        return float(load(self.now, self.people) or 0.0)

    @property
    def share_then(self) -> float:
        """Of the team, once all are live."""
        return float(load(self.then, self.people) or 0.0)


def team_sentence(team: TeamLoad) -> str:
    """What upkeep takes of a team, now and later."""
    later = (
        f", {number(team.then)} ({percent(team.share_then)}) once all is live"
        if team.then > team.now
        else ""
    )
    people = "1 person" if team.people == 1 else f"{team.people} people"
    return (
        f"{team.title}: upkeep takes {number(team.now)} of {people} now"
        f" ({percent(team.share)}){later}"
    )


def team_loads(plan: Plan, as_of: dt.date) -> dict[str, TeamLoad]:
    """The upkeep of each team that there is."""
    return {
        name: TeamLoad(
            name,
            printable(title_of(name, team.title)),
            team.people,
            team_upkeep(plan, name, {"live"}, as_of),
            team_upkeep(plan, name, {"live", *OPEN}, as_of),
            plan.policy.LC03,
        )
        for name, team in plan.teams.items()
    }


def upkeep_course(plan: Plan, forecast: Forecast, team: str) -> tuple[tuple[dt.date, float], ...]:
    """The people that upkeep is expected to take of a team at the end of each quarter.

    A model that is still to come counts by its chance to have shipped by then.
    """
    ends = next(
        (tuple(each.ends for each in item.by_quarter) for item in forecast.items.values()), ()
    )
    kept = [
        (name, model)
        for name, model in plan.model.items()
        if model.team == team and upkeep_of(model)
    ]
    expected = (
        sum(_expected(forecast, *each, quarter) for each in kept) for quarter in range(len(ends))
    )
    return tuple(zip(ends, expected, strict=True))


def _expected(forecast: Forecast, name: str, model: Model, quarter: int) -> float:
    by_then = forecast.items[name].by_quarter[quarter]
    if model.retired is not None and model.retired <= by_then.ends:
        return 0.0
    shipped = 1.0 if model.status == "live" else by_then.chance if model.status in OPEN else 0.0
    return upkeep_of(model) * shipped


def course_sentence(course: tuple[tuple[dt.date, float], ...]) -> str:
    """The people that upkeep is expected to take of a team, by quarter; empty without quarters."""
    told = (
        f"{number(people)} at the end of Q{(end.month + 2) // 3} {end.year}"
        for end, people in course
    )
    words = ", ".join(told)
    return f"  expected: {words}" if words else ""


def upkeep_finding(model: Model, team: TeamLoad | None, as_of: dt.date) -> Finding | None:
    """What keeps a model alive; None of one of which nothing of that is told and that is not live."""
    stale = stale_weeks(model, as_of) if model.status == "live" else None
    tell = partial(_upkeep, model, team, stale, as_of)
    if model.status == "live":
        return Finding("upkeep", _upkeep_verdict(model, team, stale), tell)
    return Finding("upkeep", Verdict("good", _amount(model)), tell) if any(tell()) else None


def _upkeep_verdict(model: Model, team: TeamLoad | None, stale: float | None) -> Verdict:
    if stale is not None and stale > 0:
        return Verdict("bad", "stale")
    if model.retrain is None and model.staleness_weeks is None:
        return Verdict("watch", "no limit")
    return Verdict(
        "watch" if team is not None and team.share > team.most else "good", _amount(model)
    )


def _amount(model: Model) -> str:
    return f"{number(upkeep_of(model))} people" if upkeep_of(model) else "none"


def _upkeep(
    model: Model, team: TeamLoad | None, stale: float | None, as_of: dt.date
) -> Iterator[str]:
    if stale is not None and stale > 0:
        weeks = plural(max(1, round(stale)), "week")
        yield f"stale for {weeks}: train it again, or extend staleness_weeks with evidence"
    if model.status == "live" and model.retrain is None and model.staleness_weeks is None:
        yield "live, and nothing says when it is stale: retrain or staleness_weeks"
    heavy = team is not None and team.share > team.most and model.status == "live"
    if heavy and team is not None:
        yield team_sentence(team)
    if model.stages is not None:
        yield f"stages: {' → '.join(_stages(model))}"
    if upkeep_of(model):
        yield f"keeps {number(upkeep_of(model))} people busy once it is live"
    if team is not None and team.then and upkeep_of(model) and not heavy:
        yield f"  {team_sentence(team)}"
    if model.retrain is not None:
        yield f"trained again every {_weeks(model.retrain.every_weeks)}"
    if model.retrained is not None:
        until = f"; stale {_stale_at(model)}" if stale is not None and stale <= 0 else ""
        yield f"last trained {ago(model.retrained, as_of)}{until}"
    if model.monitor is not None:
        yield _watched(model.monitor)


def _watched(monitor: Monitor) -> str:
    levels = (("warn", monitor.warn), ("act", monitor.act))
    told = [f"{word} at {level_of(at)}" for word, at in levels if at is not None]
    often = [f"every {_weeks(monitor.every_weeks)}"] if monitor.every_weeks is not None else []
    return f"watched: {', '.join([printable(monitor.signal), *told, *often])}"


def _weeks(weeks: float) -> str:
    """An interval after ``every``: ``week``, ``9 weeks``."""
    return "week" if weeks == 1 else f"{number(weeks)} weeks"


def _stale_at(model: Model) -> str:
    return f"after {plural(round(model.staleness_weeks or 0), 'week')}"


def _stages(model: Model) -> Iterator[str]:
    given = model.stages.given() if model.stages is not None else {}
    reached = list(given).index(model.stage) if model.stage else 0
    for at, (name, stage) in enumerate(given.items()):
        effort = f"{_effort(stage.effort)}, " if at >= reached else ""
        mark = "▸" if model.status == "active" and at == reached else ""
        yield (
            f"{mark}{name} (done)"
            if at < reached
            else f"{mark}{name} ({effort}passes {percent(stage.chance)})"
        )


def _effort(effort: object) -> str:
    return f"{number(effort.p50)} pw" if isinstance(effort, Estimate) else str(effort)
