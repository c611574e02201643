"""RICE and weighted RICE, and the uncertainty of their order."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.analysis.rank_distribution import TOP, RankCounts, Scores, rank_counts
from roadmap_tui.forecast.analysis.score_distribution import sample_scores
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_checkpoints
from roadmap_tui.forecast.simulation.marginal_value import MarginalValue, is_ranked
from roadmap_tui.forecast.simulation.results import Factor, RankRow, RiceScore
from roadmap_tui.forecast.simulation.sampling import EffortSampler
from roadmap_tui.plan.resolver import ResolvedItem, ResolvedPlan

_MANY_RUNS = 8_000


def rice_score(item: ResolvedItem) -> float | None:
    """Return reach x impact x confidence / effort at the P50s.

    None without a value of its own or without effort.

    Source: S. McBride, "RICE: Simple prioritization for product managers", Intercom (2016).
    """
    if item.demand is None or item.effort.p50 <= 0:
        return None
    return item.demand.reach.p50 * item.demand.impact.p50 * item.demand.confidence / item.effort.p50


def competition_ranks(scores: Iterable[float | None]) -> list[int | None]:
    """Return the rank of each score, 1 for the highest; equal scores share the better rank.

    None without a score.
    """
    given = list(scores)
    order = sorted((score for score in given if score is not None), reverse=True)
    first: dict[float, int] = {}
    for rank, score in enumerate(order, start=1):
        first.setdefault(score, rank)
    return [None if score is None else first[score] for score in given]


@dataclass(frozen=True, slots=True)
class RankSpread:
    """Uncertainty of one item's rank.

    Attributes:
        range: P10 and P90 of the rank.
        top: chance to be among the best k, by k.
    """

    range: tuple[int, int]
    top: dict[int, float]

    @classmethod
    def from_counts(
        cls, found: RankCounts, among: int, checkpoint: Checkpoint = no_checkpoint
    ) -> Iterator["RankSpread"]:
        """Yield each item's rank spread.

        Where ranks are grouped, its range covers the groups it starts and ends in.

        Args:
            found: how often each item has each rank.
            among: number of items, including those that always rank behind these.
            checkpoint: called regularly.
        """
        items = found.counts.shape[1]
        within = np.zeros(items, found.counts.dtype)
        low, high = np.zeros(items, np.intp), np.zeros(items, np.intp)
        top = {k: [1.0] * items for k in TOP if k <= among}
        for last, group_counts in zip(
            found.last.tolist(), with_checkpoints(found.counts, checkpoint), strict=True
        ):
            within += group_counts
            low += within < ceil(0.1 * found.runs)
            high += within < ceil(0.9 * found.runs)
            if last in top:
                top[last] = (within / found.runs).tolist()
        first = np.concatenate([[1], found.last + 1])
        for each in zip(first[low].tolist(), found.last[high].tolist(), *top.values(), strict=True):
            yield cls(each[:2], dict(zip(top, each[2:], strict=True)))

    @classmethod
    def constant(cls, rank: int, among: int) -> "RankSpread":
        """Return the spread of an item that has this rank in every run."""
        return cls((rank, rank), {k: float(rank <= k) for k in TOP if k <= among})


@dataclass(frozen=True, slots=True)
class RankingSamples:
    """The ranking's numbers over the runs.

    Attributes:
        scores: of each item in each run; shape (runs,) each.
        spreads: uncertainty of each item's rank.
        ranges: P10 and P90 of each item's score.
    """

    scores: dict[str, Scores]
    spreads: dict[str, RankSpread]
    ranges: dict[str, tuple[float, float]]

    @classmethod
    def from_scores(
        cls,
        names: tuple[str, ...],
        scores: Scores,
        zero_scored: tuple[str, ...] = (),
        checkpoint: Checkpoint = no_checkpoint,
    ) -> "RankingSamples":
        """Return the numbers of these scores, shape (items, runs).

        With many runs, every fourth is enough for score ranges, which are only drawn as lines.

        Args:
            names: the items, in the order of `scores`.
            scores: of each.
            zero_scored: further items that score 0 in every run.
            checkpoint: called regularly.
        """
        runs = scores.shape[1]
        if zero_scored and scores.min(initial=1) <= 0:
            scores = np.concatenate([scores, np.zeros((len(zero_scored), runs), np.float32)])
            names, zero_scored = (*names, *zero_scored), ()
        among = len(names) + len(zero_scored)
        each = RankSpread.from_counts(rank_counts(scores, checkpoint), among, checkpoint)
        standings = dict(zip(names, each, strict=True))
        standings |= dict.fromkeys(zero_scored, RankSpread.constant(len(names) + 1, among))
        step = 4 if runs >= _MANY_RUNS else 1
        ranges = {
            name: _range(each[::step])
            for name, each in zip(names, with_checkpoints(scores, checkpoint), strict=True)
        }
        return cls(
            scores=dict(zip(names, scores, strict=True))
            | dict.fromkeys(zero_scored, np.zeros(runs, np.float32)),
            spreads=standings,
            ranges=ranges | dict.fromkeys(zero_scored, (0.0, 0.0)),
        )

    def chance_above(self, name: str, other: str) -> float:
        """Return the chance that one item's score is above another's, counting half of the ties."""
        mine, theirs = self.scores[name], self.scores[other]
        wins = int(np.count_nonzero(mine > theirs)) + int(np.count_nonzero(mine == theirs)) / 2
        return wins / len(mine)


def _range(scores: NDArray[np.float32]) -> tuple[float, float]:
    """Return P10 and P90."""
    ascending, last = np.sort(scores), scores.size - 1
    return ascending.item(round(0.1 * last)), ascending.item(round(0.9 * last))


def scored_items(resolved: ResolvedPlan, marginal_value: MarginalValue) -> tuple[str, ...]:
    """Return the ranked items that need effort and unlock anything, each after all its needs."""
    return tuple(
        name
        for name, loss in marginal_value.impacts.items()
        if not loss.is_zero and marginal_value.effort_spent(resolved.items[name]) > 0
    )


@dataclass(frozen=True, slots=True)
class _RowFigures:
    """The figures that the rows of a ranking are made of, by item."""

    marginal_value: MarginalValue
    rice: dict[str, RiceScore | None]
    weighted: dict[str, RiceScore | None]
    effort: dict[str, float]
    samples: RankingSamples
    close: dict[str, tuple[str, ...]]
    assumed: dict[str, frozenset[Factor]]

    def _rank_range(self, name: str) -> tuple[int, int] | None:
        """Return P10 and P90 of the rank over the runs.

        Where a few runs decide about a mean, most runs may rank the item otherwise than its score
        does; the range reaches to its rank then.
        """
        spread, weighted = self.samples.spreads.get(name), self.weighted[name]
        if spread is None or weighted is None:
            return None
        low, high = spread.range
        return min(low, weighted.rank), max(high, weighted.rank)

    def row(self, name: str, build_position: int | None) -> RankRow:
        """Return an item's row."""
        spread, delivers = self.samples.spreads.get(name), self.marginal_value.delivers[name]
        unlocked = self.marginal_value.unlocked_value(name)
        return RankRow(
            id=name,
            rice=self.rice[name],
            weighted=self.weighted[name],
            value=unlocked / delivers if delivers else 0.0,
            own_value=self.marginal_value.demand.get(name, 0.0),
            delivers=delivers,
            effort=self.effort[name],
            score_range=self.samples.ranges.get(name),
            rank_range=self._rank_range(name),
            top=spread.top if spread else {},
            too_close_with=self.close.get(name, ()),
            covered_by=self.marginal_value.covered_by[name],
            build_position=build_position,
            assumed_factors=self.assumed[name],
        )


def rank_items(
    resolved: ResolvedPlan,
    marginal_value: MarginalValue,
    efforts: EffortSampler,
    build_position: dict[str, int],
    checkpoint: Checkpoint = no_checkpoint,
) -> tuple[RankRow, ...]:
    """Return the ranking, best first; unranked items at the end.

    Args:
        resolved: the plan.
        marginal_value: each item's share in the value of the plan.
        efforts: samples efforts.
        build_position: each item's position in the queue.
        checkpoint: called regularly.
    """
    candidates = [item for item in resolved.items.values() if is_ranked(item)]
    effort = {item.id: marginal_value.effort_spent(item) for item in candidates}
    weighted = _with_ranks({item.id: marginal_value.score(item) for item in candidates})
    scored = {name: each.score for name, each in weighted.items() if each is not None}
    ordered = sorted(scored, key=lambda name: -scored[name])
    samples = _sample_ranking(resolved, marginal_value, efforts, scored, checkpoint)
    close = _too_close(ordered, samples, resolved.policy.too_close)
    checkpoint()
    figures = _RowFigures(
        marginal_value=marginal_value,
        rice=_with_ranks({item.id: rice_score(item) for item in candidates}),
        weighted=weighted,
        effort=effort,
        samples=samples,
        close=close,
        assumed=_assumed_factors(resolved),
    )
    unranked = [name for name in effort if name not in scored]
    return tuple(figures.row(name, build_position.get(name)) for name in (*ordered, *unranked))


def _sample_ranking(
    resolved: ResolvedPlan,
    marginal_value: MarginalValue,
    efforts: EffortSampler,
    scored: Container[str],
    checkpoint: Checkpoint,
) -> RankingSamples:
    names = scored_items(resolved, marginal_value)
    scores = sample_scores(resolved, marginal_value, efforts, names, checkpoint)
    sampled = set(names)
    zero_scored = tuple(
        name for name in marginal_value.impacts if name in scored and name not in sampled
    )
    return RankingSamples.from_scores(names, scores, zero_scored, checkpoint)


def _with_ranks(scores: dict[str, float | None]) -> dict[str, RiceScore | None]:
    """Return each score with its rank; None for items without one."""
    found: dict[str, RiceScore | None] = {}
    for (name, score), rank in zip(scores.items(), competition_ranks(scores.values()), strict=True):
        found[name] = None if score is None or rank is None else RiceScore(score, rank)
    return found


def _assumed_factors(resolved: ResolvedPlan) -> dict[str, frozenset[Factor]]:
    """Return, by item, which factors rest on defaults.

    Value also counts its dependents, delivery its needs.
    """
    factors: dict[Factor, set[str]] = {
        "value": _items_with_assumed_value(resolved),
        "delivers": _items_with_assumed_delivery(resolved),
        "effort": _items_assuming(resolved, {"effort"}),
    }
    found: dict[str, frozenset[Factor]] = {}
    for name in resolved.open_predecessors:
        found[name] = frozenset(factor for factor, names in factors.items() if name in names)
    return found


def _items_assuming(resolved: ResolvedPlan, fields: set[str]) -> set[str]:
    return {name for name, item in resolved.items.items() if item.assumptions & fields}


def _items_with_assumed_value(resolved: ResolvedPlan) -> set[str]:
    """Return the items whose unlocked value rests on a default of theirs or of a dependent."""
    found = _items_assuming(resolved, {"reach", "impact", "confidence"})
    for name in reversed(resolved.order):
        if name in found:
            found.update(resolved.open_predecessors[name])
    return found


def _items_with_assumed_delivery(resolved: ResolvedPlan) -> set[str]:
    """Return the items whose delivery rests on a default of theirs or of a predecessor."""
    found: set[str] = set()
    for name in resolved.order:
        is_assumed = "chance" in resolved.items[name].assumptions
        if is_assumed or not found.isdisjoint(resolved.open_predecessors[name]):
            found.add(name)
    return found


def _too_close(
    ordered: list[str], ranked: RankingSamples, sure: float
) -> dict[str, tuple[str, ...]]:
    """Return the neighbours of each item whose order is uncertain."""
    close: dict[str, tuple[str, ...]] = {}
    for upper, lower in pairwise(ordered):
        if ranked.chance_above(upper, lower) < sure:
            close[upper] = (*close.get(upper, ()), lower)
            close[lower] = (*close.get(lower, ()), upper)
    return close
