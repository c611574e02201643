"""What a command must offer to be an MCP tool."""

from collections.abc import Callable, Sequence
from typing import Literal, Protocol, TypeAlias

import click

ToolKind: TypeAlias = Literal["read", "info", "write"]
"""What a tool does: read a roadmap, describe the program, or change a roadmap."""


class ToolCommand(Protocol):
    """A command of the command line.

    Attributes:
        name: its name, and that of the tool.
        tool: what it does as a tool; None if it is none.
        params: its arguments and options.
    """

    name: str | None
    tool: ToolKind | None
    params: list[click.Parameter]

    @property
    def summary(self) -> str:
        """What it does, in a sentence."""

    @property
    def notes(self) -> str:
        """The rest of its help."""


class CommandOutput(Protocol):
    """What a command writes to standard output and standard error."""

    @property
    def out(self) -> str:
        """Its answer as JSON; empty if it failed."""

    @property
    def err(self) -> str:
        """Its warnings, or why it failed."""


Runner: TypeAlias = Callable[[Sequence[str]], CommandOutput]
"""Runs a command line that begins with the name of a command."""
