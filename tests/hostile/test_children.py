"""Nothing is imported from the current folder, by the program or by any Python it starts."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import aiohttp
import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client, types

from roadmap_tui import interpreter
from tests.history.clone import Clone
from tests.hostile.traps import BEFORE_US, set_traps, sprung
from tests.web.live_server import page_url, run_server

DEADLINE = 120.0
PROGRAM = [str(Path(sys.executable).with_name("roadmap"))]
SAFE = [sys.executable, "-P", "-m", "roadmap_tui"]
UNSAFE = [sys.executable, "-m", "roadmap_tui"]
PLAN = '[roadmap]\ntitle = "Helpdesk"\n[product.a]\ntitle = "Urgency"\neffort = "S"\n'
RUNS = ("--runs", "100")


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    return tmp_path / "marks"


@pytest.fixture
def folder(tmp_path: Path, marks: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, full of traps, with two roadmaps and a template."""
    place = tmp_path / "traps"
    (place / "plans").mkdir(parents=True)
    for name in ("plans/a.toml", "plans/b.toml", "plan.toml"):
        (place / name).write_text(PLAN)
    (place / "own.md.j2").write_text("{{ report.title }}\n")
    set_traps(place, marks)
    monkeypatch.chdir(place)
    return place


def done(words: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    """What a command line does, which has to go well."""
    variables = {**os.environ, **environment}
    run = subprocess.run(
        words,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        env=variables,
        check=False,
    )
    assert "Traceback" not in run.stderr, run.stderr
    assert run.returncode == 0, run.stderr
    return run


@pytest.mark.parametrize("program", [PROGRAM, SAFE], ids=["roadmap", "python -P -m"])
def test_worker_processes_import_nothing_from_here(
    folder: Path, marks: Path, program: list[str]
) -> None:
    answer = done([*program, "portfolio", "plans", "--jobs", "2", "--json", *RUNS]).stdout
    assert [each["file"] for each in json.loads(answer)["roadmaps"]] == ["a.toml", "b.toml"]
    assert sprung(marks) == []


def test_python_m_alone_looks_here_only_before_our_first_line(folder: Path, marks: Path) -> None:
    for name in BEFORE_US:
        (folder / f"{name}.py").unlink()
    done([*UNSAFE, "portfolio", "plans", "--jobs", "2", "--json", *RUNS])
    done([*UNSAFE, "export", "plan.toml", "--template", "own.md.j2", *RUNS])
    assert sprung(marks) == []


def test_a_template_is_filled_by_a_python_that_imports_nothing_from_here(
    folder: Path, marks: Path
) -> None:
    run = done([*PROGRAM, "export", "plan.toml", "--template", "own.md.j2", *RUNS])
    assert run.stdout.strip() == "Helpdesk"
    assert sprung(marks) == []


async def test_the_guest_of_a_server_imports_nothing_from_here(folder: Path, marks: Path) -> None:
    with run_server(folder / "plan.toml", program=PROGRAM) as address:
        async with asyncio.timeout(DEADLINE), aiohttp.ClientSession() as session:
            async with session.get(address, allow_redirects=False) as answer:
                cookie = answer.headers["Set-Cookie"].partition(";")[0]
            headers = {"Cookie": cookie, "Origin": page_url(address)}
            async with session.ws_connect(f"{page_url(address)}/ws", headers=headers) as page:
                seen = b""
                # an item: in 80 columns the tabs leave no room for the title of the plan
                while b"Urgency" not in seen:
                    message = await page.receive(DEADLINE)
                    assert message.type in {
                        aiohttp.WSMsgType.BINARY,
                        aiohttp.WSMsgType.TEXT,
                    }, sprung(marks)
                    seen += message.data if isinstance(message.data, bytes) else b""
    assert sprung(marks) == []


async def test_tools_import_nothing_from_here(folder: Path, marks: Path) -> None:
    server = StdioServerParameters(command=PROGRAM[0], args=["mcp", "."], env={**os.environ})
    async with (
        asyncio.timeout(DEADLINE),
        stdio_client(server) as pipes,
        ClientSession(*pipes) as talk,
    ):
        await talk.initialize()
        result = await talk.call_tool("check", {"files": ["plan.toml"]})
    assert isinstance(result, types.CallToolResult)
    assert not result.is_error
    assert sprung(marks) == []


def test_completion_imports_nothing_from_here(folder: Path, marks: Path) -> None:
    words = {
        "_ROADMAP_COMPLETE": "bash_complete",
        "COMP_WORDS": "roadmap show plan.toml ",
        "COMP_CWORD": "3",
    }
    assert done(PROGRAM, **words).stdout == "plain,a\n"
    assert sprung(marks) == []


@pytest.fixture
def scheduler() -> Iterator[str]:
    with import_module("distributed").LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        processes=False,
        dashboard_address=None,
        protocol="tcp",
        host="127.0.0.1",
    ) as running:
        yield running.scheduler_address.removeprefix("tcp://")


@pytest.mark.filterwarnings("ignore")
def test_the_client_of_an_engine_imports_nothing_from_here(
    scheduler: str, folder: Path, marks: Path
) -> None:
    done([*PROGRAM, "portfolio", "plans", "--json", "--executor", f"dask://{scheduler}", *RUNS])
    assert sprung(marks) == []


@pytest.mark.parametrize(
    "path", ["", ":", ".", ":/nowhere", "/nowhere:", "/nowhere::/elsewhere", "./"]
)
def test_an_empty_entry_of_the_path_is_not_handed_on(folder: Path, marks: Path, path: str) -> None:
    safe = interpreter.environment({**os.environ, "PYTHONPATH": path})
    run = [sys.executable, "-c", "import struct, numpy; print(struct.pack('b', 1))"]
    subprocess.run(run, env=safe, check=True, timeout=DEADLINE)
    assert sprung(marks) == []


@pytest.mark.parametrize(
    "path",
    ["", ":", ".", "/nowhere::/elsewhere", "./", "/nowhere:", ":/nowhere", "here", "/a:here"],
)
def test_the_merge_driver_imports_nothing_from_the_repository(
    tmp_path: Path, marks: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    (tmp_path / "repository").mkdir()
    repository = Clone(tmp_path / "repository")
    repository.set_up()
    set_traps(repository.folder, marks)
    set_traps(repository.folder / "here", marks)
    monkeypatch.setenv("PYTHONPATH", path)
    done = repository.merge(PLAN, PLAN.replace("Helpdesk", "Ours"), PLAN.replace('"S"', '"L"'))
    assert sprung(marks) == []
    assert done.returncode == 0, done.stderr
    assert repository.text() == PLAN.replace("Helpdesk", "Ours").replace('"S"', '"L"')


def test_the_merge_driver_is_found_on_a_path_that_a_person_chose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "roadmap_tui").mkdir()
    (tmp_path / "roadmap_tui" / "__init__.py").touch()
    (tmp_path / "roadmap_tui" / "__main__.py").write_text("import sys; sys.exit('mine')")
    (tmp_path / "repository").mkdir()
    repository = Clone(tmp_path / "repository")
    repository.set_up()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    done = repository.merge(PLAN, PLAN.replace("Helpdesk", "Ours"), PLAN.replace('"S"', '"L"'))
    assert "mine" in done.stderr


def test_a_path_that_a_person_chose_is_handed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the program is on `PYTHONPATH` alone, or in a folder of the person's own."""
    (tmp_path / "mine.py").write_text("print('mine')")
    monkeypatch.chdir(tmp_path.parent)
    for path in (str(tmp_path), f":{tmp_path}", tmp_path.name):
        safe = interpreter.environment({**os.environ, "PYTHONPATH": path})
        run = subprocess.run(
            interpreter.command("mine"), env=safe, capture_output=True, text=True, check=True
        )
        assert run.stdout == "mine\n"


def test_the_environment_is_as_before_when_children_are_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONPATH", ":/nowhere")
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    before = dict(os.environ)
    with interpreter.safe_children({"A_NEW_ONE": "1", "PATH": "not set"}):
        assert (os.environ["PYTHONPATH"], os.environ["PYTHONSAFEPATH"]) == ("/nowhere", "1")
        assert (os.environ["A_NEW_ONE"], os.environ["PATH"]) == ("1", before["PATH"])
    assert dict(os.environ) == before
