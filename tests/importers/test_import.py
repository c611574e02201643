"""Tables of other tools: reading them, and merging them into a roadmap."""

import csv
import io
from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected
from roadmap_tui.document.reader import read_document
from roadmap_tui.importers.cells import (
    read_cell_effort,
    read_cell_quantity,
)
from roadmap_tui.importers.columns import ColumnMapping, map_columns
from roadmap_tui.importers.csv_table import CsvTable, read_csv_table
from roadmap_tui.importers.preview import ImportPreview, preview_import
from roadmap_tui.importers.rows import ImportOptions
from roadmap_tui.plan.identifiers import id_from_title
from roadmap_tui.text.number_grammar import NumberFault
from roadmap_tui.text.number_runs import DecimalMark

BEGUN = '[roadmap]\ntitle = "T"\n'


def sheet_of(text: str | bytes, encoding: str | None = None) -> CsvTable:
    sheet = read_csv_table(text if isinstance(text, bytes) else text.encode(), encoding)
    assert isinstance(sheet, CsvTable), sheet
    return sheet


def columns_for(sheet: CsvTable, **chosen: str) -> ColumnMapping:
    columns = map_columns(sheet.column_names, chosen)
    assert isinstance(columns, ColumnMapping), columns
    return columns


def draft_of(
    text: str, into: str = BEGUN, points: float | None = None, keep: bool = False, **chosen: str
) -> ImportPreview:
    sheet = sheet_of(text)
    reading = ImportOptions(points_per_week=points)
    draft = preview_import(
        read_document(into.encode(), "f"),
        sheet,
        columns_for(sheet, **chosen),
        reading,
        keep_existing=keep,
    )
    assert isinstance(draft, ImportPreview), draft
    return draft


def data_of(draft: ImportPreview) -> Any:
    assert draft.document.plan is not None
    return tomli.loads(draft.document.text)


@pytest.mark.parametrize(
    ("raw", "encoding", "expected"),
    [
        (b"", None, "empty"),
        (b" \n\n", None, "empty"),
        (b"\xef\xbb\xbf", None, "empty"),
        (b"Title,Effort\nCaf\xe9,3\n", None, "line 2: not UTF-8 text; save it as CSV UTF-8"),
        (b"Title,Effort\nCaf\xe9,3\n", "ascii", "not ASCII text; name another"),
        (b"Title,Effort\nx,3\n", "latin-99", 'no encoding is called "latin-99"'),
        (
            b'Title,Effort\n"never closed,3\nmore,4\n',
            None,
            "line 2: a quote that opens here is never closed",
        ),
        (b'Title,Effort\n"a"b,3\n', None, "line 2: no CSV"),
        (b"Title,Effort\n" + b"x" * 140_000 + b",3\n", None, "line 2: a cell of more than"),
        (b"Title\nx\n", None, "line 1: fewer than two columns"),
        (b"PK\x03\x04\x00\x00,a,b\n", None, "null bytes"),
    ],
)
def test_what_is_no_table_is_reported_with_its_line(
    raw: bytes, encoding: str | None, expected: str
) -> None:
    wrong = read_csv_table(raw, encoding)
    assert isinstance(wrong, str)
    assert expected in wrong


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_tables_are_read_however_they_are_written(encoding: str, delimiter: str, ends: str) -> None:
    wanted = [
        ["Title", "Notes, or not", "Effort"],
        ["Café", "a; b,\tc", "3"],
        ["Zwei\nZeilen", '"so"', "4"],
    ]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=ends).writerows(wanted)
    named = encoding if encoding in {"cp1252", "utf-16-le"} else None
    sheet = sheet_of(text.getvalue().encode(encoding), named)
    assert sheet.column_names == tuple(wanted[0])
    for row, cells in zip(sheet.rows, wanted[1:], strict=True):
        assert [row.cells[name][0] for name in sheet.column_names] == cells
    assert [row.line for row in sheet.rows] == [2, 3]
    assert sheet.has_decimal_comma == (delimiter == ";")


def test_rows_that_are_too_long_are_left_out_and_reported() -> None:
    sheet = sheet_of("Title,Effort\na,1,extra\nb\n\nc,2,,\n")
    assert [row.cells["Title"] for row in sheet.rows] == [("b",), ("c",)]
    assert [(each.line, "3 cells" in each.text) for each in sheet.problems] == [(2, True)]


@pytest.mark.parametrize(
    ("cell", "decimal", "value"),
    [
        ("1200", "point", 1200),
        ("1,200", "point", 1200),
        ("1,234,567", "point", 1234567),
        ("1.200", "comma", 1200),
        ("1.200", "point", 1.2),
        ("1,5", "comma", 1.5),
        ("1.234,5", "comma", 1234.5),
        ("1,234.5", "point", 1234.5),
        ("12k", "point", 12000),
        ("1.5M", "point", 1500000),
        ("$ 1 200", "point", 1200),
        ("1\u202f200", "point", 1200),
        ("1'200", "point", 1200),
        ("~3", "point", 3),
        ("3-9", "point", [3, 9]),
        ("3 – 9", "point", [3, 9]),
        ("3 to 9", "point", [3, 9]),
        ("3..9", "point", [3, 9]),
        ("[3, 4, 9]", "point", [3, 4, 9]),
        ("1,000 - 2,000", "point", [1000, 2000]),
    ],
)
def test_quantities(cell: str, decimal: DecimalMark, value: object) -> None:
    assert read_cell_quantity(cell, decimal) == value


@pytest.mark.parametrize(
    ("cell", "cause"),
    [
        ("tbd", "not a number"),
        ("3 weeks", "not a number"),
        ("=1+2", "not a number"),
        ("1,5", "1.5 or the range 1 to 5"),
        ("-3", "negative"),
        ("9-3", "not rise"),
        ("1e99", "too large"),
        ("nan", "not a number"),
    ],
)
def test_cells_that_are_left_out_with_their_cause(cell: str, cause: str) -> None:
    value = read_cell_quantity(cell, "point")
    assert isinstance(value, NumberFault)
    assert cause in value.problem
    assert value.remedy


def test_efforts_in_the_unit_of_their_column_or_their_own() -> None:
    """A week has 5 days of 8 hours, a month 365.25 / 12 of 7 days a week."""
    assert read_cell_effort("10", "days", "point") == 2
    assert read_cell_effort("10", "weeks", "point") == 10
    assert read_cell_effort("10", "months", "point") == 43.5
    assert read_cell_effort("144000", "seconds", "point") == 1
    assert read_cell_effort("40", "hours", "point") == 1
    assert read_cell_effort("2w", "months", "point") == 2
    assert read_cell_effort("xl", "months", "point") == "XL"
    assert isinstance(read_cell_effort("9-3", "days", "point"), NumberFault)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Smart search", "smart-search"),
        ("Größe & Maß – prüfen!", "grosse-mass-prufen"),
        ("It's here", "its-here"),
        ("日本語", "item"),
        ("roadmap", "roadmap-1"),
        ("a" * 90, "a" * 40),
        ("one two " * 20, "one-two-one-two-one-two-one-two-one-two"),
    ],
)
def test_ids_are_made_of_titles(title: str, name: str) -> None:
    assert id_from_title(title) == name


RICE = """\
Feature,Reach (users/quarter),Impact,Confidence,Effort (person-months),RICE Score
Smart search,"1,200",2,80%,2,960
Draft replies,4000,High,Medium,3 - 5,1333
Auto-tagging,12k,0.5,100%,tbd,
,5,1,50%,1,
"""


def test_a_rice_spreadsheet() -> None:
    draft = draft_of(RICE)
    assert draft.columns.source == "RICE"
    items = data_of(draft)["product"]
    assert items["smart-search"] == {
        "title": "Smart search",
        "reach": 1200,
        "impact": 2,
        "confidence": 0.8,
        "effort": 8.7,  # two months, to three digits
    }
    assert items["draft-replies"] == {
        "title": "Draft replies",
        "reach": 4000,
        "impact": 2,
        "confidence": 0.8,
        "effort": [13, 21.7],
    }
    assert "effort" not in items["auto-tagging"]
    assert [(each.line, each.column) for each in draft.problems] == [
        (4, "Effort (person-months)"),
        (5, "Feature"),
    ]


JIRA = """\
Summary,Issue key,Issue id,Issue Type,Status,Resolution,Assignee,Labels,Labels,Original Estimate,\
Inward issue link (Blocks),Custom field (Story Points)
Route tickets,HD-1,1,Story,In Progress,,Ann,ai,desk,288000,HD-2,8
Train a classifier,HD-2,2,Task,To Do,,,ML,,,HD-3,
Does a prompt do?,HD-3,3,Spike,Done,Done,,,,,,3
Old idea,HD-4,4,Story,Closed,Won't Do,,,,,HD-99,
Odd,HD-5,5,Story,Simmering,,,,,,,
"""


def test_an_export_of_jira() -> None:
    draft = draft_of(JIRA)
    data = data_of(draft)
    assert draft.columns.source == "Jira"
    assert data["product"]["route-tickets"] == {
        "title": "Route tickets",
        "status": "active",
        "owner": "Ann",
        "tags": ["ai", "desk"],
        "effort": 2,
        "links": ["HD-1"],
        "needs": ["train-a-classifier"],
    }
    assert data["model"]["train-a-classifier"]["needs"] == ["does-a-prompt-do"]
    assert data["spike"]["does-a-prompt-do"]["status"] == "done"
    assert data["product"]["old-idea"]["status"] == "dropped"
    assert [(each.line, each.text.split(";")[0]) for each in draft.problems] == [
        (5, 'waits for "HD-99", which is not in the plan'),
        (6, '"Simmering" is not a known status'),
    ]
    pointed = data_of(draft_of(JIRA, points=4))
    assert pointed["spike"]["does-a-prompt-do"]["effort"] == 0.75
    assert pointed["product"]["route-tickets"]["effort"] == 2


def test_an_export_of_linear() -> None:
    text = (
        "ID,Team,Title,Description,Status,Estimate,Priority,Labels,Assignee\n"
        "ENG-7,App,Ship it,long,Backlog,3,High,model,Bo\nENG-8,App,More,,Canceled,,Low,,\n"
    )
    draft = draft_of(text, BEGUN + "[teams.app]\npeople = 2\n")
    data = data_of(draft)
    assert draft.columns.source == "Linear"
    assert data["model"]["ship-it"] == {
        "title": "Ship it",
        "status": "idea",
        "owner": "Bo",
        "tags": ["model"],
        "links": ["ENG-7"],
        "team": "app",
    }
    assert data["product"]["more"]["status"] == "dropped"


def test_an_export_of_github() -> None:
    text = (
        "number,title,state,labels,url\n12,Fix"
        " it,OPEN,bug,https://github.com/o/r/issues/12\n13,Done"
        " it,CLOSED,,https://github.com/o/r/issues/13\n"
    )
    draft = draft_of(text)
    assert draft.columns.source == "GitHub"
    assert data_of(draft)["product"]["fix-it"]["links"] == ["https://github.com/o/r/issues/12"]
    assert data_of(draft)["product"]["done-it"]["status"] == "done"
    without = draft_of("number,title,state\n12,Fix it,OPEN\n")
    assert data_of(without)["product"]["fix-it"]["links"] == ["#12"]


def test_columns_can_be_chosen() -> None:
    text = "Was,Wie viel,Reach\nSuche,3,5\n"
    assert isinstance(map_columns(sheet_of(text).column_names, {}), str)
    draft = draft_of(text, title="was", effort="Wie viel", reach="")
    assert data_of(draft)["product"] == {"suche": {"title": "Suche", "effort": 3}}
    for chosen, expected in (
        ({"titel": "Was"}, 'did you mean "title"'),
        ({"title": "Wie vil"}, 'did you mean "Wie viel"'),
    ):
        wrong = map_columns(sheet_of(text).column_names, chosen)
        assert isinstance(wrong, str)
        assert expected in wrong


def test_a_second_import_changes_nothing_that_is_the_same() -> None:
    for text in (RICE, JIRA):
        once = draft_of(text)
        twice = draft_of(text, once.document.text)
        assert twice.document.raw == once.document.raw
        assert (twice.added, twice.updated, twice.unchanged_count) == ((), (), len(once.added))


def test_items_are_found_again_when_they_are_called_otherwise() -> None:
    once = draft_of(JIRA).document.text.replace(
        "[product.route-tickets]", "[product.routing]  # ours"
    )
    twice = draft_of(JIRA.replace("Route tickets", "Route all tickets"), once)
    assert twice.added == ()
    assert {each.id: each.changes for each in twice.updated} == {
        "routing": {"title": ("Route tickets", "Route all tickets")}
    }
    assert twice.document.text == once.replace('"Route tickets"', '"Route all tickets"')


OURS = (
    BEGUN
    + '\n# Ours.\n[product.smart-search]\ntitle = "Smart search"\neffort = [4, 9, 20]  # asked'
    ' around\nreach = 1_000\nguesses = ["reach"]\nneeds ='
    ' ["index"]\n\n[product.smart-search.oversight]\nlevel = 2\n\n[product.index]\nstatus ='
    ' "live"\n'
)


def test_equivalent_values_of_the_user_stay() -> None:
    draft = draft_of(RICE, OURS)
    (changed,) = draft.updated
    assert changed.id == "smart-search"
    assert changed.changes == {
        "reach": (1000, 1200),
        "impact": (None, 2),
        "confidence": (None, 0.8),
    }
    text = draft.document.text
    assert "effort = [4, 9, 20]  # asked around\nreach = 1200\n" in text
    assert "guesses" not in text
    assert text.index("# Ours.") < text.index("[product.smart-search]") < text.index("level = 2")


def test_keep_only_fills_in() -> None:
    (changed,) = draft_of(RICE, OURS, keep=True).updated
    assert changed.changes == {"impact": (None, 2), "confidence": (None, 0.8)}


def test_items_that_have_no_header_of_their_own_are_changed_too() -> None:
    for ours in ("product.smart-search = { reach = 5 }\n", "[product]\nsmart-search.reach = 5\n"):
        draft = draft_of(RICE, ours)
        assert data_of(draft)["product"]["smart-search"]["reach"] == 1200


def test_what_cannot_be_changed_is_refused() -> None:
    sheet = sheet_of(RICE)
    for text in ("<<<<<<< ours\n", "[product.a\n"):
        refused = preview_import(
            read_document(text.encode(), "f"),
            sheet,
            columns_for(sheet),
            ImportOptions(),
            keep_existing=False,
        )
        assert isinstance(refused, EditRejected)


def test_more_than_a_roadmap_can_hold_is_refused() -> None:
    sheet = sheet_of("Title,Summary\n" + f"x,{'y' * 100_000}\n" * 60)
    refused = preview_import(
        read_document(BEGUN.encode(), "f"),
        sheet,
        columns_for(sheet, summary="Summary"),
        ImportOptions(),
        keep_existing=False,
    )
    assert isinstance(refused, EditRejected)
    assert "a roadmap has at most 5,000,000" in refused.text


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=6, max_size=6), max_size=6))
def test_any_cells_become_a_roadmap_or_are_reported(rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["Title", "Key", "Status", "Effort", "Reach", "Blocked by"], *rows])
    sheet = sheet_of(text.getvalue())
    draft = preview_import(
        read_document(BEGUN.encode(), "f"),
        sheet,
        columns_for(sheet),
        ImportOptions(),
        keep_existing=False,
    )
    assert isinstance(draft, ImportPreview)
    assert isinstance(draft.document, Document)
    assert draft.document.plan is not None
    titled = [row for row in sheet.rows if " ".join(row.cells.get("Title", ("",))[0].split())]
    assert len(draft.added) == len(titled)
    assert [each.title for each in draft.added] == [
        " ".join(row.cells["Title"][0].split()) for row in titled
    ]
