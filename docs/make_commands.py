"""Makes `commands.md`, and the table of commands in `README.md`, from the help of the commands."""

from collections.abc import Iterator
from pathlib import Path

import click

from roadmap_tui.cli.command import RoadmapCommand
from roadmap_tui.cli.group import all_commands

HERE = Path(__file__).parent
README = HERE.parent / "README.md"
_TABLE_BEGIN = "<!-- commands: made by docs/make_commands.py -->"
_TABLE_END = "<!-- end of commands -->"
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


def with_table(readme: str) -> str:
    """The text of `README.md` with its table of all commands made again."""
    before, _, rest = readme.partition(_TABLE_BEGIN)
    _, _, after = rest.partition(_TABLE_END)
    rows = [
        f"| [`{command.name}`](docs/commands.md#{command.name}) | {command.summary} |"
        for command in all_commands()
    ]
    table = "\n".join([_TABLE_BEGIN, "", "| command | |", "|---|---|", *rows, "", _TABLE_END])
    return before + table + after


if __name__ == "__main__":
    (HERE / "commands.md").write_text(page(), encoding="utf-8", newline="\n")
    readme = with_table(README.read_text(encoding="utf-8"))
    README.write_text(readme, encoding="utf-8", newline="\n")
