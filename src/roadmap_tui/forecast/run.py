"""The forecast of a plan: draws, logic, ranking, queue, schedule, and what is reported of them."""

from dataclasses import dataclass

from roadmap_tui.forecast.calibration import calibrated
from roadmap_tui.forecast.delivered import value_by_horizon
from roadmap_tui.forecast.items import item_forecasts
from roadmap_tui.forecast.pace import Check, go_on
from roadmap_tui.forecast.ranking import rank
from roadmap_tui.forecast.simulation import (
    FUTURES,
    OWN,
    PREVIEW,
    Base,
    Order,
    Simulation,
    Starts,
    efforts_of,
    ordered,
    outline,
    simulate,
    starts_of,
)
from roadmap_tui.forecast.summary import Forecast, RankRow
from roadmap_tui.plan.resolve import Resolved

__all__ = ["FUTURES", "OWN", "PREVIEW", "Base", "Run", "forecast", "run"]


@dataclass(frozen=True, slots=True)
class Run:
    """A plan's order of work, its futures, and what is reported of them."""

    order: Order
    simulation: Simulation
    forecast: Forecast


def forecast(resolved: Resolved, futures: int = FUTURES, base: Base = OWN, check: Check = go_on) -> Forecast:
    """The forecast of a plan: the same for the same plan, seed and number of futures; see `run`."""
    check()
    resolved = calibrated(resolved)
    order, ranking = _ranked(resolved, futures, base, check)
    return _summarised(*outline(resolved, order.list, futures, check), order, ranking, check)


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
    order, ranking = _ranked(resolved, futures, base, check)
    simulation = simulate(resolved, order.list, futures, check)
    return Run(order, simulation, _summarised(simulation, starts_of(simulation, check), order, ranking, check))


def _ranked(resolved: Resolved, futures: int, base: Base, check: Check) -> tuple[Order, tuple[RankRow, ...]]:
    """The order of work and the ranking: before the schedule, so that not all arrays are there at once."""
    order = ordered(resolved, futures, base, check)
    worked = {place.id: at for at, place in enumerate(order.places, start=1)}
    return order, rank(resolved, order.worth, efforts_of(resolved, futures), worked, check)


def _summarised(
    simulation: Simulation, starts: Starts, order: Order, ranking: tuple[RankRow, ...], check: Check
) -> Forecast:
    """What is reported of a simulation."""
    resolved = simulation.resolved
    return Forecast(
        as_of=resolved.as_of,
        horizon=resolved.horizon,
        seed=resolved.seed,
        futures=simulation.futures,
        list=simulation.list,
        items=item_forecasts(simulation, starts, check),
        ranking=ranking,
        sake={place.id: place.bundle for place in order.places},
        value=sum(value_by_horizon(simulation, check).values()),
    )
