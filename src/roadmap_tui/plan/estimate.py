"""Estimates: quantities given as P10, P50 and P90."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

Size: TypeAlias = Literal["S", "M", "L", "XL"]
SIZES: tuple[Size, ...] = get_args(Size)
_LEAST_MARGIN = 0.01
_MOST = 1e12


@dataclass(frozen=True, slots=True)
class Estimate:
    """A quantity of which 8 times out of 10 the truth lies from `p10` to `p90`; sure if they are equal."""

    p10: float
    p50: float
    p90: float

    @classmethod
    def sure(cls, value: float) -> "Estimate":
        """An estimate without spread."""
        return cls(value, value, value)

    @property
    def is_sure(self) -> bool:
        """Whether it is a single number."""
        return self.p10 == self.p90


def _fault(wrong: str, right: str) -> PydanticCustomError:
    return PydanticCustomError("estimate", "{wrong}", {"wrong": wrong, "right": right})


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _fault("not a number", "write a number such as 3, or a range such as [3, 4, 9]")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise _fault("not a finite number", "write a number")
    if number > _MOST:
        raise _fault("a number beyond all measure", f"write at most {_MOST:g}")
    return number


def estimate_of(numbers: Sequence[object]) -> Estimate:
    """The estimate that ``[low, high]`` or ``[low, likely, high]`` means.

    Raises:
        PydanticCustomError: the numbers are no estimate.
    """
    values = [_number(value) for value in numbers]
    if len(values) not in {2, 3}:
        raise _fault(f"a range of {len(values)} numbers", "write [low, high] or [low, likely, high]")
    if values[0] <= 0:
        raise _fault("a range that does not start above 0", "let low be more than 0")
    if any(left >= right for left, right in pairwise(values)):
        rising = ", ".join(f"{value:g}" for value in sorted(values))
        raise _fault("a range that does not rise", f"did you mean [{rising}]? equal ends are one number")
    low, high = values[0], values[-1]
    likely = values[1] if len(values) == 3 else low * math.sqrt(high / low)
    margin = _LEAST_MARGIN * (math.log(high) - math.log(low))
    if min(math.log(likely / low), math.log(high / likely)) < margin:
        raise _fault("a likely value that sits on an end of its range", "move it inwards, or write [low, high]")
    return Estimate(low, likely, high)


def read_estimate(value: object) -> Estimate:
    """An estimate from what the file says.

    Raises:
        PydanticCustomError: it is no estimate.
    """
    if isinstance(value, Estimate):
        return value
    if isinstance(value, list):
        return estimate_of(value)
    number = _number(value)
    if number < 0:
        raise _fault("a negative quantity", "write 0 or more")
    return Estimate.sure(number)


def read_effort(value: object) -> Estimate | Size:
    """An estimate or a size from what the file says.

    Raises:
        PydanticCustomError: it is neither.
    """
    for size in SIZES:
        if value == size:
            return size
    if isinstance(value, str):
        raise _fault(f'no size "{value}"', 'write "S", "M", "L" or "XL", or a range in person-weeks')
    return read_estimate(value)


EstimateField: TypeAlias = Annotated[Estimate, PlainValidator(read_estimate)]
EffortField: TypeAlias = Annotated[Estimate | Size, PlainValidator(read_effort)]
