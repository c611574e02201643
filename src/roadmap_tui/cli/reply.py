"""The reply of a command, and the one place that writes it."""

import codecs
import errno
import io
import os
import sys
from contextlib import suppress
from typing import NamedTuple, TextIO

SUCCESS = 0
FINDINGS_FOUND = 1
USAGE_ERROR = 2
UNREADABLE = 3
REFUSED = 4
INTERRUPTED = 130
TERMINATED = 143


class Reply(NamedTuple):
    """The text for standard output and standard error, and the exit code."""

    out: str = ""
    err: str = ""
    code: int = SUCCESS


def usage_error(text: str, hint: str = "") -> Reply:
    """The reply to a command line that can't be carried out, with a hint if there is one."""
    reason = f"{text}; {hint}" if hint else text
    return Reply(err=f"roadmap: {reason}\n", code=USAGE_ERROR)


def write_reply(reply: Reply) -> int:
    """Write a reply; return the exit code.

    A reader that closed the pipe early is no failure; any other output error is reported.
    """
    with suppress(OSError):
        _write(sys.stderr, reply.err)
    try:
        _write(sys.stdout, reply.out)
    except OSError as error:
        _discard_buffer(sys.stdout)
        if error.errno != errno.EPIPE:
            reason = f"roadmap: the answer could not be written: {error.strerror}\n"
            return write_reply(Reply(err=reason, code=REFUSED))
    return reply.code


def _write(stream: TextIO | None, text: str) -> None:
    """Write in a terminal's own encoding, and in UTF-8 to anything else whatever the locale."""
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
    """The encoding of the locale; Python assumes UTF-8 where that is C or isn't installed."""
    from roadmap_tui.text.charset import initial_environment, is_utf8, locale_charset

    name = locale_charset(initial_environment())
    if not name or not is_utf8(terminal.encoding):
        return terminal.encoding
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "ascii"


def _replace_unencodable(encoding: str, text: str) -> str:
    """The text, in ASCII characters of the same width if the encoding lacks some of its own."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        from roadmap_tui.tui.terminal.fallback import to_ascii

        return to_ascii(text)
    return text


def _discard_buffer(stream: TextIO) -> None:
    """Redirect the stream, so that Python's flush at exit can't fail on what is left in it."""
    with suppress(OSError), open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())
