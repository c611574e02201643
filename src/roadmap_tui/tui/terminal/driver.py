"""Terminal driver: pastes are never keys; it survives stop, continue and hang-up."""

import locale
import os
import selectors
import signal
from codecs import getincrementaldecoder, lookup
from collections.abc import Callable

from textual import events
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from roadmap_tui.tui.terminal.job_control import stop_process, suspend_app
from roadmap_tui.tui.terminal.pastes import Paste, PasteReader

_CHUNK = 4096
"""Bytes per read: as many as a terminal hands over."""
_WAIT = 0.1
"""Seconds between checks for the end of the app, as in Textual."""
_ATTEMPTS = 100
"""How often the app asks for the terminal, each time after the shell has continued it."""


class TerminalDriver(LinuxDriver):
    """Reads a terminal in its own encoding."""

    def start_application_mode(self) -> None:
        """Take the terminal, again if the shell continued the app in the background."""
        start: Callable[[], None] = super().start_application_mode
        for _ in range(_ATTEMPTS):
            start()
            if self._writer_thread is not None and self._writer_thread.is_alive():
                return

    def run_input_thread(self) -> None:
        """Dispatch input until the app leaves the terminal or it is gone."""
        parser, pastes = XTermParser(self._debug), PasteReader()
        decoder = getincrementaldecoder(terminal_encoding())(errors="replace")
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_WAIT):
                    raw = self._read()
                    if not raw:
                        # as a hang-up, which no shell reports for a process without a job
                        os.kill(os.getpid(), signal.SIGHUP)
                        return
                    self._dispatch(
                        parser, pastes, decoder.decode(raw), more_comes=len(raw) == _CHUNK
                    )
                else:
                    self._parse(parser, pastes.flush())
                for event in parser.tick():
                    self.process_message(event)
        self._finish_parser(parser)

    def _read(self) -> bytes:
        """The next input; empty if the terminal is gone."""
        try:
            return os.read(self.fileno, _CHUNK)
        except OSError:
            return b""

    def _dispatch(
        self, parser: XTermParser, pastes: PasteReader, text: str, *, more_comes: bool
    ) -> None:
        for piece in pastes.read(text, more_comes=more_comes):
            if isinstance(piece, Paste):
                self.process_message(events.Paste(piece.text))
            else:
                self._parse(parser, piece)

    def _parse(self, parser: XTermParser, keys: str) -> None:
        # the parser takes an empty text for the end
        for event in parser.feed(keys) if keys else ():
            self.process_message(event)

    def _finish_parser(self, parser: XTermParser) -> None:
        try:
            for _ in parser.feed(""):
                pass
        except (EOFError, ParseError):
            return

    def _sigtstp_application(self, *_: object) -> None:
        """Stop between two messages."""
        self._loop.call_soon_threadsafe(self._stop)

    def _stop(self) -> None:
        with suspend_app(self._app):
            stop_process(os.getpid())

    def _sigcont_application(self, *_: object) -> None:
        """Take the terminal again after the process was continued."""
        self._loop.call_soon_threadsafe(self._reacquire)

    def _reacquire(self) -> None:
        with suspend_app(self._app):
            pass


def terminal_encoding() -> str:
    """The terminal's encoding by the locale; UTF-8 instead of ASCII."""
    try:
        name = lookup(locale.getencoding()).name
    except LookupError:
        return "utf-8"
    return "utf-8" if name == "ascii" else name
