"""The program `roadmap`: what its first argument asks for."""

import os
import signal
import sys
from importlib import import_module
from types import FrameType

from roadmap_tui import __version__
from roadmap_tui.cli.catalogue import COMMANDS, help_text
from roadmap_tui.cli.reply import (
    INTERRUPTED,
    SUCCESS,
    TERMINATED,
    UNREADABLE,
    Reply,
    usage_error,
    write_reply,
)

_STDERR = 2
"""The file descriptor of standard error."""


def use_one_blas_thread() -> None:
    """Let products of matrices be worked out by one thread, if numpy isn't there yet and nobody said otherwise.

    The others spin while they wait for the next one, which takes longer from all else than they save.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def drop_current_folder_from_path() -> None:
    """Let no module that is imported from now on come from the current folder, which `python -c` puts on the path."""
    sys.path[:] = [each for each in sys.path if each not in {"", os.curdir}]


def restore_ctrl_c() -> None:
    """Let Ctrl+C count in the terminal's foreground, even if what started the terminal ignored it, as scripts do."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN and _is_in_foreground():
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _is_in_foreground() -> bool:
    try:
        return os.tcgetpgrp(_STDERR) == os.getpgrp()
    except (OSError, AttributeError):
        return False  # no terminal, or Windows


def main() -> int:
    """Do what the command line asks; the exit code."""
    drop_current_folder_from_path()
    use_one_blas_thread()
    try:
        signal.signal(signal.SIGTERM, _raise_terminated)
        restore_ctrl_c()
        if "_ROADMAP_COMPLETE" in os.environ:
            return write_reply(
                Reply(import_module("roadmap_tui.cli.completion").completion_reply() + "\n")
            )
        return write_reply(with_json_failure(reply_to(sys.argv[1:]), sys.argv[1:]))
    except KeyboardInterrupt:
        return _report_stop("Ctrl+C", INTERRUPTED)
    except _Terminated:
        return _report_stop("SIGTERM", TERMINATED)
    except MemoryError:
        none_left = Reply(
            err="roadmap: not enough memory for this; try fewer --runs\n", code=UNREADABLE
        )
        return write_reply(with_json_failure(none_left, sys.argv[1:]))


class _Terminated(BaseException):
    """Somebody asks the program to end; like KeyboardInterrupt no failure, so that nothing else catches it."""


def _raise_terminated(_number: int, _frame: FrameType | None) -> None:
    raise _Terminated


def _report_stop(by: str, code: int) -> int:
    """Say that a command was stopped; the exit code. What is under way has been cleaned up by now."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    return write_reply(Reply(err=f"roadmap: stopped by {by}\n", code=code))


def reply_to(args: list[str]) -> Reply:
    """The reply to a command line. Only what it needs is imported: most of what there is takes long."""
    match args:
        case ["-h" | "--help", *_]:
            return Reply(help_text())
        case ["--version", *_]:
            return Reply(f"roadmap {__version__}\n")
        case [name, *rest] if name in COMMANDS:
            reply: Reply = import_module("roadmap_tui.cli.invocation").invoke(name, rest)
            return reply
        case [word, *_] if not _looks_like_file(word):
            return _unknown_word(word)
    return _open_app(args)


def with_json_failure(reply: Reply, args: list[str]) -> Reply:
    """The reply, as JSON too if it is a failure and that was asked for."""
    options = args[: args.index("--")] if "--" in args else args
    if reply.code == SUCCESS or reply.out or "--json" not in options:
        return reply
    failure = import_module("roadmap_tui.cli.failure")
    as_json: Reply = failure.json_failure(reply, args[0])
    return as_json


def _looks_like_file(word: str) -> bool:
    separators = (os.sep, os.altsep or os.sep)
    return (
        word.endswith(".toml") or any(each in word for each in separators) or os.path.exists(word)
    )


def _open_app(files: list[str]) -> Reply:
    if len(files) > 1:
        return usage_error(
            "the planner opens one file; commands come before it, as in: roadmap check FILE"
        )
    code: int = import_module("roadmap_tui.tui.launch").run_app(files[0] if files else None)
    return Reply(code=code)


def _unknown_word(word: str) -> Reply:
    faults, words = (
        import_module("roadmap_tui.plan.faults"),
        import_module("roadmap_tui.text.terminal_text"),
    )
    kind, known = (
        ("option", ("--help", "--version"))
        if word.startswith("-")
        else ("command or file", COMMANDS)
    )
    suggestion: str = faults.did_you_mean(word, known)
    shown: str = words.escape_control(word)
    return usage_error(f'no {kind} "{shown}"; {suggestion or "roadmap --help lists all"}')
