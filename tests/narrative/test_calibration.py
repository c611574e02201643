"""The record of finished items in words and as a picture."""

import json
import math
import re
from statistics import NormalDist

import pytest

from roadmap_tui.answers.calibration import CalibrateAnswer
from roadmap_tui.answers.json_text import to_json
from roadmap_tui.diagrams.calibration_chart import (
    calibration_axis,
    calibration_chart,
    draw_calibration_bar,
)
from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.simulation.calibration import Calibration, calibration
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.narrative.calibration import (
    calibration_sentences,
    chance_sentence,
    effort_sentence,
    reliability_groups,
)
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.resolver import resolve_plan
from tests.forecast.simulation.grid_posterior import grid_posterior

C = NormalDist().inv_cdf(0.9)


def found(text: str) -> Calibration:
    plan = read_document(text.encode(), "plan.toml").plan
    assert plan is not None
    return calibration(resolve_plan(plan))


def took(*actuals: float, effort: str = "[2, 4, 8]") -> Calibration:
    return found(
        "[product.open]\n"
        + "".join(
            f'[product.p{at}]\nstatus = "live"\neffort = {effort}\nspent = {actual}\n'
            for at, actual in enumerate(actuals)
        )
    )


def bets(*chances: tuple[float, bool]) -> Calibration:
    return found(
        "".join(
            f"[model.m{at}]\neffort = 1\nchance = {chance}\nstatus ="
            f' "{"live" if worked else "failed"}"\n'
            for at, (chance, worked) in enumerate(chances)
        )
    )


def test_the_sentence() -> None:
    """Seven of twelve inside; [2, 4, 8] is 4 x 2^(z / 1.28) at the deviate z."""
    actuals = [1, 2, 3, 4, 4, 5, 5.72, 6, 9, 9, 10, 12]
    posterior = grid_posterior([C * math.log2(each / 4) for each in actuals], 0.3)
    sigma = math.log(9 / 2) / (2 * C)  # of the example [2, 4, 9]
    assert math.exp(sigma * (posterior.low + posterior.high) / 2) == pytest.approx(1.2, abs=0.02)
    assert (
        effort_sentence(took(*actuals))
        == "Of 12 finished items 7 ended inside their 80% range (58%; meant: 80%): ranges are too"
        " narrow; expect about 20% over the middle."
    )


@pytest.mark.parametrize("count", [0, 1, 2])
def test_below_three_items_nothing_is_reported(count: int) -> None:
    record = took(*[4.0] * count)
    assert f"too few to say: {count} of 3" in effort_sentence(record)
    assert "too few to say: 0 of 3" in chance_sentence(record)
    data = json.loads(to_json(CalibrateAnswer.of(record, Policy(), None)))
    assert set(data["efforts"].values()) == {count, None}
    assert len(data["items"]) == count


@pytest.mark.parametrize(
    ("actuals", "text"),
    [
        ([2, 4, 8], "may be fine"),
        ([1, 4, 16] * 3, "too narrow"),
        ([3.9, 4, 4.1] * 6, "too wide"),
        ([99] * 3, "over the middle"),
        ([0.5] * 6, "under the middle"),
        ([3, 4, 5.333] * 3, "the middle was right"),
    ],
)
def test_ranges_are_judged_by_the_posterior(actuals: list[float], text: str) -> None:
    assert text in effort_sentence(took(*actuals))


def test_chances_are_held_against_the_share_that_works_anyway() -> None:
    """0.9 thrice right, 0.2 once right: (3 x 0.01 + 0.04) / 4 against 0.75 x 0.25."""
    assert (
        chance_sentence(bets((0.9, True), (0.9, True), (0.9, True), (0.2, False)))
        == "The chances of 4 ended bets have a Brier score of 0.02 (0 is best); "
        "always saying 75%, the share that worked, gets 0.19: they predicted better than that."
    )
    assert "no better than that" in chance_sentence(bets((0.1, True), (0.2, True), (0.9, False)))
    assert "that is no evidence yet" in chance_sentence(bets((0.9, True), (0.8, True), (0.7, True)))


def test_reliability_is_shown_by_fifths() -> None:
    record = bets(
        (0.1, False), (0.3, True), (0.35, False), (0.8, True), (0.9, True), (1, False), (0.0, False)
    )
    assert [each.text for each in reliability_groups(record)] == [
        "said 5% → 0 of 2 worked",
        "said 32% → 1 of 2 worked",
        "said 90% → 2 of 3 worked",
    ]


def test_what_forecasts_make_of_it_is_shown_with_an_effort_as_example() -> None:
    """[2, 4, 8] is 4 x 2^(z / 1.28) at the deviate z; the record has z = 0 four times."""
    record = took(4, 4, 4, 4)
    posterior = grid_posterior([0, 0, 0, 0], 0.3)
    sizes = {"M": [2, 4, 8]}
    _, _, text = calibration_sentences(record, Policy.model_validate({"sizes": sizes}))
    lead, _, drawn = text.partition(" would be drawn as ")
    assert lead == "Forecasts don't use this. With calibration on, an effort of [2, 4, 8]"
    assert re.fullmatch(r"\[[\d.]+, 4, [\d.]+\]\.", drawn)
    low, _, high = json.loads(drawn.removesuffix("."))
    assert low == pytest.approx(4 * 2 ** (posterior.low / C), abs=0.006)
    assert high == pytest.approx(4 * 2 ** (posterior.high / C), abs=0.006)
    _, _, text = calibration_sentences(
        record, Policy.model_validate({"sizes": sizes, "calibrate": True})
    )
    assert text == f"Forecasts use this: an effort of [2, 4, 8] is drawn as {drawn}"
    *_, waits = calibration_sentences(took(4), Policy(calibrate=True))
    assert waits == "Calibration is on and needs 3 of them; until then, it changes nothing."
    assert len(list(calibration_sentences(took(4), Policy()))) == 2


def test_the_picture_shows_each_against_its_own_middle() -> None:
    """From a quarter of the middle to four times it in nine cells: two cells for each doubling."""
    shown = calibration_chart(took(4, 16, 1).efforts)
    assert [draw_calibration_bar(bar, 9) for bar in shown.bars] == [
        "  ├─┼─┤ ○",
        "  ├─●─┤  ",
        "○ ├─┼─┤  ",
    ]
    assert [bar.ended for bar in shown.bars] == ["over", "in", "under"]
    worst = shown.bars[0]
    assert (worst.range, worst.stated, worst.actual, worst.ratio) == ("2–8", "4", "16", "×4")
    assert calibration_axis(shown, 17) == "÷4  ÷2  ×1  ×2 ×4"


def test_the_picture_s_scale_holds_twice_and_half_at_least_and_32_times_at_most() -> None:
    narrow = calibration_chart(took(10, effort="[9, 10, 11]").efforts)
    assert [text for _, text in narrow.marks] == ["÷2", "×1", "×2"]
    wide = calibration_chart(took(1e9, 1e-9).efforts)
    assert [(bar.at, bar.ratio) for bar in wide.bars] == [(1.0, "×250,000,000"), (0.0, "×2.5e-10")]
    assert wide.marks[0] == (0.0, "÷32")
    assert calibration_axis(wide, 41).split() == [
        "÷32",
        "÷16",
        "÷8",
        "÷4",
        "÷2",
        "×1",
        "×2",
        "×4",
        "×8",
        "×32",
    ]


@pytest.mark.parametrize("width", [15, 20, 41])
def test_the_marks_stand_over_their_cells_and_never_touch(width: int) -> None:
    shown = calibration_chart(took(1e9).efforts)
    line = calibration_axis(shown, width)
    texts = {text: round(place * (width - 1)) for place, text in shown.marks}
    assert len(line) == width
    assert {"÷32", "×1", "×32"} <= set(line.split())
    for text in line.split():
        assert line.index(text) == min(texts[text], width - len(text))


def test_there_is_no_picture_of_nothing() -> None:
    assert calibration_chart(()).bars == ()


def test_a_default_is_marked() -> None:
    [bar] = calibration_chart(found('[product.p]\nstatus = "live"\nspent = 3\n').efforts).bars
    assert bar.range == "~2–9"


def test_the_data_hold_every_figure() -> None:
    """On [2, 4, 8] they have the deviates 0, 0 and twice that of P90."""
    record = took(4, 4, 16)
    posterior = grid_posterior([0, 0, 2 * C], 0.3)
    data = json.loads(
        to_json(CalibrateAnswer.of(record, Policy(calibrate=True), GitUnavailable("no", "do")))
    )
    assert (data["schema"], data["kind"], data["needed"], data["used"]) == (
        1,
        "calibration",
        3,
        True,
    )
    assert data["efforts"] == {
        "count": 3,
        "inside": 2,
        "ratio": 1.0,
        "bias": pytest.approx(posterior.bias, rel=2e-3),
        "spread": pytest.approx(posterior.spread, rel=2e-3),
        "shift": {
            "bias": pytest.approx((posterior.low + posterior.high) / 2, rel=2e-3),
            "spread": pytest.approx((posterior.high - posterior.low) / (2 * C), rel=2e-3),
        },
    }
    assert data["chances"] == {"count": 0, "brier": None, "base_brier": None, "shares": None}
    assert data["git"] == {"unavailable": "no", "remedy": "do"}
    assert data["items"][2] == {
        "id": "p2",
        "title": "P2",
        "status": "live",
        "stated": {"p10": 2, "p50": 4, "p90": 8},
        "actual": 16,
        "ratio": 4,
        "z": pytest.approx(2 * C, rel=1e-3),
        "inside": False,
        "guess": False,
    }
