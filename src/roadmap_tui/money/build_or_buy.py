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
from roadmap_tui.money.option_assessment import (
    ItemSampler,
    OptionAssessment,
    assess_options,
    best_by_cost,
    best_by_score,
)
from roadmap_tui.money.option_costs import CostLine, break_even_volume
from roadmap_tui.plan.items import SourcingOption
from roadmap_tui.plan.model_options import is_bought
from roadmap_tui.plan.roadmap import Plan


@dataclass(frozen=True, slots=True)
class OptionSummary:
    """One option over equal months of use.

    Attributes:
        fixed: setup, own people, months and exit.
        people: own people until it is in use.
        unit: cost over all months of one more use a month.
        cost: at the item's volume; None if that is unknown.
        weeks: until it is in use, if its people are free.
        lost: benefit lost until then; None if no business case states a benefit.
        is_in_use: whether it comes into use within as many months, in most runs.
        is_bought: whether others build it.
        coverage: share of cases it handles.
        score: weighted mean of its ratings.
        knockout_factors: the factors whose rating rules it out.
    """

    name: str
    kind: str | None
    fixed: AmountSummary
    people: AmountSummary
    unit: AmountSummary
    cost: AmountSummary | None
    weeks: AmountSummary
    lost: AmountSummary | None
    is_in_use: bool
    is_bought: bool
    coverage: AmountSummary | None
    lockin: int | None
    score: float | None
    knockout_factors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VolumeRange:
    """The cheapest option from a monthly volume on, until the next range.

    Attributes:
        mean_start: where it starts, by the means of all costs and waits; 0 for the first.
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
        months: of use.
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


def build_or_buy(
    plan: Plan, name: str, sampler_of: ItemSampler, as_of: dt.date
) -> BuildOrBuy | None:
    """Compare a model's options; None without any. See `option_assessment.assess_options`."""
    model, draw = plan.model[name], sampler_of(name)
    if not model.options:
        return None
    fits = assess_options(plan, name, sampler_of, as_of)
    lines = {name: fit.compared_line for name, fit in fits.items() if not fit.is_ruled_out}
    return BuildOrBuy(
        options=tuple(
            _option_summary(option, model.options[option], fit, draw)
            for option, fit in fits.items()
        ),
        cheapest=tuple(_volume_ranges(lines)),
        volume=summarise_optional(draw("volume_month", model.volume_month)),
        months=plan.policy.roi_months,
        by_score=best_by_score(fits),
        by_cost=best_by_cost(fits),
        chosen=model.chosen,
        decided=model.decided,
        revisit=model.revisit,
    )


def _option_summary(
    name: str, option: SourcingOption, fit: OptionAssessment, draw: AmountSampler
) -> OptionSummary:
    coverage = sample_share(draw, f"options.{name}.coverage", option.coverage)
    return OptionSummary(
        name=name,
        kind=option.kind,
        fixed=summarise(fit.cost_line.fixed),
        people=summarise(fit.people),
        unit=summarise(fit.cost_line.unit),
        cost=summarise_optional(fit.cost),
        weeks=summarise(fit.weeks),
        lost=summarise_optional(fit.lost),
        is_in_use=fit.is_in_use,
        is_bought=is_bought(option),
        coverage=summarise_optional(coverage),
        lockin=option.lockin,
        score=fit.score,
        knockout_factors=fit.knockout_factors,
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
