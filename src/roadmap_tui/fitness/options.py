"""The options of a model item side by side: what each costs in the end, how it scores, and which one wins."""

from collections.abc import Mapping
from dataclasses import dataclass

from roadmap_tui.fitness.amounts import Amount, Draw, known, mean
from roadmap_tui.fitness.choices import Line, Terms, knocks_out, owning, score
from roadmap_tui.fitness.roi import WEEKS
from roadmap_tui.plan.items import Model, Option
from roadmap_tui.plan.money import Scores, Weights


@dataclass(frozen=True, slots=True)
class OptionFit:
    """One option.

    Attributes:
        owning: what it costs in the end, by the volume of a month.
        cost: at the volume of the item; None if that is not known.
        score: the weighted mean of its marks; None without marks.
        knocked_out: the factors whose mark rules it out.
    """

    owning: Line
    cost: Amount | None
    score: float | None
    knocked_out: tuple[str, ...]


def terms_of(name: str, option: Option, draw: Draw) -> Terms:
    """What the option of that name costs; what it leaves out costs nothing."""
    place = f"options.{name}"
    return Terms(
        setup=known(draw(f"{place}.setup", option.setup)),
        month=known(draw(f"{place}.month", option.month)),
        unit=known(draw(f"{place}.unit", option.unit)),
        exit=known(draw(f"{place}.exit", option.exit)),
        first=known(draw(f"{place}.weeks", option.weeks)) / WEEKS,
    )


def option_fits(model: Model, draw: Draw, months: float) -> dict[str, OptionFit]:
    """Every option of a model item, looked at over so many months."""
    volume, weights = draw("volume_month", model.volume_month), model.weights or Weights()
    fits: dict[str, OptionFit] = {}
    for name, option in model.options.items():
        line, scores = owning(terms_of(name, option, draw), months), option.scores or Scores()
        cost = None if volume is None else line.at(volume)
        fits[name] = OptionFit(line, cost, score(scores, weights), knocks_out(scores))
    return fits


def best_by_score(fits: Mapping[str, OptionFit]) -> str | None:
    """The option with the highest score that is not knocked out; None if none has one."""
    scores = {
        name: fit.score
        for name, fit in fits.items()
        if fit.score is not None and not fit.knocked_out
    }
    return max(scores, key=scores.__getitem__, default=None)


def best_by_cost(fits: Mapping[str, OptionFit]) -> str | None:
    """The option that costs least in the mean and is not knocked out; None if no cost is known."""
    costs = {
        name: mean(fit.cost)
        for name, fit in fits.items()
        if fit.cost is not None and not fit.knocked_out
    }
    return min(costs, key=costs.__getitem__, default=None)
