"""A spike is a test of its bet: Bayes by hand, and the bet's chance is preserved."""

import math

import pytest

from roadmap_tui.forecast.engine import forecast
from roadmap_tui.forecast.simulation.outcomes import draw_successes
from roadmap_tui.forecast.simulation.results import ItemForecast
from roadmap_tui.forecast.simulation.sampling import RandomSource
from tests.forecast.build import known_once, resolved_of, standard_error

N = 40_000
BET = (
    '[model.m]\nchance = {p}\neffort = 4\n[spike.s]\ninforms = "m"\nyes_if_works = {s}\nyes_if_not'
    " = {f}\n"
)
READINGS = [
    (0.5, 0.8, 0.2),
    (0.35, 0.9, 0.1),
    (0.8, 0.7, 0.6),
    (0.05, 1.0, 0.0),
    (0.0, 0.8, 0.2),
    (1.0, 0.8, 0.2),
]


def near(share: float, exact: float) -> bool:
    return abs(share - exact) <= 4 * standard_error(exact, N) + 1 / N


def items(text: str) -> dict[str, ItemForecast]:
    return forecast(resolved_of(text), N).items


@pytest.mark.parametrize(("p", "s", "f"), READINGS)
def test_odds_are_bayes_rule(p: float, s: float, f: float) -> None:
    odds = items(BET.format(p=p, s=s, f=f))["s"].odds
    assert odds is not None
    yes = p * s + (1 - p) * f
    assert odds.before == p
    assert odds.p_yes == pytest.approx(yes)
    assert odds.after_yes == pytest.approx(p * s / yes)
    assert odds.after_no == pytest.approx(p * (1 - s) / (1 - yes))
    assert odds.p_yes * odds.after_yes + (1 - odds.p_yes) * odds.after_no == pytest.approx(p)


@pytest.mark.parametrize(("p", "s", "f"), READINGS)
def test_a_no_drops_the_bet_and_a_yes_lets_it_go_on(p: float, s: float, f: float) -> None:
    bet = items(BET.format(p=p, s=s, f=f))["m"]
    if p in {0, 1}:  # nothing to find out: it drops nothing
        assert (bet.p_delivered, bet.dropped) == (p, 0)
        return
    assert near(bet.p_delivered, p * s)
    assert near(bet.failed, (1 - p) * f)
    assert near(bet.dropped, p * (1 - s) + (1 - p) * (1 - f))


@pytest.mark.parametrize(("s", "f"), [(0.8, 0.2), (0.99, 0.01), (0.51, 0.5)])
def test_chance_of_the_bet_is_kept_for_any_reliability(s: float, f: float) -> None:
    """Law of total probability, and the very same runs."""
    alone = draw_successes(resolved_of("[model.m]\nchance = 0.35\n"), RandomSource(1, N))
    read = draw_successes(resolved_of(BET.format(p=0.35, s=s, f=f)), RandomSource(1, N))
    assert read.works["m"] == alone.works["m"]
    assert read.works["m"].bit_count() == 0.35 * N
    model = items(BET.format(p=0.35, s=s, f=f) + 'on_refuted = "continue"\n')["m"]
    assert model.p_delivered == 0.35
    assert model.dropped == 0


def test_readings_follow_the_truth_at_their_rates() -> None:
    drawn = draw_successes(resolved_of(BET.format(p=0.4, s=0.8, f=0.3)), RandomSource(1, N))
    works, no = drawn.works["m"], drawn.negative_answers["s"]
    assert near((works & no).bit_count() / N, 0.4 * 0.2)
    assert near((~works & no).bit_count() / N, 0.6 * 0.7)


def test_two_readings_are_independent_given_the_truth() -> None:
    text = (
        BET.format(p=0.5, s=0.8, f=0.3)
        + '[spike.t]\ninforms = "m"\nyes_if_works = 0.6\nyes_if_not = 0.1\n'
    )
    drawn = draw_successes(resolved_of(text), RandomSource(1, N))
    works = drawn.works["m"]
    first = drawn.negative_answers["s"]
    second = drawn.negative_answers["t"]
    assert near((works & first & second).bit_count() / N, 0.5 * 0.2 * 0.4)
    assert near((~works & first & second).bit_count() / N, 0.5 * 0.7 * 0.9)
    bet = items(text)["m"]
    assert near(bet.p_delivered, 0.5 * 0.8 * 0.6)
    assert near(bet.failed, 0.5 * 0.3 * 0.1)


@pytest.mark.parametrize(
    "change", ['status = "done"', 'status = "dropped"', 'status = "idea"', 'status = "failed"']
)
def test_a_spike_that_is_not_open_has_no_effect(change: str) -> None:
    found = items(BET.format(p=0.5, s=0.8, f=0.2) + change)
    assert found["m"].p_delivered == 0.5
    assert found["m"].dropped == 0
    assert found["s"].odds is None


@pytest.mark.parametrize("status", ["live", "done", "failed", "dropped", "idea"])
def test_a_spike_on_a_bet_that_is_not_open_changes_nothing(status: str) -> None:
    text = BET.format(p=0.5, s=0.8, f=0.2).replace(
        "[model.m]\n", f'[model.m]\nstatus = "{status}"\n'
    )
    found = items(text)
    assert found["m"].p_delivered == (1.0 if status in {"live", "done"} else 0.0)
    assert found["m"].dropped == (status == "dropped")
    assert found["s"].odds is None


def test_a_spike_that_is_blocked_drops_nothing() -> None:
    found = items(BET.format(p=0.5, s=0.8, f=0.2) + 'needs = ["gone"]\n')
    assert found["m"].p_delivered == 0.5
    assert found["s"].blocked == 1


def test_a_spike_always_delivers_when_it_ends() -> None:
    spike = items(BET.format(p=0.5, s=0.8, f=0.2))["s"]
    assert spike.p_delivered == 1
    assert spike.finish is not None
    assert spike.finish.p50 == 2


def test_a_bet_waits_for_its_open_spikes_also_for_those_that_continue() -> None:
    text = (
        BET.format(p=1, s=0.8, f=0.2)
        + 'on_refuted = "continue"\ntimebox = 3\n[spike.t]\ninforms = "m"\ntimebox = 5\n'
    )
    found = known_once(resolved_of(text), ("s", "t", "m"), {"s": 3, "t": 5, "m": 4})
    assert found["m"] == (5, 9)


def test_an_active_bet_does_not_wait_and_a_no_is_known_at_its_own_finish() -> None:
    text = BET.format(p=1, s=0.8, f=0.2).replace("[model.m]\n", '[model.m]\nstatus = "active"\n')
    assert known_once(resolved_of(text), ("m", "s"), {"s": 2, "m": 4})["m"] == (0, 4)
    assert known_once(resolved_of(text), ("m", "s"), {"s": 2, "m": 4}, no=("s",))["m"] == (0, 4)
    bet = items(text.replace("chance = 1", "chance = 0.5"))["m"]
    assert near(bet.p_delivered, 0.4)
    assert near(bet.dropped, 0.5)


def test_bet_is_dropped_at_the_end_of_the_first_no() -> None:
    text = BET.format(p=1, s=0.8, f=0.2) + 'timebox = 3\n[spike.t]\ninforms = "m"\ntimebox = 5\n'
    resolved = resolved_of(text)
    effort = {"s": 3.0, "t": 5.0, "m": 4.0}
    assert known_once(resolved, ("s", "t", "m"), effort, no=("t",))["m"][1] == 5
    assert known_once(resolved, ("s", "t", "m"), effort, no=("s", "t"))["m"][1] == 3


def test_a_spike_with_no_chance_of_a_yes_or_of_a_no_has_finite_odds() -> None:
    for p, s, f in ((0.0, 1.0, 0.0), (1.0, 1.0, 0.0)):
        odds = items(BET.format(p=p, s=s, f=f))["s"].odds
        assert odds is not None
        assert all(math.isfinite(each) for each in (odds.p_yes, odds.after_yes, odds.after_no))
