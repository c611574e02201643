"""Makes `commands.md` from the help of the commands."""

from collections.abc import Iterator
from pathlib import Path

import click

from roadmap_tui.cli.catalogue import COMMANDS
from roadmap_tui.cli.invocation import build_command

HERE = Path(__file__).parent
_WIDTH = 100


def page() -> str:
    """The whole of `commands.md`."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "<!-- Made by make_commands.py from the help of the commands; change that. -->"
    yield ""
    yield "# The commands"
    yield ""
    yield (
        "`roadmap` opens the planner, `roadmap FILE` on a file. Exit codes: 0 good, 1 `check` found"
        " an error or `fmt"
    )
    yield "--check` a file out of order, 2 wrong use, 3 no plan could be read, 4 refused to write."
    for name, about in COMMANDS.items():
        command = build_command(name)
        with click.Context(
            command, info_name=f"roadmap {name}", max_content_width=_WIDTH, terminal_width=_WIDTH
        ) as asked:
            yield from ("", f"## {name}", "", about, "", "```text", command.get_help(asked), "```")


if __name__ == "__main__":
    (HERE / "commands.md").write_text(page(), encoding="utf-8", newline="\n")
