"""Every field of the format is documented at its declaration; docs, forms and schema follow."""

from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path
from runpy import run_path
from typing import Annotated, Any, get_args

import pytest
from pydantic import BaseModel, TypeAdapter

from roadmap_tui.plan.base import MAX_QUANTITY, Chance, Count, Table
from roadmap_tui.plan.estimate import Estimate, ShareField
from roadmap_tui.plan.field_docs import field_doc, field_docs
from roadmap_tui.plan.json_schema import roadmap_json_schema
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.plan.table_keys import all_tables

ROOT = Path(__file__).parents[2]
FIELDS = list(
    chain.from_iterable(product([each], field_docs(each)) for each in all_tables().values())
)


def complaints(table: type[BaseModel], key: str) -> Iterator[str]:
    """What a field's documentation lacks."""
    doc = field_docs(table)[key]
    info = next(info for name, info in table.model_fields.items() if key in {name, info.alias})
    if not doc.label:
        yield "no label"
    if len(doc.label) > 20:
        yield "a label that no form has room for"
    if not doc.description.endswith("."):
        yield "no sentence describes it"
    if doc.example is None:
        yield "no example"
        return
    kind: Any = info.annotation
    for metadata in info.metadata:
        kind = Annotated[kind, metadata]
    TypeAdapter(kind).validate_python(doc.example)
    if is_quantity(info.annotation, info.metadata) and not doc.unit:
        yield "a number without a unit"


def is_quantity(annotation: object, metadata: list[object]) -> bool:
    """Whether a field is a number, or a range of numbers, that isn't a share or a level."""
    parts = {*parts_of(annotation)} | set(map(repr, metadata))
    is_share = any("le=1)" in part or "parse_share" in part for part in parts)
    is_bounded = any(f"le={MAX_QUANTITY}" in part for part in parts)
    is_number = is_bounded or bool(parts & {repr(int), repr(Estimate)})
    return is_number and not is_share


def parts_of(annotation: object) -> Iterator[str]:
    yield repr(annotation)
    for part in (*get_args(annotation), *getattr(annotation, "metadata", ())):
        yield from parts_of(part)


@pytest.mark.parametrize(("table", "key"), FIELDS)
def test_a_field_has_a_label_a_description_and_an_example_that_fits(
    table: type[Table], key: str
) -> None:
    assert list(complaints(table, key)) == []


def test_what_is_missing_is_found() -> None:
    class Sparse(Table):
        bare: str | None = None
        unitless: Annotated[Count, field_doc("Cases", "Cases seen.", example=3)] = 0
        share: Annotated[Chance, field_doc("Share", "Share of cases.", example=0.3)] = 0
        spread: Annotated[ShareField | None, field_doc("Share", "Share.", example=[0.1, 0.3])] = (
            None
        )

    assert list(complaints(Sparse, "bare")) == [
        "no label",
        "no sentence describes it",
        "no example",
    ]
    assert list(complaints(Sparse, "unitless")) == ["a number without a unit"]
    assert list(complaints(Sparse, "share")) == list(complaints(Sparse, "spread")) == []


def test_every_table_is_looked_at() -> None:
    tables = all_tables()
    assert len(tables) > 40
    assert {"Plan", "Product", "Measurement", "TopDownMarket", "SourcingOption"} <= tables.keys()
    assert len(FIELDS) > 300


def test_the_schema_describes_every_property() -> None:
    properties = [*properties_in(roadmap_json_schema(), ())]
    assert len(properties) > 400
    assert [path for path, field in properties if "description" not in field] == []


def properties_in(
    schema: object, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], dict[str, object]]]:
    match schema:
        case dict():
            fields = schema.get("properties")
            if isinstance(fields, dict) and path[-1:] != ("properties",):
                yield from (((*path, name), field) for name, field in fields.items())
            for name, inside in schema.items():
                yield from properties_in(inside, (*path, name))
        case list():
            for inside in schema:
                yield from properties_in(inside, path)


def test_the_page_of_the_format_has_the_fields_as_they_are() -> None:
    made: str = run_path(str(ROOT / "docs" / "make_format.py"))["page"]()
    assert (ROOT / "docs" / "format.md").read_text(encoding="utf-8") == made, "make docs"
    named = {name for name in all_tables() if f"<!-- fields of {name}:" in made}
    assert named >= {"ItemBase", "BetFields", "Product", "ModelFields", "Model", "Spike", "Policy"}


def test_the_plan_is_the_root_of_the_tables() -> None:
    assert next(iter(all_tables().values())) is Plan
