"""All figures of a roadmap as one answer: what `roadmap export --format json` writes."""

from typing import Literal, Self

from pydantic import AliasPath, Field

from roadmap_tui.answers.base import Answer, View
from roadmap_tui.answers.capacity import capacity_rows
from roadmap_tui.answers.forecast import ForecastAnswer
from roadmap_tui.answers.money import MoneyAnswer
from roadmap_tui.answers.ranking import RankAnswer
from roadmap_tui.answers.readiness import ReadinessAnswer
from roadmap_tui.answers.spikes import SpikesAnswer
from roadmap_tui.forecast.analysis.cost_of_delay import costs_of_delay
from roadmap_tui.forecast.analysis.critical_path import finish_drivers
from roadmap_tui.forecast.analysis.delivery_count import delivery_count
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.spike_results import lessons_learned


class CommitView(View):
    """The commit that the text comes from, and whether it was changed since."""

    sha: str = Field(validation_alias=AliasPath("commit", "sha"))
    changed: bool = Field(validation_alias="is_modified")


class LessonRow(View):
    """What a spike or an item has shown."""

    id: str
    title: str
    outcome: str
    text: str


class RoadmapAnswer(Answer):
    """What each reading command answers, under that command's name, and what was learned."""

    kind: Literal["roadmap"]
    title: str
    scenario: str | None
    commit: CommitView | None
    forecast: ForecastAnswer
    rank: RankAnswer
    spikes: SpikesAnswer
    readiness: ReadinessAnswer
    money: MoneyAnswer
    lessons: list[LessonRow]

    @classmethod
    def of(cls, context: ReportContext) -> Self:
        """All figures of a roadmap."""
        plan, forecast, simulation = context.plan, context.forecast, context.run.simulation
        return cls.read(
            title=context.title,
            scenario=context.scenario,
            commit=context.source.origin,
            forecast=ForecastAnswer.of(
                forecast,
                finish_drivers(simulation, None),
                shipping=delivery_count(simulation),
            ),
            rank=RankAnswer.of(forecast, costs_of_delay(simulation)),
            spikes=SpikesAnswer.of(plan, forecast, context.spikes),
            readiness=ReadinessAnswer.of(context.readiness),
            money=MoneyAnswer.of(
                forecast,
                plan.roadmap.currency,
                context.money,
                capacity=capacity_rows(plan, context.spikes.capacity),
            ),
            lessons=list(lessons_learned(plan, forecast)),
        )
