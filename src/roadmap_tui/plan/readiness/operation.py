"""Operation of a live model: monitoring and retraining."""

from typing import Annotated

from roadmap_tui.plan.base import Positive, Table
from roadmap_tui.plan.estimate import EstimateField
from roadmap_tui.plan.field_docs import field_doc


class MonitoringSignal(Table):
    """A signal that is watched while a model is live."""

    signal: Annotated[
        str, field_doc("Signal", "What is watched once the model is live.", example="override rate")
    ]
    warn: Annotated[
        float | None, field_doc("Warn at", "Level at which someone looks.", example=0.3)
    ] = None
    act: Annotated[
        float | None, field_doc("Act at", "Level at which someone acts.", example=0.4)
    ] = None
    every_weeks: Annotated[
        Positive | None, field_doc("Every", "How often it is looked at.", example=1, unit="weeks")
    ] = None


class RetrainingPlan(Table):
    """How often a live model is trained again, and the effort of that."""

    every_weeks: Annotated[
        Positive,
        field_doc(
            "Every", "Time between two trainings of the live model.", example=8, unit="weeks"
        ),
    ]
    effort: Annotated[
        EstimateField,
        field_doc("Effort", "Effort of one training.", example=1, unit="person-weeks"),
    ]

    @property
    def people(self) -> float:
        """People that retraining takes all the time, at its likely effort."""
        return self.effort.p50 / self.every_weeks
