"""Needs: what must deliver first."""

from collections.abc import Iterator
from typing import Annotated, TypeAlias

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from roadmap_tui.plan.base import ID_SCHEMA, Table, validate_id


class ItemNeed(Table):
    """One item that must deliver."""

    id: str

    @property
    def ids(self) -> tuple[str]:
        """The one that it names."""
        return (self.id,)


class ChoiceNeed(Table):
    """Items of which one must deliver, the preferred one first."""

    ids: tuple[str, ...]


class BarNeed(Table):
    """A bar that must be proven: now, or when its model delivers."""

    model: str
    bar: str

    @property
    def ids(self) -> tuple[str]:
        """The one that it names."""
        return (self.model,)


Need: TypeAlias = ItemNeed | ChoiceNeed | BarNeed
_REMEDY = 'write an id, a choice such as ["a", "b"], or { bar = "MODEL.BAR" }'


def _need_error(wrong: str, right: str = _REMEDY, at: int | None = None) -> PydanticCustomError:
    """A fault of the whole need, or of the id `at` this place in its choice."""
    where = {} if at is None else {"key": at}
    return PydanticCustomError("need", "{wrong}", {"wrong": wrong, "right": right, **where})


def _parse_choice(value: list[object]) -> Need:
    chosen: list[str] = []
    for at, each in enumerate(value):
        if not isinstance(each, str):
            raise _need_error("a choice holds ids only", 'name items, as in ["a", "b"]', at)
        if each in chosen:
            raise _need_error("a choice that names an item twice", "name each item once", at)
        chosen.append(validate_id(each, position=at))
    if len(chosen) < 2:
        raise _need_error(
            "a choice of fewer than two", "name two items or more, the preferred one first"
        )
    return ChoiceNeed(ids=tuple(chosen))


def parse_need(value: object) -> Need:
    """A need from what the file says.

    Raises:
        PydanticCustomError: it is none.
    """
    match value:
        case ItemNeed() | ChoiceNeed() | BarNeed():
            return value
        case str():
            return ItemNeed(id=validate_id(value))
        case list():
            return _parse_choice(value)
        case {"bar": str(bar), **rest} if not rest and bar.count(".") == 1:
            model, name = bar.split(".")
            return BarNeed(model=validate_id(model, position="bar"), bar=name)
        case _:
            raise _need_error("not a need")


_NEED_SCHEMA = {
    "anyOf": [
        ID_SCHEMA,
        {"type": "array", "items": ID_SCHEMA, "minItems": 2, "uniqueItems": True},
        {
            "type": "object",
            "properties": {"bar": {"type": "string", "pattern": r"^[a-z0-9][a-z0-9-]*\.[^.]+$"}},
            "required": ["bar"],
            "additionalProperties": False,
        },
    ]
}
NeedField: TypeAlias = Annotated[Need, PlainValidator(parse_need), WithJsonSchema(_NEED_SCHEMA)]


def need_ids(needs: tuple[Need, ...]) -> Iterator[str]:
    """Every id that the needs name."""
    for need in needs:
        yield from need.ids
