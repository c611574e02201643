"""Shell completion: commands, options, files, and the ids and names in a roadmap."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

import click
from click.shell_completion import CompletionItem, ShellComplete, get_completion_class

from roadmap_tui.document.limits import MAX_BYTES
from roadmap_tui.plan.identifiers import is_id
from roadmap_tui.storage import regular_file

_SAFE_NAME = re.compile(r"\w[\w-]*(\.\w[\w-]*)?", re.ASCII)
"""Ids, and paths of two parts. Bash inserts an offer unquoted, so anything else could be run."""
VARIABLE = "_ROADMAP_COMPLETE"
"""Set by a shell's script when it asks for completions."""
Shell: TypeAlias = Literal["bash", "zsh", "fish"]
RoadmapData: TypeAlias = Mapping[str, object]
_CompletionCallback: TypeAlias = Callable[
    [click.Context, click.Parameter, str], list[CompletionItem[str]]
]


def _shell_completion(program: click.Command, shell: str) -> ShellComplete | None:
    found = get_completion_class(shell)
    return None if found is None else found(program, {}, "roadmap", VARIABLE)


def shell_script(program: click.Command, shell: Shell) -> str:
    """The script that a shell reads to complete the program's command line."""
    found = _shell_completion(program, shell)
    return "" if found is None else found.source_template % found.source_vars()


def completion_reply(program: click.Command) -> str:
    """The completions that a shell asks for in its environment variables."""
    shell = os.environ.get(VARIABLE, "").partition("_")[0]
    found = _shell_completion(program, shell)
    try:
        return "" if found is None else found.complete()
    except (LookupError, ValueError):  # the variables aren't as a shell sets them
        return ""


def complete_files(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Let the shell complete file names."""
    return [CompletionItem(incomplete, type="file")]


def complete_from_roadmap(find: Callable[[RoadmapData], Iterable[str]]) -> _CompletionCallback:
    """Complete from the roadmap that the command line names; nothing if it can't be read."""

    def complete(
        context: click.Context, _parameter: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        # an option that still lacks its value keeps the arguments before it out of `params`
        path = context.params.get("file") or next(iter(context.args), "")
        names = find(_read_roadmap(str(path)))
        return [
            CompletionItem(name)
            for name in names
            if name.startswith(incomplete) and _SAFE_NAME.fullmatch(name)
        ]

    return complete


def _read_roadmap(path: str) -> RoadmapData:
    import tomli  # only completion of a value needs it

    try:
        return tomli.loads(regular_file.read_regular_file(path, MAX_BYTES).decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}


def _tables(data: RoadmapData, *tracks: str) -> Iterator[tuple[str, object]]:
    """The names and contents of the tables of these tracks, as far as they are well-formed."""
    for track in tracks:
        table = data.get(track)
        if isinstance(table, dict):
            yield from ((name, content) for name, content in table.items() if is_id(name))


def item_ids(data: RoadmapData) -> list[str]:
    """The ids of all items."""
    return [name for name, _ in _tables(data, "product", "model", "spike")]


def spike_ids(data: RoadmapData) -> list[str]:
    """The ids of spikes."""
    return [name for name, _ in _tables(data, "spike")]


def scenario_names(data: RoadmapData) -> list[str]:
    """The names of scenarios."""
    return [name for name, _ in _tables(data, "scenario")]


def bar_paths(data: RoadmapData) -> list[str]:
    """All bars, as ID.BAR."""
    paths = list[str]()
    for name, model in _tables(data, "model"):
        bars = model.get("bars") if isinstance(model, dict) else None
        if isinstance(bars, dict):
            paths += [f"{name}.{bar}" for bar in bars]
    return paths


def field_paths(data: RoadmapData) -> list[str]:
    """The fields that are set, as ID.FIELD."""
    paths = list[str]()
    for name, item in _tables(data, "product", "model", "spike"):
        if isinstance(item, dict):
            paths += [f"{name}.{field}" for field in item]
    return paths


def complete_templates(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Complete the names of templates."""
    from roadmap_tui.storage.templates import load_templates

    return [
        CompletionItem(each.name, help=each.about)
        for each in load_templates()
        if each.name.startswith(incomplete)
    ]
