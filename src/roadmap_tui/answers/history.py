"""Answers of `diff`, `log` and `calibrate`, and of `portfolio`."""

import datetime as dt
from typing import Literal

from pydantic import Field

from roadmap_tui.answers.base import Answer, Forecasted, Range, Shape, Value
from roadmap_tui.plan.base import Pin, Status


class Standing(Shape):
    """How an item stands in one forecast; `yes` of an open spike."""

    status: Status | None
    ships: float | None
    yes: float | None
    finish: Range | None
    rank: int | None
    bucket: Pin | None


class FieldChanged(Shape):
    """A field of an item, before and after."""

    path: str
    old: Value
    new: Value


class PlanChange(Shape):
    """Something that changed in the plan."""

    path: str
    item: str | None
    act: str
    fields: list[FieldChanged]
    text: str


class Because(Shape):
    """A change that moved something."""

    path: str
    text: str


class Moved(Shape):
    """An item whose figures moved, and why."""

    id: str
    measures: list[str]
    before: Standing | None
    after: Standing | None
    because: list[Because]
    text: str


class DiffAnswer(Forecasted):
    """What changed between two versions, and what moved because of it."""

    kind: Literal["diff"]
    before: dict[str, Value] | None
    after: dict[str, Value]
    changes: list[PlanChange]
    moved: list[Moved]
    causes_sought: bool


class Point(Shape):
    """An item's forecast at one commit; `missing` says why there is none."""

    commit: str | None
    date: dt.date | None
    subject: str | None
    tags: list[str]
    missing: str | None
    as_of: dt.date | None = None
    seed: int | None = None
    runs: int | None = None
    status: Status | None = None
    ships: float | None = None
    yes: float | None = None
    finish: Range | None = None
    rank: int | None = None
    bucket: Pin | None = None


class LogAnswer(Answer):
    """One item's forecast along the commits, oldest first."""

    kind: Literal["log"]
    id: str
    history_cut: bool = Field(
        description="Whether the clone is shallow, so that older commits are missing."
    )
    points: list[Point]


class Shifted(Shape):
    """Where efforts are taken to lie, against what was stated."""

    bias: float
    spread: float


class Efforts(Shape):
    """How good estimates of effort have been; null before there are enough."""

    count: int
    inside: int | None
    ratio: float | None
    bias: float | None
    spread: float | None
    shift: Shifted | None


class Said(Shape):
    """How often what was said to work in that share of cases did."""

    said: float
    worked: int
    of: int


class Chances(Shape):
    """How good stated chances have been."""

    count: int
    brier: float | None
    base_brier: float | None
    shares: list[Said] | None


class FinishedRow(Shape):
    """What an ended item was to take, and took."""

    id: str
    title: str
    status: Status
    stated: Range
    actual: float
    ratio: float
    z: float
    inside: bool
    guess: bool


class CalledRow(Shape):
    """What an ended bet was given, and whether it worked."""

    id: str
    title: str
    chance: float
    worked: bool
    guess: bool


class Record(Shape):
    """The record of what has ended."""

    efforts: Efforts
    chances: Chances
    items: list[FinishedRow]
    bets: list[CalledRow]


class AtStart(Record):
    """The record by what was said when work began, from git."""

    commits: dict[str, str]
    unsaid: list[str]
    commits_read: int
    commits_unread: int


class NoGit(Shape):
    """Why git can't tell."""

    unavailable: str
    remedy: str


class CalibrateAnswer(Answer):
    """How good estimates have been."""

    kind: Literal["calibration"]
    needed: int
    used: bool
    efforts: Efforts
    chances: Chances
    items: list[FinishedRow]
    bets: list[CalledRow]
    git: AtStart | NoGit | None


class Shipped(Shape):
    """How many features are expected to have shipped by the end of a quarter."""

    ends: dt.date
    ships: float


class RoadmapRow(Shape):
    """One roadmap among others; findings by severity."""

    file: str
    title: str
    as_of: dt.date
    value: float
    open: int
    by_quarter: list[Shipped]
    findings: dict[str, int]
    worst: str | None


class Busy(Shape):
    """People likely at work in a quarter."""

    ends: dt.date
    busy: float


class TeamRow(Shape):
    """What all roadmaps ask of the teams that share a name."""

    team: str
    people: int
    differing: list[int]
    roadmaps: list[str]
    by_quarter: list[Busy]


class FailedRow(Shape):
    """A file that holds no plan, and why."""

    file: str
    text: str


class PortfolioAnswer(Answer):
    """The roadmaps of a folder side by side."""

    kind: Literal["portfolio"]
    roadmaps: list[RoadmapRow]
    teams: list[TeamRow]
    failed: list[FailedRow]
