"""Needs: each spelling, and each invalid one."""

import pytest

from roadmap_tui.plan.dependencies import item_dependencies
from roadmap_tui.plan.faults import format_path
from roadmap_tui.plan.needs import BarNeed, ChoiceNeed, ItemNeed
from tests.plan.build import faults_of, one_fault, plan_of

OTHERS = "[model.m]\nbars.recall.launch = 0.8\n[model.n]\n"


def test_each_spelling() -> None:
    plan = plan_of(OTHERS + "[product.a]\nneeds = ['m', ['n', 'm'], { bar = 'm.recall' }]\n")
    assert plan.product["a"].needs == (
        ItemNeed(id="m"),
        ChoiceNeed(ids=("n", "m")),
        BarNeed(model="m", bar="recall"),
    )
    links = [(link.before, link.path) for link in item_dependencies("a", plan.product["a"])]
    assert links == [
        ("m", ("product", "a", "needs", 0)),
        ("n", ("product", "a", "needs", 1, 0)),
        ("m", ("product", "a", "needs", 1, 1)),
        ("m", ("product", "a", "needs", 2)),
    ]


FAULTY = {  # place in the need, what is wrong
    "3": ("", "not a need"),
    "true": ("", "not a need"),
    "{}": ("", "not a need"),
    "{ bar = 3 }": ("", "not a need"),
    "{ bar = 'm' }": ("", "not a need"),
    "{ bar = 'm.recall.deep' }": ("", "not a need"),
    "{ bar = 'm.recall', model = 'm' }": ("", "not a need"),
    "{ bars = 'm.recall' }": ("", "not a need"),
    "{ bar = 'M.recall' }": (".bar", "not an id"),
    "'Not An Id'": ("", "not an id"),
    "''": ("", "not an id"),
    "'roadmap'": ("", "reserved by the format"),
    "[]": ("", "fewer than two"),
    "['m']": ("", "fewer than two"),
    "['m', 'm']": ("[1]", "twice"),
    "['m', 3]": ("[1]", "only ids"),
    "['m', ['n', 'm']]": ("[1]", "only ids"),
    "['m', { bar = 'm.recall' }]": ("[1]", "only ids"),
    "['m', 'No']": ("[1]", "not an id"),
}


@pytest.mark.parametrize("written", FAULTY)
def test_what_is_no_need_is_one_fault_with_a_remedy(written: str) -> None:
    fault = one_fault(OTHERS + f"[product.a]\nneeds = ['m', {written}]\n")
    place, wrong = FAULTY[written]
    assert format_path(fault.path) == f"product.a.needs[1]{place}"
    assert wrong in fault.problem
    assert fault.remedy


def test_needs_that_are_no_list_are_one_fault() -> None:
    fault = one_fault(OTHERS + "[product.a]\nneeds = 'm'\n")
    assert (fault.path, fault.problem) == (("product", "a", "needs"), "not a list")


def test_ids_that_lead_nowhere_are_reported_where_they_stand_and_stop_nothing() -> None:
    text = (
        OTHERS
        + "[product.a]\nneeds = ['mm', ['n', 'nn']]\nfallback_for = 'qq'\n[spike.s]\ninforms ="
        " 'mmm'\n"
    )
    found = faults_of(text)
    assert [fault.path for fault in found] == [
        ("product", "a", "needs", 0),
        ("product", "a", "needs", 1, 1),
        ("product", "a", "fallback_for"),
        ("spike", "s", "informs"),
    ]
    assert [fault.fatal for fault in found] == [False] * 4
    assert found[0].problem == 'no item "mm"'


def test_a_mistyped_id_is_met_with_did_you_mean() -> None:
    fault = one_fault("[model.triage-model]\n[product.a]\nneeds = ['triage-modle']\n")
    assert fault.remedy == 'did you mean "triage-model"?'


def test_a_bar_that_is_not_there_is_reported_and_stops_nothing() -> None:
    fault = one_fault(OTHERS + "[product.a]\nneeds = [{ bar = 'm.recal' }]\n")
    assert (fault.problem, fault.remedy, fault.fatal) == (
        'm has no bar "recal"',
        'did you mean "recall"?',
        False,
    )
    assert (
        one_fault(OTHERS + "[product.b]\n[product.a]\nneeds = [{ bar = 'b.recall' }]\n").problem
        == 'b has no bar "recall"'
    )


@pytest.mark.parametrize(
    ("links", "cycle"),
    [
        ("[product.a]\nneeds = ['a']\n", {"a"}),
        ("[product.a]\nneeds = ['b']\n[model.b]\nneeds = ['a']\n", {"a", "b"}),
        (
            "[product.a]\nneeds = [['b', 'c']]\n[model.b]\n[model.c]\nfallback_for = 'a'\n",
            {"a", "c"},
        ),
        (
            "[product.a]\nneeds = ['b']\n[model.b]\n[spike.s]\ninforms = 'b'\nneeds = ['a']\n",
            {"a", "b", "s"},
        ),
        (
            "[product.a]\nneeds = [{ bar = 'b.r' }]\n[model.b]\nbars.r.launch = 1\nneeds = ['a']\n",
            {"a", "b"},
        ),
    ],
)
def test_a_cycle_is_one_fault_that_names_its_way(links: str, cycle: set[str]) -> None:
    fault = one_fault(links)
    assert fault.fatal
    steps = fault.problem.removeprefix("a cycle: ").split(" → ")
    assert steps[0] == steps[-1]
    assert set(steps) == cycle
    assert len(steps) == len(cycle) + 1
    assert fault.path[1] in cycle


def test_two_knots_are_two_faults() -> None:
    text = "".join(
        f"[product.{one}]\nneeds = ['{other}']\n" for one, other in ("ab", "ba", "cd", "dc")
    )
    assert len(faults_of(text)) == 2


def test_a_need_through_what_is_not_there_makes_no_cycle() -> None:
    assert [fault.fatal for fault in faults_of("[product.a]\nneeds = ['gone']\n")] == [False]
