"""Build or buy over equal months of use: lead times, own people, waits, and unusable options."""

import pytest

from roadmap_tui.money.build_or_buy import BuildOrBuy, OptionSummary
from roadmap_tui.money.option_scenarios import PlanOutlook, option_scenarios
from roadmap_tui.narrative.item_money import cheapest_sentence
from tests.money.case_files import money_of_case, simulated_case
from tests.money.test_plan_money import DAYS, money_of, simulated


def options_in(money_text: str, name: str = "m") -> BuildOrBuy:
    found = money_of(money_text).items[name].build_or_buy
    assert found is not None
    return found


def by_name(buying: BuildOrBuy) -> dict[str, OptionSummary]:
    return {each.name: each for each in buying.options}


def outlooks(case: str, name: str) -> dict[str | None, PlanOutlook]:
    found = {}
    for each in option_scenarios(*simulated_case(case), name):
        assert isinstance(each.outlook, PlanOutlook)
        found[each.option] = each.outlook
    return found


def test_what_comes_too_late_is_never_cheapest() -> None:
    """24 months of 100,000 uses each, whenever they begin."""
    buying = money_of_case("late-options").items["m"].build_or_buy
    assert buying is not None
    cost = {each.name: each.cost.mean for each in buying.options if each.cost}
    uses = 24 * 100_000
    assert cost == pytest.approx(
        {"fast": 1000 + 0.02 * uses, "slow": 1000 + 0.03 * uses, "never": 1000 + 0.05 * uses}
    )
    assert [each.name for each in buying.cheapest] == ["fast"]
    assert buying.by_cost == "fast"
    assert {each.name for each in buying.options if not each.is_in_use} == {"never"}


def test_something_for_nothing_that_never_comes_is_not_cheapest() -> None:
    text = "[model.m]\nvolume_month = 9\n[model.m.options.now]\nunit = 5\nweeks = 1\n"
    for never in ("weeks = 200", 'kind = "wait"', "chance = 0", "effort = 900"):
        buying = options_in(f"{text}[model.m.options.dream]\n{never}\n")
        assert (buying.by_cost, [each.name for each in buying.cheapest]) == ("now", ["now"])


def test_dates_differ_by_the_lead_time() -> None:
    found = outlooks("lead-times", "m")
    assert found["api"].item.finish is not None
    assert found["api"].item.finish.p50 == pytest.approx(1)
    assert found["api"].item.ships == pytest.approx(0.5, abs=0.01)
    assert found["train"].item.finish is not None
    assert found["train"].item.finish.p50 == pytest.approx(60)
    assert found["train"].item.ships == 0


def test_what_is_built_takes_own_people_and_what_is_bought_does_not() -> None:
    """Training keeps one person for 60 weeks at 4,000, beside 400,000 to set it up."""
    found = outlooks("lead-times", "m")
    assert found["train"].remaining_cost is not None
    assert found["train"].remaining_cost.mean == pytest.approx(60 * 4000 + 400_000)
    assert found["api"].remaining_cost is not None
    assert found["api"].remaining_cost.mean == pytest.approx(2000)
    buying = money_of_case("lead-times").items["m"].build_or_buy
    assert buying is not None
    assert by_name(buying)["train"].people.mean == 60 * 4000
    assert by_name(buying)["api"].people.mean == 0


TEAM = "[teams.t]\npeople = 3\nweek_cost = 1000\n"
SERVED = (
    TEAM
    + """
[product.f]
needs = ["m"]
[product.f.roi]
benefit_month = 5000
realisation = 0.5
[model.m]
team = "t"
staff = 2
volume_month = 0
[model.m.options.built]
kind = "finetune"
effort = 12
weeks = 3
[model.m.options.led]
kind = "train"
weeks = 8
[model.m.options.bought]
kind = "saas"
setup = 5000
weeks = 2
"""
)


def test_option_effort_sets_lead_time_and_cost_of_people() -> None:
    """12 person-weeks of two people take 6 weeks, and a lead time of 8 weeks keeps two busy."""
    found = by_name(options_in(SERVED))
    assert [each.weeks.mean for each in found.values()] == [6, 8, 2]
    assert [each.people.mean for each in found.values()] == [12e3, 16e3, 0]
    assert [each.cost.mean for each in found.values() if each.cost] == [12e3, 16e3, 5e3]


def test_the_benefit_lost_while_waiting_is_that_of_the_features_that_need_it() -> None:
    buying = options_in(SERVED.replace("setup = 5000\nweeks = 2", "setup = 5000\nweeks = 30"))
    month = 5000 * 0.5
    lost = {each.name: each.lost.mean for each in buying.options if each.lost}
    assert lost == pytest.approx(
        {
            name: weeks * 7 / DAYS * month
            for name, weeks in (("built", 6), ("led", 8), ("bought", 30))
        }
    )
    assert buying.by_cost == "built"  # 12,000 and 3,450 against 5,000 and 17,248


def test_without_a_business_case_no_benefit_is_lost() -> None:
    assert by_name(options_in("[model.m]\n[model.m.options.a]\nweeks = 4\n"))["a"].lost is None


def test_a_lead_time_keeps_the_chance_that_stages_state() -> None:
    text = (
        "[model.m.stages]\ntrain = { effort = 4, chance = 0.5 }\nevaluate = { effort = 1, chance ="
        " 0.8 }\n[model.m.options.api]\nkind = 'api'\nweeks = 3\n"
    )
    found = option_scenarios(*simulated(text), "m")[1].outlook
    assert isinstance(found, PlanOutlook)
    assert found.item.p_delivered == pytest.approx(0.4, abs=0.001)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            {"api": ("api", 0, 0.01), "own": ("train", 3000, 0)},
            "Buying (api) is cheaper up to about 300k calls a month; above that, building (own) is",
        ),
        (
            {"one": ("api", 0, 0.01), "two": ("saas", 3000, 0)},
            "one is cheaper up to about 300k calls a month; above that, two is",
        ),
        ({"own": ("rules", 0, 0)}, "Building (own) is cheapest at every volume"),
        (
            {"a": ("api", 0, 0.01), "b": ("saas", 10, 0.009), "c": ("train", 3000, 0)},
            "by calls a month: a up to about 10k, then b up to about 330k; above that, c",
        ),
    ],
)
def test_the_sentence_on_what_is_cheapest(
    options: dict[str, tuple[str, float, float]], sentence: str
) -> None:
    tables = (
        f'[model.m.options.{name}]\nkind = "{kind}"\nmonth = {month}\nunit = {unit}\nweeks = 1\n'
        for name, (kind, month, unit) in options.items()
    )
    assert cheapest_sentence(options_in("[model.m]\n" + "".join(tables))) == sentence
