"""The manual page: made from the help, and as troff wants it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from docs.make_manual import page

from roadmap_tui.cli.commands import command_names

MANUAL = Path(__file__).parents[1] / "docs" / "roadmap.1"


def test_it_is_up_to_date() -> None:
    assert MANUAL.read_text(encoding="utf-8") == page(), "run: make docs"


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not there")
def test_groff_has_nothing_against_it_and_every_command_is_in_it() -> None:
    run = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-K", "utf8", str(MANUAL)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stderr == ""
    shown = " ".join(re.sub(r".\x08", "", run.stdout).split())
    assert [name for name in command_names() if f"roadmap {name}" not in shown] == []
