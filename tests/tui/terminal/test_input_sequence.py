"""Keys wait for those before them, but not for ever."""

import asyncio
from typing import ClassVar

import pytest
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from roadmap_tui.tui.base_app import BaseApp
from tests.tui.driver import DEADLINE


class _Stuck(Input):
    """An input that handles no key before its gate is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()

    async def on_key(self) -> None:
        await self.gate.wait()


class _App(BaseApp[str]):
    """One such input, and a key of the app itself."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f5", "count", priority=True)]

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def compose(self) -> ComposeResult:
        yield _Stuck()

    def action_count(self) -> None:
        self.count += 1


async def test_the_wait_for_a_stuck_widget_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roadmap_tui.tui.terminal.input_sequence._MAX_WAIT", 0.2)
    app = _App()
    async with app.run_test():
        for key in "ab":
            app.post_message(events.Key(key, key))
        app.post_message(events.MouseScrollDown(None, 1, 1, 0, 1, 0, False, False, False))
        for _ in range(3):
            app.post_message(events.Key("f5", None))
        try:
            async with asyncio.timeout(DEADLINE):
                while app.count < 3:
                    await asyncio.sleep(0.01)
        finally:
            app.query_one(_Stuck).gate.set()
        assert app.count == 3
