"""The shapes that scripts get, against the text of their specification and closed forms."""

import datetime as dt
import json
import math

import pytest

from roadmap_tui.answers.forecast import ForecastAnswer, ItemForecastRow
from roadmap_tui.answers.json_text import to_json
from roadmap_tui.answers.ranking import RankAnswer
from tests.export.samples import planned

FORECAST = """
[roadmap]
as_of = 2026-11-23
[product.a]
effort = 3
deadline = { by = 2026-12-01 }
[model.b]
effort = 2
chance = 0.5
[product.c]
effort = 1
needs = ["b"]
[product.never]
effort = 1
needs = ["dead"]
[model.dead]
status = "failed"
[spike.s]
timebox = 1
informs = "b"
yes_if_works = 0.9
yes_if_not = 0.2
"""


def test_a_forecast_has_the_shape_of_the_specification() -> None:
    data = json.loads(to_json(ForecastAnswer.of(planned(FORECAST)[1], None)))
    assert list(data) == [
        "schema",
        "kind",
        "as_of",
        "seed",
        "runs",
        "target",
        "list",
        "value",
        "items",
    ]
    assert (data["schema"], data["kind"], data["as_of"], data["seed"]) == (
        1,
        "forecast",
        "2026-11-23",
        1,
    )
    assert sorted(data["list"]) == ["a", "b", "c", "never", "s"]
    wanted = [
        "id",
        "track",
        "kind",
        "title",
        "status",
        "bucket",
        "ships",
        "ships_se",
        "ever",
        "ever_se",
        "start",
        "finish",
        "by_quarter",
        "critical",
        "drives",
        "deadline",
        "deadline_se",
        "guesses",
        "outcomes",
    ]
    for item in data["items"]:
        assert list(item) == wanted + (["odds"] if item["id"] == "s" else [])
        assert item["id"] == "dead" or sum(item["outcomes"].values()) == pytest.approx(1, abs=1e-3)
    assert [item["id"] for item in data["items"]] == ["a", "c", "never", "b", "dead", "s"]


def test_a_sure_item_finishes_after_its_effort() -> None:
    items = {
        item["id"]: item
        for item in json.loads(to_json(ForecastAnswer.of(planned(FORECAST)[1], None)))["items"]
    }
    assert items["a"]["start"] == {"p10": 0, "p50": 0, "p90": 0}
    assert items["a"]["finish"] == {"p10": 3, "p50": 3, "p90": 3}
    assert (items["a"]["ships"], items["a"]["ever"], items["a"]["deadline"]) == (1, 1, 0)
    assert items["a"]["by_quarter"][0] == {"ends": "2026-12-31", "chance": 1}
    assert items["never"]["finish"] is None
    assert items["never"]["outcomes"]["blocked"] == 1
    assert items["s"]["finish"]["p50"] == 1


def test_odds_follow_bayes() -> None:
    data = json.loads(to_json(ItemForecastRow.of(planned(FORECAST)[1].items["s"], None, 10_000)))
    yes = 0.5 * 0.9 + 0.5 * 0.2
    assert data["odds"] == {
        "yes": pytest.approx(yes, rel=1e-3),
        "before": 0.5,
        "after_yes": pytest.approx(0.45 / yes, rel=1e-3),
        "after_no": pytest.approx(0.05 / (1 - yes), rel=1e-3),
    }


def test_a_ranking_is_intercoms_where_everything_is_sure() -> None:
    text = "[roadmap]\nas_of = 2026-11-23\n" + "".join(
        f"[product.p{at}]\nreach = {reach}\nimpact = {impact}\nconfidence = {confidence}\neffort ="
        f" {effort}\n"
        for at, (reach, impact, confidence, effort) in enumerate(
            [(450, 3, 1.0, 2), (2000, 1, 0.8, 4), (800, 2, 0.5, 1)], 1
        )
    )
    data = json.loads(to_json(RankAnswer.of(planned(text)[1])))
    assert list(data) == ["schema", "kind", "as_of", "seed", "runs", "items"]
    scores = {"p3": 800, "p1": 675, "p2": 400}
    assert [item["id"] for item in data["items"]] == list(scores)
    for rank, item in enumerate(data["items"], 1):
        assert item["plain"] == item["weighted"] == {"score": scores[item["id"]], "rank": rank}
        assert item["rank_range"] == [rank, rank]
        assert item["top"]["1"] == (rank == 1)
        assert item["value"] * item["delivers"] / item["effort"] == pytest.approx(
            item["weighted"]["score"]
        )
        assert (item["too_close_with"], item["covered_by"]) == ([], [])
    assert {item["worked"] for item in data["items"]} == {1, 2, 3}
    assert all(item["worked_for"] == item["id"] for item in data["items"])


def test_a_model_is_worked_for_what_waits_for_it() -> None:
    text = '[product.f]\nreach = 10\nneeds = ["m"]\n[model.m]\n'
    items = json.loads(to_json(RankAnswer.of(planned(text)[1])))["items"]
    model = next(item for item in items if item["id"] == "m")
    assert (model["plain"], model["worked"], model["worked_for"]) == (None, 1, "f")


def test_an_item_without_effort_has_no_score() -> None:
    [item] = json.loads(to_json(RankAnswer.of(planned("[product.a]\neffort = 0\nreach = 3\n")[1])))[
        "items"
    ]
    assert item["plain"] is item["weighted"] is item["rank_range"] is None
    assert item["top"] == {}


def test_json_is_text_that_any_parser_reads() -> None:
    text = to_json(
        {
            "day": dt.date(2026, 1, 2),
            "at": dt.time(3, 4),
            "title": "日本\u2028\x1b",
            "big": math.inf,
            "n": math.nan,
        }
    )
    assert text.endswith("}\n")
    assert "日本" in text
    assert json.loads(text) == {
        "day": "2026-01-02",
        "at": "03:04:00",
        "title": "日本\u2028\x1b",
        "big": None,
        "n": None,
    }


def test_numbers_have_four_significant_digits() -> None:
    plan = "[product.a]\nreach = [100, 333, 1000]\neffort = [1, 2.7, 9]\nconfidence = 0.37\n"
    floats: list[float] = []
    json.loads(
        to_json(RankAnswer.of(planned(plan)[1])),
        parse_float=lambda text: floats.append(float(text)),
    )
    assert floats
    assert all(f"{each:.4g}" == f"{each:.10g}" for each in floats)
