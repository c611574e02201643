"""Portfolios: Ctrl+C, and killed processes."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from roadmap_tui.cli.executors import map_pieces

DEADLINE = 120.0
PROGRAM = [sys.executable, "-m", "roadmap_tui"]


def _killed_at(number: int) -> int:
    if number in {3, 7}:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def test_a_killed_process_takes_nothing_else_with_it() -> None:
    repeated: list[int] = []
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        numbers = list(
            map_pieces(pool, _killed_at, range(9), lambda number: -number, repeated.append)
        )
    assert numbers == [0, 2, 4, -3, 8, 10, 12, -7, 16]
    (count,) = repeated
    assert 2 <= count <= 9


def _children(of: int) -> set[int]:
    """The processes below one, as the system has them."""
    found: set[int] = set()
    for task in Path(f"/proc/{of}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found |= {child, *_children(child)}
    return found


def _is_there(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


def _until(condition: object, what: str) -> None:
    end = time.monotonic() + DEADLINE
    while not (callable(condition) and condition()):
        assert time.monotonic() < end, what
        time.sleep(0.05)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Roadmaps that take long to forecast."""
    items = "".join(f'[product.p{at}]\neffort = "M"\nreach = 100\n' for at in range(60))
    for name in "abcdef":
        (tmp_path / f"{name}.toml").write_text(f"[roadmap]\nhorizon = 200\n{items}")
    return tmp_path


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks the system for children")
@pytest.mark.parametrize(
    "to_group", [True, False], ids=["as a terminal sends it", "to the program alone"]
)
def test_ctrl_c_ends_all_at_once(folder: Path, to_group: bool) -> None:
    command = [*PROGRAM, "portfolio", str(folder), "--jobs", "2", "--runs", "1000000"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        _until(lambda: len(_children(process.pid)) >= 3, "two workers and their tracker")
        children = _children(process.pid)
        (os.killpg if to_group else os.kill)(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=DEADLINE)
    assert (process.returncode, out, err) == (130, "", "roadmap: stopped by Ctrl+C\n")
    _until(lambda: not any(map(_is_there, children)), "the children to be gone")


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks the system for children")
def test_a_roadmap_whose_process_is_killed_is_shown_beside_the_others(folder: Path) -> None:
    """Every process that takes up the large one is killed, as by a system that is out of memory."""
    for path in folder.glob("[b-f].toml"):
        path.write_text("[roadmap]\n[product.a]\n")
    os.rename(folder / "a.toml", folder / "large.toml")
    script = (
        "import os, signal, sys\n"
        "from roadmap_tui.portfolio import summary\n"
        "load = summary.load_document\n"
        "def hungry(path):\n"
        "    if 'large' in path: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return load(path)\n"
        "summary.load_document = hungry\n"
        "if __name__ == '__main__':\n"
        "    from roadmap_tui.cli.main import main\n"
        "    sys.exit(main())\n"
    )
    (folder / "program.py").write_text(script)
    command = [
        sys.executable,
        str(folder / "program.py"),
        "portfolio",
        str(folder),
        "--jobs",
        "2",
        "--json",
    ]
    done = subprocess.run(
        [*command, "--runs", "100"],
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        check=False,
    )
    assert done.returncode == 0
    assert re.fullmatch(
        r"roadmap portfolio: a process was killed, most likely for want of memory; "
        r"(1 roadmap was|\d roadmaps were) worked out once more, one at a time\n",
        done.stderr,
    )
    answer = json.loads(done.stdout)
    assert [each["file"] for each in answer["roadmaps"]] == [f"{name}.toml" for name in "bcdef"]
    (failed,) = answer["failed"]
    assert failed["file"] == "large.toml"
    assert "killed" in failed["text"]
    assert "--runs" in failed["text"]
