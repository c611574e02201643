"""A team's lanes in every future."""

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.futures import Bools

Weeks = NDArray[np.float32]


class Lanes:
    """The sorted weeks from which each of a team's lanes is free; they never change.

    Attributes:
        free: by lane; shape (futures,) each.
    """

    def __init__(self, free: tuple[Weeks, ...]) -> None:
        self.free = free

    @classmethod
    def of(cls, people: int, futures: int) -> "Lanes":
        """All of them free from the start."""
        return cls((np.zeros(futures, np.float32),) * people)

    def held(self, count: int, until: Weeks, where: Bools | None) -> "Lanes":
        """The lanes once the first so many are held until then, in the futures where that happens; None is all."""
        # no lane is free sooner than it was: elsewhere, of 0 and what was the later stays
        if count == 1 and where is not None:
            until, where = np.maximum(until * where, self.free[0]), None
        after = self._merged(count, until)
        return Lanes(
            after
            if where is None
            else tuple(map(np.maximum, [each * where for each in after], self.free))
        )

    def _merged(self, count: int, until: Weeks) -> tuple[Weeks, ...]:
        """All but the first so many, and so many times `until`, sorted."""
        rest = self.free[count:]
        below = [np.minimum(each, until) for each in rest] + [until] * count
        return (*below[:count], *map(np.maximum, below[count:], rest))
