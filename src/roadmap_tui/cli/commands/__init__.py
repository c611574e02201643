"""One module for each command; they are imported for help and completion, so they import lazily."""

from functools import cache
from keyword import iskeyword
from pkgutil import iter_modules

_ORDER = (
    "check",
    "rank",
    "forecast",
    "spikes",
    "readiness",
    "money",
    "show",
    "new",
    "templates",
    "import",
    "set",
    "unset",
    "answer",
    "measure",
    "add",
    "remove",
    "rename",
    "fmt",
    "diff",
    "log",
    "calibrate",
    "export",
    "portfolio",
    "serve",
    "schema",
    "mcp",
    "completions",
    "git",
    "merge-driver",
)
"""The order of the help; a command that isn't listed follows by its name."""


@cache
def command_names() -> tuple[str, ...]:
    """The names of all commands, in the order of the help."""
    found = {each.name.strip("_").replace("_", "-") for each in iter_modules(__path__)}
    return (*(each for each in _ORDER if each in found), *sorted(found.difference(_ORDER)))


def module_name(command: str) -> str:
    """The module that declares a command."""
    name = command.replace("-", "_")
    suffix = "_" if iskeyword(name) else ""
    return f"{__name__}.{name}{suffix}"


def function_name(command: str) -> str:
    """The function that declares a command, in its module."""
    return f"{command.replace('-', '_')}_command"
