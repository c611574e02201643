"""What an answer about a scenario says beside it: the plan without the scenario."""

from collections.abc import Mapping

from roadmap_tui.answers.base import Baseline, BaselineItem, ExpectedCost
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.money.plan_cost import ExpectedSpend


def baseline_values(
    scenario: str | None, base: Forecast, before: ExpectedSpend, after: ExpectedSpend
) -> Mapping[str, object]:
    """The scenario, what it takes, and how the plan is without it, which takes `before`."""
    ranks = {row.id: row.weighted.rank for row in base.ranking if row.weighted}
    items = [BaselineItem.read(item, rank=ranks.get(item.id)) for item in base.items.values()]
    baseline = Baseline.read(base, takes=before, items=items)
    return {"scenario": scenario, "takes": ExpectedCost.read(after), "base": baseline}
