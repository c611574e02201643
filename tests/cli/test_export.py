"""`roadmap export`: combinations of options, output paths, and the commit in the origin."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import PLAN, Run


def git(*words: str, folder: Path) -> str:
    command = [
        "git",
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@example.org",
        "-c",
        "commit.gpgsign=false",
        *words,
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--format", "csv", "--for", "risk"], "--for goes with --format md or html"),
        (["--format", "md", "--picture", "map"], "--picture goes with --format svg"),
        (["--format", "json", "--item", "coin"], "--item goes with --format md or html"),
        (["--format", "svg", "--template", "x"], "--template goes with --format md or html"),
        (["--format", "html", "--assets", "x"], "--assets goes with --format md"),
        (["--item", "coin", "--for", "customer"], "leave out --for"),
        (["--item", "cion"], "coin"),
        (["--template", "not-there.j2"], "not-there.j2: no such file; check the path"),
        (["--for", "everybody"], "executive"),
    ],
)
def test_what_does_not_go_together_is_wrong_use(
    run: Run, plan: Path, words: list[str], message: str
) -> None:
    reply = run("export", "plan.toml", *words)
    assert (reply.out, reply.code) == ("", 2)
    assert message in reply.err


def test_every_format_goes_to_a_file(run: Run, plan: Path) -> None:
    for form, start in (
        ("md", b"# Two bets"),
        ("html", b"<!DOCTYPE html>"),
        ("svg", b"<svg "),
        ("mermaid", b"%% "),
        ("csv", b'"id"'),
        ("json", b"{"),
    ):
        assert run("export", "plan.toml", "--format", form, "-o", f"out.{form}") == ("", "", 0)
        assert (plan.parent / f"out.{form}").read_bytes().startswith(start)


def test_pictures_are_written_beside_the_document_and_linked_from_it(run: Run, plan: Path) -> None:
    (plan.parent / "docs").mkdir()
    words = ("--for", "executive", "--assets", "docs/my pictures", "-o", "docs/out.md")
    assert run("export", "plan.toml", *words) == ("", "", 0)
    text = (plan.parent / "docs" / "out.md").read_text()
    [link] = re.findall(r"!\[[^]]*\]\(<(.*)>\)", text)
    assert link == "my%20pictures/timeline.svg"
    assert (plan.parent / "docs" / "my pictures" / "timeline.svg").read_text().startswith("<svg ")
    assert str(plan.parent) not in text
    assert "![" not in run("export", "plan.toml", "--for", "executive").out


def test_pictures_that_cannot_be_written_are_refused(run: Run, plan: Path) -> None:
    reply = run("export", "plan.toml", "--assets", "plan.toml/pictures", "-o", "out.md")
    assert (reply.out, reply.code) == ("", 4)
    assert not (plan.parent / "out.md").exists()
    assert plan.read_bytes() == PLAN.encode()


def test_custom_template_is_rendered_and_its_faults_have_a_place(run: Run, plan: Path) -> None:
    own = plan.parent / "own.j2"
    own.write_text("{{ report.title }}: {{ report.sections|length }}\n")
    assert re.fullmatch(r"Two bets: \d+\n", run("export", "plan.toml", "--template", "own.j2").out)
    own.write_text("\n\n{{ nothing }}\n")
    reply = run("export", "plan.toml", "--template", "own.j2")
    assert (reply.out, reply.code) == ("", 2)
    assert "own.j2:3: 'nothing' is undefined" in reply.err
    own.write_bytes(b"\xff")
    assert "not UTF-8" in run("export", "plan.toml", "--template", "own.j2").err


def test_a_model_has_a_card(run: Run, plan: Path) -> None:
    text = run("export", "plan.toml", "--item", "coin").out
    assert text.startswith("# Coin, in Two bets\n")
    assert "## Model card: Coin" in text
    assert "**Serves:** First" in text


def test_it_names_the_commit_and_whether_there_are_changes(run: Run, plan: Path) -> None:
    folder = plan.parent
    assert "commit" not in run("export", "plan.toml").out
    git("init", "-q", folder=folder)
    git("add", "plan.toml", folder=folder)
    git("commit", "-q", "-m", "first", "--date", "2026-11-20T12:00:00", folder=folder)
    sha = git("rev-parse", "HEAD", folder=folder).strip()
    git("commit", "-q", "--allow-empty", "-m", "about something else", folder=folder)
    for form in ("md", "html", "svg", "mermaid", "csv"):
        message = run("export", "plan.toml", "--format", form).out
        assert sha[:10] in message
        assert "+ changes" not in message
    assert json.loads(run("export", "plan.toml", "--format", "json").out)["commit"] == {
        "sha": sha,
        "changed": False,
    }
    plan.write_bytes(PLAN.replace("\n", "\r\n").encode())
    assert "+ changes" not in run("export", "plan.toml").out
    plan.write_bytes(PLAN.encode() + b"# more\n")
    assert f"at commit {sha[:10]} + changes" in run("export", "plan.toml").out
    assert "commit" not in run("export", "-", stdin=PLAN.encode()).out


def test_it_is_the_same_on_every_day_and_in_every_folder(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = plan.parent / "else where"
    elsewhere.mkdir()
    (elsewhere / "plan.toml").write_bytes(PLAN.encode())
    for form in ("md", "html", "svg", "mermaid", "csv", "json"):
        here = run("export", "plan.toml", "--format", form).out
        monkeypatch.setenv("TZ", "Pacific/Kiritimati")
        assert run("export", str(elsewhere / "plan.toml"), "--format", form).out == here
        assert str(plan.parent) not in here


def test_scenario_is_labelled(run: Run, plan: Path) -> None:
    plan.write_bytes(PLAN.encode() + b"[scenario.more]\n[scenario.more.teams.ml]\npeople = 4\n")
    for form in ("md", "html", "svg", "mermaid"):
        assert re.search(
            "[Ss]cenario,? more",
            run("export", "plan.toml", "--format", form, "--scenario", "more").out,
        )


def test_the_data_is_what_each_command_answers(run: Run, plan: Path) -> None:
    whole = json.loads(run("export", "plan.toml", "--format", "json").out)
    for command in ("forecast", "rank", "spikes", "readiness", "money"):
        assert whole[command] == json.loads(run(command, "plan.toml", "--json").out)
