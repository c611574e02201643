"""What `--json` and MCP return: one pydantic declaration per answer, schema and values alike."""
