"""Assumptions by impact: which one moves ranks and finishes most and is most worth replacing."""

from collections.abc import Mapping
from dataclasses import dataclass

from roadmap_tui.forecast.analysis.what_if import WhatIfPlan
from roadmap_tui.forecast.analysis.what_if_inputs import WhatIfInput, item_inputs, open_items
from roadmap_tui.plan.resolver import ResolvedPlan

NOTICEABLE_WEEKS = 1
"""A finish that moves by less isn't worth a person's attention."""
_MAX_TRIED = 40
_MONTH = 365.25 / 84


@dataclass(frozen=True, slots=True)
class AssumptionImpact:
    """How much depends on an assumption.

    Attributes:
        ranks: largest change of any item's rank between the assumption's low and high.
        weeks: largest change of any item's P50 finish.
        impact: rank changes plus months of finish, averaged over the open items.
    """

    input: WhatIfInput
    ranks: int
    weeks: float
    impact: float

    @property
    def is_noticeable(self) -> bool:
        """Whether it moves a rank, or a finish by a week."""
        return self.ranks > 0 or self.weeks >= NOTICEABLE_WEEKS


def assumption_impacts(trials: WhatIfPlan) -> tuple[AssumptionImpact, ...]:
    """Return the impact of each assumption, largest first.

    With more than 40, those of the items that most others wait for are tried.
    """
    swings = [
        _assumption_impact(trials, given) for given in _assumed_inputs(trials.resolved)[:_MAX_TRIED]
    ]
    return tuple(
        sorted((swing for swing in swings if swing.impact > 0), key=lambda swing: -swing.impact)
    )


def _assumed_inputs(resolved: ResolvedPlan) -> list[WhatIfInput]:
    """Return the inputs that are assumptions, those of the items with most dependents first."""
    dependents = {item.id: 1 for item in open_items(resolved)}
    for name in reversed(resolved.order):
        for each in resolved.open_predecessors[name]:
            dependents[each] += dependents[name]
    found: list[WhatIfInput] = []
    for item in open_items(resolved):
        found += [each for each in item_inputs(item) if each.is_assumed]
    return sorted(found, key=lambda each: -dependents[each.item])


def _assumption_impact(trials: WhatIfPlan, given: WhatIfInput) -> AssumptionImpact:
    low, high = (_outcome(trials.with_known(given, value)) for value in (given.low, given.high))
    places, weeks = (_differences(before, after) for before, after in zip(low, high, strict=True))
    moved = (sum(places) + sum(weeks) / _MONTH) / max(1, len(weeks))
    return AssumptionImpact(given, int(max(places, default=0)), max(weeks, default=0.0), moved)


def _outcome(trials: WhatIfPlan) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Return every item's rank, and its P50 finish."""
    return trials.ranks(), trials.median_finishes


def _differences(low: Mapping[str, float], high: Mapping[str, float]) -> list[float]:
    return [abs(high[name] - low[name]) for name in low if name in high]
