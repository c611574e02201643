"""Deliver input events in sequence, each after the effects of the one before."""

from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from textual import events
from textual.app import App
from textual.dom import DOMNode

_MAX_WAIT = 2.0
"""Seconds after which the next event is delivered in any case: a closed widget never replies."""


class InputSequence:
    """Delivers keys, pastes and mouse events, each after the one before was handled everywhere.

    Textual delivers them at once. The focused widget handles letters in its own task, a key that
    it doesn't use returns to the app later, and the effect of that key, such as another focus or
    another screen, then comes after keys that were typed for it.

    Args:
        app: whose events are delivered.
        deliver: delivers an event, in the task of the app.
    """

    def __init__(self, app: App[Any], deliver: Callable[[events.Event], Awaitable[None]]) -> None:
        self._app = app
        self._deliver = deliver
        self._waiting: deque[events.Event] = deque()
        self._current: object | None = None

    async def add(self, event: events.Event) -> None:
        """Deliver an event, now or after those before it."""
        self._waiting.append(event)
        if self._current is None:
            await self._deliver_next()
        elif len(self._waiting) == 1:
            self._limit_wait(self._current)

    async def _deliver_next(self) -> None:
        if self._app.return_code is not None:
            self._waiting.clear()  # the app is closing: no screen can be opened any more
        while self._waiting and self._current is None:
            event, token = self._waiting.popleft(), object()
            self._current = token
            await self._deliver(event)
            if not isinstance(event, events.Key | events.Paste):
                self._current = None
                continue
            # text has no further effects; other keys may make the focused widget post messages
            is_text = isinstance(event, events.Paste) or event.is_printable
            self._follow(token, 1 if is_text else 2)
            if self._waiting:
                self._limit_wait(token)

    def _limit_wait(self, token: object) -> None:
        self._app.set_timer(_MAX_WAIT, partial(self._finish, token))

    def _follow(self, token: object, rounds: int) -> None:
        """Send a callback along the path of a key, behind it: from the focus up to the app."""
        screen = self._app.screen
        self._visit(self._app.focused or screen, token, screen, rounds)

    def _visit(self, node: DOMNode, token: object, screen: object, rounds: int) -> None:
        """Continue with the parent once a node has handled its messages so far."""
        parent = node.parent or self._app
        if node is self._app or not node.call_later(self._visit, parent, token, screen, rounds):
            self._app.call_later(self._reach_app, token, screen, rounds)

    async def _reach_app(self, token: object, screen: object, rounds: int) -> None:
        """Finish the event; first go another round if it has opened a screen."""
        if token is not self._current:
            return
        if rounds > 1 or self._app.screen is not screen:
            self._follow(token, max(1, rounds - 1))
        else:
            await self._finish(token)

    async def _finish(self, token: object) -> None:
        if token is self._current:
            self._current = None
            await self._deliver_next()
