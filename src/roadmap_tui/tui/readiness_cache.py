"""Readiness of the latest plans, assessed once."""

import datetime as dt

from roadmap_tui.narrative.readiness.assessment import Readiness
from roadmap_tui.plan.roadmap import Plan


class ReadinessCache:
    """Readiness of the current plan and, during a forecast, of the one before it."""

    def __init__(self) -> None:
        self._known: tuple[Readiness, ...] = ()

    def of(self, plan: Plan, as_of: dt.date) -> Readiness:
        """The readiness of a plan's AI items on a day."""
        for known in self._known:
            if known.plan is plan and known.as_of == as_of:
                return known
        self._known = (Readiness(plan, as_of), *self._known[:1])
        return self._known[0]
