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
    assert "That can't be had: not in a git repository; git init makes one." in reply.out
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
