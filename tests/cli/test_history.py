"""`roadmap diff` and `roadmap log`, on real repositories."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from wcwidth import wcswidth

from tests.cli.conftest import PLAN, Run


@pytest.fixture(autouse=True)
def _plain_git(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def git(*words: str, day: str = "2026-11-23") -> None:
    dates = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{day}T12:00:00+00:00")
    who = [
        "-c",
        "user.name=Mirela",
        "-c",
        "user.email=mirela@example.org",
        "-c",
        "init.defaultBranch=main",
    ]
    subprocess.run(
        ["git", *who, *words], env={**os.environ, **dates}, capture_output=True, check=True
    )


def commit(text: str, message: str, day: str) -> None:
    Path("plan.toml").write_bytes(text.encode())
    git("add", "plan.toml")
    git("commit", "-q", "-m", message, day=day)


@pytest.fixture
def past(plan: Path) -> Path:
    """A plan with three commits, the first of them tagged, and a change that is not committed."""
    git("init", "-q", ".")
    commit(PLAN, "Begin", "2026-09-01")
    git("tag", "q4-plan")
    commit(
        PLAN.replace("chance = 0.5", "chance = 0.75"),
        "The coin is better than we thought",
        "2026-10-01",
    )
    commit(PLAN.replace("chance = 0.5", "chance = = 0.75"), "Oops", "2026-10-02")
    commit(
        PLAN.replace("chance = 0.5", "chance = 0.25") + "[product.late]\neffort = 1\n",
        "It is worse",
        "2026-11-01",
    )
    plan.write_bytes(PLAN.replace("chance = 0.5", "chance = 1").encode())
    return plan


def test_diff_speaks_of_bets_and_chances(run: Run, past: Path) -> None:
    reply = run("diff", "plan.toml")
    assert (reply.err, reply.code) == ("", 0)
    lines = [line.strip() for line in reply.out.splitlines()]
    assert "coin: chance 0.25 → 1" in lines
    assert "removed late: Late (product, 1 person-week)" in lines
    assert "coin: ships ~25% → ~>99%, because its chance went from 0.25 to 1" in lines
    assert "first: ships ~25% → ~>99%, because chance of coin went from 0.25 to 1" in lines
    assert re.search(
        r"from HEAD \([0-9a-f]{7}, 1 Nov 2026\) to plan.toml · as of 23 Nov 2026", reply.out
    )


@pytest.mark.parametrize(
    ("revs", "message"),
    [
        (["q4-plan"], "ships ~50% → ~>99%"),
        (["q4-plan", "HEAD"], "ships ~50% → ~25%"),
        (["main", "q4-plan"], "ships ~25% → ~50%"),
        (["main~2", "main"], "ships ~75% → ~25%"),
    ],
)
def test_diff_takes_revisions(run: Run, past: Path, revs: list[str], message: str) -> None:
    assert message in run("diff", "plan.toml", *revs).out


def test_diff_of_the_same_is_nothing(run: Run, past: Path) -> None:
    reply = run("diff", "plan.toml", "HEAD", "main")
    assert reply.code == 0
    assert reply.out.endswith("Nothing changed that the plan is made of.\n")
    assert json.loads(run("diff", "plan.toml", "HEAD", "main", "--json").out)["changes"] == []


def test_diff_takes_day_seed_runs_and_formats(run: Run, past: Path) -> None:
    words = ("--as-of", "2027-02-01", "--seed", "9", "--runs", "100")
    data = json.loads(run("diff", "plan.toml", "q4-plan", *words, "--json").out)
    assert (data["kind"], data["as_of"], data["seed"], data["runs"]) == (
        "diff",
        "2027-02-01",
        9,
        100,
    )
    assert (data["before"]["revision"], data["before"]["date"]) == ("q4-plan", "2026-09-01")
    assert data["after"] == {"file": "plan.toml"}
    assert {each["id"] for each in data["moved"]} == {"coin", "first"}
    text = run("diff", "plan.toml", "q4-plan", *words, "--format", "md").out
    assert text.startswith("# What changed: Two bets\n")
    assert "both as of 1 Feb 2027" in text


def test_a_file_that_was_not_there_was_added_whole(run: Run, plan: Path) -> None:
    git("init", "-q", ".")
    git("commit", "-q", "--allow-empty", "-m", "Empty")
    reply = run("diff", "plan.toml")
    assert "where there was no such file" in reply.out
    assert "added coin: Coin (model, 2 person-weeks)" in reply.out
    data = json.loads(run("diff", "plan.toml", "--json").out)
    assert (data["before"], {each["act"] for each in data["changes"]}, data["moved"]) == (
        None,
        {"added"},
        [],
    )


WRONG_USE = [
    (["diff", "plan.toml", "nowhere"], 'no revision "nowhere"; known here: main, q4-plan'),
    (["diff", "plan.toml", "q4-plam"], 'no revision "q4-plam"; did you mean "q4-plan"?'),
    (["diff", "plan.toml", "--", "--output=x"], 'no revision "--output=x"'),
    (["diff", "plan.toml", "--output=x"], "No such option"),
    (["diff", "plan.toml", ""], 'no revision ""'),
    (["diff", "plan.toml", "HEAD\x1b[31m"], "no revision"),
    (["diff", "plan.toml", "HEAD", "nowhere"], 'no revision "nowhere"'),
    (["diff", "plan.toml", "HEAD", "HEAD", "HEAD"], "two revisions at most"),
    (["diff", "-"], "standard input has no history"),
    (["log", "-", "coin"], "standard input has no history"),
    (["log", "plan.toml", "coim"], 'did you mean "coin"?'),
    (["log", "plan.toml", "\x1b[31m"], "has no item"),
]


@pytest.mark.parametrize(
    ("words", "message"), WRONG_USE, ids=[" ".join(words) for words, _ in WRONG_USE]
)
def test_wrong_use_is_exit_code_2_and_writes_nothing(
    run: Run, past: Path, words: list[str], message: str
) -> None:
    reply = run(*words)
    assert (reply.out, reply.code) == ("", 2)
    assert message in reply.err
    assert "\x1b" not in reply.err
    assert sorted(path.name for path in past.parent.iterdir()) == [".git", "plan.toml"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["diff", "plan.toml", "HEAD~1"], "plan.toml@HEAD~1:23:10: a value is missing"),
        (["diff", "plan.toml", "q4-plan", "HEAD~1"], "plan.toml@HEAD~1:23:10: a value is missing"),
        (["diff", "other.toml"], "other.toml: no such file"),
        (["diff", "other.toml", "HEAD", "HEAD"], "other.toml: not in git at"),
        (["log", "other.toml", "coin"], "other.toml: no such file"),
    ],
)
def test_what_can_t_be_read_is_exit_code_3(
    run: Run, past: Path, words: list[str], message: str
) -> None:
    reply = run(*words)
    assert (reply.out, reply.code) == ("", 3)
    assert message in reply.err


@pytest.mark.parametrize(
    "words", [["diff", "plan.toml"], ["log", "plan.toml", "coin"]], ids=["diff", "log"]
)
def test_without_history_exit_code_is_3_with_a_reason(
    run: Run, plan: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = run(*words)
    assert reply == ("", "plan.toml: not in a git repository; git init makes one\n", 3)
    git("init", "-q", ".")
    assert run(*words) == (
        "",
        "plan.toml: this repository has no commit yet; commit the file first\n",
        3,
    )
    monkeypatch.setenv("PATH", "")
    reply = run(*words)
    assert (reply.out, reply.code) == ("", 3)
    assert "git is not installed" in reply.err
    assert run("rank", "plan.toml").code == 0


def test_log_follows_a_bet(run: Run, past: Path) -> None:
    reply = run("log", "plan.toml", "coin")
    assert (reply.err, reply.code) == ("", 0)
    lines = reply.out.splitlines()
    assert "~50% ▅▇·▃█ ~>99%" in lines
    begin = next(at for at, line in enumerate(lines) if line.startswith("date"))
    body = [re.split(r" {2,}", line.strip()) for line in lines[begin + 1 : begin + 6]]
    assert [row[0] for row in body] == [
        "2026-09-01",
        "2026-10-01",
        "2026-10-02",
        "2026-11-01",
        "on disk",
    ]
    assert body[0][2:5] == ["(q4-plan) Begin", "planned", "~50%"]
    assert body[2][2:] == ["Oops", "unreadable"]
    assert "can't be read: line 23: a value is missing" in reply.out
    assert "as of 23 Nov 2026, whatever the commit's date" in reply.out


def test_log_marks_versions_without_the_item(run: Run, past: Path) -> None:
    lines = run("log", "plan.toml", "late").out.splitlines()
    assert "~>99% ···█· ~>99%" in lines
    assert sum(line.rstrip().endswith("absent") for line in lines) == 3
    data = json.loads(run("log", "plan.toml", "late", "--json").out)
    assert (data["kind"], data["id"], len(data["points"])) == ("log", "late", 5)
    assert [each["missing"] and each["missing"][:6] for each in data["points"]] == [
        "absent",
        "absent",
        "line 2",
        None,
        "absent",
    ]
    assert data["points"][3]["as_of"] == "2026-11-23"
    assert data["points"][4]["commit"] is None


def test_log_takes_a_limit_and_reports_omitted_commits(run: Run, past: Path) -> None:
    reply = run("log", "plan.toml", "coin", "--limit", "1")
    assert re.search(r"Older commits are left out, from [0-9a-f]{7} back", reply.out)
    data = json.loads(run("log", "plan.toml", "coin", "--limit", "1", "--json").out)
    assert [each["date"] for each in data["points"]] == ["2026-11-01", None]
    assert "left out" not in run("log", "plan.toml", "coin", "--limit", "4").out


def test_log_shows_the_verdict_of_a_spike(run: Run, plan: Path) -> None:
    git("init", "-q", ".")
    spike = PLAN + '[spike.s]\ninforms = "coin"\nyes_if_works = 0.9\nyes_if_not = 0.3\n'
    commit(spike, "Ask", "2026-10-01")
    commit(spike + 'status = "done"\nverdict = "refuted"\n', "No", "2026-10-09")
    assert "60% yes ▅▁ refuted" in run("log", "plan.toml", "s").out.splitlines()


@pytest.mark.parametrize("columns", [80, 100, 140])
@pytest.mark.parametrize(
    "words", [["log", "plan.toml", "coin"], ["diff", "plan.toml", "q4-plan"]], ids=["log", "diff"]
)
def test_lines_fit_any_text(
    run: Run, plan: Path, words: list[str], columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("init", "-q", ".")
    commit(PLAN, "\x1b[31m 日本語 " + "題" * 60 + "\u202e", "2026-09-01")
    git("tag", "q4-plan")
    nasty = (
        'title = "\\u001b[31m日本 '
        + "語 " * 60
        + '\\u202e"\nlearned = "'
        + "w " * 80
        + '"\nstatus = "dropped"\n'
    )
    commit(PLAN + nasty, "2", "2026-10-01")
    monkeypatch.setenv("COLUMNS", str(columns))
    reply = run(*words)
    assert reply.code == 0
    assert max(map(wcswidth, reply.out.splitlines())) <= columns
    assert min(map(wcswidth, reply.out.splitlines())) >= 0


def test_names_that_git_could_misread(run: Run, plan: Path) -> None:
    git("init", "-q", ".")
    for name in ("a b.toml", 'it\'s "q".toml', ":(glob)*.toml", "ж é.toml", "--output=x.toml"):
        (plan.parent / name).write_text(PLAN)
        git("--literal-pathspecs", "add", "--", name)
        git("commit", "-q", "-m", name)
        (plan.parent / name).write_text(PLAN.replace("chance = 0.5", "chance = 1"))
        assert "ships ~50% → ~>99%" in run("diff", "--", name).out
        assert len(json.loads(run("log", "--json", "--", name, "coin").out)["points"]) == 2


def test_a_run_from_elsewhere_and_by_a_link_is_the_same(
    run: Run, past: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = json.loads(run("diff", "plan.toml", "--json").out)
    away = past.parent / "away"
    away.mkdir()
    (away / "link.toml").symlink_to(past)
    monkeypatch.chdir(away)
    for name in ("../plan.toml", "link.toml", str(past)):
        there = json.loads(run("diff", name, "--json").out)
        assert {**there, "after": None} == {**here, "after": None}


def test_progress_is_reported_to_people_only(past: Path) -> None:
    """Versions that take more than a second, once with standard error on a terminal, once not."""
    code = (
        "import sys\n"
        "from roadmap_tui.cli import progress\n"
        "progress._INITIAL_DELAY = 0.0\n"
        "progress._INTERVAL = 0.0\n"
        "from roadmap_tui.cli.main import main\n"
        "sys.exit(main())\n"
    )
    words = [sys.executable, "-c", code, "log", "plan.toml", "coin", "--runs", "100"]
    plain = subprocess.run(words, capture_output=True, check=True)
    assert plain.stderr == b""
    quoted = " ".join(f"'{word}'" for word in words)
    shown = subprocess.run(
        ["script", "-qec", f"{quoted} >/dev/null", "/dev/null"], capture_output=True, check=True
    )
    assert re.search(rb"forecasting versions: 3 of \d+ \(\d+%\)", shown.stdout)
    assert shown.stdout.endswith(b" \r")


def test_a_calculation_that_takes_long_is_reported_to_people_only(tmp_path: Path) -> None:
    """One of 1.2 seconds, once with standard error on a terminal, once not."""
    code = (
        "import sys, time\n"
        "from roadmap_tui.cli.progress import progress\n"
        "with progress('trying') as check:\n"
        "    for _ in range(12):\n"
        "        time.sleep(0.1)\n"
        "        check()\n"
    )
    script = tmp_path / "long.py"
    script.write_text(code)
    plain = subprocess.run([sys.executable, str(script)], capture_output=True, check=True)
    assert plain.stderr == b""
    words = f"'{sys.executable}' '{script}' >/dev/null"
    shown = subprocess.run(["script", "-qec", words, "/dev/null"], capture_output=True, check=True)
    assert b"\rtrying, 1 s" in shown.stdout
    assert shown.stdout.endswith(b" \r")
