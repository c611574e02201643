"""Makes `commands.md` from the help of the commands."""

from collections.abc import Iterator
from pathlib import Path

import click

from roadmap_tui.cli.command import RoadmapCommand
from roadmap_tui.cli.group import all_commands

HERE = Path(__file__).parent
_WIDTH = 100
_INTRODUCTION = """\
<!-- Made by make_commands.py from the help of the commands; change that. -->

# The commands

`roadmap` opens the planner, `roadmap FILE` on a file. Exit codes: 0 good, 1 `check` found an error or `fmt
--check` a file out of order, 2 wrong use, 3 no plan could be read, 4 refused to write."""


def page() -> str:
    """The whole of `commands.md`."""
    lines = [_INTRODUCTION]
    for command in all_commands():
        lines += _command_lines(command)
    return "\n".join(lines) + "\n"


def _command_lines(command: RoadmapCommand) -> Iterator[str]:
    with click.Context(
        command,
        info_name=f"roadmap {command.name}",
        max_content_width=_WIDTH,
        terminal_width=_WIDTH,
    ) as context:
        help_text = command.get_help(context)
    yield from ("", f"## {command.name}", "", command.summary, "", "```text", help_text, "```")


if __name__ == "__main__":
    (HERE / "commands.md").write_text(page(), encoding="utf-8", newline="\n")
