"""Documentation of each field: declared beside it; forms, schema, docs and imports read it here."""

from dataclasses import dataclass
from typing import TypedDict, Unpack

from pydantic import BaseModel, Field, JsonValue
from pydantic.fields import FieldInfo


class FieldExtra(TypedDict, total=False):
    """What only some fields have.

    Attributes:
        unit: what a number counts; a share has none.
        left_out: what applies without the field, where its default doesn't show that.
        columns: names of columns in other tools' tables that hold it, the most certain first.
    """

    unit: str
    left_out: str
    columns: list[str]


@dataclass(frozen=True, slots=True)
class FieldDoc:
    """What people are shown about a field; see `FieldExtra` for the attributes with a default.

    Attributes:
        label: its name in forms.
        description: what it means, in a sentence.
        example: a value that it may have, as the file's data.
    """

    label: str
    description: str
    example: object
    unit: str = ""
    left_out: str = ""
    columns: tuple[str, ...] = ()


def field_doc(
    label: str, description: str, *, example: object, **extra: Unpack[FieldExtra]
) -> FieldInfo:
    """Declare the documentation of a field inside its ``Annotated`` type.

    It uses JSON Schema's own keywords where there are some: title, description and examples.
    """
    columns: list[JsonValue] = [*extra.get("columns", ())]
    optional: dict[str, JsonValue] = {
        "unit": extra.get("unit", ""),
        "left_out": extra.get("left_out", ""),
        "columns": columns,
    }
    info: FieldInfo = Field(
        title=label,
        description=description,
        examples=[example],
        json_schema_extra={key: value for key, value in optional.items() if value},
    )
    return info


def field_docs(table: type[BaseModel]) -> dict[str, FieldDoc]:
    """The documentation of a table's fields by their keys, in the order of the format."""
    return {info.alias or name: field_doc_of(info) for name, info in table.model_fields.items()}


def field_doc_of(info: FieldInfo) -> FieldDoc:
    """The documentation of one field."""
    extra = info.json_schema_extra
    given: dict[str, object] = {**extra} if isinstance(extra, dict) else {}
    columns = given.get("columns")
    return FieldDoc(
        label=info.title or "",
        description=info.description or "",
        example=info.examples[0] if info.examples else None,
        unit=str(given.get("unit", "")),
        left_out=str(given.get("left_out", "")),
        columns=tuple(map(str, columns)) if isinstance(columns, list) else (),
    )
