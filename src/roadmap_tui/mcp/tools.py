"""The commands as tools: the JSON Schema of their arguments, and calls."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import click

from roadmap_tui.document.limits import MAX_BYTES
from roadmap_tui.mcp.path_policy import path_error
from roadmap_tui.mcp.tool_command import Runner, ToolCommand, ToolKind
from roadmap_tui.storage import regular_file

_KINDS: tuple[ToolKind, ...] = ("read", "info", "write")
"""The order of the tools."""
_HIDDEN_PARAMETERS = ("as_json", "sha256")
"""Options that are always given, or that tools have in another form."""
_OUTSIDE_METAVARS = ("FILE", "FOLDER", "OUT", "ENGINE")
"""Metavars of options that lead out of the served folder; tools don't have these options."""
_PATH_PARAMETERS = ("file", "files", "csv")
_SHA256_SCHEMA: Mapping[str, object] = {
    "type": "string",
    "description": (
        "The sha256 that came with the answer on which this change was decided; nothing is written"
        " if FILE has another one by now."
    ),
}
_CREATING = "new"
"""The command that writes a file which isn't there yet, so that it has no sha256."""
_SHA256_OPTIONAL = ("import",)
"""Commands that may also create the file."""
Schema: TypeAlias = dict[str, object]
Arguments: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Tool:
    """A command as a tool.

    Attributes:
        properties: the JSON Schema of each argument.
        required: the arguments that must be given.
        writes: whether it changes a file.
        parameters: the parameters of the command line.
    """

    name: str
    description: str
    properties: Mapping[str, object]
    required: tuple[str, ...]
    writes: bool
    parameters: tuple[click.Parameter, ...]

    @property
    def input_schema(self) -> Schema:
        """The JSON Schema of its arguments."""
        return {
            "type": "object",
            "properties": dict(self.properties),
            "required": list(self.required),
            "additionalProperties": False,
        }


@dataclass(frozen=True, slots=True)
class ToolResult:
    """The result of a call: an answer as data, or why there is none.

    Attributes:
        sha256: the hash of the file that was read or written; None if there is none.
        message: the warnings, or what is wrong.
        hashes: the hash of each file, where a tool takes several.
    """

    data: object
    sha256: str | None
    message: str
    hashes: Mapping[str, str | None] = field(default_factory=dict)


def build_tools(commands: Iterable[ToolCommand]) -> tuple[Tool, ...]:
    """The commands that are tools, those that read first."""
    marked = [(each.tool, each) for each in commands if each.tool is not None]
    ordered = sorted(marked, key=lambda pair: _KINDS.index(pair[0]))
    return tuple(_build_tool(command) for _, command in ordered)


def _build_tool(command: ToolCommand) -> Tool:
    shown = [each for each in command.params if _is_shown(each)]
    name = command.name or ""
    properties: Schema = {str(each.name): _parameter_schema(each) for each in shown}
    required = [str(each.name) for each in shown if each.required]
    writes = command.tool == "write"
    if writes and name != _CREATING:
        properties["sha256"] = dict(_SHA256_SCHEMA)
        if name not in _SHA256_OPTIONAL:
            required.append("sha256")
    return Tool(
        name=name,
        description=f"{command.summary} {command.notes}".strip(),
        properties=properties,
        required=tuple(required),
        writes=writes,
        parameters=tuple(command.params),
    )


def _is_shown(parameter: click.Parameter) -> bool:
    if parameter.name in _HIDDEN_PARAMETERS:
        return False
    return not isinstance(parameter, click.Option) or parameter.metavar not in _OUTSIDE_METAVARS


def _parameter_schema(parameter: click.Parameter) -> Schema:
    schema = _type_schema(parameter)
    if parameter.nargs == -1 or parameter.multiple:
        schema = {"type": "array", "items": schema}
    if isinstance(parameter, click.Option):
        description = parameter.help
    else:
        description = parameter.make_metavar(click.Context(click.Command("roadmap")))
    return schema | ({"description": description} if description else {})


def _type_schema(parameter: click.Parameter) -> Schema:
    match parameter.type:
        case click.Choice(choices=choices):
            return {"enum": list(choices)}
        case click.IntRange(min=low, max=high):
            ends = {"minimum": low, "maximum": high}
            return {"type": "integer"} | {key: end for key, end in ends.items() if end is not None}
        case click.types.FloatParamType():
            return {"type": "number"}
        case _ if isinstance(parameter, click.Option) and parameter.is_flag:
            return {"type": "boolean"}
    return {"type": "string"}


class Toolbox:
    """The tools of a set of commands, and calls to them in the current folder."""

    def __init__(self, commands: Iterable[ToolCommand], run: Runner) -> None:
        self._tools = {each.name: each for each in build_tools(commands)}
        self._run = run

    @property
    def tools(self) -> tuple[Tool, ...]:
        """All tools, those that read first."""
        return tuple(self._tools.values())

    def call(self, name: str, given: Arguments) -> ToolResult:
        """Call a tool; paths are relative to the current folder, and none may lead out of it."""
        tool = self._tools.get(name)
        if tool is None:
            return ToolResult(None, None, f"no tool is called {name}")
        error = _argument_error(tool, given)
        if error:
            return ToolResult(None, None, error)
        before = _file_hashes(given)
        if _lacks_hash(tool, given, before):
            return _result(
                None, before, "sha256 is missing: that of the file, from its last answer"
            )
        output = self._run(_command_line(tool, given))
        after = _file_hashes(given)
        changed = next((file for file in after if after[file] != before[file]), None)
        if changed is not None and not tool.writes:
            return _result(None, after, f"{changed} was changed while it was read; ask again")
        data = json.loads(output.out) if output.out else None
        return _result(data, after, output.err.removeprefix("roadmap: "))


def _lacks_hash(tool: Tool, given: Arguments, hashes: Mapping[str, str | None]) -> bool:
    """Whether a tool that may also create the file is to change one that is there."""
    if tool.name not in _SHA256_OPTIONAL or "sha256" in given:
        return False
    return bool(given.get("yes")) and any(hashes.values())


def _result(data: object, hashes: Mapping[str, str | None], message: str) -> ToolResult:
    return ToolResult(data, next(iter(hashes.values()), None), message, hashes)


def _file_hashes(given: Arguments) -> dict[str, str | None]:
    """The hash of each roadmap that is named; None for one that is missing."""
    return {file: _file_hash(file) for file in _values_of(given, "file", "files")}


def _argument_error(tool: Tool, given: Arguments) -> str:
    """Why the arguments are invalid; empty if they are valid."""
    for name in given:
        if name not in tool.properties:
            return f"{tool.name} takes no {name}"
    for name in tool.required:
        if given.get(name) in (None, "", []):
            return f"{name} is missing"
    for name in _PATH_PARAMETERS:
        for path in _values_of(given, name):
            error = path_error(path, is_table=name == "csv")
            if error:
                return error
    return ""


def _values_of(given: Arguments, *names: str) -> Iterator[str]:
    for name in names:
        if name in given:
            yield from _as_strings(given[name])


def _as_strings(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _command_line(tool: Tool, given: Arguments) -> list[str]:
    """The call as a command line; options first, so that no value is taken for an option."""
    options, arguments = list[str](), list[str]()
    for parameter in tool.parameters:
        value = given.get(str(parameter.name))
        if parameter.name == "as_json":
            options.append("--json")
        elif value is None:
            continue
        elif not isinstance(parameter, click.Option):
            arguments += _as_strings(value)
        elif parameter.is_flag:
            options += [parameter.opts[0]] if value is True else []
        else:
            options += [f"{parameter.opts[0]}={each}" for each in _as_strings(value)]
    return [tool.name, *options, "--", *arguments]


def _file_hash(path: str) -> str | None:
    try:
        raw = regular_file.read_regular_file(path, MAX_BYTES + 1)
    except (OSError, ValueError):
        return None
    if len(raw) > MAX_BYTES:
        return None
    return hashlib.sha256(raw).hexdigest()
