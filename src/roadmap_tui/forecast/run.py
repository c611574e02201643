"""The forecast of a plan: draws, logic, ranking, queue, schedule, and what is reported of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from roadmap_tui.forecast.calibration import calibrated
from roadmap_tui.forecast.delivered import value_by_horizon
from roadmap_tui.forecast.items import item_forecasts
from roadmap_tui.forecast.pace import Check, go_on
from roadmap_tui.forecast.ranking import rank
from roadmap_tui.forecast.simulation import FUTURES, PREVIEW, Order, Simulation, ordered, simulate
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.plan.resolve import Resolved

__all__ = ["FUTURES", "PREVIEW", "Run", "forecast", "run"]


@dataclass(frozen=True, slots=True)
class Run:
    """A plan's order of work, its futures, and what is reported of them."""

    order: Order
    simulation: Simulation
    forecast: Forecast


def forecast(resolved: Resolved, futures: int = FUTURES, base: Iterable[str] = (), check: Check = go_on) -> Forecast:
    """The forecast of a plan: the same for the same plan, seed and number of futures; see `run`."""
    return run(resolved, futures, base, check).forecast


def run(resolved: Resolved, futures: int = FUTURES, base: Iterable[str] = (), check: Check = go_on) -> Run:
    """Forecast a plan.

    Args:
        resolved: the plan.
        futures: how many are simulated.
        base: the list of another version of the plan to keep to; none is the plan's own.
        check: called now and then; it raises `simulation.StoppedError` where the forecast is not wanted any more.
    """
    check()
    resolved = calibrated(resolved)
    order = ordered(resolved, futures, base, check)
    check()
    simulation = simulate(resolved, order.list, futures, check)
    return Run(order, simulation, _summarised(simulation, order, check))


def _summarised(simulation: Simulation, order: Order, check: Check) -> Forecast:
    """What is reported of a simulation."""
    resolved, worked = simulation.resolved, {place.id: at for at, place in enumerate(order.places, start=1)}
    return Forecast(
        as_of=resolved.as_of,
        horizon=resolved.horizon,
        seed=resolved.seed,
        futures=simulation.futures,
        list=simulation.list,
        items=item_forecasts(resolved, simulation.outcomes, simulation.times, simulation.futures, check),
        ranking=rank(resolved, order.worth, simulation.efforts, worked, check),
        sake={place.id: place.bundle for place in order.places},
        value=sum(value_by_horizon(simulation, check).values()),
    )
