"""Estimates: quantities given as P10, P50 and P90."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import UnionType
from typing import Annotated, Literal, TypeAlias, TypeGuard, Union, get_args, get_origin

from pydantic import PlainValidator, WithJsonSchema
from pydantic.fields import FieldInfo

from roadmap_tui.plan.base import MAX_QUANTITY
from roadmap_tui.plan.validators import fault_error

Size: TypeAlias = Literal["S", "M", "L", "XL"]
SIZES: tuple[Size, ...] = get_args(Size)
NumberKind: TypeAlias = Literal["number", "range", "effort", "chance", "share"]
"""One number, a number or a range, an effort or a size, a chance, a share or a range of shares."""
_MIN_MARGIN = 0.01
"""How near the likely value may be to an end, as a share of the range on a logarithmic scale."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A quantity that lies from `p10` to `p90` with a chance of 80%; exact if they are equal."""

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
    """Correction of estimates: a quantity lies at the deviate bias + spread x z instead of z."""

    bias: float = 0.0
    spread: float = 1.0


NO_SHIFT = Shift()


def _parse_finite(value: object, index: int | None = None) -> float:
    """A number; `index` is its place in a range, for the error."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        remedy = "write a number such as 3, or a range such as [3, 4, 9]"
        raise fault_error("estimate", "not a number", remedy, index)
    if MAX_QUANTITY < abs(value) < math.inf:
        remedy = f"write at most {MAX_QUANTITY:_}"
        raise fault_error("estimate", "the number is too large", remedy, index)
    if 0 < abs(value) < 1 / MAX_QUANTITY:
        remedy = f"write 0, or at least {1 / MAX_QUANTITY:g}"
        raise fault_error("estimate", "the number is too small", remedy, index)
    if not math.isfinite(value):
        raise fault_error("estimate", "not a finite number", "write a number", index)
    return float(value)


def estimate_from_range(numbers: Sequence[object]) -> Estimate:
    """The estimate written as ``[low, high]`` or ``[low, likely, high]``.

    Raises:
        PydanticCustomError: the numbers are no estimate.
    """
    values = [_parse_finite(value, index) for index, value in enumerate(numbers)]
    _require_rising(values)
    low, high = values[0], values[-1]
    likely = values[1] if len(values) == 3 else low * math.sqrt(high / low)
    margin = _MIN_MARGIN * (math.log(high) - math.log(low))
    if min(math.log(likely / low), math.log(high / likely)) < margin:
        problem = "the likely value is too near an end of the range"
        raise fault_error("estimate", problem, "move it inwards, or write [low, high]", 1)
    return Estimate(low, likely, high)


def _require_rising(values: list[float]) -> None:
    if len(values) not in {2, 3}:
        count = "1 number" if len(values) == 1 else f"{len(values)} numbers"
        problem = f"a range of {count}"
        raise fault_error("estimate", problem, "write [low, high] or [low, likely, high]")
    if values[0] <= 0:
        problem = "the range does not start above 0"
        raise fault_error("estimate", problem, "set low above 0", 0)
    for index, (left, right) in enumerate(pairwise(values), 1):
        if left >= right:
            remedy = _suggest_rising_range(values)
            raise fault_error("estimate", "the values of the range do not rise", remedy, index)


def _suggest_rising_range(values: list[float]) -> str:
    """What the values of the range do not rise was probably meant to be."""
    rising = sorted(set(values))
    if len(rising) == 1:
        return f"write {rising[0]:g} alone if it is exact"
    return f"did you mean [{', '.join(f'{value:g}' for value in rising)}]?"


def parse_estimate(value: object) -> Estimate:
    """An estimate from a value of the file.

    Raises:
        PydanticCustomError: it is no estimate.
    """
    if isinstance(value, Estimate):
        return value
    if isinstance(value, list):
        return estimate_from_range(value)
    number = _parse_finite(value)
    if number < 0:
        raise fault_error("estimate", "a negative quantity", "write 0 or more")
    return Estimate.exact(number)


def parse_share(value: object) -> Estimate:
    """An estimate of a share, from 0 to 1, from a value of the file.

    Raises:
        PydanticCustomError: it is no estimate, or reaches beyond 1.
    """
    share = parse_estimate(value)
    if share.p90 > 1:
        percent = f"; {share.p90:g}% is {share.p90 / 100:g}" if 2 <= share.p90 <= 100 else ""
        last = len(value) - 1 if isinstance(value, list) else None
        raise fault_error("estimate", "a share above 1", f"write at most 1{percent}", last)
    return share


def parse_effort(value: object) -> Estimate | Size:
    """An estimate or a size from a value of the file.

    Raises:
        PydanticCustomError: it is neither.
    """
    for size in SIZES:
        if value == size:
            return size
    if isinstance(value, str):
        remedy = 'write "S", "M", "L" or "XL", or a range in person-weeks'
        raise fault_error("estimate", f'no size "{value}"', remedy)
    return parse_estimate(value)


def _quantity_schema(maximum: float, *sizes: str) -> WithJsonSchema:
    """What a JSON Schema can express about a quantity: a number, a range, a size."""
    number = {"type": "number", "minimum": 0, "maximum": maximum}
    end = {"type": "number", "exclusiveMinimum": 0, "maximum": maximum}
    spread = {"type": "array", "items": end, "minItems": 2, "maxItems": 3}
    choices: list[dict[str, object]] = [number, spread]
    if sizes:
        choices.append({"enum": list(sizes)})
    return WithJsonSchema({"anyOf": choices})


EstimateField: TypeAlias = Annotated[
    Estimate, PlainValidator(parse_estimate), _quantity_schema(MAX_QUANTITY)
]
ShareField: TypeAlias = Annotated[Estimate, PlainValidator(parse_share), _quantity_schema(1)]
EffortField: TypeAlias = Annotated[
    Estimate | Size, PlainValidator(parse_effort), _quantity_schema(MAX_QUANTITY, *SIZES)
]


def is_number_kind(kind: str) -> TypeGuard[NumberKind]:
    """Whether a field of this kind holds numbers."""
    return kind in get_args(NumberKind)


def number_kind(info: FieldInfo) -> NumberKind | None:
    """The kind of number that a field holds; None if it holds something else."""
    parts = [*_parts(info.annotation), *info.metadata]
    if any(isinstance(each, type) and issubclass(each, Estimate) for each in parts):
        return _estimate_kind(parts)
    if not any(each in {int, float} for each in parts if isinstance(each, type)):
        return None
    return "chance" if any(getattr(each, "le", None) == 1 for each in parts) else "number"


def _estimate_kind(parts: list[object]) -> NumberKind:
    validators = [each.func for each in parts if isinstance(each, PlainValidator)]
    if parse_effort in validators:
        return "effort"
    return "share" if parse_share in validators else "range"


def _parts(annotation: object) -> Iterator[object]:
    """The type of a single value and its constraints; nothing for lists and tables."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inside, *constraints = get_args(annotation)
        yield from _parts(inside)
        for each in constraints:
            yield from each.metadata if isinstance(each, FieldInfo) else (each,)
    elif origin in {Union, UnionType}:
        for option in get_args(annotation):
            yield from _parts(option)
    elif origin is None:
        yield annotation
