"""The forecast of a plan: draws, logic, ranking, queue, schedule, and what is reported of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from roadmap_tui.forecast.calibration import calibrated
from roadmap_tui.forecast.items import Course, Courses, courses_of, item_forecasts
from roadmap_tui.forecast.logic import Outcome, Works
from roadmap_tui.forecast.pace import Check, Kept, go_on
from roadmap_tui.forecast.ranking import rank, scored
from roadmap_tui.forecast.recall import NONE, Recall
from roadmap_tui.forecast.schedule import Schedule
from roadmap_tui.forecast.scoring import Typical
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
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.plan.resolve import Resolved

__all__ = ["FUTURES", "OWN", "PREVIEW", "Base", "Run", "forecast", "run"]


@dataclass(frozen=True)
class Run:
    """A plan's order of work, its futures, and what is reported of them.

    Attributes:
        resolved: the plan, with what was learned from its finished items.
        forecast: what is reported.
    """

    order: Order
    resolved: Resolved
    forecast: Forecast
    _simulate: Callable[[], Simulation]

    @Kept
    def simulation(self) -> Simulation:
        """The futures."""
        return self._simulate()


def forecast(
    resolved: Resolved,
    futures: int = FUTURES,
    base: Base = OWN,
    check: Check = go_on,
    recall: Recall = NONE,
) -> Forecast:
    """The forecast of a plan: the same for the same plan, seed and number of futures; see `run`.

    Args:
        resolved: the plan.
        futures: how many are simulated.
        base: the order of another version of the plan to keep to.
        check: called now and then.
        recall: what forecasts of as many futures found before; this one adds to it.
    """
    begun = _begun(resolved, futures, base, check, recall)
    return begun.forecast(begun.courses(check, recall), check)


def run(
    resolved: Resolved,
    futures: int = FUTURES,
    base: Base = OWN,
    check: Check = go_on,
    *,
    keeps: bool = True,
) -> Run:
    """Forecast a plan.

    Args:
        resolved: the plan.
        futures: how many are simulated.
        base: the order of another version of the plan to keep to.
        check: called now and then; it raises `pace.StoppedError` where the forecast is not wanted any more.
        keeps: whether the futures are kept, which takes 12 bytes for each item and future; if not, the list is worked
            through once more where somebody asks for them.
    """
    begun = _begun(resolved, futures, base, check)
    if not keeps:
        list_, plan = begun.order.list, begun.resolved
        made = begun.forecast(begun.courses(check), check)
        return Run(begun.order, plan, made, partial(simulate, plan, list_, futures))
    times = begun.schedule.run(begun.order.list, check)
    simulation = Simulation(
        begun.resolved, begun.typical.efforts, begun.order.list, begun.drawn, begun.outcomes, times
    )
    made = begun.forecast(courses_of(simulation, simulation.list, check), check)
    return Run(begun.order, begun.resolved, made, lambda: simulation)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A forecast under way: all but the times and what is reported."""

    resolved: Resolved
    order: Order
    drawn: Works
    outcomes: dict[str, Outcome]
    typical: Typical
    schedule: Schedule

    def courses(self, check: Check, recall: Recall = NONE) -> dict[str, Course]:
        """What is reported of each item's course, none of its futures kept."""
        told = Courses(self.resolved)
        return {
            each.id: told.of(each, recall) for each in self.schedule.placed(self.order.list, check)
        }

    def forecast(self, courses: Mapping[str, Course], check: Check) -> Forecast:
        """What is reported, once the list was worked through."""
        resolved, order, futures = self.resolved, self.order, self.drawn.count
        worked = {place.id: at for at, place in enumerate(order.places, start=1)}
        return Forecast(
            as_of=resolved.as_of,
            horizon=resolved.horizon,
            seed=resolved.seed,
            futures=futures,
            list=order.list,
            items=item_forecasts(resolved, futures, self.outcomes, courses, check),
            ranking=rank(resolved, order.worth, self.typical, worked, check),
            sake={place.id: place.bundle for place in order.places},
            value=sum(course.value for course in courses.values()),
        )


def _begun(
    resolved: Resolved, futures: int, base: Base, check: Check, recall: Recall = NONE
) -> _Begun:
    check()
    resolved = calibrated(resolved)
    order = ordered(resolved, futures, base, check)
    drawn, outcomes = decided(resolved, futures, check)
    typical = Typical(resolved, efforts_of(resolved, futures), scored(resolved, order.worth))
    recall.keep(resolved.terms.keys() | resolved.lanes.keys())
    effort = typical.noting(effort_of(resolved, typical.efforts, drawn))
    return _Begun(
        resolved,
        order,
        drawn,
        outcomes,
        typical,
        Schedule(resolved, drawn, outcomes, effort, recall),
    )
