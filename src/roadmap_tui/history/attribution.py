"""Attribution: which changes moved a figure, found by applying and undoing each alone."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from roadmap_tui.document.document import Document
from roadmap_tui.forecast.engine import PREVIEW_RUNS, forecast
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_progress
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.history.change_groups import ChangeGroup, group_changes
from roadmap_tui.history.diff import TableChange
from roadmap_tui.history.movement import MovementMeasure, measure_value
from roadmap_tui.history.partial_changes import apply_changes
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.resolver import ResolvedPlan, resolve_plan
from roadmap_tui.plan.roadmap import Plan

MOST_GROUPS = 24
_MOST_LOOKED_AT = 4 * MOST_GROUPS
_HALF = 0.5
# two groups of half each must not be separated by noise
_ABOUT_HALF = _HALF - 0.05
_AS_MUCH = 0.75
_PART = 0.3


@dataclass(frozen=True, slots=True)
class GroupEffect:
    """Effect of a group of changes: forecasts with it alone, and without it.

    None if there is none.
    """

    group: ChangeGroup
    alone: Forecast | None
    without: Forecast | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """The two compared versions, and the effect of each group of changes between them."""

    before: Forecast
    after: Forecast
    effects: tuple[GroupEffect, ...]

    def causes(self, name: str, measure: MovementMeasure) -> tuple[TableChange, ...]:
        """Return the changes that account for at least half of the movement of an item's figure."""
        movement = measure_value(self.after, name, measure) - measure_value(
            self.before, name, measure
        )
        if not movement:
            return ()
        shares = [(self._share(each, name, measure, movement), each.group) for each in self.effects]
        return tuple(chain.from_iterable(group.named for group in _leading(shares)))

    def _share(
        self, effect: GroupEffect, name: str, measure: MovementMeasure, movement: float
    ) -> float:
        """Return a group's share of the movement: the average of being applied first and last."""
        first, last = effect.alone, effect.without
        movements = []
        if first is not None:
            movements.append(
                measure_value(first, name, measure) - measure_value(self.before, name, measure)
            )
        if last is not None:
            movements.append(
                measure_value(self.after, name, measure) - measure_value(last, name, measure)
            )
        if movements:
            return sum(movements) / len(movements) / movement
        return 0.0


def attribute_changes(
    before: Document,
    after: Document,
    changes: Iterable[TableChange],
    reference: Forecast,
    checkpoint: Checkpoint = no_checkpoint,
) -> Attribution | None:
    """Try each group of changes; None if there are too many, or if a version can't be forecast.

    Every forecast uses the same random numbers, so that all differences come from the changes.

    Args:
        before: the older version.
        after: the newer version.
        changes: all between them.
        reference: a forecast with the day and the seed of all others.
        checkpoint: called regularly.
    """
    bench = _AttributionRun(
        before,
        after,
        reference.as_of,
        reference.seed,
        min(reference.runs, PREVIEW_RUNS),
        checkpoint,
    )
    old, new = bench.old(), bench.new()
    found = group_changes(changes)
    if old is None or new is None or len(found) > _MOST_LOOKED_AT:
        return None
    trials = ((group, bench.old(group.places), bench.new(group.places)) for group in found)
    acting = list(islice((trial for trial in trials if trial[1:] != (old, new)), MOST_GROUPS + 1))
    if len(acting) > MOST_GROUPS:
        return None
    each_in_turn = with_progress(acting, len(acting), checkpoint, "looking for causes")
    effects = tuple(
        GroupEffect(group, bench.run(alone), bench.run(others))
        for group, alone, others in each_in_turn
    )
    return Attribution(bench.forecast(old), bench.forecast(new), effects)


@dataclass(frozen=True, slots=True)
class _AttributionRun:
    before: Document
    after: Document
    day: dt.date
    seed: int
    runs: int
    checkpoint: Checkpoint

    def old(self, places: Sequence[KeyPath] = ()) -> ResolvedPlan | None:
        """Return the older version with the newer one's tables and fields at these places."""
        return self._resolved(
            apply_changes(self.before, self.after, places, self.after.data, self.day)
        )

    def new(self, places: Sequence[KeyPath] = ()) -> ResolvedPlan | None:
        """Return the newer version with the older one's tables and fields at these places."""
        return self._resolved(
            apply_changes(self.after, self.before, places, self.after.data, self.day)
        )

    def run(self, resolved: ResolvedPlan | None) -> Forecast | None:
        if resolved is None:
            return None
        return self.forecast(resolved)

    def forecast(self, resolved: ResolvedPlan) -> Forecast:
        return forecast(resolved, self.runs, checkpoint=self.checkpoint)

    def _resolved(self, plan: Plan | None) -> ResolvedPlan | None:
        """Return the forecast's input, without titles, so that wording makes no difference."""
        self.checkpoint()
        if plan is None:
            return None
        resolved = resolve_plan(plan, as_of=self.day, seed=self.seed)
        return replace(
            resolved, items={name: replace(each, title="") for name, each in resolved.items.items()}
        )


def _leading(shares: Sequence[tuple[float, ChangeGroup]]) -> list[ChangeGroup]:
    """Return the groups that did at least half, if similar in size.

    Else the few that did half together.
    """
    top = max((share for share, _ in shares), default=0.0)
    if top >= _ABOUT_HALF:
        return [group for share, group in shares if share >= max(_ABOUT_HALF, _AS_MUCH * top)]
    parts = [(share, group) for share, group in shares if share >= _PART]
    if sum(share for share, _ in parts) >= _HALF:
        return [group for _, group in parts]
    return []
