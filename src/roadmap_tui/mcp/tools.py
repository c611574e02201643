"""The commands as tools that a program calls: what each takes, as a JSON Schema, and what it answers."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import click

from roadmap_tui.cli.catalogue import COMMANDS
from roadmap_tui.cli.invocation import invoke
from roadmap_tui.cli.notes import NOTES
from roadmap_tui.cli.options import PARAMETERS
from roadmap_tui.history.roadmap_files import holds_plan
from roadmap_tui.storage import regular_file
from roadmap_tui.storage.load import Unreadable, too_large_reason
from roadmap_tui.text.terminal_text import escape_control

READ_TOOLS = (
    "check",
    "rank",
    "forecast",
    "spikes",
    "fitness",
    "money",
    "show",
    "diff",
    "log",
    "calibrate",
    "export",
)
INFO_TOOLS = ("templates", "schema")
WRITE_TOOLS = ("set", "unset", "measure", "answer", "add", "remove", "rename", "import", "new")
_HIDDEN_PARAMETERS = ("as_json", "sha256")
"""Options that are always given, or that tools have by another name."""
_OUTSIDE_METAVARS = ("FILE", "FOLDER", "OUT", "ENGINE")
"""What options stand for that would lead elsewhere; tools have none of them."""
_PATH_PARAMETERS = ("file", "files", "csv")
_SHA256_SCHEMA = {
    "type": "string",
    "description": (
        "The sha256 that came with the answer on which this change was decided; nothing is written"
        " if FILE is another one by now."
    ),
}
Arguments: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tool:
    """A command as a tool.

    Attributes:
        input_schema: a JSON Schema of its arguments.
        writes: whether it changes a file.
    """

    name: str
    description: str
    input_schema: dict[str, Any]
    writes: bool


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What came of a call: an answer as data, or why there is none.

    Attributes:
        sha256: the hash of the file that was read or written; None if there is none.
        message: what went to standard error: faults that don't hinder, or what is wrong.
        hashes: of each file, where a tool takes several.
    """

    data: object
    sha256: str | None
    message: str
    hashes: Mapping[str, str | None] = field(default_factory=dict)


def build_tools() -> tuple[Tool, ...]:
    """All tools, those that read first."""
    return tuple(_build_tool(name) for name in (*READ_TOOLS, *INFO_TOOLS, *WRITE_TOOLS))


def _build_tool(name: str) -> Tool:
    fields = {str(each.name): _parameter_schema(each) for each in _tool_parameters(name)}
    needed = [str(each.name) for each in _tool_parameters(name) if each.required]
    if name in WRITE_TOOLS and name != "new":
        fields["sha256"] = _SHA256_SCHEMA
        needed += [] if name == "import" else ["sha256"]
    about = " ".join([COMMANDS[name], NOTES.get(name, "")]).strip()
    schema = {
        "type": "object",
        "properties": fields,
        "required": needed,
        "additionalProperties": False,
    }
    return Tool(name, about, schema, name in WRITE_TOOLS)


def _tool_parameters(name: str) -> list[click.Parameter]:
    return [
        each
        for each in PARAMETERS[name]
        if each.name not in _HIDDEN_PARAMETERS
        and not (isinstance(each, click.Option) and each.metavar in _OUTSIDE_METAVARS)
    ]


def _parameter_schema(parameter: click.Parameter) -> dict[str, Any]:
    """A parameter as a JSON Schema."""
    value = _type_schema(parameter)
    many = parameter.nargs == -1 or parameter.multiple
    told = (
        parameter.help
        if isinstance(parameter, click.Option)
        else parameter.make_metavar(click.Context(_NO_COMMAND))
    )
    return {
        **({"type": "array", "items": value} if many else value),
        **({"description": told} if told else {}),
    }


_NO_COMMAND = click.Command("roadmap")


def _type_schema(parameter: click.Parameter) -> dict[str, Any]:
    match parameter.type:
        case click.Choice(choices=choices):
            return {"enum": list(choices)}
        case click.IntRange(min=low, max=high):
            ends = {"minimum": low, "maximum": high}
            return {
                "type": "integer",
                **{name: end for name, end in ends.items() if end is not None},
            }
        case click.types.FloatParamType():
            return {"type": "number"}
        case _ if isinstance(parameter, click.Option) and parameter.is_flag:
            return {"type": "boolean"}
    return {"type": "string"}


def call_tool(name: str, given: Arguments) -> ToolResult:
    """What a tool answers; paths are taken from the current folder, and none leads out of it."""
    tool = next((each for each in build_tools() if each.name == name), None)
    wrong = f"no tool is called {name}" if tool is None else _argument_error(tool, given)
    if tool is None or wrong:
        return ToolResult(None, None, wrong)
    before = _file_hashes(given)
    if name == "import" and any(before.values()) and given.get("yes") and "sha256" not in given:
        return _result(
            None, before, "sha256 is missing: that of the file, as its last answer told it"
        )
    as_json = [] if name == "schema" else ["--json"]
    reply = invoke(name, [*as_json, *_command_line(name, given)], shows_usage=False)
    after = _file_hashes(given)
    changed = next(
        (file for file in after if not tool.writes and after[file] != before[file]), None
    )
    if changed is not None:
        return _result(None, after, f"{changed} was changed while it was read; ask again")
    return _result(
        json.loads(reply.out) if reply.out else None, after, reply.err.removeprefix("roadmap: ")
    )


def _result(data: object, hashes: dict[str, str | None], told: str) -> ToolResult:
    return ToolResult(data, next(iter(hashes.values()), None), told, hashes)


def _file_hashes(given: Arguments) -> dict[str, str | None]:
    """The hash of each roadmap that is named; None of one that is not there."""
    return {
        file: _file_hash(file)
        for name in ("file", "files")
        if name in given
        for file in _as_strings(given[name])
    }


def _argument_error(tool: Tool, given: Arguments) -> str:
    """Why the arguments can't be meant; empty if they can."""
    surplus = next((name for name in given if name not in tool.input_schema["properties"]), None)
    missing = next(
        (name for name in tool.input_schema["required"] if given.get(name) in (None, "", [])), None
    )
    if surplus is not None:
        return f"{tool.name} takes no {surplus}"
    if missing is not None:
        return f"{missing} is missing"
    paths = [
        (name, path)
        for name in _PATH_PARAMETERS
        if name in given
        for path in _as_strings(given[name])
    ]
    return next((wrong for name, path in paths if (wrong := _path_error(name, path))), "")


def _path_error(name: str, path: str) -> str:
    """Why a path is not one to read or write; empty if it is.

    Of a file that is no roadmap, such as one with passwords, a fault would show a line.
    """
    if not _is_inside(path):
        return escape_control(f"{path} is not in the folder that is served")
    ways = (os.path.normpath(path), os.path.relpath(os.path.realpath(path), os.path.realpath(".")))
    if any(part.startswith(".") for way in ways for part in way.split(os.sep)):
        return escape_control(f"{path} is hidden, or in a hidden folder; name a file that is not")
    endings = (".csv", ".tsv") if name == "csv" else (".toml",)
    if not all(way.lower().endswith(endings) for way in ways):
        return escape_control(
            f"{path} does not end in {' or '.join(endings)}; name a file that does"
        )
    if os.path.lexists(path) and not os.path.isfile(path):
        return escape_control(f"{path} is not a regular file; name one that is")
    return "" if name == "csv" else _content_error(path)


def _content_error(path: str) -> str:
    """Why the file at a path is no roadmap; empty if it may be one, or isn't there."""
    if os.path.isfile(path) and os.path.getsize(path) > regular_file.MAX_BYTES:
        return Unreadable(
            path, *too_large_reason(regular_file.MAX_BYTES, os.path.getsize(path))
        ).text
    try:
        raw = regular_file.read_regular_file(path, regular_file.MAX_BYTES)
    except (OSError, ValueError):
        return ""
    if not raw.strip() or holds_plan(raw.decode("utf-8-sig", errors="replace")):
        return ""
    return escape_control(
        f"{path} is no roadmap: it has no [roadmap], and no item; name another file"
    )


def _as_strings(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _is_inside(path: str) -> bool:
    """Whether a path, links followed, stays in the current folder; standard input is the other program's."""
    if path == "-" or "\0" in path:
        return False
    root, target = os.path.realpath("."), os.path.realpath(path)
    return target.startswith(os.path.join(root, ""))


def _command_line(name: str, given: Arguments) -> list[str]:
    """The arguments as words of a command line; options first, so that no value is taken for one."""
    options, arguments = list[str](), list[str]()
    for parameter in PARAMETERS[name]:
        value = given.get(str(parameter.name))
        if value is None:
            continue
        if not isinstance(parameter, click.Option):
            arguments += _as_strings(value)
        elif parameter.is_flag:
            options += [parameter.opts[0]] if value is True else []
        else:
            options += [f"{parameter.opts[0]}={each}" for each in _as_strings(value)]
    return [*options, "--", *arguments]


def _file_hash(path: str) -> str | None:
    try:
        raw = regular_file.read_regular_file(path, regular_file.MAX_BYTES + 1)
    except (OSError, ValueError):
        return None
    return hashlib.sha256(raw).hexdigest() if len(raw) <= regular_file.MAX_BYTES else None
