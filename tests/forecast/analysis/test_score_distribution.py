"""Scores by run: unlocked value per person-week in any order of summation."""

import random

import numpy as np
import pytest

from roadmap_tui.forecast.analysis.rank_distribution import Scores
from roadmap_tui.forecast.analysis.score_distribution import sample_scores
from roadmap_tui.forecast.simulation.marginal_value import MarginalValue, marginal_value
from roadmap_tui.forecast.simulation.sampling import RandomSource
from roadmap_tui.forecast.simulation.simulator import effort_sampler
from roadmap_tui.plan.resolver import ResolvedPlan
from tests.forecast.build import resolved_of

RUNS = 400


def one_by_one(name: str, resolved: ResolvedPlan, found: MarginalValue) -> Scores:
    """Each valued item's value times the chance to deliver that it loses without this one, over
    this one's effort.
    """
    efforts, total = effort_sampler(resolved, RUNS), np.zeros(RUNS)
    for other, lost in zip(found.demand, found.lost_delivery([name])[0], strict=True):
        demand = resolved.items[other].demand
        assert demand is not None
        total += lost * efforts.source.value(other, demand)
    effort = efforts.mean_path_effort(resolved.items[name]) * found.worked_on[name]
    return (total / effort).astype(np.float32)


def agree(text: str) -> None:
    resolved = resolved_of(text)
    found = marginal_value(resolved, RandomSource(resolved.seed, RUNS))
    names = tuple(
        name for name, loss in found.impacts.items() if not loss.is_zero and found.worked_on[name]
    )
    scores = sample_scores(resolved, found, effort_sampler(resolved, RUNS), names)
    assert len(scores) == len(names)
    for name, score in zip(names, scores, strict=True):
        expected = one_by_one(name, resolved, found)
        assert score == pytest.approx(expected, abs=1e-5 * np.abs(expected).max()), name


def item(name: str, kind: str, more: str) -> str:
    value = "reach = [10, 30, 90]\nimpact = [0.5, 1, 2]\n" if kind == "product" else ""
    return f"[{kind}.{name}]\neffort = [1, 2, 5]\nchance = 0.8\n{value}{more}\n"


@pytest.mark.parametrize("seed", range(12))
def test_they_are_as_worked_out_one_by_one(seed: int) -> None:
    """Up to four needs among those before, some of them a choice, some items a plan B, not all with
    a value.
    """
    dice, text, names = random.Random(seed), "", list[str]()
    for at in range(70):
        needs = dice.sample(names[-12:], min(len(names[-12:]), dice.randrange(5)))
        listed = [f'"{each}"' for each in needs]
        if len(listed) > 2 and dice.random() < 0.3 * (seed % 3):
            listed = [f"[{', '.join(listed[:2])}]", *listed[2:]]
        more = f"needs = [{', '.join(listed)}]"
        if names and dice.random() < 0.05 * (seed % 2):
            more += f'\nfallback_for = "{dice.choice(names)}"'
        names.append(f"i{at}")
        text += item(names[-1], dice.choice(["product", "model"]), more)
    agree(text)


def test_many_that_need_the_same_and_one_that_needs_many() -> None:
    many = "".join(item(f"p{at}", "product", 'needs = ["base"]') for at in range(40))
    models = [f"m{at}" for at in range(40)]
    wide = "".join(item(name, "model", "") for name in models)
    last = item("last", "product", "needs = [" + ", ".join(f'"{name}"' for name in models) + "]")
    agree(item("base", "model", "") + many + wide + last)


def test_two_that_both_need_the_same_many() -> None:
    many = [f"p{at}" for at in range(60)]
    needs = "needs = [" + ", ".join(f'"{name}"' for name in many) + "]"
    agree(
        "".join(item(name, "product", "") for name in many)
        + item("one", "product", needs)
        + item("two", "model", needs)
    )


def test_a_chain() -> None:
    agree(
        "".join(
            item(f"i{at}", "product", f'needs = ["i{at - 1}"]' if at else "") for at in range(200)
        )
    )
