"""Money as plain mappings, for commands that put answers together from parts."""

import datetime as dt
from collections.abc import Sequence

from roadmap_tui.answers.data import JsonObject, dump
from roadmap_tui.answers.money import ItemMoneyRow, MoneyAnswer, plan_values
from roadmap_tui.money.option_scenarios import OptionScenario
from roadmap_tui.money.plan_money import ItemMoney, PlanMoney

_DAY = dt.date.min
_BASIS = {"schema", "kind", "as_of", "seed", "runs", "currency"}


def plan_money_data(money: PlanMoney) -> JsonObject:
    """What the plan costs, and its market."""
    values = dump(MoneyAnswer.read(as_of=_DAY, seed=0, runs=0, currency="", **plan_values(money)))
    return {name: value for name, value in values.items() if name not in _BASIS}


def item_money_data(item: ItemMoney, scenarios: Sequence[OptionScenario] = ()) -> JsonObject:
    """One item's money."""
    return dump(ItemMoneyRow.of(item, scenarios))
