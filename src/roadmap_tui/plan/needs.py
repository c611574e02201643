"""Needs: what must be delivered first."""

from collections.abc import Iterator
from typing import Annotated, TypeAlias

from pydantic import PlainValidator, WithJsonSchema

from roadmap_tui.plan.base import ID_SCHEMA, Table, validate_id
from roadmap_tui.plan.field_docs import field_doc
from roadmap_tui.plan.validators import fault_error


class ItemNeed(Table):
    """One item that must be delivered."""

    id: Annotated[str, field_doc("Item", "Item that must be delivered first.", example="labels")]

    @property
    def ids(self) -> tuple[str]:
        """The item, as the only one."""
        return (self.id,)


class ChoiceNeed(Table):
    """Items of which one must be delivered, the preferred one first."""

    ids: Annotated[
        tuple[str, ...],
        field_doc(
            "Items",
            "Items of which one must be delivered, the preferred one first.",
            example=["own-model", "vendor-api"],
        ),
    ]


class BarNeed(Table):
    """A quality bar that must be proven: now, or when its model is delivered."""

    model: Annotated[
        str, field_doc("Model", "Model that the quality bar belongs to.", example="own-model")
    ]
    bar: Annotated[
        str, field_doc("Quality bar", "Quality bar that must be proven.", example="recall")
    ]

    @property
    def ids(self) -> tuple[str]:
        """The model, as the only item."""
        return (self.model,)


Need: TypeAlias = ItemNeed | ChoiceNeed | BarNeed


def _parse_choice(value: list[object]) -> Need:
    chosen: list[str] = []
    for index, each in enumerate(value):
        if not isinstance(each, str):
            remedy = 'name items, as in ["a", "b"]'
            raise fault_error("need", "a choice contains only ids", remedy, index)
        if each in chosen:
            problem = "the choice names an item twice"
            raise fault_error("need", problem, "name each item once", index)
        chosen.append(validate_id(each, position=index))
    if len(chosen) < 2:
        remedy = "name two items or more, the preferred one first"
        raise fault_error("need", "the choice has fewer than two items", remedy)
    return ChoiceNeed(ids=tuple(chosen))


def parse_need(value: object) -> Need:
    """A need from a value of the file.

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
            remedy = 'write an id, a choice such as ["a", "b"], or { bar = "MODEL.BAR" }'
            raise fault_error("need", "not a need", remedy)


_BAR_SCHEMA = {
    "type": "string",
    "pattern": r"^[a-z0-9][a-z0-9-]*\.[^.]+$",
    "description": "Quality bar that must be proven, as MODEL.BAR.",
}
_NEED_SCHEMA = {
    "anyOf": [
        ID_SCHEMA,
        {"type": "array", "items": ID_SCHEMA, "minItems": 2, "uniqueItems": True},
        {
            "type": "object",
            "properties": {"bar": _BAR_SCHEMA},
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
