"""The program `roadmap`: dispatch on the first argument.

Imports stand inside the functions: a start shouldn't pay for what it doesn't use.
"""

import os
import signal
import sys
from types import FrameType

from roadmap_tui import __version__
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
    """Limit matrix products to one thread, unless numpy is imported or the user set a number.

    Idle BLAS threads spin, which costs everything else more time than they save.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def drop_current_folder_from_path() -> None:
    """Prevent later imports from the current folder, which `python -c` puts on the path."""
    sys.path[:] = [each for each in sys.path if each not in {"", os.curdir}]


def restore_ctrl_c() -> None:
    """Handle Ctrl+C in the terminal's foreground even if a parent script set it to be ignored."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN and _is_in_foreground():
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _is_in_foreground() -> bool:
    try:
        return os.tcgetpgrp(_STDERR) == os.getpgrp()
    except (OSError, AttributeError):
        return False  # no terminal, or Windows


def main() -> int:
    """Run the command line; return the exit code."""
    drop_current_folder_from_path()
    use_one_blas_thread()
    args = sys.argv[1:]
    try:
        signal.signal(signal.SIGTERM, _raise_terminated)
        restore_ctrl_c()
        if "_ROADMAP_COMPLETE" in os.environ:
            return write_reply(_complete())
        return write_reply(with_json_failure(reply_to(args), args))
    except KeyboardInterrupt:
        return _report_stop("Ctrl+C", INTERRUPTED)
    except _Terminated:
        return _report_stop("SIGTERM", TERMINATED)
    except MemoryError:
        none_left = "roadmap: not enough memory for this; try fewer --runs\n"
        return write_reply(with_json_failure(Reply(err=none_left, code=UNREADABLE), args))


class _Terminated(BaseException):
    """SIGTERM was received; a BaseException like KeyboardInterrupt, so that nothing swallows it."""


def _raise_terminated(_number: int, _frame: FrameType | None) -> None:
    raise _Terminated


def _report_stop(by: str, code: int) -> int:
    """Report that a command was stopped, after its clean-up; return the exit code."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    return write_reply(Reply(err=f"roadmap: stopped by {by}\n", code=code))


def _complete() -> Reply:
    from roadmap_tui.cli.completion import completion_reply
    from roadmap_tui.cli.group import roadmap

    return Reply(completion_reply(roadmap) + "\n")


def reply_to(args: list[str]) -> Reply:
    """The reply to a command line."""
    if args and args[0] == "--version":
        return Reply(f"roadmap {__version__}\n")
    if args and args[0] in {"-h", "--help"}:
        from roadmap_tui.cli.program_help import program_help

        return Reply(program_help())
    from roadmap_tui.cli.commands import command_names

    if args and args[0] in command_names():
        from roadmap_tui.cli.group import invoke

        return invoke(args)
    if args and not _looks_like_file(args[0]):
        return _unknown_word(args[0], command_names())
    return _open_app(args)


def with_json_failure(reply: Reply, args: list[str]) -> Reply:
    """The reply, with the failure as JSON on standard output if `--json` was given."""
    options = args[: args.index("--")] if "--" in args else args
    if reply.code == SUCCESS or reply.out or "--json" not in options:
        return reply
    from roadmap_tui.cli.failure import json_failure

    return json_failure(reply, args[0])


def _looks_like_file(word: str) -> bool:
    separators = (os.sep, os.altsep or os.sep)
    if word.endswith(".toml") or any(each in word for each in separators):
        return True
    return os.path.exists(word)


def _open_app(files: list[str]) -> Reply:
    if len(files) > 1:
        return usage_error(
            "the planner opens one file; commands come before it, as in: roadmap check FILE"
        )
    from roadmap_tui.tui.launch import run_app

    return Reply(code=run_app(files[0] if files else None))


def _unknown_word(word: str, commands: tuple[str, ...]) -> Reply:
    from roadmap_tui.plan.faults import did_you_mean
    from roadmap_tui.text.terminal_text import escape_control

    kind, known = "command or file", commands
    if word.startswith("-"):
        kind, known = "option", ("--help", "--version")
    suggestion = did_you_mean(word, known) or "roadmap --help lists all"
    return usage_error(f'no {kind} "{escape_control(word)}"; {suggestion}')
