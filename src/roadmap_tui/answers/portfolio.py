"""The answer of `portfolio`; read from the portfolio's own attributes."""

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from roadmap_tui.answers.base import Answer, Number, View


class ShippedRow(View):
    """How many features are expected to have shipped by the end of a quarter."""

    ends: dt.date = Field(description="The last day of the quarter.")
    ships: Number = Field(description="The expected number.")


class BusyRow(View):
    """People likely at work in a quarter."""

    ends: dt.date = Field(description="The last day of the quarter.")
    busy: Number


def _shipped(pairs: Iterable[tuple[dt.date, float]]) -> list[ShippedRow]:
    return [ShippedRow(ends=end, ships=ships) for end, ships in pairs]


def _busy(pairs: Iterable[tuple[dt.date, float]]) -> list[BusyRow]:
    return [BusyRow(ends=end, busy=busy) for end, busy in pairs]


ShippedByQuarter: TypeAlias = Annotated[list[ShippedRow], BeforeValidator(_shipped)]
BusyByQuarter: TypeAlias = Annotated[list[BusyRow], BeforeValidator(_busy)]


class RoadmapRow(View):
    """One roadmap among others; findings by severity."""

    file: str = Field(validation_alias="name")
    title: str
    as_of: dt.date = Field(description="The day on which its forecast starts.")
    value: Number = Field(description="The expected value of the plan by its horizon.")
    open: int = Field(description="How many features are open.")
    by_quarter: ShippedByQuarter = Field(
        validation_alias="ships", description="How many of them are expected to have shipped."
    )
    findings: dict[str, int] = Field(
        validation_alias="found", description="The number of findings of each severity."
    )
    worst: Annotated[str | None, BeforeValidator(lambda check: check or None)]


class SharedTeamRow(View):
    """What all roadmaps ask of the teams that share a name."""

    team: str
    people: int = Field(description="The largest number in any roadmap.")
    differing: list[int] = Field(
        validation_alias="others", description="Other numbers in other roadmaps."
    )
    roadmaps: list[str] = Field(description="The files that use the team.")
    by_quarter: BusyByQuarter = Field(
        validation_alias="busy", description="People likely at work, over all roadmaps."
    )


class FailedRow(View):
    """A file that holds no plan, and why."""

    file: str = Field(validation_alias="name")
    text: str


class PortfolioAnswer(Answer):
    """The roadmaps of a folder side by side."""

    kind: Literal["portfolio"]
    roadmaps: list[RoadmapRow]
    teams: list[SharedTeamRow]
    failed: list[FailedRow] = Field(
        description="Files that hold no plan, or whose forecast failed."
    )
