"""The format as a JSON Schema, for editors: completion, and faults of the shape while typing.

What a schema can't say (ranges that rise, ids that are there, cycles) is told by `roadmap check`.
"""

from typing import Any, TypeAlias

from pydantic.json_schema import GenerateJsonSchema

from roadmap_tui.plan.base import ID_SCHEMA
from roadmap_tui.plan.roadmap import Plan

_Schema: TypeAlias = dict[str, Any]
_DRAFT = "http://json-schema.org/draft-07/schema#"
_TRACKS = ("product", "model", "spike")
_CUSTOM_TABLE = {"type": "object", "description": "Your own: kept, and never read."}
_DESCRIPTIONS = {
    "effort": (
        'Person-weeks: 4, [low, high], [low, likely, high], or "S", "M", "L", "XL". 8 times out of'
        " 10 the truth lies from low to high."
    ),
    "reach": "People reached per month, quarter or year: a number or a range.",
    "impact": "What it does for each: 0.25, 0.5, 1, 2 or 3.",
    "confidence": "The chance that people want it.",
    "chance": "The chance that it works.",
    "needs": 'What must deliver first: ids, choices such as ["a", "b"], or { bar = "MODEL.BAR" }.',
    "evidence": "What the numbers rest on.",
    "guesses": "Fields whose numbers nobody stands for yet.",
    "fallback": "What we do and know if it fails.",
    "fallback_for": "Attempted only if that item doesn't deliver.",
    "deadline": "A promise made outside: shown with its chance, never planned by.",
    "informs": "The bet that the spike is a reading of.",
    "yes_if_works": "How often it says yes if the bet would work.",
    "yes_if_not": "How often it says yes if the bet would not work.",
    "timebox": "Weeks; a hard end.",
    "spent": "Person-weeks taken so far; of a finished item, all it took.",
    "upkeep": "People it keeps busy once live.",
    "attempts": "Trainings in all.",
    "public": "Its name in what customers see; without it, it isn't there.",
}


class _SchemaWithoutDefaults(GenerateJsonSchema):
    """Leaves defaults out: the documentation tells them, and a default in an editor is soon a line in the file."""

    def default_schema(self, schema: Any) -> _Schema:
        """The schema of what has the default."""
        return self.generate_inner(schema["schema"])


def roadmap_json_schema() -> dict[str, object]:
    """The JSON Schema of a roadmap."""
    schema = Plan.model_json_schema(by_alias=True, schema_generator=_SchemaWithoutDefaults)
    definitions: dict[str, _Schema] = schema["$defs"]
    definitions["ByEvidence"].pop("required")
    for each in (schema, *definitions.values()):
        _allow_custom_tables(each)
    for track in _TRACKS:
        schema["properties"][track]["propertyNames"] = ID_SCHEMA
    return {
        "$schema": _DRAFT,
        **schema,
        "title": "Roadmap",
        "description": "A roadmap of Roadmap TUI.",
    }


def _allow_custom_tables(table: _Schema) -> None:
    """Let a table hold one of the user's own, and say what its fields mean."""
    fields = table.get("properties")
    if not isinstance(fields, dict):
        return
    for name, field in fields.items():
        field.pop("title", None)
        if name in _DESCRIPTIONS:
            field["description"] = _DESCRIPTIONS[name]
        if isinstance(field.get("additionalProperties"), dict) and name not in _TRACKS:
            field["properties"] = {"x": _CUSTOM_TABLE}
    fields["x"] = _CUSTOM_TABLE
