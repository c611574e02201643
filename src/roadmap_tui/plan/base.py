"""What every table of the file has in common: its base class and the types of its values."""

import datetime as dt
from typing import Annotated, Literal, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from roadmap_tui.plan.identifiers import ID, RESERVED_IDS
from roadmap_tui.plan.validators import fault_error

T = TypeVar("T")
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2999, 12, 31)
"""The range of days in a roadmap; a horizon, a quarter and a margin still fit after the last."""
MAX_QUANTITY = 1_000_000_000_000
"""The largest quantity in a roadmap; what is computed from such quantities stays finite."""


class Table(BaseModel):
    """A table of the file: frozen, strict, unknown keys rejected."""

    # Only the whole plan is validated; a validator of its own for each table would slow the start.
    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", allow_inf_nan=False, defer_build=True
    )


def validate_id(text: str, *, position: str | int | None = None) -> str:
    """Return `text` if it is an id.

    Args:
        text: the id.
        position: where it is in the value that is being read, if it isn't all of it.

    Raises:
        PydanticCustomError: it is no id, or a word that the format reserves.
    """
    if not ID.fullmatch(text):
        remedy = "use lower-case letters, digits and hyphens"
        raise fault_error("id", "not an id", remedy, position)
    if text in RESERVED_IDS:
        raise fault_error(
            "id", "this word is reserved by the format", "choose another id", position
        )
    return text


def validate_day(day: dt.date) -> dt.date:
    """Return `day` if it can be calculated with.

    Raises:
        PydanticCustomError: it is too early or too late.
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        remedy = f"write a day from {FIRST_DAY.isoformat()} to {LAST_DAY.isoformat()}"
        raise fault_error("range", "out of range", remedy)
    return day


def _list_to_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _table_to_tuple(value: object) -> object:
    return (value,) if isinstance(value, dict) else _list_to_tuple(value)


class TableOrListSchema:
    """What a JSON Schema shows of a list of tables that may be written as one table."""

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """The schema of a table, or of a list of them."""
        tables = handler(core_schema)
        return {"anyOf": [tables["items"], tables]}


ID_SCHEMA = {"type": "string", "pattern": f"^(?!({'|'.join(sorted(RESERVED_IDS))})$){ID.pattern}$"}
"""What a JSON Schema can express about an id."""
Id: TypeAlias = Annotated[str, AfterValidator(validate_id), WithJsonSchema(ID_SCHEMA)]
DAY_SCHEMA = {"type": "string", "format": "date", "pattern": r"^(19\d{2}|2\d{3})-"}
"""What a JSON Schema can express about a day: its year lies within `FIRST_DAY` and `LAST_DAY`."""
Day: TypeAlias = Annotated[dt.date, AfterValidator(validate_day), WithJsonSchema(DAY_SCHEMA)]
ListOf: TypeAlias = Annotated[tuple[T, ...], BeforeValidator(_list_to_tuple)]
TableOrListOf: TypeAlias = Annotated[
    tuple[T, ...], BeforeValidator(_table_to_tuple), TableOrListSchema()
]
Chance: TypeAlias = Annotated[float, Field(ge=0, le=1)]
Positive: TypeAlias = Annotated[float, Field(gt=0, le=MAX_QUANTITY)]
NonNegative: TypeAlias = Annotated[float, Field(ge=0, le=MAX_QUANTITY)]
Count: TypeAlias = Annotated[int, Field(ge=0, le=MAX_QUANTITY)]
Track: TypeAlias = Literal["product", "model"]
Kind: TypeAlias = Literal["product", "model", "spike"]
Status: TypeAlias = Literal["idea", "planned", "active", "live", "done", "failed", "dropped"]
OPEN_STATUSES: frozenset[Status] = frozenset({"planned", "active"})
DELIVERED_STATUSES: frozenset[Status] = frozenset({"live", "done"})
ENDED_STATUSES: frozenset[Status] = DELIVERED_STATUSES | {"failed"}
Pin: TypeAlias = Literal["now", "next", "later"]
Evidence: TypeAlias = Literal[
    "opinion", "data-checked", "prototype", "offline-eval", "pilot", "launched"
]
RawTable: TypeAlias = dict[str, object]
