"""A hostile repository, through every command, completion and MCP tool.

None of its content runs, writes outside the folder, blocks, or controls the terminal.
"""

import json
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest

from roadmap_tui.cli import completion
from roadmap_tui.cli.commands import command_names
from roadmap_tui.cli.group import find_command, roadmap
from roadmap_tui.cli.main import reply_to
from roadmap_tui.cli.replies.mcp import build_toolbox

DEADLINE = 120
SECRET = "root:x:0:0:secret\n"
CODE = "$(touch marked)`touch marked`;touch marked"
STEERS = ("\x1b", "\x07", "\x9b", "\r", "\x08")
TITLE = (
    r"\u001b]0;owned\u0007\u001b[31m[red]$(touch marked)[/red]<script>x</script>|`touch"
    r" marked`\u009b2J\r\u0008"
)
PLAN = f"""\
[roadmap]
title = "{TITLE}"
[teams.ml]
people = 1
title = "{TITLE}"
[product.a]
title = "{TITLE}"
owner = "{TITLE}"
tags = ["{TITLE}"]
effort = "S"
needs = ["m"]
[model.m]
title = "{TITLE}"
bars.recall.launch = 0.8
[spike.s]
question = "{TITLE}"
bet = "m"
"""
NAMES = {
    "line end": "a\nb.toml",
    "escape": "\x1b[31m\x1b]0;owned\x07.toml",
    "option": "-rf.toml",
    "help": "--help",
    "substitution": f"{CODE}.toml",
    "quotes": "a'b\"c.toml",
    "markup": "[red]<b>.toml",
    "brace": "{{7*7}}%s%n.toml",
    "not text": os.fsdecode(b"\xff\xfe.toml"),
}
TEXTS = {
    "plan": PLAN,
    "keys": "".join(
        f'[{track}."{CODE}"]\ntitle = "x"\n' for track in ("product", "model", "spike", "scenario")
    ),
    "escaped keys": (
        '[product."\\u001b[31m\\u0007"]\n[product.a."\\u001b[31m"]\nx = 1\n["\\u001b]0;x\\u0007"]\n'
    ),
    "deep": "a = " + "[" * 100_000,
    "deep tables": "[roadmap]\n" + "x = {a = " * 5_000,
    "dots": "a" + ".a" * 20_000 + " = 1\n",
    "digits": "[roadmap]\nseed = " + "9" * 100_000,
    "zero": "\0" * 100,
    "escape in it": "[roadmap]\ntitle = \x1b[31m\n",
    "no roadmap": SECRET,
}


def _socket(path: Path, _outside: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(path.parent)  # the path of a socket must be short
        listener.bind(path.name)
        os.chdir(here)


def _sparse(path: Path, _outside: Path) -> None:
    with path.open("wb") as file:
        file.truncate(4 << 30)


KINDS: dict[str, Callable[[Path, Path], None]] = {
    "pipe": lambda path, _outside: os.mkfifo(path),
    "socket": _socket,
    "folder": lambda path, _outside: path.mkdir(),
    "sparse": _sparse,
    "link outside": lambda path, outside: path.symlink_to(outside),
    "link to passwd": lambda path, _outside: path.symlink_to("/etc/passwd"),
    "link to itself": lambda path, _outside: path.symlink_to(path),
    "dangling": lambda path, _outside: path.symlink_to(path.parent / "nowhere"),
    "link to a device": lambda path, _outside: path.symlink_to("/dev/zero"),
    "unreadable": lambda path, _outside: path.touch(0o000),
}
TRAPS = [*NAMES, *TEXTS, *KINDS]
FILES = {"file", "files", "csv", "base", "ours", "theirs", "folder"}
WORDS = {
    "track": "product",
    "verdict": "yes",
    "task": "setup",
    "shell": "bash",
    "path": "a.effort",
    "value": CODE,
}


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_text(SECRET)
    return path


@pytest.fixture
def trap(
    request: pytest.FixtureRequest, tmp_path: Path, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """The current folder with one trap in it; the path of that."""
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "200")
    # what goes on until it is ended is not begun
    monkeypatch.setattr("roadmap_tui.web.server.serve", lambda *_: None)
    monkeypatch.setattr("roadmap_tui.mcp.server.serve_tools", _nothing)
    monkeypatch.setattr("roadmap_tui.cli.replies.mcp.signal.signal", lambda *_: None)
    _lay(request.param, folder / NAMES.get(request.param, "plan.toml"), outside)
    return NAMES.get(request.param, "plan.toml")


def _lay(trap: str, path: Path, outside: Path) -> None:
    if trap in KINDS:
        KINDS[trap](path, outside)
    else:
        path.write_text(TEXTS.get(trap, PLAN))


async def _nothing(_toolbox: object) -> None:
    pass


@contextmanager
def deadline() -> Iterator[None]:
    """A call that waits for ever fails."""

    def late(*_: object) -> None:
        raise AssertionError(f"no answer within {DEADLINE} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(DEADLINE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def command_line(name: str, file: str) -> list[str]:
    """Arguments of a command: files for what it reads, valid values or code for the rest."""
    parameters = find_command(name).params
    words = [word for each in parameters if (word := _word(each, file)) is not None]
    runs = ["--runs=100"] if any(each.name == "runs" for each in parameters) else []
    return [name, *runs, "--", *words]


def _word(parameter: click.Parameter, file: str) -> str | None:
    if not isinstance(parameter, click.Argument) or not (
        parameter.required or parameter.name in FILES
    ):
        return None
    return file if parameter.name in FILES else WORDS.get(str(parameter.name), "a")


def assert_tame(text: str) -> None:
    assert "Traceback" not in text
    assert [each for each in STEERS if each in text] == []


@pytest.mark.parametrize("trap", TRAPS, indirect=True)
def test_every_command(trap: str, outside: Path) -> None:
    for name in command_names():
        with deadline():
            reply = reply_to(command_line(name, trap))
        assert_tame(reply.out + reply.err)
        assert reply.code in {0, 1, 2, 3, 4, 64, 129}, (name, reply)
        assert not Path("marked").exists()
    assert outside.read_text() == SECRET


@pytest.mark.parametrize("trap", TRAPS, indirect=True)
def test_every_tool(trap: str, outside: Path) -> None:
    for tool in build_toolbox().tools:
        if tool.name in {"templates", "schema"}:
            continue
        given: dict[str, object] = {each: WORDS.get(each, "a") for each in tool.required}
        given |= {
            each: [trap] if each == "files" else trap for each in FILES & tool.properties.keys()
        }
        given |= {"runs": 100} if "runs" in tool.properties else {}
        with deadline():
            found = build_toolbox().call(tool.name, given)
        answer = found.message + json.dumps(found.data)
        assert_tame(answer)
        assert "Usage:" not in answer
        assert "secret" not in answer
        assert "root:" not in answer
        assert not Path("marked").exists()
    assert outside.read_text() == SECRET


@pytest.mark.parametrize("trap", TRAPS, indirect=True)
def test_completion(trap: str, monkeypatch: pytest.MonkeyPatch) -> None:
    safe = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-")
    quoted = "'" + trap.replace("'", "'\\''") + "'"
    for name in ("show", "set", "answer", "measure", "rank"):
        line = f"roadmap {name} {quoted} " + ("--scenario " if name == "rank" else "")
        for shell in ("bash", "zsh", "fish"):
            monkeypatch.setenv("COMP_WORDS", line)
            place = "4" if name == "rank" else "3"
            monkeypatch.setenv("COMP_CWORD", "" if shell == "fish" else place)
            monkeypatch.setenv(completion.VARIABLE, f"{shell}_complete")
            with deadline():
                offered = completion.completion_reply(roadmap)
            # to complete the names of files is the shell's; ours is to ask for it
            plain = (
                offered.replace("plain,", "")
                .replace("plain\n", "")
                .replace("file,", "")
                .split("\n")
            )
            assert all({*each} <= safe for each in plain), offered


@pytest.mark.parametrize(
    "asked", [{}, {"COMP_WORDS": "roadmap '"}, {"COMP_WORDS": "roadmap x", "COMP_CWORD": "x"}]
)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "none", ""])
def test_what_no_shell_asks_is_not_answered(
    shell: str, asked: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("COMP_WORDS", "COMP_CWORD"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {completion.VARIABLE: f"{shell}_complete", **asked}.items():
        monkeypatch.setenv(name, value)
    completion.completion_reply(roadmap)
