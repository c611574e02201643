"""The format as a JSON Schema, for editors: completion, hovers, and faults of shape while typing.

What a schema can't express (ranges that rise, references, cycles) `roadmap check` reports.
"""

from typing import Any, TypeAlias

from pydantic.json_schema import GenerateJsonSchema

from roadmap_tui.plan.base import ID_SCHEMA
from roadmap_tui.plan.roadmap import Plan

_Schema: TypeAlias = dict[str, Any]
_DRAFT = "http://json-schema.org/draft-07/schema#"
_TRACKS = ("product", "model", "spike")
_CUSTOM_TABLE = {"type": "object", "description": "Your own: kept, and never read."}


class _SchemaWithoutDefaults(GenerateJsonSchema):
    """Leaves defaults out: a default that an editor offers soon becomes a line in the file."""

    def default_schema(self, schema: Any) -> _Schema:
        """The schema of the value that has the default."""
        return self.generate_inner(schema["schema"])


def roadmap_json_schema() -> dict[str, object]:
    """The JSON Schema of a roadmap file."""
    schema = Plan.model_json_schema(by_alias=True, schema_generator=_SchemaWithoutDefaults)
    definitions: dict[str, _Schema] = schema["$defs"]
    # What a file leaves out of these, the defaults fill in.
    definitions["ChanceByEvidence"].pop("required")
    for table in (schema, *definitions.values()):
        _allow_custom_tables(table)
    for track in _TRACKS:
        schema["properties"][track]["propertyNames"] = ID_SCHEMA
    return {
        "$schema": _DRAFT,
        **schema,
        "title": "Roadmap",
        "description": "A roadmap of Roadmap TUI.",
    }


def _allow_custom_tables(table: _Schema) -> None:
    """Let a table, and each named table in it, hold one of the user's own."""
    fields = table.get("properties")
    if not isinstance(fields, dict):
        return
    for name, field in fields.items():
        field.pop("columns", None)
        if isinstance(field.get("additionalProperties"), dict) and name not in _TRACKS:
            field["properties"] = {"x": _CUSTOM_TABLE}
    fields["x"] = _CUSTOM_TABLE
