"""What sets a finish: closed forms, single runs by hand, and every run of random roadmaps walked
back slowly.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import NormalDist, correlation

import numpy as np
import pytest

from roadmap_tui.forecast.analysis.critical_path import finish_drivers, last_finish
from roadmap_tui.forecast.simulation.results import FinishDrivers
from roadmap_tui.forecast.simulation.simulator import (
    Simulation,
    effort_sampler,
    simulate,
    work_order,
)
from roadmap_tui.plan.resolver import ResolvedPlan
from tests.forecast.build import Floats, always, case, resolved_of, standard_error, timed
from tests.forecast.random_plans import random_plan
from tests.forecast.slow import runs_of

SAN = case("san5_exponential_exact")
N = 20_000
FREE = "[roadmap]\ncorrelation = 0\n"
TEAM = "[teams.t]\npeople = {}\n"
ITEM = '[product.{}]\nteam = "t"\n{}\n'


def found(text: str, target: str | None = None, runs: int = N) -> FinishDrivers:
    resolved = resolved_of(text)
    result = finish_drivers(
        simulate(resolved, work_order(resolved, runs).build_order, runs), target
    )
    assert result is not None
    return result


def near(share: float, exact: float, runs: int = N) -> bool:
    return abs(share - exact) <= 4.5 * standard_error(exact, runs) + 1 / runs


def given(
    resolved: ResolvedPlan, order: tuple[str, ...], effort: Mapping[str, Floats | float]
) -> Simulation:
    """A simulation with these efforts in which everything works."""
    count = next((each.size for each in effort.values() if isinstance(each, np.ndarray)), 1)
    drawn = always(resolved, count)
    times, outcomes = timed(resolved, order, effort, drawn)
    return Simulation(resolved, effort_sampler(resolved, count), order, drawn, outcomes, times)


def chain(
    text: str, order: str, effort: dict[str, float], *, fails: str = "", no: str = ""
) -> set[str]:
    """The chain to the last of these items in a single run."""
    resolved = resolved_of(text)
    drawn = always(resolved, 1, fails=tuple(fails), no=tuple(no))
    times, outcomes = timed(resolved, tuple(order), effort, drawn)
    simulation = Simulation(
        resolved, effort_sampler(resolved, 1), tuple(order), drawn, outcomes, times
    )
    result = finish_drivers(simulation, order[-1])
    assert result is not None
    assert set(result.criticality.values()) <= {0, 1}
    return {name for name, share in result.criticality.items() if share}


# closed forms


def branch(sigma: float, middle: float) -> list[float]:
    """An estimate that is lognormal."""
    spread = math.exp(sigma * NormalDist().inv_cdf(0.9))
    return [middle / spread, middle, middle * spread]


@pytest.mark.parametrize("shared", [0.0, 0.4])
@pytest.mark.parametrize(
    ("first", "second"), [((0.5, 2), (0.5, 2)), ((0.3, 2), (0.6, 1.5)), ((1, 1), (0.2, 2))]
)
def test_the_longer_of_two_branches_is_critical(
    shared: float, first: tuple[float, float], second: tuple[float, float]
) -> None:
    """Lognormals: P(X > Y) = Φ((μ - ν) / √(σ² + τ² - 2ρστ))."""
    text = f"[roadmap]\ncorrelation = {shared}\n[product.join]\neffort = 1\nneeds = ['a', 'b']\n"
    for name, (sigma, middle) in (("a", first), ("b", second)):
        text += f"[model.{name}]\nchance = 1\neffort = {branch(sigma, middle)}\n"
    spread = math.sqrt(first[0] ** 2 + second[0] ** 2 - 2 * shared * first[0] * second[0])
    exact = NormalDist().cdf(math.log(first[1] / second[1]) / spread)
    result = found(text)
    assert result.target == "join"
    assert near(result.criticality["a"], exact)
    assert result.criticality["a"] + result.criticality["b"] == pytest.approx(1)
    assert result.criticality["join"] == 1


def test_a_task_that_exists_half_the_time_and_is_critical_half_of_that() -> None:
    """w is there where n works; it has an equal, z; where w is not there, y has been delivered long
    ago.
    """
    text = FREE + "[model.n]\nchance = 0.5\neffort = 0\n[model.y]\nstatus = 'done'\n"
    text += (
        "[model.w]\nchance = 1\nneeds = ['n']\neffort = [1, 2, 4]\n[model.z]\nchance = 1\neffort ="
        " [1, 2, 4]\n"
    )
    text += "[product.p]\neffort = 0\nneeds = [['w', 'y'], 'z']\n"
    assert case("criticality_existence")["statement"].endswith(
        "critical in 50% of those has criticality index 25%"
    )
    critical = found(text, "p").criticality
    assert near(critical["w"], 0.25)
    assert near(critical["z"], 0.75)
    assert critical["n"] == 0


def test_five_exponential_arcs() -> None:
    """Shares of 4,000,000 simulated runs; 19/24, 5/24, 14/24, 5/24, 19/24 by their look."""
    text = ""
    for arc in SAN["arcs_aoa"]:
        needs = [other["id"].lower() for other in SAN["arcs_aoa"] if other["to"] == arc["from_"]]
        text += f"[product.{arc['id'].lower()}]\nneeds = {needs}\n"
    text += "[product.end]\nneeds = ['x4', 'x5']\n"
    generator = np.random.default_rng(4)
    runs = 200_000
    order = ("x1", "x2", "x3", "x4", "x5", "end")
    effort: dict[str, Floats | float] = {
        name: generator.exponential(1.0, runs) for name in order[:5]
    }
    result = finish_drivers(given(resolved_of(text), order, {**effort, "end": 1.0}), "end")
    assert result is not None
    for name, exact in SAN["derived_here"]["criticality_mc_4M"].items():
        error = standard_error(exact, runs, 4_000_000)
        assert result.criticality[name.lower()] == pytest.approx(exact, abs=4.5 * error)


# single runs by hand


def test_a_lane_is_a_link_of_the_chain() -> None:
    text = TEAM.format(1) + "".join(ITEM.format(name, "") for name in "abc")
    assert chain(text, "abc", {"a": 2, "b": 3, "c": 1}) == {"a", "b", "c"}
    two = text.replace("people = 1", "people = 2")
    assert chain(two, "abc", {"a": 2, "b": 3, "c": 1}) == {"a", "c"}
    assert chain(two, "abc", {"a": 4, "b": 3, "c": 1}) == {"b", "c"}


def test_of_lanes_the_last_one_that_is_waited_for_counts() -> None:
    text = (
        TEAM.format(3) + ITEM.format("a", "") + ITEM.format("b", "") + ITEM.format("c", "staff = 3")
    )
    assert chain(text, "abc", {"a": 2, "b": 5, "c": 3}) == {"b", "c"}


def test_a_need_on_a_lane() -> None:
    """c waits for a until 4, longer than for the lane that b frees at 3; a itself began at once."""
    text = (
        TEAM.format(1)
        + "[model.a]\nchance = 1\n"
        + ITEM.format("b", "")
        + ITEM.format("c", "needs = ['a']")
    )
    assert chain(text, "abc", {"a": 4, "b": 3, "c": 1}) == {"a", "c"}
    assert chain(text, "abc", {"a": 2, "b": 3, "c": 1}) == {"b", "c"}


def test_a_day_to_wait_for_ends_the_chain() -> None:
    text = TEAM.format(1) + ITEM.format("a", "") + ITEM.format("b", "not_before = 2026-12-14")
    assert chain(text, "ab", {"a": 2, "b": 1}) == {"b"}
    assert chain(text, "ab", {"a": 4, "b": 1}) == {"a", "b"}


def test_a_failure_that_is_waited_for_is_on_the_chain() -> None:
    """p goes on with b only once a has failed, at 9; b itself ended at 2."""
    text = "[model.a]\n[model.b]\n[product.p]\nneeds = [['a', 'b']]\n"
    assert chain(text, "abp", {"a": 9, "b": 2, "p": 1}, fails="a") == {"a", "p"}
    assert chain(text, "abp", {"a": 2, "b": 9, "p": 1}, fails="a") == {"b", "p"}


def test_what_blocked_a_plan_a_is_on_the_chain_of_plan_b() -> None:
    text = "[model.n]\n[model.a]\nneeds = ['n']\n[model.b]\nfallback_for = 'a'\n"
    assert chain(text, "nab", {"n": 2, "a": 5, "b": 1}, fails="n") == {"n", "b"}
    assert chain(text, "nab", {"n": 2, "a": 5, "b": 1}, fails="a") == {"n", "a", "b"}


def test_a_spike_that_is_waited_for_and_one_that_drops() -> None:
    text = "[model.m]\n[spike.s]\ninforms = 'm'\n[model.b]\nfallback_for = 'm'\n"
    assert chain(text + "[product.p]\nneeds = ['m']\n", "smp", {"s": 3, "m": 4, "p": 1}) == {
        "s",
        "m",
        "p",
    }
    assert chain(text, "smb", {"s": 3, "m": 4, "b": 1}, no="s") == {"s", "b"}


def test_an_active_item_that_waits_for_lanes() -> None:
    text = (
        TEAM.format(1)
        + ITEM.format("a", "status = 'active'")
        + ITEM.format("b", "status = 'active'")
    )
    assert chain(text, "ab", {"a": 3, "b": 1}) == {"a", "b"}


def test_an_active_item_that_delivers_with_its_needs() -> None:
    text = "[product.a]\nstatus = 'active'\nneeds = ['n']\n[model.n]\n[product.p]\nneeds = ['a']\n"
    assert chain(text, "anp", {"a": 3, "n": 8, "p": 1}) == {"n", "p"}
    assert chain(text, "anp", {"a": 3, "n": 1, "p": 1}) == {"a", "p"}


def test_the_lane_of_an_active_item_whose_needs_come_later() -> None:
    """a holds the lane until 3, then b takes it; that a needs n, listed last, does not matter to
    that.
    """
    text = (
        TEAM.format(1)
        + ITEM.format("a", "status = 'active'\nneeds = ['n']")
        + ITEM.format("b", "")
        + "[model.n]\n"
    )
    resolved = resolved_of(text)
    result = finish_drivers(given(resolved, ("a", "b", "n"), {"a": 3.0, "b": 1.0, "n": 1.0}), "b")
    assert result is not None
    assert result.criticality == {"a": 1, "b": 1, "n": 0}


def test_the_lane_of_an_active_item_that_will_not_deliver() -> None:
    text = (
        TEAM.format(1)
        + ITEM.format("a", "status = 'active'\nneeds = ['gone']")
        + ITEM.format("b", "")
    )
    assert chain(text, "ab", {"a": 3, "b": 1}) == {"a", "b"}


def test_an_active_item_that_a_spike_drops_is_known_at_its_own_end() -> None:
    """b, the plan B, waits for the end of m at 4, not for the spike that ended at 2."""
    text = "[model.m]\nstatus = 'active'\n[spike.s]\ninforms = 'm'\n[model.b]\nfallback_for = 'm'\n"
    assert chain(text, "msb", {"m": 4, "s": 2, "b": 1}, no="s") == {"m", "b"}


def test_what_takes_no_time_is_still_on_the_chain() -> None:
    text = "[model.a]\n[model.b]\nneeds = ['a']\n[product.p]\nneeds = ['b']\n"
    assert chain(text, "abp", {"a": 2, "b": 0, "p": 1}) == {"a", "b", "p"}


def test_without_a_target_it_is_the_one_that_finishes_last() -> None:
    text = (
        "[product.a]\neffort = 3\n[product.b]\neffort = 5\n[model.c]\nchance = 0\neffort ="
        " 9\n[spike.s]\ntimebox = 30\n"
    )
    assert found(text).target == "b"
    assert found(text, "a").target == "a"


def test_what_never_delivers_or_is_closed_has_no_causes() -> None:
    text = "[product.a]\nneeds = ['gone']\n[product.b]\nstatus = 'live'\n"
    resolved = resolved_of(text)
    simulation = simulate(resolved, work_order(resolved, 50).build_order, 50)
    assert last_finish(simulation) is None
    assert [finish_drivers(simulation, target) for target in (None, "a", "b")] == [None, None, None]


# every run of random roadmaps, walked back one at a time


def compare(seed: int, fast_runs: int, slow_runs: int) -> None:
    """To every target; where several ended just then, the share may be that of any of them."""
    data = random_plan(seed)
    resolved = resolved_of(data)
    simulation = simulate(resolved, work_order(resolved, fast_runs).build_order, fast_runs)
    counts: Counter[str] = Counter()
    must, may = defaultdict[str, Counter[str]](Counter), defaultdict[str, Counter[str]](Counter)
    for run in runs_of(data, simulation.build_order, slow_runs, seed):
        for target in simulation.build_order:
            if run.fate(target) == "delivers":
                sure, possible = run.chain(target)
                must[target].update(sure)
                may[target].update(possible)
                counts[target] += 1
    for target, count in counts.items():
        result = finish_drivers(simulation, target)
        if result is None or count < 100:
            continue
        delivered = int(np.count_nonzero(simulation.delivers(target)))
        wrong = []
        for name, share in result.criticality.items():
            low, high = must[target][name] / count, may[target][name] / count
            error = 4.5 * standard_error((low + high) / 2, count, delivered) + 3 / count
            if not low - error <= share <= high + error:
                wrong.append(f"{name}: {share} against {low} to {high}")
        assert not wrong, f"seed {seed}, {target}: {wrong}"


@pytest.mark.parametrize("seed", range(10))
def test_critical_shares_are_those_of_every_run_walked_back(seed: int) -> None:
    compare(seed, 10_000, 1_000)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(300, 340))
def test_many_critical_shares_are_those_of_every_run_walked_back(seed: int) -> None:
    compare(seed, 20_000, 5_000)


# what a finish goes with


def ranks(values: Sequence[float]) -> list[float]:
    """Each value's rank: how many are less, and half of those that are equal."""
    counts, less, found = Counter(values), 0, {}
    for value in sorted(counts):
        found[value] = less + counts[value] / 2
        less += counts[value]
    return [found[value] for value in values]


def spearman(one: Sequence[float], other: Sequence[float]) -> float:
    return correlation(ranks(one), ranks(other))


def test_a_single_item_drives_its_own_finish() -> None:
    assert found("[product.a]\neffort = [1, 2, 5]\n", "a").correlation == {"a": pytest.approx(1)}


def test_a_finish_of_few_values_is_driven_as_much() -> None:
    """One or two trainings of 3 weeks: where it delivers its finish takes two values, and it alone
    sets them.
    """
    stages = "[model.a.stages.train]\neffort = 3\nchance = 0.5\n"
    assert found("[model.a]\nstage = 'train'\nattempts = 2\n" + stages, "a").correlation == {
        "a": pytest.approx(1)
    }


def test_what_is_unrelated_drives_nothing_and_what_is_sure_nothing_at_all() -> None:
    text = (
        FREE
        + "[product.a]\neffort = [1, 2, 5]\n[product.b]\neffort = [1, 2, 5]\n[product.c]\neffort"
        " = 3\n"
    )
    drives = found(text, "a").correlation
    assert abs(drives["b"]) < 4.5 / math.sqrt(N)
    assert drives["c"] == 0


def test_what_is_sure_drives_nothing_whenever_it_starts() -> None:
    text = "[product.a]\neffort = [1, 2, 5]\n[product.c]\nneeds = ['a']\neffort = 3.1\nstaff = 3\n"
    assert found(text, "c").correlation == {"a": pytest.approx(1, abs=1e-4), "c": 0}


@pytest.mark.parametrize("shared", [0.3, 0.8])
def test_shared_optimism_makes_the_unrelated_go_together(shared: float) -> None:
    """Of a bivariate normal: 6/π · asin(ρ/2)."""
    text = (
        f"[roadmap]\ncorrelation = {shared}\n[product.a]\neffort = [1, 2, 5]\n[product.b]\neffort ="
        " [1, 2, 5]\n"
    )
    assert found(text, "a").correlation["b"] == pytest.approx(
        6 / math.pi * math.asin(shared / 2), abs=4.5 / math.sqrt(N)
    )


def test_what_ends_a_plan_a_sooner_works_against_the_finish() -> None:
    """Where the finish is that of plan B, the longer m takes to fail the later; where m works, b
    takes no time.
    """
    text = (
        FREE + "[model.m]\nchance = 0.5\neffort = [1, 2, 5]\n[model.b]\nchance = 1\neffort ="
        " 30\nfallback_for = 'm'\n"
    )
    drives = found(text + "[product.p]\neffort = 1\nneeds = [['m', 'b']]\n", "p").correlation
    assert 0.2 < drives["m"] < 1
    assert 0.7 < drives["b"] < 1


def test_what_is_under_way_drives_what_waits_for_its_lane_though_it_will_not_deliver() -> None:
    """It holds its lane to its own end, b follows."""
    text = TEAM.format(1) + ITEM.format(
        "a", 'status = "active"\nneeds = ["gone"]\neffort = [1, 3, 9]'
    )
    result = found(text + ITEM.format("b", "effort = 1"), "b")
    assert result.criticality == {"a": 1, "b": 1}
    assert result.correlation == {"a": pytest.approx(1), "b": 0}


@pytest.mark.parametrize("seed", range(8))
def test_drives_is_the_rank_correlation_of_weeks_worked_with_the_finish(seed: int) -> None:
    resolved = resolved_of(random_plan(seed))
    simulation = simulate(resolved, work_order(resolved, 400).build_order, 400)
    result = finish_drivers(simulation)
    assert result is not None
    where = np.flatnonzero(simulation.delivers(result.target)).tolist()
    finish = [float(simulation.times.resolved_at[result.target][at]) for at in where]
    for name in simulation.build_order:
        weeks = simulation.times.end[name] - simulation.times.start[name]
        going = resolved.items[name].status == "active"
        worked = [
            round(float(weeks[at]), 4) if going or simulation.attempted(name)[at] else 0.0
            for at in where
        ]
        exact = spearman(worked, finish) if len(set(worked)) > 1 and len(set(finish)) > 1 else 0.0
        assert result.correlation[name] == pytest.approx(exact, abs=1e-3)
