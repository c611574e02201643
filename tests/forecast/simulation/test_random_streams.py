"""Random streams: uniform, independent, and correlated as the plan asks."""

import math
from collections.abc import Sequence
from itertools import combinations, pairwise, product
from statistics import NormalDist

import numpy as np
import pytest

from roadmap_tui.forecast.simulation.normal import deviates
from roadmap_tui.forecast.simulation.random_streams import normals, uniforms
from roadmap_tui.forecast.simulation.sampling import EffortSampler, RandomSource
from roadmap_tui.plan.resolver import ResolvedPlan
from tests.forecast.build import Floats, resolved_of, works_in

N = 4_000
WORKS_BY_CHANCE = [0.0, 0.1, 0.35, 0.5, 0.9999, 1.0]
ITEM = "[model.{}]\neffort = [1, 3, 9]\nchance = {}\nreach = [10, 20, 90]\n"


def everything_drawn(resolved: ResolvedPlan, name: str) -> list[Floats]:
    source = RandomSource(resolved.seed, N)
    terms = resolved.items[name]
    works = works_in(source, terms)
    assert terms.demand is not None
    reach = source.quantity(name, "reach", terms.demand.reach)
    return [
        works.astype(np.float64),
        reach,
        EffortSampler(source, resolved.correlation).sample(terms, works),
    ]


@pytest.mark.parametrize("runs", [1, 2, 7, 1000])
def test_deviates_are_the_middles_of_equal_shares(runs: int) -> None:
    inverse = NormalDist().inv_cdf
    expected = [inverse((at + 0.5) / runs) for at in range(runs)]
    assert deviates(runs).tolist() == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("runs", [1, 2, 7, 1000])
def test_every_stream_is_exactly_the_grid(runs: int) -> None:
    for item in ("a", "b", "item-with-a-long-name"):
        grid = [(at + 0.5) / runs for at in range(runs)]
        assert sorted(uniforms(3, item, "works", runs).tolist()) == pytest.approx(grid, abs=1e-12)
        assert sorted(normals(3, item, "effort", runs).tolist()) == pytest.approx(
            deviates(runs).tolist()
        )


@pytest.mark.parametrize("chance", WORKS_BY_CHANCE)
def test_an_item_works_in_its_share_of_the_runs(chance: float) -> None:
    resolved = resolved_of(ITEM.format("a", chance))
    assert RandomSource(1, N).success_runs(resolved.items["a"]).bit_count() == pytest.approx(
        chance * N, abs=0.5
    )


def test_another_item_or_another_number_leaves_the_draws_as_they_were() -> None:
    alone = resolved_of(ITEM.format("a", 0.4))
    edited = resolved_of(
        ITEM.format("b", 0.9) + ITEM.format("a", 0.4) + '[spike.s]\ninforms = "a"\n'
    )
    for before, after in zip(
        everything_drawn(alone, "a"), everything_drawn(edited, "a"), strict=True
    ):
        assert before.tobytes() == after.tobytes()


def test_editing_one_quantity_leaves_the_others_as_they_were() -> None:
    before = everything_drawn(resolved_of(ITEM.format("a", 0.4)), "a")
    after = everything_drawn(
        resolved_of(ITEM.format("a", 0.4).replace("[1, 3, 9]", "[2, 5, 9]")), "a"
    )
    assert before[0].tobytes() == after[0].tobytes()
    assert before[1].tobytes() == after[1].tobytes()
    assert (before[2] != after[2]).any()


def test_raising_a_chance_only_adds_runs_in_which_it_works() -> None:
    low = RandomSource(1, N).success_runs(resolved_of(ITEM.format("a", 0.4)).items["a"])
    high = RandomSource(1, N).success_runs(resolved_of(ITEM.format("a", 0.6)).items["a"])
    assert low & ~high == 0
    assert high.bit_count() > low.bit_count()


def test_a_rename_or_another_seed_draws_other_numbers() -> None:
    here = normals(1, "a", "effort", N)
    assert (here != normals(1, "b", "effort", N)).any()
    assert (here != normals(1, "a", "reach", N)).any()
    assert (here != normals(2, "a", "effort", N)).any()
    assert here.tobytes() == normals(1, "a", "effort", N).tobytes()


def correlations(streams: Sequence[Floats]) -> Floats:
    """Of every pair."""
    table = np.atleast_2d(np.corrcoef(np.stack(streams)))
    result: Floats = table[np.triu_indices(len(streams), 1)]
    return result


def test_streams_are_uncorrelated() -> None:
    quantities = ("effort", "reach", "impact", "works", "yes", "path")
    streams = [normals(1, f"item-{at}", each, N) for at, each in product(range(12), quantities)]
    found = correlations(streams)
    assert np.abs(found).max() < 4.5 / math.sqrt(N)
    assert abs(float(found.mean())) < 4 / math.sqrt(N * found.size)
    assert float(found.std()) == pytest.approx(1 / math.sqrt(N), rel=0.1)


def test_streams_share_no_runs() -> None:
    """Rotations of a common order would give the same neighbours."""
    streams = [np.argsort(uniforms(1, f"item-{at}", "works", 500)) for at in range(60)]
    neighbours = [set(pairwise(stream.tolist())) for stream in streams]
    common = [len(one & other) for one, other in combinations(neighbours, 2)]
    assert max(common) < 12  # each pair shares about 1 by chance


def z_of(efforts: EffortSampler, resolved: ResolvedPlan, name: str) -> Floats:
    """Deviates back from lognormal efforts with P10, P50, P90 of 1, 3, 9."""
    sigma = math.log(9) / (2 * NormalDist().inv_cdf(0.9))
    drawn = efforts.sample(resolved.items[name], np.ones(efforts.source.runs, np.bool_))
    result: Floats = np.log(drawn / 3) / sigma
    return result


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.8, 1.0])
def test_efforts_have_the_correlation_of_the_plan(correlation: float) -> None:
    names = [f"m-{at}" for at in range(8)]
    resolved = resolved_of("".join(ITEM.format(name, 0.5) for name in names))
    efforts = EffortSampler(RandomSource(1, 10_000), correlation)
    z = np.stack([z_of(efforts, resolved, name) for name in names])
    assert z.mean(axis=1) == pytest.approx(np.zeros(8), abs=0.05)
    assert z.std(axis=1) == pytest.approx(np.ones(8), abs=0.05)
    found = correlations(list(z))
    assert found == pytest.approx(np.full(28, correlation), abs=4.5 / 100)
    assert float(found.mean()) == pytest.approx(correlation, abs=0.02)


def test_efforts_share_their_optimism_with_nothing_else() -> None:
    resolved = resolved_of(ITEM.format("a", 0.5))
    works, reach, effort = everything_drawn(resolved, "a")
    found = correlations([works, np.log(reach), np.log(effort)])
    assert np.abs(found).max() < 4 / math.sqrt(N)


def sd_of_sum(correlation: float, tasks: int) -> float:
    """Closed form: lognormals with deviates that correlate so."""
    sigma = math.log(9) / (2 * NormalDist().inv_cdf(0.9))
    mean = 3 * math.exp(sigma**2 / 2)
    variance, covariance = math.expm1(sigma**2), math.expm1(correlation * sigma**2)
    return mean * math.sqrt(tasks * variance + tasks * (tasks - 1) * covariance)


@pytest.mark.parametrize("correlation", [0.0, 0.3])
def test_spread_of_twenty_tasks_matches_the_closed_form(correlation: float) -> None:
    names = [f"m-{at}" for at in range(20)]
    resolved = resolved_of("".join(ITEM.format(name, 0.5) for name in names))
    efforts = EffortSampler(RandomSource(1, 40_000), correlation)
    works = np.ones(40_000, np.bool_)
    total = np.sum([efforts.sample(resolved.items[name], works) for name in names], axis=0)
    assert float(total.std()) == pytest.approx(sd_of_sum(correlation, 20), rel=0.06)


def test_correlation_more_than_doubles_the_spread_of_twenty_tasks() -> None:
    assert sd_of_sum(0.3, 20) > 2 * sd_of_sum(0.0, 20)
