"""Readiness of an AI feature in answers: trust, latency, oversight."""

from typing import Self

from pydantic import AliasPath, Field

from roadmap_tui.answers.base import Number, View
from roadmap_tui.answers.shares import ShareView, optional_mean
from roadmap_tui.forecast.simulation.amounts import median_of
from roadmap_tui.plan.items import Product
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.latency import LatencyBudget
from roadmap_tui.plan.readiness.oversight import Oversight
from roadmap_tui.plan.readiness.trust import newest_activations
from roadmap_tui.readiness.latency import (
    latency_budget,
    latency_error_budget_used,
    latency_headroom,
    newest_timing,
    simulated_p95,
)
from roadmap_tui.readiness.oversight import (
    LEVELS,
    feature_review_load,
    oversight_evidence,
    reviewers_needed,
    should_demote,
    unmet_conditions,
)
from roadmap_tui.readiness.trust import (
    activation_rate,
    churn_assessment,
    override_assessment,
    rising_cohorts,
    total_decisions,
    trust_alarm,
    trust_floor,
    value_rate,
    weekly_overrides,
)


class TrustView(View):
    """Whether people go along with the answers."""

    override: ShareView = Field(description="The share of answers that people override.")
    trust: Number | None = Field(
        description="The share that was accepted, edited ones counting half."
    )
    alarm: float = Field(description="The override rate that is too high.")
    floor: float | None = Field(
        description="The override rate that is too low; null unless the stakes are high."
    )
    newest: ShareView = Field(
        description="The same in the shortest run of newest weeks with 100 decisions."
    )
    newest_weeks: int = Field(description="The number of weeks in it.")
    recent: ShareView = Field(description="The same in the last four weeks.")
    rise: list[Number] | None = Field(
        min_length=2,
        max_length=2,
        description="The 99.9% interval of the newest weeks less the eight before.",
    )
    state: str | None = Field(
        description="How the worse one of newest and recent stands against alarm and floor."
    )
    course: list[Number | None] = Field(description="The override rate week by week, oldest first.")
    rising: list[str] = Field(description="Cohorts whose override rate rises beyond chance.")
    activated: Number | None = Field(description="The share of eligible users that use it.")
    valued: Number | None = Field(description="The share of its users that benefit from it.")
    churn: list[Number] | None = Field(
        min_length=2,
        max_length=2,
        description="The 95% interval of the weekly churn of its users less that of others.",
    )

    @classmethod
    def of(cls, item: Product, policy: Policy) -> Self | None:
        """Whether people trust a feature; None if it has no such table."""
        trust = item.trust
        if trust is None:
            return None
        stakes = item.oversight.stakes if item.oversight is not None else None
        made = total_decisions(trust.weeks)
        alarm, floor = trust_alarm(trust, policy), trust_floor(trust, stakes, policy)
        found = override_assessment(trust.weeks, alarm, floor)
        newest, recent = found.newest, found.recent
        own, churn = next(iter(newest_activations(trust.activation)), None), churn_assessment(trust)
        return cls(
            override=ShareView.of(made.overridden, made.decided),
            trust=optional_mean(made.trust_rate),
            alarm=alarm,
            floor=floor,
            newest=ShareView.of(newest.overridden, newest.decided),
            newest_weeks=found.run_length,
            recent=ShareView.of(recent.overridden, recent.decided),
            rise=None if found.rise is None else list(found.rise),
            state=found.state,
            course=list(weekly_overrides(trust.weeks)),
            rising=list(rising_cohorts(trust)),
            activated=activation_rate(own),
            valued=value_rate(own),
            churn=None if churn is None else list(churn.difference),
        )


class StepRow(View):
    """A part of an answer's time."""

    step: str = Field(validation_alias="name")
    ms: Number | None = Field(
        None,
        validation_alias=AliasPath("ms", "p50"),
        description="Its time, where the percentiles are unknown.",
    )
    p50: Number | None
    p95: Number | None


class LatencyView(View):
    """How long an answer may take and does, in milliseconds."""

    budget_ms: float | None
    steps: list[StepRow]
    steps_p95: Number | None = Field(description="The simulated p95 of all steps together.")
    headroom: Number | None = Field(description="The share of the budget that this leaves.")
    p50: float | None
    p95: float | None
    p99: float | None
    error_budget_burnt: Number | None = Field(description="The used share of the error budget.")

    @classmethod
    def of(cls, latency: LatencyBudget | None, policy: Policy) -> Self | None:
        """How fast a feature answers; None if it has no such table."""
        if latency is None:
            return None
        timing = newest_timing(latency)
        return cls.read(
            latency,
            budget_ms=latency_budget(latency),
            steps_p95=simulated_p95(latency.steps),
            headroom=latency_headroom(latency),
            p50=timing and timing.p50,
            p95=timing and timing.p95,
            p99=timing and timing.p99,
            error_budget_burnt=optional_mean(latency_error_budget_used(latency, policy)),
        )


class MissingCondition(View):
    """What is missing for the next rung."""

    what: str = Field(validation_alias="condition", description="The condition.")
    has: Number | None = Field(
        validation_alias="actual", description="Null if unknown or not a quantity."
    )
    wants: Number | None = Field(validation_alias="required", description="Null if not a quantity.")


class OversightView(View):
    """How much it may do without a person."""

    level: int | None
    name: str | None = Field(description="The name of the level.")
    stakes: str | None
    reversible: bool | None
    kill_switch: bool | None
    missing: list[MissingCondition] | None = Field(
        description="The unmet conditions of the next level."
    )
    demoted: bool = Field(description="Whether it should fall back to a lower level.")
    reviewing: Number | None = Field(description="People whom reviews keep busy.")
    reviewers: int | None = Field(description="Reviewers who are enough in 90% of runs.")

    @classmethod
    def of(cls, oversight: Oversight | None, item: Product, gap: float | None) -> Self | None:
        """Who looks over a feature; None if it has no such table."""
        if oversight is None:
            return None
        weeks = item.trust.weeks if item.trust is not None else ()
        busy = None
        if oversight.review is not None:
            busy = feature_review_load(oversight.review, median_of)
        return cls.read(
            oversight,
            name=None if oversight.level is None else LEVELS[oversight.level],
            missing=unmet_conditions(oversight, oversight_evidence(weeks, gap), busy),
            demoted=oversight.demote_if is not None and should_demote(oversight.demote_if, weeks),
            reviewing=optional_mean(busy),
            reviewers=None if busy is None else reviewers_needed(busy),
        )
