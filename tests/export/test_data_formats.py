"""CSV, Mermaid and JSON: text of the file never acts as code in their readers."""

import csv
import io
import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from roadmap_tui.export.pipeline import ExportSpec, render_export
from roadmap_tui.text.escape import escape_csv_cell, single_line
from tests.export.hostile import HOSTILE, hostile_subject
from tests.export.test_audiences import made

TRIGGERS = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"
"""What makes a formula of a cell, by OWASP's page on CSV injection."""


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_is_a_formula_or_breaks_a_row(text: str) -> None:
    rows = table(render_export(hostile_subject(text), ExportSpec("csv")))
    assert [row["id"] for row in rows] == list(hostile_subject(text).forecast.items)
    shown = single_line(text)
    for row in rows:
        assert None not in row
        assert row["title"].removeprefix("'") == shown
        assert row["owner"].removeprefix("'") == shown
        for each in row.values():
            assert not each.lstrip().startswith(tuple(TRIGGERS)) or re.fullmatch(
                r"-?[\d.e+-]+", each
            )
            assert "\n" not in each


@example("\u200c=1")
@example(' "=1')
@given(st.text(max_size=30) | st.text("=+-@ \t\n'\"a1", max_size=12))
def test_no_cell_begins_as_a_formula(text: str) -> None:
    kept = escape_csv_cell(text)
    assert not kept.lstrip(' \u200c\u200d"').startswith(tuple(TRIGGERS))
    assert kept in {single_line(text), f"'{single_line(text)}"}


def test_figures_are_numbers_and_days() -> None:
    rows = {row["id"]: row for row in table(render_export(made(), ExportSpec("csv")))}
    assert rows["sure"]["title"] == "Sure thing"
    assert rows["sure"]["ships"] == "1.0"
    assert 0.45 < float(rows["first"]["ships"]) < 0.55
    days = [rows["sure"][f"finish_p{at}"] for at in (10, 50, 90)]
    assert days == sorted(days)
    assert days[1] == "2026-12-21"
    assert rows["look"]["rank"] == ""
    assert {row["as_of"] for row in rows.values()} == {"2026-11-23"}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_breaks_a_diagram(text: str) -> None:
    got, plain = (
        render_export(hostile_subject(each), ExportSpec("mermaid")).splitlines()
        for each in (text, "Zqz")
    )
    assert len(got) == len(plain)
    for mine, harmless in zip(got, plain, strict=True):
        assert mine.startswith(harmless.split("Zqz")[0])
        assert mine.endswith(harmless.split("Zqz")[-1])
        inside = mine[len(harmless.split("Zqz")[0]) : len(mine) - len(harmless.split("Zqz")[-1])]
        assert not set(inside) & set('"`<>[]{}|\\')


@pytest.mark.parametrize("text", HOSTILE[::5], ids=range(len(HOSTILE[::5])))
def test_data_is_the_text_itself(text: str) -> None:
    data = json.loads(render_export(hostile_subject(text), ExportSpec("json")))
    assert (data["schema"], data["kind"], data["title"]) == (1, "roadmap", text)
    assert {each["title"] for each in data["forecast"]["items"]} == {text}
    assert {"forecast", "rank", "spikes", "lessons", "money"} <= set(data)
