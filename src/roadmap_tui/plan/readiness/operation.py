"""Operation of a live model: monitoring and retraining."""

from roadmap_tui.plan.base import Positive, Table
from roadmap_tui.plan.estimate import EstimateField


class MonitoringSignal(Table):
    """A signal that is watched while a model is live."""

    signal: str
    warn: float | None = None
    act: float | None = None
    every_weeks: Positive | None = None


class RetrainingPlan(Table):
    """How often a live model is trained again, and the effort of that."""

    every_weeks: Positive
    effort: EstimateField

    @property
    def people(self) -> float:
        """People that retraining takes all the time, at its likely effort."""
        return self.effort.p50 / self.every_weeks
