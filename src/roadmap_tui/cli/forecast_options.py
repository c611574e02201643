"""The options that every command with a forecast shares."""

import datetime as dt
from typing import NamedTuple


class ForecastOptions(NamedTuple):
    """How to forecast a plan.

    Attributes:
        as_of: the day the forecast starts; None is the file's.
        seed: the seed of the simulation; None is the file's.
        runs: the number of simulation runs.
        scenario: the scenario to forecast; None is the plan itself.
        replan: whether the scenario gets a queue of its own instead of the plan's.
    """

    as_of: dt.date | None
    seed: int | None
    runs: int
    scenario: str | None = None
    replan: bool = False
