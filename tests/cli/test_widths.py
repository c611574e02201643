"""The width of answers: that of the terminal, and unlimited in files and pipes."""

import json
import os
import subprocess
import sys
import tomllib
from itertools import product
from pathlib import Path

import pytest
from wcwidth import wcswidth

from tests.cli.conftest import PLAN
from tests.tui.terminal_session import Terminal

ROADMAPS = Path(__file__).parents[2] / "roadmaps"
WIDTHS = (60, 80, 100)
# one process answers all: what takes time is to start it
_ALL = """
import fcntl, json, struct, sys, termios
from roadmap_tui.cli.main import main
for columns, words in json.loads(sys.argv[1]):
    if columns:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    print(f"\\x01{columns} {' '.join(words)}", flush=True)
    sys.argv = ["roadmap", *words]
    main()
print("\\x01", flush=True)
"""


def _commands(path: Path) -> list[list[str]]:
    file, plan = str(path), tomllib.loads(path.read_text())
    feature, model = next(iter(plan["product"])), next(iter(plan["model"]))
    few = ["--runs", "200"]
    return [
        *(["rank", file, *few, *more] for more in ([], ["--moves"])),
        *(["forecast", file, *few, *more] for more in ([], ["--load"], ["--target", feature])),
        *([name, file, *few] for name in ("spikes", "money", "check")),
        *(
            ["show", file, each, *few, *more]
            for each, more in product((feature, model), ([], ["--why"]))
        ),
        ["readiness", file],
        ["calibrate", file],
        ["log", file, feature, "--limit", "2", *few],
        ["diff", file, "HEAD", *few],
        ["templates"],
    ]


def _git(folder: Path, *words: str) -> None:
    me = ["-c", "user.name=A", "-c", "user.email=a@b.c"]
    subprocess.run(["git", *me, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Path:
    """A shipped roadmap with something to compare, in a repository of its own."""
    monkeypatch.chdir(tmp_path)
    text = (ROADMAPS / f"{request.param}.toml").read_text()
    path = tmp_path / f"{request.param}.toml"
    path.write_text(text)
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "add", "-A")
    _git(
        tmp_path,
        "commit",
        "-qm",
        "A subject that says at length what was changed, and why it had to be changed so",
    )
    path.write_text(text.replace('status = "planned"', 'status = "idea"', 1))
    return Path(path.name)


_REST = [pytest.param(name, marks=pytest.mark.soak) for name in ("helpdesk", "recommender")]


@pytest.mark.parametrize("shipped", ["assistant", *_REST], indirect=True)
def test_no_line_is_wider_than_the_terminal(shipped: Path) -> None:
    asked = list(product(WIDTHS, _commands(shipped)))
    with Terminal(_ALL, json.dumps(asked), lines=100) as terminal:
        terminal.end()
        answers = terminal.raw.decode().split("\x01")
    assert len(answers) == len(asked) + 2
    for (columns, words), answer in zip(asked, answers[1:], strict=False):
        _, *lines = _seen(answer)
        assert any(lines), words
        assert not {"Traceback", "Usage:"}.intersection(answer.split()), answer
        wide = [line for line in lines if wcswidth(line) > columns]
        assert not wide, (columns, words)


def _seen(answer: str) -> list[str]:
    """The lines, without codes for looks; of what was written over, each version."""
    plain = (
        answer.replace("\x1b[1m", "")
        .replace("\x1b[0m", "")
        .replace("\x1b[K", "")
        .replace("\r\n", "\n")
    )
    return plain.replace("\r", "\n").split("\n")


def test_what_is_left_out_is_named(plan: Path) -> None:
    asked = [(60, ["rank", "plan.toml"]), (200, ["rank", "plan.toml"])]
    with Terminal(_ALL, json.dumps(asked), lines=100) as terminal:
        terminal.end()
        _, narrow, wide, _ = terminal.raw.decode().split("\x01")
    answer = " ".join(narrow.partition("No room for: ")[2].split())
    names, _, remedy = answer.partition(". ")
    assert remedy.startswith("A wider terminal shows all, and so does a pipe")
    assert names
    assert "No room" not in wide
    for name in names.split(", "):
        assert name in wide.partition("rank")[2]
        assert name not in narrow.partition("No room")[0].partition("rank")[2]


@pytest.mark.parametrize("columns", ["", "0", "none", None])
def test_a_pipe_gets_all(plan: Path, columns: str | None) -> None:
    title = "A title that goes on " * 8
    plan.write_bytes(PLAN.replace("日本語 | [red]x", title.strip()).encode())
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    environment |= {} if columns is None else {"COLUMNS": columns}
    asked = [(0, words) for words in (["rank", "plan.toml"], ["forecast", "plan.toml"])]
    ran = subprocess.run(
        [sys.executable, "-c", _ALL, json.dumps(asked)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    _, *answers, _ = ran.stdout.split("\x01")
    assert all(title.strip() in answer and "No room" not in answer for answer in answers), (
        ran.stdout
    )


def test_columns_variable_sets_the_width_in_a_pipe(plan: Path) -> None:
    for columns in (1, 10, 40):
        environment = {**os.environ, "COLUMNS": str(columns)}
        asked = [(0, [name, "plan.toml"]) for name in ("rank", "forecast", "check", "money")]
        ran = subprocess.run(
            [sys.executable, "-c", _ALL, json.dumps(asked)],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        _, *answers, _ = ran.stdout.split("\x01")
        assert all(answer.strip() for answer in answers)
        assert "Traceback" not in ran.stderr
    assert "A larger COLUMNS" in " ".join(answers[0].split())


def test_a_title_wider_than_the_terminal_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    title = f"{'wide ' * 30}{'w' * 90}"
    Path("plan.toml").write_text(f'[roadmap]\ntitle = "{title}"\n[model.a]\neffort = 3\n')
    commands = ("rank", "forecast", "spikes", "readiness", "calibrate", "check")
    asked = [(40, [name, "plan.toml"]) for name in commands]
    with Terminal(_ALL, json.dumps(asked), lines=100) as terminal:
        terminal.end()
        answers = terminal.raw.decode().split("\x01")[1:-1]
    for name, answer in zip(commands, answers, strict=True):
        assert [line for line in _seen(answer)[1:] if wcswidth(line) > 40] == [], name
