"""Job control: handing the terminal to the shell or a program, and taking it back."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import TypeAlias, TypeVar

from textual.app import App

Result = TypeVar("Result")
Handler: TypeAlias = Callable[[int, FrameType | None], object] | int | signal.Handlers | None

_GROUP = 0
"""For `os.kill`: the process group, which the terminal signals, too."""


class _ContinueWatcher:
    """SIGCONT handler that notes that the process was continued."""

    def __init__(self) -> None:
        self.seen = False

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        self.seen = True


def _do_nothing(_number: int, _frame: FrameType | None) -> None:
    """Ignore a signal; unlike with SIG_IGN, a child process gets the default again."""


@contextmanager
def suspend_app(app: App[Result]) -> Iterator[None]:
    """Restore the terminal, and give it back to the app afterwards, also after an exception.

    Raises:
        textual.app.SuspendNotSupported: the app has no terminal of its own.
    """
    handover = ExitStack()
    handover.enter_context(app.suspend())
    try:
        yield
    finally:
        # without the exception: Textual takes the terminal back only if none passes its generator
        handover.close()


@contextmanager
def _signal_handlers(handlers: Mapping[str, Handler]) -> Iterator[None]:
    """Handle signals differently, as far as the platform has them."""
    before: dict[int, Handler] = {}
    for name, handler in handlers.items():
        number = getattr(signal, name, None)
        if number is not None:
            before[number] = signal.signal(number, handler)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def stop_process(target: int) -> bool:
    """Stop until the shell continues this process; False at once if no shell would.

    The kernel doesn't stop a process group that no shell controls.

    Args:
        target: for `os.kill`: this process, or 0 for its group.
    """
    continued = _ContinueWatcher()
    with _signal_handlers({"SIGTSTP": signal.SIG_DFL, "SIGCONT": continued}):
        os.kill(target, signal.SIGTSTP)
    return continued.seen


def stop_group() -> bool:
    """Stop this process group, as Ctrl+Z in a terminal does."""
    return stop_process(_GROUP)


def run_in_foreground(words: list[str]) -> int:
    """Run a program in the foreground, without a shell; its exit code, negative for a signal.

    Signals of the terminal are for the program. If it is stopped, this process stops as
    well, so that the shell gets the terminal; both continue together.

    Raises:
        OSError: it can't be run.
    """
    continued = _ContinueWatcher()
    handlers: dict[str, Handler] = {
        "SIGINT": _do_nothing,
        "SIGQUIT": _do_nothing,
        "SIGTSTP": signal.SIG_DFL,
        "SIGCONT": continued,
    }
    with _signal_handlers(handlers):
        process = subprocess.Popen(words)
        if not hasattr(os, "WUNTRACED"):
            return process.wait()
        while True:
            _, status = os.waitpid(process.pid, os.WUNTRACED)
            if not os.WIFSTOPPED(status):
                process.returncode = os.waitstatus_to_exitcode(status)
                return process.returncode
            if not continued.seen:
                stop_process(os.getpid())
            continued.seen = False
            process.send_signal(signal.SIGCONT)


def signal_name(number: int) -> str:
    """The name of a signal; its number if it has none."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
