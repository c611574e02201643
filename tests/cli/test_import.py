"""`roadmap import`: preview before writing, and nothing written from unreadable files."""

import json
from pathlib import Path

import pytest

from roadmap_tui.cli.reply import Reply
from tests.cli.conftest import Run

TABLE = (
    'Feature,Reach,Impact,Confidence,Effort\nSmart search,"1,200",2,80%,4\nNight'
    " mode,500,1,50%,soon\n,1,1,1,1\n"
)


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "ideas.csv"
    path.write_text(TABLE)
    return path


def test_it_is_shown_first_and_written_on_demand(run: Run, table: Path) -> None:
    shown = run("import", "ideas.csv", "plan.toml")
    assert (shown.code, shown.err) == (0, "")
    assert not Path("plan.toml").exists()
    for message in (
        "ideas.csv: a RICE spreadsheet, 3 rows",
        "2 new",
        "product.smart-search",
        'line 3, Effort: "soon" is not a number',
        "line 4, Feature: no title",
        "Nothing is written yet; --yes writes it to plan.toml.",
    ):
        assert message in shown.out
    done = run("import", "ideas.csv", "plan.toml", "--yes")
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith("Written to plan.toml.\n")
    assert (
        Path("plan.toml")
        .read_text()
        .startswith('[roadmap]\ntitle = "Ideas"\n\n[product.smart-search]\n')
    )
    assert run("check", "plan.toml").code == 0


def test_a_second_import_updates(run: Run, table: Path) -> None:
    run("import", "ideas.csv", "plan.toml", "--yes")
    before = Path("plan.toml").read_bytes()
    again = json.loads(run("import", "ideas.csv", "plan.toml", "--yes", "--json").out)
    assert (again["added"], again["updated"], again["unchanged"]) == ([], [], 2)
    assert Path("plan.toml").read_bytes() == before
    table.write_text(TABLE.replace("1,200", "1,500"))
    data = json.loads(run("import", "ideas.csv", "plan.toml", "--json").out)
    assert data["written"] is False
    assert [(each["id"], each["changes"]) for each in data["updated"]] == [
        ("smart-search", [{"field": "reach", "old": 1200, "new": 1500}])
    ]
    assert Path("plan.toml").read_bytes() == before
    run("import", "ideas.csv", "plan.toml", "--yes")
    assert Path("plan.toml").read_bytes() == before.replace(b"reach = 1200", b"reach = 1500")


def test_into_a_plan_that_is_there_only_what_is_new_is_added(run: Run, plan: Path) -> None:
    Path("ideas.csv").write_text(TABLE)
    before = plan.read_text()
    assert run("import", "ideas.csv", "plan.toml", "--yes").code == 0
    new = plan.read_text()
    start = new.index("[product.smart-search]")
    end = new.index("[model.coin]")
    assert new[:start] + new[end:] == before


def refused(reply: Reply, code: int, message: str) -> None:
    assert (reply.code, reply.out) == (code, "")
    assert message in reply.err
    assert "Traceback" not in reply.err


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "ideas.csv: it is empty"),
        (
            b'Feature,Effort\n"a,3\nb,4\n',
            "ideas.csv: line 2: a quote that opens here is never closed",
        ),
        (b"Feature,Effort\nCaf\xe9,3\n", "ideas.csv: line 2: not UTF-8 text; save it as CSV UTF-8"),
        (b"\x00" * 100, "null bytes"),
        (
            b"x" * 50_000_001,
            "ideas.csv: larger than 50 MB: it has 50,000,001 bytes, and the limit is 50,000,000",
        ),
    ],
    ids=["empty", "broken", "wrongly encoded", "binary", "huge"],
)
def test_what_is_no_csv_is_reported_and_writes_nothing(
    run: Run, table: Path, raw: bytes, message: str
) -> None:
    table.write_bytes(raw)
    refused(run("import", "ideas.csv", "plan.toml", "--yes"), 3, message)
    refused(
        run("import", "-", "plan.toml", "--yes", stdin=raw), 3, message.removeprefix("ideas.csv: ")
    )
    assert [path.name for path in table.parent.iterdir()] == ["ideas.csv"]


def test_invalid_input_is_rejected(run: Run, table: Path) -> None:
    refused(run("import", "none.csv", "plan.toml"), 3, "no such file")
    refused(run("import", "ideas.csv", "-"), 2, "standard input")
    refused(
        run("import", "ideas.csv", "plan.toml", "--map", "title"), 2, "--map title names no column"
    )
    refused(
        run("import", "ideas.csv", "plan.toml", "--map", "titel=Feature"),
        2,
        'did you mean "title"?',
    )
    refused(run("import", "ideas.csv", "plan.toml", "--map", "title="), 2, "no column holds titles")
    Path("plan.toml").write_text("[product.a\n")
    refused(run("import", "ideas.csv", "plan.toml", "--yes"), 3, "plan.toml:1:")
    assert Path("plan.toml").read_text() == "[product.a\n"


def test_what_reads_alike_is_reported_once_with_all_its_lines(run: Run, table: Path) -> None:
    table.write_text("Title,State\n" + "".join(f"t{at},odd\n" for at in range(30)))
    shown = run("import", "ideas.csv", "plan.toml")
    assert shown.out.count("is not a known status") == 1
    assert "lines 2, 3, 4, " in shown.out
    assert "and 10 more, State:" in " ".join(shown.out.split())
    assert len(json.loads(run("import", "ideas.csv", "plan.toml", "--json").out)["problems"]) == 30


def test_a_cycle_is_reported_and_not_written(run: Run, table: Path) -> None:
    table.write_text("Title,Blocked by\na,b\nb,a\n")
    refused(run("import", "ideas.csv", "plan.toml", "--yes"), 4, "a cycle: a → b → a")
    assert not Path("plan.toml").exists()
    assert run("import", "ideas.csv", "plan.toml", "--yes", "--map", "needs=").code == 0


def test_text_of_a_table_steers_no_terminal(run: Run, table: Path) -> None:
    table.write_text("Title,Effort\n\x1b[31mred,\x1b]0;x\x07\n[/x] =cmd,2\n")
    shown = run("import", "ideas.csv", "plan.toml", "--yes")
    assert shown.code == 0
    assert "\x1b" not in shown.out + shown.err
    assert "\x1b" not in Path("plan.toml").read_text()
    assert "[/x] =cmd" in Path("plan.toml").read_text()


def test_another_encoding_can_be_named(run: Run, table: Path) -> None:
    table.write_bytes("Feature;Effort\nCafé;1,5\n".encode("cp1252"))
    assert run("import", "ideas.csv", "plan.toml", "--yes", "--encoding", "cp1252").code == 0
    assert 'title = "Café"\neffort = 1.5\n' in Path("plan.toml").read_text()
