"""Actions on a plan, as edits of its file."""

from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import Edit, RemoveItem
from roadmap_tui.evidence.spike_answer import spike_answer_edits
from roadmap_tui.plan.base import validate_id
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.tui import plan_edits
from roadmap_tui.tui.edit_history import edit_plan
from tests.tui.plans import SMALL, document_of, plan_of

KNOT = """\
[roadmap]
as_of = 2026-11-23
[product.a]
needs = ["m"]
[product.b]
needs = ["a", ["m", "n", "o"], { bar = "m.recall" }]  # why
[product.c]
fallback_for = "m"
needs = [["m", "n"]]
[product.d]
needs = [{ bar = "n.recall" }, "n"]
[model.m]
effort = 1
[model.m.bars.recall]
launch = 0.8
[model.n]
[model.n.bars.recall]
launch = 0.8
[model.o]
[spike.s]
informs = "m"
"""


def made(text: str, *edits: Edit) -> Document:
    after = edit_plan(document_of(text), *edits)
    assert isinstance(after, Document), after
    return after


def plan_after(text: str, *edits: Edit) -> Plan:
    plan = made(text, *edits).plan
    assert plan is not None
    return plan


@given(st.text(max_size=60))
def test_every_title_gives_a_free_and_lawful_id(title: str) -> None:
    plan = plan_of(SMALL)
    name = plan_edits.unused_id(plan, title)
    assert validate_id(name) == name
    assert name not in plan.items


def test_ids_are_made_of_the_title_s_words() -> None:
    plan = plan_of(SMALL)
    assert plan_edits.unused_id(plan, "Answer in 4 Languages!") == "answer-in-4-languages"
    assert plan_edits.unused_id(plan, "[/] a.b_c") == "a-b-c"
    assert plan_edits.unused_id(plan, "Drafts") == "drafts-2"
    assert plan_edits.unused_id(plan, "roadmap") not in {"roadmap", "policy"}
    assert plan_edits.unused_id(plan, "👩\u200d💻 日本") == "item"
    assert len(plan_edits.unused_id(plan, "word " * 50)) <= 40


def test_the_same_title_again_and_again() -> None:
    document = document_of("[product.x-y]\n[product.item]\n")
    seen = set()
    for _ in range(4):
        assert document.plan is not None
        name, edits = plan_edits.add_item(document.plan, "product", "👩", {})
        after = edit_plan(document, *edits)
        assert isinstance(after, Document)
        document = after
        seen.add(name)
    assert len(seen) == 4


def test_removing_takes_every_mention_along() -> None:
    plan = plan_of(KNOT)
    assert set(plan_edits.referring_items(plan, "m")) == {"a", "b", "c", "s"}
    after = made(KNOT, RemoveItem("m", mentions=True))
    assert not after.unlocated_faults
    assert after.plan is not None
    assert "m" not in after.plan.items
    assert after.data["product"] == {
        "a": {},
        "b": {"needs": ["a", ["n", "o"]]},
        "c": {"needs": ["n"]},
        "d": {"needs": [{"bar": "n.recall"}, "n"]},
    }
    assert after.data["spike"] == {"s": {}}


def test_removing_each_item_of_a_knot_leaves_no_fault() -> None:
    plan = plan_of(KNOT)
    for name in plan.items:
        after = made(KNOT, RemoveItem(name, mentions=True))
        assert not after.unlocated_faults, name
        assert after.plan is not None
        assert set(after.plan.items) == {*plan.items} - {name}


def test_moves_stop_at_the_ends() -> None:
    plan = plan_of(SMALL)
    for bucket, by, there in (
        ("now", -1, False),
        ("now", 1, True),
        ("next", -1, True),
        ("later", 1, False),
    ):
        edits = plan_edits.shift_bucket(
            plan, "drafts", plan_edits.BUCKETS[("now", "next", "later").index(bucket)], by
        )
        assert bool(edits) is there
    assert plan_edits.shift_bucket(plan, "drafts", None, 1) == ()
    assert (
        plan_after(SMALL, *plan_edits.shift_bucket(plan, "drafts", "next", 1)).product["drafts"].pin
        == "later"
    )


def test_dropping_keeps_the_reason() -> None:
    plan = plan_of(SMALL)
    after = plan_after(SMALL, *plan_edits.drop_item(plan, "drafts", "nobody asked"))
    assert (after.product["drafts"].status, after.product["drafts"].learned) == (
        "dropped",
        "nobody asked",
    )
    assert (
        plan_after(SMALL, *plan_edits.drop_item(plan, "drafts", "")).product["drafts"].learned
        is None
    )


def test_an_answer_without_a_bet_is_only_noted() -> None:
    text = "[roadmap]\nas_of = 2026-11-23\n[spike.s]\n"
    plan = plan_of(text)
    after = plan_after(text, *spike_answer_edits(plan, "s", "refuted", "so it is", None))
    spike = after.spike["s"]
    assert (spike.status, spike.verdict, spike.learned) == ("done", "refuted", "so it is")
    assert spike.finished == plan.roadmap.as_of
