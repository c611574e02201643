"""The score of each item in each run: what it unlocks for each person-week that it takes."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
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
"""Parts of all sums for each item, beyond which a product of matrices is quicker, and items looked at for a part."""
_MIN_EFFORT = np.float32(1e-9)
"""Person-weeks that an item takes at least."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """What an item unlocks, as a sum.

    Attributes:
        rows: items of which each unlocks a part of it.
        columns: valued items that are a part each.
    """

    rows: tuple[int, ...]
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Product:
    """What items unlock, as a product of matrices.

    Attributes:
        rows: the items.
        columns: the valued items of which they unlock any.
        shares: how much of each, as part of its chance to deliver; shape (rows, columns).
    """

    rows: list[int]
    columns: tuple[int, ...]
    shares: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Values:
    """What each valued item brings in each run, times its chance to deliver; kept while it is needed again.

    Attributes:
        draw: draws that of the item of that number; shape (runs,).
        uses: how often each is still needed.
        cached: those that are needed again.
    """

    draw: Callable[[int], Numbers]
    uses: Counter[int]
    cached: dict[int, Numbers] = field(default_factory=dict)

    def draw_all(self, columns: Iterable[int]) -> Iterator[Numbers]:
        """Those of some items."""
        for column in columns:
            value = self.cached.pop(column) if column in self.cached else self.draw(column)
            self.uses[column] -= 1
            if self.uses[column]:
                self.cached[column] = value
            yield value


class _SharedSums:
    """What items unlock, added at once to the sums that it is a part of, so that it need not be kept for the last one.

    Sums that have the same parts so far are one.

    Args:
        sums: by place of the item.
    """

    def __init__(self, sums: Mapping[int, _Sum]) -> None:
        self._wanted: dict[int, list[int]] = defaultdict(list)
        for row, each in sums.items():
            for other in each.rows:
                self._wanted[other].append(row)
        self._under_way: dict[int, Numbers] = {}

    def add_to_sums(self, row: int, unlocked: Numbers) -> Numbers:
        """What the item of that place unlocks; shape (runs,)."""
        sums: dict[int, tuple[Numbers, Numbers]] = {}
        for each in self._wanted[row]:
            known = self._under_way.get(each)
            if known is not None and id(known) not in sums:
                sums[id(known)] = known, known + unlocked
            self._under_way[each] = unlocked if known is None else sums[id(known)][1]
        return unlocked

    def finished_sum(self, row: int) -> Iterator[Numbers]:
        """The sum for the item of that place, if anything was added to it."""
        if row in self._under_way:
            yield self._under_way.pop(row)


class EffortMatrix:
    """What each ranked item takes. Without stages that is what the schedule draws, and it is drawn once for both.

    Args:
        resolved: the plan.
        efforts: where efforts are drawn from.
        names: items that unlock anything, each after all that it needs.

    Attributes:
        names: as given.
        efforts: as given.
    """

    def __init__(
        self, resolved: ResolvedPlan, efforts: EffortSampler, names: tuple[str, ...]
    ) -> None:
        self.names = names
        self.efforts = efforts
        self._resolved = resolved
        self._missing = {name: row for row, name in enumerate(names)}
        self._numbers: Scores | None = None

    def noting(self, effort: Callable[[str], Numbers]) -> Callable[[str], Numbers]:
        """The same efforts if attempted; what they tell of what is typical is noted, where it isn't kept anyway."""
        if self.efforts.source.is_cached:
            return effort
        numbers = self._numbers = self._allocate()

        def noted(name: str) -> Numbers:
            drawn = effort(name)
            if name in self._missing and not self._resolved.items[name].stages:
                numbers[self._missing.pop(name)] = drawn
            return drawn

        return noted

    def take(self) -> Scores:
        """Person-weeks still to do of each if attempted, failures at their probabilities; shape (items, runs).

        They are handed over, and can't be asked for again.
        """
        numbers = self._allocate() if self._numbers is None else self._numbers
        for name, row in self._missing.items():
            numbers[row] = self.efforts.mean_path_effort(self._resolved.items[name])
        del self._numbers, self._missing
        return numbers

    def _allocate(self) -> Scores:
        return np.empty((len(self.names), self.efforts.source.runs), np.float32)


def sample_scores(
    resolved: ResolvedPlan,
    marginal_value: MarginalValue,
    efforts: EffortMatrix,
    checkpoint: Checkpoint = no_checkpoint,
) -> Scores:
    """Unlocked value / effort of each named item in each run, confidence and delivery at their probabilities.

    Args:
        resolved: the plan.
        marginal_value: each item's part in the value of the whole.
        efforts: the items, and what each takes; used up, for the scores take its room.
        checkpoint: called now and then.

    Returns:
        Shape (items, runs).
    """
    names, source = efforts.names, efforts.efforts.source
    sums = _sums(names, marginal_value)
    products = list(
        _products(names, marginal_value, [row for row in range(len(names)) if row not in sums])
    )
    needed = (*(each.columns for each in products), *(each.columns for each in sums.values()))
    values = _Values(
        partial(_value, resolved, marginal_value, source, tuple(marginal_value.demand)),
        Counter(chain(*needed)),
    )
    scores, done = efforts.take(), _SharedSums(sums)
    np.maximum(scores, _MIN_EFFORT, out=scores)
    for product in with_checkpoints(products, checkpoint):
        total = np.zeros((len(product.rows), source.runs), np.float32)
        for begin in range(0, len(product.columns), BLOCK):
            some = slice(begin, begin + BLOCK)
            total += product.shares[:, some] @ np.array(
                list(values.draw_all(product.columns[some])), np.float32
            )
        for row, numbers in zip(product.rows, total, strict=True):
            np.divide(done.add_to_sums(row, numbers), scores[row], out=scores[row])
    for row, each in with_checkpoints(sums.items(), checkpoint):
        numbers = reduce(np.add, (*done.finished_sum(row), *values.draw_all(each.columns)))
        np.divide(done.add_to_sums(row, numbers), scores[row], out=scores[row])
    return scores


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
    """The part of a value that counts, the chance to deliver; all of what never does, for without another it may."""
    return marginal_value.delivers[name] or 1.0


def _sums(names: tuple[str, ...], marginal_value: MarginalValue) -> dict[int, _Sum]:
    """How to add up what an item unlocks, by its place, so that what is added comes first.

    Where there are too many parts some are left out. What waits for an item mostly unlocks most of what that item does.
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
    """At most so many parts that make up a set of valued items, given what others unlock, by the first of it."""
    rows, columns = list[int](), list[int]()
    while gone and len(rows) + len(columns) < most:
        first = gone & -gone
        row, part = next(
            (each for each in reversed(known.get(first, ())) if not each[1] & ~gone), (None, first)
        )
        if row is None:
            columns.append(first.bit_length() - 1)
        else:
            rows.append(row)
        gone ^= part
    return None if gone else _Sum(tuple(rows), tuple(columns))


def _products(
    names: tuple[str, ...], marginal_value: MarginalValue, rows: list[int]
) -> Iterator[_Product]:
    """What is unlocked by those items that are no sum."""
    often = np.array([_share(marginal_value, name) for name in marginal_value.demand])
    for begin in range(0, len(rows), BLOCK):
        block = rows[begin : begin + BLOCK]
        shares = marginal_value.lost_delivery([names[row] for row in block]) / often
        columns = np.flatnonzero(shares.any(axis=0))
        yield _Product(block, tuple(columns.tolist()), shares[:, columns].astype(np.float32))
