"""Completion, asked by real shells."""

import os
import shutil
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
PLAN = "[product.search]\neffort = 3\n[product.sort]\n[spike.sound]\n"
PLAN += "[model.m.bars.recall]\nlaunch = 0.8\n[scenario.slow]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plan.toml").write_text(PLAN)
    (tmp_path / "broken.toml").write_text("[product.a\n")
    program = tmp_path / "bin" / "roadmap"
    program.parent.mkdir()
    program.write_text(
        f"#!{sys.executable}\nimport sys\nfrom roadmap_tui.cli.main import main\nsys.exit(main())\n"
    )
    program.chmod(0o755)
    return tmp_path


def offered(folder: Path, *words: str) -> list[str]:
    """What bash offers for the last of the words."""
    line = " ".join(f"'{word}'" for word in ("roadmap", *words))
    script = (
        f"compopt() {{ :; }}; source <(roadmap completions bash); COMP_WORDS=({line});"
        f' COMP_CWORD={len(words)}; _roadmap_completion roadmap; printf "%s\\n" "${{COMPREPLY[@]}}"'
    )
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    run = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    return [line for line in run.stdout.splitlines() if line]


def test_bash_offers_commands_options_ids_and_names(folder: Path) -> None:
    assert {"forecast", "fmt"} <= set(offered(folder, "f"))
    assert offered(folder, "show", "plan.toml", "so") == ["sort", "sound"]
    assert offered(folder, "rank", "plan.toml", "--sc") == ["--scenario"]
    assert offered(folder, "rank", "plan.toml", "--scenario", "") == ["slow"]
    assert offered(folder, "measure", "plan.toml", "") == ["m.recall"]
    assert offered(folder, "answer", "plan.toml", "sound", "u") == ["unclear"]
    assert "llm-assistant" in offered(folder, "new", "a.toml", "--template", "l")
    assert offered(folder, "show", "broken.toml", "s") == []
    assert offered(folder, "schema", "--of", "ra") == ["rank"]


NO_IDS = [
    "Upper",
    "a.b",
    "under_score",
    "x",
    "teams",
    "é",
    "x y",
    "-rf",
    "--help",
    "$(touch${IFS}x)",
    "`x`",
    "~root",
    "",
]


def test_what_is_no_id_is_not_offered(folder: Path) -> None:
    tracks = ("product", "model", "spike", "scenario")
    text = "".join(f"[{track}.'{name}']\n" for track, name in product(tracks, NO_IDS))
    text += "".join(f"[model.'{name}'.bars.recall]\n[model.m.bars.'{name}']\n" for name in NO_IDS)
    text += "[product.sure]\neffort = 3\n'a.b' = 1\n[scenario.one]\n"
    (folder / "odd.toml").write_text(text)
    assert offered(folder, "show", "odd.toml", "") == ["sure", "m"]
    assert offered(folder, "forecast", "odd.toml", "--target", "") == ["sure", "m"]
    assert offered(folder, "rank", "odd.toml", "--scenario", "") == ["one"]
    assert offered(folder, "answer", "odd.toml", "") == []
    assert offered(folder, "set", "odd.toml", "") == ["sure.effort", "m.bars"]
    assert all(each.startswith("m.") for each in offered(folder, "measure", "odd.toml", ""))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_names_the_program_and_is_one_of_its_shell(run: Run, shell: str) -> None:
    reply = run("completions", shell)
    assert (reply.code, reply.err) == (0, "")
    assert "_ROADMAP_COMPLETE" in reply.out
    if shutil.which(shell) is not None:
        subprocess.run([shell, "-n"], input=reply.out, text=True, check=True)


def test_another_shell_is_wrong_use(run: Run) -> None:
    reply = run("completions", "csh")
    assert (reply.code, reply.out) == (2, "")
