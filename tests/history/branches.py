"""Random roadmaps, random branches of them, and what a merge by key must come to, worked out on
plain dicts.
"""

import copy
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, product
from typing import TypeAlias

import tomli_w

Place: TypeAlias = tuple[str, ...]
Cells: TypeAlias = dict[str, object]

MODELS = [f"m{number}" for number in range(6)]
SCALARS = ("title", "owner", "effort", "reach", "chance", "confidence", "order", "summary")
LISTS = {"needs": MODELS, "tags": list("abcdefgh")}


@dataclass
class Table:
    """One item as a person writes it; comments by what in it they belong to."""

    values: Cells = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    comments: dict[Place, str] = field(default_factory=dict)

    def beside(self, *owner: str) -> str:
        return f"  # {self.comments[owner]}" if owner in self.comments else ""

    def lines(self, tall: bool) -> Iterator[str]:
        for key, value in self.values.items():
            yield f"{key} = {_spell(value)}{self.beside(key)}"
        for key, elements in self.lists.items():
            if tall:
                yield f"{key} = ["
                yield from (f'    "{each}",{self.beside(key, each)}' for each in elements)
                yield f"]{self.beside(key)}"
            else:
                yield f"{key} = {_spell(elements).replace(chr(10), ' ')}{self.beside(key)}"

    def drop(self, *owner: str) -> None:
        """Take out the comments on what is gone."""
        self.comments = {
            each: text for each, text in self.comments.items() if each[: len(owner)] != owner
        }


@dataclass
class Sheet:
    """A roadmap as a person writes it. No two comments are the same."""

    tables: dict[Place, Table]
    tall: bool
    newline: str

    def data(self) -> dict[Place, Cells]:
        return {place: {**table.values, **table.lists} for place, table in self.tables.items()}

    def comments(self) -> dict[str, Place]:
        """Every comment with what it belongs to."""
        places = {}
        for place, table in self.tables.items():
            for owner, comment in table.comments.items():
                if self.tall or len(owner) < 2:
                    places[comment] = (*place, *owner)
        return places

    def text(self) -> str:
        lines = ["schema = 1"]
        for place, table in self.tables.items():
            above = [f"# {table.comments[()]}"] if () in table.comments else []
            lines += ["", *above, f"[{'.'.join(place)}]", *table.lines(self.tall)]
        return self.newline.join([*lines, ""])


def _spell(value: object) -> str:
    return tomli_w.dumps({"v": value}).removeprefix("v = ").removesuffix("\n").replace("\n", " ")


class Writer:
    """A random editor of roadmaps."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.words = 0

    def sheet(self) -> Sheet:
        names = [("product", f"p{number}") for number in range(self.random.randint(3, 7))]
        names += [("model", name) for name in MODELS[:4]]
        sheet = Sheet({}, self.random.random() < 0.7, self.random.choice(["\n", "\n", "\r\n"]))
        for track, name in names:
            sheet.tables[track, name] = self._table(track)
        return sheet

    def branch(self, sheet: Sheet, edits: int = 4) -> Sheet:
        result = copy.deepcopy(sheet)
        ways = [
            self._put,
            self._put,
            self._take,
            self._grow,
            self._grow,
            self._shrink,
            self._add,
            self._remove,
            self._remark,
        ]
        for _ in range(edits):
            self.random.choice(ways)(result)
        return result

    def _word(self) -> str:
        self.words += 1
        return f"word-{self.words}."

    def _value(self, key: str) -> object:
        low = self.random.randint(1, 9)
        return {
            "effort": [low, low * 2, low * 5],
            "reach": [low * 100, low * 200, low * 500],
            "chance": low / 10,
            "confidence": low / 10,
            "order": low,
        }.get(key, f"Text {self.random.randint(0, 999)} # [x]")

    def _table(self, track: str) -> Table:
        table = Table(
            {
                key: self._value(key)
                for key in self.random.sample(SCALARS, self.random.randint(1, 5))
            }
        )
        for key, known in LISTS.items():
            if self.random.random() < 0.5 and (track == "product" or key != "needs"):
                table.lists[key] = self.random.sample(known, self.random.randint(1, 3))
        for owner in [(), *((key,) for key in (*table.values, *table.lists)), *_elements(table)]:
            if self.random.random() < 0.3:
                table.comments[owner] = self._word()
        return table

    def _any(self, sheet: Sheet) -> Table:
        return sheet.tables[self.random.choice(list(sheet.tables))]

    def _put(self, sheet: Sheet) -> None:
        key = self.random.choice(SCALARS)
        self._any(sheet).values[key] = self._value(key)

    def _take(self, sheet: Sheet) -> None:
        table = self._any(sheet)
        if len(table.values) > 1:
            key = self.random.choice(list(table.values))
            del table.values[key]
            table.drop(key)

    def _grow(self, sheet: Sheet) -> None:
        place = self.random.choice(list(sheet.tables))
        key = "tags" if place[0] == "model" else self.random.choice(list(LISTS))
        elements = sheet.tables[place].lists.setdefault(key, [])
        new = [each for each in LISTS[key] if each not in elements]
        if new:
            each = self.random.choice(new)
            elements.insert(self.random.choice([0, len(elements)]), each)
            if sheet.tall and self.random.random() < 0.5:
                sheet.tables[place].comments[key, each] = self._word()

    def _shrink(self, sheet: Sheet) -> None:
        tables = [table for table in sheet.tables.values() if table.lists]
        if tables:
            table = self.random.choice(tables)
            key = self.random.choice(list(table.lists))
            each = self.random.choice(table.lists[key])
            table.lists[key].remove(each)
            table.drop(key, each)
            if not table.lists[key]:
                del table.lists[key]
                table.drop(key)

    def _add(self, sheet: Sheet) -> None:
        track = self.random.choice(["product", "model"])
        names = [f"p{number}" for number in range(10)] if track == "product" else MODELS
        free = [name for name in names if (track, name) not in sheet.tables]
        if free:
            places = list(sheet.tables)
            at = self.random.randint(0, len(places))
            new = (track, self.random.choice(free))
            sheet.tables = {
                place: sheet.tables[place] if place in sheet.tables else self._table(track)
                for place in [*places[:at], new, *places[at:]]
            }

    def _remove(self, sheet: Sheet) -> None:
        if len(sheet.tables) > 2:
            del sheet.tables[self.random.choice(list(sheet.tables))]

    def _remark(self, sheet: Sheet) -> None:
        table = self._any(sheet)
        table.comments[self.random.choice([(), *((key,) for key in table.values)])] = self._word()


def _elements(table: Table) -> list[Place]:
    return list(chain.from_iterable(product([key], each) for key, each in table.lists.items()))


@dataclass
class Expected:
    """What a merge must come to: the data if our side, or theirs, is taken in every conflict, and
    the conflicts.
    """

    ours: dict[Place, Cells] = field(default_factory=dict)
    theirs: dict[Place, Cells] = field(default_factory=dict)
    conflicts: set[Place] = field(default_factory=set)


def expected(base: Sheet, ours: Sheet, theirs: Sheet) -> Expected:
    result = Expected()
    old, mine, yours = base.data(), ours.data(), theirs.data()
    for place in {**old, **mine, **yours}:
        if place in mine and place in yours:
            result.ours[place], result.theirs[place], both = _cells(
                old.get(place, {}), mine[place], yours[place]
            )
            result.conflicts |= {(*place, key) for key in both}
            continue
        if place in old and (mine.get(place) or yours.get(place)) == old[place]:
            continue
        if place in old and (place in mine or place in yours):
            result.conflicts.add(place)
        if place in mine:
            result.ours[place] = mine[place]
        if place in yours:
            result.theirs[place] = yours[place]
        if place not in old:
            result.ours[place] = result.theirs[place] = mine.get(place) or yours[place]
    return result


def _cells(old: Cells, mine: Cells, yours: Cells) -> tuple[Cells, Cells, set[str]]:
    """One item with our side, or theirs, of every conflict, and the keys in conflict."""
    ours, theirs, conflicts = dict(mine), dict(yours), set()
    for key in {**old, **mine, **yours}:
        was, one, other = old.get(key), mine.get(key), yours.get(key)
        taken: object = one
        if key in LISTS:
            taken = _union(was, one, other)
        elif other in (one, was):
            pass
        elif one == was:
            taken = other
        else:
            conflicts.add(key)
            continue
        for side in (ours, theirs):
            side.pop(key, None)
            if taken:
                side[key] = taken
    return ours, theirs, conflicts


def _union(was: object, one: object, other: object) -> list[str]:
    """A set as a sorted list."""
    old, mine, yours = (
        set(map(str, side)) if isinstance(side, list) else set() for side in (was, one, other)
    )
    return sorted((old & mine & yours) | (mine - old) | (yours - old))
