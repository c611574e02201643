"""The tree of commands: a click group that imports a command when it is asked for."""

from collections.abc import Sequence
from importlib import import_module

import click
from click.shell_completion import CompletionItem

from roadmap_tui.cli.command import HELP, HelpRequested, RoadmapCommand
from roadmap_tui.cli.commands import command_names, function_name, module_name
from roadmap_tui.cli.reply import USAGE_ERROR, Reply


class RoadmapGroup(click.Group):
    """The program as a whole: its first word is a command or a file."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """All commands, in the order of the help."""
        return [*command_names()]

    def get_command(self, _ctx: click.Context, cmd_name: str) -> RoadmapCommand | None:
        """The command of that name, from its module."""
        return find_command(cmd_name) if cmd_name in command_names() else None

    def get_help_option(self, _ctx: click.Context) -> click.Option:
        """The option that ends the program with its help as the reply."""
        return HELP

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Commands and files; the files come first, because bash then forgets what came before."""
        return [CompletionItem(incomplete, type="file"), *super().shell_complete(ctx, incomplete)]


def find_command(name: str) -> RoadmapCommand:
    """The command of a name that there is."""
    module = module_name(name)
    command = vars(import_module(module))[function_name(name)]
    if not isinstance(command, RoadmapCommand):
        raise TypeError(f"{module} declares no command")
    return command


def all_commands() -> tuple[RoadmapCommand, ...]:
    """All commands, in the order of the help."""
    return tuple(map(find_command, command_names()))


roadmap = RoadmapGroup("roadmap")


def invoke(args: Sequence[str], *, shows_usage: bool = True) -> Reply:
    """The reply to a command line; to one that can't be parsed, the usage of its command."""
    try:
        with roadmap.make_context("roadmap", [*args]) as context:
            reply: Reply = roadmap.invoke(context)
    except HelpRequested as requested:
        return Reply(f"{requested.message}\n")
    except click.UsageError as error:
        usage = f"{error.ctx.get_usage()}\n" if error.ctx and shows_usage else ""
        return Reply(err=f"{usage}roadmap: {error.format_message()}\n", code=USAGE_ERROR)
    return reply
