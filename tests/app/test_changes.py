"""What people do to a plan, as edits of its file."""

from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.app import changes
from roadmap_tui.app.session import edited
from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import Edit, RemoveItem
from roadmap_tui.plan.base import check_id
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.report.answering import answer

from .making import SMALL, document_of, plan_of

KNOT = """\
[roadmap]
as_of = 2026-11-23
[product.a]
needs = ["m"]
[product.b]
needs = ["a", ["m", "n", "o"], { bar = "m.recall" }]  # why
[product.c]
instead_of = "m"
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
    after = edited(document_of(text), *edits)
    assert isinstance(after, Document), after
    return after


def plan_after(text: str, *edits: Edit) -> Plan:
    plan = made(text, *edits).plan
    assert plan is not None
    return plan


@given(st.text(max_size=60))
def test_every_title_gives_a_free_and_lawful_id(title: str) -> None:
    plan = plan_of(SMALL)
    name = changes.free_id(plan, title)
    assert check_id(name) == name
    assert name not in plan.items


def test_ids_are_made_of_the_title_s_words() -> None:
    plan = plan_of(SMALL)
    assert changes.free_id(plan, "Answer in 4 Languages!") == "answer-in-4-languages"
    assert changes.free_id(plan, "[/] a.b_c") == "a-b-c"
    assert changes.free_id(plan, "Drafts") == "drafts-2"
    assert changes.free_id(plan, "roadmap") not in {"roadmap", "policy"}
    assert changes.free_id(plan, "👩\u200d💻 日本") == "item"
    assert len(changes.free_id(plan, "word " * 50)) <= 40


def test_the_same_title_again_and_again() -> None:
    document = document_of("[product.x-y]\n[product.item]\n")
    seen = set()
    for _ in range(4):
        assert document.plan is not None
        name, edits = changes.add(document.plan, "product", "👩", {})
        after = edited(document, *edits)
        assert isinstance(after, Document)
        document = after
        seen.add(name)
    assert len(seen) == 4


def test_removing_takes_every_mention_along() -> None:
    plan = plan_of(KNOT)
    assert set(changes.mentions(plan, "m")) == {"a", "b", "c", "s"}
    after = made(KNOT, RemoveItem("m", mentions=True))
    assert not after.found
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
        assert not after.found, name
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
        edits = changes.move(
            plan, "drafts", changes.BUCKETS[("now", "next", "later").index(bucket)], by
        )
        assert bool(edits) is there
    assert changes.move(plan, "drafts", None, 1) == ()
    assert (
        plan_after(SMALL, *changes.move(plan, "drafts", "next", 1)).product["drafts"].pin == "later"
    )


def test_dropping_keeps_the_reason() -> None:
    plan = plan_of(SMALL)
    after = plan_after(SMALL, *changes.drop(plan, "drafts", "nobody asked"))
    assert (after.product["drafts"].status, after.product["drafts"].learned) == (
        "dropped",
        "nobody asked",
    )
    assert plan_after(SMALL, *changes.drop(plan, "drafts", "")).product["drafts"].learned is None


def test_an_answer_without_a_bet_is_only_noted() -> None:
    text = "[roadmap]\nas_of = 2026-11-23\n[spike.s]\n"
    plan = plan_of(text)
    after = plan_after(text, *answer(plan, "s", "refuted", "so it is", None))
    spike = after.spike["s"]
    assert (spike.status, spike.verdict, spike.learned) == ("done", "refuted", "so it is")
    assert spike.finished == plan.roadmap.as_of
