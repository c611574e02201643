"""Follow drawn lines on a grid of characters: from arm to arm, straight on at crossings."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import chain, product
from typing import TypeAlias

Cell: TypeAlias = tuple[int, int]
STEPS = {"UP": (-1, 0), "DOWN": (1, 0), "LEFT": (0, -1), "RIGHT": (0, 1)}
OPPOSITE = {"UP": "DOWN", "DOWN": "UP", "LEFT": "RIGHT", "RIGHT": "LEFT"}


@cache
def arms(char: str) -> frozenset[str]:
    """Directions of a line character, by its name in Unicode; none for other characters."""
    name = unicodedata.name(char, "")
    if not name.startswith("BOX DRAWINGS"):
        return frozenset()
    words = name.replace("VERTICAL", "UP DOWN").replace("HORIZONTAL", "LEFT RIGHT").split()
    return frozenset(word for word in words if word in STEPS)


def beyond(cell: Cell, way: str) -> Cell:
    """The next cell that way."""
    return cell[0] + STEPS[way][0], cell[1] + STEPS[way][1]


def ends(grid: Mapping[Cell, str], start: Cell) -> set[Cell]:
    """Where the line that begins at a cell leads to: the cells behind its last ones."""
    found: set[Cell] = set()
    seen: set[tuple[Cell, str]] = set()
    waiting = [(start, "RIGHT")]
    while waiting:
        cell, way = waiting.pop()
        if (cell, way) in seen:
            continue
        seen.add((cell, way))
        here = arms(grid.get(cell, " "))
        if OPPOSITE[way] not in here:
            found.add(cell)
            continue
        ways = {way} if len(here) == 4 else here - {OPPOSITE[way], "LEFT"}
        waiting += [(beyond(cell, each), each) for each in ways]
    return found


def loose(grid: Mapping[Cell, str]) -> list[Cell]:
    """The cells of lines that reach up or down to a cell that does not reach back."""
    ways = chain.from_iterable(
        product([cell], arms(char) & {"UP", "DOWN"}) for cell, char in grid.items()
    )
    return [
        cell for cell, way in ways if OPPOSITE[way] not in arms(grid.get(beyond(cell, way), " "))
    ]
