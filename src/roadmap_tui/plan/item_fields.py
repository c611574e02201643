"""Fields that several kinds of items have in common."""

from typing import Literal, TypeAlias

from pydantic import Field

from roadmap_tui.plan.base import (
    Chance,
    Day,
    Evidence,
    Id,
    ListOf,
    NonNegative,
    Pin,
    Status,
    Table,
)
from roadmap_tui.plan.deadline import Deadline
from roadmap_tui.plan.estimate import EffortField, EstimateField
from roadmap_tui.plan.money import BusinessCase
from roadmap_tui.plan.needs import NeedField
from roadmap_tui.plan.readiness.failure_modes import FailureMode

AssumedField: TypeAlias = Literal[
    "effort", "chance", "reach", "impact", "confidence", "timebox", "yes_if_works", "yes_if_not"
]


class IgnoredCheck(Table):
    """A check whose findings are ignored, and why."""

    check: str
    why: str | None = None
    until: Day | None = None


class ItemBase(Table):
    """Fields of every item.

    Attributes:
        guesses: given numbers that are only assumptions; those of stages count as effort and chance.
    """

    title: str | None = None
    summary: str | None = None
    public: str | None = None
    owner: str | None = None
    team: str | None = None
    tags: ListOf[str] = ()
    links: ListOf[str] = ()
    status: Status = "planned"
    effort: EffortField | None = None
    staff: int = Field(default=1, ge=1, le=1000)
    needs: ListOf[NeedField] = ()
    fallback_for: Id | None = None
    not_before: Day | None = None
    deadline: Deadline | None = None
    pin: Pin | None = None
    order: float | None = None
    started: Day | None = None
    finished: Day | None = None
    retired: Day | None = None
    spent: NonNegative | None = None
    learned: str | None = None
    reviewed: Day | None = None
    ignore: ListOf[IgnoredCheck] = ()
    guesses: ListOf[AssumedField] = ()


class BetFields(Table):
    """Fields of an item that has a chance and, if it reaches people, a value."""

    chance: Chance | None = None
    reach: EstimateField | None = None
    impact: EstimateField | None = None
    confidence: Chance | None = None
    evidence: Evidence = "opinion"
    failures: dict[str, FailureMode] = Field(default_factory=dict)
    roi: BusinessCase | None = None
