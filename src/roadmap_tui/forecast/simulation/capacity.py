"""Capacity of a team: when each of its people is free, in every run."""

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.run_sets import Bools

Weeks = NDArray[np.float32]


class Capacity:
    """Sorted weeks from which each person of a team is free; immutable.

    Attributes:
        free_from: one array of shape (runs,) per person.
    """

    def __init__(self, free: tuple[Weeks, ...]) -> None:
        self.free_from = free

    @classmethod
    def all_free(cls, people: int, runs: int) -> "Capacity":
        """Return a team whose people are all free from the start."""
        return cls((np.zeros(runs, np.float32),) * people)

    def occupy(self, count: int, until: Weeks, where: Bools | None) -> "Capacity":
        """Return the capacity after the first `count` people are busy until `until`.

        Args:
            count: number of people.
            until: week in each run.
            where: runs in which they are occupied; None means all.
        """
        # People never become free earlier, so the maximum with 0 keeps the old week elsewhere.
        if count == 1 and where is not None:
            until, where = np.maximum(until * where, self.free_from[0]), None
        after = self._occupied_everywhere(count, until)
        if where is None:
            return Capacity(after)
        masked = [each * where for each in after]
        return Capacity(tuple(map(np.maximum, masked, self.free_from)))

    def _occupied_everywhere(self, count: int, until: Weeks) -> tuple[Weeks, ...]:
        """Return all but the first `count` weeks plus `count` times `until`, sorted."""
        rest = self.free_from[count:]
        below = [np.minimum(each, until) for each in rest] + [until] * count
        return (*below[:count], *map(np.maximum, below[count:], rest))
