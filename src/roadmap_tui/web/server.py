"""The server: one page, what the page needs, and a web socket for each app that it shows."""

import asyncio
import html
import json
import shlex
import socket
from collections.abc import Awaitable, Callable
from importlib import resources
from pathlib import Path
from typing import TypeAlias

import textual_serve
from aiohttp import WSMessage, WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from roadmap_tui import interpreter
from roadmap_tui.web.access import AccessPolicy, allowed_hosts, is_navigation

_MAX_PAGES = 8
_MAX_CELLS = 1000
_SHUTDOWN_SECONDS = 2.0
"""Seconds that apps have to end when the server does."""
_ASSETS = resources.files("roadmap_tui.web") / "static"
_TERMINAL_ASSETS = Path(textual_serve.__file__).parent / "static"
_HEADERS = {
    # the terminal writes styles of its own into the page
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
        " data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """Serves the app on one roadmap.

    Args:
        path: the roadmap's absolute path.
        gate: who is let in.
        cookie: the name of the cookie; cookies do not tell ports apart, so it should.
    """

    def __init__(self, path: Path, gate: AccessPolicy, cookie: str) -> None:
        self._path = path
        self._gate = gate
        self._cookie = cookie
        self._command = shlex.join(interpreter.command("roadmap_tui.web.guest_app", str(path)))
        self._downloads = DownloadManager()
        self._pages: set[web.WebSocketResponse] = set()

    def application(self) -> web.Application:
        """All that can be asked for."""
        app = web.Application(middlewares=[self._check_access])
        app.add_routes(
            [
                web.get("/", self._page),
                web.get("/ws", self._websocket),
                web.get("/page/{name}", self._asset),
                web.static("/static", _TERMINAL_ASSETS),
            ]
        )
        app.on_shutdown.append(self._close_pages)
        return app

    @web.middleware
    async def _check_access(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Let nobody in who is not meant to be, and let the page do nothing that it need not do."""
        if not self._gate.is_known_host(request.headers.get("Host")):
            response: web.StreamResponse = web.Response(
                status=403, text="This server does not go by that name.\n"
            )
        elif not _is_allowed_request(request):
            response = web.Response(
                status=403, text="Another site may only open this page, by a link.\n"
            )
        elif self._gate.is_token(request.query.get("token")):
            response = web.Response(status=303, headers={"Location": "/"})
            response.set_cookie(
                self._cookie, self._gate.token, httponly=True, samesite="Lax", path="/"
            )
        elif not self._gate.is_token(request.cookies.get(self._cookie)):
            response = web.Response(
                status=403, text="Open the address that `roadmap serve` printed, with its token.\n"
            )
        else:
            response = await _handle(handler, request)
        if not response.prepared:
            response.headers.update(_HEADERS)
        return response

    async def _page(self, _request: web.Request) -> web.Response:
        text = (_ASSETS / "page.html").read_text(encoding="utf-8")
        page = text.replace("{{title}}", html.escape(self._path.name))
        return web.Response(text=page, content_type="text/html")

    async def _asset(self, request: web.Request) -> web.Response:
        kinds = {"page.css": "text/css", "page.js": "text/javascript"}
        name = request.match_info["name"]
        if name not in kinds:
            raise web.HTTPNotFound
        return web.Response(
            text=(_ASSETS / name).read_text(encoding="utf-8"), content_type=kinds[name]
        )

    async def _websocket(self, request: web.Request) -> web.StreamResponse:
        """An app of its own for each page."""
        if not self._gate.is_same_origin(
            request.headers.get("Origin"), request.headers.get("Host")
        ):
            return web.Response(status=403, text="Only the page of this server may ask for that.\n")
        if len(self._pages) >= _MAX_PAGES:
            return web.Response(
                status=503, text=f"{_MAX_PAGES} pages are open already; close one.\n"
            )
        page = web.WebSocketResponse(heartbeat=15)
        await page.prepare(request)
        self._pages.add(page)
        service = AppService(
            self._command,
            write_bytes=page.send_bytes,
            write_str=page.send_str,
            close=_close_callback(page),
            download_manager=self._downloads,
        )
        try:
            await service.start(
                _parse_cells(request.query.get("width"), 80),
                _parse_cells(request.query.get("height"), 24),
            )
            async for message in page:
                await _forward_message(service, page, message)
        finally:
            self._pages.discard(page)
            await service.stop()
        return page

    async def _close_pages(self, _app: web.Application) -> None:
        """Let every app end; what is not saved is in its journal."""
        await asyncio.gather(*(page.close(code=1001) for page in tuple(self._pages)))


def _is_allowed_request(request: web.Request) -> bool:
    """Whether it comes from the page itself, or opens the page by a link."""
    sent = (request.headers.get(f"Sec-Fetch-{name}") for name in ("Site", "Mode", "Dest"))
    return request.method in {"GET", "HEAD"} and is_navigation(*sent)


async def _handle(handler: _Handler, request: web.Request) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as error:
        return web.Response(status=error.status, text=f"{error.reason}\n")


def _close_callback(page: web.WebSocketResponse) -> Callable[[], Awaitable[None]]:
    async def close() -> None:
        await page.close()

    return close


def _parse_cells(text: object, default: int) -> int:
    """A number of cells that a terminal may have."""
    if not isinstance(text, (str, int, float)):
        return default
    try:
        return min(_MAX_CELLS, max(1, int(str(text))))
    except ValueError:
        return default


async def _forward_message(
    service: AppService, page: web.WebSocketResponse, message: WSMessage
) -> None:
    """Hand on to the app what its page says; anything else is left."""
    if message.type is not WSMsgType.TEXT:
        return
    try:
        told = json.loads(message.data)
    except (ValueError, RecursionError):
        return
    match told:
        case ["stdin", str(text)]:
            await service.send_bytes(text.encode("utf-8", "replace"))
        case ["resize", {"width": width, "height": height}]:
            await service.set_terminal_size(_parse_cells(width, 80), _parse_cells(height, 24))
        case ["ping", str(when)]:
            await page.send_json(["pong", when])
        case ["blur"]:
            await service.blur()
        case ["focus"]:
            await service.focus()


def serve(
    path: Path, host: str, port: int, names: tuple[str, ...], tell: Callable[[str], None]
) -> None:
    """Serve the app until somebody ends it (Ctrl+C).

    Args:
        path: the roadmap.
        host: the address to listen at.
        port: 0 takes one that is free.
        names: by which browsers may call this machine, besides its address.
        tell: is told the address to open, its token in it.

    Raises:
        OSError: nobody can listen there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host.strip("[]"), port), family=family)
    with listening as listener, interpreter.safe_children({}):
        taken: int = listener.getsockname()[1]
        gate = AccessPolicy(allowed_hosts(host, taken, names))
        shown = f"[{host.strip('[]')}]" if ":" in host else host
        server = Server(path.resolve(), gate, f"roadmap-{taken}")
        tell(f"http://{shown}:{taken}/?token={gate.token}")
        web.run_app(
            server.application(),
            sock=listener,
            print=None,
            access_log=None,
            shutdown_timeout=_SHUTDOWN_SECONDS,
        )
