"""What the shapes of all answers have in common."""

import datetime as dt
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

Value: TypeAlias = Any
"""A value of the file: text, a number, a day, a list or a table."""


class Shape(BaseModel):
    """An object of an answer; it has these keys and no others. A key with a default may be missing."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Answer(Shape):
    """The whole of an answer."""

    schema_: int = Field(alias="schema", description="The version of this format.")
    kind: str


class FailureCause(Shape):
    """What is wrong, and where in which file, as far as that is known."""

    text: str
    file: str | None
    line: int | None
    column: int | None


class Failure(Answer):
    """Why a command gives no answer; `code` is its exit code."""

    kind: Literal["failure"]
    command: str
    code: int
    errors: list[FailureCause]


class Forecasted(Answer):
    """An answer that rests on a forecast: the day it starts, and what draws its runs."""

    as_of: dt.date
    seed: int
    runs: int


class Range(Shape):
    """8 times out of 10 it lies from `p10` to `p90`; `p50` is the middle."""

    p10: float
    p50: float
    p90: float


class Figure(Shape):
    """A figure with its mean; without quantiles where it is a single number."""

    mean: float
    p10: float | None = None
    p50: float | None = None
    p90: float | None = None


class BaseItem(Shape):
    """How an item stands in the plan without the scenario."""

    id: str
    ships: float
    ever: float
    finish: Range | None
    rank: int | None


class Takes(Shape):
    """What a plan is expected to take: person-weeks, and money."""

    weeks: float
    cost: float


class Base(Shape):
    """The plan without the scenario."""

    value: float
    takes: Takes
    items: list[BaseItem]


class WithScenario(Forecasted):
    """An answer about a scenario tells the plan without it, too."""

    scenario: str | None = None
    takes: Takes | None = None
    base: Base | None = None
