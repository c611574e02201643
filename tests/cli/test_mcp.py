"""`roadmap mcp`, called by the protocol's own client over real pipes."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client, types

from roadmap_tui.cli.commands import command_names
from roadmap_tui.cli.group import find_command
from roadmap_tui.cli.replies.mcp import build_toolbox
from tests.cli.conftest import PLAN, Run

TOOLS = (
    "check rank forecast spikes readiness money show diff log calibrate export templates schema"
    " new import set unset answer measure add remove rename"
)
PROGRAM = ["-c", "import sys; from roadmap_tui.cli.main import main; sys.exit(main())"]


@asynccontextmanager
async def session(folder: Path) -> AsyncIterator[ClientSession]:
    server = StdioServerParameters(
        command=sys.executable, args=[*PROGRAM, "mcp", str(folder)], env={**os.environ}
    )
    async with stdio_client(server) as pipes, ClientSession(*pipes) as talk:
        await talk.initialize()
        yield talk


async def asked(talk: ClientSession, tool: str, /, **given: object) -> tuple[dict[str, Any], str]:
    """What a tool answers, and what it says is wrong."""
    result = await talk.call_tool(tool, given)
    assert isinstance(result, types.CallToolResult)
    (content,) = result.content
    assert isinstance(content, types.TextContent)
    if result.is_error:
        return {}, content.text
    assert json.loads(content.text) == result.structured_content
    answer: dict[str, Any] = result.structured_content
    return answer, ""


async def test_a_program_reads_and_changes_a_roadmap(plan: Path, run: Run) -> None:
    async with session(plan.parent) as talk:
        listed = (await talk.list_tools()).tools
        assert " ".join(each.name for each in listed) == TOOLS
        read, _ = await asked(talk, "rank", file="plan.toml", runs=200)
        assert read["sha256"] == hashlib.sha256(PLAN.encode()).hexdigest()
        assert read["answer"] == json.loads(run("rank", "plan.toml", "--runs", "200", "--json").out)
        held = {"file": "plan.toml", "sha256": read["sha256"]}
        written, _ = await asked(talk, "set", **held, path="sure.effort", value="[3, 5, 9]")
        assert written["answer"]["changed"]["new"] == [3, 5, 9]
        now = plan.read_bytes()
        assert now == PLAN.replace("[2, 4, 9]", "[3, 5, 9]").encode()
        assert written["sha256"] == hashlib.sha256(now).hexdigest()
        _, wrong = await asked(talk, "set", **held, path="sure.effort", value="4")
        assert "not the one with that sha256 any more" in wrong
        assert plan.read_bytes() == now
        _, wrong = await asked(talk, "show", file="plan.toml", name="shure")
        assert 'did you mean "sure"?' in wrong
        _, wrong = await asked(talk, "rank", file="../plan.toml")
        assert "not in the folder that is served" in wrong


def test_every_tool_is_a_command_with_a_schema() -> None:
    for tool in build_toolbox().tools:
        assert tool.name in command_names()
        jsonschema.Draft7Validator.check_schema(tool.input_schema)
        assert {"as_json", "out", "assets", "engine"}.isdisjoint(tool.properties)
        if find_command(tool.name).tool == "read":
            assert tool.required[0] in {"file", "files"}
        if tool.writes and tool.name not in {"import", "new"}:
            assert "sha256" in tool.required


def test_values_are_never_taken_for_options(plan: Path) -> None:
    digest = hashlib.sha256(plan.read_bytes()).hexdigest()
    done = build_toolbox().call(
        "set", {"file": "plan.toml", "path": "sure.title", "value": "--json", "sha256": digest}
    )
    assert done.data is not None, done.message
    assert 'title = "--json"' in plan.read_text()
    wrong = build_toolbox().call("show", {"file": "plan.toml", "name": "--help"})
    assert wrong.data is None
    assert "no item --help" in wrong.message


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("serve", {}, "no tool is called serve"),
        ("rank", {}, "file is missing"),
        ("rank", {"file": "plan.toml", "as_json": True}, "rank takes no as_json"),
        ("export", {"file": "plan.toml", "out": "x.md"}, "export takes no out"),
        ("export", {"file": "plan.toml", "template": "/etc/passwd"}, "export takes no template"),
        (
            "measure",
            {"file": "plan.toml", "path": "coin", "csv": "/etc/passwd"},
            "measure takes no csv",
        ),
        ("portfolio", {"folder": ".."}, "no tool is called portfolio"),
        ("rank", {"file": "-"}, "not in the folder"),
        ("rank", {"file": "/etc/passwd"}, "not in the folder"),
        ("check", {"files": ["plan.toml", "../x.toml"]}, "not in the folder"),
        ("rank", {"file": "link.toml"}, "not in the folder"),
        ("rank", {"file": "plan.toml", "runs": 3}, "3"),
        ("rank", {"file": "none.toml"}, "no such file"),
        ("set", {"file": "plan.toml", "path": "sure.effort", "value": "3"}, "sha256 is missing"),
        ("new", {"file": "/tmp/elsewhere.toml"}, "not in the folder"),
        ("new", {"file": "plan.toml"}, "already exists"),
    ],
)
def test_what_cannot_be_done_is_reported(
    plan: Path, name: str, given: dict[str, object], message: str
) -> None:
    (plan.parent / "link.toml").symlink_to("/etc/hostname")
    before = plan.read_bytes()
    found = build_toolbox().call(name, given)
    assert found.data is None
    assert message in found.message
    assert plan.read_bytes() == before


def test_an_import_is_guarded_where_there_is_something_to_guard(plan: Path) -> None:
    Path("a.csv").write_text("Title,Effort\nNew,3\n")
    into = {"csv": "a.csv", "file": "plan.toml"}
    shown = build_toolbox().call("import", into)
    assert shown.data is not None
    assert "sha256 is missing" in build_toolbox().call("import", {**into, "yes": True}).message
    assert (
        build_toolbox().call("import", {**into, "yes": True, "sha256": shown.sha256}).data
        is not None
    )
    assert "[product.new]" in plan.read_text()
    assert (
        build_toolbox().call("import", {**into, "file": "fresh.toml", "yes": True}).data is not None
    )


def test_without_the_package_it_is_reported_what_to_install(tmp_path: Path) -> None:
    hidden = (
        "import sys; sys.modules['mcp'] = None; from importlib import util; util.find_spec = lambda"
        " name: None; "
    )
    script = hidden + "from roadmap_tui.cli.main import main; sys.exit(main())"
    command = [sys.executable, "-c", script, "mcp", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "install them with: " in done.stderr
    assert "mcp" in done.stderr.partition("install them with: ")[2]
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    reply = run("mcp", str(tmp_path / "none"))
    assert (reply.code, reply.out) == (3, "")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (".env", "hidden"),
        (".git/config.toml", "hidden"),
        ("a/.hidden/plan.toml", "hidden"),
        ("link.toml", "hidden"),
        ("notes.md", "does not end in .toml"),
        ("secrets.toml", "is no roadmap"),
        (
            "sparse.toml",
            "larger than 5 MB, the largest size of a roadmap: it has 4,294,967,296 bytes",
        ),
        ("pipe.toml", "not a regular file"),
        ("folder.toml", "not a regular file"),
        ("dangling.toml", "not a regular file"),
        ("itself.toml", "not a regular file"),
        ("key.toml", "is no roadmap"),
        ("deploy.toml", "is no roadmap"),
        ("settings.toml", "is no roadmap"),
    ],
)
def test_only_roadmaps_are_read_and_nothing_of_others_is_answered(
    plan: Path, path: str, message: str
) -> None:
    for name in (".env", ".git/config.toml", "a/.hidden/plan.toml", "notes.md", "secrets.toml"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("password = hunter2\n")
    Path("link.toml").symlink_to(".env")
    os.mkfifo("pipe.toml")
    Path("folder.toml").mkdir()
    for name, target in (("dangling.toml", "nowhere.toml"), ("itself.toml", "itself.toml")):
        Path(name).symlink_to(target)
    # with a table named like a roadmap's, and a fault in the line of the password
    Path("key.toml").write_text('KEY = "hunter2\n[product.a]\neffort = 3\n')
    Path("deploy.toml").write_text("[model.deploy]\npassword = hunter2\n")
    Path("settings.toml").write_text('[product.a]\npassword = "hunter2"\n')
    with Path("sparse.toml").open("wb") as file:
        file.truncate(4 << 30)
    held = {"sha256": "0" * 64}
    for name, given in (
        ("rank", {"file": path}),
        ("check", {"files": ["plan.toml", path]}),
        ("set", {"file": path, "path": "sure.effort", "value": "3", **held}),
        ("import", {"csv": path, "file": "plan.toml"}),
    ):
        found = build_toolbox().call(name, given)
        # a file that can't be read hides nothing of the others
        assert found.data is None or (path, name) == ("pipe.toml", "check")
        assert "hunter2" not in found.message
        assert "Usage:" not in found.message
        assert message in found.message or name == "import"


def test_check_carries_the_hash_of_each_file(plan: Path) -> None:
    Path("other.toml").write_text("[roadmap]\n")
    digests = {
        name: hashlib.sha256(Path(name).read_bytes()).hexdigest()
        for name in ("plan.toml", "other.toml")
    }
    found = build_toolbox().call("check", {"files": [*digests]})
    assert found.hashes == digests
    assert found.sha256 == digests["plan.toml"]


def test_ctrl_c_ends_the_server_at_once(plan: Path) -> None:
    command = [sys.executable, *PROGRAM, "mcp", "."]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, text=True, stdin=pipe, stdout=pipe, stderr=pipe) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        hello = {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "x", "version": "1"},
        }
        asked = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}
        server.stdin.write(json.dumps(asked) + "\n")
        server.stdin.flush()
        assert "serverInfo" in server.stdout.readline()
        server.send_signal(signal.SIGINT)
        assert server.wait(60) == 130
        assert server.stderr is not None
        assert server.stderr.read() == ""
