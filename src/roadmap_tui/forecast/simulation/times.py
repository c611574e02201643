"""Times of items: when they are worked on, and when their outcome is known, in every run."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from roadmap_tui.forecast.simulation.capacity import Weeks
from roadmap_tui.forecast.simulation.run_sets import Bools, never_where


@dataclass(frozen=True, slots=True)
class Times:
    """When each open item starts, when its work ends, and when its resolution is known.

    Shape (runs,) each.

    Weeks from the start of the forecast. Where an item delivers, `resolved_at` is its finish. Where
    it isn't attempted, `start` and `end` are when it would be worked on.
    """

    start: dict[str, Weeks]
    end: dict[str, Weeks]
    resolved_at: dict[str, Weeks]


@dataclass(frozen=True, eq=False, slots=True)
class WorkInterval:
    """When work on an open item starts and ends, as in `Times`."""

    start: Weeks
    end: Weeks


@dataclass(frozen=True, eq=False, slots=True)
class Resolution:
    """When an open item's outcome is known, and whether it delivers; shape (runs,) each."""

    resolved_at: Weeks
    delivers: Bools

    @property
    def failed_at(self) -> Weeks:
        """When it is known that the item doesn't deliver; `NEVER` where it does."""
        return never_where_met(self.delivers, self.resolved_at)


class ScheduledItem(NamedTuple):
    """Interval and resolution of an open item."""

    id: str
    interval: WorkInterval
    resolution: Resolution


def never_where_met(mask: Bools, weeks: Weeks) -> Weeks:
    """Return `weeks`, with `NEVER` in the runs of the mask."""
    return np.maximum(weeks, never_where(mask))
