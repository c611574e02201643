"""`roadmap calibrate`."""

import json
import os
from pathlib import Path

import pytest
from wcwidth import wcswidth

from tests.cli.conftest import PLAN, Run
from tests.cli.test_history import commit, git

RECORD = PLAN + "".join(
    f'[product.p{at}]\ntitle = "\x1b日本 [red]{at}"\nstatus = "live"\neffort = [2, 4, 8]\nspent ='
    f" {spent}\n".replace("\x1b", "\\u001b")
    for at, spent in enumerate((3, 5, 9, 20))
)


@pytest.fixture(autouse=True)
def _plain_git(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def test_calibration_lists_and_draws_the_record(run: Run, plan: Path) -> None:
    plan.write_text(RECORD)
    reply = run("calibrate", "plan.toml")
    assert (reply.err, reply.code) == ("", 0)
    lines = reply.out.splitlines()
    assert lines[0] == "Two bets"
    assert "Of 4 finished items 2 ended inside their 80% range (50%; meant: 80%)" in reply.out
    rows = [line.split() for line in lines if "[red]" in line]
    assert ["○" in row[-2] for row in rows] == [True, True, False, False]
    assert [row[-1] for row in rows] == ["over", "over", "in", "in"]
    assert "\x1b" not in reply.out


@pytest.mark.parametrize("columns", ["80", "100", "200"])
def test_it_keeps_to_the_terminal(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    git("init", "-q", ".")
    commit(RECORD.replace('"live"', '"active"'), "Begin", "2026-09-01")
    commit(RECORD, "End", "2026-10-01")
    monkeypatch.setenv("COLUMNS", columns)
    reply = run("calibrate", "plan.toml", "--git")
    assert max(wcswidth(line) for line in reply.out.splitlines()) <= int(columns)
    for part in reply.out.split("As said"):
        middles = [
            wcswidth(line[: line.index("┼")]) for line in part.splitlines() if "日本" in line
        ]
        assert len(middles) == 4
        assert len(set(middles)) == 1


def test_few_items_are_too_few(run: Run, plan: Path) -> None:
    reply = run("calibrate", "plan.toml")
    assert reply.code == 0
    assert "too few to say: 0 of 3 finished items" in reply.out
    data = json.loads(run("calibrate", "plan.toml", "--json").out)
    assert (data["kind"], data["efforts"]["count"], data["efforts"]["bias"], data["git"]) == (
        "calibration", 0, None, None,
    )  # fmt: skip


def test_git_gives_the_estimate_at_the_start_of_work(run: Run, plan: Path) -> None:
    git("init", "-q", ".")
    commit(
        RECORD.replace('"live"', '"active"').replace("[2, 4, 8]", "[8, 9, 10]"),
        "Begin",
        "2026-09-01",
    )
    commit(RECORD, "End", "2026-10-01")
    out = run("calibrate", "plan.toml", "--git").out
    assert (
        "Of 4 finished items 1 ended inside their 80% range (25%; meant: 80%): ranges are too"
        " narrow" in out
    )
    assert out.count("1 Sep 2026") == 4
    data = json.loads(run("calibrate", "plan.toml", "--git", "--json").out)
    assert {each["stated"]["p50"] for each in data["git"]["items"]} == {9}
    assert {each["stated"]["p50"] for each in data["items"]} == {4}
    assert (data["git"]["commits_read"], data["git"]["unsaid"]) == (2, [])


def test_without_git_the_file_s_own_record_is_reported_all_the_same(run: Run, plan: Path) -> None:
    plan.write_text(RECORD)
    reply = run("calibrate", "plan.toml", "--git")
    assert (reply.err, reply.code) == ("", 0)
    assert "Of 4 finished items" in reply.out
    assert "Not available: not in a git repository; git init makes one." in reply.out
    data = json.loads(run("calibrate", "plan.toml", "--git", "--json").out)
    assert data["git"] == {"unavailable": "not in a git repository", "remedy": "git init makes one"}


def test_standard_input_has_a_record_but_no_history(run: Run) -> None:
    assert "Of 4 finished items" in run("calibrate", "-", stdin=RECORD.encode()).out
    reply = run("calibrate", "-", "--git", stdin=RECORD.encode())
    assert (reply.out, reply.code) == ("", 2)


def test_forecast_uses_calibration_if_the_policy_asks(run: Run, plan: Path) -> None:
    def finish(text: str) -> float:
        plan.write_text(text)
        items = json.loads(run("forecast", "plan.toml", "--json").out)["items"]
        p50: float = next(each for each in items if each["id"] == "sure")["finish"]["p50"]
        return p50

    assert finish(RECORD) == finish(PLAN)
    assert finish(RECORD + "[policy]\ncalibrate = true\n") > 1.2 * finish(RECORD)


SHIPPED_LATER = """\
[roadmap]
title = "Search"
[teams.app]
people = 1
[product.index]
title = "Help index"
team = "app"
effort = [2, 3, 5]
chance = 1
deadline = { by = 2026-04-30 }
[product.never]
title = "Never shipped"
team = "app"
effort = 2
chance = 1
"""


def test_past_forecasts_are_held_against_what_happened(run: Run, plan: Path) -> None:
    git("init", "-q", ".")
    commit(SHIPPED_LATER, "Plan", "2026-01-05")
    moved = SHIPPED_LATER.replace("2026-04-30", "2026-06-30")
    commit(moved, "Move the deadline", "2026-02-02")
    ended = 'chance = 1\nstatus = "live"\nfinished = 2026-01-30'
    commit(moved.replace("chance = 1", ended, 1), "Ship it", "2026-03-02")
    data = json.loads(run("calibrate", "plan.toml", "--forecasts", "--json").out)
    found = data["forecasts"]
    assert found["forecasts"] == 3
    [date] = found["dates"]
    assert (date["id"], date["forecast_on"]) == ("index", "2026-01-05")
    assert date["shipped_on"] == "2026-01-30"
    # it shipped after 25 days; one person needs 2 to 5 weeks, with 80% probability
    assert date["inside"]
    assert 0.5 < date["pit"] < 0.9
    assert found["moved_deadlines"] == ["index"]
    assert found["lateness"] is None
    # "never" was forecast for the first quarter of 2026 and had not shipped by its end
    assert found["chances"] > 0
    assert found["brier"] > 0
    out = " ".join(run("calibrate", "plan.toml", "--forecasts").out.split())
    assert "Based on 3 versions of the plan in git." in out
    assert "Dates: 1 of 1 item shipped inside the 80% range" in out
    assert "1 deadline moved to a later day." in out


def test_past_forecasts_need_git(run: Run, plan: Path) -> None:
    plan.write_text(RECORD, encoding="utf-8")
    assert "Not available: not in a git" in run("calibrate", "plan.toml", "--forecasts").out
    reply = run("calibrate", "-", "--forecasts", stdin=RECORD.encode())
    assert "leave out --forecasts" in reply.err
