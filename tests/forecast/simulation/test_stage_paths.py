"""Work in stages: closed forms, and every path of the small Markov chain walked by itself."""

from itertools import chain, product

import numpy as np
import pytest

from roadmap_tui.forecast.engine import forecast
from roadmap_tui.forecast.simulation.run_sets import Bools
from roadmap_tui.forecast.simulation.sampling import (
    EffortSampler,
    RandomSource,
    mean_effort,
    stage_route,
    success_chance,
)
from roadmap_tui.plan.resolver import ResolvedItem, ResolvedPlan
from tests.forecast.build import Floats, resolved_of, standard_error, works_in
from tests.forecast.chain import Walk, chance, expected_visits, walks

N = 20_000
WEEKS = {"data": 1.0, "train": 10.0, "evaluate": 100.0, "deploy": 1000.0}
CHANCES = {"data": 0.9, "train": 0.7, "evaluate": 0.6, "deploy": 0.8}
SUBSETS = [
    ("train",),
    ("evaluate",),
    ("data", "deploy"),
    ("train", "evaluate"),
    ("data", "evaluate", "deploy"),
    tuple(WEEKS),
]
SHAPES = list(chain.from_iterable(product([names], names, (1, 2, 4)) for names in SUBSETS))


def staged(names: tuple[str, ...], start: str, attempts: int, extra: str = "") -> ResolvedPlan:
    text = f'[model.m]\nstage = "{start}"\nattempts = {attempts}\n{extra}\n[model.m.stages]\n'
    for name in names:
        text += f"{name} = {{ effort = {WEEKS[name]}, chance = {CHANCES[name]} }}\n"
    return resolved_of(text)


def all_walks(names: tuple[str, ...], start: str, attempts: int) -> list[Walk]:
    return list(walks({name: CHANCES[name] for name in names}, start, attempts))


def drawn(resolved: ResolvedPlan) -> tuple[Bools, Floats]:
    source = RandomSource(1, N)
    works = works_in(source, resolved.items["m"])
    return works, EffortSampler(source, 0.3).sample(resolved.items["m"], works)


@pytest.mark.parametrize("attempts", [1, 2, 3, 5])
def test_chance_has_its_closed_form(attempts: int) -> None:
    terms = staged(tuple(WEEKS), "data", attempts).items["m"]
    assert success_chance(terms) == pytest.approx(0.9 * (1 - (1 - 0.7 * 0.6) ** attempts) * 0.8)


@pytest.mark.parametrize(("names", "start", "attempts"), SHAPES)
def test_chance_visits_and_mean_are_those_of_the_walked_chain(
    names: tuple[str, ...], start: str, attempts: int
) -> None:
    terms = staged(names, start, attempts).items["m"]
    expected = all_walks(names, start, attempts)
    assert sum(probability for probability, _, _ in expected) == pytest.approx(1)
    assert success_chance(terms) == pytest.approx(chance(expected))
    visits = {
        name: count
        for name, count in stage_route(terms).expected_visits(success_chance(terms)).items()
        if count
    }
    assert visits == pytest.approx(expected_visits(expected))
    assert mean_effort(terms) == pytest.approx(
        sum(WEEKS[name] * count for name, count in visits.items())
    )


@pytest.mark.parametrize(("names", "start", "attempts"), SHAPES)
def test_drawn_efforts_have_the_law_of_the_walked_chain(
    names: tuple[str, ...], start: str, attempts: int
) -> None:
    """Each stage's effort is another power of ten: the sum identifies the path."""
    works, effort = drawn(staged(names, start, attempts))
    law: dict[tuple[bool, float], float] = {}
    for probability, well, seen in all_walks(names, start, attempts):
        key = (well, sum(WEEKS[name] * count for name, count in seen.items()))
        law[key] = law.get(key, 0.0) + probability
    found = {(bool(w), round(float(e), 6)) for w, e in zip(works, effort, strict=True)}
    assert found <= set(law)
    for (well, total), probability in law.items():
        share = float(((works == well) & (np.abs(effort - total) < 1e-6)).mean())
        assert share == pytest.approx(probability, abs=4.5 * standard_error(probability, N) + 1 / N)


@pytest.mark.parametrize("given", [0.2, 0.95])
def test_a_given_chance_replaces_the_paths_sum_and_paths_follow_given_that(given: float) -> None:
    resolved = staged(tuple(WEEKS), "data", 2, f"chance = {given}")
    terms, expected = resolved.items["m"], all_walks(tuple(WEEKS), "data", 2)
    assert success_chance(terms) == given
    assert stage_route(terms).expected_visits(given) == pytest.approx(
        expected_visits(expected, given)
    )
    works, effort = drawn(resolved)
    assert float(works.mean()) == pytest.approx(given, abs=1 / N)
    own = chance(expected)
    for well, among in ((True, own), (False, 1 - own)):
        mean = 0.0
        for probability, does_work, visits in expected:
            if does_work == well:
                weeks = sum(WEEKS[stage] * count for stage, count in visits.items())
                mean += probability / among * weeks
        here = effort[works == well]
        assert float(here.mean()) == pytest.approx(mean, abs=4 * float(here.std()) / here.size**0.5)


def test_failing_a_stage_ends_the_attempt_and_later_stages_cost_nothing() -> None:
    text = "[model.m]\n[model.m.stages]\ndata = { effort = 3, chance = 0 }\n"
    text += "train = { effort = 50 }\ndeploy = { effort = 7 }\n"
    works, effort = drawn(resolved_of(text))
    assert not works.any()
    assert set(effort.tolist()) == {3.0}


def test_a_stage_that_cannot_fail_with_a_chance_to_fail_given_costs_all_stages() -> None:
    text = (
        "[model.m]\nchance = 0.5\n[model.m.stages]\ndata = { effort = 3 }\ntrain = { effort ="
        " 50 }\n"
    )
    works, effort = drawn(resolved_of(text))
    assert float(works.mean()) == 0.5
    assert set(effort.tolist()) == {53.0}


def test_new_attempts_draw_new_efforts() -> None:
    """Two trainings of [1, 3, 9]: with one common draw the second would cost exactly as much as the
    first.
    """
    text = "[roadmap]\ncorrelation = 0\n[model.m]\nattempts = 2\n"
    text += "[model.m.stages]\ntrain = { effort = [1, 3, 9], chance = 0 }\n"
    _, effort = drawn(resolved_of(text))
    once = resolved_of(text.replace("attempts = 2", "attempts = 1"))
    _, first = drawn(once)
    again = effort - first
    assert float(again.min()) > 0
    assert abs(float(np.corrcoef(np.log(first), np.log(again))[0, 1]) - 0.3) < 0.05


SPENT = (
    '[model.{}]\nstatus = "active"\nspent = {}\nstage = "train"\n[model.{}.stages]\ntrain = {{'
    " effort = [1, 3, 9] }}\n"
)
PLAIN = '[model.{}]\nstatus = "active"\nspent = {}\nchance = 1\neffort = [1, 3, 9]\n'


def quantile_50(text: str, name: str) -> float:
    finish = forecast(resolved_of(text), N).items[name].finish
    assert finish is not None
    return finish.p50


def test_what_a_stage_has_spent_counts_as_it_does_without_stages() -> None:
    staged_p50 = quantile_50(SPENT.format("a", 6, "a"), "a")
    assert staged_p50 == pytest.approx(quantile_50(PLAIN.format("a", 6), "a"), rel=0.03)


def test_what_is_spent_counts_in_every_model_of_the_same_stages_and_in_every_forecast() -> None:
    both = SPENT.format("a", 6, "a") + SPENT.format("b", 6, "b")
    expected = quantile_50(PLAIN.format("a", 6), "a")
    for _ in range(2):
        assert quantile_50(both, "a") == pytest.approx(expected, rel=0.03)
        assert quantile_50(both, "b") == pytest.approx(expected, rel=0.03)


def first_stage_twice() -> ResolvedItem:
    text = (
        '[model.m]\nstatus = "active"\nspent = 20\nstage = "evaluate"\nattempts = 2\nreach ='
        " 9\n[model.m.stages]\n"
    )
    text += "train = { effort = 10 }\nevaluate = { effort = [1, 3, 9], chance = 0.5 }\n"
    return resolved_of(text).items["m"]


def test_what_is_spent_counts_once_in_the_mean_and_in_the_ranked_effort() -> None:
    """Evaluate is gone through now, less what is spent, and in half of the runs again, in full."""
    terms = first_stage_twice()
    source = RandomSource(1, N)
    works = works_in(source, terms)
    efforts = EffortSampler(source, 0.3)
    mean = float(efforts.sample(terms, works).mean())
    assert mean_effort(terms) == pytest.approx(mean, rel=0.03)
    assert float(efforts.mean_path_effort(terms).mean()) == pytest.approx(mean, rel=0.03)


def test_spent_belongs_to_the_current_stage() -> None:
    text = '[model.m]\nstatus = "active"\nspent = 2\nstage = "train"\n[model.m.stages]\n'
    text += "data = { effort = 5 }\ntrain = { effort = 3 }\ndeploy = { effort = 4 }\n"
    works, effort = drawn(resolved_of(text))
    assert works.all()
    assert set(effort.tolist()) == {5.0}


def test_a_stage_word_without_stages_changes_no_figure() -> None:
    text = "[model.m]\neffort = [1, 3, 9]\nchance = 0.5\n"
    assert (
        forecast(resolved_of(text), 500).items
        == forecast(resolved_of(text + 'stage = "evaluate"\n'), 500).items
    )
