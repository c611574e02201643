"""Options of a model item side by side: cost, score, and which one wins."""

from collections.abc import Mapping
from dataclasses import dataclass

from roadmap_tui.forecast.simulation.amounts import Amount, AmountSampler, mean, or_default
from roadmap_tui.money.cashflow import WEEKS_PER_MONTH
from roadmap_tui.money.option_costs import (
    CostLine,
    OptionCosts,
    knockout_factors,
    ownership_cost,
    weighted_score,
)
from roadmap_tui.plan.items import Model, SourcingOption
from roadmap_tui.plan.money import OptionScores, ScoreWeights


@dataclass(frozen=True, slots=True)
class OptionAssessment:
    """One option.

    Attributes:
        cost_line: total cost by monthly volume.
        cost: at the item's volume; None if that is unknown.
        score: weighted mean of its ratings; None without any.
        knockout_factors: the factors whose rating rules it out.
    """

    cost_line: CostLine
    cost: Amount | None
    score: float | None
    knockout_factors: tuple[str, ...]


def option_costs(name: str, option: SourcingOption, draw: AmountSampler) -> OptionCosts:
    """Return the costs of the named option; missing ones are 0."""
    place = f"options.{name}"
    return OptionCosts(
        setup=or_default(draw(f"{place}.setup", option.setup)),
        month=or_default(draw(f"{place}.month", option.month)),
        unit=or_default(draw(f"{place}.unit", option.unit)),
        exit=or_default(draw(f"{place}.exit", option.exit)),
        months_until_use=or_default(draw(f"{place}.weeks", option.weeks)) / WEEKS_PER_MONTH,
    )


def assess_options(model: Model, draw: AmountSampler, months: float) -> dict[str, OptionAssessment]:
    """Assess every option of a model item over this many months."""
    volume, weights = draw("volume_month", model.volume_month), model.weights or ScoreWeights()
    fits: dict[str, OptionAssessment] = {}
    for name, option in model.options.items():
        line = ownership_cost(option_costs(name, option, draw), months)
        scores = option.scores or OptionScores()
        cost = None if volume is None else line.at(volume)
        fits[name] = OptionAssessment(
            line, cost, weighted_score(scores, weights), knockout_factors(scores)
        )
    return fits


def best_by_score(fits: Mapping[str, OptionAssessment]) -> str | None:
    """Return the option with the highest score that is not ruled out; None if none has one."""
    scores = {
        name: fit.score
        for name, fit in fits.items()
        if fit.score is not None and not fit.knockout_factors
    }
    return max(scores, key=scores.__getitem__, default=None)


def best_by_cost(fits: Mapping[str, OptionAssessment]) -> str | None:
    """Return the option with the lowest mean cost that is not ruled out.

    None if no cost is known.
    """
    costs = {
        name: mean(fit.cost)
        for name, fit in fits.items()
        if fit.cost is not None and not fit.knockout_factors
    }
    return min(costs, key=costs.__getitem__, default=None)
