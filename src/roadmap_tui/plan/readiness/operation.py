"""Operation of a live model: monitoring and retraining."""

import datetime as dt
from typing import Annotated

from roadmap_tui.plan.base import Day, ListOf, Positive, Table
from roadmap_tui.plan.estimate import EstimateField
from roadmap_tui.plan.field_docs import field_doc


class MonitorReading(Table):
    """What a monitor showed on a day."""

    on: Annotated[Day, field_doc("Read on", "Day of the reading.", example=dt.date(2026, 11, 16))]
    value: Annotated[float, field_doc("Value", "What the signal showed.", example=0.12)]


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
    readings: Annotated[
        ListOf[MonitorReading],
        field_doc(
            "Readings",
            "What the signal showed, day by day; the newest one counts.",
            example=[{"on": dt.date(2026, 11, 16), "value": 0.12}],
        ),
    ] = ()

    def newest_readings(self) -> tuple[MonitorReading, ...]:
        """The readings, the newest first; of several of a day, the last one first."""
        return tuple(sorted(self.readings, key=lambda each: each.on)[::-1])


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
