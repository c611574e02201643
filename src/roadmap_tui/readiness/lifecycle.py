"""Lifecycle: the upkeep of live models, and whether one is stale."""

import datetime as dt
from collections.abc import Collection

from roadmap_tui.forecast.simulation.amounts import Amount, ratio
from roadmap_tui.plan.items import Model
from roadmap_tui.plan.roadmap import Plan

WORKING_DAYS_PER_MONTH = 20.0


def retraining_load(effort: Amount, every_weeks: float) -> Amount | None:
    """Return the people that retraining keeps busy: person-weeks / weeks.

    None if it isn't done at intervals.
    """
    return ratio(effort, every_weeks)


def people_for_days(
    days_a_month: Amount, working_days: float = WORKING_DAYS_PER_MONTH
) -> Amount | None:
    """Return the people that this many working days a month keep busy.

    None for a month without working days.
    """
    return ratio(days_a_month, working_days)


def upkeep_share(upkeep: Amount, team: float) -> Amount | None:
    """Return the share of a team that upkeep uses; None for an empty team."""
    return ratio(upkeep, team)


def weeks_overdue(
    trained: dt.date | None, staleness_weeks: float | None, as_of: dt.date
) -> float | None:
    """Return weeks since a model went stale, negative before; None without a date or a limit."""
    if trained is None or staleness_weeks is None:
        return None
    return (as_of - trained).days / 7 - staleness_weeks


def stale_weeks(model: Model, as_of: dt.date) -> float | None:
    """Return weeks since a model went stale, negative before; None without a date or a limit."""
    return weeks_overdue(model.retrained or model.finished, model.staleness_weeks, as_of)


def model_upkeep(model: Model) -> float:
    """Return the people that a live model keeps busy, retraining included."""
    return model.upkeep + (model.retrain.people if model.retrain else 0.0)


def team_upkeep(plan: Plan, team: str, statuses: Collection[str], as_of: dt.date) -> float:
    """Return the people of a team that its models of these statuses keep busy once live."""
    kept = (each for each in plan.model.values() if each.team == team and each.status in statuses)
    return sum(model_upkeep(each) for each in kept if each.retired is None or each.retired > as_of)


def upkeep_note(upkeep: float, people: int) -> str:
    """Return the forecast's assumption for a team that is almost fully used by upkeep.

    Empty for any other.

    It keeps a tenth of each team at work on the plan, so that started work ends some day.
    """
    if upkeep <= people - people / 10:
        return ""
    return "; the forecast counts on a tenth of the team for new work all the same"
