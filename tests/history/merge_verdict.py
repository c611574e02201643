"""Content of a merged text, and changes lost in the merge."""

from collections import Counter

import tomli

from tests.history.branches import Cells, Expected, Place, Sheet


def sides(text: str) -> tuple[str, str, int]:
    """A text with our side, and with their side, of each conflict that is marked in it; and how
    many there are.
    """
    ours, theirs, marks = [], [], 0
    where = {"both"}
    for line in text.split("\n"):
        mark = line[:7]
        if mark in {"<" * 7, "=" * 7, ">" * 7}:
            where = {"<": {"ours"}, "=": {"theirs"}, ">": {"both"}}[mark[0]]
            marks += mark[0] == "<"
            continue
        ours += [line] if where & {"both", "ours"} else []
        theirs += [line] if where & {"both", "theirs"} else []
    return "\n".join(ours), "\n".join(theirs), marks


def read(text: str) -> dict[Place, Cells]:
    data = tomli.loads(text)
    found: dict[Place, Cells] = {}
    for track in ("product", "model"):
        found |= {(track, name): item for name, item in data.get(track, {}).items()}
    return found


def bare(data: dict[Place, Cells]) -> dict[Place, Cells]:
    """The data with its lists as sets: an empty one is as good as none."""
    return {place: _bare_cells(cells) for place, cells in data.items()}


def _bare_cells(cells: Cells) -> Cells:
    found = {key: value for key, value in cells.items() if value != []}
    for key in ("needs", "tags"):
        value = found.get(key)
        if isinstance(value, list):
            found[key] = sorted(map(str, value))
    return found


def lost_comments(base: Sheet, ours: Sheet, theirs: Sheet, text: str, want: Expected) -> set[str]:
    """Comments that no side removed, on entries that are neither removed nor in conflict."""
    old, mine, yours = base.comments(), ours.comments(), theirs.comments()
    words = (set(mine) & set(yours)) | (set(mine) - set(old)) | (set(yours) - set(old))
    lost = set()
    for word in words:
        owner = mine.get(word) or yours[word]
        around = {owner[:length] for length in range(2, len(owner) + 1)}
        gone = any(_gone(part, base, ours, theirs) for part in around)
        if f"# {word}" not in text and not gone and not around & want.conflicts:
            lost.add(word)
    return lost


def _gone(part: Place, base: Sheet, ours: Sheet, theirs: Sheet) -> bool:
    return any(_has(base, part) and not _has(side, part) for side in (ours, theirs))


def _has(sheet: Sheet, part: Place) -> bool:
    value: object = sheet.data().get(part[:2])
    for step in part[2:]:
        match value:
            case dict():
                value = value.get(step)
            case list():
                value = step in value
            case _:
                value = None
    return isinstance(value, list | dict) or value not in {None, False}


def lost_lines(base: str, ours: str, theirs: str, merged: str) -> set[str]:
    """The lines that a side put in, or that neither took out, and that are nowhere in a text;
    between marks will do.

    Only their presence counts: git takes a line that both sides put in, such as a bracket, once.
    """
    old, mine, yours, there = (
        Counter(map(str.strip, each.splitlines())) for each in (base, ours, theirs, merged)
    )
    return {
        each
        for each in {*mine, *yours}
        if each and mine[each] + yours[each] > old[each] and not there[each]
    }
