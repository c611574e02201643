"""Extreme dates, odd encodings and many faults: every command reports place and remedy."""

import os
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from roadmap_tui.cli.reply import SUCCESS, UNREADABLE, USAGE_ERROR
from tests.cli.conftest import Run

READING = (
    ("check",),
    ("rank",),
    ("forecast", "--load"),
    ("spikes",),
    ("readiness",),
    ("money",),
    ("calibrate",),
    ("export", "--format", "svg", "--picture", "timeline"),
    ("export", "--format", "html"),
    ("export", "--for", "executive"),
    ("export", "--for", "funding"),
    ("export", "--format", "json"),
)
DATED = {
    "as_of": "[roadmap]\nas_of = {day}\n[product.a]\n",
    "reviewed": "[roadmap]\nreviewed = {day}\n[product.a]\n",
    "not_before": "[product.a]\nnot_before = {day}\n",
    "started": '[product.a]\nstatus = "active"\nstarted = {day}\n',
    "finished": '[product.a]\nstatus = "live"\nfinished = {day}\n',
    "deadline": "[product.a]\ndeadline = {{ by = {day} }}\n",
    "revisit": "[model.a]\nrevisit = {day}\n",
    "measured": "[model.a.bars.b]\nlaunch = 0.8\nmeasured = [{{ on = {day}, hits = 3, of = 9 }}]\n",
    "weeks": (
        "[product.a.trust]\nweeks = [{{ on = {day}, accepted = 1, edited = 1, overridden = 1 }}]\n"
    ),
}


@pytest.mark.parametrize("field", DATED)
@pytest.mark.parametrize(
    "day", ["9999-12-31", "9999-12-01", "3000-01-01", "0001-01-01", "1899-12-31"]
)
def test_a_day_that_nothing_can_be_worked_out_of_is_a_fault_at_its_place(
    plan: Path, run: Run, field: str, day: str
) -> None:
    plan.write_text(DATED[field].format(day=day))
    reply = run("check", "plan.toml")
    assert (reply.code, "out of range; write a day from 1900-01-01 to 2999-12-31" in reply.err) == (
        UNREADABLE,
        True,
    )
    assert run("export", "plan.toml", "--format", "svg", "--picture", "timeline").code == UNREADABLE


@pytest.mark.parametrize("by", ["9999-Q4", "3000-Q1", "0000-Q1", "1899-Q4"])
def test_a_quarter_that_nothing_can_be_worked_out_of_is_a_fault(
    plan: Path, run: Run, by: str
) -> None:
    plan.write_text(f'[product.a]\ndeadline = {{ by = "{by}" }}\n')
    assert "write a quarter from 1900-Q1 to 2999-Q4" in run("check", "plan.toml").err
    assert run("forecast", "plan.toml", "--together", "a", "--by", by).code in {
        USAGE_ERROR,
        UNREADABLE,
    }


def test_the_last_day_that_may_be_reported_is_drawn_by_every_command(plan: Path, run: Run) -> None:
    plan.write_text(
        "[roadmap]\nas_of = 2999-12-31\nhorizon = 1040\n[teams.t]\npeople = 1\n[product.a]\nteam ="
        ' "t"\nreach = 3\neffort = [1, 900]\nstarted = 1900-01-01\nstatus = "active"\nspent ='
        ' 1\ndeadline = { by = "2999-Q4" }\n[product.b]\nteam = "t"\nneeds = ["s"]\nnot_before ='
        ' 2999-12-31\n[spike.s]\ninforms = "a"\n'
    )
    for words in READING:
        runs = () if words[0] in {"readiness", "calibrate"} else ("--runs", "100")
        reply = run(words[0], "plan.toml", *words[1:], *runs)
        assert reply.code == SUCCESS or (words[0] == "check" and not reply.err), (words, reply.err)


@pytest.mark.parametrize("day", ["9999-12-01", "0001-01-01", "3000-01-01"])
def test_a_day_on_the_command_line_has_the_same_ends(plan: Path, run: Run, day: str) -> None:
    for words in (
        ("rank", "plan.toml", "--as-of", day),
        ("new", "new.toml", "--as-of", day),
        ("forecast", "plan.toml", "--together", "sure", "--by", day),
        ("measure", "plan.toml", "coin.bar", "--hits", "1", "--of", "2", "--on", day),
    ):
        reply = run(*words)
        assert (reply.code, "out of range" in reply.err) == (USAGE_ERROR, True), words
    assert not Path("new.toml").exists()


@pytest.mark.parametrize(
    ("name", "day"), [("build-vs-buy", "2999-12-31"), ("keep-alive-year", "1900-01-01")]
)
def test_a_template_whose_days_would_leave_the_calendar_is_not_written(
    plan: Path, run: Run, name: str, day: str
) -> None:
    reply = run("new", "new.toml", "--template", name, "--as-of", day)
    assert (reply.code, "nearer to today" in reply.err) == (USAGE_ERROR, True)
    assert not Path("new.toml").exists()
    assert run("new", "new.toml", "--as-of", day).code == SUCCESS


PLAN = '[product.a]\ntitle = "é"\n'
ENCODED = {
    "UTF-16": PLAN.encode("utf-16"),
    "UTF-16 without a mark": PLAN.encode("utf-16-be"),
    "Latin-1": PLAN.encode("latin-1"),
    "half a character": b'[product.a]\ntitle = "\xed\xa0\x80"\n',
    "half a character by number": b'[product.a]\ntitle = "\\ud800"\n',
    "zero byte": b'[product.a]\ntitle = "\0"\n',
    "no text": b"\xff" * 50,
}


@pytest.mark.parametrize("kind", ENCODED)
def test_an_odd_encoding_is_a_fault_with_its_place(plan: Path, run: Run, kind: str) -> None:
    plan.write_bytes(ENCODED[kind])
    for words in (
        ("check", "plan.toml"),
        ("rank", "plan.toml"),
        ("set", "plan.toml", "a.reach", "3"),
        ("check", "-"),
    ):
        reply = run(*words, stdin=ENCODED[kind])
        assert reply.code == UNREADABLE
        assert f"{words[1]}:" in reply.err
        assert "; " in reply.err
    assert plan.read_bytes() == ENCODED[kind]


@pytest.mark.parametrize("kind", ENCODED)
def test_tables_and_templates_in_an_odd_encoding_are_refused_in_words(
    plan: Path, run: Run, kind: str
) -> None:
    Path("odd").write_bytes(ENCODED[kind])
    for words in (
        ("import", "odd", "new.toml"),
        ("measure", "plan.toml", "coin.bar", "--csv", "odd"),
        ("export", "plan.toml", "--template", "odd", "--runs", "100"),
    ):
        reply = run(*words)
        assert reply.code == SUCCESS or "roadmap: " in reply.err or "odd: " in reply.err, (
            words,
            reply,
        )


@pytest.mark.parametrize(
    "name", ["undefined", "idna", "punycode", "\udcff", "a\0b", "hex", "none such"]
)
def test_unknown_encoding_is_reported(plan: Path, run: Run, name: str) -> None:
    Path("odd.csv").write_bytes(b"title,effort\nA\xff,3\n")
    reply = run("import", "odd.csv", "plan.toml", "--encoding", name)
    assert (reply.code, "odd.csv: " in reply.err) == (UNREADABLE, True)


def test_incomplete_character_in_a_table_is_reported_with_its_line(plan: Path, run: Run) -> None:
    Path("odd.csv").write_bytes(b"title,effort\nA,1\nA+2AA-,3\n")
    reply = run("import", "odd.csv", "plan.toml", "--encoding", "utf-7", "--yes")
    assert (reply.code, "line 3: an incomplete character" in reply.err) == (UNREADABLE, True)


@pytest.mark.skipif(sys.platform != "linux", reason="names as bytes")
def test_file_names_that_are_not_text_are_written_and_shown(plan: Path) -> None:
    """A real command line with bytes that are not UTF-8, through the program's own start."""
    roadmap = os.fsencode(Path(sys.executable).with_name("roadmap"))
    for words in (
        [b"export", b"plan.toml", b"--runs", b"100", b"--assets", b"d\xff", b"-o", b"o\xff.md"],
        [b"set", b"plan.toml", b"sure.title", b"\xff"],
    ):
        done = subprocess.run([roadmap, *words], capture_output=True, check=False, cwd=plan.parent)
        assert b"Traceback" not in done.stderr, done.stderr
    made = os.listdir(os.fsencode(plan.parent))
    assert {b"o\xff.md", b"d\xff"} <= {*made}
    assert (
        b"d%FF/timeline.svg"
        in Path(os.fsdecode(os.fsencode(plan.parent) + b"/o\xff.md")).read_bytes()
    )


def test_faults_beyond_twenty_are_counted(plan: Path, run: Run) -> None:
    plan.write_text("[product.a]\n" + "".join(f"wrong{number} = 1\n" for number in range(57)))
    reply = run("check", "plan.toml")
    assert reply.err.count("unknown key") == 20
    assert "… and 37 more\n" in reply.err
    plan.write_text("[product.a]\n" + "".join(f"wrong{number} = 1\n" for number in range(20)))
    assert "more\n" not in run("check", "plan.toml").err


def test_part_time_people_are_led_to_the_page_that_plans_them(plan: Path, run: Run) -> None:
    page = Path(__file__).parents[2] / "docs" / "format.md"
    for text in ("[teams.ml]\npeople = 1.5\n[product.a]\n", "[product.a]\nstaff = 0.5\n"):
        plan.write_text(text)
        reply = run("check", "plan.toml")
        assert '"Part-time people and time away" in docs/format.md' in reply.err
    assert "### Part-time people and time away" in page.read_text(encoding="utf-8")


def test_a_day_after_the_horizon_is_never_one_by_which(plan: Path, run: Run) -> None:
    plan.write_text(
        "[roadmap]\nas_of = 2026-11-23\nhorizon = 4\n[product.far]\neffort = [80, 100]\nreach ="
        ' 3\nneeds = ["s"]\n[product.mid]\neffort = [2, 9]\nreach = 9\n[spike.s]\ninforms ='
        ' "far"\ntimebox = 50\nquestion = "Does it?"\n'
    )
    answers = [
        run("export", "plan.toml", "--runs", "100", *words).out
        for words in (
            *product(("--for",), ("team", "executive", "customer", "risk", "funding", "learning")),
            ("--format", "html", "--for", "executive"),
        )
    ]
    answers += [
        run("show", "plan.toml", each, "--say", "--runs", "100").out for each in ("far", "mid", "s")
    ]
    assert sum("after Dec 2026" in each for each in answers) > 3
    for each in answers:
        assert "by after" not in each
        assert "by ~after" not in each
        assert "–after Dec 2026;" not in each.partition("answer by")[2][:40]
