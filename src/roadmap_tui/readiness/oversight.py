"""Oversight: how many reviewers are needed, and what is missing for the next level."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from roadmap_tui.forecast.simulation.amounts import (
    Amount,
    AmountSampler,
    amount_range,
    or_default,
    ratio,
    sample_share,
)
from roadmap_tui.plan.intervals import wilson_interval
from roadmap_tui.plan.readiness.oversight import DemotionRule, HumanReview, Oversight, PromotionRule
from roadmap_tui.plan.readiness.trust import TrustWeek
from roadmap_tui.readiness.trust import total_decisions

LEVELS = ("off", "shadow", "suggest", "approve each", "act with undo", "autonomous")
ACTING_LEVEL = 4
"""The first level at which actions need no approval."""
_ROUNDING = 1e-9

ReviewLoad: TypeAlias = tuple[Amount, Amount, Amount]


def review_load(load: ReviewLoad, hours: float) -> Amount | None:
    """Return how many people reviewing keeps busy; None for a day without hours.

    Args:
        load: answers a day, the share of them that is reviewed, minutes for each.
        hours: working hours of a reviewer per day.
    """
    per_day, share, minutes = load
    return ratio(per_day * share * minutes, 60 * hours)


def feature_review_load(review: HumanReview, draw: AmountSampler) -> Amount | None:
    """Return how many people a review keeps busy.

    None if answers a day, minutes or hours are missing.
    """
    per_day = draw("review.per_day", review.per_day)
    minutes = draw("review.minutes", review.minutes)
    share = sample_share(draw, "review.share", review.share)
    if per_day is None or minutes is None or review.hours is None:
        return None
    return review_load((per_day, or_default(share, 1.0), minutes), review.hours)


def reviewers_needed(busy: Amount) -> int:
    """Return how many people to staff: a whole number, enough in 90% of runs."""
    return math.ceil(amount_range(busy).p90 - _ROUNDING)


@dataclass(frozen=True, slots=True)
class OversightEvidence:
    """What is known of a feature at its current level.

    Attributes:
        accepted, decided: answers.
        weeks: with decisions.
        segment_gap: distance of its models' worst segment from the best; None if none was counted.
    """

    accepted: int
    decided: int
    weeks: int
    segment_gap: float | None = None

    @property
    def acceptance_low(self) -> float:
        """Low end of the 95% interval of the accepted share; 0 if nothing was decided."""
        return wilson_interval(self.accepted, self.decided)[0]


@dataclass(frozen=True, slots=True)
class UnmetCondition:
    """One unmet condition for the next level.

    Attributes:
        condition: a field of `promote_if`, or ``kill_switch``, ``reversible``, ``demote_if`` or
            ``staffed``.
        actual: None if unknown or not a quantity.
        required: None if it is not a quantity.
    """

    condition: str
    actual: float | None = None
    required: float | None = None


def oversight_evidence(
    weeks: Iterable[TrustWeek], segment_gap: float | None = None
) -> OversightEvidence:
    """Return what the weeks of a trust table show."""
    busy = tuple(week for week in weeks if week.decision_count)
    made = total_decisions(busy)
    return OversightEvidence(made.accepted, made.decided, len(busy), segment_gap)


def unmet_promotion_conditions(
    wanted: PromotionRule, known: OversightEvidence
) -> Iterator[UnmetCondition]:
    """Yield the conditions of a promotion that are not met."""
    if wanted.accept is not None and known.acceptance_low < wanted.accept:
        yield UnmetCondition("accept", known.acceptance_low, wanted.accept)
    if wanted.weeks is not None and known.weeks < wanted.weeks:
        yield UnmetCondition("weeks", known.weeks, wanted.weeks)
    if wanted.cases is not None and known.decided < wanted.cases:
        yield UnmetCondition("cases", known.decided, wanted.cases)
    gap = known.segment_gap
    if wanted.segment_gap is not None and (gap is None or gap > wanted.segment_gap):
        yield UnmetCondition("segment_gap", gap, wanted.segment_gap)


def unmet_conditions(
    oversight: Oversight, known: OversightEvidence, busy: Amount | None = None
) -> tuple[UnmetCondition, ...] | None:
    """Return what is missing for the next level; None if there is no next one, or no level.

    Args:
        oversight: without promotion conditions, those are missing.
        known: the evidence.
        busy: people that reviewing keeps busy; None if nothing is reviewed.
    """
    if oversight.level is None or oversight.level + 1 >= len(LEVELS):
        return None
    found: list[UnmetCondition] = []
    if oversight.promote_if:
        found += unmet_promotion_conditions(oversight.promote_if, known)
    else:
        found.append(UnmetCondition("promote_if"))
    if not oversight.kill_switch:
        found.append(UnmetCondition("kill_switch"))
    if oversight.demote_if is None:
        found.append(UnmetCondition("demote_if"))
    if oversight.level + 1 >= ACTING_LEVEL and not oversight.reversible:
        found.append(UnmetCondition("reversible"))
    if busy is not None:
        found += _unmet_staffing(oversight, reviewers_needed(busy))
    return tuple(found)


def _unmet_staffing(oversight: Oversight, required: int) -> Iterator[UnmetCondition]:
    staffed = oversight.review.staffed if oversight.review else None
    if (staffed or 0) < required:
        yield UnmetCondition("staffed", staffed, required)


def should_demote(rule: DemotionRule, weeks: Iterable[TrustWeek]) -> bool:
    """Return whether acceptance was below the rule's limit in each of the last decided weeks."""
    if rule.accept is None:
        return False
    busy = sorted((week for week in weeks if week.decision_count), key=lambda week: week.on)
    last = busy[-(rule.weeks or 1) :]
    return len(last) >= (rule.weeks or 1) and all(
        week.accepted / week.decision_count < rule.accept for week in last
    )
