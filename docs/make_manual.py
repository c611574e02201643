"""Makes `roadmap.1`, the page that `man roadmap` shows, from the help of the commands."""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from roadmap_tui.cli.command import RoadmapCommand
from roadmap_tui.cli.group import all_commands
from roadmap_tui.cli.program_help import INTRODUCTION

HERE = Path(__file__).parent
_CODES = {
    "0": "good",
    "1": "check found a check of severity E, or fmt --check a file that is not in order",
    "2": "wrong use",
    "3": "no plan could be read",
    "4": "refused to write: the file was changed meanwhile, or would get a fault",
}


def page() -> str:
    """The whole of `roadmap.1`."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield r".\" Made by docs/make_manual.py from the help of the commands; change that."
    yield ".TH ROADMAP 1"
    yield ".SH NAME"
    yield r"roadmap \- plan AI and ML products in the terminal"
    yield ".SH SYNOPSIS"
    yield r".B roadmap"
    yield r"[\fIFILE\fR]"
    yield ".br"
    yield r".B roadmap"
    yield r"\fICOMMAND\fR \fIFILE\fR \&..."
    yield ".SH DESCRIPTION"
    yield _text(INTRODUCTION)
    yield ".SH COMMANDS"
    for command in all_commands():
        yield from _command_lines(command)
    yield ".SH EXIT STATUS"
    for code, words in _CODES.items():
        yield from (".TP", f".B {code}", _text(words))
    yield ".SH ENVIRONMENT"
    yield from (".TP", ".B NO_COLOR", "no colours and no bold text")
    yield from (
        ".TP",
        ".B COLUMNS",
        (
            "how wide answers are where they go to a pipe or a file; without it, nothing is left"
            " out there"
        ),
    )


def _command_lines(command: RoadmapCommand) -> Iterator[str]:
    name = _text(command.name or "")
    with click.Context(command, info_name=command.name) as context:
        usage = " ".join(command.collect_usage_pieces(context))
        yield f".SS {name}"
        yield _text(command.summary)
        yield from (".PP", rf"\fBroadmap {name}\fR {_text(usage)}")
        if command.notes:
            yield from (".PP", _text(command.notes))
        for parameter in command.params:
            if not isinstance(parameter, click.Option):
                continue
            record = parameter.get_help_record(context)
            if record is not None:
                yield from (".TP", rf"\fB{_text(record[0])}\fR", _text(record[1]))


def _text(words: str) -> str:
    """Words as troff takes them, in one line."""
    escaped = " ".join(words.split()).replace("\\", r"\e").replace("-", r"\-")
    plain = escaped.replace("…", r"\&...").replace("→", r"\(->").replace("×", r"\(mu")
    return re.sub(r"^(?=[.'])", r"\\&", plain)


if __name__ == "__main__":
    (HERE / "roadmap.1").write_text(page(), encoding="utf-8", newline="\n")
