"""Three-way merging of values by key: what both sides changed alike or apart from each other is taken from both."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeAlias, TypeVar

from roadmap_tui.document.serializer import serialize_value
from roadmap_tui.document.values import Values, is_same_value
from roadmap_tui.plan.faults import KeyPath

MergeSide: TypeAlias = Literal["ours", "theirs"]
MergeVersion: TypeAlias = Literal["base", "ours", "theirs"]
MergeChoices: TypeAlias = Mapping[KeyPath, MergeVersion]


_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ThreeWay(Generic[_T]):
    """The common ancestor and the two that were made of it."""

    base: _T
    ours: _T
    theirs: _T

    def __iter__(self) -> Iterator[_T]:
        return iter((self.base, self.ours, self.theirs))

    def resolve(self, otherwise: _T) -> _T:
        """What the one side that changed it made of it; `otherwise` if both did, differently."""
        if self.ours == self.base:
            return self.theirs
        return self.ours if self.theirs in (self.ours, self.base) else otherwise

    def version(self, side: MergeVersion) -> _T:
        """One of them."""
        if side == "base":
            return self.base
        return self.ours if side == "ours" else self.theirs


@dataclass(frozen=True, slots=True)
class MergeChange:
    """What became of one key; None where it is absent.

    Attributes:
        result: what the merge makes of it; while a conflict has no choice, our side.
        conflict: whether both sides changed it, so that somebody has to choose.
    """

    path: KeyPath
    base: object | None
    ours: object | None
    theirs: object | None
    result: object | None
    conflict: bool = False


def merge_values(
    three: ThreeWay[Values], choices: MergeChoices, disputed: frozenset[KeyPath] = frozenset()
) -> tuple[dict[str, object], tuple[MergeChange, ...]]:
    """Merge two tables that were made of one.

    What only one side changed is taken from it. Lists of texts are ordered sets: what either side took out is out,
    what either put in is in; an absent one is empty.

    Args:
        three: the tables; an empty ancestor if there is none.
        choices: paths where one side is taken as it is.
        disputed: paths where the ancestor is in conflict itself, and so differs from both sides.

    Returns:
        The merged table, and every key that a side changed.
    """
    merging = _ValueMerge(choices, disputed)
    merged = merging.table((), three)
    return merged, tuple(merging.changes)


@dataclass(slots=True)
class _ValueMerge:
    choices: MergeChoices
    disputed: frozenset[KeyPath]
    changes: list[MergeChange] = field(default_factory=list)

    def table(self, path: KeyPath, three: ThreeWay[Values]) -> dict[str, object]:
        merged = {}
        for key in {**three.ours, **three.theirs, **three.base}:
            value = self.value((*path, key), ThreeWay(*(each.get(key) for each in three)))
            if value is not None:
                merged[key] = value
        return merged

    def value(self, path: KeyPath, three: ThreeWay[object]) -> object:
        if path in self.choices:
            return self._record(path, three, three.version(self.choices[path]), conflict=True)
        tables = _as_tables(three)
        if tables is not None:
            return self.table(path, tables)
        if self._is_disputed(path):
            return self._record(
                path, three, three.ours, conflict=not is_same_value(three.ours, three.theirs)
            )
        return self._leaf(path, three)

    def _leaf(self, path: KeyPath, three: ThreeWay[object]) -> object:
        if is_same_value(three.base, three.ours):
            return (
                three.ours
                if is_same_value(three.base, three.theirs)
                else self._record(path, three, three.theirs)
            )
        if is_same_value(three.ours, three.theirs) or is_same_value(three.base, three.theirs):
            return self._record(path, three, three.ours)
        merged = _merge_lists(three)
        if merged is None:
            return self._record(path, three, three.ours, conflict=True)
        return self._record(
            path, three, merged if merged or (three.ours and three.theirs) else None
        )

    def _is_disputed(self, path: KeyPath) -> bool:
        return any(path[:length] in self.disputed for length in range(1, len(path) + 1))

    def _record(
        self, path: KeyPath, three: ThreeWay[object], result: object, *, conflict: bool = False
    ) -> object:
        self.changes.append(
            MergeChange(path, three.base, three.ours, three.theirs, result, conflict)
        )
        return result


def differing_paths(one: Values, other: Values, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Where two tables differ, as paths to what is not a table in both."""
    for key in {**one, **other}:
        mine, yours = one.get(key), other.get(key)
        if isinstance(mine, Mapping) and isinstance(yours, Mapping):
            yield from differing_paths(mine, yours, (*path, key))
        elif not is_same_value(mine, yours):
            yield (*path, key)


def _as_tables(three: ThreeWay[object]) -> ThreeWay[Values] | None:
    """The three as tables to merge key by key, if both sides have one; what was not there is empty."""
    base, ours, theirs = three
    if (
        isinstance(ours, Mapping)
        and isinstance(theirs, Mapping)
        and (base is None or isinstance(base, Mapping))
    ):
        return ThreeWay(base or {}, ours, theirs)
    return None


def merge_order(
    base: list[str],
    ours: list[str],
    theirs: list[str],
    keep: Callable[[str], bool] = lambda _: True,
) -> list[str]:
    """One order of what is in either sequence and is to be kept: ours, with theirs where it stands there.

    If only their side moved what was there before, their order is the one that is kept.
    """
    common = set(base) & set(ours) & set(theirs)
    orders = [[each for each in sequence if each in common] for sequence in (base, ours, theirs)]
    if orders[0] == orders[1] != orders[2]:
        ours, theirs = theirs, ours
    merged = [each for each in ours if keep(each)]
    there, old = set(merged), {*base, *theirs}
    at = 0
    for each in theirs:
        if each in there:
            at = merged.index(each) + 1
        elif keep(each):
            while at < len(merged) and merged[at] not in old:
                at += 1
            merged.insert(at, each)
            at += 1
    return merged


def _merge_lists(three: ThreeWay[object]) -> list[object] | None:
    """The lists merged as ordered sets, or None if that is not what they are or if it would not be sure."""
    named = [_elements_by_name([] if each is None else each) for each in three]
    old, mine, yours = named
    if old is None or mine is None or yours is None:
        return None
    elements = {**old, **mine, **yours}
    if not all(isinstance(each, str) for each in elements.values()) and not _are_changes_disjoint(
        old, mine, yours
    ):
        return None
    out = {each for each in old if each not in mine or each not in yours}
    order = merge_order(list(old), list(mine), list(yours), lambda each: each not in out)
    return [elements[each] for each in order]


def _elements_by_name(value: object) -> dict[str, object] | None:
    """The elements of a list by how they are spelled; None if it is not a list of texts, lists or tables, each once."""
    if not isinstance(value, list) or any(
        isinstance(each, int | float | dt.date | dt.time) for each in value
    ):
        return None
    names = {serialize_value(each): each for each in value}
    return names if len(names) == len(value) else None


def _are_changes_disjoint(
    old: dict[str, object], mine: dict[str, object], yours: dict[str, object]
) -> bool:
    """Whether the sides changed different elements; one with parts that is gone may be changed, not taken out."""
    if old and not (mine and yours):
        return False
    both = (
        each
        for each, value in old.items()
        if not isinstance(value, str) and each not in mine and each not in yours
    )
    kept = [each for each in old if each in mine and each in yours]
    orders = [[each for each in side if each in kept] for side in (mine, yours)]
    return not any(both) and (kept in orders or orders[0] == orders[1])
