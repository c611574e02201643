"""A server started as people start it, and a browser that looks at it."""

import asyncio
import base64
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pyte

CHROMIUM = shutil.which("chromium")
DEADLINE = 60.0
PROGRAM = (sys.executable, "-m", "roadmap_tui")
_QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1100,760",
    "--remote-debugging-port=0",
)


@contextmanager
def run_server(path: Path, *options: str, program: Sequence[str] = PROGRAM) -> Iterator[str]:
    """A server on a roadmap, at a free port; the address that it prints."""
    command = [*program, "serve", str(path), "--port", "0", *options]
    environment = {
        **os.environ,
        "XDG_STATE_HOME": str(path.parent / "state"),
        "PYTHONUNBUFFERED": "1",
    }
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment
        ) as process,
    ):
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
            process.wait(DEADLINE)
            errors.seek(0)
            text = errors.read().decode(errors="replace")
            assert "Traceback" not in text, text


def page_url(address: str) -> str:
    """The address without its token."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


@dataclass
class Browser:
    """One page of a real browser."""

    socket: aiohttp.ClientWebSocketResponse
    asked: list[str] = field(default_factory=list)
    screen: pyte.Screen = field(default_factory=lambda: pyte.Screen(80, 24))
    _stream: pyte.ByteStream = field(default_factory=pyte.ByteStream)
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def do(self, method: str, **how: object) -> dict[str, object]:
        """Have the browser do something; what comes of it."""
        number = next(self._ids)
        await self.socket.send_json({"id": number, "method": method, "params": how})
        while True:
            message = json.loads((await self.socket.receive(DEADLINE)).data)
            self._note(message.get("method"), message.get("params", {}))
            if message.get("id") == number:
                assert "error" not in message, message
                result: dict[str, object] = message["result"]
                return result

    def _note(self, event: str | None, about: dict[str, Any]) -> None:
        """What the page asks for, and what its app draws."""
        match event:
            case "Network.requestWillBeSent":
                self.asked.append(about["request"]["url"])
            case "Network.webSocketCreated":
                self.asked.append(about["url"])
                size = {
                    name: int(cells[0])
                    for name, cells in parse_qs(urlsplit(about["url"]).query).items()
                }
                self.screen.resize(size["height"], size["width"])
                self._stream.attach(self.screen)
            case "Network.webSocketFrameReceived" if about["response"]["opcode"] == 2:
                self._stream.feed(base64.b64decode(about["response"]["payloadData"]))

    async def shows(self, words: str) -> None:
        """Wait until the app shows words."""
        await self.until(lambda: words in "\n".join(self.screen.display), words)

    async def value(self, expression: str) -> object:
        """What an expression is on the page."""
        result = (await self.do("Runtime.evaluate", expression=expression))["result"]
        assert isinstance(result, dict)
        return result.get("value")

    async def until(self, condition: Callable[[], bool] | str, what: str) -> None:
        """Wait for a condition here, or for an expression on the page."""
        end = monotonic() + DEADLINE
        while not (
            await self.value(condition if isinstance(condition, str) else "1")
            and _is_met(condition)
        ):
            assert monotonic() < end, f"waited {DEADLINE:.0f} s for {what}"
            await asyncio.sleep(0.05)

    async def type(self, text: str) -> None:
        """Type a text."""
        for char in text:
            await self.do("Input.dispatchKeyEvent", type="keyDown", text=char, key=char)
            await self.do("Input.dispatchKeyEvent", type="keyUp", key=char)

    async def press(self, key: str, code: int, *, ctrl: bool = False) -> None:
        """Press a key that is no character."""
        text = {} if ctrl or key != "Enter" else {"text": "\r"}
        how: dict[str, object] = {"key": key, "code": f"Key{key.upper()}" if len(key) == 1 else key}
        how |= {"windowsVirtualKeyCode": code, "modifiers": 2 if ctrl else 0}
        await self.do("Input.dispatchKeyEvent", type="keyDown", **text, **how)
        await self.do("Input.dispatchKeyEvent", type="keyUp", **how)


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """A new browser with one page; what it asks of the network is noted."""
    assert CHROMIUM is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [CHROMIUM, *_QUIET, f"--user-data-dir={profile}", "about:blank"]
        process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.DEVNULL)
        try:
            port = await _port(Path(profile) / "DevToolsActivePort")
            async with aiohttp.ClientSession() as session:
                async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                    pages = [each for each in await answer.json() if each["type"] == "page"]
                async with session.ws_connect(
                    pages[0]["webSocketDebuggerUrl"], max_msg_size=0
                ) as socket:
                    browser = Browser(socket)
                    await browser.do("Network.enable")
                    await browser.do("Page.enable")
                    yield browser
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def _is_met(condition: Callable[[], bool] | str) -> bool:
    return isinstance(condition, str) or condition()


async def _port(file: Path) -> int:
    end = monotonic() + DEADLINE
    while not (file.exists() and file.read_text().strip()):
        assert monotonic() < end, "the browser did not start"
        await asyncio.sleep(0.05)
    return int(file.read_text().split()[0])
