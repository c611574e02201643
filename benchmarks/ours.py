"""What is measured of this project."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.run import forecast
from roadmap_tui.forecast.schedule import Schedule, Times
from roadmap_tui.forecast.simulation import decided, effort_of, efforts_of
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.resolve import Resolved


def reseeded(resolved: Resolved, futures: int) -> Callable[[], object]:
    """A forecast for which nothing was drawn before."""
    seeds = count(100)
    return lambda: forecast(replace(resolved, seed=next(seeds)), futures)


def edited(resolved: Resolved, futures: int) -> Callable[[], object]:
    """A forecast after one effort was changed."""
    turns = count(1)
    name = resolved.order[len(resolved.order) // 2]

    def run() -> object:
        more = 1 + next(turns) / 100
        terms = replace(resolved.terms[name], effort=Estimate(2 * more, 4 * more, 9 * more))
        return forecast(replace(resolved, terms={**resolved.terms, name: terms}), futures)

    return run


def finish_times(resolved: Resolved) -> Callable[[int], NDArray[np.floating]]:
    """When everything is finished: the forecast's draws and schedule, nothing of it drawn before."""
    seeds = count(100)

    def run(futures: int) -> NDArray[np.floating]:
        known = schedule(replace(resolved, seed=next(seeds)), futures).known
        last: NDArray[np.floating] = np.max(list(known.values()), axis=0)
        return last

    return run


def schedule(resolved: Resolved, futures: int) -> Times:
    """The schedule of a plan of planned items alone, in the order of their needs."""
    drawn, outcomes = decided(resolved, futures)
    effort = effort_of(resolved, efforts_of(resolved, futures), drawn)
    return Schedule(resolved, drawn, outcomes, effort).run(resolved.order)
