"""The server, asked as a browser asks, and as others do."""

import asyncio
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import aiohttp
import pytest

from roadmap_tui.document.edits import EditRejected
from roadmap_tui.storage.save import SavedFile
from roadmap_tui.tui.open_session import open_session
from roadmap_tui.tui.state import Session
from tests.web.live_server import DEADLINE, page_url, run_server

PLAN = '[roadmap]\ntitle = "Plan"\n[product.a]\neffort = "S"\n'


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("a b;$(touch marked)") / '-x "y".toml'
    path.write_text(PLAN)
    with run_server(path) as url:
        yield url
    assert not list(path.parent.glob("marked"))


async def ask(url: str, **how: str) -> tuple[int, str, dict[str, str]]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(url, headers=how, allow_redirects=False) as answer,
    ):
        return answer.status, await answer.text(), dict(answer.headers)


def cookie_of(headers: dict[str, str]) -> str:
    return headers["Set-Cookie"].partition(";")[0]


async def entered(address: str) -> str:
    status, _, headers = await ask(address)
    assert status == 303
    return cookie_of(headers)


@pytest.mark.parametrize(
    "path", ["/", "/ws", "/page/page.js", "/static/js/textual.js", "/nothing", "/?token=x"]
)
async def test_no_request_is_let_in_without_the_token(address: str, path: str) -> None:
    status, text, _ = await ask(page_url(address) + path)
    assert status == 403
    assert "token" in text
    status, _, _ = await ask(page_url(address) + path, Cookie="roadmap=x; token=y")
    assert status == 403


async def test_the_token_becomes_a_cookie_that_scripts_and_requests_of_other_sites_do_not_get(
    address: str,
) -> None:
    status, _, headers = await ask(address)
    assert (status, headers["Location"]) == (303, "/")
    assert {"HttpOnly", "SameSite=Lax"} <= {
        part.strip() for part in headers["Set-Cookie"].split(";")
    }


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1"])
async def test_a_name_that_is_not_its_own_is_refused_even_with_the_token(
    address: str, host: str
) -> None:
    status, _, headers = await ask(address, Host=host)
    assert status == 403
    assert "Set-Cookie" not in headers


def _fetched(site: str, mode: str, kind: str) -> dict[str, str]:
    """What a browser says of where a request comes from."""
    return {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": kind}


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_a_link_on_another_site_opens_the_page_and_does_nothing_else(
    address: str, site: str
) -> None:
    link = _fetched(site, "navigate", "document")
    status, _, headers = await ask(address, **link)
    assert (status, headers["Location"]) == (303, "/")
    cookie = cookie_of(headers)
    assert (await ask(f"{page_url(address)}/", Cookie=cookie, **link))[0] == 200
    for mode, kind in (
        ("no-cors", "image"),
        ("navigate", "iframe"),
        ("cors", "empty"),
        ("websocket", "websocket"),
    ):
        for path in ("/", "/ws", "/page/page.js", f"/?{address.partition('?')[2]}"):
            status, text, headers = await ask(
                page_url(address) + path, Cookie=cookie, **_fetched(site, mode, kind)
            )
            assert (status, "Set-Cookie" in headers) == (403, False), (mode, kind, path, text)
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, headers={"Cookie": cookie, **link}) as answer,
    ):
        assert (answer.status, "Set-Cookie" in answer.headers) == (403, False)


class _Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inline = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [value for name in ("href", "src") if (value := given.get(name))]
        self.inline += (tag == "script" and "src" not in given) + (tag == "style")


async def test_the_page_asks_no_one_else_for_anything(address: str) -> None:
    cookie = await entered(address)
    status, text, headers = await ask(f"{page_url(address)}/", Cookie=cookie)
    assert status == 200
    parser = _Addresses()
    parser.feed(text)
    assert parser.found
    assert all(each.startswith("/") or each == "data:," for each in parser.found)
    assert parser.inline == 0
    assert "-x &quot;y&quot;.toml" in text
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy
    for each in parser.found:
        if each.startswith("/"):
            status, content, _ = await ask(page_url(address) + each, Cookie=cookie)
            assert status == 200
            assert not re.search(r"url\(['\"]?(https?:)?//", content)


@pytest.mark.parametrize(
    "path",
    ["/static/../app_service.py", "/static/%2e%2e/server.py", "/page/%2e%2e/gate.py", "/static/"],
)
async def test_no_other_file_is_given(address: str, path: str) -> None:
    cookie = await entered(address)
    host, port = page_url(address).removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    request = (
        f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookie}\r\nConnection:"
        " close\r\n\r\n"
    )
    writer.write(request.encode())
    answer = (await asyncio.wait_for(reader.read(), DEADLINE)).decode(errors="replace")
    writer.close()
    assert answer.split()[1] in {"403", "404"}
    assert "import" not in answer


@pytest.mark.parametrize("origin", [None, "http://evil.example", "null"])
async def test_a_page_elsewhere_gets_no_app(address: str, origin: str | None) -> None:
    cookie = await entered(address)
    headers = {"Cookie": cookie, **({"Origin": origin} if origin else {})}
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(f"{page_url(address)}/ws", headers=headers)
        assert refused.value.status == 403


async def test_own_page_gets_the_app_despite_odd_messages(address: str) -> None:
    cookie = await entered(address)
    headers = {"Cookie": cookie, "Origin": page_url(address)}
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{page_url(address)}/ws?width=x&height=-3", headers=headers) as page,
    ):
        for odd in (
            "",
            "[",
            "{}",
            "[1]",
            '["stdin", 1]',
            '["resize", {"width": "a", "height": 1e9}]',
            '["quit"]',
        ):
            await page.send_str(odd)
        for odd in (
            "[" * 100_000,
            '{"a":' * 100_000,
            '["resize", {"width": ' + "[" * 900 + "]" * 900 + ', "height": 1}]',
        ):
            await page.send_str(odd)
        await page.send_str('["ping", "\\ud800"]')
        await page.send_str('["resize", {"width": ' + "9" * 5000 + ', "height": 1e999}]')
        await page.send_bytes(b"\xff")
        await page.send_json(["resize", {"width": 100, "height": 30}])
        seen = ""
        while "Plan" not in seen:
            message = await page.receive(DEADLINE)
            assert message.type in {aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT}
            seen += message.data.decode(errors="replace") if isinstance(message.data, bytes) else ""
        await page.send_json(["stdin", "q"])
        while (await page.receive(DEADLINE)).type != aiohttp.WSMsgType.CLOSE:
            pass


def test_only_the_folder_of_the_roadmap_is_written_in(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    path = folder / "plan.toml"
    path.write_text(PLAN)
    (folder / "out").symlink_to(tmp_path)
    session = open_session(str(path), folder)
    assert isinstance(session, Session)
    for elsewhere in (
        tmp_path / "new.toml",
        folder / ".." / "new.toml",
        folder / "out" / "new.toml",
    ):
        assert isinstance(session.save_as(str(elsewhere)), EditRejected)
    assert not (tmp_path / "new.toml").exists()
    assert isinstance(session.save_as(str(folder / "new.toml")), SavedFile)
    session.close()


def _run(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "roadmap_tui", "serve", *args]
    return subprocess.run(command, capture_output=True, text=True, timeout=DEADLINE, check=False)


def test_unusable_address_is_reported(tmp_path: Path) -> None:
    missing = _run(str(tmp_path / "no.toml"))
    assert (missing.returncode, missing.stdout) == (3, "")
    path = tmp_path / "plan.toml"
    path.write_text(PLAN)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        busy = _run(str(path), "--port", str(taken.getsockname()[1]))
    assert (busy.returncode, busy.stdout) == (4, "")
    assert "--port 0" in busy.stderr
    assert "Traceback" not in busy.stderr + missing.stderr
    assert _run("-").returncode == 2
