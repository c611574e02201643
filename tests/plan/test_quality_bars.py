"""Wilson intervals and bars against printed worked answers."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.plan.intervals import wilson_interval
from roadmap_tui.plan.readiness.quality_bars import QualityBar

WORKED = [  # hits, of, share, low, high, decimals; from 5-fitness-and-money.md
    (178, 200, 0.890, 0.839, 0.926, 3),
    (178, 220, 0.809, 0.752, 0.856, 3),
    (297, 300, 0.990, 0.971, 0.997, 3),
    (205, 480, 0.427, 0.384, 0.472, 3),
    (854, 2000, 0.427, 0.405, 0.449, 3),
    (17, 219, 0.078, 0.049, 0.121, 3),
    (45, 55, 0.818, 0.697, 0.898, 3),
    (368, 400, 0.920, 0.889, 0.943, 3),
]


@pytest.mark.parametrize(("hits", "of", "share", "low", "high", "digits"), WORKED)
def test_worked_intervals(
    hits: int, of: int, share: float, low: float, high: float, digits: int
) -> None:
    assert round(hits / of, digits) == share
    assert tuple(round(each, digits) for each in wilson_interval(hits, of)) == (low, high)


@given(st.integers(1, 5000), st.data())
def test_the_ends_are_where_the_share_is_just_plausible(of: int, data: st.DataObject) -> None:
    """Wilson's definition: |share - p| = z * sqrt(p (1 - p) / n) at both ends."""
    hits = data.draw(st.integers(0, of))
    for end in wilson_interval(hits, of):
        if 1e-9 < end < 1 - 1e-9:
            reached = 1.959963984540054 * math.sqrt(end * (1 - end) / of)
            assert abs(hits / of - end) == pytest.approx(reached, rel=1e-6)


@given(st.integers(0, 5000), st.data())
def test_an_interval_holds_its_share_and_mirrors(of: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, of))
    low, high = wilson_interval(hits, of)
    assert 0 <= low <= high <= 1
    if of:
        assert low <= hits / of + 1e-12
        assert hits / of <= high + 1e-12
    assert wilson_interval(of - hits, of) == pytest.approx((1 - high, 1 - low))


def test_interval_without_cases_is_everything() -> None:
    assert wilson_interval(0, 0) == (0.0, 1.0)


def bar(**fields: object) -> QualityBar:
    return QualityBar.model_validate(fields)


def counted(hits: int, of: int, on: str = "2026-09-20") -> dict[str, object]:
    import datetime as dt

    return {"on": dt.date.fromisoformat(on), "hits": hits, "of": of}


CONFUSION = {"tp": 178, "fp": 22, "fn": 42, "tn": 758}


@pytest.mark.parametrize(
    ("metric", "value"),
    [("precision", 0.890), ("recall", 0.809), ("accuracy", 0.936), ("specificity", 0.972)],
)
def test_a_confusion_table_gives_its_shares(metric: str, value: float) -> None:
    on = counted(1, 1)["on"]
    reading = bar(measured=[{"on": on, **CONFUSION}]).latest_value(metric)
    assert reading is not None
    assert round(reading.value, 3) == value


def test_worked_recall_is_likely_not_proven() -> None:
    assert bar(launch=0.8, measured=[counted(178, 220)]).status("recall") == "likely"


@pytest.mark.parametrize(
    ("levels", "hits", "of", "status"),
    [
        ({"launch": 0.96}, 297, 300, "proven"),  # low end .971
        ({"launch": 0.97}, 297, 300, "likely"),  # 3 misses or fewer of 9: 2.0 %, more than 1.25 %
        ({"launch": 0.991}, 297, 300, "below"),
        ({"guardrail": 0.998, "launch": 0.999}, 297, 300, "breach"),  # high end .997
        ({"guardrail": 0.996, "launch": 0.999}, 297, 300, "below"),
        ({"guardrail": 0.5}, 297, 300, "ok"),
        ({"guardrail": 0.995}, 297, 300, "below"),
        ({"guardrail": 0.7}, 180, 200, "ok"),
        ({"target": 0.9}, 297, 300, "no level"),
        ({"launch": 0.5}, 0, 0, "unmeasured"),
    ],
)
def test_status_by_the_ends_of_the_interval(
    levels: dict[str, float], hits: int, of: int, status: str
) -> None:
    assert bar(**levels, measured=[counted(hits, of)]).status("recall") == status


def test_unmeasured_without_a_measurement() -> None:
    assert bar(launch=0.5).status("recall") == "unmeasured"


@pytest.mark.parametrize(
    ("low", "value", "high", "status"),
    [
        (80, 90, 98, "proven"),
        (80, 90, 99, "likely"),
        (80, 90, 120, "likely"),
        (90, 110, 130, "below"),
        (210, 220, 230, "breach"),
    ],
)
def test_where_lower_is_better_all_is_mirrored(
    low: float, value: float, high: float, status: str
) -> None:
    measured = [
        {"on": counted(1, 1)["on"], "value": float(value), "low": float(low), "high": float(high)}
    ]
    assert (
        bar(better="lower", guardrail=200, launch=100, target=50, measured=measured).status("mae")
        == status
    )


def test_the_newest_measurement_counts_wherever_it_stands() -> None:
    found = bar(
        launch=0.95, measured=[counted(297, 300, "2026-10-01"), counted(100, 300, "2026-09-01")]
    )
    assert found.status("recall") == "proven"
    turned = bar(
        launch=0.95, measured=[counted(100, 300, "2026-09-01"), counted(297, 300, "2026-10-01")]
    )
    assert turned.status("recall") == "proven"


def test_metric_names_what_the_confusion_table_is_read_for() -> None:
    measured = [{"on": counted(1, 1)["on"], **CONFUSION}]
    assert bar(metric="precision", launch=0.83, measured=measured).status("quality") == "proven"
    assert bar(metric="recall", launch=0.83, measured=measured).status("quality") == "below"


def test_f1_of_a_confusion_table_has_the_interval_of_the_share_it_follows_from() -> None:
    """F1 = 2 s / (1 + s), where s is the share of hits among all but the true negatives."""
    reading = bar(measured=[{"on": counted(1, 1)["on"], **CONFUSION}]).latest_value("f1")
    assert reading is not None
    assert round(reading.value, 3) == 0.848
    low, high = wilson_interval(178, 178 + 22 + 42)
    assert (reading.low, reading.high) == pytest.approx(
        (2 * low / (1 + low), 2 * high / (1 + high))
    )


def test_f1_given_as_hits_is_taken_unchanged() -> None:
    reading = bar(measured=[counted(178, 220)]).latest_value("f1")
    assert reading is not None
    assert reading.value == 178 / 220


DATED = {"on": counted(1, 1)["on"], **CONFUSION}


def test_worked_f2_with_the_interval_of_counts_drawn_again() -> None:
    reading = bar(metric="f_beta", beta=2, measured=[DATED]).latest_value("quality")
    assert reading is not None
    assert round(reading.value, 3) == 0.824
    tp, fp, fn, _ = (
        np.random.default_rng(7).multinomial(1000, [0.178, 0.022, 0.042, 0.758], 40_000).T
    )
    low, high = np.quantile(5 * tp / (5 * tp + 4 * fn + fp), [0.025, 0.975])
    assert (reading.low, reading.high) == pytest.approx((low, high), abs=0.006)


@pytest.mark.parametrize("beta", [None, 1])
def test_f_beta_where_both_weigh_alike_is_f1(beta: float | None) -> None:
    found = bar(metric="f_beta", beta=beta, measured=[DATED]).latest_value("quality")
    assert found == bar(metric="f1", measured=[DATED]).latest_value("quality")


@pytest.mark.parametrize(
    ("counts", "value"),
    [((50, 0, 0), 1), ((0, 5, 3), 0), ((1, 0, 0), 1), ((0, 0, 3), 0), ((0, 0, 0), None)],
)
@pytest.mark.parametrize("beta", [0.5, 2])
def test_f_beta_of_none_and_all(
    counts: tuple[int, int, int], value: float | None, beta: float
) -> None:
    tp, fp, fn = counts
    found = bar(
        metric="f_beta", beta=beta, measured=[{**DATED, "tp": tp, "fp": fp, "fn": fn}]
    ).latest_value("quality")
    if value is None:
        assert found is None
        return
    assert found is not None
    assert found.value == value
    assert 0 <= found.low <= value <= found.high <= 1
    assert found.high - found.low > 0.01


def test_the_interval_of_none_and_of_all_reaches_to_the_very_end() -> None:
    assert all(wilson_interval(0, of)[0] == 0 for of in range(1, 3000))
    assert all(wilson_interval(of, of)[1] == 1 for of in range(1, 3000))


def test_all_cases_right_is_no_breach_of_a_guardrail_of_all() -> None:
    assert (
        bar(guardrail=1.0, launch=1.0, measured=[counted(50, 50)]).status("pass_rate") == "likely"
    )
