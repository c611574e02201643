"""The forecast of a plan: draws, logic, ranking, queue, schedule, and what is reported of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from roadmap_tui.forecast.calibration import calibrated
from roadmap_tui.forecast.draws import Efforts
from roadmap_tui.forecast.items import Course, Courses, courses_of, item_forecasts
from roadmap_tui.forecast.pace import Check, go_on
from roadmap_tui.forecast.ranking import rank
from roadmap_tui.forecast.recall import NONE, Recall
from roadmap_tui.forecast.schedule import Schedule
from roadmap_tui.forecast.simulation import (
    FUTURES,
    OWN,
    PREVIEW,
    Base,
    Order,
    Simulation,
    decided,
    effort_of,
    efforts_of,
    ordered,
    simulate,
)
from roadmap_tui.forecast.summary import Forecast, ItemForecast, RankRow
from roadmap_tui.plan.resolve import Resolved

__all__ = ["FUTURES", "OWN", "PREVIEW", "Base", "Run", "forecast", "run"]


@dataclass(frozen=True, slots=True)
class Run:
    """A plan's order of work, its futures, and what is reported of them."""

    order: Order
    simulation: Simulation
    forecast: Forecast


def forecast(
    resolved: Resolved, futures: int = FUTURES, base: Base = OWN, check: Check = go_on, recall: Recall = NONE
) -> Forecast:
    """The forecast of a plan: the same for the same plan, seed and number of futures; see `run`.

    Args:
        resolved: the plan.
        futures: how many are simulated.
        base: the order of another version of the plan to keep to.
        check: called now and then.
        recall: what forecasts of as many futures found before; this one adds to it.
    """
    check()
    resolved = calibrated(resolved)
    efforts = efforts_of(resolved, futures)
    ranked = _ranked(resolved, efforts, base, check)
    drawn, outcomes = decided(resolved, futures, check)
    recall.keep(resolved.terms.keys() | resolved.lanes.keys())
    schedule = Schedule(resolved, drawn, outcomes, effort_of(resolved, efforts, drawn), recall)
    told = Courses(resolved)
    courses = {each.id: told.of(each, recall) for each in schedule.placed(ranked.order.list, check)}
    return _summarised(resolved, ranked, courses, item_forecasts(resolved, futures, outcomes, courses, check))


def run(resolved: Resolved, futures: int = FUTURES, base: Base = OWN, check: Check = go_on) -> Run:
    """Forecast a plan.

    Args:
        resolved: the plan.
        futures: how many are simulated.
        base: the order of another version of the plan to keep to.
        check: called now and then; it raises `pace.StoppedError` where the forecast is not wanted any more.
    """
    check()
    resolved = calibrated(resolved)
    ranked = _ranked(resolved, efforts_of(resolved, futures), base, check)
    simulation = simulate(resolved, ranked.order.list, futures, check)
    courses = courses_of(simulation, simulation.list, check)
    items = item_forecasts(resolved, futures, simulation.outcomes, courses, check)
    return Run(ranked.order, simulation, _summarised(resolved, ranked, courses, items))


class _Ranked(NamedTuple):
    order: Order
    rows: tuple[RankRow, ...]
    futures: int


def _ranked(resolved: Resolved, efforts: Efforts, base: Base, check: Check) -> _Ranked:
    """The order of work and the ranking: before the schedule, so that not all arrays are there at once."""
    futures = efforts.source.futures
    order = ordered(resolved, futures, base, check)
    worked = {place.id: at for at, place in enumerate(order.places, start=1)}
    return _Ranked(order, rank(resolved, order.worth, efforts, worked, check), futures)


def _summarised(
    resolved: Resolved, ranked: _Ranked, courses: Mapping[str, Course], items: dict[str, ItemForecast]
) -> Forecast:
    """What is reported."""
    return Forecast(
        as_of=resolved.as_of,
        horizon=resolved.horizon,
        seed=resolved.seed,
        futures=ranked.futures,
        list=ranked.order.list,
        items=items,
        ranking=ranked.rows,
        sake={place.id: place.bundle for place in ranked.order.places},
        value=sum(course.value for course in courses.values()),
    )
