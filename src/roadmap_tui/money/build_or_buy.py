"""Build or buy: the options' cost over volume, their ratings, and which of them wins where."""

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
    """One option over the evaluation period.

    Attributes:
        fixed: setup, months and exit.
        unit: cost over all months of one more use a month.
        cost: at the item's volume; None if that is unknown.
        weeks: until it is usable.
        coverage: share of cases it handles.
        score: weighted mean of its ratings.
        knockout_factors: the factors whose rating rules it out.
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
    """The cheapest option from a monthly volume on, until the next range.

    Attributes:
        mean_start: where it starts, by the means of all costs; 0 for the first.
        start: where it starts, in the runs in which it becomes cheaper than the one before.
        chance: that it becomes cheaper.
    """

    mean_start: float
    start: AmountSummary
    chance: float
    name: str


@dataclass(frozen=True, slots=True)
class BuildOrBuy:
    """Build or buy.

    Attributes:
        cheapest: volume ranges, ascending; options that are ruled out are in none.
        volume: per month.
        months: evaluation period.
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
        """Whether score and cost favour different options."""
        return None not in {self.by_score, self.by_cost} and self.by_score != self.by_cost


def build_or_buy(model: Model, draw: AmountSampler, months: int) -> BuildOrBuy | None:
    """Compare a model's options; None without any."""
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
        # in runs without a crossing the next option never becomes cheaper
        there = start[np.isfinite(start)]
        yield VolumeRange(at, summarise(there if there.size else at), there.size / start.size, name)


def _mean_line(line: CostLine) -> tuple[float, float]:
    return summarise(line.fixed).mean, summarise(line.unit).mean


def lower_envelope(lines: Mapping[str, tuple[float, float]]) -> tuple[tuple[float, str], ...]:
    """Return the lowest of several lines by the volume from which it is lowest, ascending from 0.

    Args:
        lines: by name, the cost at no volume, and the cost per unit.
    """
    if not lines:
        return ()
    name = min(lines, key=lines.__getitem__)
    found = [(0.0, name)]
    while True:
        fixed, unit = lines[name]
        # only a line with a lower slope can cross the current one at a higher volume
        ahead = [
            ((other[0] - fixed) / (unit - other[1]), other[1], each)
            for each, other in lines.items()
            if other[1] < unit
        ]
        if not ahead:
            return tuple(found)
        start, _, name = min(ahead)
        found.append((start, name))
