"""The answers of `diff` and `log`."""

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import BeforeValidator, Field

from roadmap_tui.answers.base import (
    Answer,
    ForecastBasis,
    Number,
    RangeView,
    Value,
    View,
)
from roadmap_tui.history.compare import Comparison
from roadmap_tui.history.forecast_log import LogEntry
from roadmap_tui.history.movement import MovedItem, item_standing
from roadmap_tui.narrative.changes import cause_clause
from roadmap_tui.narrative.comparison import comparison_text
from roadmap_tui.narrative.moves import MoveText
from roadmap_tui.plan.base import Pin, Status
from roadmap_tui.plan.faults import format_path

PathText: TypeAlias = Annotated[str, BeforeValidator(format_path)]
"""The path of a key, as the command line takes it."""


class StandingView(View):
    """How an item stands in one forecast; `yes` of an open spike."""

    status: Status | None
    ships: Number | None
    yes: Number | None = Field(validation_alias="p_yes")
    finish: RangeView | None
    rank: int | None
    bucket: Pin | None


class FieldChangeRow(View):
    """A field of an item, before and after."""

    path: PathText
    old: Value
    new: Value


class PlanChangeRow(View):
    """Something that changed in the plan."""

    path: PathText = Field(validation_alias="place")
    item: str | None = Field(validation_alias="id")
    act: str = Field(validation_alias="kind")
    fields: list[FieldChangeRow]
    text: str


class CauseRow(View):
    """A change that moved something."""

    path: PathText = Field(validation_alias="place")
    text: str


class MovedRow(View):
    """An item whose figures moved, and why."""

    id: str
    measures: list[str]
    before: StandingView | None
    after: StandingView | None
    because: list[CauseRow] = Field(validation_alias="causes")
    text: str

    @classmethod
    def of(cls, moved: MovedItem, move: MoveText) -> Self:
        """How an item moved, with its causes in words."""
        causes = [CauseRow.read(each, text=cause_clause(each)) for each in moved.causes]
        return cls.read(moved, causes=causes, text=move.sentence)


class DiffAnswer(ForecastBasis, Answer):
    """What changed between two versions, and what moved because of it."""

    kind: Literal["diff"]
    before: dict[str, Value] | None
    after: dict[str, Value]
    changes: list[PlanChangeRow]
    moved: list[MovedRow]
    causes_sought: bool = Field(validation_alias="is_attributed")

    @classmethod
    def of(
        cls,
        comparison: Comparison,
        before: dict[str, object] | None,
        after: dict[str, object],
    ) -> Self:
        """The comparison of two versions.

        Args:
            comparison: the two versions.
            before: what names the older version; None if there was no file.
            after: what names the newer version.
        """
        words = comparison_text(comparison)
        pairs = zip(comparison.moved, words.moves, strict=True)
        return cls.read(
            comparison,
            comparison.after,
            before=before,
            after=after,
            changes=[PlanChangeRow.read(each.change, text=each.text) for each in words.changes],
            moved=[MovedRow.of(*pair) for pair in pairs],
        )


class LogPoint(View):
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
    ships: Number | None = None
    yes: Number | None = Field(None, validation_alias="p_yes")
    finish: RangeView | None = None
    rank: int | None = None
    bucket: Pin | None = None

    @classmethod
    def of(cls, point: LogEntry, name: str) -> Self:
        """An item at one commit."""
        commit, forecast = point.commit, point.forecast
        sources: tuple[object, ...] = ()
        if forecast is not None and point.has(name):
            sources = (item_standing(forecast, name), forecast)
        return cls.read(
            *sources,
            commit=commit and commit.sha,
            date=commit and commit.date,
            subject=commit and commit.subject,
            tags=commit.tags if commit else (),
            missing=point.missing or (None if point.has(name) else "absent"),
        )


class LogAnswer(Answer):
    """One item's forecast along the commits, oldest first."""

    kind: Literal["log"]
    id: str
    history_cut: bool = Field(
        description="Whether the clone is shallow, so that older commits are missing."
    )
    points: list[LogPoint]

    @classmethod
    def of(cls, points: Iterable[LogEntry], name: str, *, is_cut: bool = False) -> Self:
        """The points, oldest first; whether older ones are missing from the clone."""
        rows = [LogPoint.of(point, name) for point in points]
        return cls.read(id=name, history_cut=is_cut, points=rows)
