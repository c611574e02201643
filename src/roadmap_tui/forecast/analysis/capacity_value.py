"""Value of capacity: what one more person of a team adds to the value by the horizon."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from roadmap_tui.forecast.analysis.horizon_value import Floats, replanned_values
from roadmap_tui.forecast.analysis.paired_difference import PairedDifference
from roadmap_tui.forecast.analysis.what_if import WHAT_IF_RUNS
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_progress
from roadmap_tui.plan.resolver import ResolvedPlan


@dataclass(frozen=True, slots=True)
class CapacityValue:
    """What one more person of a team adds, from the first week to the horizon.

    Attributes:
        team: its id.
        people: that it has without the additional person.
        gain: change of the plan's expected value by the horizon, its list planned again.
        total: the plan's expected value by the horizon without the additional person.
        weeks: person-weeks that the person works by the horizon.
    """

    team: str
    people: int
    gain: PairedDifference
    total: float
    weeks: float

    @property
    def binds(self) -> bool:
        """Whether capacity of this team limits the value, beyond sampling error."""
        return self.gain.direction > 0

    @property
    def per_week(self) -> PairedDifference:
        """The gain per additional person-week."""
        return self.gain.scaled(1 / self.weeks)

    @property
    def share(self) -> PairedDifference:
        """The gain as a share of the plan's value; 0 for a plan without value."""
        return self.gain.scaled(1 / self.total if self.total else 0.0)


def capacity_values(
    resolved: ResolvedPlan,
    teams: Collection[str] | None = None,
    checkpoint: Checkpoint = no_checkpoint,
) -> dict[str, CapacityValue]:
    """Return the value of one more person by team, on the same runs, the list planned again.

    Args:
        resolved: the plan.
        teams: the teams to try; None for all.
        checkpoint: called regularly.
    """
    names = [name for name in resolved.team_sizes if teams is None or name in teams]
    if not names or resolved.horizon <= 0:
        return {}
    before = replanned_values(resolved, WHAT_IF_RUNS, checkpoint)
    return {
        name: _capacity_value(resolved, name, before, checkpoint)
        for name in with_progress(names, len(names), checkpoint, "trying one more person")
    }


def _capacity_value(
    resolved: ResolvedPlan, team: str, before: Floats, checkpoint: Checkpoint
) -> CapacityValue:
    people = resolved.team_sizes[team]
    larger = replace(resolved, team_sizes={**resolved.team_sizes, team: people + 1})
    after = replanned_values(larger, WHAT_IF_RUNS, checkpoint)
    gain = PairedDifference.of(after, before)
    return CapacityValue(team, people, gain, float(before.mean()), resolved.horizon)
