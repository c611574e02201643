"""`roadmap money` on the shipped roadmaps, on empty tables and on invalid input."""

import json
from pathlib import Path
from typing import Any

import pytest

from roadmap_tui.cli.reply import Reply
from tests.cli.conftest import Run

SHIPPED = sorted((Path(__file__).parents[2] / "roadmaps").glob("*.toml"))


def answered(run: Run, text: str, *words: str) -> Reply:
    reply = run(
        "money",
        "-",
        *words,
        "--runs",
        "500",
        stdin=f"[roadmap]\nas_of = 2026-11-23\n{text}".encode(),
    )
    assert reply.code == 0, reply.err
    return reply


def data(run: Run, text: str, *words: str) -> Any:
    return json.loads(answered(run, text, "--json", *words).out)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_roadmaps(run: Run, path: Path) -> None:
    reply = run("money", str(path))
    assert (reply.code, reply.err) == (0, "")
    assert "as of 23 Nov 2026" in reply.out
    assert "person-weeks" in reply.out
    assert all(len(line) <= 100 for line in reply.out.splitlines())
    answer = json.loads(run("money", str(path), "--json").out)
    assert (answer["schema"], answer["kind"], answer["as_of"]) == (1, "money", "2026-11-23")
    spent = sum(sum(each["expected"].values()) for each in answer["by_quarter"]) + sum(
        answer["later"].values()
    )
    assert spent == pytest.approx(sum(answer["expected"].values()), rel=1e-3)
    for item in answer["items"]:
        one = run("money", str(path), item["id"])
        assert one.code == 0
        assert "as of 23 Nov 2026" in one.out
        mine = json.loads(run("money", str(path), item["id"], "--json").out)["item"]
        runs = mine.pop("forecasts", None)
        assert mine == item
        assert (runs is not None) == (item["options"] is not None)


def test_the_same_file_gives_the_same_answer(run: Run) -> None:
    path = str(SHIPPED[0])
    assert run("money", path).out == run("money", path).out
    assert run("money", path).out != run("money", path, "--seed", "9").out
    assert "as of 1 Jan 2027" in run("money", path, "--as-of", "2027-01-01").out


SURE = "[teams.t]\npeople = 1\nweek_cost = 4000\n[product.a]\nteam = 't'\neffort = 5\n"


def test_a_plan_that_is_sure(run: Run) -> None:
    answer = data(run, SURE)
    assert answer["cost"] == {"p10": 20e3, "p50": 20e3, "p90": 20e3}
    assert answer["person_weeks"]["p50"] == 5
    assert answer["lost"] == 0
    assert "$20k" in answered(run, SURE).out


def test_a_scenario_beside_the_plan(run: Run) -> None:
    text = (
        SURE + "[scenario.more.product.a]\neffort = 10\n[scenario.more.product.a.roi]\nbuild ="
        " 1\nbenefit_month = 1\n"
    )
    answer = data(run, text, "--scenario", "more")
    assert answer["cost"]["p50"] == 40e3
    assert [each["id"] for each in answer["items"]] == ["a"]
    assert answer["scenario"] == "more"
    assert run("money", "-", "--scenario", "less", stdin=text.encode()).code == 2


OPTIONS = """
[model.m]
effort = 8
chance = 0.5
volume_month = 100
[model.m.options.api]
unit = 2
chance = 0.9
effort = 1
[model.m.options.own]
month = 300
"""


def test_each_way_is_forecast(run: Run) -> None:
    answer = data(run, SURE + OPTIONS, "m")["item"]
    ships = {each["option"]: (each["ships"], each["finish"]["p50"]) for each in answer["forecasts"]}
    assert ships == {None: (0.5, 8), "api": (0.9, 1), "own": (0.5, 8)}
    assert answer["options"]["cheapest"][1]["from_volume"]["mean"] == 150
    assert answer["options"]["by_cost"] == "api"
    out = answered(run, SURE + OPTIONS, "m").out
    assert "api is cheaper up to about 150 calls a month; above that, own is" in out
    assert "Changed of the item: api: effort, chance." in out


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("cost]\nper_prediction = 0\nprice_user_month = 0", "$0"),
        ("cost]\nfixed_month = 9\nvolume_month = 0", "write volume_month"),
        ("cost]\ntokens_in = 9", "write price_in"),
        ("cost]", "or per_prediction"),
        (
            (
                "cost]\nper_prediction = 1\nprice_user_month = 10\n"
                "segments = [{ name = 'a', share = 1, tasks_month = 30 }]"
            ),
            "-200% at 1x",
        ),
        ("roi]", "write benefit_month"),
        ("roi]\nbuild = 9", "write benefit_month"),
        ("roi]\nbuild = 0\nbenefit_month = 0", "0%"),
        ("roi]\nbuild = 0\nbenefit_month = 1", "benefit without any cost"),
        ("roi]\nbuild = 1e12\nbenefit_month = 1", "never within 24 months"),
        (
            "roi]\nbuild = 9\nbenefit_month = 1e12\nmonths = 600\ndiscount = 1",
            "600 months at 100% a year",
        ),
    ],
)
def test_tables_at_the_edge(run: Run, table: str, words: str) -> None:
    text = f"{SURE}[product.a.{table}\n"
    assert words in " ".join(answered(run, text, "a").out.split())
    assert data(run, text, "a")["item"]["id"] == "a"
    assert answered(run, text).out


@pytest.mark.parametrize("status", ["idea", "dropped"])
def test_what_is_not_planned_is_not_forecast(run: Run, status: str) -> None:
    text = f"[product.a]\nstatus = '{status}'\n[product.a.roi]\nbuild = 9\nbenefit_month = 9\n"
    assert f"none is forecast of what is {status}" in answered(run, text, "a").out


def test_without_tables_the_answer_shows_what_to_add(run: Run) -> None:
    out = answered(run, "[product.search]\n[teams.web]\npeople = 1\n").out
    for words in (
        "[teams.web]",
        "week_cost =",
        "[product.search.cost]",
        "[product.search.roi]",
        "[model.my-model.options",
    ):
        assert words in out
    assert "[product.search.roi]" in answered(run, SURE.replace("product.a", "product.search")).out
    assert "no table of money yet" in answered(run, SURE, "a").out
    assert data(run, "[product.search]\n")["items"] == []
    assert data(run, "[product.search]\n", "search")["item"] is None


def test_people_without_a_cost_are_reported(run: Run) -> None:
    out = answered(
        run, f"{SURE}[product.b]\ntitle = 'Free work'\n[product.b.cost]\nper_prediction = 1\n"
    ).out
    assert "no week_cost: the people of Free work" in out


def test_a_market_and_no_other_table(run: Run) -> None:
    text = "[market]\naccounts = 11500\nprice_year = 6000\n[product.a]\n"
    assert "TAM $69M" in answered(run, text).out
    assert data(run, text)["market"]["tam"]["mean"] == 69e6
    assert "write accounts and price_year" in answered(run, "[market]\n[product.a]\n").out


def test_bad_input(run: Run, tmp_path: Path) -> None:
    assert run("money", str(tmp_path / "none.toml")).code == 3
    assert run("money", "-", stdin=b"[product.a]\ncost = 5\n").code == 3
    reply = run("money", "-", "serch", stdin=b"[product.search]\n")
    assert (reply.code, reply.out) == (2, "")
    assert "search" in reply.err
    assert run("money").code == 2


def test_texts_steer_nothing_and_data_keeps_them(run: Run) -> None:
    text = (
        SURE + "[product.a.cost]\nper_prediction = 1\nprice_user_month = 2\n"
        'segments = [{ name = "\\u001b[31m", share = 1, tasks_month = 1 }]\n'
    )
    assert "\x1b" not in answered(run, text, "a").out
    assert data(run, text, "a")["item"]["unit"]["segments"][0]["name"] == "\x1b[31m"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            "price_user_month = 0, segments = [{ name = 'all', share = 1, tasks_month = 5 }]",
            "margin none, for nothing",
        ),
        ("success = 0", "a success none, for no task succeeds"),
        (
            (
                "price_user_month = 9, churn_month = 0, segments = [{ name = 'all', share = 1,"
                " tasks_month = 5 }]"
            ),
            "LTV none, for no user ever leaves",
        ),
    ],
)
def test_figures_that_there_are_none_of_have_a_reason(run: Run, fields: str, said: str) -> None:
    text = f"[product.a]\ncost = {{ per_prediction = 0.5, {fields} }}\n"
    answer = " ".join(run("money", "-", "a", stdin=text.encode()).out.split())
    assert said in answer
    assert "week_cost of its team" in answer
    assert "takes $0" not in answer
