"""`roadmap check`: selection and format of findings, and the exit code."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

PLAN = """\
[roadmap]
as_of = 2026-11-23
reviewed = 2026-09-01

[product.drafts]
status = "live"
needs = ["writer"]
latency = { kind = "flow", p95_ms = 2000 }
cost = { per_prediction = 0.01 }
trust.weeks = [{ on = 2026-11-16, accepted = 90, edited = 5, overridden = 5 }]

[product.later]
pin = "later"
team = "app"
needs = ["writer"]
fallback = "templates"

[model.writer]
status = "done"
bars.quality = { launch = 0.8 }

[spike.tone]
pin = "next"
team = "app"
ignore = [{ check = "SP01", why = "it ends with the fair" }]

[teams.app]
people = 2
"""
ERROR, WARNING = ("LA02", 8), ("GV03", 3)
UNASKED, UNMEASURED = ("HL04", 5), ("LA05", 8)
TIED = (
    "[product.a]\nteam = 't'\nreach = [9, 10, 11]\n[product.b]\nteam = 't'\nreach = [9, 10, 11]\n"
    "[teams.t]\npeople = 2\n"
)


@pytest.fixture(autouse=True)
def _file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.toml").write_text(PLAN)


def found(run: Run, *words: str) -> list[tuple[str, int]]:
    reply = run("check", *words, "--json")
    return [(each["check"], each["line"]) for each in json.loads(reply.out)["findings"]]


def test_each_finding_has_its_place_its_reason_and_its_fix(run: Run) -> None:
    reply = run("check", "p.toml", "--json")
    data = json.loads(reply.out)
    assert (reply.code, reply.err, data["later"], data["ignored"]) == (1, "", 7, 1)
    assert data["findings"][0] == {
        "check": "LA02",
        "severity": "E",
        "item": "drafts",
        "file": "p.toml",
        "line": 8,
        "column": 37,
        "text": "a budget of 2,000 ms is not flow, which ends at 1,000 ms",
        "fix": "stream it, cache it, or take a smaller model; or let it be of a slower kind",
        "reason": (
            "Steps that add up to more than the budget can't keep it, whatever is done later."
        ),
        "numbers": {"budget": 2000.0, "limit": 1000.0},
    }
    assert [(each["check"], each["item"]) for each in data["findings"][1:]] == [
        ("HL04", "drafts"),
        ("GV03", None),
        ("LA05", "drafts"),
    ]


def test_text_has_two_lines_for_each_and_one_for_the_file(run: Run) -> None:
    lines = run("check", "p.toml").out.splitlines()
    assert (
        lines[0]
        == "p.toml:8:37: E LA02 drafts: a budget of 2,000 ms is not flow, which ends at 1,000 ms"
    )
    assert lines[-2:] == [
        "p.toml: 2 errors, 2 warnings; later: 7; ignored: 1",
        "not asked, for want of git: SP08 and TL05; not in a git repository",
    ]
    assert "p.toml:3:12: W GV03: reviewed 83 days ago, on 1 Sep 2026" in lines
    assert all(len(line) <= 100 for line in lines)


def test_git_is_missed_once_however_many_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "q.toml").write_text('[teams.t]\npeople = 1\n[product.a]\nteam = "t"\n')
    lines = run("check", "p.toml", "q.toml").out.splitlines()
    assert sum("for want of git" in line for line in lines) == 1
    assert "q.toml: nothing is wrong with its 1 item; later: 1" in lines
    assert "for want of git" not in run("check", "p.toml", "--only", "GV").out


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (["--only", "GV"], [WARNING]),
        (["--only", "GV03,LA02"], [ERROR, WARNING]),
        (["--only", "SP"], []),
        (["--ignore", "LA"], [UNASKED, WARNING]),
        (["--ignore", "LA02, GV03"], [UNASKED, UNMEASURED]),
        (["--ignore", "LA02,GV03,HL,LA05"], []),
        (["--only", "LA,GV", "--ignore", "GV03"], [ERROR, UNMEASURED]),
    ],
)
def test_only_and_ignore_choose(run: Run, words: list[str], left: list[tuple[str, int]]) -> None:
    assert found(run, "p.toml", *words) == left


@pytest.mark.parametrize(
    ("words", "text", "code"),
    [
        ([], PLAN, 1),
        (["--ignore", "LA"], PLAN, 1),
        (["--ignore", "LA,HL"], PLAN, 0),
        (["--ignore", "LA,HL", "--fail-on", "W"], PLAN, 1),
        (["--ignore", "LA,HL,GV", "--fail-on", "W"], PLAN, 0),
        (["--fail-on", "W"], TIED, 0),
    ],
)
def test_exit_code_follows_fail_on(run: Run, words: list[str], text: str, code: int) -> None:
    assert run("check", "-", *words, stdin=text.encode()).code == code


def test_notes_are_reported(run: Run) -> None:
    assert "I RC05 a: too close to call with B" in run("check", "-", stdin=TIED.encode()).out


@pytest.mark.parametrize(
    ("word", "said"), [("XX", "no check XX\n"), ("sp6", 'did you mean "SP06"?'), ("SP6", '"SP06"')]
)
def test_a_check_that_is_none_is_wrong_use(run: Run, word: str, said: str) -> None:
    for option in ("--only", "--ignore"):
        reply = run("check", "p.toml", option, word)
        assert (reply.out, reply.code) == ("", 2)
        assert said in reply.err


def test_later_is_shown_on_demand(run: Run) -> None:
    data = json.loads(run("check", "p.toml", "--later", "--json").out)
    assert sorted(each["check"] for each in data["later_findings"]) == [
        "HL04",
        "JB01",
        "LA01",
        "SP02",
        "SP03",
        "TR01",
        "UE01",
    ]
    assert "W SP02 (later) tone: it asks nothing" in run("check", "p.toml", "--later").out
    assert "(later)" not in run("check", "p.toml").out


def test_the_day_is_taken(run: Run) -> None:
    assert found(run, "p.toml", "--as-of", "2026-10-01", "--only", "GV") == []


def test_github_gets_workflow_commands(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a,b: 100%.toml").write_text(PLAN)
    reply = run("check", "a,b: 100%.toml", "--format", "github")
    first, oversight, second, unmeasured = reply.out.splitlines()
    assert first.startswith(
        "::error file=a%2Cb%3A 100%25.toml,line=8,col=37,title=LA02 drafts::a budget of 2,000 ms"
    )
    assert "%0AFix: stream it" in first
    assert ",line=5,col=10,title=HL04 drafts::" in oversight
    assert ",line=8,col=11,title=LA05 drafts::" in unmeasured
    assert second.startswith("::warning file=a%2Cb%3A 100%25.toml,line=3,col=12,title=GV03::")


HOSTILE = (
    '[model.m]\npin = "now"\n[model.m.bars."\\u001b[31m::error::\\u202e\\n%0A"]\nlaunch = 0.8\n'
)


def test_hostile_names_stay_text(run: Run) -> None:
    for form in ("text", "github"):
        out = run("check", "-", "--format", form, stdin=HOSTILE.encode()).out
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert not [line for line in out.splitlines() if line.startswith("::error")]


def test_what_contradicts_itself_is_all_that_can_be_reported(run: Run) -> None:
    text = b'[product.a]\nneeds = ["b"]\n[product.b]\nneeds = ["a"]\n[spike.s]\n'
    reply = run("check", "-", "--json", stdin=text)
    assert [(each["check"], each["line"]) for each in json.loads(reply.out)["findings"]] == [
        ("GV01", 2)
    ]
    assert reply.code == 1


def test_a_verdict_that_was_changed_since_head_is_an_error(run: Run, tmp_path: Path) -> None:
    from tests.history.repositories import Repo

    repo = Repo(tmp_path)
    spike = '[spike.s]\nstatus = "done"\nverdict = "{}"\nlearned = "l"\n'
    repo.commit("plan.toml", spike.format("refuted"))
    assert run("check", "plan.toml").out == "plan.toml: nothing is wrong with its 1 item\n"
    (tmp_path / "plan.toml").write_text(spike.format("confirmed"))
    reply = run("check", "plan.toml")
    assert reply.code == 1
    assert reply.out.startswith("plan.toml:3:11: E SP08 s: refuted at HEAD, confirmed now\n")


BROKEN = "[product.a]\nefort = 3\neffort = [1, 2,\n"


@pytest.fixture
def _broken(tmp_path: Path) -> None:
    (tmp_path / "a,b: 100%.toml").write_text(BROKEN)


@pytest.mark.usefixtures("_broken")
@pytest.mark.parametrize("at", [0, 1])
def test_a_broken_file_hides_nothing_of_the_others(run: Run, at: int) -> None:
    files = ["p.toml", "missing.toml"]
    files.insert(at, "a,b: 100%.toml")
    alone, reply = run("check", "p.toml"), run("check", *files)
    assert (reply.out, reply.code) == (alone.out, 3)
    assert "a,b: 100%.toml:4:1: " in reply.err
    assert "missing.toml: no such file" in reply.err
    data = json.loads(run("check", *files, "--json").out)
    assert data["findings"] == json.loads(run("check", "p.toml", "--json").out)["findings"]
    assert {(each["file"], each["line"]) for each in data["unreadable"]} == {
        ("a,b: 100%.toml", 4),
        ("missing.toml", None),
    }


@pytest.mark.usefixtures("_broken")
def test_github_gets_the_faults_of_a_broken_file_too(run: Run) -> None:
    reply = run("check", "a,b: 100%.toml", "missing.toml", "p.toml", "--format", "github")
    lines = reply.out.splitlines()
    assert reply.code == 3
    assert lines[0].startswith("::error file=a%2Cb%3A 100%25.toml,line=4,col=1,title=syntax::")
    assert lines[1].startswith("::error file=missing.toml,title=unreadable::no such file")
    assert lines[2:] == run("check", "p.toml", "--format", "github").out.splitlines()
