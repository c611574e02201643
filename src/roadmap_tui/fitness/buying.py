"""What is told of the ways to have a model: their cost over volume, their marks, and which of them wins where."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from roadmap_tui.fitness.amounts import Draw, Figure, figure, figure_of, limited
from roadmap_tui.fitness.choices import Line, crossing
from roadmap_tui.fitness.options import best_by_cost, best_by_score, option_fits
from roadmap_tui.plan.items import Model


@dataclass(frozen=True, slots=True)
class OptionCost:
    """One option over the months looked at.

    Attributes:
        fixed: setup, months and exit.
        unit: what one more a month costs over all months.
        cost: at the item's volume; None if that is not known.
        weeks: until it is of use.
        coverage: the share of cases that it takes.
        score: the weighted mean of its marks.
        out: the factors whose mark rules it out.
    """

    name: str
    kind: str | None
    fixed: Figure
    unit: Figure
    cost: Figure | None
    weeks: Figure | None
    coverage: Figure | None
    lockin: int | None
    score: float | None
    out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """From a monthly volume on, the option that costs least, until the next stretch.

    Attributes:
        at: where it begins, by the means of all costs; 0 of the first.
        start: where it begins, in the futures in which it comes to cost less than the one before.
        chance: that it comes to.
    """

    at: float
    start: Figure
    chance: float
    name: str


@dataclass(frozen=True, slots=True)
class Buying:
    """Build or buy.

    Attributes:
        cheapest: stretches of volume, ascending; those that are ruled out are in none.
        volume: a month.
        months: over how many.
        by_score, by_cost: the winners; None if none has a score, or no volume is known.
    """

    options: tuple[OptionCost, ...]
    cheapest: tuple[Stretch, ...]
    volume: Figure | None
    months: int
    by_score: str | None
    by_cost: str | None
    chosen: str | None
    decided: dt.date | None
    revisit: dt.date | None

    @property
    def disagree(self) -> bool:
        """Whether score and cost speak for different options."""
        return None not in {self.by_score, self.by_cost} and self.by_score != self.by_cost


def buying(model: Model, draw: Draw, months: int) -> Buying | None:
    """What is told of a model's options; None without any."""
    if not model.options:
        return None
    fits = option_fits(model, draw, months)
    return Buying(
        options=tuple(
            OptionCost(
                name=name,
                kind=option.kind,
                fixed=figure(fits[name].owning.fixed),
                unit=figure(fits[name].owning.unit),
                cost=figure_of(fits[name].cost),
                weeks=figure_of(draw(f"options.{name}.weeks", option.weeks)),
                coverage=figure_of(limited(draw, f"options.{name}.coverage", option.coverage)),
                lockin=option.lockin,
                score=fits[name].score,
                out=fits[name].knocked_out,
            )
            for name, option in model.options.items()
        ),
        cheapest=tuple(
            _stretches({name: fit.owning for name, fit in fits.items() if not fit.knocked_out})
        ),
        volume=figure_of(draw("volume_month", model.volume_month)),
        months=months,
        by_score=best_by_score(fits),
        by_cost=best_by_cost(fits),
        chosen=model.chosen,
        decided=model.decided,
        revisit=model.revisit,
    )


def _stretches(lines: Mapping[str, Line]) -> Iterator[Stretch]:
    found = envelope({name: _means(line) for name, line in lines.items()})
    for at, name in found[:1]:
        yield Stretch(at, figure(at), 1.0, name)
    for (_, before), (at, name) in pairwise(found):
        start = np.asarray(crossing(lines[before], lines[name]))
        there = start[np.isfinite(start)]
        yield Stretch(at, figure(there if there.size else at), there.size / start.size, name)


def _means(line: Line) -> tuple[float, float]:
    return figure(line.fixed).mean, figure(line.unit).mean


def envelope(lines: Mapping[str, tuple[float, float]]) -> tuple[tuple[float, str], ...]:
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
