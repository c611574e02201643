"""Scenarios, causes, joint chances, loads, values of spikes and reasons, as text and JSON."""

import json
import math
import re
from itertools import chain, product
from pathlib import Path
from statistics import NormalDist
from typing import Any

import pytest

from tests.cli.conftest import Run

PLAN = """\
[roadmap]
title = "Small"
as_of = 2026-11-23
horizon = 40
users = 1000

[teams.ml]
people = 1

[model.reader]
team = "ml"
effort = [2, 4, 9]
chance = 0.6

[product.drafts]
effort = 3
reach = [500, 900, 1500]
confidence = 0.8
needs = ["reader"]

[product.macros]
effort = [1, 2, 4]
reach = 50
confidence = 1
chance = 0.5

[spike.ground]
team = "ml"
timebox = 1
informs = "reader"
yes_if_works = 0.9
yes_if_not = 0.2

[scenario.sure.model.reader]
effort = 2
chance = 0.9

[scenario.two-people.teams.ml]
people = 2
"""
LAID = PLAN.replace("effort = [2, 4, 9]\nchance = 0.6", "effort = 2\nchance = 0.9")


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "laid.toml").write_text(LAID, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def data(run: Run, *words: str) -> Any:
    reply = run(*words, "--json")
    assert (reply.code, reply.err) == (0, "")
    return json.loads(reply.out)


@pytest.mark.parametrize("command", ["forecast", "rank", "spikes"])
def test_replanned_scenario_equals_the_merged_file(run: Run, command: str) -> None:
    scenario = data(run, command, "plan.toml", "--scenario", "sure", "--replan")
    laid = data(run, command, "laid.toml")
    assert scenario["items"] == laid["items"]
    assert scenario["scenario"] == "sure"
    plain = {item["id"]: item for item in data(run, "forecast", "plan.toml")["items"]}
    for item in scenario["base"]["items"]:
        assert item["ships"] == plain[item["id"]]["ships"]
        assert item["finish"] == plain[item["id"]]["finish"]


def test_a_scenario_keeps_the_list_of_the_plan(run: Run) -> None:
    plain = data(run, "forecast", "plan.toml")
    assert data(run, "forecast", "plan.toml", "--scenario", "sure")["list"] == plain["list"]


def test_what_a_scenario_moves_is_reported(run: Run) -> None:
    out = run(
        "forecast", "plan.toml", "--scenario", "sure"
    ).out  # it works, and the spike says yes: 0.6 × 0.9, 0.9 × 0.9
    assert "scenario sure" in out
    assert re.search(r"reader: ships 54% → 81%", out)
    assert "nothing moves" in run("forecast", "plan.toml", "--scenario", "two-people").out


def test_what_a_scenario_takes_is_reported_beside_what_the_plan_takes(run: Run) -> None:
    """The spike; 2 weeks if it says yes (.9 x .9 + .1 x .2); 3 if the model delivers; macros."""
    macros = 2 * math.exp((math.log(4) / (2 * NormalDist().inv_cdf(0.9))) ** 2 / 2)
    weeks = 1 + 0.83 * 2 + 0.81 * 3 + macros
    found = data(run, "show", "plan.toml", "drafts", "--scenario", "sure", "--replan")
    assert found["takes"]["weeks"] == pytest.approx(weeks, abs=0.04)
    assert found["takes"]["cost"] == found["base"]["takes"]["cost"] == 0
    assert found["base"]["takes"]["weeks"] > weeks
    out = run("show", "plan.toml", "drafts", "--scenario", "sure", "--replan").out
    assert f"→{weeks:.0f} · " in out
    assert "drafts: ships ~54% → ~81%" in out
    Path("plan.toml").write_text(
        PLAN.replace("people = 1\n", "people = 1\nweek_cost = 1000\n"), encoding="utf-8"
    )
    found = data(run, "money", "plan.toml", "--scenario", "sure", "--replan")
    assert found["takes"]["cost"] == pytest.approx(2660, abs=20)
    assert "costs $" in run("money", "plan.toml", "--scenario", "sure").out


@pytest.mark.parametrize("command", ["forecast", "rank", "spikes", "export", "show"])
def test_an_unknown_scenario_is_wrong_use(run: Run, command: str) -> None:
    reply = run(
        command, "plan.toml", *(["reader"] if command == "show" else []), "--scenario", "sur"
    )
    assert (reply.code, reply.out) == (2, "")
    assert 'did you mean "sure"' in reply.err


def test_chances_together(run: Run) -> None:
    def chance(*words: str) -> float:
        return float(data(run, "forecast", "plan.toml", *words)["together"]["chance"])

    plain = {item["id"]: item["ships"] for item in data(run, "forecast", "plan.toml")["items"]}
    assert chance("--together", "drafts") == plain["drafts"]
    # the two share only the correlation of efforts, and both finish long before the horizon
    assert chance("--together", "drafts", "--together", "macros") == pytest.approx(
        plain["drafts"] * 0.5, abs=0.02
    )
    assert chance("--together", "drafts", "--by", "2026-12-01") == 0
    assert run("forecast", "plan.toml", "--together", "draft").code == 2
    assert "Drafts, Macros by 30 Aug 2027: " in run(
        "forecast", "plan.toml", "--together", "drafts", "--together", "macros"
    ).out.replace("\n", " ")


def test_the_load_of_a_team_is_the_work_it_does(run: Run) -> None:
    teams = data(run, "forecast", "laid.toml", "--load")["teams"]
    assert [(team["team"], team["people"], len(team["busy"])) for team in teams] == [("ml", 1, 40)]
    # the spike takes the first week; then, unless it says no, two weeks of work
    assert [week["p50"] for week in teams[0]["busy"][:4]] == [1, 1, 1, 0]
    assert [week["p50"] for week in teams[0]["idle"][:4]] == [0, 0, 0, 1]


def test_no_one_is_idle_who_looks_after_what_is_live(run: Run) -> None:
    live = '[model.old]\nteam = "ml"\nstatus = "live"\nupkeep = 0.4\n'
    Path("plan.toml").write_text(LAID + live, encoding="utf-8")
    team = data(run, "forecast", "plan.toml", "--load")["teams"][0]
    assert team["upkeep"][:2] == [0.4, 0.4]
    assert [week["p50"] for week in team["idle"]][-1] == 0.6
    last = run("forecast", "plan.toml", "--load").out.splitlines()[-1]
    assert last.split() == ["37–40", "0", "(0–0)", "0.6", "(0.6–0.6)", "0.4"]


def test_the_chain_behind_a_finish(run: Run) -> None:
    found = data(run, "forecast", "plan.toml", "--target", "drafts")
    assert found["target"] == "drafts"
    critical = {item["id"]: item["critical"] for item in found["items"]}
    assert critical == {"reader": 1, "drafts": 1, "macros": 0, "ground": 1}
    drives = {item["id"]: item["drives"] for item in found["items"]}
    assert drives["reader"] > 0.99
    assert drives["drafts"] == drives["ground"] == 0
    assert "critical" in run("forecast", "plan.toml", "--target", "drafts").out


def test_spikes_have_the_shape_of_the_specification(run: Run) -> None:
    found = data(run, "spikes", "plan.toml")
    assert found["kind"] == "spikes"
    (spike,) = found["items"]
    assert {"id", "informs", "p", "confirmed", "evpi", "evsi", "cost", "net"} <= spike.keys()
    assert (spike["id"], spike["informs"], spike["p"], spike["cost"]) == (
        "ground",
        "reader",
        0.6,
        1,
    )
    assert spike["confirmed"] == pytest.approx(0.6 * 0.9 + 0.4 * 0.2)
    assert spike["net"] == pytest.approx(spike["evsi"] - 1, abs=1e-3)
    assert 0 <= spike["evsi"] <= spike["evpi"]


def test_without_value_nothing_is_priced_and_the_reason_is_shown(run: Run) -> None:
    Path("none.toml").write_text(
        '[model.m]\nchance = 0.5\n[spike.s]\ninforms = "m"\n', encoding="utf-8"
    )
    out = run("spikes", "none.toml").out
    assert "No open item has a value yet" in out
    assert "users" in out
    assert "has a value yet" not in run("spikes", "plan.toml").out
    assert data(run, "spikes", "none.toml")["price"] is None


def test_moves_in_the_queue(run: Run) -> None:
    found = data(run, "rank", "plan.toml", "--moves")["moves"]
    moves = set(product(("reader", "drafts", "macros"), ("now", "later")))
    assert {(move["id"], move["pin"]) for move in found} == moves
    assert [move["gain"] for move in found] == sorted(
        (move["gain"] for move in found), reverse=True
    )
    assert "Moves in the queue" in run("rank", "plan.toml", "--moves").out


def test_reasons_name_the_lines_of_their_inputs(run: Run) -> None:
    found = data(run, "show", "plan.toml", "drafts", "--why")["why"]
    assert [each["figure"] for each in found] == ["ships", "finish", "score", "value", "bucket"]
    lines = PLAN.split("\n")
    inputs = chain.from_iterable(each["inputs"] for each in found)
    placed = [given for given in inputs if given["place"].startswith("line ")]
    assert len(placed) >= 4
    for given in placed:
        assert given["value"] in lines[int(given["place"].removeprefix("line ")) - 1]
    ships = found[0]
    shares = [int(share) / 100 for share in re.findall(r"(\d+)%", ships["formula"][0])]
    assert shares[0] == pytest.approx(shares[1] * shares[2] * shares[3], abs=0.015)
    chance = next(
        change
        for change in ships["changes"]
        if (change["item"], change["field"]) == ("reader", "chance")
    )
    assert (chance["from"], chance["to"]) == (0.3, 0.8)
    assert chance["low"] < chance["high"]
    assert "line " in run("show", "plan.toml", "ground", "--why").out
