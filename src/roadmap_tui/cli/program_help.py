"""The help of the program as a whole, without click, which takes longer to import."""

import ast
from pkgutil import get_data

from roadmap_tui.cli.commands import command_names, function_name, module_name

INTRODUCTION = """\
Plan AI and ML products in the terminal: what to build first, when it is
likely to ship, and what to find out first. Without a command, the app opens."""
_HELP = """\
Usage: roadmap [FILE]
       roadmap COMMAND FILE …

{introduction}

Commands:

{commands}

Options:
  --version   Show the version.
  -h, --help  Show this help; after a command, the help of the command.
"""


def program_help() -> str:
    """What the program is for, and its commands."""
    lines = [f"  {name:<14}{command_summary(name)}" for name in command_names()]
    return _HELP.format(introduction=INTRODUCTION, commands="\n".join(lines))


def command_summary(name: str) -> str:
    """The first paragraph of a command's docstring, from its source."""
    package, _, module = module_name(name).rpartition(".")
    source = get_data(package, f"{module}.py") or b""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == function_name(name):
            docstring = ast.get_docstring(node, clean=False) or ""  # to clean imports inspect
            return " ".join(docstring.partition("\n\n")[0].split())
    return ""
