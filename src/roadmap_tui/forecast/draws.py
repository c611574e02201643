"""What is drawn for each item: whether it works, what it takes, whom it reaches."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast import jqpd
from roadmap_tui.forecast.futures import Bools, Futures, everything, pack
from roadmap_tui.forecast.normal import deviates
from roadmap_tui.forecast.staged import Path, Route, route
from roadmap_tui.forecast.streams import normals, stream_order, uniforms
from roadmap_tui.plan.estimate import Estimate, Shift
from roadmap_tui.plan.items import StageName
from roadmap_tui.plan.resolve import Demand, Resolved, StageTerms, Terms

Floats = NDArray[np.float64]
Numbers = NDArray[np.float32]
_MEAN_NODES = 2048
_ROOM = 18_000_000
"""Bytes for what is drawn in each number of futures, and kept for the next forecast."""


def chance_of(terms: Terms) -> float:
    """The chance that an item works, if attempted."""
    return route_of(terms).chance if terms.chance is None else terms.chance


def route_of(terms: Terms) -> Route:
    """The route through an item's stages."""
    return route(terms.stages, terms.attempts)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the numbers of one forecast come from.

    Attributes:
        seed: of all streams.
        futures: how many there are.
        keeps: whether what is drawn is kept for the next forecast, so that an edit draws only what it changes.
    """

    seed: int
    futures: int
    keeps: bool = True

    @classmethod
    def of(cls, resolved: Resolved, futures: int) -> "Source":
        """Where a plan's numbers come from; of so large a plan that not all of them can be kept, none are."""
        count = sum(2 + len(terms.stages) * terms.attempts for terms in resolved.terms.values())
        return cls(resolved.seed, futures, keeps=count <= _most(futures))

    def works_set(self, terms: Terms) -> Futures:
        """The futures in which the item works."""
        return _below(self.seed, terms.id, "works", self.futures, chance_of(terms))

    def yes_set(self, terms: Terms, works: Futures) -> Futures:
        """The futures in which a spike says yes, given those in which its bet works."""
        if terms.spike is None:
            return 0
        if_works = _below(self.seed, terms.id, "yes", self.futures, terms.spike.yes_if_works)
        if_not = _below(self.seed, terms.id, "yes", self.futures, terms.spike.yes_if_not)
        return (works & if_works) | (if_not & ~works)

    def uniform(self, item: str, quantity: str) -> Floats:
        """A stratified stream of numbers from 0 to 1."""
        return uniforms(self.seed, item, quantity, self.futures)

    def quantity(self, item: str, name: str, estimate: Estimate) -> Floats:
        """A quantity that shares nothing with any other."""
        if estimate.is_sure:
            return np.full(self.futures, estimate.p50)
        return _at_deviates(estimate, self.futures).take(
            stream_order(self.seed, item, name, self.futures), mode="clip"
        )

    def value(self, item: str, demand: Demand) -> Numbers:
        """Reach x impact x confidence in each future."""
        return self.drawn(_Value(self, item, demand))

    def drawn(self, what: "_Value | _Effort") -> Numbers:
        """What is drawn, or was."""
        return _kept(self.futures)(what) if self.keeps else what.numbers()


def _most(futures: int) -> int:
    """How many draws of so many futures are kept."""
    return max(1, _ROOM // (4 * futures))


@lru_cache(maxsize=8)
def _kept(futures: int) -> Callable[["_Value | _Effort"], Numbers]:
    """Draws in that many futures, and keeps what it drew last."""
    return lru_cache(maxsize=_most(futures))(lambda what: what.numbers())


def forget() -> None:
    """Let go of the efforts and values that are kept: they will be drawn again."""
    _kept.cache_clear()


def _as_kept(numbers: NDArray[np.floating]) -> Numbers:
    kept = numbers.astype(np.float32, copy=False)
    kept.setflags(write=False)
    return kept


@dataclass(frozen=True, slots=True)
class _Value:
    """An item's reach x impact x confidence."""

    source: Source
    item: str
    demand: Demand

    def numbers(self) -> Numbers:
        """It in each future."""
        source, value = (
            self.source,
            np.full(self.source.futures, self.demand.confidence, np.float32),
        )
        for name, estimate in (("reach", self.demand.reach), ("impact", self.demand.impact)):
            if estimate.is_sure:
                value *= np.float32(estimate.p50)
            else:
                value *= jqpd.draws(estimate, normals(source.seed, self.item, name, source.futures))
        return _as_kept(value)


@lru_cache(maxsize=1 << 14)
def _below(seed: int, item: str, quantity: str, futures: int, chance: float) -> Futures:
    """The futures in which a stream from 0 to 1 lies below a chance."""
    if chance >= 1:
        return everything(futures)
    return (
        pack(stream_order(seed, item, quantity, futures) < chance * futures - 0.5)
        if chance > 0
        else 0
    )


@lru_cache(maxsize=64)
def _at_deviates(estimate: Estimate, futures: int) -> Floats:
    """A quantity at the deviates of equal shares, ascending."""
    values = jqpd.draws(estimate, deviates(futures)).astype(np.float64, copy=False)
    values.setflags(write=False)
    return values


@lru_cache(maxsize=8)
def _optimism(source: Source, correlation: float) -> Numbers:
    """The part of its deviates that each effort has in common with all."""
    return normals(source.seed, "", "optimism", source.futures) * np.float32(math.sqrt(correlation))


@dataclass(frozen=True, slots=True)
class _Effort:
    """What is still to do of an item or a stage, in person-weeks."""

    efforts: "Efforts"
    stream: tuple[str, str]
    estimate: Estimate
    spent: float
    shift: Shift

    def numbers(self) -> Numbers:
        """It in each future."""
        source, correlation = self.efforts.source, self.efforts.correlation
        if self.estimate.is_sure:
            return _as_kept(np.full(source.futures, max(0.0, self.estimate.p50 - self.spent)))
        z = normals(source.seed, *self.stream, source.futures)
        z *= math.sqrt(1 - correlation)
        z += _optimism(source, correlation)
        return _as_kept(jqpd.remaining(self.estimate, self.spent, z, self.shift))


@dataclass(frozen=True, slots=True)
class Efforts:
    """Efforts in person-weeks, which all share one optimism.

    Attributes:
        source: where the numbers come from.
        correlation: how much of each deviate all efforts have in common.
    """

    source: Source
    correlation: float

    def drawn(self, terms: Terms, works: Bools) -> Numbers:
        """What is still to do if the item is attempted, in each future, given where it works."""
        if terms.stages:
            total = np.zeros(self.source.futures, np.float32)
            for each in visits(self.source, terms, works):
                total += np.where(
                    each.there, self.visit(terms, each.stage, each.attempt), np.float32(0)
                )
            return total
        return self._whole(terms)

    def visit(self, terms: Terms, stage: StageTerms, attempt: int) -> Numbers:
        """The effort of going through a stage on the attempt of that number, from 1."""
        first = attempt == 1 and stage.name == _standing_in(terms)
        stream = terms.id, f"effort {stage.name} {attempt}"
        spent = terms.spent if first else 0.0
        return self.source.drawn(_Effort(self, stream, stage.effort, spent, terms.shift))

    def _whole(self, terms: Terms) -> Numbers:
        """That of an item without stages."""
        return self.source.drawn(
            _Effort(self, (terms.id, "effort"), terms.effort, terms.spent, terms.shift)
        )

    def typical(self, terms: Terms) -> Numbers:
        """What is still to do if attempted, failures at their probabilities, in each future."""
        if not terms.stages:
            return self._whole(terms)
        visits = route_of(terms).visits(chance_of(terms))
        total = np.zeros(self.source.futures, np.float32)
        for stage in terms.stages:
            count = visits.get(stage.name, 0.0)
            if terms.spent > 0 and stage.name == _standing_in(terms):
                total += self.visit(terms, stage, 1) + np.float32(count - 1) * self.visit(
                    terms, stage, 2
                )
            else:
                total += self.visit(terms, stage, 1) * np.float32(count)
        return total


def _standing_in(terms: Terms) -> StageName:
    """The stage that a staged item is in."""
    return next(stage.name for stage in terms.stages if stage.ahead)


@dataclass(frozen=True, slots=True)
class Visit:
    """The futures in which a stage is gone through on the attempt of that number, from 1."""

    stage: StageTerms
    attempt: int
    there: Bools


def visits(source: Source, terms: Terms, works: Bools) -> Iterator[Visit]:
    """The stages that a staged item goes through, if attempted, along the path that each future takes."""
    way, count = route_of(terms), source.futures
    pick = source.uniform(terms.id, "path")
    attempts, passes, deploys = (
        np.zeros(count, np.int64),
        np.zeros(count, np.bool_),
        np.zeros(count, np.bool_),
    )
    for ends_well in (True, False):
        here = works if ends_well else ~works
        paths = way.given(ends_well)
        chosen = _choose(paths, pick[here])
        attempts[here] = np.array([path.attempts for path, _ in paths])[chosen]
        passes[here] = np.array([path.passes for path, _ in paths])[chosen]
        deploys[here] = np.array([path.deploys for path, _ in paths])[chosen]
    if "data" in way.ahead:
        yield Visit(way.ahead["data"], 1, np.ones(count, np.bool_))
    for attempt in range(1, int(attempts.max(initial=0)) + 1):
        reached = attempts >= attempt
        passed = passes & (attempts == attempt)
        fell = source.uniform(terms.id, f"fell {attempt}") < way.fails_in_training(attempt)
        stages = way.stages_of(attempt)
        going: dict[StageName, Bools] = {"train": reached, "evaluate": reached & (passed | ~fell)}
        for name, stage in stages.items():
            yield Visit(stage, attempt, going[name])
    if "deploy" in way.ahead:
        yield Visit(way.ahead["deploy"], 1, deploys)


def _choose(paths: tuple[tuple[Path, float], ...], pick: Floats) -> NDArray[np.intp]:
    bounds = np.cumsum([share for _, share in paths])
    return np.minimum(np.searchsorted(bounds, pick, side="right"), len(paths) - 1)


def mean_effort(terms: Terms) -> float:
    """The expected effort still to do if attempted, in person-weeks."""
    if not terms.stages:
        return _mean_remaining(terms.effort, terms.spent, terms.shift)
    visits = route_of(terms).visits(chance_of(terms))
    total = sum(
        jqpd.mean(stage.effort, terms.shift) * visits.get(stage.name, 0.0) for stage in terms.stages
    )
    first = next(stage.effort for stage in terms.stages if stage.ahead)
    return total + _mean_remaining(first, terms.spent, terms.shift) - jqpd.mean(first, terms.shift)


@lru_cache(maxsize=4096)
def _mean_remaining(effort: Estimate, spent: float, shift: Shift) -> float:
    """The expected rest of an effort of which some is spent."""
    if spent <= 0:
        return jqpd.mean(effort, shift)
    return float(jqpd.remaining(effort, spent, deviates(_MEAN_NODES), shift).mean())


def mean_demand(terms: Terms) -> float:
    """Expected reach x impact x confidence; 0 without a value of its own."""
    if terms.demand is None:
        return 0.0
    return jqpd.mean(terms.demand.reach) * jqpd.mean(terms.demand.impact) * terms.demand.confidence
