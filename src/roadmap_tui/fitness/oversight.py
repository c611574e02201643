"""Oversight: how many reviewers it takes, and what is missing for the next rung of the ladder."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from roadmap_tui.fitness.amounts import Amount, Draw, known, limited, ratio, spread
from roadmap_tui.fitness.trust import decisions
from roadmap_tui.plan.bars import wilson
from roadmap_tui.plan.fitness import Demotion, Oversight, Promotion, Review, Week

LEVELS = ("off", "shadow", "suggest", "approve each", "act with undo", "autonomous")
ACTS = 4
"""The first level at which nobody approves what it does."""
_EXACT = 1e-9

Load: TypeAlias = tuple[Amount, Amount, Amount]


def reviewing(load: Load, hours: float) -> Amount | None:
    """People that reviewing keeps busy; None of a day without hours.

    Args:
        load: answers a day, the share of them that is reviewed, minutes for each.
        hours: that a reviewer works a day.
    """
    per_day, share, minutes = load
    return ratio(per_day * share * minutes, 60 * hours)


def reviewing_of(review: Review, draw: Draw) -> Amount | None:
    """People that a review keeps busy; None if it does not tell how many answers a day, minutes or hours there are."""
    per_day, minutes = (
        draw("review.per_day", review.per_day),
        draw("review.minutes", review.minutes),
    )
    share = limited(draw, "review.share", review.share)
    if per_day is None or minutes is None or review.hours is None:
        return None
    return reviewing((per_day, known(share, 1.0), minutes), review.hours)


def reviewers(busy: Amount) -> int:
    """How many people to staff: whole ones, enough in 9 futures of 10."""
    return math.ceil(spread(busy).p90 - _EXACT)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a feature at its present rung.

    Attributes:
        accepted, decided: answers.
        weeks: in which something was decided.
        segment_gap: how far the worst segment of its models lies behind the best; None if none was counted.
    """

    accepted: int
    decided: int
    weeks: int
    segment_gap: float | None = None

    @property
    def accept(self) -> float:
        """The low end of the 95 % interval of the share that is accepted; 0 if nothing was decided."""
        return wilson(self.accepted, self.decided)[0]


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing for the next rung.

    Attributes:
        what: a field of `promote_if`, or ``kill_switch``, ``reversible``, ``demote_if`` or ``staffed``.
        has: what there is; None if nobody knows, or if it is no quantity.
        wants: what there should be; None if it is no quantity.
    """

    what: str
    has: float | None = None
    wants: float | None = None


def evidence(weeks: Iterable[Week], segment_gap: float | None = None) -> Evidence:
    """What the weeks of a trust table show."""
    busy = tuple(week for week in weeks if week.decided)
    made = decisions(busy)
    return Evidence(made.accepted, made.decided, len(busy), segment_gap)


def unproven(wanted: Promotion, known: Evidence) -> Iterator[Missing]:
    """Which conditions of a promotion are not met."""
    if wanted.accept is not None and known.accept < wanted.accept:
        yield Missing("accept", known.accept, wanted.accept)
    if wanted.weeks is not None and known.weeks < wanted.weeks:
        yield Missing("weeks", known.weeks, wanted.weeks)
    if wanted.cases is not None and known.decided < wanted.cases:
        yield Missing("cases", known.decided, wanted.cases)
    gap = known.segment_gap
    if wanted.segment_gap is not None and (gap is None or gap > wanted.segment_gap):
        yield Missing("segment_gap", gap, wanted.segment_gap)


def missing(
    oversight: Oversight, known: Evidence, busy: Amount | None = None
) -> tuple[Missing, ...] | None:
    """What is missing for the next rung; None if there is no next one, or no level.

    Args:
        oversight: with conditions that say when it is promoted; without them, those are missing.
        known: what is known of it.
        busy: people that reviewing keeps busy; None if nothing is reviewed.
    """
    if oversight.level is None or oversight.level + 1 >= len(LEVELS):
        return None
    found = (
        [*unproven(oversight.promote_if, known)]
        if oversight.promote_if
        else [Missing("promote_if")]
    )
    if not oversight.kill_switch:
        found.append(Missing("kill_switch"))
    if oversight.demote_if is None:
        found.append(Missing("demote_if"))
    if oversight.level + 1 >= ACTS and not oversight.reversible:
        found.append(Missing("reversible"))
    staffed = oversight.review.staffed if oversight.review else None
    if busy is not None and (staffed or 0) < reviewers(busy):
        found.append(Missing("staffed", staffed, reviewers(busy)))
    return tuple(found)


def is_demoted(rule: Demotion, weeks: Iterable[Week]) -> bool:
    """Whether fewer were accepted than the rule allows, in each of its last weeks in which something was decided."""
    if rule.accept is None:
        return False
    busy = sorted((week for week in weeks if week.decided), key=lambda week: week.on)
    last = busy[-(rule.weeks or 1) :]
    return len(last) >= (rule.weeks or 1) and all(
        week.accepted / week.decided < rule.accept for week in last
    )
