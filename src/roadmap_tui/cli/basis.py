"""What a forecast is asked for with."""

import datetime as dt
from typing import NamedTuple

OPTIONS = ("as_of", "seed", "futures")


class Basis(NamedTuple):
    """The day a forecast starts and its seed, each the file's where None, and the number of futures."""

    as_of: dt.date | None
    seed: int | None
    futures: int
