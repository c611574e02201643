"""A model's data, stages and upkeep, as sentences."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from roadmap_tui.forecast.simulation.results import Forecast, QuarterChance
from roadmap_tui.narrative.readiness.verdict import TopicAssessment, TopicVerdict, format_days_ago
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.items import Model
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.model_data import ModelData
from roadmap_tui.plan.readiness.operation import MonitoringSignal
from roadmap_tui.plan.roadmap import Plan, display_title
from roadmap_tui.readiness.data_quality import data_assessment, data_floors
from roadmap_tui.readiness.lifecycle import model_upkeep, stale_weeks, team_upkeep, upkeep_share
from roadmap_tui.text.numbers import (
    format_beside_level,
    format_chance,
    format_count,
    format_interval,
    format_level,
    format_number,
    format_people,
    format_set_level,
    format_whole_percent,
)
from roadmap_tui.text.terminal_text import escape_control

_GAPS = {"completeness": "gaps", "freshness": "stale", "accuracy": "wrong"}


def data_topic(data: ModelData, policy: Policy, as_of: dt.date) -> TopicAssessment:
    """Assess completeness, freshness and accuracy of data."""
    fit, floors = data_assessment(data, policy), data_floors(data, policy)

    def write_sentences() -> Iterator[str]:
        if fit is None:
            yield "no dimension of it was measured"
        else:
            order = sorted(fit.values, key=lambda name: fit.values[name] - floors[name])
            yield from (
                _dimension_sentence(name, fit.values[name], floors[name], fit.accuracy)
                for name in order
            )
            yield f"score {format_level(fit.score)}, their geometric mean"
        yield from _dataset_sentences(data, as_of)

    if fit is None:
        return TopicAssessment("data", TopicVerdict("unknown", "untested"), write_sentences)
    if fit.is_below_floor:
        verdict = TopicVerdict("bad", _GAPS[fit.worst_dimension])
    else:
        verdict = TopicVerdict("good", format_set_level(round(fit.score, 3)))
    return TopicAssessment("data", verdict, write_sentences)


def _dimension_sentence(
    name: str, value: float, floor: float, audit: tuple[float, float] | None
) -> str:
    side = "is below" if value < floor else "clears"
    sure = f" {format_interval(*audit)}" if name == "accuracy" and audit is not None else ""
    return (
        f"{name} {format_beside_level(value, floor)}{sure} {side} its floor"
        f" {format_set_level(floor)}"
    )


_PERSONAL_DATA = {None: "", True: "personal data", False: "no personal data"}


def _dataset_sentences(data: ModelData, as_of: dt.date) -> Iterator[str]:
    unknown = [
        name for name, value in (("licence", data.licence), ("pii", data.pii)) if value is None
    ]
    parts = [
        escape_control(data.dataset or ""),
        f"owner {escape_control(data.owner)}" if data.owner else "",
        f"licence {escape_control(data.licence)}" if data.licence else "",
        _PERSONAL_DATA[data.pii],
        f"measured {format_days_ago(data.on, as_of)}" if data.on else "",
        f"not recorded: {', '.join(unknown)}" if unknown else "",
    ]
    if any(parts):
        yield ", ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class TeamUpkeepLoad:
    """People a team's models occupy: live models, and all planned ones once they are live.

    Attributes:
        limit: share of the team above which upkeep leaves too little for new work.
    """

    team: str
    title: str
    people: int
    live: float
    planned: float
    limit: float

    @property
    def share(self) -> float:
        """Share of the team, now."""
        return float(upkeep_share(self.live, self.people) or 0.0)

    @property
    def planned_share(self) -> float:
        """Share of the team, once all models are live."""
        return float(upkeep_share(self.planned, self.people) or 0.0)


def team_upkeep_sentence(team: TeamUpkeepLoad) -> str:
    """A team's upkeep, now and later."""
    later = ""
    if team.planned > team.live:
        planned = f"{format_people(team.planned)} ({format_whole_percent(team.planned_share)})"
        later = f", {planned} once all is live"
    people = "1 person" if team.people == 1 else f"{team.people} people"
    return (
        f"{team.title}: upkeep takes {format_people(team.live)} of {people} now"
        f" ({format_whole_percent(team.share)}){later}"
    )


def team_upkeep_loads(plan: Plan, as_of: dt.date) -> dict[str, TeamUpkeepLoad]:
    """The upkeep of each team."""
    return {
        name: TeamUpkeepLoad(
            name,
            escape_control(display_title(name, team.title)),
            team.people,
            team_upkeep(plan, name, {"live"}, as_of),
            team_upkeep(plan, name, {"live", *OPEN_STATUSES}, as_of),
            plan.policy.LC03,
        )
        for name, team in plan.teams.items()
    }


def upkeep_by_quarter(
    plan: Plan, forecast: Forecast, team: str
) -> tuple[tuple[dt.date, float], ...]:
    """Expected upkeep of a team at the end of each quarter, in people.

    A model that has not shipped counts by its chance to have shipped by then.
    """
    first = next(iter(forecast.items.values()), None)
    quarters = first.by_quarter if first is not None else ()
    totals = dict.fromkeys((quarter.ends for quarter in quarters), 0.0)
    for name, model in plan.model.items():
        if model.team == team and model_upkeep(model):
            for quarter in forecast.items[name].by_quarter:
                totals[quarter.ends] += _expected_upkeep(model, quarter)
    return tuple(totals.items())


def _expected_upkeep(model: Model, quarter: QuarterChance) -> float:
    if model.retired is not None and model.retired <= quarter.ends:
        return 0.0
    if model.status == "live":
        return model_upkeep(model)
    return model_upkeep(model) * quarter.chance if model.status in OPEN_STATUSES else 0.0


def upkeep_forecast_sentence(course: tuple[tuple[dt.date, float], ...]) -> str:
    """Expected upkeep of a team by quarter, in people; empty without quarters."""
    expected = (
        f"{format_people(people)} at the end of Q{(end.month + 2) // 3} {end.year}"
        for end, people in course
    )
    words = ", ".join(expected)
    return f"  expected: {words}" if words else ""


def upkeep_topic(
    model: Model, team: TeamUpkeepLoad | None, as_of: dt.date
) -> TopicAssessment | None:
    """Assess a model's upkeep; None if it is not live and nothing is recorded."""
    stale = stale_weeks(model, as_of) if model.status == "live" else None
    write_sentences = partial(_upkeep_sentences, model, team, stale, as_of)
    if model.status == "live":
        return TopicAssessment("upkeep", _upkeep_verdict(model, team, stale), write_sentences)
    if not any(write_sentences()):
        return None
    return TopicAssessment("upkeep", TopicVerdict("good", _upkeep_amount(model)), write_sentences)


def _upkeep_verdict(model: Model, team: TeamUpkeepLoad | None, stale: float | None) -> TopicVerdict:
    if stale is not None and stale > 0:
        return TopicVerdict("bad", "stale")
    if model.retrain is None and model.staleness_weeks is None:
        return TopicVerdict("watch", "no limit")
    return TopicVerdict(
        "watch" if team is not None and team.share > team.limit else "good", _upkeep_amount(model)
    )


def _upkeep_amount(model: Model) -> str:
    return f"{format_people(model_upkeep(model))} people" if model_upkeep(model) else "none"


def _upkeep_sentences(
    model: Model, team: TeamUpkeepLoad | None, stale: float | None, as_of: dt.date
) -> Iterator[str]:
    yield from _staleness_warnings(model, stale)
    is_heavy = team is not None and team.share > team.limit and model.status == "live"
    if is_heavy and team is not None:
        yield team_upkeep_sentence(team)
    if model.stages is not None:
        yield f"stages: {' → '.join(_stage_clauses(model))}"
    upkeep = model_upkeep(model)
    if upkeep:
        yield f"keeps {format_people(upkeep)} people busy once it is live"
    if upkeep and team is not None and team.planned and not is_heavy:
        yield f"  {team_upkeep_sentence(team)}"
    yield from _training_sentences(model, stale, as_of)


def _staleness_warnings(model: Model, stale: float | None) -> Iterator[str]:
    if stale is not None and stale > 0:
        weeks = format_count(max(1, round(stale)), "week")
        yield f"stale for {weeks}: train it again, or extend staleness_weeks with evidence"
    if model.status == "live" and model.retrain is None and model.staleness_weeks is None:
        yield "live, and nothing says when it is stale: retrain or staleness_weeks"


def _training_sentences(model: Model, stale: float | None, as_of: dt.date) -> Iterator[str]:
    if model.retrain is not None:
        yield f"trained again every {_interval_text(model.retrain.every_weeks)}"
    if model.retrained is not None:
        until = f"; stale {_stale_clause(model)}" if stale is not None and stale <= 0 else ""
        yield f"last trained {format_days_ago(model.retrained, as_of)}{until}"
    if model.monitor is not None:
        yield _monitor_sentence(model.monitor)


def _monitor_sentence(monitor: MonitoringSignal) -> str:
    levels = (("warn", monitor.warn), ("act", monitor.act))
    thresholds = [f"{word} at {format_level(at)}" for word, at in levels if at is not None]
    often = (
        [f"every {_interval_text(monitor.every_weeks)}"] if monitor.every_weeks is not None else []
    )
    return f"watched: {', '.join([escape_control(monitor.signal), *thresholds, *often])}"


def _interval_text(weeks: float) -> str:
    """An interval after ``every``: ``week``, ``9 weeks``."""
    return "week" if weeks == 1 else f"{format_number(weeks)} weeks"


def _stale_clause(model: Model) -> str:
    return f"after {format_count(round(model.staleness_weeks or 0), 'week')}"


def _stage_clauses(model: Model) -> Iterator[str]:
    given = model.stages.present() if model.stages is not None else {}
    reached = list(given).index(model.stage) if model.stage else 0
    for at, (name, stage) in enumerate(given.items()):
        effort = f"{_format_stage_effort(stage.effort)}, " if at >= reached else ""
        mark = "▸" if model.status == "active" and at == reached else ""
        if at < reached:
            yield f"{mark}{name} (done)"
        else:
            yield f"{mark}{name} ({effort}passes {format_chance(stage.chance)})"


def _format_stage_effort(effort: object) -> str:
    return f"{format_number(effort.p50)} pw" if isinstance(effort, Estimate) else str(effort)
