"""A folder with plans, and the program as a function."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from roadmap_tui.cli.command import RoadmapCommand
from roadmap_tui.cli.main import reply_to
from roadmap_tui.cli.reply import Reply

Run: TypeAlias = Callable[..., Reply]

PLAN = """\
# This comment stays.
[roadmap]
title = "Two bets"
as_of = 2026-11-23

[teams.ml]
people = 2                  # for now

[product.sure]
title = "日本語 | [red]x"
effort = [2, 4, 9]          # weeks
reach = 100
confidence = 1

[product.first]
effort = 2
reach = 100
confidence = 1
needs = ["coin"]

[model.coin]
effort = 2
chance = 0.5
"""


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan in the folder where the program runs."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.toml"
    path.write_bytes(PLAN.encode())
    return path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program, called with words; 100 columns, and standard input as given."""
    monkeypatch.setenv("COLUMNS", "100")

    def call(*words: str, stdin: bytes = b"") -> Reply:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        return reply_to(list(words))

    return call


def has_option(command: RoadmapCommand, option: str) -> bool:
    """Whether a command takes an option."""
    return any(option in each.opts for each in command.params)
