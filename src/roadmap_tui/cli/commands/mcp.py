"""`roadmap mcp`: the commands as a server of the Model Context Protocol, over standard input and output."""

import json
import os
import signal
from importlib.util import find_spec

from roadmap_tui import __version__
from roadmap_tui.cli.optional_packages import install_hint
from roadmap_tui.cli.reply import INTERRUPTED, UNREADABLE, USAGE_ERROR, Reply
from roadmap_tui.mcp.tools import Tool, build_tools, call_tool
from roadmap_tui.text.terminal_text import escape_control

_INSTRUCTIONS = """\
Roadmaps of AI and ML products, one TOML file each: what is most worth doing, when it might land, and what to find out
first. Every answer about a file comes with its sha256. A change is made only with the sha256 of the answer it was
decided on; if somebody has changed the file since, nothing is written: read again, and decide anew. Chances are from 0
to 1, efforts in person-weeks, starts and finishes in weeks from as_of; a range holds 8 times in 10."""


def answer(folder: str) -> Reply:
    """Serve the roadmaps of a folder until the other side is done."""
    if find_spec("mcp") is None:
        return Reply(err=f"roadmap mcp: {install_hint('mcp')}\n", code=USAGE_ERROR)
    try:
        os.chdir(folder)
    except OSError as error:
        return Reply(
            err=escape_control(f"roadmap: {folder}: {error.strerror}") + "\n", code=UNREADABLE
        )
    import anyio

    # the thread that reads standard input would keep the program from ending; files are replaced at one stroke
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    anyio.run(_serve)
    return Reply()


async def _serve() -> None:
    from anyio import CapacityLimiter, to_thread
    from mcp import types
    from mcp.server import Server, ServerRequestContext
    from mcp.server.stdio import stdio_server

    one_by_one = CapacityLimiter(1)

    async def list_tools(
        _context: ServerRequestContext, _params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(
            tools=[types.Tool.model_validate(_tool_description(each)) for each in build_tools()]
        )

    async def answer_call(
        _context: ServerRequestContext, params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        given = params.arguments or {}
        found = await to_thread.run_sync(call_tool, params.name, given, limiter=one_by_one)
        if found.data is None:
            told = types.TextContent(type="text", text=found.message or "no answer")
            return types.CallToolResult(content=[told], is_error=True)
        content = {"sha256": found.sha256, "warnings": found.message, "answer": found.data}
        content |= {"sha256_by_file": {**found.hashes}} if len(found.hashes) > 1 else {}
        text = types.TextContent(type="text", text=json.dumps(content, ensure_ascii=False))
        return types.CallToolResult(content=[text], structured_content=content)

    server = Server(
        "roadmap-tui",
        version=__version__,
        instructions=_INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=answer_call,
    )
    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())


def _tool_description(tool: Tool) -> dict[str, object]:
    return {
        "name": tool.name,
        "description": tool.description,
        "inputSchema": tool.input_schema,
        "annotations": {
            "readOnlyHint": not tool.writes,
            "destructiveHint": tool.name in {"remove", "unset"},
            "openWorldHint": False,
        },
    }
