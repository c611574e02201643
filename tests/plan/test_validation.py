"""Faults of meaning, scenarios, and the user's own tables."""

import pytest

from roadmap_tui.plan.faults import format_path
from tests.plan.build import faults_of, one_fault, plan_of, resolved_of


@pytest.mark.parametrize(
    ("first", "second"), [("product", "model"), ("model", "spike"), ("product", "spike")]
)
def test_ids_are_unique_across_tracks(first: str, second: str) -> None:
    fault = one_fault(f"[{first}.a]\n[{second}.a]\n")
    assert (fault.path, fault.at, fault.fatal) == ((second, "a"), "key", True)
    assert f"[{first}]" in fault.problem


SPIKES = {  # what the spike says; where the fault is
    "yes_if_works = 0.5\nyes_if_not = 0.5\n": "yes_if_works",
    "yes_if_works = 0.3\nyes_if_not = 0.5\n": "yes_if_works",
    "yes_if_works = 0.2\n": "yes_if_works",
    "yes_if_works = 0.1\n": "yes_if_works",
    "yes_if_not = 0.8\n": "yes_if_not",
    "yes_if_not = 0.9\n": "yes_if_not",
}


@pytest.mark.parametrize("says", SPIKES)
def test_a_yes_must_be_likelier_if_the_bet_works(says: str) -> None:
    fault = one_fault(f"[model.m]\n[spike.s]\ninforms = 'm'\n{says}")
    assert (fault.path, fault.fatal) == (("spike", "s", SPIKES[says]), True)


@pytest.mark.parametrize(
    "says",
    ["", "yes_if_works = 0.21\n", "yes_if_not = 0.79\n", "yes_if_works = 1\nyes_if_not = 0\n"],
)
def test_a_reading_without_information_is_refused(says: str) -> None:
    assert faults_of(f"[model.m]\n[spike.s]\ninforms = 'm'\n{says}") == ()


def test_a_spike_is_no_reading_of_a_spike() -> None:
    fault = one_fault("[spike.s]\ninforms = 't'\n[spike.t]\n")
    assert fault.path == ("spike", "s", "informs")
    assert fault.fatal


def test_a_team_that_is_not_there_is_reported_and_limits_nothing() -> None:
    text = "[teams.app]\npeople = 2\n[product.a]\nteam = 'ap'\n"
    fault = one_fault(text)
    assert (fault.path, fault.remedy, fault.fatal) == (
        ("product", "a", "team"),
        'did you mean "app"?',
        False,
    )
    assert "people" in one_fault("[product.a]\nteam = 'app'\n").remedy


@pytest.mark.parametrize("status", ["live", "done", "failed", "active", "dropped"])
def test_finished_or_started_after_the_forecast_starts_is_a_fault(status: str) -> None:
    for field in ("finished", "started"):
        text = "[roadmap]\nas_of = 2026-10-01\n[product.a]\nstatus = '{}'\n{} = {}\n"
        fault = one_fault(text.format(status, field, "2026-10-02"))
        assert (fault.code, fault.path, fault.fatal) == ("date", ("product", "a", field), True)
        assert faults_of(text.format(status, field, "2026-10-01")) == ()


def test_without_as_of_the_day_is_today() -> None:
    assert one_fault("[product.a]\nstatus = 'done'\nfinished = 2026-11-24\n").code == "date"
    assert faults_of("[product.a]\nstatus = 'done'\nfinished = 2026-11-23\n") == ()


BASE = "[product.a]\neffort = 3\n[model.m]\n"
SCENARIOS = {
    "[scenario.lean.product.a]\neffort = [4, 2]\n": "scenario.lean.product.a.effort[1]",
    "[scenario.lean.product.a]\nefort = 2\n": "scenario.lean.product.a.efort",
    "[scenario.lean.product.b]\nchance = 3\n": "scenario.lean.product.b.chance",
    "[scenario.lean.roadmap]\nhorizon = 0\n": "scenario.lean.roadmap.horizon",
    "[scenario.lean]\nproduct = 3\n": "scenario.lean.product",
    "[scenario.lean.produkt.a]\n": "scenario.lean.produkt",
    "[scenario.lean.model.m]\nstages.train.effort = 1\neffort = 3\n": (
        "scenario.lean.model.m.effort"
    ),
}


@pytest.mark.parametrize("text", SCENARIOS)
def test_a_scenarios_fault_is_reported_where_it_stands(text: str) -> None:
    fault = one_fault(BASE + text)
    assert format_path(fault.path) == SCENARIOS[text]


MEANINGLESS = {
    "[scenario.lean.product.a]\nneeds = ['m']\n[scenario.lean.model.m]\nneeds = ['a']\n": "a cycle",
    "[scenario.lean.model.a]\n": "also in",
    "[scenario.lean.spike.s]\ninforms = 'm'\nyes_if_not = 0.9\n": "no more likely",
    "[scenario.lean.product.a]\nneeds = ['gone']\n": 'no item "gone"',
}


@pytest.mark.parametrize("text", MEANINGLESS)
def test_a_scenario_that_makes_no_sense_is_reported_too(text: str) -> None:
    """Else its forecast would meet a cycle or an id that stands twice."""
    fault = one_fault(BASE + text)
    assert fault.path[:2] == ("scenario", "lean")
    assert MEANINGLESS[text] in fault.problem


def test_a_fault_of_the_base_is_not_reported_again_for_each_scenario() -> None:
    text = (
        "[product.a]\nneeds = ['gone']\n[scenario.one.product.a]\neffort ="
        " 1\n[scenario.two.product.a]\neffort = 2\n"
    )
    assert [fault.path for fault in faults_of(text)] == [("product", "a", "needs", 0)]


def test_a_scenario_may_add_items_teams_and_policy() -> None:
    text = BASE + "[scenario.lean.product.b]\neffort = 1\n[scenario.lean.teams.t]\npeople = 1\n"
    text += "[scenario.lean.policy]\nimpact = 2\n"
    assert faults_of(text) == ()
    assert set(plan_of(text).product) == {"a"}


OWN = [
    "x.mine = 3\n[product.a]\n",
    "[product.a]\nx = { jira = 'AB-1' }\n",
    "[roadmap.x]\nmine = [1]\n[product.a]\n",
    "[teams.t]\npeople = 1\n[teams.t.x]\nchat = '#t'\n[product.a]\n",
    "[model.m.stages.train]\neffort = 1\nx.gpu = 'A100'\n",
    "[model.m.bars.recall.x]\nnote = 1\n",
    "[product.a]\njob = { when = 'a', want = 'b', so_that = 'c', x = { d = 1 } }\n",
    "[policy.x]\nmine = 1\n[product.a]\n",
    "[scenario.s.product.a.x]\nmine = 1\n[product.a]\n",
    (
        "[[model.m.bars.recall.measured]]\non = 2026-01-01\nhits = 1\nof ="
        " 2\n[model.m.bars.recall.measured.x]\nnote = 1\n"
    ),
    "[product.a]\nignore = [{ check = 'C1', x = { by = 'me' } }]\n",
]


@pytest.mark.parametrize("text", OWN)
def test_a_table_called_x_is_the_users_own_anywhere(text: str) -> None:
    assert faults_of(text) == ()


def test_x_that_is_no_table_is_an_unknown_key() -> None:
    assert one_fault("[product.a]\nx = 3\n").code == "unknown-key"


def test_a_table_called_x_moves_no_figure() -> None:
    with_x = resolved_of("[product.a]\neffort = 3\nx = { effort = 9 }\n")
    assert with_x == resolved_of("[product.a]\neffort = 3\n")
