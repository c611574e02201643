"""Edits change their value and leave everything else alone."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import tomli
import tomlrt
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import (
    AddItem,
    Edit,
    EditRejected,
    RemoveItem,
    SetValue,
    Unset,
    apply_edits,
)
from roadmap_tui.document.reader import read_document
from roadmap_tui.document.values import get_at, is_same_value
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.storage.load import load_document
from roadmap_tui.storage.save import SavedFile, save_document
from tests.document.corpus import DOCUMENTS, PLAIN
from tests.document.generators import DOCUMENTS as MADE
from tests.document.generators import SCALARS

ITEM: dict[str, object] = {
    "title": 'Say "hi"\nto all',
    "effort": [3, 4.5, 9.0],
    "needs": ["a", ["b", "c"], {"bar": "m.recall"}],
    "deadline": {"by": dt.date(2027, 3, 31), "why": "promised"},
    "bars": {"recall": {"launch": 0.8, "measured": [{"on": dt.date(2026, 9, 20), "hits": 178}]}},
    "stages": {"data": {"effort": [1, 2, 4]}, "train": {"effort": 3, "chance": 0.8}},
}


NEW_SCALARS = [
    "new ] # text",
    'two\n"lines"',
    "",
    -7,
    0.25,
    True,
    dt.date(2027, 3, 31),
    dt.time(7, 32),
]
GROWN = (Path(__file__).parents[2] / "roadmaps" / "helpdesk.toml").read_text(encoding="utf-8")


def opened(text: str) -> Document:
    return read_document(text.encode(), "plan.toml")


def applied(document: Document, *edits: Edit) -> Document:
    result = apply_edits(document, *edits)
    assert isinstance(result, Document), result
    assert tomli.loads(result.text.removeprefix("\ufeff")) is not None
    reread = opened(result.text)
    assert (result.plan, result.unlocated_faults) == (reread.plan, reread.unlocated_faults)
    assert repr(result.data) == repr(reread.data)
    return result


def scalar_paths(data: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    match data:
        case dict():
            for key, value in data.items():
                yield from scalar_paths(value, (*path, key))
        case list():
            for index, value in enumerate(data):
                yield from scalar_paths(value, (*path, index))
        case _:
            yield path


def check_one_scalar(text: str, path: KeyPath, value: object) -> None:
    """Setting a scalar moves nothing but its bytes; setting it back gives the same meaning."""
    before = opened(text)
    span = before.positions.value_span(path)
    assert span is not None
    after = applied(before, SetValue(path, value))
    assert is_same_value(get_at(after.data, path), value)
    kept_before, kept_after = text[: span.start], text[span.end :]
    assert after.text.startswith(kept_before)
    assert after.text.endswith(kept_after)
    spelled = after.text[len(kept_before) : len(after.text) - len(kept_after)]
    assert is_same_value(tomli.loads(f"v = {spelled}"), {"v": value})
    back = applied(after, SetValue(path, get_at(before.data, path)))
    assert is_same_value(back.data, before.data)
    assert back.text.startswith(kept_before)
    assert back.text.endswith(kept_after)
    assert before.text == text


def check_add_and_remove(text: str, track: str, name: str, values: dict[str, object]) -> None:
    before = opened(text)
    added = apply_edits(before, AddItem(track, name, values))
    if isinstance(added, EditRejected):
        assert added.remedy
        return
    assert is_same_value(get_at(added.data, (track, name)), values)
    assert applied(added, RemoveItem(name)).raw == before.raw


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_comes_back_byte_for_byte(name: str) -> None:
    raw = DOCUMENTS[name].encode()
    document = read_document(raw, name)
    assert document.raw == raw == document.text.encode()
    assert document.read_only is None
    assert apply_edits(document) is document


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("value", NEW_SCALARS, ids=repr)
def test_each_scalar_of_the_corpus_can_be_changed_alone(name: str, value: object) -> None:
    text = DOCUMENTS[name]
    for path in scalar_paths(opened(text).data):
        check_one_scalar(text, path, value)


@pytest.mark.parametrize("text", [*DOCUMENTS.values(), GROWN], ids=[*DOCUMENTS, "grown"])
def test_all_scalars_of_a_document_change_and_all_round_them_stays(text: str) -> None:
    paths = [*scalar_paths(opened(text).data)]
    after = applied(opened(text), *(SetValue(path, f"# {at} ]") for at, path in enumerate(paths)))
    assert [get_at(after.data, path) for path in paths] == [f"# {at} ]" for at in range(len(paths))]
    assert round_scalars(after.text, paths) == round_scalars(text, paths)


def round_scalars(text: str, paths: list[KeyPath]) -> list[str]:
    """What stands between the scalars of a text."""
    positions, spans = opened(text).positions, []
    for path in paths:
        span = positions.value_span(path)
        assert span is not None
        spans.append(span)
    spans.sort()
    starts, ends = [0, *(span.end for span in spans)], [*(span.start for span in spans), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_on_disk_is_the_same_after_an_edit_is_saved_and_taken_back(
    name: str, tmp_path: Path
) -> None:
    path, raw = tmp_path / "plan.toml", DOCUMENTS[name].encode()
    path.write_bytes(raw)
    before = load_document(str(path))
    assert isinstance(before, Document)
    for place in [("z", "z"), *scalar_paths(before.data)]:
        after = applied(before, SetValue(place, "other"))
        assert isinstance(save_document(after, str(path), before.sha256), SavedFile)
        again = load_document(str(path))
        assert isinstance(again, Document)
        assert (again.raw, again.read_only) == (after.raw, None)
        assert path.read_bytes() != raw
        assert isinstance(save_document(before, str(path), again.sha256), SavedFile)
        assert path.read_bytes() == raw


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("track", ["product", "model", "spike"])
@pytest.mark.parametrize("item", ["aa", "c", "zz", "../up", 'q"x'])
def test_adding_and_removing_an_item_gives_the_same_bytes(name: str, track: str, item: str) -> None:
    check_add_and_remove(DOCUMENTS[name], track, item, {})
    check_add_and_remove(DOCUMENTS[name], track, item, ITEM)


@settings(max_examples=200, deadline=None)
@given(st.data(), MADE, SCALARS)
def test_each_scalar_of_a_made_document_can_be_changed_alone(
    data: st.DataObject, text: str, value: object
) -> None:
    paths = list(scalar_paths(opened(text).data))
    if paths:
        check_one_scalar(text, data.draw(st.sampled_from(paths)), value)


@settings(max_examples=200, deadline=None)
@given(
    MADE, st.sampled_from(["product", "model", "spike"]), st.sampled_from(["0", "b", "c.d!", "zz"])
)
def test_adding_and_removing_in_a_made_document_gives_the_same_bytes(
    text: str, track: str, name: str
) -> None:
    check_add_and_remove(text, track, name, ITEM)


def test_an_edit_of_one_item_reads_no_other_again() -> None:
    text = "[product.a]\neffort = 1\n\n[product.b]\neffort = 2\n\n[model.a-model]\nchance = 0.5\n"
    before = opened(text)
    after = applied(before, SetValue(("product", "a", "effort"), 3))
    assert before.plan is not None
    assert after.plan is not None
    assert after.plan.product["a"].effort == Estimate.exact(3)
    assert after.plan.product["b"] is before.plan.product["b"]
    assert after.plan.model["a-model"] is before.plan.model["a-model"]


def test_all_edits_of_a_call_apply_or_none() -> None:
    before = opened(PLAIN)
    result = apply_edits(
        before, SetValue(("schema",), 1), SetValue(("roadmap", "users"), 9), RemoveItem("missing")
    )
    assert isinstance(result, EditRejected)
    assert "missing" in result.text
    assert before.text == PLAIN


def edited(text: str, *edits: Edit) -> str:
    return applied(opened(text), *edits).text


HEAD = '[roadmap]\ntitle = "T"\n\n'
A = "# about a\n[model.a]\neffort = [2, 4, 9]   # weeks\n"
C = '[model.c]\nneeds = [\n    "a",   # first\n    # about b\n    "b",\n]\n'
SPIKE = "\n# --- spikes ---\n\n[spike.s]\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("b", f"{HEAD}{A}\n[model.b]\neffort = 2\n\n{C}{SPIKE}"),
        ("Z", f"{HEAD}[model.Z]\neffort = 2\n\n{A}\n{C}{SPIKE}"),
        ("d", f"{HEAD}{A}\n{C}\n[model.d]\neffort = 2\n{SPIKE}"),
    ],
)
def test_new_item_is_placed_in_its_track_by_id(name: str, text: str) -> None:
    assert edited(f"{HEAD}{A}\n{C}{SPIKE}", AddItem("model", name, {"effort": 2.0})) == text


def test_the_first_item_of_a_track_goes_to_the_end() -> None:
    assert edited(HEAD + A, AddItem("spike", "s")) == f"{HEAD}{A}\n[spike.s]\n"
    assert edited("", AddItem("spike", "s")) == "[spike.s]\n"


def test_a_new_item_is_laid_out_as_people_do() -> None:
    assert (
        edited("", AddItem("model", "m", ITEM))
        == '[model.m]\ntitle = "Say \\"hi\\"\\nto all"\neffort = [3, 4.5, 9]\nneeds = [\n    "a",\n'
        '    ["b", "c"],\n    { bar = "m.recall" },\n]\ndeadline = { by = 2027-03-31, why ='
        ' "promised" }\n\n[model.m.bars.recall]\nlaunch = 0.8\nmeasured = [\n    { on ='
        " 2026-09-20, hits = 178 },\n]\n\n[model.m.stages]\ndata = { effort = [1, 2, 4] }\ntrain"
        " = { effort = 3, chance = 0.8 }\n"
    )


def test_removing_an_item_takes_its_comment_and_leaves_the_others() -> None:
    assert edited(f"{HEAD}{A}\n{C}{SPIKE}", RemoveItem("a")) == f"{HEAD}{C}{SPIKE}"
    assert edited(f"{HEAD}{A}\n{C}{SPIKE}", RemoveItem("c")) == f"{HEAD}{A}{SPIKE}"


def test_removing_an_item_takes_its_scattered_tables() -> None:
    text = (
        f"[model.a.bars.r]\nlaunch = 1\n\n{C}\n#"
        " attached\n[model.a]\n\n[spike.s]\n\n[model.a.stages]\n"
    )
    assert edited(text, RemoveItem("a")) == f"{C}\n[spike.s]\n"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("[product]\na.effort = 1\nb.effort = 2\n", "[product]\nb.effort = 2\n"),
        ("[product]\na.effort = 1\n[product.a.x]\ny = 1\n", "[product]\n"),
        ("product = { a = {}, b = { x = 1 } }\n", "product = { b = { x = 1 } }\n"),
    ],
)
def test_items_without_headers_can_be_removed(text: str, left: str) -> None:
    assert edited(text, RemoveItem("a")) == left


def test_lists_change_by_element_and_keep_their_comments() -> None:
    text = edited(C, SetValue(("model", "c", "needs"), ["a", "new", "b", ["x", "y"]]))
    assert text == C.replace("# first\n", '# first\n    "new",\n').replace(
        '"b",\n', '"b",\n    ["x", "y"],\n'
    )
    assert edited(text, SetValue(("model", "c", "needs"), ["a", "b"])) == C


def test_an_equal_number_is_not_rewritten() -> None:
    text = "[model.a]\neffort = [2, 4.0, 0x9]   # weeks\nchance = 0.80\n"
    document = opened(text)
    edits = SetValue(("model", "a", "effort"), [2.0, 4, 9]), SetValue(("model", "a", "chance"), 0.8)
    assert apply_edits(document, *edits) is document
    assert edited(text, SetValue(("model", "a", "effort"), [3, 4, 9])) == text.replace("[2", "[3")


def test_inline_tables_change_by_key() -> None:
    text = '[product.a]\njob = { when = "w",  want="x" } # why\n'
    changed = edited(
        text, SetValue(("product", "a", "job"), {"when": "w", "want": "y", "so_that": "z"})
    )
    assert changed == text.replace('want="x"', 'want="y",  so_that = "z"')


@pytest.mark.parametrize(
    ("path", "value", "added"),
    [
        (("needs",), ["x"], 'needs = [\n    "x",\n]\n'),
        (("reach",), [1.5, 2.0, 3], "reach = [1.5, 2, 3]\n"),
        (("deadline", "by"), dt.date(2027, 3, 31), "deadline = { by = 2027-03-31 }\n"),
        (("bars", "recall", "launch"), 0.8, "\n[model.a.bars.recall]\nlaunch = 0.8\n"),
        (("stages",), {"data": {"effort": 2}}, "\n[model.a.stages]\ndata = { effort = 2 }\n"),
    ],
)
def test_a_new_key_goes_into_its_items_table(path: KeyPath, value: object, added: str) -> None:
    text = f"{HEAD}{A}\n{C}"
    assert edited(text, SetValue(("model", "a", *path), value)) == f"{HEAD}{A}{added}\n{C}"
    assert (
        edited(edited(text, SetValue(("model", "a", *path), value)), Unset(("model", "a", path[0])))
        == text
    )


def test_tables_of_the_whole_roadmap_stand_above_the_items() -> None:
    text = edited(A, SetValue(("roadmap", "users"), 9), SetValue(("teams", "ml", "people"), 2))
    assert text == f"[roadmap]\nusers = 9\n\n[teams.ml]\npeople = 2\n\n{A}"


def test_new_lines_end_as_those_of_the_file() -> None:
    text = edited(
        (HEAD + C).replace("\n", "\r\n"),
        AddItem("model", "a", ITEM),
        SetValue(("model", "c", "tags"), ["x"]),
    )
    assert text.count("\n") == text.count("\r\n")


def test_a_list_grows_by_one_element() -> None:
    document = opened("[model.a]\nneeds = [1]\n")
    assert (
        applied(document, SetValue(("model", "a", "needs", 1), 2)).text
        == "[model.a]\nneeds = [1, 2]\n"
    )
    assert isinstance(apply_edits(document, SetValue(("model", "a", "needs", 3), 2)), EditRejected)
    assert isinstance(apply_edits(document, SetValue(("model", "a", "needs", -1), 2)), EditRejected)


@pytest.mark.parametrize(
    "edit",
    [
        SetValue(("x",), None),
        SetValue(("x",), [object()]),
        SetValue(("x",), "\ud800"),
        SetValue(("x",), {1: 2}),
        SetValue(("x\ud800",), 1),
        SetValue(("roadmap", "title", "deeper"), 1),
        SetValue(("schema",), 2),
        SetValue((), 1),
        Unset(()),
        Unset(("roadmap", "users")),
        RemoveItem("missing"),
        AddItem("team", "x"),
        AddItem("spike", "a"),
        AddItem("spike", "\ud800"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_remedy(edit: Edit) -> None:
    result = apply_edits(opened(HEAD + A), edit)
    assert isinstance(result, EditRejected)
    assert result.text
    assert result.remedy


def test_a_value_without_end_is_refused() -> None:
    endless: list[object] = []
    endless.append(endless)
    assert isinstance(apply_edits(opened(HEAD), SetValue(("x",), endless)), EditRejected)


@pytest.mark.parametrize(
    "text", ["a = ", "schema = 2\n[model.a]\n", "<<<<<<< HEAD\n[model.a]\n>>>>>>> x\n"]
)
def test_a_document_to_look_at_only_is_not_edited(text: str) -> None:
    document = opened(text)
    result = apply_edits(document, SetValue(("x",), 1))
    assert isinstance(result, EditRejected)
    assert document.read_only is not None
    assert document.read_only in result.text


def test_the_same_id_in_two_tracks_is_not_removed_by_guess() -> None:
    result = apply_edits(opened("[model.a]\n[spike.a]\n"), RemoveItem("a"))
    assert isinstance(result, EditRejected)
    assert "model and spike" in result.text


def test_only_the_table_of_a_field_is_worked_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Values below a plain header are set, changed and removed in place, however long the text."""
    seen: list[str] = []
    loads = tomlrt.loads

    def watched(text: str) -> object:
        seen.append(text)
        return loads(text)

    table = "[product.a]\neffort = 3  # weeks\n"
    before = opened(f"[model.m]\norder = 1\n\n{table}\n[product.b]\neffort = 1\n")
    assert before.read_only is None
    monkeypatch.setattr(tomlrt, "loads", watched)
    grown = applied(before, SetValue(("product", "a", "owner"), "Me"))
    assert grown.text == before.text.replace(table, f'{table}owner = "Me"\n')
    assert applied(grown, Unset(("product", "a", "owner"))).raw == before.raw
    assert seen == [table, f'{table}owner = "Me"\n']


def test_a_table_that_is_declared_far_from_its_item_stays_declared_once() -> None:
    text = (
        "[product.a]\neffort = 1\n\n[product.a.x.z]\nk = 1\n\n[product.b]\neffort ="
        " 2\n\n[product.a.x]\n"
    )
    for edit in (SetValue(("product", "a", "x"), {"q": 2}), Unset(("product", "a", "x", "z"))):
        result = apply_edits(opened(text), edit)
        if isinstance(result, Document):
            assert repr(result.data) == repr(tomli.loads(result.text))
