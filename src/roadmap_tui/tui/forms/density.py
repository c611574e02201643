"""Sparkline of a range: how likely each part of it is."""

from itertools import pairwise
from statistics import NormalDist

from pydantic_core import PydanticCustomError

from roadmap_tui.forecast.simulation.jqpd import JohnsonDistribution, johnson_distribution
from roadmap_tui.plan.estimate import SIZES, Estimate, estimate_from_range
from roadmap_tui.plan.policy import Policy
from roadmap_tui.tui.views.charts import STEPS

CELLS = 9
_MARGIN = 1.0
"""Margin beyond P10 and P90, as a share of their distance."""


def range_sparkline(value: object, policy: Policy) -> str:
    """The density of a typed range on an even scale; empty if it isn't a range."""
    estimate = _estimate(value, policy)
    if estimate is None or estimate.is_exact:
        return ""
    shape = johnson_distribution(estimate)
    reach = _MARGIN * (estimate.p90 - estimate.p10) / 2
    low, high = max(0.0, estimate.p10 - reach), estimate.p90 + reach
    edges = [low + (high - low) * at / CELLS for at in range(CELLS + 1)]
    below = [_chance_below(shape, edge) for edge in edges]
    shares = [right - left for left, right in pairwise(below)]
    most = max(shares)
    return "".join(STEPS[round(share / most * (len(STEPS) - 1))] for share in shares)


def _estimate(value: object, policy: Policy) -> Estimate | None:
    size = next((each for each in SIZES if each == value), None)
    if size is not None:
        return policy.sizes.effort_of_size(size)
    try:
        return estimate_from_range(value) if isinstance(value, list) else None
    except PydanticCustomError:
        return None


def _chance_below(shape: JohnsonDistribution, value: float) -> float:
    """Chance that the true value is below a value."""
    return 0.0 if value <= 0 else NormalDist().cdf(shape.deviate(value))
