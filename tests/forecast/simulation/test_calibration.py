"""The record of finished items: what is learned from one whose law is known, and what that does to
a forecast.
"""

import math
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest

from roadmap_tui.forecast.engine import forecast
from roadmap_tui.forecast.simulation import jqpd
from roadmap_tui.forecast.simulation.calibration import Calibration, calibrate, calibration
from roadmap_tui.forecast.simulation.estimate_posterior import estimate_posterior
from roadmap_tui.forecast.simulation.sampling import EffortSampler, RandomSource, mean_effort
from roadmap_tui.plan.estimate import NO_SHIFT, Estimate, Shift
from roadmap_tui.plan.resolver import ResolvedPlan
from tests.forecast.build import Floats, resolved_of

NORMAL = NormalDist()
C = NORMAL.inv_cdf(0.9)
USE = "[policy]\ncalibrate = true\n"
SIGMA = math.log(9) / (2 * C)


def lognormal(z: float) -> float:
    """The effort at a deviate of [1, 3, 9]."""
    return 3 * math.exp(SIGMA * z)


def ended(actuals: list[float], *, status: str = "live", effort: str = "[1, 3, 9]") -> str:
    return "".join(
        f'[product.p{at}]\nstatus = "{status}"\neffort = {effort}\nspent = {actual!r}\n'
        for at, actual in enumerate(actuals)
    )


def found(text: str) -> Calibration:
    return calibration(resolved_of(text))


def drawn(resolved: ResolvedPlan, name: str, runs: int = 10_000) -> Floats:
    return EffortSampler(RandomSource(1, runs), resolved.correlation).sample(
        resolved.items[name], np.ones(runs, np.bool_)
    )


def test_deviates_are_those_of_the_estimates() -> None:
    record = found(ended([lognormal(z) for z in (1, 2, 3)]))
    assert [each.z for each in record.efforts] == pytest.approx([1, 2, 3])
    assert 0 < record.bias < 2
    assert record.shift.spread > 1


@pytest.mark.parametrize("correlation", [0.0, 0.3])
def test_without_a_record_the_prior_is_left(correlation: float) -> None:
    """b ~ N(0, 0.5^2), log k ~ N(0, 0.35^2): E[k] = exp(0.35^2 / 2), E[k^2] = exp(2 x 0.35^2)."""
    prior = estimate_posterior((), (), correlation)
    assert prior.bias == pytest.approx(0, abs=1e-9)
    assert prior.spread == pytest.approx(math.exp(0.35**2 / 2), rel=0.01)
    squares = math.exp(2 * 0.35**2)
    common = 0.25 + correlation * squares
    assert prior.correlation == pytest.approx(common / (0.25 + squares), rel=0.02)
    assert prior.p_wider == pytest.approx(0.5, abs=0.01)


def test_work_beyond_what_is_spent_counts_as_an_overrun() -> None:
    """46 weeks on [2, 4, 9], still going: efforts run over, and ranges are not narrowed."""
    case = (Path(__file__).parent.parent / "cases" / "note.toml").read_text()
    record = calibration(resolved_of(case))
    assert len(record.exceeded) == 1
    without = estimate_posterior(tuple(each.z for each in record.efforts), (), record.correlation)
    assert without.bias < 0 < record.bias
    assert without.shift.spread < 1 < record.shift.spread


def coverage(correlation: float, records: int) -> tuple[float, float, float]:
    """How often the ranges of the next item and of the mean of the next 20 hold, and how often a
    well calibrated estimator is called too narrow or too wide.
    """
    dice = np.random.default_rng(5)
    hits = np.zeros(3)
    for _ in range(records):
        count, factor = int(dice.integers(3, 15)), dice.standard_normal()
        own = dice.standard_normal(count + 20)
        shape = math.sqrt(correlation) * factor + math.sqrt(1 - correlation) * own
        z = dice.normal(0, 0.5) + math.exp(dice.normal(0, 0.35)) * shape
        posterior = estimate_posterior(tuple(z[:count].tolist()), (), correlation)
        spread = posterior.shift.spread
        mean = spread * math.sqrt(posterior.correlation + (1 - posterior.correlation) / 20)
        fair = estimate_posterior(tuple(shape[:count].tolist()), (), correlation)
        hits += (
            abs(z[count] - posterior.shift.bias) <= C * spread,
            abs(z[count:].mean() - posterior.shift.bias) <= C * mean,
            not 0.05 <= fair.p_wider <= 0.95,
        )
    return tuple((hits / records).tolist())


@pytest.mark.soak
@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.6])
def test_ranges_hold_at_their_level_and_fair_estimates_are_rarely_blamed(
    correlation: float,
) -> None:
    following, twenty, blamed = coverage(correlation, 2_000)
    assert 0.77 <= following <= 0.83
    assert 0.77 <= twenty <= 0.83
    assert blamed <= 0.1


@pytest.mark.parametrize(("bias", "spread"), [(0.0, 1.0), (0.7, 1.0), (0.5, 2.0), (-0.4, 0.5)])
def test_a_known_bias_and_spread_are_recovered(bias: float, spread: float) -> None:
    count = 400
    z = bias + spread * np.random.default_rng(7).standard_normal(count)
    record = found(ended([lognormal(float(each)) for each in z]))
    assert record.bias == pytest.approx(bias, abs=4 * spread / math.sqrt(count) + 0.01)
    assert record.spread == pytest.approx(spread, rel=4 / math.sqrt(2 * count) + 0.02)
    share = NORMAL.cdf((C - bias) / spread) - NORMAL.cdf((-C - bias) / spread)
    assert record.inside_count / count == pytest.approx(
        share, abs=4 * math.sqrt(share * (1 - share) / count)
    )
    assert record.ratio == pytest.approx(
        math.exp(SIGMA * bias), rel=4 * 1.2533 * SIGMA * spread / math.sqrt(count)
    )


def test_the_draws_and_their_mean_have_the_predictive_range() -> None:
    text = (
        USE
        + ended([lognormal(each) for each in (1.0, 2.0, 3.0, -0.5)])
        + "[product.open]\neffort = [1, 3, 9]\n"
    )
    given = resolved_of("[roadmap]\ncorrelation = 0\n" + text)
    resolved, shift = calibrate(given), calibration(given).shift
    tails = np.quantile(drawn(resolved, "open"), [0.1, 0.5, 0.9])
    assert tails == pytest.approx(
        [lognormal(shift.bias + shift.spread * each) for each in (-C, 0.0, C)], rel=0.04
    )
    sigma = SIGMA * shift.spread
    assert mean_effort(resolved.items["open"]) == pytest.approx(
        3 * math.exp(SIGMA * shift.bias + sigma**2 / 2), rel=1e-6
    )


@pytest.mark.parametrize("triplet", [(1, 3, 9), (2, 4, 9), (1, 6, 9), (1, 2, 20)])
@pytest.mark.parametrize("shift", [Shift(0.8, 1.7), Shift(-0.6, 0.7)])
@pytest.mark.parametrize("spent", [0.5, 3.0, 8.0])
def test_what_remains_follows_the_law_of_the_shifted_draws(
    triplet: tuple[float, float, float], shift: Shift, spent: float
) -> None:
    """All draws beyond what is spent, found by brute force."""
    z = np.array([NORMAL.inv_cdf((at + 0.5) / 400_000) for at in range(400_000)])
    everything = jqpd.johnson_distribution(Estimate(*triplet)).at(shift.bias + shift.spread * z)
    conditioned = everything[everything > spent] - spent
    shares = np.array([0.1, 0.25, 0.5, 0.75, 0.9])
    left = jqpd.remaining_at(
        Estimate(*triplet), spent, np.array([NORMAL.inv_cdf(share) for share in shares]), shift
    )
    assert conditioned.size > 2_000
    assert left == pytest.approx(np.quantile(conditioned, shares), rel=2e-2)


def test_the_mean_of_what_remains_is_that_of_the_draws() -> None:
    text = (
        USE
        + ended([2.0, 7.0, 12.0, 5.0])
        + '[model.m]\nstatus = "active"\nspent = 4\neffort = [2, 4, 9]\n'
    )
    text += '[model.s]\nstatus = "active"\nspent = 2\nstage = "train"\n[model.s.stages]\n'
    text += (
        "data = { effort = [1, 2, 3] }\ntrain = { effort = [2, 4, 9] }\ndeploy = { effort = [1, 2,"
        " 3] }\n"
    )
    resolved = calibrate(resolved_of(text))
    assert resolved.items["m"].shift != NO_SHIFT
    for name in ("m", "s"):
        mean = float(drawn(resolved, name, 40_000).mean())
        assert mean_effort(resolved.items[name]) == pytest.approx(mean, rel=0.03)


OPEN = """
[product.open]
effort = [2, 4, 9]
reach = [100, 200, 300]
needs = ["m"]
[product.sure]
effort = 3
reach = 50
[product.idea]
status = "idea"
reach = 70
[model.m]
status = "active"
spent = 2
stage = "train"
attempts = 2
[model.m.stages]
data = { effort = [1, 2, 3] }
train = { effort = [2, 3, 7], chance = 0.7 }
"""


def test_nothing_changes_unless_the_policy_asks() -> None:
    """Bit for bit as without any record: ended items without `spent` take part in nothing else."""
    record = ended([9.0, 12.0, 20.0, 8.0])
    without = "\n".join(line for line in record.splitlines() if not line.startswith("spent")) + "\n"
    assert forecast(resolved_of(record + OPEN), 500) == forecast(resolved_of(without + OPEN), 500)
    assert forecast(resolved_of(USE + without + OPEN), 500) == forecast(
        resolved_of(without + OPEN), 500
    )


def test_fewer_than_three_items_are_not_used() -> None:
    resolved = resolved_of(USE + ended([20.0, 30.0]) + OPEN)
    assert calibrate(resolved) is resolved
    third = resolved_of(USE + ended([20.0, 30.0, 40.0]) + OPEN)
    assert calibrate(third).items["open"].shift == calibration(third).shift


def test_a_record_of_overruns_makes_open_work_longer_and_leaves_the_rest() -> None:
    record = ended([9.0, 12.0, 20.0, 8.0])
    plain, used = (forecast(resolved_of(start + record + OPEN), 4000) for start in ("", USE))
    rows = {row.id: row for row in plain.ranking}
    for row in used.ranking:
        assert row.rice == rows[row.id].rice
        assert (
            row.effort == rows[row.id].effort
            if row.id == "sure"
            else row.effort > 1.5 * rows[row.id].effort
        )
    for name in ("open", "m"):
        before, after = plain.items[name].finish, used.items[name].finish
        assert before is not None
        assert after is not None
        assert after.p50 > before.p50
        assert after.p90 - after.p10 > before.p90 - before.p10
    assert used.items["m"].p_delivered == plain.items["m"].p_delivered


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_short_record_is_still_a_record(count: int) -> None:
    record = found(ended([3.0] * count) or "[product.p]\n")
    assert (len(record.efforts), record.inside_count) == (count, count)
    assert record.bias == pytest.approx(0)
    assert record.ratio == (None if count == 0 else 1.0)
    assert (record.brier, record.base_brier) == (None, None)


@pytest.mark.parametrize(
    "line",
    [
        'status = "live"\neffort = 3\nspent = 5',
        'status = "done"\neffort = [2, 4, 9]\nspent = 0',
        'status = "done"\neffort = [2, 4, 9]',
        'status = "active"\neffort = [2, 4, 9]\nspent = 3',
        'status = "dropped"\neffort = [2, 4, 9]\nspent = 3',
        'status = "idea"\neffort = [2, 4, 9]\nspent = 3',
    ],
)
def test_uninformative_efforts_are_left_out(line: str) -> None:
    assert found(f"[product.p]\n{line}\n").efforts == ()


def test_a_timebox_is_sure_and_an_estimate_of_a_spike_is_none_the_less_one() -> None:
    text = '[spike.s]\nstatus = "done"\ntimebox = 2\nspent = 3\n'
    assert found(text).efforts == ()
    [spike] = found(text + "effort = [1, 3, 9]\n").efforts
    assert (spike.id, spike.is_inside) == ("s", True)
    assert spike.z == pytest.approx(0)


def test_a_default_effort_is_an_assumption_in_the_record_too() -> None:
    [one] = found('[product.p]\nstatus = "live"\nspent = 4\n').efforts
    assert (one.estimate, one.is_assumed) == (Estimate(2, 4, 9), True)
    assert one.z == pytest.approx(0)
    assert not found(ended([3.0])).efforts[0].is_assumed


def test_the_ends_of_the_range_are_inside() -> None:
    assert found(ended([1.0, 9.0, 0.999, 9.001])).inside_count == 2


@pytest.mark.parametrize("actual", [1e-9, 1e12])
def test_a_slip_of_the_pen_leaves_the_forecast_finite(actual: float) -> None:
    text = ended([actual, 1.0, 3.0, actual], effort="[0.001, 3, 100000]") + OPEN.replace(
        "[2, 4, 9]", "[1e-6, 1, 1e9]"
    )
    result = forecast(resolved_of(USE + text), 1000)
    assert all(math.isfinite(row.effort) for row in result.ranking)


STAGED = '[model.m]\nstatus = "{}"\nspent = {}\n{}[model.m.stages]\n'


def staged(status: str, spent: float, stages: str, more: str = "") -> Calibration:
    return found(STAGED.format(status, spent, more) + stages)


def test_a_single_stage_is_as_if_there_were_none() -> None:
    for z in (-1.5, 0.0, 0.8, 2.0):
        [one] = staged("live", lognormal(z), "train = { effort = [1, 3, 9] }\n").efforts
        assert one.z == pytest.approx(z, abs=0.02)
        assert (one.estimate.p10, one.estimate.p50, one.estimate.p90) == pytest.approx(
            (1, 3, 9), rel=0.02
        )


def test_a_staged_item_is_judged_among_the_paths_that_end_as_it_did() -> None:
    """Data costs [1, 3, 9] and fails in half; a success costs 100 more: an effort of 3 is the
    middle of failing.
    """
    stages = "data = { effort = [1, 3, 9], chance = 0.5 }\ntrain = { effort = 100 }\n"
    [failed] = staged("failed", 3, stages).efforts
    assert failed.z == pytest.approx(0, abs=0.02)
    assert failed.is_inside
    [done] = staged("done", 103, stages).efforts
    assert done.z == pytest.approx(0, abs=0.02)
    assert done.is_inside
    [short] = staged("done", 3, stages).efforts
    assert short.z == pytest.approx(NORMAL.inv_cdf(0.5 / 10_000))
    [long] = staged("failed", 1000, stages).efforts
    assert long.z == pytest.approx(-NORMAL.inv_cdf(0.5 / 10_000))


def test_what_is_spent_counts_from_the_stage_where_it_stands() -> None:
    stages = "data = { effort = 50 }\ntrain = { effort = [1, 3, 9] }\n"
    assert staged("live", 3, stages, 'stage = "train"\n').efforts[0].z == pytest.approx(0, abs=0.02)
    assert staged("live", 53, stages).efforts[0].z == pytest.approx(0, abs=0.02)


def test_exact_stages_and_ranges_without_spread_are_skipped() -> None:
    assert staged("live", 5, "data = { effort = 2 }\ntrain = { effort = 4 }\n").efforts == ()
    both = "data = { effort = 2, chance = 0.5 }\ntrain = { effort = [1, 3, 9] }\n"
    assert staged("failed", 5, both).efforts == ()
    assert len(staged("live", 5, both).efforts) == 1


def test_a_record_of_failures_has_efforts_and_chances() -> None:
    text = "".join(
        f'[model.m{at}]\nstatus = "failed"\nchance = 0.{at}\neffort = [1, 3, 9]\nspent = 3\n'
        for at in (2, 4, 6)
    )
    record = found(text)
    assert [each.z for each in record.efforts] == pytest.approx([0, 0, 0])
    assert record.brier == pytest.approx((0.04 + 0.16 + 0.36) / 3)
    assert record.base_brier == 0


def test_only_informative_chances_are_scored() -> None:
    """A bet that was in doubt, or a model whose chance is set; no spike, and no 1 that is a
    default.
    """
    text = '[product.sure]\nstatus = "live"\n[product.doubted]\nstatus = "live"\nchance = 0.8\n'
    text += '[model.said]\nstatus = "failed"\nchance = 1\n[model.guessed]\nstatus = "done"\n'
    text += '[model.launched]\nstatus = "live"\nevidence = "launched"\n'
    text += (
        '[model.staged]\nstatus = "done"\n[model.staged.stages]\ntrain = { effort = 2, chance ='
        " 0.25 }\n"
    )
    text += '[model.open]\nchance = 0.5\n[spike.s]\nstatus = "done"\nverdict = "refuted"\n'
    record = found(text)
    scored = {each.id: (each.chance, each.worked, each.is_assumed) for each in record.bets}
    assert scored == {
        "doubted": (0.8, True, False),
        "said": (1.0, False, False),
        "guessed": (0.35, True, True),
        "staged": (0.25, True, False),
    }
    assert record.brier == pytest.approx((0.2**2 + 1 + 0.65**2 + 0.75**2) / 4)
    assert record.base_brier == pytest.approx(0.75 * 0.25)
