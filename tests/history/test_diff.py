"""Differences between two files' data, against differences written by hand."""

from itertools import chain

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.document.values import get_at, is_same_value
from roadmap_tui.history.diff import FieldChange, table_changes

BEFORE = """
schema = 1
[roadmap]
title = "T"
[teams.ml]
people = 2
[product.p]
effort = [2, 4, 9]
needs = ["a", "b"]
tags = ["x"]
deadline = { by = 2027-03-31, why = "promised" }
x = { mine = 1 }
[model.a]
bars.recall = { launch = 0.8, measured = [{ on = 2026-01-01, hits = 1, of = 2 }] }
[model.b]
"""


def fields(old: str, new: str, text: str = BEFORE) -> list[FieldChange]:
    assert old in text
    found = table_changes(tomli.loads(text), tomli.loads(text.replace(old, new)))
    return list(chain.from_iterable(change.fields for change in found))


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("[2, 4, 9]", "[3, 5, 9]", ("effort", [2, 4, 9], [3, 5, 9])),
        ("[2, 4, 9]", "[2, 4]", ("effort", [2, 4, 9], [2, 4])),
        ("[2, 4, 9]", "[2, 4, 9, 12]", ("effort", [2, 4, 9], [2, 4, 9, 12])),
        ('["a", "b"]', '["a", "b", "c"]', ("needs[2]", None, "c")),
        ('["a", "b"]', '["b", "a"]', ("needs", ["a", "b"], ["b", "a"])),
        ('["a", "b"]', '["a"]', ("needs", ["a", "b"], ["a"])),
        ('tags = ["x"]', "", ("tags", ["x"], None)),
        ('tags = ["x"]', 'tags = ["x"]\nstaff = 2', ("staff", None, 2)),
        ('why = "promised"', 'why = "asked"', ("deadline.why", "promised", "asked")),
        ('tags = ["x"]', "ai = true", ("ai", None, True)),
    ],
)
def test_a_field_is_reported_at_its_path(
    old: str, new: str, wanted: tuple[str, object, object]
) -> None:
    found = [
        each
        for each in fields(old, new)
        if each.path[2] == wanted[0].partition(".")[0].partition("[")[0]
    ]
    path = (*wanted[0].split("."),) if "[" not in wanted[0] else (wanted[0].partition("[")[0], 2)
    assert found == [FieldChange(("product", "p", *path), *wanted[1:])]


def test_an_added_measurement_is_reported_alone_and_a_changed_one_at_its_key() -> None:
    place = ("model", "a", "bars", "recall", "measured")
    came = fields("of = 2 }]", "of = 2 }, { on = 2026-02-01, hits = 3, of = 4 }]")
    assert [(each.path, each.old) for each in came] == [((*place, 1), None)]
    assert fields("hits = 1", "hits = 2") == [FieldChange((*place, 0, "hits"), 1, 2)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[2, 4, 9]", "[2.0, 4, 9]  # weeks"),
        ("mine = 1", "mine = 2"),
        ("schema = 1", ""),
        ("[model.b]\n", "[model]\nb = {}\n"),
    ],
)
def test_what_means_the_same_and_what_is_not_read_is_no_change(old: str, new: str) -> None:
    assert old in BEFORE
    assert table_changes(tomli.loads(BEFORE), tomli.loads(BEFORE.replace(old, new))) == ()


def test_items_come_first_then_tables_of_the_whole() -> None:
    after = (
        BEFORE.replace("people = 2", "people = 3")
        .replace('title = "T"', 'title = "U"')
        .replace("[model.b]", "")
    )
    found = table_changes(
        tomli.loads(BEFORE),
        tomli.loads(after + "[spike.s]\n[scenario.more.teams.ml]\npeople = 9\n"),
    )
    assert [(change.place, change.kind, change.id) for change in found] == [
        (("spike", "s"), "added", "s"),
        (("model", "b"), "removed", "b"),
        (("roadmap",), "changed", None),
        (("teams", "ml"), "changed", None),
        (("scenario", "more"), "added", None),
    ]


@pytest.mark.parametrize(
    ("track", "old", "new", "act"),
    [
        ("model", "", 'status = "active"', "status"),
        ("model", 'status = "active"', "", "status"),
        ("model", "", 'status = "dropped"\nchance = 0.1', "dropped"),
        ("model", 'status = "dropped"', 'status = "dropped"\nchance = 0.1', "changed"),
        ("spike", "", 'status = "done"\nverdict = "refuted"', "answered"),
        ("spike", 'status = "done"\nverdict = "refuted"', 'status = "done"', "changed"),
        ("spike", "", 'status = "dropped"', "dropped"),
    ],
)
def test_a_change_has_its_most_informative_kind(track: str, old: str, new: str, act: str) -> None:
    head = f"[{track}.a]\neffort = 1\n"
    [change] = table_changes(tomli.loads(head + old), tomli.loads(head + new))
    assert change.kind == act


SCALARS = st.integers(-5, 5) | st.sampled_from(["a", "b"]) | st.booleans()
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("pqr"), inner),
)
TABLES = st.dictionaries(
    st.sampled_from("abc"), st.dictionaries(st.sampled_from("pqr"), VALUES, max_size=3), max_size=3
)


@given(TABLES, TABLES)
def test_every_change_reads_back_and_the_same_data_has_none(
    one: dict[str, object], other: dict[str, object]
) -> None:
    before: dict[str, object] = {"model": one, "roadmap": {}}
    after: dict[str, object] = {"model": other, "roadmap": {}}
    assert bool(table_changes(before, after)) != is_same_value(before, after)
    assert table_changes(before, before) == ()
    for change in table_changes(before, after):
        for field in change.fields:
            assert get_at(before, field.path) == field.old
            assert get_at(after, field.path) == field.new
