"""Commands that read: answers for valid plans and for invalid files."""

import json
import re
from pathlib import Path

import pytest
from wcwidth import wcswidth

from tests.cli.conftest import PLAN, Run

READING = [["check"], ["rank"], ["forecast"], ["calibrate"], ["export"], ["show", "sure"]]
BROKEN = {
    "bytes": b"\xff\xfea",
    "latin": "[roadmap]\ntitle = 'é'".encode("latin-1"),
    "syntax": b"a = = 3",
    "empty": b"",
    "types": b'[product.a]\neffort = "Q"\nfoo = 3\n',
    "conflict": b"<<<<<<< HEAD\n[product.a]\n=======\n>>>>>>> x\n",
    "deep": b"a = " + b"[" * 5000 + b"]" * 5000,
    "digits": b"a = " + b"1" * 9000,
    "date": b"[roadmap]\nas_of = 2026-01-01\n[product.a]\nstatus = 'live'\nfinished = 2027-01-01\n",
    "large": b"#" * 5_000_001,
}


def words(command: list[str], file: str) -> list[str]:
    return [command[0], file, *command[1:]]


@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
@pytest.mark.parametrize("fault", [*BROKEN, "missing", "folder", "null"])
@pytest.mark.parametrize("flags", [[], ["--json"]], ids=["text", "json"])
def test_a_file_without_a_plan_is_exit_code_3(
    run: Run, tmp_path: Path, command: list[str], fault: str, flags: list[str]
) -> None:
    file = tmp_path / f"{fault}.toml"
    if fault in BROKEN:
        file.write_bytes(BROKEN[fault])
    elif fault == "folder":
        file.mkdir()
    path = "/dev/null" if fault == "null" else str(file)
    reply = run(*words(command, path), *flags)
    assert reply.code == 3
    if command[0] == "check" and flags:
        # with several files it goes on with the others, so that its answer is one either way
        assert json.loads(reply.out)["unreadable"][0]["file"] == path
    else:
        assert reply.out == ""
    first = reply.err.splitlines()[0]
    assert re.match(rf"{re.escape(path)}:(\d+:\d+:)? .+", first)


@pytest.mark.parametrize("name", [name for name in BROKEN if name != "large"])
def test_standard_input_has_the_same_faults(run: Run, name: str) -> None:
    reply = run("rank", "-", stdin=BROKEN[name])
    assert (reply.out, reply.code) == ("", 3)
    assert reply.err.startswith("-:")


@pytest.mark.parametrize(
    ("text", "fatal"),
    [
        ('[product.a]\nneeds = ["b"]\n[model.b]\nneeds = ["a"]\n', True),
        ("[product.a]\n[model.a]\n", True),
        ('[product.a]\nneeds = ["zz"]\n', False),
        ('[product.a]\nteam = "zz"\n', False),
    ],
    ids=["cycle", "two tracks", "dangling", "team"],
)
def test_faults_of_the_graph_are_findings_of_check(run: Run, text: str, fatal: bool) -> None:
    raw = text.encode()
    reply = run("check", "-", "--json", stdin=raw)
    assert (reply.err, reply.code) == ("", 1)
    found = json.loads(reply.out)["findings"]
    assert {(each["check"], each["severity"]) for each in found if each["severity"] == "E"} == {
        ("GV01", "E")
    }
    reply = run("check", "-", stdin=raw)
    assert reply.code == 1
    assert reply.out.startswith("-:")
    for command in ("rank", "forecast"):
        reply = run(command, "-", stdin=raw)
        assert reply.err.startswith("-:")
        assert (reply.code, bool(reply.out)) == ((3, False) if fatal else (0, True))


def test_a_plan_without_errors_is_exit_code_0(run: Run, plan: Path) -> None:
    assert run("check", "plan.toml").code == 0
    (plan.parent / "one.toml").write_text('[teams.t]\npeople = 1\n[product.a]\nteam = "t"\n')
    reply = run("check", "one.toml", "--json")
    assert json.loads(reply.out) == {
        "schema": 1,
        "kind": "check",
        "findings": [],
        "later": 1,
        "ignored": 0,
        "without_git": "not in a git repository",
        "unreadable": [],
        "notices": [],
    }
    assert run("check", "one.toml").out.startswith(
        "one.toml: nothing is wrong with its 1 item; later: 1\n"
    )


def test_check_takes_many_files_and_one_that_is_broken_hides_nothing_of_the_others(
    run: Run, plan: Path
) -> None:
    (plan.parent / "graph.toml").write_text('[product.a]\nneeds = ["zz"]\n')
    assert run("check", "plan.toml", "graph.toml").code == 1
    reply = run("check", "plan.toml", "graph.toml", "nowhere.toml")
    assert reply.code == 3
    assert reply.out.startswith("plan.toml:")
    assert "nowhere.toml: no such file" in reply.err
    assert 'no item "zz"' in reply.err + reply.out


@pytest.mark.parametrize(
    ("command", "kind"),
    [("rank", "rank"), ("forecast", "forecast"), ("export", "export"), ("check", "check")],
)
def test_json_has_schema_and_kind(run: Run, plan: Path, command: str, kind: str) -> None:
    reply = run(command, "plan.toml", "--json")
    data = json.loads(reply.out)
    assert (data["schema"], data["kind"], reply.err, reply.code) == (1, kind, "", 0)


def test_standard_input_gives_what_the_file_gives(run: Run, plan: Path) -> None:
    for command in READING[1:]:
        named = run(*words(command, "plan.toml"), "--json", "--runs", "200")
        assert (
            run(*words(command, "-"), "--json", "--runs", "200", stdin=PLAN.encode()).out
            == named.out
        )


def test_day_seed_and_runs_are_taken(run: Run, plan: Path) -> None:
    reply = run(
        "forecast",
        "plan.toml",
        "--as-of",
        "2027-02-01",
        "--seed",
        "9",
        "--runs",
        "100",
        "--json",
    )
    data = json.loads(reply.out)
    assert (data["as_of"], data["seed"], data["runs"]) == ("2027-02-01", 9, 100)


@pytest.mark.parametrize("columns", [80, 100, 140])
@pytest.mark.parametrize("command", ["rank", "forecast"])
def test_tables_fit_and_align_with_wide_characters(
    run: Run, plan: Path, command: str, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan.write_bytes(
        PLAN.replace("日本語 |", "日本語" * 20 + " 👍 |").encode()
        + b'[product.z]\ntitle = "short"\neffort = 1\nreach=1\n'
    )
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = run(command, "plan.toml").out.splitlines()
    assert max(map(wcswidth, lines)) <= columns
    head = next(line for line in lines if "plain" in line or "by 22 Nov 2027" in line)
    end = head.index("score" if command == "rank" else "by 22 Nov 2027") + len(
        "score" if command == "rank" else "by 22 Nov 2027"
    )
    body = [line for line in lines if "日本" in line or "short" in line or "First" in line]
    assert len(body) == 3
    for line in body:
        cells = [wcswidth(line[:at]) for at in range(len(line) + 1)]
        at = cells.index(end)
        assert line[at - 1].strip()
        assert line[at : at + 1] in {"", " "}


def test_text_names_the_day_and_the_meaning_of_ranges_and_has_no_escapes(
    run: Run, plan: Path
) -> None:
    plan.write_bytes(PLAN.replace("日本語 |", "\\u001b[31m \\u202e").encode())
    for command in ("rank", "forecast"):
        reply = run(command, "plan.toml")
        assert "as of 23 Nov 2026" in reply.out
        assert "80% ranges" in reply.out
        assert "\x1b" not in reply.out
        assert "\u202e" not in reply.out
        assert "[31m" in reply.out


def test_the_score_multiplies_out(run: Run, plan: Path) -> None:
    for line in run("rank", "plan.toml").out.splitlines():
        found = re.search(r"([\d,.]+) +([\d,.]+) +(\d+)% +([\d.]+) ", line)
        if found:
            score, value, works, effort = (float(each.replace(",", "")) for each in found.groups())
            assert value * works / 100 / effort == pytest.approx(score, rel=0.02)


def test_show_has_the_forecast_the_rank_and_the_fields(run: Run, plan: Path) -> None:
    data = json.loads(run("show", "plan.toml", "first", "--json").out)
    assert data["kind"] == "show"
    assert data["item"]["id"] == data["rank"]["id"] == "first"
    assert data["fields"] == {"effort": 2, "reach": 100, "confidence": 1, "needs": ["coin"]}
    everything = json.loads(run("forecast", "plan.toml", "--json").out)
    assert data["item"] in everything["items"]
    text = run("show", "plan.toml", "first").out
    assert re.search(r"Needs +Coin", text)
    assert re.search(r'needs +\["coin"\]', text)
    assert data["say"] == run("show", "plan.toml", "first", "--say").out.strip()


def test_export_writes_a_file_but_not_over_the_plan(run: Run, plan: Path) -> None:
    printed = run("export", "plan.toml").out
    assert printed.startswith("# Two bets\n")
    assert run("export", "plan.toml", "-o", "out.md") == ("", "", 0)
    assert (plan.parent / "out.md").read_bytes() == printed.encode()
    assert json.loads(run("export", "plan.toml", "--format", "md", "--json").out) == {
        "schema": 1,
        "kind": "export",
        "format": "md",
        "text": printed,
    }
    for target in ("plan.toml", ".", "no/such/folder.md"):
        reply = run("export", "plan.toml", "-o", target)
        assert (reply.out, reply.code) == ("", 4)
    assert plan.read_bytes() == PLAN.encode()


def test_an_untitled_roadmap_is_called_by_its_file(run: Run, plan: Path) -> None:
    (plan.parent / "our-search.toml").write_text("[product.a]\n")
    assert run("export", "our-search.toml").out.startswith("# Our search\n")
    assert str(plan.parent) not in run("export", str(plan.parent / "our-search.toml")).out


def test_a_roadmap_without_items_is_answered(run: Run) -> None:
    for command in ("rank", "forecast", "export", "check"):
        reply = run(command, "-", stdin=b'[roadmap]\ntitle = "x"\n')
        assert (reply.err, reply.code) == ("", 0)
        assert reply.out


@pytest.mark.parametrize(("importance", "satisfaction", "room"), [(9, 3, 15), (8, 8, 8), (6, 9, 6)])
def test_worked_opportunity_of_a_job(
    run: Run, importance: int, satisfaction: int, room: int
) -> None:
    marks = f"importance = {importance}, satisfaction = {satisfaction}, n = 31"
    text = (
        "[product.a]\njob = { when = 'a ticket comes in', want = 'a reply', so_that = 'I have"
        f" time', {marks} }}\n"
    )
    answer = " ".join(run("show", "-", "a", stdin=text.encode()).out.split())
    assert "When a ticket comes in, I want a reply, so that I have time" in answer
    assert (
        f"{room} of 20: importance {importance}, satisfaction {satisfaction} of 10;"
        " 31 people asked" in answer
    )


@pytest.mark.parametrize("columns", [100, 80])
def test_the_chance_of_a_top_place_is_reported_where_there_is_room(
    run: Run, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    text = "".join(
        f"[product.p{at}]\nreach = [{at + 1}, 50]\neffort = [1, 9]\n" for at in range(5)
    ).encode()
    rows = {
        row["id"]: row for row in json.loads(run("rank", "-", "--json", stdin=text).out)["items"]
    }
    lines = run("rank", "-", stdin=text).out.splitlines()
    assert any(line.endswith("top 3") for line in lines) == (columns == 100)
    answer = run("show", "-", "p2", stdin=text).out
    for name, row in rows.items():
        chance = f"{row['top']['3']:.0%}"
        line = next(line for line in lines if f" {name.upper()} " in line)
        assert line.endswith(f" {chance}") == (columns == 100)
        assert (f"{chance} top 3" in answer) or name != "p2"
