"""Quality metrics, against worked answers."""

import numpy as np
import pytest

from roadmap_tui.plan.intervals import f_beta
from roadmap_tui.readiness.quality_metrics import (
    decision_threshold,
    gap_closed,
    majority_accuracy,
    positive_predictive_value,
)

TP, FP, FN, TN = 178, 22, 42, 758


def test_worked_confusion() -> None:
    f1 = f_beta(TP, FP, FN)
    f2 = f_beta(TP, FP, FN, 2)
    guess = majority_accuracy(TP + FN, TP + FP + FN + TN)
    assert f1 is not None
    assert f2 is not None
    assert (round(f1, 3), round(f2, 3), guess) == (0.848, 0.824, 0.780)


@pytest.mark.parametrize("beta", [0.5, 1.0, 2.0])
def test_f_is_the_weighted_harmonic_mean_of_precision_and_recall(beta: float) -> None:
    precision, recall = TP / (TP + FP), TP / (TP + FN)
    weight = 1 / (1 + beta**2)
    assert f_beta(TP, FP, FN, beta) == pytest.approx(
        1 / (weight / precision + (1 - weight) / recall)
    )


def test_f_of_nothing() -> None:
    assert f_beta(0, 0, 0) is None
    assert f_beta(0, 3, 2) == 0
    assert majority_accuracy(0, 0) is None


def test_worked_ppv() -> None:
    found = positive_predictive_value(0.02, 0.95, 0.95)
    assert isinstance(found, float)
    assert round(found, 3) == 0.279


@pytest.mark.parametrize(
    ("prevalence", "sensitivity", "specificity", "expected"),
    [
        (0, 0.9, 0.9, 0.0),
        (1, 0.9, 0.9, 1.0),
        (0.5, 0, 1, None),
        (0, 0.9, 1, None),
        (0.5, 1, 1, 1.0),
    ],
)
def test_ppv_at_its_ends(
    prevalence: float, sensitivity: float, specificity: float, expected: float | None
) -> None:
    assert positive_predictive_value(prevalence, sensitivity, specificity) == expected


def test_ppv_in_many_runs_is_that_of_each() -> None:
    prevalence = np.array([0.001, 0.02, 0.5])
    found = positive_predictive_value(prevalence, 0.95, 0.95)
    assert isinstance(found, np.ndarray)
    assert found.tolist() == [
        positive_predictive_value(float(each), 0.95, 0.95) for each in prevalence
    ]


def test_worked_threshold() -> None:
    assert decision_threshold(25, 500) == pytest.approx(0.0476, abs=5e-5)
    assert decision_threshold(0, 0) is None
    assert decision_threshold(0, 5) == 0
    assert decision_threshold(5, 0) == 1


def test_gap_closed() -> None:
    assert gap_closed(0.80, 0.62, 0.90) == pytest.approx(0.18 / 0.28)
    assert gap_closed(0.5, 0.62, 0.90) == pytest.approx(-0.12 / 0.28)
    assert gap_closed(30, 50, 20) == pytest.approx(2 / 3)
    assert gap_closed(0.8, 0.9, 0.9) is None
