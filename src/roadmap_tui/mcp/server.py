"""The server of the Model Context Protocol, over standard input and output."""

import json

from anyio import CapacityLimiter, to_thread
from mcp import types
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server

from roadmap_tui import __version__
from roadmap_tui.mcp.tools import Tool, Toolbox, ToolResult

_INSTRUCTIONS = """\
Roadmaps of AI and ML products, one TOML file each: what is most worth doing, when it might land,
and what to find out first. Every answer about a file comes with its sha256. A change is made only
with the sha256 of the answer it was decided on; if the file was changed since, nothing is written:
read it again, and decide again. Chances are from 0 to 1, efforts in person-weeks, starts and
finishes in weeks from as_of; ranges are 80% ranges."""
_DESTRUCTIVE = {"remove", "unset"}


async def serve_tools(toolbox: Toolbox) -> None:
    """Serve the tools until the client closes the connection."""
    one_at_a_time = CapacityLimiter(1)

    async def list_tools(
        _context: ServerRequestContext, _params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        described = [types.Tool.model_validate(_description(each)) for each in toolbox.tools]
        return types.ListToolsResult(tools=described)

    async def call_tool(
        _context: ServerRequestContext, params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        given = params.arguments or {}
        result = await to_thread.run_sync(toolbox.call, params.name, given, limiter=one_at_a_time)
        return _call_result(result)

    server = Server(
        "roadmap-tui",
        version=__version__,
        instructions=_INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )
    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())


def _call_result(result: ToolResult) -> types.CallToolResult:
    if result.data is None:
        reason = types.TextContent(type="text", text=result.message or "no answer")
        return types.CallToolResult(content=[reason], is_error=True)
    content = {"sha256": result.sha256, "warnings": result.message, "answer": result.data}
    if len(result.hashes) > 1:
        content["sha256_by_file"] = dict(result.hashes)
    text = types.TextContent(type="text", text=json.dumps(content, ensure_ascii=False))
    return types.CallToolResult(content=[text], structured_content=content)


def _description(tool: Tool) -> dict[str, object]:
    return {
        "name": tool.name,
        "description": tool.description,
        "inputSchema": tool.input_schema,
        "annotations": {
            "readOnlyHint": not tool.writes,
            "destructiveHint": tool.name in _DESTRUCTIVE,
            "openWorldHint": False,
        },
    }
