"""Completion in real shells in a terminal: Tab, then Enter, in a hostile folder."""

import os
import shutil
import sys
from pathlib import Path

import pexpect
import pytest

DEADLINE = 60
CODE = '"$(touch${IFS}marked)"'
PLAN = f"""\
[product.'{CODE}']
[product.search]
[model.'{CODE}'.bars.'{CODE}']
[scenario.'{CODE}']
[spike.'{CODE}']
"""
COMMANDS = {
    "bash": ["--norc", "--noprofile", "-i"],
    "fish": ["--no-config", "-i"],
}
READ = {
    "bash": "source <(roadmap completions bash)",
    "fish": "roadmap completions fish | source",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "repository"
    place.mkdir()
    (place / "plan.toml").write_text(PLAN)
    for name in (
        f"{CODE}.toml",
        "`touch marked`.toml",
        "a;touch marked;.toml",
        "x\ntouch marked\n.toml",
    ):
        (place / name).write_text(PLAN)
    program = tmp_path / "bin" / "roadmap"
    program.parent.mkdir()
    script = (
        f"#!{sys.executable}\nimport sys\nfrom roadmap_tui.cli.main import main\nsys.exit(main())\n"
    )
    program.write_text(script)
    program.chmod(0o755)
    return place


@pytest.mark.parametrize("shell", [*COMMANDS])
def test_tab_and_enter_run_nothing(shell: str, folder: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    path = f"{folder.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = {
        **os.environ,
        "PATH": path,
        "TERM": "dumb",
        "HOME": str(folder.parent),
        "PS1": "> ",
    }
    for line in ("show plan.toml ", "rank plan.toml --scenario ", "fmt --check a"):
        child = pexpect.spawn(
            shell, COMMANDS[shell], cwd=folder, env=environment, timeout=DEADLINE, encoding="utf-8"
        )
        child.sendline(f"{READ[shell]}; echo re''ady")
        child.expect("ready\r")
        child.send(f"roadmap {line}\t\t")
        child.send("\r")
        child.send("exit\r")
        child.expect(pexpect.EOF)
        child.close(force=True)
    assert not (folder / "marked").exists()


def test_the_trap_does_close_where_the_key_is_put_on_the_line(folder: Path) -> None:
    """The same text leaves a mark if bash runs it as a command."""
    os.system(
        f"cd '{folder}' && bash -c 'true {CODE}'"
    )  # what a shell does with it is what is tried
    assert (folder / "marked").exists()
