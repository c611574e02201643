"""The answer of `calibrate`."""

import datetime as dt
from typing import Literal, Self

from pydantic import Field

from roadmap_tui.answers.base import Answer, Number, RangeView, View
from roadmap_tui.forecast.analysis.forecast_scores import ForecastScores
from roadmap_tui.forecast.simulation.calibration import MIN_FINISHED, Calibration
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.historical_calibration import HistoricalCalibration
from roadmap_tui.narrative.calibration import reliability_groups
from roadmap_tui.plan.base import Status
from roadmap_tui.plan.policy import Policy


class EffortShift(View):
    """Where efforts are taken to lie, against what was stated."""

    bias: Number = Field(description="In deviates of the estimate; 0 if centred on the P50.")
    spread: Number = Field(description="The width of the 80% range, as a multiple of that stated.")


class EffortRecord(View):
    """How good estimates of effort have been; null before there are enough."""

    count: int = Field(description="The number of ended items.")
    inside: int | None = Field(
        validation_alias="inside_count", description="How many ended inside their 80% range."
    )
    ratio: Number | None = Field(
        description="The median of actual effort as a multiple of the P50."
    )
    bias: Number | None = Field(
        description="Where efforts end, in deviates of their estimates; 0 if centred on the P50."
    )
    spread: Number | None = Field(
        description="Their spread around the bias; 1 if ranges are as wide as intended."
    )
    shift: EffortShift | None = Field(description="The shift expected of the next effort.")

    @classmethod
    def of(cls, found: Calibration) -> Self:
        """The record of efforts; figures are null before there are `MIN_FINISHED` items."""
        count = len(found.efforts)
        if count >= MIN_FINISHED:
            return cls.read(found, count=count)
        return cls(count=count, inside=None, ratio=None, bias=None, spread=None, shift=None)


class ReliabilityRow(View):
    """How often what was said to work in that share of cases did."""

    said: Number = Field(validation_alias="stated", description="The stated chance.")
    worked: int = Field(description="How many worked.")
    of: int = Field(description="Of how many.")


class ChanceRecord(View):
    """How good stated chances have been; null before there are enough."""

    count: int = Field(description="The number of ended bets.")
    brier: Number | None = Field(
        description="The Brier score: 0 is perfect, 0.25 is what always saying 50% gets."
    )
    base_brier: Number | None = Field(
        description="The Brier score of always stating the share that worked."
    )
    shares: list[ReliabilityRow] | None = Field(description="Bets grouped by their stated chance.")

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
    stated: RangeView = Field(
        validation_alias="estimate", description="The estimate, in person-weeks."
    )
    actual: Number = Field(description="Person-weeks.")
    ratio: Number = Field(description="`actual` as a multiple of the P50.")
    z: Number = Field(description="The standard normal deviate of `actual` under the estimate.")
    inside: bool = Field(
        validation_alias="is_inside", description="Whether `actual` lies in the 80% range."
    )
    guess: bool = Field(
        validation_alias="is_assumed", description="Whether the estimate is a default."
    )


class EndedBetRow(View):
    """What an ended bet was given, and whether it worked."""

    id: str
    title: str
    chance: Number = Field(description="The stated chance to work.")
    worked: bool
    guess: bool = Field(
        validation_alias="is_assumed", description="Whether the chance is a default."
    )


class CalibrationRecord(View):
    """The record of what has ended."""

    efforts: EffortRecord
    chances: ChanceRecord
    items: list[FinishedRow] = Field(description="Ended items.")
    bets: list[EndedBetRow] = Field(description="Ended bets.")

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

    commits: dict[str, str] = Field(description="The commit of each estimate, by item.")
    unsaid: list[str] = Field(description="Items that are in no commit before their end.")
    commits_read: int = Field(description="How many commits had a plan.")
    commits_unread: int = Field(description="How many had none that can be read.")


class HistoryUnavailable(View):
    """Why git can't provide it."""

    unavailable: str = Field(description="The reason.")
    remedy: str = Field(description="What to do about it.")


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


class DateScoreRow(View):
    """The first forecast of an item that shipped, against the day it shipped."""

    id: str
    forecast_on: dt.date = Field(description="The day of the forecast.")
    shipped_on: dt.date = Field(description="The day on which it shipped.")
    pit: Number = Field(description="The forecast's probability of a finish no later than that.")
    inside: bool = Field(
        validation_alias="is_inside", description="Whether it shipped inside the 80% range."
    )
    crps: Number = Field(description="Continuous ranked probability score, in weeks.")


class ForecastRecord(View):
    """How good past forecasts of dates and chances were, from git."""

    forecasts: int = Field(description="The number of versions of the plan.")
    coverage: Number | None = Field(
        description="The share of the dates inside their 80% range; null without any."
    )
    pit: list[int] = Field(
        validation_alias="pit_histogram",
        description="The number of dates by fifths of their probability.",
    )
    crps: Number | None = Field(
        validation_alias="mean_crps", description="The mean score of the dates, in weeks."
    )
    brier: Number | None = Field(description="The mean squared error of the chances.")
    chances: int = Field(
        validation_alias="chance_count",
        description="The number of chances whose day has passed.",
    )
    lateness: Number | None = Field(
        description="How far items shipped after their forecasts, in standard errors."
    )
    optimistic: bool = Field(
        validation_alias="is_optimistic", description="Whether items shipped clearly later."
    )
    pessimistic: bool = Field(
        validation_alias="is_pessimistic", description="Whether items shipped clearly earlier."
    )
    moved_deadlines: list[str] = Field(description="Items whose deadline moved to a later day.")
    dates: list[DateScoreRow] = Field(description="The first forecast of each item that shipped.")


def _forecast_record(
    scores: ForecastScores | GitUnavailable | None,
) -> ForecastRecord | HistoryUnavailable | None:
    if scores is None:
        return None
    if isinstance(scores, GitUnavailable):
        return HistoryUnavailable(unavailable=scores.text, remedy=scores.remedy)
    return ForecastRecord.read(scores)


class CalibrateAnswer(Answer):
    """How good estimates have been."""

    kind: Literal["calibration"]
    needed: int = Field(description="How many ended items a record needs.")
    used: bool = Field(description="Whether forecasts use the record.")
    efforts: EffortRecord
    chances: ChanceRecord
    items: list[FinishedRow] = Field(description="Ended items.")
    bets: list[EndedBetRow] = Field(description="Ended bets.")
    git: HistoricalRecord | HistoryUnavailable | None = Field(
        description="The same by what was stated when work began; null unless asked for."
    )
    forecasts: ForecastRecord | HistoryUnavailable | None = Field(
        description="Past forecasts against what happened; null unless asked for."
    )

    @classmethod
    def of(
        cls,
        found: Calibration,
        policy: Policy,
        past: HistoricalCalibration | GitUnavailable | None,
        scores: ForecastScores | GitUnavailable | None = None,
    ) -> Self:
        """The record; `git` and `forecasts` are null unless they were asked for."""
        return cls.read(
            needed=MIN_FINISHED,
            used=policy.calibrate and len(found.efforts) >= MIN_FINISHED,
            git=_history(past),
            forecasts=_forecast_record(scores),
            **_record_values(found),
        )
