"""Plain and weighted RICE, and how sure their order is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.draws import mean_effort
from roadmap_tui.forecast.pace import Check, go_on, paced
from roadmap_tui.forecast.places import TOP, RankCounts, Scores, rank_counts
from roadmap_tui.forecast.scoring import Typical, scores_over_futures
from roadmap_tui.forecast.summary import Factor, RankRow, Score
from roadmap_tui.forecast.unlocked import Worth, is_ranked
from roadmap_tui.plan.resolve import Resolved, Terms

_ENOUGH = 8_000


def plain_rice(terms: Terms) -> float | None:
    """Reach x impact x confidence / effort at the P50s; None without a value of its own or without effort.

    Source: S. McBride, "RICE: Simple prioritization for product managers", Intercom (2016).
    """
    if terms.demand is None or terms.effort.p50 <= 0:
        return None
    return (
        terms.demand.reach.p50
        * terms.demand.impact.p50
        * terms.demand.confidence
        / terms.effort.p50
    )


def weighted_rice(unlocked: float, effort: float) -> float | None:
    """Expected unlocked value / expected effort if attempted: a ratio of means; None without effort."""
    return unlocked / effort if effort > 0 else None


def ranks(scores: Iterable[float | None]) -> list[int | None]:
    """The rank of each score, 1 for the highest; equal scores share the better rank; None where there is no score."""
    given = list(scores)
    order = sorted((score for score in given if score is not None), reverse=True)
    first: dict[float, int] = {}
    for rank, score in enumerate(order, start=1):
        first.setdefault(score, rank)
    return [None if score is None else first[score] for score in given]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one item stands among all.

    Attributes:
        range: P10 and P90 of its rank.
        top: its chance to be among the best k, by k.
    """

    range: tuple[int, int]
    top: dict[int, float]

    @classmethod
    def each(cls, found: RankCounts, among: int, check: Check = go_on) -> Iterator["Standing"]:
        """How each item stands; where ranks are in groups, its range takes in the groups that it begins and ends in.

        Args:
            found: how often each has which rank.
            among: how many items there are, with those that always come behind these.
            check: called now and then.
        """
        items = found.counts.shape[1]
        within = np.zeros(items, found.counts.dtype)
        low, high = np.zeros(items, np.intp), np.zeros(items, np.intp)
        top = {k: [1.0] * items for k in TOP if k <= among}
        for last, those in zip(found.last.tolist(), paced(found.counts, check), strict=True):
            within += those
            low += within < ceil(0.1 * found.futures)
            high += within < ceil(0.9 * found.futures)
            if last in top:
                top[last] = (within / found.futures).tolist()
        first = np.concatenate([[1], found.last + 1])
        for each in zip(first[low].tolist(), found.last[high].tolist(), *top.values(), strict=True):
            yield cls(each[:2], dict(zip(top, each[2:], strict=True)))

    @classmethod
    def always(cls, rank: int, among: int) -> "Standing":
        """How an item stands that has this rank among so many in every future."""
        return cls((rank, rank), {k: float(rank <= k) for k in TOP if k <= among})


@dataclass(frozen=True, slots=True)
class Ranked:
    """The ranking's numbers over futures.

    Attributes:
        scores: of each item in each future; shape (futures,) each.
        standings: how each item stands.
        ranges: P10 and P90 of each item's score.
    """

    scores: dict[str, Scores]
    standings: dict[str, Standing]
    ranges: dict[str, tuple[float, float]]

    @classmethod
    def of(
        cls,
        names: tuple[str, ...],
        scores: Scores,
        nothing: tuple[str, ...] = (),
        check: Check = go_on,
    ) -> "Ranked":
        """The numbers of these scores, shape (items, futures), the items in the order of `names`.

        Of many futures every fourth will do for ranges that are drawn as lines.

        Args:
            names: the items.
            scores: of each.
            nothing: items beside them that score 0 in every future.
            check: called now and then.
        """
        futures = scores.shape[1]
        if nothing and scores.min(initial=1) <= 0:
            scores = np.concatenate([scores, np.zeros((len(nothing), futures), np.float32)])
            names, nothing = (*names, *nothing), ()
        among = len(names) + len(nothing)
        each = Standing.each(rank_counts(scores, check), among, check)
        standings = dict(zip(names, each, strict=True))
        standings |= dict.fromkeys(nothing, Standing.always(len(names) + 1, among))
        step = 4 if futures >= _ENOUGH else 1
        ranges = {
            name: _range(each[::step])
            for name, each in zip(names, paced(scores, check), strict=True)
        }
        return cls(
            scores=dict(zip(names, scores, strict=True))
            | dict.fromkeys(nothing, np.zeros(futures, np.float32)),
            standings=standings,
            ranges=ranges | dict.fromkeys(nothing, (0.0, 0.0)),
        )

    def above(self, name: str, other: str) -> float:
        """The chance that one item's score is above another's; half of the ties."""
        mine, theirs = self.scores[name], self.scores[other]
        wins = int(np.count_nonzero(mine > theirs)) + int(np.count_nonzero(mine == theirs)) / 2
        return wins / len(mine)


def _range(scores: NDArray[np.float32]) -> tuple[float, float]:
    """P10 and P90."""
    ascending, last = np.sort(scores), scores.size - 1
    return ascending.item(round(0.1 * last)), ascending.item(round(0.9 * last))


def scored(resolved: Resolved, worth: Worth) -> tuple[str, ...]:
    """The ranked items that take effort and unlock anything, each after all that it needs."""
    return tuple(
        name
        for name, loss in worth.losses.items()
        if not loss.is_nothing and mean_effort(resolved.terms[name]) > 0
    )


def rank(
    resolved: Resolved, worth: Worth, typical: Typical, worked: dict[str, int], check: Check = go_on
) -> tuple[RankRow, ...]:
    """The ranking, best first; unranked items at the end.

    Args:
        resolved: the plan.
        worth: each item's part in the value of the whole.
        typical: what each takes of those that are `scored`; used up.
        worked: each item's place in the queue.
        check: called now and then.
    """
    candidates = [terms for terms in resolved.terms.values() if is_ranked(terms)]
    weighted = {t.id: weighted_rice(worth.unlocked(t.id), mean_effort(t)) for t in candidates}
    plain = {t.id: plain_rice(t) for t in candidates}
    plain_ranks = dict(zip(plain, ranks(plain.values()), strict=True))
    weighted_ranks = dict(zip(weighted, ranks(weighted.values()), strict=True))
    ordered = sorted(
        (name for name in weighted if weighted[name] is not None), key=lambda n: -(weighted[n] or 0)
    )
    nothing = tuple(
        name
        for name, loss in worth.losses.items()
        if loss.is_nothing and weighted[name] is not None
    )
    ranked = Ranked.of(
        typical.names, scores_over_futures(resolved, worth, typical, check), nothing, check
    )
    close = _too_close(ordered, ranked, resolved.policy.too_close)
    check()
    guessed = _guessed(resolved)
    rows = []
    for name in (*ordered, *(t.id for t in candidates if weighted[t.id] is None)):
        standing = ranked.standings.get(name)
        delivers = worth.delivers[name]
        unlocked = worth.unlocked(name)
        rows.append(
            RankRow(
                id=name,
                plain=_score(plain[name], plain_ranks[name]),
                weighted=_score(weighted[name], weighted_ranks[name]),
                value=unlocked / delivers if delivers else 0.0,
                own_value=worth.demand.get(name, 0.0),
                delivers=delivers,
                effort=mean_effort(resolved.terms[name]),
                score_range=ranked.ranges.get(name),
                rank_range=standing.range if standing else None,
                top=standing.top if standing else {},
                too_close_with=close.get(name, ()),
                covered_by=worth.covered_by[name],
                worked=worked.get(name),
                guesses=guessed[name],
            )
        )
    return tuple(rows)


def _guessed(resolved: Resolved) -> dict[str, frozenset[Factor]]:
    """By item, which factors rest on defaults: value also on those of what waits for it, delivery of what it needs."""
    named = resolved.deciders
    value = {
        name
        for name, terms in resolved.terms.items()
        if terms.guesses & {"reach", "impact", "confidence"}
    }
    for name in reversed(resolved.order):
        value.update(named[name] if name in value else ())
    delivers: set[str] = set()
    for name in resolved.order:
        if "chance" in resolved.terms[name].guesses or not delivers.isdisjoint(named[name]):
            delivers.add(name)
    effort = {name for name, terms in resolved.terms.items() if "effort" in terms.guesses}
    factors: dict[Factor, set[str]] = {"value": value, "delivers": delivers, "effort": effort}
    return {
        name: frozenset(factor for factor, those in factors.items() if name in those)
        for name in named
    }


def _score(score: float | None, place: int | None) -> Score | None:
    return None if score is None or place is None else Score(score, place)


def _too_close(ordered: list[str], ranked: Ranked, sure: float) -> dict[str, tuple[str, ...]]:
    """The neighbours of each item whose order is not sure."""
    close: dict[str, tuple[str, ...]] = {}
    for upper, lower in pairwise(ordered):
        if ranked.above(upper, lower) < sure:
            close[upper] = (*close.get(upper, ()), lower)
            close[lower] = (*close.get(lower, ()), upper)
    return close
