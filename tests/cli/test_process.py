"""The program as a process: streams, locales, signals, imports and speed."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pexpect
import pytest

PROGRAM = [
    sys.executable,
    "-c",
    "import sys; from roadmap_tui.cli.main import main; sys.exit(main())",
]
ROADMAPS = sorted((Path(__file__).parents[2] / "roadmaps").glob("*.toml"))


def roadmap(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *words],
        capture_output=True,
        env={**os.environ, **environment},
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    "words", [["rank", "--json"], ["forecast", "--json"], ["export"], ["rank"]], ids=" ".join
)
@pytest.mark.parametrize("path", ROADMAPS, ids=lambda path: path.stem)
def test_every_run_gives_the_same_bytes(path: Path, words: list[str]) -> None:
    runs = [
        roadmap(*words, str(path), PYTHONHASHSEED=seed, COLUMNS="80") for seed in ("0", "1", "4242")
    ]
    assert [run.returncode for run in runs] == [0, 0, 0]
    assert len({run.stdout for run in runs}) == 1
    assert {run.stderr for run in runs} == {b""}


def test_output_is_utf8_in_every_locale(plan: Path) -> None:
    for words in (["rank", "plan.toml"], ["rank", "plan.toml", "--json"], ["export", "plan.toml"]):
        plain = roadmap(*words)
        ascii_only = roadmap(*words, LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
        latin = roadmap(*words, PYTHONIOENCODING="latin-1")
        assert plain.stdout == ascii_only.stdout == latin.stdout
        assert "日本語" in plain.stdout.decode()


@pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="asks the system how a program was started"
)
@pytest.mark.parametrize(
    ("locale", "is_ascii"),
    [
        ({"LC_ALL": "C"}, True),
        ({"LANG": "POSIX"}, True),
        ({"LC_CTYPE": "de_DE.ISO-8859-15"}, True),
        ({"LANG": "ru_RU.KOI8-R"}, True),
        ({"LANG": "xx_XX.NONE"}, True),
        ({"LANG": "C.UTF-8"}, False),
        ({}, False),
    ],
    ids=str,
)
def test_a_terminal_that_is_not_utf8_gets_ascii(
    plan: Path, locale: dict[str, str], is_ascii: bool
) -> None:
    """With the C locale or none, Python writes UTF-8, which the terminal shows as garbage."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"LC_ALL", "LC_CTYPE", "LANG"}
    }
    words = [*PROGRAM[1:], "rank", "plan.toml"]
    child = pexpect.spawn(PROGRAM[0], words, env={**kept, **locale}, encoding="utf-8", timeout=60)
    shown = child.read()
    child.close()
    assert (child.exitstatus, shown.isascii(), "–" in shown) == (0, is_ascii, not is_ascii)


def test_a_name_that_is_no_text_is_no_traceback(plan: Path) -> None:
    run = subprocess.run(
        [*map(os.fsencode, PROGRAM), b"rank", b"\xff.toml"], capture_output=True, check=False
    )
    assert (run.returncode, run.stdout) == (3, b"")
    assert b"no such file" in run.stderr
    assert b"Traceback" not in run.stderr


def test_a_reader_that_leaves_is_no_fault(plan: Path) -> None:
    command = " ".join(f"'{word}'" for word in PROGRAM)
    for words in (
        "rank plan.toml",
        "forecast plan.toml --json",
        "export plan.toml",
        "rank --help",
        "--help",
    ):
        run = subprocess.run(
            ["bash", "-c", f"{command} {words} | true; echo ${{PIPESTATUS[0]}}"],
            capture_output=True,
            check=True,
        )
        assert (run.stdout, run.stderr) == (b"0\n", b"")


def test_closed_and_full_streams(plan: Path) -> None:
    command = " ".join(f"'{word}'" for word in PROGRAM)
    for redirect, code, said in (
        (">&-", 0, b""),
        ("2>&- >&-", 0, b""),
        ("> /dev/full", 4, b"No space left"),
    ):
        run = subprocess.run(
            ["bash", "-c", f"{command} rank plan.toml {redirect}"], capture_output=True, check=False
        )
        assert run.returncode == code
        assert said in run.stderr
        assert b"Traceback" not in run.stderr
    run = subprocess.run(["bash", "-c", f"{command} rank - <&-"], capture_output=True, check=False)
    assert run.returncode == 3
    assert b"closed" in run.stderr


def test_an_interrupt_is_exit_code_130() -> None:
    # who runs the tests may have interrupts ignored
    heeded = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    begun = f"{heeded}; " + PROGRAM[2].replace("sys.exit", "print('begun', flush=True); sys.exit")
    process = subprocess.Popen(
        [sys.executable, "-c", begun, "rank", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (130, b"roadmap: stopped by Ctrl+C\n")


def test_colours_are_for_terminals_only(plan: Path) -> None:
    assert b"\x1b" not in roadmap("rank", "plan.toml").stdout
    for environment, coloured in (
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
    ):
        command = " ".join(f"'{word}'" for word in PROGRAM).replace('"', '\\"') + " rank plan.toml"
        run = subprocess.run(
            ["script", "-qec", command, "/dev/null"],
            capture_output=True,
            env={
                **{k: v for k, v in os.environ.items() if k != "NO_COLOR"},
                "TERM": "xterm",
                **environment,
            },
            check=True,
        )
        assert (b"\x1b[1m" in run.stdout) == coloured


HEAVY = ("numpy", "pydantic", "networkx", "jinja2", "textual", "rich", "click")


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["rnk"]], ids=" ".join)
def test_quick_answers_import_nothing_heavy(words: list[str]) -> None:
    code = (
        "import sys; from roadmap_tui.cli.main import reply_to; "
        f"reply_to({words!r}); print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
        == b"[]\n"
    )


@pytest.mark.parametrize("words", [["rank", "--help"], ["show", "-h"]], ids=" ".join)
def test_help_of_a_command_imports_click_only(words: list[str]) -> None:
    code = (
        "import sys; from roadmap_tui.cli.main import reply_to; "
        f"reply_to({words!r}); print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
        == b"['click']\n"
    )


def test_declaring_all_commands_imports_click_only() -> None:
    """Help, completion and MCP tools import every command, but not what it does."""
    code = (
        "import sys; from roadmap_tui.cli.group import all_commands; all_commands();"
        f" print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b"['click']\n"


@pytest.mark.parametrize(("flag", "times"), [("--version", 3), ("--help", 4)])
def test_version_and_help_take_few_times_as_long_as_an_empty_program(flag: str, times: int) -> None:
    # processor time, which other programs on the machine don't lengthen as they do a start
    def seconds(command: list[str]) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    ours = min(seconds([*PROGRAM, flag]) for _ in range(9))
    empty = min(seconds([sys.executable, "-c", "pass"]) for _ in range(9))
    assert ours <= times * empty


def test_json_on_every_roadmap_that_ships() -> None:
    for path in ROADMAPS:
        for command in ("check", "rank", "forecast", "export"):
            data = json.loads(roadmap(command, str(path), "--json").stdout)
            assert (data["schema"], data["kind"]) == (1, command)
