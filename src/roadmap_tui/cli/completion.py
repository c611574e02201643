"""Completion in shells, by what click offers: commands, options, files, and the ids and names in a file."""

import os
import re
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, Literal, TypeAlias

import click
from click.shell_completion import CompletionItem, ShellComplete, get_completion_class

from roadmap_tui.cli.catalogue import COMMANDS
from roadmap_tui.plan.identifiers import is_id
from roadmap_tui.storage import regular_file

_SAFE_NAME = re.compile(r"\w[\w-]*(\.\w[\w-]*)?", re.ASCII)
"""Ids, and paths of two parts: bash puts what is offered on its line as it is, and would run anything else."""
VARIABLE = "_ROADMAP_COMPLETE"
"""Set by the script of a shell when it asks."""
Shell: TypeAlias = Literal["bash", "zsh", "fish"]
_CompletionCallback: TypeAlias = Callable[
    [click.Context, click.Parameter, str], list[CompletionItem[str]]
]


class _Program(click.Group):
    """The program as a whole: its first word is a command or a file."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """All commands, in the order of the help."""
        return [*COMMANDS]

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """The command of that name."""
        if name not in COMMANDS:
            return None
        command: click.Command = import_module("roadmap_tui.cli.invocation").build_command(name)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Commands that begin so, and files, which come first because bash then forgets what came before."""
        return [CompletionItem(incomplete, type="file"), *super().shell_complete(ctx, incomplete)]


def _shell_completion(shell: str) -> ShellComplete | None:
    found = get_completion_class(shell)
    return None if found is None else found(_Program("roadmap"), {}, "roadmap", VARIABLE)


def shell_script(shell: Shell) -> str:
    """What a shell reads to know how to complete."""
    found = _shell_completion(shell)
    return found.source_template % found.source_vars() if found is not None else ""


def completion_reply() -> str:
    """What may stand where a shell asks, as it wants it told."""
    shell = os.environ.get(VARIABLE, "").partition("_")[0]
    found = _shell_completion(shell)
    try:
        return "" if found is None else found.complete()
    except (LookupError, ValueError):  # no shell asks like that
        return ""


def complete_files(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Any file."""
    return [CompletionItem(incomplete, type="file")]


def complete_from_roadmap(find: Callable[[dict[str, Any]], Iterable[str]]) -> _CompletionCallback:
    """What is found in the roadmap that the command line names before; nothing if it can't be read."""

    def offered(
        context: click.Context, _parameter: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        # of an option whose value is still to come, what stands before it is not in `params` yet
        path = context.params.get("file") or next(iter(context.args), "")
        found = find(_read_roadmap(str(path)))
        return [
            CompletionItem(name)
            for name in found
            if name.startswith(incomplete) and _SAFE_NAME.fullmatch(name)
        ]

    return offered


def _read_roadmap(path: str) -> dict[str, Any]:
    """What a roadmap says; nothing if it can't be read."""
    import tomli

    try:
        return tomli.loads(
            regular_file.read_regular_file(path, regular_file.MAX_BYTES).decode("utf-8-sig")
        )
    except (OSError, ValueError, RecursionError):
        return {}


def _table_ids(data: dict[str, Any], *tracks: str) -> list[str]:
    return [
        name
        for track in tracks
        if isinstance(data.get(track), dict)
        for name in data[track]
        if is_id(name)
    ]


def item_ids(data: dict[str, Any]) -> list[str]:
    """The ids of all items."""
    return _table_ids(data, "product", "model", "spike")


def spike_ids(data: dict[str, Any]) -> list[str]:
    """The ids of spikes."""
    return _table_ids(data, "spike")


def scenario_names(data: dict[str, Any]) -> list[str]:
    """The names of scenarios."""
    return _table_ids(data, "scenario")


def bar_paths(data: dict[str, Any]) -> list[str]:
    """Bars, as ID.BAR."""
    models = data.get("model")
    found = models.items() if isinstance(models, dict) else ()
    return [
        f"{name}.{bar}"
        for name, model in found
        if is_id(name) and isinstance(model, dict) and isinstance(model.get("bars"), dict)
        for bar in model["bars"]
    ]


def field_paths(data: dict[str, Any]) -> list[str]:
    """Fields that the file has, as ID.FIELD."""
    return [
        f"{name}.{field}"
        for track in ("product", "model", "spike")
        if isinstance(data.get(track), dict)
        for name, item in data[track].items()
        if is_id(name) and isinstance(item, dict)
        for field in item
    ]


def complete_templates(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """The names of templates."""
    from roadmap_tui.storage.templates import load_templates as all_templates

    return [
        CompletionItem(each.name, help=each.about)
        for each in all_templates()
        if each.name.startswith(incomplete)
    ]
