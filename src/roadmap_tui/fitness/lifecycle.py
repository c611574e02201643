"""Lifecycle: what live models take, and whether one has grown stale."""

import datetime as dt

from roadmap_tui.fitness.amounts import Amount, ratio

DAYS_A_MONTH = 20.0


def retraining(effort: Amount, every_weeks: float) -> Amount | None:
    """People that training again keeps busy: person-weeks / weeks; None if it is not done at intervals."""
    return ratio(effort, every_weeks)


def people(days_a_month: Amount, working_days: float = DAYS_A_MONTH) -> Amount | None:
    """People that so many days of work a month keep busy; None of a month without working days."""
    return ratio(days_a_month, working_days)


def load(upkeep: Amount, team: float) -> Amount | None:
    """The share of a team that upkeep takes; None of a team of nobody."""
    return ratio(upkeep, team)


def overdue(trained: dt.date | None, staleness_weeks: float | None, as_of: dt.date) -> float | None:
    """Weeks since a model went stale, negative until then; None if it has no day or no limit."""
    if trained is None or staleness_weeks is None:
        return None
    return (as_of - trained).days / 7 - staleness_weeks
