"""The answer of `portfolio`; read from the portfolio's own attributes."""

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from roadmap_tui.answers.base import Answer, Number, View


class ShippedRow(View):
    """How many features are expected to have shipped by the end of a quarter."""

    ends: dt.date
    ships: Number


class BusyRow(View):
    """People likely at work in a quarter."""

    ends: dt.date
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
    as_of: dt.date
    value: Number
    open: int
    by_quarter: ShippedByQuarter = Field(validation_alias="ships")
    findings: dict[str, int] = Field(validation_alias="found")
    worst: Annotated[str | None, BeforeValidator(lambda check: check or None)]


class SharedTeamRow(View):
    """What all roadmaps ask of the teams that share a name."""

    team: str
    people: int
    differing: list[int] = Field(validation_alias="others")
    roadmaps: list[str]
    by_quarter: BusyByQuarter = Field(validation_alias="busy")


class FailedRow(View):
    """A file that holds no plan, and why."""

    file: str = Field(validation_alias="name")
    text: str


class PortfolioAnswer(Answer):
    """The roadmaps of a folder side by side."""

    kind: Literal["portfolio"]
    roadmaps: list[RoadmapRow]
    teams: list[SharedTeamRow]
    failed: list[FailedRow]
