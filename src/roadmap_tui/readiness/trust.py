"""Trust: whether users follow the answers, and whether too readily."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

from roadmap_tui.plan.intervals import wilson_interval
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.oversight import Stakes
from roadmap_tui.plan.readiness.trust import Activation, Trust, TrustWeek

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
        """Number of decisions."""
        return self.accepted + self.edited + self.overridden

    @property
    def override_rate(self) -> float | None:
        """Share that was overridden; None if nothing was decided."""
        if self.decided:
            return self.overridden / self.decided
        return None

    @property
    def trust_rate(self) -> float | None:
        """Share that was accepted, edited ones counting half; None if nothing was decided."""
        if self.decided:
            return (self.accepted + self.edited / 2) / self.decided
        return None

    @property
    def interval(self) -> tuple[float, float]:
        """95% interval of the override rate; from 0 to 1 if nothing was decided."""
        return wilson_interval(self.overridden, self.decided)


def total_decisions(weeks: Iterable[TrustWeek]) -> Decisions:
    """Return the decisions of several weeks taken together."""
    all_weeks = tuple(weeks)
    return Decisions(
        sum(week.accepted for week in all_weeks),
        sum(week.edited for week in all_weeks),
        sum(week.overridden for week in all_weeks),
    )


def trust_alarm(trust: Trust, policy: Policy) -> float:
    """Return the override rate that is too high: the table's own, or else the policy's."""
    if trust.alarm is not None:
        return trust.alarm
    if trust.interaction == "autocomplete":
        return policy.trust_alarm_autocomplete
    return policy.trust_alarm


def trust_floor(trust: Trust, stakes: Stakes | None, policy: Policy) -> float | None:
    """Return the override rate that is too low; None unless the stakes are high."""
    if stakes != "high":
        return None
    if trust.floor is None:
        return policy.trust_floor
    return trust.floor


def trust_state(decisions: Decisions, alarm: float, floor: float | None = None) -> TrustState:
    """Return whether overrides are too many or, at high stakes, too few.

    Too many is confirmed if the interval's low end is above the alarm, and to be watched if only
    the rate is; answers are rubber-stamped if the interval's high end is below the floor.
    """
    # few decisions have a wide interval and stay at "watch" or "fine"
    share, (low, high) = decisions.override_rate, decisions.interval
    if share is None:
        return "unmeasured"
    if share > alarm:
        return "confirmed" if low > alarm else "watch"
    if floor is not None and high < floor:
        return "rubber-stamping"
    return "fine"


def weekly_overrides(weeks: Iterable[TrustWeek]) -> tuple[float, ...]:
    """Return the override rate week by week, oldest first, without weeks that have no decisions."""
    shares = (
        total_decisions([week]).override_rate for week in sorted(weeks, key=lambda week: week.on)
    )
    return tuple(share for share in shares if share is not None)


def is_rising(shares: tuple[float, ...], rises: int = RISING_WEEKS) -> bool:
    """Return whether the rate rose in each of the last `rises` weeks."""
    last = shares[-rises - 1 :]
    return len(last) > rises and all(before < after for before, after in pairwise(last))


def rising_cohorts(trust: Trust) -> tuple[str, ...]:
    """Return the cohorts whose override rate rose three weeks running."""
    return tuple(
        name for name, cohort in trust.cohorts.items() if is_rising(weekly_overrides(cohort.weeks))
    )


def activation_rate(activation: Activation) -> float | None:
    """Return the share of eligible users that use it; None without eligible users."""
    if activation.eligible:
        return activation.activated / activation.eligible
    return None


def value_rate(activation: Activation) -> float | None:
    """Return the share of its users that benefit from it.

    None if it has no users or they weren't counted.
    """
    if activation.valued is None or not activation.activated:
        return None
    return activation.valued / activation.activated
