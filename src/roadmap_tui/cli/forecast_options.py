"""What a forecast is asked for with."""

import datetime as dt
from typing import NamedTuple

FORECAST_PARAMETERS = ("as_of", "seed", "runs")
SCENARIO_PARAMETERS = ("scenario", "replan")


class ForecastOptions(NamedTuple):
    """The day a forecast starts and its seed, each the file's where None, and the number of runs.

    Attributes:
        scenario: the scenario to forecast; None is the plan as it is.
        replan: whether the scenario has a list of its own, not the plan's.
    """

    as_of: dt.date | None
    seed: int | None
    runs: int
    scenario: str | None = None
    replan: bool = False
