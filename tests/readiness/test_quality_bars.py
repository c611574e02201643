"""Judgement of quality bars, against worked answers and their formulas."""

import pytest

from roadmap_tui.plan.readiness.quality_bars import CountedShare, QualityBar
from roadmap_tui.readiness.binomial import cases_for_power
from roadmap_tui.readiness.quality_bars import BarAssessment, bar_assessment
from tests.money.build import table
from tests.money.reference import at_most

CONFUSION = "measured = [{ on = 2026-09-20, tp = 178, fp = 22, fn = 42, tn = 758 }]\n"
COUNTED = "measured = [{{ on = 2026-09-20, hits = {}, of = {} }}]\n"


def judged(text: str, name: str = "recall") -> BarAssessment:
    return bar_assessment(name, table(QualityBar, text))


def rounded(fit: BarAssessment) -> tuple[float, float, float]:
    assert fit.reading is not None
    return round(fit.reading.value, 3), round(fit.reading.low, 3), round(fit.reading.high, 3)


def test_worked_confusion() -> None:
    recall = judged("launch = 0.8\n" + CONFUSION)
    assert recall.status == "likely"
    assert rounded(recall) == (0.809, 0.752, 0.856)
    assert rounded(judged("launch = 0.8\n" + CONFUSION, "precision")) == (0.890, 0.839, 0.926)
    assert rounded(judged(CONFUSION, "accuracy"))[0] == 0.936
    assert judged(CONFUSION, "accuracy").majority_accuracy == 0.780
    assert recall.majority_accuracy is None


def test_worked_threshold_and_gap() -> None:
    fit = judged(
        "launch = 0.8\ntarget = 0.9\nbaseline = 0.62\ncost_fn = 500\ncost_fp = 25\n" + CONFUSION
    )
    assert fit.threshold == pytest.approx(0.0476, abs=5e-5)
    assert fit.gap_closed == pytest.approx((178 / 220 - 0.62) / 0.28)


def test_worked_ppv() -> None:
    sharp = "measured = [{ on = 2026-09-20, tp = 95, fn = 5, tn = 950, fp = 50 }]\n"
    assert judged("prevalence = 0.02\n" + sharp).ppv == pytest.approx(0.279, abs=5e-4)
    assert judged(sharp).ppv is None
    assert judged("prevalence = 0.02\n" + COUNTED.format(95, 100)).ppv is None


def test_more_cases_count_from_the_next_look_on() -> None:
    text = "launch = 0.8\n" + COUNTED.format(185, 220)
    more = judged(text).cases_missing
    expected = cases_for_power(CountedShare(185, 220, 0.8), 0.025 / 6, 185 / 220)
    assert more == expected
    assert judged("launch = 0.5\n" + COUNTED.format(178, 220)).cases_missing == 0
    assert judged("launch = 0.9\n" + COUNTED.format(178, 220)).cases_missing is None


def test_the_chance_to_have_reached_it_is_a_sum_of_cases() -> None:
    """P(rate >= x | k of n, uniform prior) = P(at most k hits of n + 1 at rate x)."""
    fit = judged("launch = 0.8\n" + COUNTED.format(178, 220))
    assert fit.p_reached == pytest.approx(at_most(178, 221, 0.8))


def test_where_lower_is_better_the_chance_is_that_of_being_below() -> None:
    lower = judged('better = "lower"\nlaunch = 0.2\n' + COUNTED.format(42, 220), "miss_rate")
    higher = judged("launch = 0.8\n" + COUNTED.format(178, 220))
    assert lower.p_reached is not None
    assert lower.p_reached == pytest.approx(higher.p_reached)
    assert lower.cases_missing == higher.cases_missing
    assert lower.status == higher.status == "likely"


def test_f1_is_judged_by_the_share_it_follows_from() -> None:
    fit = judged("launch = 0.8\n" + CONFUSION, "f1")
    assert rounded(fit)[0] == 0.848
    assert fit.p_reached == pytest.approx(at_most(178, 243, 2 / 3))
    assert fit.status == "likely"
    assert judged("launch = 0.79\n" + CONFUSION, "f1").status == "proven"
    needed = cases_for_power(CountedShare(178, 242, 0.84 / (2 - 0.84)), 0.025 / 6, 178 / 242)
    assert judged("launch = 0.84\n" + CONFUSION, "f1").cases_missing == needed


def test_missing_figures_are_none() -> None:
    assert judged("launch = 0.8\n") == BarAssessment(
        "unmeasured", None, None, None, None, None, None
    )
    value = judged(
        "launch = 0.8\nmeasured = [{ on = 2026-09-20, value = 0.9, low = 0.85, high = 0.95 }]\n",
        "auc",
    )
    assert (value.status, value.cases_missing, value.p_reached) == ("proven", None, None)


def test_nothing_counted_is_no_look() -> None:
    fit = judged("launch = 0.8\n" + COUNTED.format(0, 0))
    assert fit.status == "unmeasured"
    assert fit.cases_missing is None
    assert fit.p_reached is None


@pytest.mark.parametrize(("hits", "status"), [(0, "breach"), (300, "proven")])
def test_none_and_all_of_the_cases(hits: int, status: str) -> None:
    fit = judged("guardrail = 0.5\nlaunch = 0.9\n" + COUNTED.format(hits, 300))
    assert fit.status == status
    assert fit.p_reached == pytest.approx(1 - 0.9**301 if hits else 0, abs=1e-12)


def test_no_way_from_the_baseline_to_the_target_is_no_gap() -> None:
    assert (
        judged("target = 0.9\nbaseline = 0.9\ncost_fp = 0\ncost_fn = 0\n" + CONFUSION).gap_closed
        is None
    )
    assert judged("cost_fp = 0\ncost_fn = 0\n" + CONFUSION).threshold is None


def test_an_f_beta_is_no_share_of_cases() -> None:
    fit = judged("beta = 2\nlaunch = 0.8\n" + CONFUSION, "f_beta")
    assert rounded(fit)[0] == 0.824
    assert (fit.status, fit.cases_missing, fit.p_reached) == ("likely", None, None)
