"""The class of every command: its help is a reply, and it may be an MCP tool."""

from collections.abc import Callable
from inspect import cleandoc
from typing import TypeAlias

import click

from roadmap_tui.cli.reply import Reply
from roadmap_tui.mcp.tool_command import ToolKind

Callback: TypeAlias = Callable[..., Reply]


class HelpRequested(click.ClickException):
    """Raised by `--help`; the message is the help text."""


def _request_help(context: click.Context, _option: click.Parameter, requested: bool) -> None:
    if requested:
        raise HelpRequested(context.get_help())


HELP = click.Option(
    ["-h", "--help", "_help"],
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_request_help,
    help="Show this help.",
)


class RoadmapCommand(click.Command):
    """A command that returns a `Reply`.

    Attributes:
        tool: what it does as an MCP tool; None if assistants don't get it.
    """

    tool: ToolKind | None = None

    @property
    def summary(self) -> str:
        """The first paragraph of the help."""
        return " ".join((self.help or "").partition("\n\n")[0].split())

    @property
    def notes(self) -> str:
        """The help without its first paragraph."""
        return " ".join((self.help or "").partition("\n\n")[2].split())

    def get_help_option(self, _ctx: click.Context) -> click.Option:
        """The option that ends the command with its help as the reply."""
        return HELP


def roadmap_command(
    *, tool: ToolKind | None = None, ignore_unknown_options: bool = False
) -> Callable[[Callback], RoadmapCommand]:
    """Make a command of a function `<name>_command`; the docstring is its help.

    Args:
        tool: what the command does as an MCP tool, if it is one.
        ignore_unknown_options: whether an unknown option is an argument, such as ``-3``.
    """

    def decorate(callback: Callback) -> RoadmapCommand:
        settings = {"ignore_unknown_options": ignore_unknown_options}
        command = click.command(cls=RoadmapCommand, context_settings=settings)(callback)
        command.tool = tool
        command.help = cleandoc(command.help or "")
        command.short_help = command.summary
        return command

    return decorate
