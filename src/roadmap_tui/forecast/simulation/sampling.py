"""Sampling for each item: whether it works, its effort, its reach and impact."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation import jqpd
from roadmap_tui.forecast.simulation.normal import deviates
from roadmap_tui.forecast.simulation.random_streams import normals, stream_order, uniforms
from roadmap_tui.forecast.simulation.run_sets import Bools, RunSet, all_runs, from_mask
from roadmap_tui.forecast.simulation.stage_paths import StagePath, StageRoute, build_route
from roadmap_tui.plan.estimate import Estimate, Shift
from roadmap_tui.plan.model_fields import StageName
from roadmap_tui.plan.resolver import ResolvedDemand, ResolvedItem, ResolvedPlan, ResolvedStage

Floats = NDArray[np.float64]
Numbers = NDArray[np.float32]
_MEAN_NODES = 2048
_CACHE_BYTES = 18_000_000
"""Bytes for what is drawn in each number of runs, and kept for the next forecast."""


def success_chance(item: ResolvedItem) -> float:
    """Return the chance that an item works if attempted."""
    if item.chance is None:
        return stage_route(item).chance
    return item.chance


def stage_route(item: ResolvedItem) -> StageRoute:
    """Return the route through an item's stages."""
    return build_route(item.stages, item.attempts)


@dataclass(frozen=True, slots=True)
class RandomSource:
    """Source of the random numbers of one forecast.

    Attributes:
        seed: of all streams.
        runs: number of runs.
        is_cached: whether samples are kept for the next forecast, so that an edit draws only what
            it changes.
    """

    seed: int
    runs: int
    is_cached: bool = True

    @classmethod
    def of(cls, resolved: ResolvedPlan, runs: int) -> "RandomSource":
        """Return a plan's source; if the plan is too large to keep all samples, none are kept."""
        count = sum(2 + len(item.stages) * item.attempts for item in resolved.items.values())
        return cls(resolved.seed, runs, is_cached=count <= _cache_size(runs))

    def success_runs(self, item: ResolvedItem) -> RunSet:
        """Return the runs in which the item works."""
        return _runs_below(self.seed, item.id, "works", self.runs, success_chance(item))

    def is_too_rare(self, item: ResolvedItem) -> bool:
        """Whether the item may work, but in fewer runs than half of one."""
        return success_chance(item) > 0 and not self.success_runs(item)

    def yes_runs(self, item: ResolvedItem, works: RunSet) -> RunSet:
        """Return the runs in which a spike answers yes, given those in which its bet works."""
        if item.spike is None:
            return 0
        if_works = _runs_below(self.seed, item.id, "yes", self.runs, item.spike.yes_if_works)
        if_not = _runs_below(self.seed, item.id, "yes", self.runs, item.spike.yes_if_not)
        return (works & if_works) | (if_not & ~works)

    def uniform(self, item: str, quantity: str) -> Floats:
        """Return a stratified stream of numbers from 0 to 1."""
        return uniforms(self.seed, item, quantity, self.runs)

    def quantity(self, item: str, name: str, estimate: Estimate) -> Floats:
        """Return samples of a quantity that is independent of all others."""
        if estimate.is_exact:
            return np.full(self.runs, estimate.p50)
        return _at_deviates(estimate, self.runs).take(
            stream_order(self.seed, item, name, self.runs), mode="clip"
        )

    def value(self, item: str, demand: ResolvedDemand) -> Numbers:
        """Return reach x impact x confidence in each run."""
        return self.sample(_ValueSample(self, item, demand))

    def sample(self, what: "_ValueSample | _EffortSample") -> Numbers:
        """Return the sample, from the cache if it is there."""
        if self.is_cached:
            return _cached_sampler(self.runs)(what)
        return what.draw()


def _cache_size(runs: int) -> int:
    """Return how many samples of `runs` numbers fit into the cache."""
    return max(1, _CACHE_BYTES // (4 * runs))


@lru_cache(maxsize=8)
def _cached_sampler(runs: int) -> Callable[["_ValueSample | _EffortSample"], Numbers]:
    """Return a function that draws samples of `runs` numbers and caches them."""
    return lru_cache(maxsize=_cache_size(runs))(lambda what: what.draw())


def clear_samples() -> None:
    """Drop all cached samples."""
    _cached_sampler.cache_clear()


def _frozen(numbers: NDArray[np.floating]) -> Numbers:
    # cached arrays are shared, so they are made read-only
    kept = numbers.astype(np.float32, copy=False)
    kept.setflags(write=False)
    return kept


@dataclass(frozen=True, slots=True)
class _ValueSample:
    """An item's reach x impact x confidence."""

    source: RandomSource
    item: str
    demand: ResolvedDemand

    def draw(self) -> Numbers:
        """Draw the value in each run."""
        source, demand = self.source, self.demand
        value = np.full(source.runs, demand.confidence, np.float32)
        for name, estimate in (("reach", demand.reach), ("impact", demand.impact)):
            if estimate.is_exact:
                value *= np.float32(estimate.p50)
            else:
                deviates_of_item = normals(source.seed, self.item, name, source.runs)
                value *= jqpd.values_at(estimate, deviates_of_item)
        return _frozen(value)


@lru_cache(maxsize=1 << 14)
def _runs_below(seed: int, item: str, quantity: str, runs: int, chance: float) -> RunSet:
    """Return the runs in which a stream from 0 to 1 lies below a chance."""
    if chance >= 1:
        return all_runs(runs)
    if chance <= 0:
        return 0
    return from_mask(stream_order(seed, item, quantity, runs) < chance * runs - 0.5)


@lru_cache(maxsize=64)
def _at_deviates(estimate: Estimate, runs: int) -> Floats:
    """Return a quantity at the deviates of equal probability shares, ascending."""
    values = jqpd.values_at(estimate, deviates(runs)).astype(np.float64, copy=False)
    values.setflags(write=False)
    return values


@lru_cache(maxsize=8)
def _optimism(source: RandomSource, correlation: float) -> Numbers:
    """Return the part of its deviates that each effort shares with all others."""
    return normals(source.seed, "", "optimism", source.runs) * np.float32(math.sqrt(correlation))


@dataclass(frozen=True, slots=True)
class _EffortSample:
    """Remaining effort of an item or a stage, in person-weeks."""

    efforts: "EffortSampler"
    stream: tuple[str, str]
    estimate: Estimate
    spent: float
    shift: Shift

    def draw(self) -> Numbers:
        """Draw the effort in each run."""
        source, correlation = self.efforts.source, self.efforts.correlation
        if self.estimate.is_exact:
            return _frozen(np.full(source.runs, max(0.0, self.estimate.p50 - self.spent)))
        z = normals(source.seed, *self.stream, source.runs)
        # a shared and an own part: all pairs of efforts have this correlation
        z *= math.sqrt(1 - correlation)
        z += _optimism(source, correlation)
        return _frozen(jqpd.remaining_at(self.estimate, self.spent, z, self.shift))


@dataclass(frozen=True, slots=True)
class EffortSampler:
    """Samples efforts in person-weeks, which share a common optimism.

    Attributes:
        source: of the random numbers.
        correlation: share of each deviate's variance that all efforts have in common.
    """

    source: RandomSource
    correlation: float

    def sample(self, item: ResolvedItem, works: Bools) -> Numbers:
        """Return an item's remaining effort if attempted, in each run, given where it works."""
        if not item.stages:
            return self._unstaged_effort(item)
        total = np.zeros(self.source.runs, np.float32)
        for visit in stage_visits(self.source, item, works):
            effort = self.stage_effort(item, visit.stage, visit.attempt)
            total += np.where(visit.mask, effort, np.float32(0))
        return total

    def stage_effort(self, item: ResolvedItem, stage: ResolvedStage, attempt: int) -> Numbers:
        """Return the effort of a stage on its given attempt, from 1."""
        first = attempt == 1 and stage.name == _current_stage(item)
        stream = item.id, f"effort {stage.name} {attempt}"
        spent = item.spent if first else 0.0
        return self.source.sample(_EffortSample(self, stream, stage.effort, spent, item.shift))

    def _unstaged_effort(self, item: ResolvedItem) -> Numbers:
        """Return the effort of an item without stages."""
        return self.source.sample(
            _EffortSample(self, (item.id, "effort"), item.effort, item.spent, item.shift)
        )

    def mean_path_effort(self, item: ResolvedItem) -> Numbers:
        """Return the remaining effort if attempted in each run, averaged over the stage paths."""
        if not item.stages:
            return self._unstaged_effort(item)
        visits = stage_route(item).expected_visits(success_chance(item))
        total = np.zeros(self.source.runs, np.float32)
        for stage in item.stages:
            count = visits.get(stage.name, 0.0)
            first = self.stage_effort(item, stage, 1)
            if item.spent > 0 and stage.name == _current_stage(item):
                # only the first visit has been started: later ones cost their whole effort
                total += first + np.float32(count - 1) * self.stage_effort(item, stage, 2)
            else:
                total += first * np.float32(count)
        return total


def _current_stage(item: ResolvedItem) -> StageName:
    """Return the stage that a staged item is in."""
    return next(stage.name for stage in item.stages if stage.is_remaining)


@dataclass(frozen=True, slots=True)
class StageVisit:
    """The runs in which a stage is entered on its given attempt, from 1."""

    stage: ResolvedStage
    attempt: int
    mask: Bools


def stage_visits(source: RandomSource, item: ResolvedItem, works: Bools) -> Iterator[StageVisit]:
    """Yield the stages that a staged item passes through if attempted, along each run's path."""
    route, count = stage_route(item), source.runs
    pick = source.uniform(item.id, "path")
    attempts = np.zeros(count, np.int64)
    passes = np.zeros(count, np.bool_)
    deploys = np.zeros(count, np.bool_)
    for ends_well in (True, False):
        here = works if ends_well else ~works
        paths = route.paths_given(ends_well)
        chosen = _choose_paths(paths, pick[here])
        attempts[here] = np.array([path.attempts for path, _ in paths])[chosen]
        passes[here] = np.array([path.passes for path, _ in paths])[chosen]
        deploys[here] = np.array([path.deploys for path, _ in paths])[chosen]
    if "data" in route.ahead:
        yield StageVisit(route.ahead["data"], 1, np.ones(count, np.bool_))
    for attempt in range(1, int(attempts.max(initial=0)) + 1):
        reached = attempts >= attempt
        passed = passes & (attempts == attempt)
        fell = source.uniform(item.id, f"fell {attempt}") < route.fails_in_training(attempt)
        going: dict[StageName, Bools] = {
            "train": reached,
            "evaluate": reached & (passed | ~fell),
        }
        for name, stage in route.stages_of(attempt).items():
            yield StageVisit(stage, attempt, going[name])
    if "deploy" in route.ahead:
        yield StageVisit(route.ahead["deploy"], 1, deploys)


def _choose_paths(paths: tuple[tuple[StagePath, float], ...], pick: Floats) -> NDArray[np.intp]:
    bounds = np.cumsum([share for _, share in paths])
    return np.minimum(np.searchsorted(bounds, pick, side="right"), len(paths) - 1)


def mean_effort(item: ResolvedItem) -> float:
    """Return the expected remaining effort if attempted, in person-weeks."""
    if not item.stages:
        return _mean_remaining(item.effort, item.spent, item.shift)
    visits = stage_route(item).expected_visits(success_chance(item))
    total = 0.0
    for stage in item.stages:
        total += jqpd.estimate_mean(stage.effort, item.shift) * visits.get(stage.name, 0.0)
    first = next(stage.effort for stage in item.stages if stage.is_remaining)
    remaining = _mean_remaining(first, item.spent, item.shift)
    return total + remaining - jqpd.estimate_mean(first, item.shift)


@lru_cache(maxsize=4096)
def _mean_remaining(effort: Estimate, spent: float, shift: Shift) -> float:
    """Return the expected remainder of a partly spent effort."""
    if spent <= 0:
        return jqpd.estimate_mean(effort, shift)
    return float(jqpd.remaining_at(effort, spent, deviates(_MEAN_NODES), shift).mean())


def mean_demand(item: ResolvedItem) -> float:
    """Return expected reach x impact x confidence; 0 without a value of its own."""
    if item.demand is None:
        return 0.0
    return (
        jqpd.estimate_mean(item.demand.reach)
        * jqpd.estimate_mean(item.demand.impact)
        * item.demand.confidence
    )
