"""Needs: what must deliver first."""

from collections.abc import Iterator
from typing import Annotated, TypeAlias

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from roadmap_tui.plan.base import ID_SHAPE, Table, check_id


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
_RIGHT = 'write an id, a choice such as ["a", "b"], or { bar = "MODEL.BAR" }'


def _fault(wrong: str, right: str = _RIGHT, at: int | None = None) -> PydanticCustomError:
    """A fault of the whole need, or of the id `at` this place in its choice."""
    where = {} if at is None else {"key": at}
    return PydanticCustomError("need", "{wrong}", {"wrong": wrong, "right": right, **where})


def _choice(value: list[object]) -> Need:
    chosen: list[str] = []
    for at, each in enumerate(value):
        if not isinstance(each, str):
            raise _fault("a choice holds ids only", 'name items, as in ["a", "b"]', at)
        if each in chosen:
            raise _fault("a choice that names an item twice", "name each item once", at)
        chosen.append(check_id(each, at=at))
    if len(chosen) < 2:
        raise _fault(
            "a choice of fewer than two", "name two items or more, the preferred one first"
        )
    return ChoiceNeed(ids=tuple(chosen))


def read_need(value: object) -> Need:
    """A need from what the file says.

    Raises:
        PydanticCustomError: it is none.
    """
    match value:
        case ItemNeed() | ChoiceNeed() | BarNeed():
            return value
        case str():
            return ItemNeed(id=check_id(value))
        case list():
            return _choice(value)
        case {"bar": str(bar), **rest} if not rest and bar.count(".") == 1:
            model, name = bar.split(".")
            return BarNeed(model=check_id(model, at="bar"), bar=name)
        case _:
            raise _fault("not a need")


_SHAPE = {
    "anyOf": [
        ID_SHAPE,
        {"type": "array", "items": ID_SHAPE, "minItems": 2, "uniqueItems": True},
        {
            "type": "object",
            "properties": {"bar": {"type": "string", "pattern": r"^[a-z0-9][a-z0-9-]*\.[^.]+$"}},
            "required": ["bar"],
            "additionalProperties": False,
        },
    ]
}
NeedField: TypeAlias = Annotated[Need, PlainValidator(read_need), WithJsonSchema(_SHAPE)]


def all_need_ids(needs: tuple[Need, ...]) -> Iterator[str]:
    """Every id that the needs name."""
    for need in needs:
        yield from need.ids
