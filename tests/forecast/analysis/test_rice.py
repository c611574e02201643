"""Plain and weighted RICE: Intercom's printed inputs, and four bets enumerated exactly."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.forecast.analysis.rank_distribution import rank_counts
from roadmap_tui.forecast.analysis.ranking import (
    RankingSamples,
    competition_ranks,
    rice_score,
)
from roadmap_tui.forecast.engine import forecast
from roadmap_tui.forecast.simulation.marginal_value import weighted_rice_score
from tests.forecast.build import Floats, case, resolved_of

INTERCOM = case("rice_intercom")["projects"]
FOUR = case("weighted_rice_enumerated")
BETS = FOUR["bets"]
EXACT = FOUR["exact"]
WEIGHTS = (0.3, 0.4, 0.3)


def intercom_plan() -> str:
    return "\n".join(
        f"[product.project-{p['id']}]\nreach = {p['reach']}\nimpact = {p['impact']}\n"
        f"confidence = {p['confidence']}\neffort = {p['effort']}"
        for p in INTERCOM
    )


def test_intercoms_projects_score_as_published() -> None:
    resolved = resolved_of(intercom_plan())
    for project in INTERCOM:
        assert rice_score(resolved.items[f"project-{project['id']}"]) == pytest.approx(
            project["score"], rel=1e-12
        )


def test_intercoms_projects_rank_as_published_plain_and_sure_weighted() -> None:
    rows = forecast(resolved_of(intercom_plan()), 500).ranking
    order = [f"project-{at}" for at in case("rice_intercom")["order"]]
    assert [row.id for row in rows] == order
    assert [row.rice.rank for row in rows if row.rice] == [1, 2, 3]
    for row, expected in zip(rows, (800, 675, 400), strict=True):
        assert row.weighted is not None
        assert row.weighted.score == pytest.approx(expected, rel=1e-9)
        assert row.rank_range == (row.weighted.rank, row.weighted.rank)
        assert row.too_close_with == ()


def test_plain_rice_is_taken_at_the_medians_and_shows_four_bets_as_enumerated() -> None:
    text = "\n".join(
        f"[product.{bet['id']}]\nreach = {bet['reach']}\nconfidence = 0.8\nimpact ="
        f" {bet['impact'] if bet['impact'][0] < bet['impact'][2] else 1}\neffort ="
        f" {middle(bet['effort'])}"
        for bet in BETS
    )
    terms = resolved_of(text).items
    for name, score in EXACT["plain_at_confidence_0.8"].items():
        assert rice_score(terms[name]) == pytest.approx(score, rel=1e-12)


def middle(points: list[float]) -> list[float] | float:
    return points if points[0] < points[1] < points[2] else points[1]


def mean(points: list[float]) -> float:
    return sum(weight * point for weight, point in zip(WEIGHTS, points, strict=True))


@pytest.mark.parametrize("bet", BETS, ids=lambda bet: str(bet["id"]))
def test_weighted_rice_of_the_enumerated_runs_is_the_exact_ratio(bet: dict[str, Any]) -> None:
    """Ten equal runs for each quantity: three of the low point, four of the middle, three of the
    high one.
    """
    tenfold = [
        np.repeat(np.array(bet[each], np.float64), (3, 4, 3))
        for each in ("reach", "impact", "effort")
    ]
    reach, impact, effort = (each.ravel() for each in np.meshgrid(*tenfold, indexing="ij"))
    value = float((reach * impact).mean()) * bet["confidence"] * bet["chance"]
    expected = EXACT["weighted_ratio_of_means"][bet["id"]]
    assert weighted_rice_score(value, float(effort.mean())) == pytest.approx(expected, rel=1e-12)
    of_ratios = float((reach * impact / effort).mean()) * bet["confidence"] * bet["chance"]
    assert of_ratios > expected * 1.01


def atoms(bet: dict[str, Any]) -> tuple[Floats, Floats, Floats]:
    """Every combination of the three points: its score, and the number of low-or-high and of middle
    points.
    """
    rows = []
    for at in product(range(3), repeat=3):
        reach, impact, effort = (
            bet[name][i] for name, i in zip(("reach", "impact", "effort"), at, strict=True)
        )
        score = reach * impact * bet["confidence"] * bet["chance"] / effort
        rows.append((score, sum(i == 1 for i in at), np.prod([WEIGHTS[i] for i in at])))
    scores, middles, weights = (np.array(column) for column in zip(*rows, strict=True))
    return scores, middles, weights


def grids() -> Iterator[tuple[Floats, float]]:
    """Scores over all joint runs of the four bets, in groups of equal probability."""
    parts = [atoms(bet) for bet in BETS]
    index = np.stack(np.meshgrid(*(np.arange(27) for _ in BETS), indexing="ij")).reshape(4, -1)
    middles = sum((parts[row][1][index[row]] for row in range(4)), np.zeros(index.shape[1]))
    for count in range(13):
        group = index[:, middles == count]
        scores: Floats = np.stack([parts[row][0][group[row]] for row in range(4)])
        yield scores, 0.4**count * 0.3 ** (12 - count)


def test_rank_chances_of_the_enumerated_runs_are_exact_and_ties_share_the_better_rank() -> None:
    found = np.zeros((4, 4))
    for scores, weight in grids():
        found += rank_counts(scores.astype(np.float32)).counts.T * weight
    for row, bet in enumerate(BETS):
        expected = EXACT["chance_of_each_rank_ties_share_the_better"][bet["id"]]
        assert found[row] == pytest.approx(expected, abs=6e-7)


def test_rank_chances_over_many_sampled_runs_are_near_the_exact_ones() -> None:
    runs = 100_000
    generator = np.random.default_rng(5)
    scores = np.empty((4, runs))
    for row, bet in enumerate(BETS):
        values, _, weights = atoms(bet)
        scores[row] = values[generator.choice(27, runs, p=weights)]
    ranked = RankingSamples.from_scores(tuple(bet["id"] for bet in BETS), scores.astype(np.float32))
    for bet in BETS:
        shares = np.cumsum(EXACT["chance_of_each_rank_ties_share_the_better"][bet["id"]])
        standing = ranked.spreads[bet["id"]]
        assert standing.top[1] == pytest.approx(shares[0], abs=4 * 0.5 / runs**0.5)
        assert standing.top[3] == pytest.approx(shares[2], abs=4 * 0.5 / runs**0.5)
        low, high = (int((shares < share).sum()) + 1 for share in (0.1, 0.9))
        assert standing.range == (low, high)


def by_counting(scores: list[list[float]]) -> list[list[int]]:
    """One more than how many are better, counted run by run."""
    items = len(scores)
    counts = [[0] * items for _ in range(items)]
    for row in zip(*scores, strict=True):
        for item, mine in enumerate(row):
            counts[item][sum(other > mine for other in row)] += 1
    return counts


@given(
    st.integers(1, 9).flatmap(
        lambda n: st.lists(st.lists(st.integers(-3, 9), min_size=n, max_size=n), min_size=1)
    )
)
def test_rank_counts_are_those_of_counting(runs: list[list[int]]) -> None:
    scores = [list(row) for row in zip(*runs, strict=True)]
    assert rank_counts(np.array(scores, np.float32)).counts.T.tolist() == by_counting(
        [[*map(float, row)] for row in scores]
    )


def test_rank_counts_hold_for_more_items_than_a_byte_counts() -> None:
    scores = np.random.default_rng(2).integers(0, 90, (300, 40)).astype(np.float32)
    assert rank_counts(scores).counts.T.tolist() == by_counting(scores.tolist())


@pytest.mark.parametrize("items", [100, 300])
def test_rank_counts_hold_for_more_runs_than_are_ranked_at_once(items: int) -> None:
    """Scores of either sign, some of them alike."""
    scores = np.random.default_rng(3).normal(size=(items, 3_000)).round(2).astype(np.float32)
    better = np.stack([(scores > each).sum(axis=0) for each in scores])
    assert np.array_equal(
        rank_counts(scores).counts.T,
        np.stack([np.bincount(row, minlength=items) for row in better]),
    )


@pytest.mark.parametrize(("items", "size"), [(1_024, 1), (1_025, 2), (3_000, 3)])
@pytest.mark.parametrize(("orders_of_magnitude", "alike"), [(30, 0), (1, 1)])
def test_ranks_of_many_items_are_counted_in_a_thousand_groups(
    items: int, size: int, orders_of_magnitude: int, alike: int
) -> None:
    """The best ten are counted separately, and no range is too narrow, except for nearly equal
    scores.
    """
    dice, runs = np.random.default_rng(4), 200
    middle = dice.uniform(-orders_of_magnitude, orders_of_magnitude, (items, 1))
    scores = (10 ** (middle + dice.normal(0, 0.3, (items, runs)))).astype(np.float32)
    rank = np.sort(1 + (-scores).argsort(axis=0).argsort(axis=0), axis=1)
    standings = RankingSamples.from_scores(tuple(map(str, range(items))), scores).spreads
    for exact, standing in zip(rank, standings.values(), strict=True):
        low, high = standing.range
        assert 0 <= exact[19] - low < size + alike
        assert -alike <= high - exact[179] < size
        top = {k: np.count_nonzero(exact <= k) / runs for k in (1, 3, 5, 10)}
        assert standing.top == pytest.approx(top, abs=alike / runs + 1e-9)


def test_close_scores_are_distinguished() -> None:
    """Two hundred scores that differ by one part in ten thousand have two hundred ranks."""
    scores = (1000 * 1.0001 ** np.arange(200.0)).astype(np.float32)[:, None]
    assert rank_counts(scores).counts.argmax(axis=0).tolist() == list(range(199, -1, -1))


def test_nothing_and_less_than_nothing_do_not_differ_in_rank_by_sign_of_zero() -> None:
    scores = np.array([[0.0], [-0.0]], np.float32)
    assert rank_counts(scores).counts.tolist() == [[1, 1], [0, 0]]


@given(st.lists(st.one_of(st.none(), st.integers(0, 5)), max_size=9))
def test_equal_scores_share_the_better_rank_and_no_score_has_none(scores: list[int | None]) -> None:
    best_first = sorted((each for each in scores if each is not None), reverse=True)
    expected = [None if each is None else 1 + best_first.index(each) for each in scores]
    assert (
        competition_ranks(None if score is None else float(score) for score in scores) == expected
    )


def test_without_effort_there_is_no_score() -> None:
    assert weighted_rice_score(10.0, 0.0) is None
    rows = forecast(
        resolved_of("[product.free]\neffort = 0\nreach = 10\n[product.b]\neffort = 1\nreach = 1\n"),
        200,
    ).ranking
    assert [(row.id, row.rice is None, row.weighted is None) for row in rows] == [
        ("b", False, False),
        ("free", True, True),
    ]


def test_one_score_is_above_another_in_its_share_of_the_runs_and_ties_count_half() -> None:
    ranked = RankingSamples.from_scores(
        ("a", "b"), np.array([[1, 2, 3, 4], [1, 2, 1, 9]], np.float32)
    )
    assert (
        ranked.chance_above("a", "b"),
        ranked.chance_above("b", "a"),
        ranked.chance_above("a", "a"),
    ) == (
        0.5,
        0.5,
        0.5,
    )
    sure = RankingSamples.from_scores(
        ("a", "b"), np.array([[2, 2, 3, 4], [1, 2, 1, 3]], np.float32)
    )
    assert (sure.chance_above("a", "b"), sure.chance_above("b", "a")) == (0.875, 0.125)
