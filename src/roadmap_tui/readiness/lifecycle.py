"""Lifecycle: what live models take, and whether one has grown stale."""

import datetime as dt
from collections.abc import Collection

from roadmap_tui.forecast.simulation.amounts import Amount, ratio
from roadmap_tui.plan.items import Model
from roadmap_tui.plan.roadmap import Plan

WORKING_DAYS_PER_MONTH = 20.0


def retraining_load(effort: Amount, every_weeks: float) -> Amount | None:
    """People that training again keeps busy: person-weeks / weeks; None if it is not done at intervals."""
    return ratio(effort, every_weeks)


def people_for_days(
    days_a_month: Amount, working_days: float = WORKING_DAYS_PER_MONTH
) -> Amount | None:
    """People that so many days of work a month keep busy; None of a month without working days."""
    return ratio(days_a_month, working_days)


def upkeep_share(upkeep: Amount, team: float) -> Amount | None:
    """The share of a team that upkeep takes; None of a team of nobody."""
    return ratio(upkeep, team)


def weeks_overdue(
    trained: dt.date | None, staleness_weeks: float | None, as_of: dt.date
) -> float | None:
    """Weeks since a model went stale, negative until then; None if it has no day or no limit."""
    if trained is None or staleness_weeks is None:
        return None
    return (as_of - trained).days / 7 - staleness_weeks


def stale_weeks(model: Model, as_of: dt.date) -> float | None:
    """Weeks since a model went stale, negative until then; None without a day or a limit."""
    return weeks_overdue(model.retrained or model.finished, model.staleness_weeks, as_of)


def model_upkeep(model: Model) -> float:
    """People that a live model keeps busy, training it again included."""
    return model.upkeep + (model.retrain.people if model.retrain else 0.0)


def team_upkeep(plan: Plan, team: str, statuses: Collection[str], as_of: dt.date) -> float:
    """People of a team that its models of these statuses keep busy, once they are live."""
    kept = (each for each in plan.model.values() if each.team == team and each.status in statuses)
    return sum(model_upkeep(each) for each in kept if each.retired is None or each.retired > as_of)


def upkeep_note(upkeep: float, people: int) -> str:
    """What the forecast assumes of a team that upkeep takes all but whole; empty of any other.

    It keeps a tenth of each team at work on the plan, so that what is begun ends some day.
    """
    if upkeep <= people - people / 10:
        return ""
    return "; the forecast counts on a tenth of the team for new work all the same"
