"""Score of each item in each run: unlocked value per person-week."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial, reduce
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.analysis.rank_distribution import Scores
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_checkpoints
from roadmap_tui.forecast.simulation.marginal_value import BLOCK, MarginalValue
from roadmap_tui.forecast.simulation.sampling import EffortSampler, Numbers, RandomSource
from roadmap_tui.plan.resolver import ResolvedPlan

_MAX_PARTS_PER_ITEM, _CANDIDATES = 16, 8
"""Average parts per sum beyond which a matrix product is faster; items tried as a part."""
_MIN_EFFORT = np.float32(1e-9)
"""Smallest effort in person-weeks, so that scores stay finite."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """What an item unlocks, as a sum.

    Attributes:
        rows: items that each unlock a part of it.
        columns: valued items that are a part each.
    """

    rows: tuple[int, ...]
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Product:
    """What items unlock, as a matrix product.

    Attributes:
        rows: the items.
        columns: the valued items that they unlock.
        shares: share unlocked of each, relative to its chance to deliver; shape (rows, columns).
    """

    rows: list[int]
    columns: tuple[int, ...]
    shares: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Values:
    """Value of each valued item in each run, times its chance to deliver.

    Cached while it is needed again.

    Attributes:
        draw: samples the item with that index; shape (runs,).
        uses: how often each is still needed.
        cached: those that are needed again.
    """

    draw: Callable[[int], Numbers]
    uses: Counter[int]
    cached: dict[int, Numbers] = field(default_factory=dict)

    def draw_all(self, columns: Iterable[int]) -> Iterator[Numbers]:
        """Yield the values of some items."""
        for column in columns:
            value = self.cached.pop(column) if column in self.cached else self.draw(column)
            self.uses[column] -= 1
            if self.uses[column]:
                self.cached[column] = value
            yield value


class _SharedSums:
    """Running sums of unlocked value, to which each part is added when it is ready.

    Sums with the same parts so far share one array.

    Args:
        sums: by row of the item.
    """

    def __init__(self, sums: Mapping[int, _Sum]) -> None:
        self._wanted: dict[int, list[int]] = defaultdict(list)
        for row, each in sums.items():
            for other in each.rows:
                self._wanted[other].append(row)
        self._under_way: dict[int, Numbers] = {}

    def add_to_sums(self, row: int, unlocked: Numbers) -> Numbers:
        """Add what the item of this row unlocks, shape (runs,), to all sums that contain it.

        Return it.
        """
        sums: dict[int, tuple[Numbers, Numbers]] = {}
        for each in self._wanted[row]:
            known = self._under_way.get(each)
            if known is not None and id(known) not in sums:
                sums[id(known)] = known, known + unlocked
            self._under_way[each] = unlocked if known is None else sums[id(known)][1]
        return unlocked

    def finished_sum(self, row: int) -> Iterator[Numbers]:
        """Yield the sum for the item of this row, if anything was added to it."""
        if row in self._under_way:
            yield self._under_way.pop(row)


def sample_scores(
    resolved: ResolvedPlan,
    marginal_value: MarginalValue,
    efforts: EffortSampler,
    names: tuple[str, ...],
    checkpoint: Checkpoint = no_checkpoint,
) -> Scores:
    """Return unlocked value / effort spent of each item in each run.

    Confidence, delivery and being attempted count at their means.

    Args:
        resolved: the plan.
        marginal_value: each item's share in the value of the plan.
        efforts: samples efforts.
        names: items that unlock anything, each after all its needs.
        checkpoint: called regularly.

    Returns:
        Shape (items, runs).
    """
    sums = _sums(names, marginal_value)
    rows = [row for row in range(len(names)) if row not in sums]
    products = list(_products(names, marginal_value, rows))
    needed = (*(each.columns for each in products), *(each.columns for each in sums.values()))
    draw = partial(_value, resolved, marginal_value, efforts.source, tuple(marginal_value.demand))
    values = _Values(draw, Counter(chain(*needed)))
    # the scores take the place of the efforts, so that there is one large array only
    scores, done = _sample_efforts(resolved, marginal_value, efforts, names), _SharedSums(sums)
    np.maximum(scores, _MIN_EFFORT, out=scores)
    for product in with_checkpoints(products, checkpoint):
        total = _product_values(product, values, efforts.source.runs)
        for row, numbers in zip(product.rows, total, strict=True):
            np.divide(done.add_to_sums(row, numbers), scores[row], out=scores[row])
    for row, each in with_checkpoints(sums.items(), checkpoint):
        numbers = reduce(np.add, (*done.finished_sum(row), *values.draw_all(each.columns)))
        np.divide(done.add_to_sums(row, numbers), scores[row], out=scores[row])
    return scores


def _sample_efforts(
    resolved: ResolvedPlan,
    marginal_value: MarginalValue,
    efforts: EffortSampler,
    names: tuple[str, ...],
) -> Scores:
    """Return each item's remaining person-weeks, averaged over its paths and being attempted.

    Shape (items, runs).
    """
    numbers = np.empty((len(names), efforts.source.runs), np.float32)
    for row, name in enumerate(names):
        share = np.float32(marginal_value.worked_on[name])
        numbers[row] = efforts.mean_path_effort(resolved.items[name]) * share
    return numbers


def _product_values(product: _Product, values: _Values, runs: int) -> Scores:
    total = np.zeros((len(product.rows), runs), np.float32)
    for begin in range(0, len(product.columns), BLOCK):
        block = slice(begin, begin + BLOCK)
        sampled = np.array(list(values.draw_all(product.columns[block])), np.float32)
        total += product.shares[:, block] @ sampled
    return total


def _value(
    resolved: ResolvedPlan,
    marginal_value: MarginalValue,
    source: RandomSource,
    valued: tuple[str, ...],
    column: int,
) -> Numbers:
    name = valued[column]
    demand = resolved.items[name].demand
    if demand is None:
        return np.zeros(source.runs, np.float32)
    return source.value(name, demand) * np.float32(_share(marginal_value, name))


def _share(marginal_value: MarginalValue, name: str) -> float:
    """Return the chance to deliver.

    1 for an item that never delivers, as it may without another one.
    """
    return marginal_value.delivers[name] or 1.0


def _sums(names: tuple[str, ...], marginal_value: MarginalValue) -> dict[int, _Sum]:
    """Return how to add up what an item unlocks, by its row, so that all parts come first.

    Items with too many parts are left out. A dependent mostly unlocks most of what its predecessor
    does.
    """
    known: dict[int, deque[tuple[int, int]]] = defaultdict(lambda: deque(maxlen=_CANDIDATES))
    sums: dict[int, _Sum] = {}
    left = _MAX_PARTS_PER_ITEM * len(names)
    for row, name in reversed(list(enumerate(names))):
        loss = marginal_value.impacts[name]
        found = None if loss.delivery_change else _sum(loss.never_delivered, known, left)
        if found is not None:
            sums[row] = found
            left -= len(found.rows) + len(found.columns)
        if loss.never_delivered:
            known[loss.never_delivered & -loss.never_delivered].append((row, loss.never_delivered))
    return sums


def _sum(gone: int, known: Mapping[int, deque[tuple[int, int]]], most: int) -> _Sum | None:
    """Return at most `most` parts of a set of valued items, using what other items unlock."""
    rows: list[int] = []
    columns: list[int] = []
    while gone and len(rows) + len(columns) < most:
        first = gone & -gone
        row, part = _known_part(gone, known.get(first, ()), first)
        if row is None:
            columns.append(first.bit_length() - 1)
        else:
            rows.append(row)
        gone ^= part
    if gone:
        return None
    return _Sum(tuple(rows), tuple(columns))


def _known_part(
    gone: int, candidates: Sequence[tuple[int, int]], first: int
) -> tuple[int | None, int]:
    """Return the latest item whose set is contained in `gone`; else no item and the first bit."""
    for row, part in reversed(candidates):
        if not part & ~gone:
            return row, part
    return None, first


def _products(
    names: tuple[str, ...], marginal_value: MarginalValue, rows: list[int]
) -> Iterator[_Product]:
    """Yield what is unlocked by the items that are no sum."""
    often = np.array([_share(marginal_value, name) for name in marginal_value.demand])
    for begin in range(0, len(rows), BLOCK):
        block = rows[begin : begin + BLOCK]
        shares = marginal_value.lost_delivery([names[row] for row in block]) / often
        columns = np.flatnonzero(shares.any(axis=0))
        yield _Product(block, tuple(columns.tolist()), shares[:, columns].astype(np.float32))
