"""The options of a model item side by side: what each costs in the end, how it scores, and which one wins."""

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
        cost_line: what it costs in the end, by the volume of a month.
        cost: at the volume of the item; None if that is not known.
        score: the weighted mean of its marks; None without marks.
        knockout_factors: the factors whose mark rules it out.
    """

    cost_line: CostLine
    cost: Amount | None
    score: float | None
    knockout_factors: tuple[str, ...]


def option_costs(name: str, option: SourcingOption, draw: AmountSampler) -> OptionCosts:
    """What the option of that name costs; what it leaves out costs nothing."""
    place = f"options.{name}"
    return OptionCosts(
        setup=or_default(draw(f"{place}.setup", option.setup)),
        month=or_default(draw(f"{place}.month", option.month)),
        unit=or_default(draw(f"{place}.unit", option.unit)),
        exit=or_default(draw(f"{place}.exit", option.exit)),
        months_until_use=or_default(draw(f"{place}.weeks", option.weeks)) / WEEKS_PER_MONTH,
    )


def assess_options(model: Model, draw: AmountSampler, months: float) -> dict[str, OptionAssessment]:
    """Every option of a model item, looked at over so many months."""
    volume, weights = draw("volume_month", model.volume_month), model.weights or ScoreWeights()
    fits: dict[str, OptionAssessment] = {}
    for name, option in model.options.items():
        line, scores = (
            ownership_cost(option_costs(name, option, draw), months),
            option.scores or OptionScores(),
        )
        cost = None if volume is None else line.at(volume)
        fits[name] = OptionAssessment(
            line, cost, weighted_score(scores, weights), knockout_factors(scores)
        )
    return fits


def best_by_score(fits: Mapping[str, OptionAssessment]) -> str | None:
    """The option with the highest score that is not knocked out; None if none has one."""
    scores = {
        name: fit.score
        for name, fit in fits.items()
        if fit.score is not None and not fit.knockout_factors
    }
    return max(scores, key=scores.__getitem__, default=None)


def best_by_cost(fits: Mapping[str, OptionAssessment]) -> str | None:
    """The option that costs least in the mean and is not knocked out; None if no cost is known."""
    costs = {
        name: mean(fit.cost)
        for name, fit in fits.items()
        if fit.cost is not None and not fit.knockout_factors
    }
    return min(costs, key=costs.__getitem__, default=None)
