"""Proof under repeated looks: a model exactly at its launch level is hardly ever proven."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom

from roadmap_tui.document.reader import read_document
from roadmap_tui.plan.intervals import wilson_interval
from roadmap_tui.plan.readiness.proof import (
    binomial_upper_tail,
    design_effect,
    interval_tail,
    look_tail,
)
from roadmap_tui.plan.readiness.quality_bars import QualityBar
from roadmap_tui.plan.resolver import resolve_plan
from tests.money.build import table

LEVEL, CASES, LOOKS, MODELS = 0.8, 220, 20, 4_000
FILES = Path(__file__).parent / "cases"


@pytest.mark.parametrize(("hits", "of", "rate"), [(176, 220, 0.8), (200, 220, 0.8), (3, 90, 0.01)])
def test_the_tail_is_that_of_scipy(hits: int, of: int, rate: float) -> None:
    assert binomial_upper_tail(hits, of, rate) == pytest.approx(binom.sf(hits - 1, of, rate))


@pytest.mark.parametrize("of", [1, 7, 500, 1_000_000])
@pytest.mark.parametrize("deviations", [-3, -0.5, 0, 1, 3, 6])
def test_the_tail_of_few_and_of_many_is_that_of_scipy(of: int, deviations: float) -> None:
    hits = min(of, max(0, round(of * 0.3 + deviations * (of * 0.21) ** 0.5)))
    expected = binom.sf(hits - 1, of, 0.3)
    assert binomial_upper_tail(hits, of, 0.3) == pytest.approx(expected, rel=1e-6)


def test_beyond_a_million_cases_the_tail_is_nearly_that_of_scipy() -> None:
    hits = round(5e6 * 0.8 + 4 * (5e6 * 0.16) ** 0.5)
    expected = binom.sf(hits - 1, 5_000_000, 0.8)
    assert binomial_upper_tail(hits, 5_000_000, 0.8) == pytest.approx(expected, rel=0.03)


def test_the_tail_at_its_ends() -> None:
    assert binomial_upper_tail(0, 10, 0.5) == 1
    assert binomial_upper_tail(3, 10, 0) == 0
    assert binomial_upper_tail(3, 10, 1) == 1
    assert interval_tail(0.1, 0) == 0
    assert interval_tail(-0.1, 0) == 1
    assert interval_tail(0.05, 0.05) == pytest.approx(0.025)


def test_all_looks_together_use_what_there_is() -> None:
    assert sum(look_tail(look) for look in range(1, 100_001)) == pytest.approx(0.025, rel=1e-4)


def proven_at(hits: int, of: int, look: int) -> bool:
    """What `QualityBar.status` does for counted hits; `test_status_is_this_rule` holds it to it."""
    return binomial_upper_tail(hits, of, LEVEL) <= look_tail(look)


def fewest_hits(look: int, of: int) -> int:
    """The least number of hits that proves the bar; more than `of` if none does."""
    return next((hits for hits in range(of + 1) if proven_at(hits, of, look)), of + 1)


def test_status_is_this_rule() -> None:
    rows = [{"on": dt.date(2026, 9, at), "hits": 170, "of": CASES} for at in range(1, 6)]
    for hits in range(176, CASES + 1):
        newest = {"on": dt.date(2026, 9, 9), "hits": hits, "of": CASES}
        bar = QualityBar.model_validate({"launch": LEVEL, "measured": [*rows, newest]})
        assert (bar.status("recall") == "proven") == proven_at(hits, CASES, 6)


@pytest.mark.parametrize("kind", ["fresh sets", "a growing set", "the same set again"])
def test_a_model_exactly_at_its_level_is_ever_proven_in_at_most_2_5_percent(kind: str) -> None:
    dice = np.random.default_rng(11)
    answers = dice.binomial(CASES, LEVEL, (MODELS, LOOKS))
    if kind == "the same set again":  # nine answers in ten stay as they were
        stay = dice.binomial(round(CASES * 0.9), LEVEL, (MODELS, 1))
        answers = stay + dice.binomial(CASES - round(CASES * 0.9), LEVEL, (MODELS, LOOKS))
    looks, cases = range(1, LOOKS + 1), np.full(LOOKS, CASES)
    if kind == "a growing set":
        answers, cases = answers.cumsum(axis=1), cases.cumsum()
    needed = [fewest_hits(look, int(of)) for look, of in zip(looks, cases, strict=True)]
    ever = (answers >= np.array(needed)).any(axis=1).mean()
    assert ever <= 0.025 + 2 * (0.025 * 0.975 / MODELS) ** 0.5


def test_looking_often_at_the_95_percent_interval_would_prove_it_far_more_often() -> None:
    """What the rule is for: with the same bound at each look, one model in four is proven."""
    answers = np.random.default_rng(11).binomial(CASES, LEVEL, (MODELS, LOOKS))
    needed = next(hits for hits in range(CASES) if wilson_interval(hits, CASES)[0] >= LEVEL)
    assert (answers >= needed).any(axis=1).mean() > 0.2


@pytest.mark.parametrize("name", ["gate", "peek"])
def test_the_fifth_look_proves_nothing_that_the_others_speak_against(name: str) -> None:
    plan = read_document((FILES / f"{name}.toml").read_bytes(), name).plan
    assert plan is not None
    bar = plan.model["m"].bars["recall"]
    fifth = {"on": dt.date(2026, 11, 20), "hits": 188, "of": 220}
    if len(bar.measured) < 5:
        rows = [each.model_dump(exclude_defaults=True) for each in bar.measured]
        bar = QualityBar.model_validate({"launch": 0.8, "measured": [*rows, fifth]})
    assert bar.look_count("recall") == 5
    assert bar.status("recall") == "likely"


def test_what_needs_a_bar_waits_for_its_model_and_proof_makes_the_evaluation_sure() -> None:
    text = (FILES / "gate.toml").read_text().replace("hits = 174", "hits = 219")
    staged = text.replace(
        "effort = [10, 14, 30]\n",
        "stages.train = { effort = 2, chance = 0.5 }\n"
        "stages.evaluate = { effort = 1, chance = 0.4 }\n",
    ).replace("chance = 0.3\n", "")
    for given in (text, staged):
        plan = read_document(given.encode(), "gate").plan
        assert plan is not None
        assert plan.model["m"].bars["recall"].status("recall") == "proven"
        resolved = resolve_plan(plan)
        assert [need.ids for need in resolved.items["f"].needs] == [("m",)]
    assert [each.chance for each in resolved.items["m"].stages] == [0.5, 1.0]


def test_worked_design_effect() -> None:
    """Cochran's ratio estimate: groups that are all right or all wrong count once each."""
    whole = tuple((10, 10) if at < 5 else (0, 10) for at in range(10))
    assert design_effect(whole) == pytest.approx(10 * 10 / 9)
    assert design_effect(((5, 10), (5, 10), (5, 10))) == 1
    assert design_effect(()) == 1
    assert design_effect(((3, 3), (4, 4))) == 1


def test_cases_that_are_alike_widen_the_interval_and_prove_less() -> None:
    groups = ", ".join("{ hits = 10, of = 10 }" for _ in range(18))
    groups += ", { hits = 0, of = 10 }, { hits = 0, of = 10 }"
    text = "launch = 0.8\nmeasured = [{{ on = 2026-09-20, hits = 180, of = 200{} }}]\n"
    alone = table(QualityBar, text.format(", groups = 20"))
    known = table(QualityBar, text.format(f", groups = 20, by_group = [{groups}]"))
    assert alone.status("recall") == "proven"
    assert known.status("recall") == "likely"
    effect = known.measured[0].design_effect
    assert effect == pytest.approx(20 / 19 * 10)
    shown = known.latest_value("recall")
    assert shown is not None
    low, high = wilson_interval(18, 20)
    assert shown.low == pytest.approx(low, abs=0.2 * (high - low))
    assert shown.high - shown.low > 0.2
