"""Trust: whether users follow the answers, and whether too readily."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from roadmap_tui.plan.intervals import (
    Z95,
    newcombe_interval,
    wilson_interval,
    wilson_interval_of_share,
)
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.oversight import Stakes
from roadmap_tui.plan.readiness.trust import Activation, Cohort, Trust, TrustWeek

TrustState: TypeAlias = Literal["unmeasured", "fine", "watch", "confirmed", "rubber-stamping"]
_TRUST_STATES: tuple[TrustState, ...] = (
    "unmeasured",
    "fine",
    "rubber-stamping",
    "watch",
    "confirmed",
)
"""From best to worst."""
ENOUGH_DECISIONS = 100
RECENT_WEEKS = 4
WEEKS_BEFORE = 8
NEWEST_DEVIATE = 2.5758293035489004
"""Of 99%, two-sided: the shortest run is judged every week, and few decisions vary most."""
RISE_DEVIATE = 3.2905267314919255
"""Of 99.9%, two-sided: looked at every week, a steady rate seems to rise in 3% of years."""


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


def trust_state(
    decisions: Decisions, alarm: float, floor: float | None = None, deviate: float = Z95
) -> TrustState:
    """Return whether overrides are too many or, at high stakes, too few.

    Too many is confirmed if the interval's low end is above the alarm, and to be watched if only
    the rate is; answers are rubber-stamped if the interval's high end is below the floor.
    """
    # few decisions have a wide interval and stay at "watch" or "fine"
    share = decisions.override_rate
    if share is None:
        return "unmeasured"
    low, high = wilson_interval_of_share(share, decisions.decided, deviate)
    if share > alarm:
        return "confirmed" if low > alarm else "watch"
    if floor is not None and high < floor:
        return "rubber-stamping"
    return "fine"


def weekly_overrides(weeks: Iterable[TrustWeek]) -> tuple[float, ...]:
    """Return the override rate week by week, oldest first, without weeks that have no decisions."""
    shares = (total_decisions([week]).override_rate for week in decided_weeks(weeks))
    return tuple(share for share in shares if share is not None)


def decided_weeks(weeks: Iterable[TrustWeek]) -> tuple[TrustWeek, ...]:
    """Return the weeks with decisions, oldest first."""
    return tuple(sorted((week for week in weeks if week.decision_count), key=lambda each: each.on))


def newest_run_length(weeks: tuple[TrustWeek, ...], decisions: int = ENOUGH_DECISIONS) -> int:
    """Return how many of the newest weeks it takes for so many decisions; all if they have fewer.

    Args:
        weeks: with decisions, oldest first.
        decisions: at least 1.
    """
    counted = 0
    for length, week in enumerate(reversed(weeks), start=1):
        counted += week.decision_count
        if counted >= decisions:
            return length
    return len(weeks)


@dataclass(frozen=True, slots=True)
class OverrideAssessment:
    """Overrides now: of all users, or of one cohort.

    Attributes:
        state: the worse one of the newest weeks and of the last four.
        newest: of the shortest run of newest weeks with at least 100 decisions.
        run_length: number of weeks in it.
        recent: of the last four weeks.
        recent_length: number of weeks in it; fewer than four if there are no more.
        rise: interval of newest less the eight weeks before; None without any before.
    """

    state: TrustState
    newest: Decisions
    run_length: int
    recent: Decisions
    recent_length: int
    rise: tuple[float, float] | None

    @property
    def is_rising(self) -> bool:
        """Whether the newest weeks exceed those before by more than chance explains."""
        return self.rise is not None and self.rise[0] > 0

    @property
    def shown(self) -> Decisions:
        """What the state rests on: the newest weeks if they raise it, or else the last four."""
        return self.newest if self._newest_is_worse else self.recent

    @property
    def shown_weeks(self) -> str:
        """The weeks of `shown` in words."""
        length = self.run_length if self._newest_is_worse else self.recent_length
        return "newest week" if length == 1 else f"newest {length} weeks"

    @property
    def _newest_is_worse(self) -> bool:
        newest, recent = self.newest.override_rate or 0.0, self.recent.override_rate or 0.0
        return newest > recent and self.state in {"watch", "confirmed"}


def override_assessment(
    weeks: Iterable[TrustWeek], alarm: float, floor: float | None = None
) -> OverrideAssessment:
    """Assess overrides by the newest weeks, so that old ones can't hide what happens now."""
    decided = decided_weeks(weeks)
    length = newest_run_length(decided)
    newest = total_decisions(decided[len(decided) - length :])
    recent = total_decisions(decided[-RECENT_WEEKS:])
    states = (
        trust_state(newest, alarm, floor, NEWEST_DEVIATE),
        trust_state(recent, alarm, floor),
    )
    return OverrideAssessment(
        state=max(states, key=_TRUST_STATES.index),
        newest=newest,
        run_length=length,
        recent=recent,
        recent_length=min(RECENT_WEEKS, len(decided)),
        rise=_rise(decided, length),
    )


def _rise(decided: tuple[TrustWeek, ...], length: int) -> tuple[float, float] | None:
    end = len(decided) - length
    newest = total_decisions(decided[end:])
    before = total_decisions(decided[max(0, end - WEEKS_BEFORE) : end])
    if not before.decided:
        return None
    return newcombe_interval(
        (newest.overridden, newest.decided), (before.overridden, before.decided), RISE_DEVIATE
    )


def cohort_overrides(trust: Trust, alarm: float) -> dict[str, OverrideAssessment]:
    """Assess each cohort that has decisions."""
    assessed = {
        name: override_assessment(cohort.weeks, alarm) for name, cohort in trust.cohorts.items()
    }
    return {name: each for name, each in assessed.items() if each.newest.decided}


def rising_cohorts(trust: Trust) -> tuple[str, ...]:
    """Return the cohorts whose override rate rises."""
    return tuple(name for name, each in cohort_overrides(trust, 1.0).items() if each.is_rising)


def activation_rate(activation: Activation | None) -> float | None:
    """Return the share of eligible users that use it; None without eligible users."""
    if activation is not None and activation.eligible:
        return activation.activated / activation.eligible
    return None


def value_rate(activation: Activation | None) -> float | None:
    """Return the share of its users that benefit from it.

    None if it has no users or they weren't counted.
    """
    if activation is None or activation.valued is None or not activation.activated:
        return None
    return activation.valued / activation.activated


def activation_gap(own: Activation, whole: Activation) -> tuple[float, float] | None:
    """Return the interval of own less whole activation; None if either has no eligible users."""
    if not own.eligible or not whole.eligible:
        return None
    return newcombe_interval((own.activated, own.eligible), (whole.activated, whole.eligible))


@dataclass(frozen=True, slots=True)
class ChurnAssessment:
    """Weekly churn of the feature's users against others, over each one's last four weeks.

    Attributes:
        users, others: people who left, and people-weeks.
        difference: interval of users less others.
    """

    users: tuple[int, int]
    others: tuple[int, int]
    difference: tuple[float, float]


def churn_assessment(trust: Trust) -> ChurnAssessment | None:
    """Compare the churn of cohorts that use the feature with that of others; None without both."""
    users = _churn(cohort for cohort in trust.cohorts.values() if cohort.uses is True)
    others = _churn(cohort for cohort in trust.cohorts.values() if cohort.uses is False)
    if not users[1] or not others[1]:
        return None
    return ChurnAssessment(users, others, newcombe_interval(users, others))


def _churn(cohorts: Iterable[Cohort]) -> tuple[int, int]:
    churned, active = 0, 0
    for cohort in cohorts:
        counted = sorted((week for week in cohort.weeks if week.active), key=lambda each: each.on)
        for week in counted[-RECENT_WEEKS:]:
            churned += week.churned or 0
            active += week.active or 0
    return churned, active
