"""Money as plain mappings, for commands that put answers together from parts."""

from collections.abc import Sequence

from roadmap_tui.answers.data import JsonObject, dump
from roadmap_tui.answers.money import ItemMoneyRow, plan_values
from roadmap_tui.money.option_scenarios import OptionScenario
from roadmap_tui.money.plan_money import ItemMoney, PlanMoney


def plan_money_data(money: PlanMoney) -> JsonObject:
    """What the plan costs, and its market."""
    return plan_values(money)


def item_money_data(item: ItemMoney, scenarios: Sequence[OptionScenario] = ()) -> JsonObject:
    """One item's money."""
    return dump(ItemMoneyRow.of(item, scenarios))
