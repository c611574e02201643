"""Trust: whether people go along with the answers, and whether too readily."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.oversight import Activation, Stakes, Trust, TrustWeek
from roadmap_tui.plan.readiness.quality_bars import wilson_interval

TrustState: TypeAlias = Literal["unmeasured", "fine", "watch", "confirmed", "rubber-stamping"]
RISING_WEEKS = 3


@dataclass(frozen=True, slots=True)
class Decisions:
    """How many answers were accepted, edited and overridden."""

    accepted: int
    edited: int
    overridden: int

    @property
    def decided(self) -> int:
        """How many there are in all."""
        return self.accepted + self.edited + self.overridden

    @property
    def override_rate(self) -> float | None:
        """The share that was overridden; None if nothing was decided."""
        return self.overridden / self.decided if self.decided else None

    @property
    def trust_rate(self) -> float | None:
        """The share that was accepted, edited ones counting half; None if nothing was decided."""
        return (self.accepted + self.edited / 2) / self.decided if self.decided else None

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the share that is overridden; from 0 to 1 if nothing was decided."""
        return wilson_interval(self.overridden, self.decided)


def total_decisions(weeks: Iterable[TrustWeek]) -> Decisions:
    """The decisions of several weeks taken together."""
    all_weeks = tuple(weeks)
    return Decisions(
        sum(week.accepted for week in all_weeks),
        sum(week.edited for week in all_weeks),
        sum(week.overridden for week in all_weeks),
    )


def trust_alarm(trust: Trust, policy: Policy) -> float:
    """The share of overrides that is too many: the table's own, or else the policy's for its kind of interaction."""
    if trust.alarm is not None:
        return trust.alarm
    return (
        policy.trust_alarm_autocomplete
        if trust.interaction == "autocomplete"
        else policy.trust_alarm
    )


def trust_floor(trust: Trust, stakes: Stakes | None, policy: Policy) -> float | None:
    """The share of overrides that is too few; None unless the stakes are high."""
    if stakes != "high":
        return None
    return policy.trust_floor if trust.floor is None else trust.floor


def trust_state(decisions: Decisions, alarm: float, floor: float | None = None) -> TrustState:
    """Whether overrides are too many or, on high stakes, too few.

    Too many is confirmed if the interval's low end lies above the alarm, and to be watched if only the share does;
    answers are rubber-stamped if the interval's high end lies below the floor.
    """
    share, (low, high) = decisions.override_rate, decisions.interval
    if share is None:
        return "unmeasured"
    if share > alarm:
        return "confirmed" if low > alarm else "watch"
    return "rubber-stamping" if floor is not None and high < floor else "fine"


def weekly_overrides(weeks: Iterable[TrustWeek]) -> tuple[float, ...]:
    """The share of overrides week by week, the oldest first, without weeks in which nothing was decided."""
    shares = (
        total_decisions([week]).override_rate for week in sorted(weeks, key=lambda week: week.on)
    )
    return tuple(share for share in shares if share is not None)


def is_rising(shares: tuple[float, ...], rises: int = RISING_WEEKS) -> bool:
    """Whether the last shares rose so many times running."""
    last = shares[-rises - 1 :]
    return len(last) > rises and all(before < after for before, after in pairwise(last))


def rising_cohorts(trust: Trust) -> tuple[str, ...]:
    """The cohorts in which the share of overrides rose three weeks running."""
    return tuple(
        name for name, cohort in trust.cohorts.items() if is_rising(weekly_overrides(cohort.weeks))
    )


def activation_rate(activation: Activation) -> float | None:
    """The share of those who could use it that do; None if nobody could."""
    return activation.activated / activation.eligible if activation.eligible else None


def value_rate(activation: Activation) -> float | None:
    """The share of those who use it that get something out of it; None if nobody does or nobody counted."""
    if activation.valued is None or not activation.activated:
        return None
    return activation.valued / activation.activated
