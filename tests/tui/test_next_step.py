"""Next steps: what follows, what is written, and that file and forecast accept it."""

import datetime as dt

import pytest

from roadmap_tui.document.edits import EditRejected
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.tui.edit_history import edit_plan
from roadmap_tui.tui.forms.field_values import value_at
from roadmap_tui.tui.next_step import DONE, LIVE, ON, NextStep, complete_step, next_step
from tests.tui.plans import document_of, plan_of, scene_of

TODAY = dt.date(2026, 11, 23)
STAGED = """\
[roadmap]
as_of = 2026-11-23
[model.m]
status = "active"
started = 2026-10-12
staff = 2
[model.m.stages]
data = { effort = 4, chance = 0.9 }
evaluate = { effort = 2, chance = 0.8 }
[model.m.bars.recall]
launch = 0.8
"""
PLAIN = (
    '[roadmap]\nas_of = 2026-11-23\n[product.m]\nstatus = "active"\nstarted = 2026-10-12\nstaff ='
    " 2\neffort = 9\n"
)


def stepped(text: str, way: str, learned: str = "") -> dict[str, object]:
    """The item's table after a step."""
    scene = scene_of(text)
    edits = complete_step(scene.plan, scene.forecast, "m", way, learned)
    after = edit_plan(document_of(text), *edits)
    assert not isinstance(after, EditRejected)
    kind = next(each for each in ("model", "product", "spike") if each in text)
    table = value_at(after.data, (kind, "m"))
    assert isinstance(table, dict)
    return table


def step(text: str) -> NextStep:
    found = next_step(plan_of(text), "m")
    assert isinstance(found, NextStep)
    return found


def test_what_is_planned_begins_today() -> None:
    text = STAGED.replace('status = "active"\nstarted = 2026-10-12\n', "")
    assert step(text).outcomes == {ON: "work on it begins today, data first"}
    table = stepped(text, ON)
    assert (table["status"], table["started"]) == ("active", TODAY)


def test_passing_a_stage_advances_and_resets_spent() -> None:
    assert step(STAGED).label == "data passed"
    assert "80%" in step(STAGED).outcomes[ON]
    table = stepped(STAGED, ON, "Labels agree")
    assert (table["stage"], table["started"], table["learned"]) == (
        "evaluate",
        TODAY,
        "Labels agree",
    )
    spent = stepped(STAGED.replace("staff = 2", "spent = 3"), ON)
    assert (spent["spent"], spent["started"]) == (0, dt.date(2026, 10, 12))
    for text in (STAGED, STAGED.replace("staff = 2", "spent = 3")):
        after = edit_plan(
            document_of(text), *complete_step(plan_of(text), scene_of(text).forecast, "m", ON, "")
        )
        assert not isinstance(after, EditRejected)
        assert after.plan is not None
        assert resolve_plan(after.plan).items["m"].spent == 0


def test_the_last_stage_delivers() -> None:
    last = STAGED.replace("staff = 2", 'stage = "evaluate"')
    assert step(last).label == "evaluate passed, delivered"
    assert step(last).note == "1 bar not proven: recall unmeasured"
    table = stepped(last, LIVE)
    assert (table["status"], table["finished"]) == ("live", TODAY)
    assert "spent" not in table


def test_what_is_delivered_keeps_what_it_took() -> None:
    table = stepped(PLAIN, DONE)
    assert (table["status"], table["finished"]) == ("done", TODAY)
    assert table["spent"] == pytest.approx(2 * 6)
    assert stepped(PLAIN.replace("staff = 2", "spent = 3.5"), DONE)["spent"] == 3.5


@pytest.mark.parametrize("status", ["live", "done", "failed", "dropped"])
def test_what_has_ended_has_no_step_left(status: str) -> None:
    assert (
        next_step(plan_of(PLAIN.replace("active", status)), "m")
        == f"it is {status}: no step is left"
    )


def test_a_spike_ends_with_its_answer() -> None:
    spike = PLAIN.replace("product", "spike")
    assert next_step(plan_of(spike), "m") == "a spike ends with its answer: press v"
