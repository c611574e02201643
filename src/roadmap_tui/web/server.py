"""The server: one page, its assets, and a web socket for each app."""

import asyncio
import html
import json
import shlex
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
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
"""Time for the apps to end when the server does."""
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
_MAX_CLOSE_SECONDS = 5.0
_Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


class GuestService(AppService):
    """The app of one page, in a process of its own."""

    async def wait_closed(self) -> None:
        """Wait until the process has ended, at most `_MAX_CLOSE_SECONDS`.

        An event loop that closes before it knows of the end prints a traceback.
        """
        if self._process is None:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), _MAX_CLOSE_SECONDS)


class Server:
    """Serves the app on one roadmap.

    Args:
        path: the roadmap's absolute path.
        access: who may use it.
        cookie: the name of the cookie, different for each port: browsers share cookies among ports.
    """

    def __init__(self, path: Path, access: AccessPolicy, cookie: str) -> None:
        self._path = path
        self._access = access
        self._cookie = cookie
        self._command = shlex.join(interpreter.command("roadmap_tui.web.guest_app", str(path)))
        self._downloads = DownloadManager()
        self._pages: set[web.WebSocketResponse] = set()

    def application(self) -> web.Application:
        """The routes of the server."""
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
        """Reject requests without access, and send the headers that restrict the page."""
        response = await self._respond(request, handler)
        if not response.prepared:
            response.headers.update(_HEADERS)
        return response

    async def _respond(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        if not self._access.is_known_host(request.headers.get("Host")):
            return _forbidden("This server does not go by that name.")
        if not _is_allowed_request(request):
            return _forbidden("Another site may only open this page, by a link.")
        if self._access.is_token(request.query.get("token")):
            # the cookie takes over, so that the token doesn't stay in the browser's history
            response = web.Response(status=303, headers={"Location": "/"})
            response.set_cookie(
                self._cookie, self._access.token, httponly=True, samesite="Lax", path="/"
            )
            return response
        if not self._access.is_token(request.cookies.get(self._cookie)):
            return _forbidden("Open the address that `roadmap serve` printed, with its token.")
        return await _handle(handler, request)

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
        """Run an app for the page that opened this web socket."""
        if not self._access.is_same_origin(
            request.headers.get("Origin"), request.headers.get("Host")
        ):
            return _forbidden("Only the page of this server may ask for that.")
        if len(self._pages) >= _MAX_PAGES:
            return web.Response(
                status=503, text=f"{_MAX_PAGES} pages are open already; close one.\n"
            )
        page = web.WebSocketResponse(heartbeat=15)
        await page.prepare(request)
        self._pages.add(page)
        service = GuestService(
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
            await service.wait_closed()
        return page

    async def _close_pages(self, _app: web.Application) -> None:
        """End every app; unsaved changes are in its journal."""
        await asyncio.gather(*(page.close(code=1001) for page in tuple(self._pages)))


def _forbidden(reason: str) -> web.Response:
    return web.Response(status=403, text=f"{reason}\n")


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
    """A terminal's width or height, within limits."""
    if not isinstance(text, (str, int, float)):
        return default
    try:
        return min(_MAX_CELLS, max(1, int(str(text))))
    except ValueError:
        return default


async def _forward_message(
    service: AppService, page: web.WebSocketResponse, message: WSMessage
) -> None:
    """Pass a message of the page on to its app; ignore unknown messages."""
    if message.type is not WSMsgType.TEXT:
        return
    try:
        command = json.loads(message.data)
    except (ValueError, RecursionError):
        return
    match command:
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
    path: Path, host: str, port: int, names: tuple[str, ...], announce: Callable[[str], None]
) -> None:
    """Serve the app until Ctrl+C.

    Args:
        path: the roadmap.
        host: the address to listen at.
        port: the port; 0 takes a free one.
        names: more names by which browsers may call this machine.
        announce: called with the address to open, which contains the token.

    Raises:
        OSError: the server can't listen there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host.strip("[]"), port), family=family)
    with listening as listener, interpreter.safe_children({}):
        taken: int = listener.getsockname()[1]
        access = AccessPolicy(allowed_hosts(host, taken, names))
        url_host = f"[{host.strip('[]')}]" if ":" in host else host
        server = Server(path.resolve(), access, f"roadmap-{taken}")
        announce(f"http://{url_host}:{taken}/?token={access.token}")
        web.run_app(
            server.application(),
            sock=listener,
            print=None,
            access_log=None,
            shutdown_timeout=_SHUTDOWN_SECONDS,
        )
