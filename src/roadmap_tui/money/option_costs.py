"""Option costs: what an option costs over a period of use, by volume, and its ratings."""

from dataclasses import dataclass

import numpy as np

from roadmap_tui.forecast.simulation.amounts import Amount, Floats
from roadmap_tui.plan.money.economics import OptionKind, OptionScores, ScoreWeights

FACTORS = ("differentiation", "data", "expertise", "time", "cost")
KNOCKOUT_MARK = 1


@dataclass(frozen=True, slots=True)
class CostLine:
    """A cost linear in volume: `fixed`, plus `unit` for each."""

    fixed: Amount
    unit: Amount

    def at(self, volume: Amount) -> Amount:
        """Return the cost at a volume."""
        return self.fixed + self.unit * volume


@dataclass(frozen=True, slots=True)
class OptionCosts:
    """Costs of an option.

    Attributes:
        setup, exit: once.
        people: once, for own people until it is usable.
        month: every month in which it is used.
        unit: per use.
    """

    setup: Amount = 0.0
    people: Amount = 0.0
    month: Amount = 0.0
    unit: Amount = 0.0
    exit: Amount = 0.0


def ownership_cost(item: OptionCosts, months: float) -> CostLine:
    """Return setup + people + months (month + unit x volume) + exit, by volume.

    The months are those of use, the same for every option, however late it comes.
    """
    fixed = item.setup + item.people + months * item.month + item.exit
    return CostLine(fixed, months * item.unit)


def break_even_volume(one: CostLine, other: CostLine) -> Amount:
    """Return the volume from which `other` costs less; 0 if from the start, infinite if never.

    Source: break-even analysis, (other.fixed - one.fixed) / (one.unit - other.unit).
    """
    more, saved = np.broadcast_arrays(
        np.asarray(other.fixed - one.fixed, np.float64),
        np.asarray(one.unit - other.unit, np.float64),
    )
    # without savings per unit the other option is cheaper either always or never
    never = np.where(more < 0, 0.0, np.inf)
    volume: Floats = np.divide(np.maximum(more, 0.0), saved, out=never, where=saved > 0)
    return volume if volume.ndim else float(volume)


def rated_factors(scores: OptionScores) -> dict[str, int]:
    """Return the ratings that are set."""
    given = ((factor, getattr(scores, factor)) for factor in FACTORS)
    return {factor: mark for factor, mark in given if mark is not None}


def weighted_score(scores: OptionScores, weights: ScoreWeights) -> float | None:
    """Return the weighted mean of the ratings that are set.

    None if there are none or their weights are 0.
    """
    given = rated_factors(scores)
    weight = {factor: float(getattr(weights, factor)) for factor in given}
    whole = sum(weight.values())
    if whole:
        return sum(weight[factor] * mark for factor, mark in given.items()) / whole
    return None


def knockout_factors(scores: OptionScores, kind: OptionKind | None = None) -> tuple[str, ...]:
    """Return the factors whose rating rules the option out.

    Rules are chosen because they are common, so that little differentiation doesn't rule them out.
    """
    low = [factor for factor, mark in rated_factors(scores).items() if mark <= KNOCKOUT_MARK]
    if kind == "rules":
        low = [factor for factor in low if factor != "differentiation"]
    return tuple(low)
