"""The answer of `calibrate`."""

from typing import Literal, Self

from pydantic import Field

from roadmap_tui.answers.base import Answer, Number, RangeView, View
from roadmap_tui.forecast.simulation.calibration import MIN_FINISHED, Calibration
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.historical_calibration import HistoricalCalibration
from roadmap_tui.narrative.calibration import reliability_groups
from roadmap_tui.plan.base import Status
from roadmap_tui.plan.policy import Policy


class EffortShift(View):
    """Where efforts are taken to lie, against what was stated."""

    bias: Number
    spread: Number


class EffortRecord(View):
    """How good estimates of effort have been; null before there are enough."""

    count: int
    inside: int | None = Field(validation_alias="inside_count")
    ratio: Number | None
    bias: Number | None
    spread: Number | None
    shift: EffortShift | None

    @classmethod
    def of(cls, found: Calibration) -> Self:
        """The record of efforts; figures are null before there are `MIN_FINISHED` items."""
        count = len(found.efforts)
        if count >= MIN_FINISHED:
            return cls.read(found, count=count)
        return cls(count=count, inside=None, ratio=None, bias=None, spread=None, shift=None)


class ReliabilityRow(View):
    """How often what was said to work in that share of cases did."""

    said: Number = Field(validation_alias="stated")
    worked: int
    of: int


class ChanceRecord(View):
    """How good stated chances have been; null before there are enough."""

    count: int
    brier: Number | None
    base_brier: Number | None
    shares: list[ReliabilityRow] | None

    @classmethod
    def of(cls, found: Calibration) -> Self:
        """The record of chances; figures are null before there are `MIN_FINISHED` bets."""
        count = len(found.bets)
        if count >= MIN_FINISHED:
            return cls.read(found, count=count, shares=reliability_groups(found))
        return cls(count=count, brier=None, base_brier=None, shares=None)


class FinishedRow(View):
    """What an ended item was to take, and took."""

    id: str
    title: str
    status: Status
    stated: RangeView = Field(validation_alias="estimate")
    actual: Number
    ratio: Number
    z: Number
    inside: bool = Field(validation_alias="is_inside")
    guess: bool = Field(validation_alias="is_assumed")


class EndedBetRow(View):
    """What an ended bet was given, and whether it worked."""

    id: str
    title: str
    chance: Number
    worked: bool
    guess: bool = Field(validation_alias="is_assumed")


class CalibrationRecord(View):
    """The record of what has ended."""

    efforts: EffortRecord
    chances: ChanceRecord
    items: list[FinishedRow]
    bets: list[EndedBetRow]

    @classmethod
    def of(cls, found: Calibration, **values: object) -> Self:
        """How good estimates and chances were."""
        return cls.read(**_record_values(found), **values)


def _record_values(found: Calibration) -> dict[str, object]:
    return {
        "efforts": EffortRecord.of(found),
        "chances": ChanceRecord.of(found),
        "items": found.efforts,
        "bets": found.bets,
    }


class HistoricalRecord(CalibrationRecord):
    """The record by what was said when work began, from git."""

    commits: dict[str, str]
    unsaid: list[str]
    commits_read: int
    commits_unread: int


class HistoryUnavailable(View):
    """Why git can't provide it."""

    unavailable: str
    remedy: str


def _history(
    past: HistoricalCalibration | GitUnavailable | None,
) -> HistoricalRecord | HistoryUnavailable | None:
    if past is None:
        return None
    if isinstance(past, GitUnavailable):
        return HistoryUnavailable(unavailable=past.text, remedy=past.remedy)
    return HistoricalRecord.of(
        past.record,
        commits={name: commit.sha for name, commit in past.commits.items()},
        unsaid=past.without_history,
        commits_read=past.commits_read,
        commits_unread=past.unreadable_commits,
    )


class CalibrateAnswer(Answer):
    """How good estimates have been."""

    kind: Literal["calibration"]
    needed: int
    used: bool
    efforts: EffortRecord
    chances: ChanceRecord
    items: list[FinishedRow]
    bets: list[EndedBetRow]
    git: HistoricalRecord | HistoryUnavailable | None

    @classmethod
    def of(
        cls, found: Calibration, policy: Policy, past: HistoricalCalibration | GitUnavailable | None
    ) -> Self:
        """The record; `git` is null unless it was asked for."""
        return cls.read(
            needed=MIN_FINISHED,
            used=policy.calibrate and len(found.efforts) >= MIN_FINISHED,
            git=_history(past),
            **_record_values(found),
        )
