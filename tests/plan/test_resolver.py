"""Defaults of missing fields, and which of them are assumptions."""

import datetime as dt

import pytest

from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.items import Product
from roadmap_tui.plan.resolver import resolve_plan, uses_ai
from tests.plan.build import TODAY, plan_of, resolved_of, terms_of

M = Estimate(2, 4, 9)
CONFIDENCE = {
    "opinion": 0.5,
    "data-checked": 0.8,
    "prototype": 0.8,
    "offline-eval": 0.9,
    "pilot": 1,
    "launched": 1,
}
CHANCE = {
    "opinion": 0.35,
    "data-checked": 0.5,
    "prototype": 0.6,
    "offline-eval": 0.75,
    "pilot": 0.9,
    "launched": 1,
}


def test_of_the_roadmap() -> None:
    plan = plan_of("[product.a]\n")
    settings = plan.roadmap
    assert plan.schema_ == 1
    assert (settings.horizon, settings.reach_per, settings.correlation) == (52, "quarter", 0.3)
    assert (settings.currency, settings.seed) == ("USD", 1)
    assert resolve_plan(plan).as_of == dt.date.today()


def test_as_of_is_the_files_unless_another_is_asked_for() -> None:
    plan = plan_of("[roadmap]\nas_of = 2026-10-01\nseed = 7\n[product.a]\n")
    assert (resolve_plan(plan).as_of, resolve_plan(plan).seed) == (dt.date(2026, 10, 1), 7)
    other = resolve_plan(plan, as_of=TODAY, seed=3)
    assert (other.as_of, other.seed) == (TODAY, 3)


@pytest.mark.parametrize(
    ("name", "title"), [("draft-replies", "Draft replies"), ("a", "A"), ("2nd-try", "2nd try")]
)
def test_the_title_is_the_id_as_words(name: str, title: str) -> None:
    assert terms_of(f"[product.{name}]\n", name).title == title
    assert terms_of(f"[product.{name}]\ntitle = 'Given'\n", name).title == "Given"


def test_effort_is_m_and_a_guess() -> None:
    for kind in ("product", "model"):
        terms = terms_of(f"[{kind}.a]\n")
        assert terms.effort == M
        assert "effort" in terms.assumptions
        assert "effort" not in terms_of(f"[{kind}.a]\neffort = 'M'\n").assumptions


def test_reach_of_a_product_item_is_the_users_and_a_guess() -> None:
    terms = terms_of("[roadmap]\nusers = [100, 200, 900]\n[product.a]\n")
    assert terms.demand is not None
    assert terms.demand.reach == Estimate(100, 200, 900)
    assert "reach" in terms.assumptions
    given = terms_of("[roadmap]\nusers = 100\n[product.a]\nreach = 7\n")
    assert given.demand is not None
    assert given.demand.reach == Estimate.exact(7)
    assert "reach" not in given.assumptions


def test_models_and_plans_without_users_have_no_own_value() -> None:
    assert terms_of("[product.a]\n").demand is None
    assert terms_of("[roadmap]\nusers = 100\n[model.a]\n").demand is None
    assert terms_of("[roadmap]\nusers = 100\n[spike.a]\n").demand is None
    assert terms_of("[model.a]\nreach = 5\n").demand is not None
    assert "reach" not in terms_of("[roadmap]\nusers = 100\n[model.a]\n").assumptions


PEOPLE = {"staff", "team"}
"""What is assumed of a plan without teams: people without limit, one on each item."""


def test_what_the_policy_decides_is_no_assumption() -> None:
    text = (
        "[policy]\nproduct_chance = 0.95\nstaff = 2\nimpact = 1\nconfidence = { opinion = 0.4 }\n"
    )
    text += "size = 'M'\n[teams.t]\npeople = 3\n[product.a]\nreach = 5\nteam = 't'\n"
    terms = terms_of(text)
    assert (terms.chance, terms.staff, terms.assumptions) == (0.95, 2, frozenset())


def test_a_feature_that_is_ai_without_a_model_works_at_the_chance_of_its_evidence() -> None:
    terms = terms_of("[product.a]\nai = true\nevidence = 'pilot'\n")
    assert (terms.chance, "chance" in terms.assumptions) == (0.9, True)
    model = "[model.m]\n[product.a]\nai = true\nneeds = ['m']\n"
    assert resolved_of(model).items["a"].chance == 1


def test_impact_is_one() -> None:
    demand = terms_of("[product.a]\nreach = 5\n").demand
    assert demand is not None
    assert demand.impact == Estimate.exact(1)


@pytest.mark.parametrize("evidence", CONFIDENCE)
def test_confidence_and_chance_are_what_the_evidence_supports(evidence: str) -> None:
    for kind in ("product", "model"):
        terms = terms_of(f"[{kind}.a]\nreach = 5\nevidence = '{evidence}'\n")
        assert terms.demand is not None
        assert terms.demand.confidence == CONFIDENCE[evidence]
        assert "confidence" in terms.assumptions
        assert terms.chance == (1 if kind == "product" else CHANCE[evidence])
        assert "chance" in terms.assumptions


def test_evidence_is_opinion() -> None:
    terms = terms_of("[model.a]\nreach = 5\n")
    assert terms.chance == 0.35
    assert terms.demand is not None
    assert terms.demand.confidence == 0.5


@pytest.mark.parametrize("kind", ["product", "model"])
@pytest.mark.parametrize("value", ["0", "0.7", "1"])
def test_what_is_given_is_taken_and_no_guess(kind: str, value: str) -> None:
    terms = terms_of(f"[{kind}.a]\nreach = 5\nchance = {value}\nconfidence = {value}\neffort = 1\n")
    assert terms.demand is not None
    assert (terms.chance, terms.demand.confidence) == (float(value), float(value))
    assert terms.assumptions == {"impact", *PEOPLE}


def test_a_staged_models_chance_and_effort_follow_from_its_stages() -> None:
    terms = terms_of("[model.a]\nstages.data.effort = [1, 2, 4]\nstages.train.effort = [2, 3, 9]\n")
    assert terms.chance is None
    assert terms.effort == Estimate(3, 5, 13)
    assert [(stage.name, stage.chance, stage.is_remaining) for stage in terms.stages] == [
        ("data", 1, True),
        ("train", 1, True),
    ]
    assert terms.attempts == 1
    assert terms.assumptions == {"chance", *PEOPLE}
    text = "[model.a]\nstages.data = { effort = 1, chance = 1 }\n"
    assert terms_of(text).assumptions == PEOPLE
    assert terms_of("[model.a]\nchance = 0.4\nstages.train.effort = 1\n").chance == 0.4


def test_the_stage_is_the_first_given_and_earlier_ones_are_behind() -> None:
    text = (
        "[model.a]\n{}stages.train.effort = 1\nstages.deploy.effort = 1\nstages.data.effort = 1\n"
    )
    assert [stage.is_remaining for stage in terms_of(text.format("")).stages] == [True, True, True]
    staged = terms_of(text.format("stage = 'train'\n")).stages
    assert [(stage.name, stage.is_remaining) for stage in staged] == [
        ("data", False),
        ("train", True),
        ("deploy", True),
    ]


def test_of_a_spike() -> None:
    terms = terms_of("[spike.a]\n")
    assert terms.effort == Estimate.exact(2)
    assert terms.spike is not None
    assert (terms.spike.yes_if_works, terms.spike.yes_if_not, terms.spike.drops_bet) == (
        0.8,
        0.2,
        True,
    )
    assert terms.assumptions == {"timebox", "yes_if_works", "yes_if_not", *PEOPLE}
    assert (terms.track, terms.chance) == ("model", 1)
    given = terms_of(
        "[spike.a]\ntimebox = 3\nstaff = 2\nyes_if_works = 0.9\nyes_if_not = 0\ntrack = 'product'\n"
    )
    assert (given.effort, given.assumptions, given.track) == (
        Estimate.exact(6),
        frozenset({"team"}),
        "product",
    )
    assert terms_of("[spike.a]\ntimebox = 3\neffort = [1, 2, 3]\n").effort == Estimate(1, 2, 3)


def test_staff_team_and_the_rest() -> None:
    terms = terms_of("[product.a]\n")
    assert (terms.staff, terms.team, terms.status, terms.spent, terms.earliest_start) == (
        1,
        None,
        "planned",
        0,
        0,
    )
    assert (terms.needs, terms.fallback_for, terms.deadline, terms.pin, terms.attempts) == (
        (),
        None,
        None,
        None,
        1,
    )
    assert terms.order == float("inf")
    assert terms.upkeep.people == 0


@pytest.mark.parametrize(
    ("fields", "spent"),
    [
        ("started = 2026-11-09", 2),
        ("started = 2026-11-09\nstaff = 3", 6),
        ("started = 2026-11-09\nspent = 5", 5),
        ("spent = 0\nstarted = 2026-11-09", 0),
        ("", 0),
    ],
)
def test_spent_of_an_active_item(fields: str, spent: float) -> None:
    assert terms_of(f"[product.a]\nstatus = 'active'\n{fields}\n").spent == spent


@pytest.mark.parametrize("status", ["planned", "idea", "live", "done", "failed", "dropped"])
def test_what_was_spent_conditions_active_items_only(status: str) -> None:
    assert terms_of(f"[product.a]\nstatus = '{status}'\nspent = 5\n").spent == 0


def test_days_are_weeks_from_the_start() -> None:
    terms = terms_of("[product.a]\nnot_before = 2026-12-07\ndeadline = { by = '2026-Q4' }\n")
    assert terms.earliest_start == 2
    assert terms.deadline == pytest.approx(38 / 7)


def test_defaults_stand_in_the_policy() -> None:
    text = (
        "[policy]\nimpact = 2\nproduct_chance = 0.9\ntimebox = 1\nyes_if_works = 0.7\nyes_if_not ="
        " 0.1\n"
    )
    text += "chance = { opinion = 0.1, data-checked = 0.2, prototype = 0.3, "
    text += "offline-eval = 0.4, pilot = 0.5, launched = 0.6 }\n"
    resolved = resolved_of(
        text + "[product.a]\nreach = 1\n[spike.s]\n[model.m]\nevidence = 'pilot'\n"
    )
    assert (resolved.items["a"].chance, resolved.items["m"].chance) == (0.9, 0.5)
    demand, spike = resolved.items["a"].demand, resolved.items["s"].spike
    assert demand is not None
    assert spike is not None
    assert demand.impact == Estimate.exact(2)
    assert (spike.yes_if_works, spike.yes_if_not, resolved.items["s"].effort.p50) == (0.7, 0.1, 1)


def test_one_default_may_be_changed_alone() -> None:
    resolved = resolved_of(
        "[policy]\nchance.opinion = 0.2\nconfidence.pilot = 0.9\n[model.m]\n[model.n]\nevidence ="
        " 'pilot'\n"
    )
    assert (resolved.items["m"].chance, resolved.items["n"].chance) == (0.2, 0.9)


def test_ai_is_whether_a_model_is_among_its_needs_however_far() -> None:
    text = "[product.a]\nneeds = ['b']\n[product.b]\nneeds = [['c', 'm']]\n[product.c]\n[model.m]\n"
    plan = plan_of(text + "[product.d]\nai = true\n[product.e]\nneeds = ['m']\nai = false\n")
    assert {
        name
        for name, item in plan.items.items()
        if isinstance(item, Product) and uses_ai(plan, name)
    } == {
        "a",
        "b",
        "d",
    }


def test_items_are_in_the_order_of_the_file_within_their_tracks() -> None:
    text = "[spike.s]\n[model.n]\n[product.b]\n[model.m]\n[product.a]\n"
    assert list(plan_of(text).items) == ["b", "a", "n", "m", "s"]
    assert resolved_of(text).order == ("b", "a", "n", "m", "s")


def test_the_order_puts_what_is_waited_for_first_and_is_else_the_files() -> None:
    text = "[product.a]\nneeds = ['z']\n[product.b]\n[model.z]\n[spike.s]\ninforms = 'b'\n"
    order = resolved_of(text).order
    assert order.index("z") < order.index("a")
    assert order.index("s") < order.index("b")
