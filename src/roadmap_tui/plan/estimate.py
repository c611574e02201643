"""Estimates: quantities given as P10, P50 and P90."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any, Literal, TypeAlias, get_args

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from roadmap_tui.plan.base import MAX_QUANTITY

Size: TypeAlias = Literal["S", "M", "L", "XL"]
SIZES: tuple[Size, ...] = get_args(Size)
_MIN_MARGIN = 0.01


@dataclass(frozen=True, slots=True)
class Estimate:
    """A quantity of which 8 times out of 10 the truth lies from `p10` to `p90`; sure if they are equal."""

    p10: float
    p50: float
    p90: float

    @classmethod
    def exact(cls, value: float) -> "Estimate":
        """An estimate without spread."""
        return cls(value, value, value)

    @property
    def is_exact(self) -> bool:
        """Whether it is a single number."""
        return self.p10 == self.p90


@dataclass(frozen=True, slots=True)
class Shift:
    """Where quantities are taken to lie, against their estimates: at the deviate bias + spread x z instead of z."""

    bias: float = 0.0
    spread: float = 1.0


NO_SHIFT = Shift()


def _estimate_error(wrong: str, right: str, index: int | None = None) -> PydanticCustomError:
    """A fault of the whole estimate, or of the number `at` this place in its range."""
    where = {} if index is None else {"key": index}
    return PydanticCustomError("estimate", "{wrong}", {"wrong": wrong, "right": right, **where})


def _parse_finite(value: object, index: int | None = None) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _estimate_error(
            "not a number", "write a number such as 3, or a range such as [3, 4, 9]", index
        )
    if MAX_QUANTITY < abs(value) < math.inf:
        raise _estimate_error(
            "a number beyond all measure", f"write at most {MAX_QUANTITY:_}", index
        )
    if 0 < abs(value) < 1 / MAX_QUANTITY:
        raise _estimate_error(
            "a number below all measure", f"write 0, or at least {1 / MAX_QUANTITY:g}", index
        )
    if not math.isfinite(value):
        raise _estimate_error("not a finite number", "write a number", index)
    return float(value)


def estimate_from_range(numbers: Sequence[object]) -> Estimate:
    """The estimate that ``[low, high]`` or ``[low, likely, high]`` means.

    Raises:
        PydanticCustomError: the numbers are no estimate.
    """
    values = [_parse_finite(value, at) for at, value in enumerate(numbers)]
    if len(values) not in {2, 3}:
        many = f"{len(values)} number{'' if len(values) == 1 else 's'}"
        raise _estimate_error(f"a range of {many}", "write [low, high] or [low, likely, high]")
    if values[0] <= 0:
        raise _estimate_error("a range that does not start above 0", "let low be more than 0", 0)
    for at, (left, right) in enumerate(pairwise(values), 1):
        if left >= right:
            raise _estimate_error("a range that does not rise", _suggest_rising_range(values), at)
    low, high = values[0], values[-1]
    likely = values[1] if len(values) == 3 else low * math.sqrt(high / low)
    margin = _MIN_MARGIN * (math.log(high) - math.log(low))
    if min(math.log(likely / low), math.log(high / likely)) < margin:
        raise _estimate_error(
            "a likely value that sits on an end of its range",
            "move it inwards, or write [low, high]",
            1,
        )
    return Estimate(low, likely, high)


def _suggest_rising_range(values: list[float]) -> str:
    """What a range that does not rise may have been meant to be."""
    rising = sorted(set(values))
    if len(rising) == 1:
        return f"write {rising[0]:g} alone if it is sure"
    return f"did you mean [{', '.join(f'{value:g}' for value in rising)}]?"


def parse_estimate(value: object) -> Estimate:
    """An estimate from what the file says.

    Raises:
        PydanticCustomError: it is no estimate.
    """
    if isinstance(value, Estimate):
        return value
    if isinstance(value, list):
        return estimate_from_range(value)
    number = _parse_finite(value)
    if number < 0:
        raise _estimate_error("a negative quantity", "write 0 or more")
    return Estimate.exact(number)


def parse_share(value: object) -> Estimate:
    """A share from 0 to 1, sure or not, from what the file says.

    Raises:
        PydanticCustomError: it is no estimate, or reaches beyond 1.
    """
    share = parse_estimate(value)
    if share.p90 > 1:
        percent = f"; {share.p90:g} % is {share.p90 / 100:g}" if 2 <= share.p90 <= 100 else ""
        raise _estimate_error(
            "a share of more than all",
            f"write at most 1{percent}",
            len(value) - 1 if isinstance(value, list) else None,
        )
    return share


def parse_effort(value: object) -> Estimate | Size:
    """An estimate or a size from what the file says.

    Raises:
        PydanticCustomError: it is neither.
    """
    for size in SIZES:
        if value == size:
            return size
    if isinstance(value, str):
        raise _estimate_error(
            f'no size "{value}"', 'write "S", "M", "L" or "XL", or a range in person-weeks'
        )
    return parse_estimate(value)


def _quantity_schema(most: float, *sizes: str) -> WithJsonSchema:
    """What a JSON Schema can say of a quantity: a number, a range, a size."""
    ways: list[dict[str, Any]] = [
        {"type": "number", "minimum": 0, "maximum": most},
        {
            "type": "array",
            "items": {"type": "number", "exclusiveMinimum": 0, "maximum": most},
            "minItems": 2,
            "maxItems": 3,
        },
    ]
    return WithJsonSchema({"anyOf": [*ways, *([{"enum": list(sizes)}] if sizes else [])]})


EstimateField: TypeAlias = Annotated[
    Estimate, PlainValidator(parse_estimate), _quantity_schema(MAX_QUANTITY)
]
ShareField: TypeAlias = Annotated[Estimate, PlainValidator(parse_share), _quantity_schema(1)]
EffortField: TypeAlias = Annotated[
    Estimate | Size, PlainValidator(parse_effort), _quantity_schema(MAX_QUANTITY, *SIZES)
]
