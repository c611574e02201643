"""What a command answers, and the one place that writes it."""

import codecs
import errno
import io
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import NamedTuple, TextIO

SUCCESS, FINDINGS_FOUND, USAGE_ERROR, UNREADABLE, REFUSED, INTERRUPTED, TERMINATED = (
    0,
    1,
    2,
    3,
    4,
    130,
    143,
)


class Reply(NamedTuple):
    """What goes to standard output and to standard error, and the exit code."""

    out: str = ""
    err: str = ""
    code: int = SUCCESS


def usage_error(text: str) -> Reply:
    """The reply to a command line that can't be meant."""
    return Reply(err=f"roadmap: {text}\n", code=USAGE_ERROR)


def write_reply(reply: Reply) -> int:
    """Write a reply; the exit code.

    A reader that has seen enough and left changes nothing; output that can't be written is told.
    """
    with suppress(OSError):
        _write(sys.stderr, reply.err)
    try:
        _write(sys.stdout, reply.out)
    except OSError as error:
        _discard_buffer(sys.stdout)
        if error.errno != errno.EPIPE:
            return write_reply(
                Reply(
                    err=f"roadmap: the answer could not be written: {error.strerror}\n",
                    code=REFUSED,
                )
            )
    return reply.code


def _write(stream: TextIO | None, text: str) -> None:
    """Write text: in the terminal's own encoding, and to anything else in UTF-8, whatever the machine's is."""
    if stream is None or not text:
        return
    shown = text
    if isinstance(stream, io.TextIOWrapper):
        if stream.isatty():
            encoding = _terminal_encoding(stream)
            shown = _replace_unencodable(encoding, text)
            stream.reconfigure(encoding=encoding, errors="replace", newline="\n")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    stream.write(shown)
    stream.flush()


def _terminal_encoding(terminal: TextIO) -> str:
    """What a terminal understands. Where the locale is C, or isn't installed, Python takes UTF-8 for that."""
    charsets = import_module("roadmap_tui.text.charset")
    named: str = charsets.locale_charset(charsets.environment_as_started())
    if not named or not charsets.is_utf8(terminal.encoding):
        return terminal.encoding
    try:
        return codecs.lookup(named).name
    except LookupError:
        return "ascii"


def _replace_unencodable(encoding: str, text: str) -> str:
    """The text for a terminal of that encoding: what it lacks is replaced by ASCII characters as wide."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        ascii_of: Callable[[str], str] = import_module("roadmap_tui.tui.terminal.fallback").to_ascii
        return ascii_of(text)
    return text


def _discard_buffer(stream: TextIO) -> None:
    """Let what is left in the stream's buffer go nowhere, so that Python's last flush can't fail."""
    with suppress(OSError), open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())
