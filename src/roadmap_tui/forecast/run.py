"""The forecast of a plan: draws, logic, ranking, queue, schedule, and what is reported of them."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.draws import Efforts, Source, mean_effort
from roadmap_tui.forecast.futures import unpack
from roadmap_tui.forecast.items import item_forecasts
from roadmap_tui.forecast.listing import decided_first, greedy_list, jobs
from roadmap_tui.forecast.logic import Rules, draw_works
from roadmap_tui.forecast.queue import Place, prospects, queue
from roadmap_tui.forecast.ranking import rank
from roadmap_tui.forecast.schedule import Schedule
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.forecast.unlocked import Worth, worth
from roadmap_tui.plan.resolve import OPEN, Resolved

FUTURES = 10_000
PREVIEW = 4_000


def forecast(resolved: Resolved, futures: int = FUTURES) -> Forecast:
    """The forecast of a plan: the same for the same plan, seed and number of futures."""
    source = Source(resolved.seed, futures)
    efforts = Efforts(source, resolved.correlation)
    value = worth(resolved, source)
    places = queue(resolved, prospects(resolved), _unlocked_per_week(resolved, value))
    order = work_list(resolved, places)
    drawn = draw_works(resolved, source)
    outcomes = Rules(resolved, drawn).outcomes()
    effort: Mapping[str, NDArray[np.float32]] = {
        name: efforts.drawn(resolved.terms[name], unpack(drawn.works[name], futures)) for name in order
    }
    times = Schedule(resolved, drawn, outcomes, effort).run(order)
    return Forecast(
        as_of=resolved.as_of,
        horizon=resolved.horizon,
        seed=resolved.seed,
        futures=futures,
        list=order,
        items=item_forecasts(resolved, outcomes, times, futures),
        ranking=rank(resolved, value, efforts, {place.id: at for at, place in enumerate(places, start=1)}),
        sake={place.id: place.bundle for place in places},
    )


def work_list(resolved: Resolved, places: tuple[Place, ...]) -> tuple[str, ...]:
    """The list that every future works through."""
    effort = {name: mean_effort(terms) for name, terms in resolved.terms.items() if terms.status in OPEN}
    starts = greedy_list(jobs(resolved, (place.id for place in places), effort), resolved.lanes)
    return decided_first(resolved, starts)


def _unlocked_per_week(resolved: Resolved, value: Worth) -> dict[str, float]:
    return {name: value.unlocked(name) / max(mean_effort(resolved.terms[name]), 1e-9) for name in value.lost}
