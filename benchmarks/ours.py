"""What is measured of this project."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.engine import forecast
from roadmap_tui.forecast.simulation.schedule import Schedule
from roadmap_tui.forecast.simulation.simulator import (
    draw_outcomes,
    effort_sampler,
    item_effort_sampler,
)
from roadmap_tui.forecast.simulation.times import Times
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.resolver import ResolvedPlan


def reseeded(resolved: ResolvedPlan, runs: int) -> Callable[[], object]:
    """A forecast for which nothing was drawn before."""
    seeds = count(100)
    return lambda: forecast(replace(resolved, seed=next(seeds)), runs)


def edited(resolved: ResolvedPlan, runs: int) -> Callable[[], object]:
    """A forecast after one effort was changed."""
    turns = count(1)
    name = resolved.order[len(resolved.order) // 2]

    def run() -> object:
        more = 1 + next(turns) / 100
        terms = replace(resolved.items[name], effort=Estimate(2 * more, 4 * more, 9 * more))
        return forecast(replace(resolved, items={**resolved.items, name: terms}), runs)

    return run


def finish_times(resolved: ResolvedPlan) -> Callable[[int], NDArray[np.floating]]:
    """Finish of everything by the forecast's own draws and schedule, with nothing cached."""
    seeds = count(100)

    def run(runs: int) -> NDArray[np.floating]:
        known = schedule(replace(resolved, seed=next(seeds)), runs).resolved_at
        last: NDArray[np.floating] = np.max(list(known.values()), axis=0)
        return last

    return run


def schedule(resolved: ResolvedPlan, runs: int) -> Times:
    """The schedule of a plan of planned items alone, in the order of their needs."""
    drawn, outcomes = draw_outcomes(resolved, runs)
    effort = item_effort_sampler(resolved, effort_sampler(resolved, runs), drawn)
    return Schedule(resolved, drawn, outcomes, effort).run(resolved.order)
