"""What is lost if an item fails: against the forecast of a plan in which it has failed, and by hand."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_tui.forecast.run import forecast
from roadmap_tui.plan.failing import Waiting, dropped_by, failing, lost_with
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.report.net import Tie, ties_of

from .build import plan_of, resolved_of

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
    """The items that deliver in some futures."""
    return {name for name, item in forecast(resolved_of(text), 2000).items.items() if item.ever > 0}


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
    waiting = Waiting.of(plan_of(text_of(items, name, items[int(name[1:])].status)))
    assert set(failing(waiting, name).lost) == lost_with(waiting, name) == best - worst - {name}


CHOICE = """
[product.drafts]
needs = ["set", ["own", "vendor"], "buttons"]
[product.chat]
needs = ["drafts", { bar = "own.recall" }]
[product.form]
instead_of = "chat"
[product.buttons]
status = "done"
[model.own]
needs = ["set"]
bars.recall = { launch = 0.5 }
[model.vendor]
instead_of = "own"
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
    found = failing(Waiting.of(plan), "own")
    assert found.lost == ("chat",)
    assert found.covered == {"drafts": ("vendor",)}
    assert set(found.turn) == {"vendor", "form"}
    assert found.others == {"chat": ("drafts",)}


def test_what_all_of_it_needs_takes_all_of_it_along(plan: Plan) -> None:
    found = failing(Waiting.of(plan), "set")
    assert set(found.lost) == {"own", "drafts", "chat"}
    assert found.covered == {}
    assert set(found.turn) == {"vendor", "form"}
    assert found.others["drafts"] == ()


def test_what_nothing_waits_for(plan: Plan) -> None:
    assert failing(Waiting.of(plan), "form").lost == ()
    assert failing(Waiting.of(plan), "chat").turn == ("form",)


def test_a_bar_that_is_proven_is_no_longer_waited_for() -> None:
    bars = (
        'bars.recall = { launch = 0.5, measured = [{ on = 2026-11-01, dataset = "d", hits = 990, of'
        " = 1000 }] }"
    )
    text = f'{HEAD}[product.chat]\nneeds = [{{ bar = "own.recall" }}]\n[model.own]\n{bars}\n'
    assert failing(Waiting.of(plan_of(text)), "own").lost == ()
    assert failing(Waiting.of(plan_of(text.replace("990", "10"))), "own").lost == ("chat",)


def test_a_no_drops_the_bet_unless_it_goes_on(plan: Plan) -> None:
    assert dropped_by(plan, "ask") == "own"
    assert dropped_by(plan, "look") is None
    assert dropped_by(plan, "drafts") is None


def test_ties_tell_their_kinds(plan: Plan) -> None:
    assert set(ties_of(plan)) == {
        Tie("set", "drafts", "need"),
        Tie("own", "drafts", "choice", 1),
        Tie("vendor", "drafts", "choice", 1),
        Tie("buttons", "drafts", "need"),
        Tie("drafts", "chat", "need"),
        Tie("own", "chat", "need"),
        Tie("chat", "form", "instead_of"),
        Tie("set", "own", "need"),
        Tie("own", "vendor", "instead_of"),
        Tie("ask", "own", "informs"),
        Tie("look", "own", "informs"),
    }
