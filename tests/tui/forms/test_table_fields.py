"""Every table of an item has a form with the file's spelling."""

import tomllib
from pathlib import Path

import pytest
from textual.widgets import Input

from roadmap_tui.document.reader import read_document
from roadmap_tui.plan.roadmap import item_kind
from roadmap_tui.tui.dialogs.form import ItemForm
from roadmap_tui.tui.dialogs.select import SelectDialog
from roadmap_tui.tui.forms.field_values import InvalidInput, format_field, parse_field, value_at
from roadmap_tui.tui.forms.table_fields import item_tables, parse_table_path, table_fields
from tests.tui.driver import opened
from tests.tui.plans import SHIPPED

PLAN = """[roadmap]
as_of = 2026-11-23

[product.chat]
effort = [2, 4, 8]
reach = 900
needs = ["reader"]

[product.chat.latency]  # as promised
p95_ms = 4000

[model.reader]
effort = 3
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "plan.toml"
    made.write_text(PLAN, encoding="utf-8")
    return made


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda path: path.stem)
def test_every_table_of_the_shipped_roadmaps_is_shown_as_it_stands(shipped: Path) -> None:
    document = read_document(shipped.read_bytes(), shipped.name)
    assert document.plan is not None
    shown = 0
    for name, item in document.plan.items.items():
        data = value_at(document.data, (item_kind(item), name))
        assert isinstance(data, dict)
        tables = list(item_tables(item))
        whole = {key for key, value in data.items() if isinstance(value, dict)} - {"stages", "x"}
        assert whole <= {table[0] for table in tables}
        for table in tables:
            fields = table_fields(item, table)
            there = value_at(data, table) or {}
            assert isinstance(there, dict)
            assert there.keys() - {"x"} <= {field.label for field in fields}
            for field in fields:
                value = value_at(data, field.path)
                text = format_field(value, field.kind)
                assert parse_field(text, field.kind) == value
                shown += value is not None
    assert shown > 50


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0.9", 0.9),
        ("[1, 3, 9]", [1, 3, 9]),
        ("true", True),
        ("attention", "attention"),
        ("two words", "two words"),
        ('"0.9"', "0.9"),
        ("{ a = 1 }", {"a": 1}),
        ("", None),
    ],
)
def test_a_value_is_typed_as_the_file_spells_it(typed: str, meant: object) -> None:
    assert parse_field(typed, "toml") == meant


@pytest.mark.parametrize("typed", ["[1, 2", "{ a = }", '"open', "'"])
def test_invalid_value_is_reported(typed: str) -> None:
    assert isinstance(parse_field(typed, "toml"), InvalidInput)


def test_only_what_the_format_has_is_a_table() -> None:
    plan = read_document(PLAN.encode(), "plan.toml").plan
    assert plan is not None
    chat, reader = plan.items["chat"], plan.items["reader"]
    assert parse_table_path(chat, "trust") == ("trust",)
    assert parse_table_path(reader, "bars.recall") == ("bars", "recall")
    assert [
        parse_table_path(chat, text)
        for text in ("bars.recall", "trust.x", "failures", "needs", "nothing")
    ] == [None] * 5
    assert parse_table_path(reader, "trust") is None


async def test_a_field_of_a_table_is_changed_in_its_place(path: Path) -> None:
    async with opened(path) as drive:
        await drive.select("chat")
        await drive.press("t")
        await drive.until(lambda: isinstance(drive.app.screen, SelectDialog), "the tables")
        await drive.type("latency")
        await drive.press("enter")
        await drive.until(lambda: isinstance(drive.app.screen, ItemForm), "the form")
        await drive.drained()
        names = [
            each.path[-1] for each in table_fields(drive.session.plan.items["chat"], ("latency",))
        ]
        drive.app.screen.query_one(f"#field-{names.index('p95_ms')}", Input).value = "2500"
        drive.app.screen.query_one(f"#field-{names.index('kind')}", Input).value = "attention"
        await drive.press("enter")
        await drive.until(lambda: drive.at_work, "the form to close")
        data = tomllib.loads(drive.session.document.text)
        assert data["product"]["chat"]["latency"] == {"p95_ms": 2500, "kind": "attention"}
        assert "# as promised" in drive.session.document.text
        await drive.press("u")
        assert drive.session.document.text == PLAN


async def test_a_table_that_is_not_there_is_made_and_what_contradicts_itself_is_not(
    path: Path,
) -> None:
    async with opened(path) as drive:
        await drive.select("reader")
        await drive.press("t")
        await drive.until(lambda: isinstance(drive.app.screen, SelectDialog), "the tables")
        await drive.type("bars.recall")
        await drive.press("enter")
        await drive.until(lambda: isinstance(drive.app.screen, ItemForm), "the form")
        await drive.drained()
        names = [
            each.path[-1]
            for each in table_fields(drive.session.plan.items["reader"], ("bars", "recall"))
        ]
        launch, target = (
            drive.app.screen.query_one(f"#field-{names.index(name)}", Input)
            for name in ("launch", "target")
        )
        launch.value, target.value = "0.9", "0.8"
        await drive.press("enter")
        await drive.drained()
        assert isinstance(drive.app.screen, ItemForm)
        assert drive.session.document.text == PLAN
        target.value = "0.95"
        await drive.press("enter")
        await drive.until(lambda: drive.at_work, "the form to close")
        bars = tomllib.loads(drive.session.document.text)["model"]["reader"]["bars"]
        assert bars == {"recall": {"launch": 0.9, "target": 0.95}}
