"""Three-way merge of values by key: compatible changes of both sides are combined."""

import datetime as dt
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeAlias, TypeVar

from roadmap_tui.document.serializer import serialize_value
from roadmap_tui.document.values import Values, is_same_value
from roadmap_tui.plan.faults import KeyPath

MergeSide: TypeAlias = Literal["ours", "theirs"]
MergeVersion: TypeAlias = Literal["base", "ours", "theirs"]
MergeChoices: TypeAlias = Mapping[KeyPath, MergeVersion]


_T = TypeVar("_T")
_U = TypeVar("_U")


@dataclass(frozen=True, slots=True)
class ThreeWay(Generic[_T]):
    """The common ancestor and the two versions that come from it."""

    base: _T
    ours: _T
    theirs: _T

    def __iter__(self) -> Iterator[_T]:
        return iter((self.base, self.ours, self.theirs))

    def map(self, function: Callable[[_T], _U]) -> "ThreeWay[_U]":
        """The results of a function for each of the three."""
        return ThreeWay(function(self.base), function(self.ours), function(self.theirs))

    def resolve(self, otherwise: _T) -> _T:
        """The version of the one side that changed it; `otherwise` if both did, differently."""
        if self.ours == self.base:
            return self.theirs
        return self.ours if self.theirs in (self.ours, self.base) else otherwise

    def version(self, side: MergeVersion) -> _T:
        """One of the three."""
        if side == "base":
            return self.base
        return self.ours if side == "ours" else self.theirs


@dataclass(frozen=True, slots=True)
class MergeChange:
    """The change of one key; None where it is absent.

    Attributes:
        result: the merged value; while a conflict has no choice, our side.
        conflict: whether both sides changed it, so that a choice is needed.
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
    """Merge two tables that come from one.

    What only one side changed is taken from it. Lists of texts are ordered sets: what either side
    removed is out, what either added is in; an absent one is empty.

    Args:
        three: the tables; an empty ancestor if there is none.
        choices: paths where one version is taken.
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
            is_conflict = not is_same_value(three.ours, three.theirs)
            return self._record(path, three, three.ours, conflict=is_conflict)
        return self._leaf(path, three)

    def _leaf(self, path: KeyPath, three: ThreeWay[object]) -> object:
        if is_same_value(three.base, three.ours):
            if is_same_value(three.base, three.theirs):
                return three.ours
            return self._record(path, three, three.theirs)
        if is_same_value(three.ours, three.theirs) or is_same_value(three.base, three.theirs):
            return self._record(path, three, three.ours)
        merged = _merge_lists(three)
        if merged is None:
            return self._record(path, three, three.ours, conflict=True)
        # An empty list stays only where both sides have elements of their own.
        is_kept = merged or (three.ours and three.theirs)
        return self._record(path, three, merged if is_kept else None)

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
    """The paths where two tables differ; tables on both sides are entered."""
    for key in {**one, **other}:
        mine, yours = one.get(key), other.get(key)
        if isinstance(mine, Mapping) and isinstance(yours, Mapping):
            yield from differing_paths(mine, yours, (*path, key))
        elif not is_same_value(mine, yours):
            yield (*path, key)


def _as_tables(three: ThreeWay[object]) -> ThreeWay[Values] | None:
    """The three as tables to merge key by key, if both sides are tables; an absent one is empty."""
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
    """The order of what is in either sequence and is kept: ours, with theirs at its place there.

    If only their side moved what was there before, their order is the one that is kept.
    """
    common = set(base) & set(ours) & set(theirs)
    before, mine, yours = (_only(sequence, common) for sequence in (base, ours, theirs))
    if before == mine != yours:
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


def _only(sequence: Iterable[str], kept: Container[str]) -> list[str]:
    return [each for each in sequence if each in kept]


def _merge_lists(three: ThreeWay[object]) -> list[object] | None:
    """The lists merged as ordered sets; None if they aren't sets, or if the result is uncertain."""
    named = [_elements_by_name([] if each is None else each) for each in three]
    old, mine, yours = named
    if old is None or mine is None or yours is None:
        return None
    elements = {**old, **mine, **yours}
    has_parts = not all(isinstance(each, str) for each in elements.values())
    if has_parts and not _are_changes_disjoint(old, mine, yours):
        return None
    out = {each for each in old if each not in mine or each not in yours}
    order = merge_order(list(old), list(mine), list(yours), lambda each: each not in out)
    return [elements[each] for each in order]


def _elements_by_name(value: object) -> dict[str, object] | None:
    """The elements of a list by their source; None unless they are distinct texts or have parts."""
    if not isinstance(value, list):
        return None
    if any(isinstance(each, int | float | dt.date | dt.time) for each in value):
        return None
    names = {serialize_value(each): each for each in value}
    return names if len(names) == len(value) else None


def _are_changes_disjoint(
    old: dict[str, object], mine: dict[str, object], yours: dict[str, object]
) -> bool:
    """Whether the sides changed different elements.

    An element with parts that is gone on both sides may have been changed by both.
    """
    if old and not (mine and yours):
        return False
    for name, value in old.items():
        if not isinstance(value, str) and name not in mine and name not in yours:
            return False
    kept = [each for each in old if each in mine and each in yours]
    my_order, your_order = _only(mine, kept), _only(yours, kept)
    return kept in (my_order, your_order) or my_order == your_order
