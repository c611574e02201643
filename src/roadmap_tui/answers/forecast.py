"""Answers of `forecast`, `rank`, `show` and `spikes`."""

import datetime as dt
from typing import Literal

from pydantic import Field

from roadmap_tui.answers.base import Range, Shape, Value, WithScenario
from roadmap_tui.plan.base import Kind, Pin, Status


class ByQuarter(Shape):
    """The chance to have delivered by the end of a quarter."""

    ends: dt.date
    chance: float


class Outcomes(Shape):
    """How often each way to end comes about; they add up to 1."""

    delivered: float
    failed: float
    blocked: float
    dropped: float
    replaced: float


class Odds(Shape):
    """How often a spike says yes, and the chance of its bet before and after either answer."""

    yes: float
    before: float
    after_yes: float
    after_no: float


class Item(Shape):
    """One item's forecast; `start` and `finish` in weeks from `as_of`, null if it never ships."""

    id: str
    track: str
    kind: Kind
    title: str
    status: Status
    bucket: Pin | None
    ships: float = Field(description="The chance to deliver by the horizon.")
    ever: float
    start: Range | None
    finish: Range | None
    by_quarter: list[ByQuarter]
    critical: float | None
    drives: float | None
    deadline: float | None = Field(description="The chance to meet it.")
    guesses: list[str] = Field(
        description="Fields that nobody stands for yet, as FIELD or ID.FIELD."
    )
    outcomes: Outcomes
    odds: Odds | None = None


class Together(Shape):
    """The chance that all of several items deliver by a day."""

    items: list[str]
    by: dt.date
    chance: float


class Load(Shape):
    """How busy a team is, week by week."""

    team: str
    people: int
    busy: list[Range]
    idle: list[Range]
    upkeep: list[float]


class ForecastAnswer(WithScenario):
    """When each item may land, and whether it will."""

    kind: Literal["forecast"]
    target: str | None
    list_: list[str] = Field(
        alias="list", description="All planned and active items, in the schedule's order."
    )
    value: float
    items: list[Item]
    together: Together | None = None
    teams: list[Load] | None = None


class Score(Shape):
    """A score and its rank."""

    score: float
    rank: int


class RankRow(Shape):
    """An item's place in the ranking."""

    id: str
    title: str
    plain: Score | None
    weighted: Score | None
    value: float
    delivers: float
    effort: float
    rank_range: list[int] | None = Field(min_length=2, max_length=2)
    top: dict[str, float] = Field(description="The chance to be among the best k, by k.")
    too_close_with: list[str]
    covered_by: list[str]
    worked: int | None
    worked_for: str | None


class Move(Shape):
    """What moving an item up or down the queue brings."""

    id: str
    pin: str | None
    along: list[str]
    gain: float
    sure: bool


class RankAnswer(WithScenario):
    """What is most worth doing."""

    kind: Literal["rank"]
    items: list[RankRow]
    moves: list[Move] | None = None


class Input(Shape):
    """A number that a figure is made from, and where it stands."""

    name: str
    value: str
    place: str
    guess: bool


class Change(Shape):
    """What a number's range does to a figure."""

    item: str
    field: str
    guess: bool
    from_: float = Field(alias="from")
    to: float
    low: float | None
    high: float | None


class Why(Shape):
    """How a figure is made."""

    figure: str
    value: str
    formula: list[str]
    inputs: list[Input]
    changes: list[Change]


class ShowAnswer(WithScenario):
    """All about one item."""

    kind: Literal["show"]
    item: Item
    rank: RankRow | None
    fields: dict[str, Value] = Field(description="What the file says of it.")
    say: str
    why: list[Why] | None = None


class SpikeRow(Shape):
    """What an open spike is worth, in person-weeks."""

    id: str
    informs: str | None
    p: float
    confirmed: float
    evpi: float
    evsi: float
    cost: float
    net: float
    value: float | None
    advised: bool


class Advice(Shape):
    """A bet that a spike would pay for."""

    id: str
    p: float
    evpi: float


class EndedSpike(Shape):
    """A spike that is over."""

    id: str
    informs: str | None
    verdict: str | None
    spent: float | None
    learned: str | None


class SpikesAnswer(WithScenario):
    """What was found out, and what finding out next is worth."""

    kind: Literal["spikes"]
    price: float | None
    items: list[SpikeRow]
    advice: list[Advice]
    ended: list[EndedSpike]
