"""A team's lanes in every run."""

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.run_sets import Bools

Weeks = NDArray[np.float32]


class Capacity:
    """The sorted weeks from which each of a team's lanes is free; they never change.

    Attributes:
        free_from: by lane; shape (runs,) each.
    """

    def __init__(self, free: tuple[Weeks, ...]) -> None:
        self.free_from = free

    @classmethod
    def all_free(cls, people: int, runs: int) -> "Capacity":
        """All of them free from the start."""
        return cls((np.zeros(runs, np.float32),) * people)

    def occupy(self, count: int, until: Weeks, where: Bools | None) -> "Capacity":
        """The lanes once the first so many are held until then, in the runs where that happens; None is all."""
        # no lane is free sooner than it was: elsewhere, of 0 and what was the later stays
        if count == 1 and where is not None:
            until, where = np.maximum(until * where, self.free_from[0]), None
        after = self._occupied_everywhere(count, until)
        return Capacity(
            after
            if where is None
            else tuple(map(np.maximum, [each * where for each in after], self.free_from))
        )

    def _occupied_everywhere(self, count: int, until: Weeks) -> tuple[Weeks, ...]:
        """All but the first so many, and so many times `until`, sorted."""
        rest = self.free_from[count:]
        below = [np.minimum(each, until) for each in rest] + [until] * count
        return (*below[:count], *map(np.maximum, below[count:], rest))
