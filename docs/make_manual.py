"""Makes `roadmap.1`, the page that `man roadmap` shows, from the help of the commands."""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from roadmap_tui.cli.catalogue import COMMANDS, INTRODUCTION
from roadmap_tui.cli.invocation import build_command
from roadmap_tui.cli.notes import NOTES

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
    for name, about in COMMANDS.items():
        yield from _command(name, about)
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


def _command(name: str, about: str) -> Iterator[str]:
    command = build_command(name)
    with click.Context(command, info_name=name) as context:
        usage = " ".join(command.collect_usage_pieces(context))
        yield f".SS {_text(name)}"
        yield _text(about)
        yield from (".PP", rf"\fBroadmap {_text(name)}\fR {_text(usage)}")
        note = NOTES.get(name, "A FILE of - is standard input.")
        if note:
            yield from (".PP", _text(note))
        for parameter in command.params:
            record = (
                parameter.get_help_record(context) if isinstance(parameter, click.Option) else None
            )
            if record is not None and "-h" not in parameter.opts:
                yield from (".TP", rf"\fB{_text(record[0])}\fR", _text(record[1]))


def _text(words: str) -> str:
    """Words as troff takes them, in one line."""
    escaped = " ".join(words.split()).replace("\\", r"\e").replace("-", r"\-")
    plain = escaped.replace("…", r"\&...").replace("→", r"\(->").replace("×", r"\(mu")
    return re.sub(r"^(?=[.'])", r"\\&", plain)


if __name__ == "__main__":
    (HERE / "roadmap.1").write_text(page(), encoding="utf-8", newline="\n")
