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
    ships: Number | None = Field(description="The chance to deliver by the horizon.")
    yes: Number | None = Field(
        validation_alias="p_yes", description="The chance that the spike says yes."
    )
    finish: RangeView | None = Field(
        description="Weeks from the start of the forecast, if it delivers."
    )
    rank: int | None = Field(description="The rank by weighted score.")
    bucket: Pin | None = Field(description="Null for closed items.")


class FieldChangeRow(View):
    """A field of an item, before and after."""

    path: PathText = Field(description="The path of the field.")
    old: Value = Field(description="Null if it was not set.")
    new: Value = Field(description="Null if it is no longer set.")


class PlanChangeRow(View):
    """Something that changed in the plan."""

    path: PathText = Field(validation_alias="place", description="The path of what changed.")
    item: str | None = Field(validation_alias="id", description="The id of the item.")
    act: str = Field(validation_alias="kind", description="The kind of change.")
    fields: list[FieldChangeRow]
    text: str = Field(description="The change in a sentence.")


class CauseRow(View):
    """A change that moved something."""

    path: PathText = Field(validation_alias="place", description="The path of what changed.")
    text: str = Field(description="The cause in words.")


class MovedRow(View):
    """An item whose figures moved, and why."""

    id: str
    measures: list[str] = Field(description="The figures that moved.")
    before: StandingView | None = Field(description="Null if it was not in the plan.")
    after: StandingView | None = Field(description="Null if it is no longer in the plan.")
    because: list[CauseRow] = Field(
        validation_alias="causes", description="The changes that moved it."
    )
    text: str = Field(description="The move in a sentence.")

    @classmethod
    def of(cls, moved: MovedItem, move: MoveText) -> Self:
        """How an item moved, with its causes in words."""
        causes = [CauseRow.read(each, text=cause_clause(each)) for each in moved.causes]
        return cls.read(moved, causes=causes, text=move.sentence)


class DiffAnswer(ForecastBasis, Answer):
    """What changed between two versions, and what moved because of it."""

    kind: Literal["diff"]
    before: dict[str, Value] | None = Field(
        description="The older version; null if it has no such file."
    )
    after: dict[str, Value] = Field(description="The newer version.")
    changes: list[PlanChangeRow]
    moved: list[MovedRow]
    causes_sought: bool = Field(
        validation_alias="is_attributed", description="Whether causes were looked for."
    )

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

    commit: str | None = Field(description="Null for the file on disk.")
    date: dt.date | None
    subject: str | None
    tags: list[str]
    missing: str | None = Field(description="Why there is no forecast of the item.")
    as_of: dt.date | None = Field(None, description="The day on which the forecast starts.")
    seed: int | None = Field(None, description="The seed of the simulation.")
    runs: int | None = Field(None, description="The number of simulation runs.")
    status: Status | None = None
    ships: Number | None = Field(None, description="The chance to deliver by the horizon.")
    yes: Number | None = Field(
        None, validation_alias="p_yes", description="The chance that the spike says yes."
    )
    finish: RangeView | None = Field(None, description="Weeks from `as_of`, if it delivers.")
    rank: int | None = Field(None, description="The rank by weighted score.")
    bucket: Pin | None = Field(None, description="Null for closed items.")

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
    points: list[LogPoint] = Field(description="Oldest first.")

    @classmethod
    def of(cls, points: Iterable[LogEntry], name: str, *, is_cut: bool = False) -> Self:
        """The points, oldest first; whether older ones are missing from the clone."""
        rows = [LogPoint.of(point, name) for point in points]
        return cls.read(id=name, history_cut=is_cut, points=rows)
