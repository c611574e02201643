"""What one forecast found out, for the next: an edit works out anew only what it touches."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")


@dataclass(frozen=True, eq=False, slots=True)
class Same:
    """Numbers that are the same as others if all of them are."""

    numbers: NDArray[np.floating]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and (
            self.numbers is other.numbers or bool(np.array_equal(self.numbers, other.numbers))
        )

    def __hash__(self) -> int:
        """Equal for equal numbers."""
        return self.numbers.size


class Recall:
    """What was found last, by what it is and whose, with what it was found from.

    Attributes:
        keeps: whether anything is kept; else all is found anew.
    """

    def __init__(self, *, keeps: bool = True) -> None:
        self.keeps = keeps
        self._found: dict[tuple[str, str], tuple[tuple[object, ...], Any]] = {}

    def find(self, what: str, name: str, given: tuple[object, ...], work_out: Callable[[], T]) -> T:
        """What was found from the same before, or else is worked out now.

        Args:
            what: is looked for.
            name: the id of the item or team.
            given: all that it follows from; of that, what was found itself is the same if it was not found anew.
            work_out: finds it.
        """
        if not self.keeps:
            return work_out()
        known = self._found.get((what, name))
        if known is not None and known[0] == given:
            recalled: T = known[1]
            return recalled
        found = work_out()
        self._found[what, name] = given, found
        return found

    def keep(self, names: Container[str]) -> None:
        """Forget all of items and teams that are not among these."""
        self._found = {each: found for each, found in self._found.items() if each[1] in names}


NONE = Recall(keeps=False)
