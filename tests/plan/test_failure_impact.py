"""Impact of a failing item, against a plan in which it has failed, and by hand."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_tui.diagrams.graph import Edge, plan_edges
from roadmap_tui.forecast.engine import forecast
from roadmap_tui.plan.failure_impact import (
    DependencyState,
    assess_failure,
    bet_dropped_by,
    items_lost_with,
)
from roadmap_tui.plan.roadmap import Plan
from tests.plan.build import plan_of, resolved_of

HEAD = "[roadmap]\nas_of = 2026-11-23\nhorizon = 1000\n[teams.t]\npeople = 9\n"
STATUSES = ("planned", "planned", "planned", "active", "done", "failed", "dropped", "idea")


@dataclass(frozen=True)
class Item:
    status: str
    needs: tuple[str, ...]

    def text(self, name: str, status: str | None = None) -> str:
        return (
            f'[model.{name}]\nstatus = "{status or self.status}"\nneeds ='
            f" [{', '.join(self.needs)}]\nchance = 0.8\n"
        )


@st.composite
def plans(draw: st.DrawFn) -> tuple[Item, ...]:
    items: list[Item] = []
    for nth in range(draw(st.integers(2, 7))):
        earlier = [f'"m{each}"' for each in range(nth)]
        needs: list[str] = []
        if earlier:
            needs += draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True))
        if len(earlier) > 1:
            choices = st.lists(st.sampled_from(earlier), min_size=2, max_size=3, unique=True)
            needs += [f"[{', '.join(each)}]" for each in draw(st.lists(choices, max_size=2))]
        items.append(Item(draw(st.sampled_from(STATUSES)), tuple(dict.fromkeys(needs))))
    return tuple(items)


def text_of(items: tuple[Item, ...], name: str, status: str) -> str:
    return HEAD + "".join(
        item.text(f"m{nth}", status if f"m{nth}" == name else None)
        for nth, item in enumerate(items)
    )


def may_deliver(text: str) -> set[str]:
    """The items that deliver in some runs."""
    return {
        name
        for name, item in forecast(resolved_of(text), 2000).items.items()
        if item.p_delivered > 0
    }


@settings(max_examples=60)
@given(plans(), st.data())
def test_lost_is_what_never_delivers_in_the_forecast(
    items: tuple[Item, ...], data: st.DataObject
) -> None:
    name = f"m{data.draw(st.integers(0, len(items) - 1))}"
    best, worst = (
        may_deliver(text_of(items, name, "done")),
        may_deliver(text_of(items, name, "failed")),
    )
    waiting = DependencyState.from_plan(plan_of(text_of(items, name, items[int(name[1:])].status)))
    assert (
        set(assess_failure(waiting, name).lost)
        == items_lost_with(waiting, name)
        == best - worst - {name}
    )


CHOICE = """
[product.drafts]
needs = ["set", ["own", "vendor"], "buttons"]
[product.chat]
needs = ["drafts", { bar = "own.recall" }]
[product.form]
fallback_for = "chat"
[product.buttons]
status = "done"
[model.own]
needs = ["set"]
bars.recall = { launch = 0.5 }
[model.vendor]
fallback_for = "own"
[model.set]
[spike.ask]
informs = "own"
[spike.look]
informs = "own"
on_refuted = "continue"
"""


@pytest.fixture
def plan() -> Plan:
    return plan_of(HEAD + CHOICE)


def test_a_choice_covers(plan: Plan) -> None:
    found = assess_failure(DependencyState.from_plan(plan), "own")
    assert found.lost == ("chat",)
    assert found.alternatives == {"drafts": ("vendor",)}
    assert set(found.activated_fallbacks) == {"vendor", "form"}
    assert found.remaining_needs == {"chat": ("drafts",)}


def test_what_all_of_it_needs_takes_all_of_it_along(plan: Plan) -> None:
    found = assess_failure(DependencyState.from_plan(plan), "set")
    assert set(found.lost) == {"own", "drafts", "chat"}
    assert found.alternatives == {}
    assert set(found.activated_fallbacks) == {"vendor", "form"}
    assert found.remaining_needs["drafts"] == ()


def test_what_nothing_waits_for(plan: Plan) -> None:
    assert assess_failure(DependencyState.from_plan(plan), "form").lost == ()
    assert assess_failure(DependencyState.from_plan(plan), "chat").activated_fallbacks == ("form",)


def test_a_bar_waits_for_its_model_even_if_it_is_proven() -> None:
    bars = (
        'bars.recall = { launch = 0.5, measured = [{ on = 2026-11-01, dataset = "d", hits = 990, of'
        " = 1000 }] }"
    )
    text = f'{HEAD}[product.chat]\nneeds = [{{ bar = "own.recall" }}]\n[model.own]\n{bars}\n'
    assert assess_failure(DependencyState.from_plan(plan_of(text)), "own").lost == ("chat",)
    assert assess_failure(
        DependencyState.from_plan(plan_of(text.replace("990", "10"))), "own"
    ).lost == ("chat",)


def test_a_no_drops_the_bet_unless_it_goes_on(plan: Plan) -> None:
    assert bet_dropped_by(plan, "ask") == "own"
    assert bet_dropped_by(plan, "look") is None
    assert bet_dropped_by(plan, "drafts") is None


def test_edges_show_their_kinds(plan: Plan) -> None:
    assert set(plan_edges(plan)) == {
        Edge("set", "drafts", "need"),
        Edge("own", "drafts", "choice", 1),
        Edge("vendor", "drafts", "choice", 1),
        Edge("buttons", "drafts", "need"),
        Edge("drafts", "chat", "need"),
        Edge("own", "chat", "need"),
        Edge("chat", "form", "fallback_for"),
        Edge("set", "own", "need"),
        Edge("own", "vendor", "fallback_for"),
        Edge("ask", "own", "informs"),
        Edge("look", "own", "informs"),
    }
