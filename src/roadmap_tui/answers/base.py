"""What all answers have in common."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Final, Literal, Self, TypeAlias, get_args

from pydantic import AfterValidator, AliasPath, BaseModel, ConfigDict, Field

from roadmap_tui.text.numbers import round_significant

SCHEMA_VERSION = 1
Value: TypeAlias = object
"""A value of the file: text, a number, a day, a list or a table."""
Number: TypeAlias = Annotated[float, AfterValidator(round_significant)]
"""A figure at four significant digits."""


class _Missing:
    """Marks a key that is left out."""


MISSING: Final = _Missing()


class View(BaseModel):
    """A published view of domain objects: read from their attributes.

    It has these keys and no others. A key with a default may be missing.
    """

    model_config = ConfigDict(
        extra="forbid", from_attributes=True, frozen=True, populate_by_name=True
    )

    @classmethod
    def read(cls, *sources: object, **values: object) -> Self:
        """Take each field from `values`, or from the first of `sources` that has such an attribute.

        A key whose value is `MISSING` is left out.
        """
        return cls.model_validate(_Attributes(sources, values))


class _Attributes:
    """Several objects as one, for pydantic to read attributes from."""

    def __init__(self, sources: tuple[object, ...], values: Mapping[str, object]) -> None:
        self._sources = sources
        self._values = values

    def __getattr__(self, name: str) -> object:
        if name in self._values:
            if self._values[name] is MISSING:
                raise AttributeError(name)
            return self._values[name]
        source = next((each for each in self._sources if hasattr(each, name)), None)
        return getattr(source, name)


class Answer(View):
    """The whole of an answer."""

    schema_: int = Field(alias="schema", description="The version of this format.")
    kind: str

    @classmethod
    def read(cls, *sources: object, **values: object) -> Self:
        """Build the answer of this kind, as `View.read` does."""
        (kind,) = get_args(cls.model_fields["kind"].annotation)
        return super().read(*sources, schema=SCHEMA_VERSION, kind=kind, **values)


class FailureCause(View):
    """What is wrong, and where in which file, as far as that is known."""

    text: str = Field(description="The fault, in a sentence.")
    file: str | None = Field(description="The path, or null.")
    line: int | None = Field(description="From 1.")
    column: int | None = Field(description="From 1.")


class FailureAnswer(Answer):
    """Why a command gives no answer; `code` is its exit code."""

    kind: Literal["failure"]
    command: str = Field(description="The command that failed.")
    code: int = Field(description="Its exit code.")
    errors: list[FailureCause]


class RangeView(View):
    """An 80% range: from `p10` to `p90`; `p50` is the middle."""

    p10: Number
    p50: Number
    p90: Number


class AmountView(View):
    """A figure with its mean; without quantiles where it is a single number."""

    mean: Number
    se: Number = Field(description="The standard error of the mean over the runs.")
    p10: Number | None = Field(None, validation_alias=AliasPath("range", "p10"))
    p50: Number | None = Field(None, validation_alias=AliasPath("range", "p50"))
    p90: Number | None = Field(None, validation_alias=AliasPath("range", "p90"))


class DifferenceView(View):
    """A mean difference over the same simulation runs, with its standard error."""

    mean: Number
    se: Number = Field(description="The standard error of the mean.")


class BaselineItem(View):
    """How an item stands in the plan without the scenario."""

    id: str
    ships: Number = Field(description="The chance to deliver by the horizon.")
    ever: Number = Field(
        validation_alias="p_delivered", description="The chance to deliver at all."
    )
    finish: RangeView | None = Field(
        description="Weeks from `as_of`, if it delivers; null if it never does or already has."
    )
    rank: int | None = Field(description="The rank by weighted score.")


class ExpectedCost(View):
    """What a plan is expected to take: person-weeks, and money."""

    weeks: Number = Field(description="Person-weeks.")
    cost: Number = Field(description="Money for work and compute, in the currency of the file.")
    payroll: Number = Field(
        description="Pay of everyone to the horizon, at work on the plan or not, in the same."
    )


class Baseline(View):
    """The plan without the scenario."""

    value: Number = Field(description="The expected value of the plan by its horizon.")
    takes: ExpectedCost
    items: list[BaselineItem]


class ForecastBasis(View):
    """What an answer that rests on a forecast has: the day it starts, and what draws its runs."""

    as_of: dt.date = Field(description="The day on which the forecast starts.")
    seed: int = Field(description="The seed of the simulation.")
    runs: int = Field(description="The number of simulation runs.")


class ScenarioBasis(View):
    """The same, of an answer that may be about a scenario: it shows the plan without it, too."""

    as_of: dt.date = Field(description="The day on which the forecast starts.")
    seed: int = Field(description="The seed of the simulation.")
    runs: int = Field(description="The number of simulation runs.")
    scenario: str | None = Field(None, description="The id of the scenario.")
    takes: ExpectedCost | None = Field(
        None, description="The expected cost of the plan with the scenario."
    )
    base: Baseline | None = Field(None, description="The plan without the scenario.")
