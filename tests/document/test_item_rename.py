"""Renaming, moving and removing items with all that names them."""

from difflib import ndiff

import pytest

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import Edit, EditRejected, RemoveItem, RenameItem, apply_edits
from roadmap_tui.document.reader import read_document
from roadmap_tui.document.values import get_at
from tests.document.corpus import DOCUMENTS

KNOT = """\
[roadmap]
as_of = 2026-11-23

# First.
[product.a]  # a
needs = [
    "m",  # why
    ["m", "n"],
    ["m", "n", "o"],
    { bar = "m.recall" },  # proven
]

[product.b]
fallback_for = "a"
title = "m"

# The model.
[model.m]
effort = 1_0

[model.m.bars.recall]
launch = 0.8

[model.n]

[model."o"]

[spike.s]
informs = "m"

[scenario.late.model.m]
effort = 20
[scenario.late.product.b]
needs = ["m"]
"""


def document(text: str) -> Document:
    return read_document(text.encode(), "plan.toml")


def made(text: str, edit: Edit) -> str:
    result = apply_edits(document(text), edit)
    assert isinstance(result, Document)
    return result.text


def test_every_mention_is_renamed_and_nothing_else_moves() -> None:
    assert not document(KNOT).unlocated_faults
    text = made(KNOT, RenameItem("m", "model", "triage"))
    lines = [line for line in ndiff(KNOT.splitlines(), text.splitlines()) if line[0] in "+"]
    assert lines == [
        '+     "triage",  # why',
        '+     ["triage", "n"],',
        '+     ["triage", "n", "o"],',
        '+     { bar = "triage.recall" },  # proven',
        "+ [model.triage]",
        "+ [model.triage.bars.recall]",
        '+ informs = "triage"',
        "+ [scenario.late.model.triage]",
        '+ needs = ["triage"]',
    ]
    assert not document(text).unlocated_faults
    assert made(text, RenameItem("triage", "model", "m")) == KNOT


def test_plan_b_follows_its_plan_a() -> None:
    assert 'fallback_for = "x-1"' in made(KNOT, RenameItem("a", "product", "x-1"))


def test_an_item_moves_to_its_place_in_another_track() -> None:
    text = made(KNOT, RenameItem("n", "product", "n"))
    assert text == KNOT.replace("[model.n]\n\n", "").replace(
        "# The model.\n", "[product.n]\n\n# The model.\n"
    )
    assert made(text, RenameItem("n", "model", "n")) == KNOT


def test_what_belongs_to_an_item_moves_with_it() -> None:
    text = made(KNOT, RenameItem("m", "product", "c"))
    assert (
        text.index(
            'title = "m"\n\n# The model.\n[product.c]\neffort = 1_0\n\n[product.c.bars.recall]\n'
        )
        > 0
    )
    assert "[scenario.late.product.c]" in text
    assert "model.m" not in text


@pytest.mark.parametrize(("track", "name"), [("model", "n"), ("product", "a"), ("modl", "x")])
def test_a_name_that_is_taken_is_refused(track: str, name: str) -> None:
    assert isinstance(apply_edits(document(KNOT), RenameItem("m", track, name)), EditRejected)
    assert isinstance(
        apply_edits(document(KNOT), RenameItem("missing", "model", "x")), EditRejected
    )


@pytest.mark.parametrize("track", ["product", "model"])
def test_an_item_does_not_take_the_name_of_one_in_a_scenario(track: str) -> None:
    text = "[product.a]\neffort = 1\n\n[scenario.s.product.b]\neffort = 9\n"
    refused = apply_edits(document(text), RenameItem("a", track, "b"))
    assert isinstance(refused, EditRejected)
    assert "scenario.s.product.b" in refused.text


def test_a_removed_item_is_taken_out_of_all_that_names_it() -> None:
    text = made(KNOT, RemoveItem("m", mentions=True))
    assert text == KNOT.replace('    "m",  # why\n', "").replace(
        '    ["m", "n"],\n', '    "n",\n'
    ).replace('["m", "n", "o"]', '["n", "o"]').replace(
        '    { bar = "m.recall" },  # proven\n', ""
    ).replace(
        "# The model.\n[model.m]\neffort = 1_0\n\n[model.m.bars.recall]\nlaunch = 0.8\n\n", ""
    ).replace('informs = "m"\n', "").replace("[scenario.late.model.m]\neffort = 20\n", "").replace(
        'needs = ["m"]\n', ""
    )
    assert not document(text).unlocated_faults


@pytest.mark.parametrize("name", DOCUMENTS)
def test_renaming_there_and_back_gives_the_same_bytes(name: str) -> None:
    before = document(DOCUMENTS[name])
    for track in ("product", "model", "spike"):
        items = before.data.get(track, {})
        for item in items if isinstance(items, dict) and not before.read_only else ():
            there = apply_edits(before, RenameItem(item, track, "zz 9"))
            assert isinstance(there, Document)
            assert get_at(there.data, (track, "zz 9")) is not None
            back = apply_edits(there, RenameItem("zz 9", track, item))
            assert isinstance(back, Document)
            assert back.data == before.data
            if '"' not in before.text and "'" not in before.text:
                assert back.raw == before.raw
