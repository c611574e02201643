"""Typed values of form fields, and how stored values are shown."""

from pathlib import Path

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.plan.estimate import SIZES
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import item_kind
from roadmap_tui.tui.forms.field_values import (
    FieldKind,
    InvalidInput,
    default_text,
    essential_fields,
    format_value,
    parse_field,
    value_at,
)
from tests.tui.plans import SHIPPED, SMALL, plan_of

IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True)
NUMBERS = st.integers(0, 10**9) | st.floats(0, 1e9, allow_nan=False, allow_infinity=False)
PLAIN = st.floats(0.001, 99999, allow_nan=False).map(lambda value: float(f"{value:.6g}"))
NEEDS = (
    IDS
    | st.lists(IDS, min_size=2, max_size=3)
    | st.tuples(IDS, IDS).map(lambda two: {"bar": ".".join(two)})
)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("3", "effort", 3),
        (" 3 ", "effort", 3),
        ("3 9", "effort", [3, 9]),
        ("3 4 9", "effort", [3, 4, 9]),
        ("3, 4, 9", "effort", [3, 4, 9]),
        ("[3, 4, 9]", "effort", [3, 4, 9]),
        ("3–9", "effort", [3, 9]),
        ("0.5 1.5", "range", [0.5, 1.5]),
        ("M", "effort", "M"),
        ("xl", "effort", "XL"),
        ("60%", "chance", 0.6),
        ("60 %", "chance", 0.6),
        ("0.6", "chance", 0.6),
        ("1", "chance", 1.0),
        ("2", "number", 2),
        ("a, b", "needs", ["a", "b"]),
        ("a, b | c", "needs", ["a", ["b", "c"]]),
        ("m.recall", "needs", [{"bar": "m.recall"}]),
        (" words [/] ", "text", "words [/]"),
        ("", "text", None),
        ("   ", "effort", None),
        ("", "needs", None),
    ],
)
def test_valid_input_is_accepted(text: str, kind: FieldKind, value: object) -> None:
    assert parse_field(text, kind) == value


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("abc", "effort"),
        ("3 x", "effort"),
        ("M", "range"),
        ("M 3", "effort"),
        ("three", "number"),
        ("1 2", "number"),
        ("maybe", "chance"),
        ("%", "chance"),
        ("0.5 0.6", "chance"),
        ("NAN", "number"),
        ("1e999", "number"),
        ("3 inf", "effort"),
        ("nan", "chance"),
        ("-inf%", "chance"),
    ],
)
def test_unreadable_input_is_reported(text: str, kind: FieldKind) -> None:
    value = parse_field(text, kind)
    assert isinstance(value, InvalidInput)
    assert value.text


@given(
    st.text(max_size=12),
    st.sampled_from(["text", "number", "range", "effort", "chance", "needs", "word"]),
)
def test_no_text_breaks_the_reading(text: str, kind: FieldKind) -> None:
    value = parse_field(text, kind)
    if isinstance(value, InvalidInput):
        assert value.text
    elif isinstance(value, int | float):
        assert parse_field(format_value(value), kind) == value


@given(PLAIN | st.integers(0, 999999))
def test_numbers_come_back(value: float) -> None:
    for kind in ("number", "range", "effort"):
        assert parse_field(format_value(value), kind) == value


@given(NUMBERS)
def test_every_number_comes_back_exactly(value: float) -> None:
    assert parse_field(format_value(value), "number") == value


@given(st.lists(PLAIN | st.integers(1, 999999), min_size=2, max_size=3))
def test_ranges_come_back(value: list[float]) -> None:
    assert parse_field(format_value(value), "range") == value
    assert parse_field(format_value(value), "effort") == value


@given(st.integers(0, 1000).map(lambda part: part / 1000))
def test_chances_come_back(value: float) -> None:
    assert parse_field(format_value(value), "chance") == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize("size", SIZES)
def test_sizes_come_back(size: str) -> None:
    assert parse_field(format_value(size), "effort") == size


@given(st.lists(NEEDS, min_size=1, max_size=4))
def test_needs_come_back(value: list[object]) -> None:
    assert parse_field(format_value(value), "needs") == value


@given(IDS)
def test_an_id_of_digits_comes_back_as_a_need(name: str) -> None:
    assert parse_field(format_value([name]), "needs") == [name]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_field_of_every_shipped_item_comes_back(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    data = tomli.loads(text)
    for name, item in plan_of(text).items.items():
        for field in essential_fields(item):
            value = value_at(data, (item_kind(item), name, *field.path))
            assert parse_field(format_value(value), field.kind) == value, (name, field.label)


def test_every_empty_field_shows_its_default_or_an_example() -> None:
    plan = plan_of(SMALL)
    terms = resolve_plan(plan).items
    for name, item in plan.items.items():
        for field in essential_fields(item):
            if field.path != ("title",):
                assert default_text(field, terms[name], plan.policy), (name, field.label)
    assert default_text(essential_fields(plan.items["reader"])[2], terms["reader"], plan.policy)


def test_missing_values_are_empty() -> None:
    assert value_at({"a": {"b": 0}}, ("a", "b")) == 0
    assert value_at({"a": {"b": 0}}, ("a", "c")) is None
    assert value_at({"a": 1}, ("a", "b")) is None
    assert format_value(None) == ""
