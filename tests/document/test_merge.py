"""Merging by key: worked cases, and what must hold for any documents."""

import pytest
import tomli

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected
from roadmap_tui.document.merge import MergeResult, merge_documents, with_conflict_markers
from roadmap_tui.document.reader import read_document
from roadmap_tui.document.three_way import MergeChoices
from tests.document.corpus import DOCUMENTS, PLAIN
from tests.document.generators import Maker
from tests.document.test_edit_sequences import random_edits


def document(text: str) -> Document:
    return read_document(text.encode(), "plan.toml")


def merged(base: str, ours: str, theirs: str, choices: MergeChoices | None = None) -> MergeResult:
    result = merge_documents(document(base), document(ours), document(theirs), choices)
    assert isinstance(result, MergeResult)
    return result


def clean(base: str, ours: str, theirs: str) -> str:
    result = merged(base, ours, theirs)
    assert not result.conflicts
    return result.document.text


def with_marks(base: str, ours: str, theirs: str) -> str:
    result = merged(base, ours, theirs)
    other = merged(base, ours, theirs, {each.path: "theirs" for each in result.conflicts})
    return with_conflict_markers(result.document, other.document, ("ours", "theirs"))


BET = """\
[product.a]
effort = [2, 4, 9]   # weeks
reach = 100
needs = ["m"]

[model.m]
"""


def test_neighbouring_lines_are_no_conflict() -> None:
    text = clean(BET, BET.replace("[2, 4, 9]", "[3, 4, 9]"), BET.replace("100", "200"))
    assert text == BET.replace("[2, 4, 9]", "[3, 4, 9]").replace("100", "200")


def test_parts_of_one_inline_table_are_no_conflict() -> None:
    base = "[model.m.stages]\ndata = { effort = 3, chance = 0.9 }  # both\n"
    text = clean(base, base.replace("3", "4"), base.replace("0.9", "0.7"))
    assert text == "[model.m.stages]\ndata = { effort = 4, chance = 0.7 }  # both\n"


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "want"),
    [
        ('["m", "n"]', '["m", "n", "o"]', '["m", "n", "p"]', '["m", "n", "o", "p"]'),
        ('["m", "n"]', '["n"]', '["m", "n", "o"]', '["n", "o"]'),
        ('["m", "n"]', '["m"]', '["n"]', "[]"),
        ('["m", "n"]', '["n", "m"]', '["m", "n", "o"]', '["n", "o", "m"]'),
        ('["m", "n"]', '["m", "n", "o"]', '["n", "m"]', '["n", "o", "m"]'),
        (
            '["m"]',
            '["m", ["n", "o"]]',
            '["m", { bar = "m.r" }]',
            '["m", ["n", "o"], { bar = "m.r" }]',
        ),
        (
            '["m", ["n", "o"]]',
            '["m", ["o", "n"]]',
            '["m", ["n", "o"], "p"]',
            '["m", ["o", "n"], "p"]',
        ),
    ],
)
def test_needs_are_ordered_sets(base: str, ours: str, theirs: str, want: str) -> None:
    text = clean(*(f"[product.a]\nneeds = {each}\n" for each in (base, ours, theirs)))
    assert document(text).data == document(f"[product.a]\nneeds = {want}\n").data


def test_an_absent_list_is_an_empty_one() -> None:
    base, without = '[product.a]\ntags = ["x"]\n', "[product.a]\n"
    assert document(clean(base, without, '[product.a]\ntags = ["x", "y"]\n')).data == {
        "product": {"a": {"tags": ["y"]}}
    }
    assert document(clean(without, base, '[product.a]\ntags = ["y"]\n')).data == {
        "product": {"a": {"tags": ["x", "y"]}}
    }


def test_measurements_of_both_sides_are_kept() -> None:
    base = (
        "[model.m.bars.recall]\nlaunch = 0.8\nmeasured = [\n    { on = 2026-09-20, hits = 8, of ="
        " 10 },\n]\n"
    )
    ours = base.removesuffix("]\n") + "    { on = 2026-10-01, hits = 7, of = 10 },  # ours\n]\n"
    theirs = base.removesuffix("]\n") + "    { on = 2026-11-01, hits = 9, of = 10 },  # theirs\n]\n"
    assert clean(base, ours, theirs) == ours.removesuffix("]\n") + theirs[len(base) - 2 :]


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "path"),
    [
        ("effort = 3", "effort = 4", "effort = 5", ("product", "a", "effort")),
        (
            "effort = [2, 9]",
            "effort = [1, 2, 9]",
            "effort = [2, 9, 10]",
            ("product", "a", "effort"),
        ),
        ("", "effort = 4", "effort = 5", ("product", "a", "effort")),
        ("effort = 3", "", "effort = 5", ("product", "a", "effort")),
        ("job.when = 'x'", "", "job.when = 'y'", ("product", "a", "job")),
        (
            "needs = [['m', 'n']]",
            "needs = [['n', 'm']]",
            "needs = ['m']",
            ("product", "a", "needs"),
        ),
        ("needs = [['m', 'n']]", "", "needs = [['m', 'n', 'o']]", ("product", "a", "needs")),
    ],
)
def test_what_both_changed_is_a_conflict(
    base: str, ours: str, theirs: str, path: tuple[str, ...]
) -> None:
    base, ours, theirs = (f"[product.a]\ntitle = 'A'\n{each}\n" for each in (base, ours, theirs))
    result = merged(base, ours, theirs)
    assert [each.path for each in result.conflicts] == [path]
    assert merged(base, ours, theirs, {path: "ours"}).document.data == document(ours).data
    assert merged(base, ours, theirs, {path: "theirs"}).document.data == document(theirs).data


def test_removed_here_and_edited_there_is_a_conflict_round_the_item() -> None:
    ours = BET.replace("[model.m]\n", "[model.m]\nchance = 0.4\n")
    theirs = BET.removesuffix("\n[model.m]\n")
    assert with_marks(BET, ours, theirs) == (
        BET.removesuffix("\n[model.m]\n")
        + "<<<<<<< ours\n\n[model.m]\nchance = 0.4\n=======\n>>>>>>> theirs\n"
    )


def test_marks_stand_only_round_the_keys_in_conflict() -> None:
    ours = BET.replace("100", "200").replace("[2, 4, 9]", "[1, 4, 9]")
    theirs = BET.replace("100", "300").replace("[model.m]\n", "[model.m]\nchance = 0.4\n")
    assert (
        with_marks(BET, ours, theirs)
        == """\
[product.a]
effort = [1, 4, 9]   # weeks
<<<<<<< ours
reach = 200
=======
reach = 300
>>>>>>> theirs
needs = ["m"]

[model.m]
chance = 0.4
"""
    )


def test_a_plan_that_only_together_contradicts_itself_is_a_conflict() -> None:
    base = "[product.a]\n\n[product.b]\n"
    ours, theirs = (
        '[product.a]\nneeds = ["b"]\n\n[product.b]\n',
        '[product.a]\n\n[product.b]\nneeds = ["a"]\n',
    )
    result = merged(base, ours, theirs)
    paths = [each.path for each in result.conflicts]
    assert paths == [("product", "a", "needs"), ("product", "b", "needs")]
    assert merged(base, ours, theirs, dict.fromkeys(paths, "ours")).document.text == ours
    assert merged(base, ours, theirs, dict.fromkeys(paths, "theirs")).document.text == theirs
    mixed = merge_documents(
        document(base), document(ours), document(theirs), {paths[0]: "ours", paths[1]: "theirs"}
    )
    assert isinstance(mixed, EditRejected)
    assert "a → b → a" in mixed.text


def test_a_need_that_lost_its_item_is_reported() -> None:
    ours = BET.replace('needs = ["m"]\n', "")
    result = merged(ours, ours.removesuffix("\n[model.m]\n"), BET)
    assert not result.conflicts
    assert [each.problem for each in result.warnings] == ['no item "m"']


def test_comments_of_both_sides_are_kept() -> None:
    ours = BET.replace("# weeks", "# person-weeks").replace("reach = 100", "# asked\nreach = 100")
    theirs = BET.replace("[product.a]", "# Our first.\n[product.a]  # AB-1").replace(
        "reach = 100", "reach = 100  # Q3"
    )
    text = clean(BET, ours, theirs)
    for comment in (
        "# person-weeks",
        "# asked\nreach = 100  # Q3\n",
        "# Our first.\n[product.a]  # AB-1\n",
    ):
        assert comment in text


@pytest.mark.parametrize(
    ("theirs", "want"),
    [
        ("", "# new\n"),
        ("# all gone", "# all gone\n# new\n"),
        ("# all gone\n", "# all gone\n# new\n"),
    ],
)
def test_a_comment_outlives_all_that_it_could_stand_at(theirs: str, want: str) -> None:
    text = clean("[product.a]\n", "[product.a]  # new\n", theirs)
    assert text == want


def test_a_number_sign_in_any_key_is_no_comment() -> None:
    base = '["x#1"."y#2"]\n'
    theirs = '[["x#1"."y#2"."z#3"]]\n"a#4".b = 1\n"a#4"."c#5" = { "d#6".e = 1 } # new\n'
    inline = '"x#1"."y#2" = {}\n[product.a]\n'
    text = clean(base, inline, theirs)
    assert text.startswith("# new\n")
    assert text.count("#") == 1 + 6
    assert tomli.loads(text) == tomli.loads(f"{theirs}[product.a]\n")


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "want"),
    [
        ("", "# see HD-88", "# see HD-8", "# see HD-88  # see HD-8"),
        ("# old", "# not sure", "# not", "# not sure  # not"),
        ("", "# a  # b", "# b", "# a  # b"),
        ("# old", "# mine", "", "# mine"),
        ("# old", "", "# yours", "# yours"),
    ],
)
def test_both_comments_beside_a_value_are_kept(
    base: str, ours: str, theirs: str, want: str
) -> None:
    text = clean(*(f"[product.a]\neffort = 3  {each}\n" for each in (base, ours, theirs)))
    assert text == f"[product.a]\neffort = 3  {want}\n"


def test_a_comment_is_not_taken_for_part_of_another() -> None:
    base = "[product.a]\ntitle = 'A'\nx.a = 1\n"
    ours = "# see HD-88\n[product.a]\ntitle = 'A'\nx = { a = 1 }\n"
    text = clean(base, ours, base.replace("x.a = 1", "x.a = 2  # see HD-8"))
    assert text == ours.replace("a = 1", "a = 2").replace("x = ", "# see HD-8\nx = ")


def test_a_comment_on_what_was_chosen_is_kept_in_the_other_spelling() -> None:
    base = "[model.a]\ntitle = 'A'\nx.a = 1\n"
    ours = "[model.a]\ntitle = 'A'\nx = { a = 2 }  # mine\n"
    theirs = base.replace("x.a = 1", "x.a = 3  # yours")
    assert merged(base, ours, theirs).document.text == ours
    other = merged(base, ours, theirs, {("model", "a", "x", "a"): "theirs"})
    assert other.document.text == ours.replace("2", "3").replace("x = ", "# yours\nx = ")


def test_comments_move_with_the_elements_of_a_list() -> None:
    base = '[product.a]\nneeds = [\n    "m",  # one\n    "n",  # two\n]\n'
    ours = base.replace('    "n",  # two\n', '    "n",  # two\n    "o",  # ours\n')
    theirs = base.replace('    "m",  # one\n', '    # theirs\n    "p",\n')
    assert (
        clean(base, ours, theirs)
        == '[product.a]\nneeds = [\n    # theirs\n    "p",\n    "n",  # two\n    "o",  # ours\n]\n'
    )


def test_line_ends_and_mark_follow_the_side_that_changed_them() -> None:
    theirs = "\ufeff" + BET.replace("100", "200").replace("\n", "\r\n")
    assert clean(BET, BET.replace("[2, 4, 9]", "3"), theirs) == theirs.replace("[2, 4, 9]", "3")


def test_new_items_stand_where_their_side_put_them() -> None:
    ours = BET.replace("\n[model.m]\n", "\n# ours\n[product.b]\neffort = 1\n\n[model.m]\n")
    theirs = BET.replace("[product.a]", "# theirs\n[product.0]\neffort = 2\n\n[product.a]")
    assert clean(BET, ours, theirs) == theirs.replace(
        "\n[model.m]\n", "\n# ours\n[product.b]\neffort = 1\n\n[model.m]\n"
    )


def test_a_text_that_is_no_toml_is_not_merged() -> None:
    result = merge_documents(document(BET), document(BET), document("[product"))
    assert isinstance(result, EditRejected)
    assert result.remedy


def test_bytes_that_are_no_text_are_not_taken_for_an_empty_plan() -> None:
    theirs = read_document(b"# \xff\n" + BET.encode(), "plan.toml")
    result = merge_documents(document(BET), document(f"# mine\n{BET}"), theirs)
    assert isinstance(result, EditRejected)
    assert "not UTF-8" in result.text


def test_every_change_is_reported_with_what_became_of_it() -> None:
    result = merged(PLAIN, PLAIN.replace("people = 3", "people = 4"), PLAIN.replace('"S"', '"M"'))
    assert [
        (each.path, each.base, each.ours, each.theirs, each.result) for each in result.changes
    ] == [
        (("teams", "app", "people"), 3, 4, 3, 4),
        (("product", "queue-api", "effort"), "S", "S", "M", "M"),
    ]


def check_identities(seed: int, text: str) -> None:
    """A side that changed nothing leaves the other's bytes; two that changed alike are one."""
    base, maker = document(text), Maker(seed)
    ours, theirs = random_edits(maker, base), random_edits(maker, base)
    for one, other, want in ((base, theirs, theirs), (ours, base, ours), (ours, ours, ours)):
        result = merge_documents(base, one, other)
        assert isinstance(result, MergeResult)
        assert (result.document.raw, result.conflicts) == (want.raw, ())
    result = merge_documents(base, ours, theirs)
    if isinstance(result, MergeResult) and result.conflicts:
        chosen = merge_documents(
            base, ours, theirs, {each.path: "theirs" for each in result.conflicts}
        )
        assert isinstance(chosen, EditRejected) or not chosen.conflicts


@pytest.mark.parametrize(
    "name", [name for name, text in DOCUMENTS.items() if not document(text).read_only]
)
def test_sides_that_change_nothing(name: str) -> None:
    for seed in range(8):
        check_identities(seed, DOCUMENTS[name])
