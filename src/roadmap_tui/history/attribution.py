"""Which changes moved a figure: found by putting each in alone, and by taking each out alone."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

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
# two that did half each must not be told apart by chance
_ABOUT_HALF = _HALF - 0.05
_AS_MUCH = 0.75
_PART = 0.3


@dataclass(frozen=True, slots=True)
class GroupEffect:
    """What a group of changes did: the forecast with it alone, and with all others but it; None if none can be made."""

    group: ChangeGroup
    alone: Forecast | None
    without: Forecast | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """The two versions as they are compared when causes are looked for, and the effect of each group between them."""

    before: Forecast
    after: Forecast
    effects: tuple[GroupEffect, ...]

    def causes(self, name: str, measure: MovementMeasure) -> tuple[TableChange, ...]:
        """The changes that account for at least half of how far one figure of an item moved."""
        way = measure_value(self.after, name, measure) - measure_value(self.before, name, measure)
        if not way:
            return ()
        shares = [
            (self._share(effect, name, measure, way), effect.group) for effect in self.effects
        ]
        return tuple(change for group in _leading(shares) for change in group.named)

    def _share(self, effect: GroupEffect, name: str, measure: MovementMeasure, way: float) -> float:
        """The part of the way that a group went: on average as the first of all and as the last of all."""
        first, last = effect.alone, effect.without
        ways = []
        if first is not None:
            ways.append(
                measure_value(first, name, measure) - measure_value(self.before, name, measure)
            )
        if last is not None:
            ways.append(
                measure_value(self.after, name, measure) - measure_value(last, name, measure)
            )
        return sum(ways) / len(ways) / way if ways else 0.0


def attribute_changes(
    before: Document,
    after: Document,
    changes: Iterable[TableChange],
    reference: Forecast,
    checkpoint: Checkpoint = no_checkpoint,
) -> Attribution | None:
    """Try each group of changes; None if there are too many of them, or no forecast of a version can be made.

    Every forecast has the same random numbers, so that whatever differs is the changes' doing.

    Args:
        before: the older version.
        after: the newer version.
        changes: all between them.
        reference: a forecast with the day and the seed of all others.
        checkpoint: called now and then.
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
        """The older version with the newer one's tables and fields at these places."""
        return self._resolved(
            apply_changes(self.before, self.after, places, self.after.data, self.day)
        )

    def new(self, places: Sequence[KeyPath] = ()) -> ResolvedPlan | None:
        """The newer version with the older one's tables and fields at these places."""
        return self._resolved(
            apply_changes(self.after, self.before, places, self.after.data, self.day)
        )

    def run(self, resolved: ResolvedPlan | None) -> Forecast | None:
        return None if resolved is None else self.forecast(resolved)

    def forecast(self, resolved: ResolvedPlan) -> Forecast:
        return forecast(resolved, self.runs, checkpoint=self.checkpoint)

    def _resolved(self, plan: Plan | None) -> ResolvedPlan | None:
        """What the forecast works with, without titles, so that mere words are no difference."""
        self.checkpoint()
        if plan is None:
            return None
        resolved = resolve_plan(plan, as_of=self.day, seed=self.seed)
        return replace(
            resolved, items={name: replace(each, title="") for name, each in resolved.items.items()}
        )


def _leading(shares: Sequence[tuple[float, ChangeGroup]]) -> list[ChangeGroup]:
    """The groups that did at least half, if they did much the same; else the few that did half together."""
    top = max((share for share, _ in shares), default=0.0)
    if top >= _ABOUT_HALF:
        return [group for share, group in shares if share >= max(_ABOUT_HALF, _AS_MUCH * top)]
    parts = [(share, group) for share, group in shares if share >= _PART]
    return [group for _, group in parts] if sum(share for share, _ in parts) >= _HALF else []
