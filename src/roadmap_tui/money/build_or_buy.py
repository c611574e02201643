"""What is told of the ways to have a model: their cost over volume, their marks, and which of them wins where."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from roadmap_tui.forecast.simulation.amounts import (
    AmountSampler,
    AmountSummary,
    sample_share,
    summarise,
    summarise_optional,
)
from roadmap_tui.money.option_assessment import assess_options, best_by_cost, best_by_score
from roadmap_tui.money.option_costs import CostLine, break_even_volume
from roadmap_tui.plan.items import Model


@dataclass(frozen=True, slots=True)
class OptionSummary:
    """One option over the months looked at.

    Attributes:
        fixed: setup, months and exit.
        unit: what one more a month costs over all months.
        cost: at the item's volume; None if that is not known.
        weeks: until it is of use.
        coverage: the share of cases that it takes.
        score: the weighted mean of its marks.
        knockout_factors: the factors whose mark rules it out.
    """

    name: str
    kind: str | None
    fixed: AmountSummary
    unit: AmountSummary
    cost: AmountSummary | None
    weeks: AmountSummary | None
    coverage: AmountSummary | None
    lockin: int | None
    score: float | None
    knockout_factors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VolumeRange:
    """From a monthly volume on, the option that costs least, until the next stretch.

    Attributes:
        mean_start: where it begins, by the means of all costs; 0 of the first.
        start: where it begins, in the runs in which it comes to cost less than the one before.
        chance: that it comes to.
    """

    mean_start: float
    start: AmountSummary
    chance: float
    name: str


@dataclass(frozen=True, slots=True)
class BuildOrBuy:
    """Build or buy.

    Attributes:
        cheapest: stretches of volume, ascending; those that are ruled out are in none.
        volume: a month.
        months: over how many.
        by_score, by_cost: the winners; None if none has a score, or no volume is known.
    """

    options: tuple[OptionSummary, ...]
    cheapest: tuple[VolumeRange, ...]
    volume: AmountSummary | None
    months: int
    by_score: str | None
    by_cost: str | None
    chosen: str | None
    decided: dt.date | None
    revisit: dt.date | None

    @property
    def winners_differ(self) -> bool:
        """Whether score and cost speak for different options."""
        return None not in {self.by_score, self.by_cost} and self.by_score != self.by_cost


def build_or_buy(model: Model, draw: AmountSampler, months: int) -> BuildOrBuy | None:
    """What is told of a model's options; None without any."""
    if not model.options:
        return None
    fits = assess_options(model, draw, months)
    return BuildOrBuy(
        options=tuple(
            OptionSummary(
                name=name,
                kind=option.kind,
                fixed=summarise(fits[name].cost_line.fixed),
                unit=summarise(fits[name].cost_line.unit),
                cost=summarise_optional(fits[name].cost),
                weeks=summarise_optional(draw(f"options.{name}.weeks", option.weeks)),
                coverage=summarise_optional(
                    sample_share(draw, f"options.{name}.coverage", option.coverage)
                ),
                lockin=option.lockin,
                score=fits[name].score,
                knockout_factors=fits[name].knockout_factors,
            )
            for name, option in model.options.items()
        ),
        cheapest=tuple(
            _volume_ranges(
                {name: fit.cost_line for name, fit in fits.items() if not fit.knockout_factors}
            )
        ),
        volume=summarise_optional(draw("volume_month", model.volume_month)),
        months=months,
        by_score=best_by_score(fits),
        by_cost=best_by_cost(fits),
        chosen=model.chosen,
        decided=model.decided,
        revisit=model.revisit,
    )


def _volume_ranges(lines: Mapping[str, CostLine]) -> Iterator[VolumeRange]:
    found = lower_envelope({name: _mean_line(line) for name, line in lines.items()})
    for at, name in found[:1]:
        yield VolumeRange(at, summarise(at), 1.0, name)
    for (_, before), (at, name) in pairwise(found):
        start = np.asarray(break_even_volume(lines[before], lines[name]))
        there = start[np.isfinite(start)]
        yield VolumeRange(at, summarise(there if there.size else at), there.size / start.size, name)


def _mean_line(line: CostLine) -> tuple[float, float]:
    return summarise(line.fixed).mean, summarise(line.unit).mean


def lower_envelope(lines: Mapping[str, tuple[float, float]]) -> tuple[tuple[float, str], ...]:
    """Which of several lines is the lowest, by the volume from which it is; ascending from 0.

    Args:
        lines: by name, what one costs at no volume, and what each costs.
    """
    if not lines:
        return ()
    name = min(lines, key=lines.__getitem__)
    found = [(0.0, name)]
    while True:
        fixed, unit = lines[name]
        ahead = [
            ((other[0] - fixed) / (unit - other[1]), other[1], each)
            for each, other in lines.items()
            if other[1] < unit
        ]
        if not ahead:
            return tuple(found)
        start, _, name = min(ahead)
        found.append((start, name))
