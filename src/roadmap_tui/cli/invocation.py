"""Reading the words of a command line, and finding who answers them."""

from collections.abc import Callable
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from roadmap_tui.cli.catalogue import COMMANDS
from roadmap_tui.cli.forecast_options import (
    FORECAST_PARAMETERS,
    SCENARIO_PARAMETERS,
    ForecastOptions,
)
from roadmap_tui.cli.notes import NOTES
from roadmap_tui.cli.options import HELP, PARAMETERS, HelpRequested
from roadmap_tui.cli.reply import USAGE_ERROR, Reply


def build_command(name: str) -> click.Command:
    """A command with its options and its help; it replies when it is invoked."""
    return click.Command(
        name,
        callback=_lazy_callback(name),
        add_help_option=False,
        params=[*PARAMETERS[name], HELP],
        help=f"{COMMANDS[name]}\n\n{NOTES.get(name, 'A FILE of - is standard input.')}",
        short_help=COMMANDS[name],
        context_settings={"ignore_unknown_options": name == "set"},
    )


def invoke(name: str, args: list[str], *, shows_usage: bool = True) -> Reply:
    """The reply of one command to its arguments; to those that can't be meant, with how it is called."""
    parsed = build_command(name)
    try:
        with parsed.make_context(f"roadmap {name}", args) as context:
            reply: Reply = parsed.invoke(context)
    except HelpRequested as help_asked:
        return Reply(f"{help_asked.message}\n")
    except click.UsageError as error:
        usage = f"{error.ctx.get_usage()}\n" if error.ctx and shows_usage else ""
        return Reply(err=f"{usage}roadmap: {error.format_message()}\n", code=USAGE_ERROR)
    return reply


def _lazy_callback(name: str) -> Callable[..., Reply]:
    def call(**options: Any) -> Reply:
        if all(option in options for option in FORECAST_PARAMETERS):
            given = [
                each for each in (*FORECAST_PARAMETERS, *SCENARIO_PARAMETERS) if each in options
            ]
            options["basis"] = ForecastOptions(**{each: options.pop(each) for each in given})
        module = name.replace("-", "_") + "_" * iskeyword(name)
        reply: Reply = import_module(f"roadmap_tui.cli.commands.{module}").answer(**options)
        return reply

    return call
