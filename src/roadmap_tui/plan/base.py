"""What every table of the file has in common."""

import datetime as dt
from typing import Annotated, Literal, TypeAlias, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from roadmap_tui.plan.identifiers import ID, RESERVED_IDS

T = TypeVar("T")
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2999, 12, 31)
"""No day of a roadmap lies outside of them; a horizon, a quarter and a margin fit after the last."""
MAX_QUANTITY = 1_000_000_000_000
"""No quantity of a roadmap is greater; what is worked out of them stays finite."""


class Table(BaseModel):
    """A table of the file: frozen, strict, unknown keys refused."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False)


def validate_id(text: str, *, position: str | int | None = None) -> str:
    """The id itself.

    Args:
        text: the id.
        position: where it stands in the value that is being read, if it is not all of it.

    Raises:
        PydanticCustomError: it is no id, or a word that the format keeps for itself.
    """
    where = {} if position is None else {"key": position}
    if not ID.fullmatch(text):
        raise PydanticCustomError(
            "id", "not an id", {"right": "use lower-case letters, digits and hyphens", **where}
        )
    if text in RESERVED_IDS:
        raise PydanticCustomError(
            "id", "this word is taken by the format", {"right": "choose another id", **where}
        )
    return text


def validate_day(day: dt.date) -> dt.date:
    """The day itself.

    Raises:
        PydanticCustomError: it is too early or too late to calculate with.
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        right = f"write a day from {FIRST_DAY.isoformat()} to {LAST_DAY.isoformat()}"
        raise PydanticCustomError("range", "out of range", {"right": right})
    return day


def _list_to_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


ID_SCHEMA = {"type": "string", "pattern": f"^(?!({'|'.join(sorted(RESERVED_IDS))})$){ID.pattern}$"}
"""What a JSON Schema can say of an id."""
Id: TypeAlias = Annotated[str, AfterValidator(validate_id), WithJsonSchema(ID_SCHEMA)]
DAY_SCHEMA = {"type": "string", "format": "date", "pattern": r"^(19\d{2}|2\d{3})-"}
"""What a JSON Schema can say of a day: its year lies between those of `FIRST_DAY` and `LAST_DAY`."""
Day: TypeAlias = Annotated[dt.date, AfterValidator(validate_day), WithJsonSchema(DAY_SCHEMA)]
ListOf: TypeAlias = Annotated[tuple[T, ...], BeforeValidator(_list_to_tuple)]
Chance: TypeAlias = Annotated[float, Field(ge=0, le=1)]
Positive: TypeAlias = Annotated[float, Field(gt=0, le=MAX_QUANTITY)]
NonNegative: TypeAlias = Annotated[float, Field(ge=0, le=MAX_QUANTITY)]
Count: TypeAlias = Annotated[int, Field(ge=0, le=MAX_QUANTITY)]
Track: TypeAlias = Literal["product", "model"]
Kind: TypeAlias = Literal["product", "model", "spike"]
Status: TypeAlias = Literal["idea", "planned", "active", "live", "done", "failed", "dropped"]
Pin: TypeAlias = Literal["now", "next", "later"]
Evidence: TypeAlias = Literal[
    "opinion", "data-checked", "prototype", "offline-eval", "pilot", "launched"
]
RawTable: TypeAlias = dict[str, object]
