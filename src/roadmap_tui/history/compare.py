"""Comparison of two versions of a plan: what changed, what moved, and why."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import NamedTuple

from roadmap_tui.document.document import Document, LocatedFault
from roadmap_tui.forecast.engine import DEFAULT_RUNS, forecast
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_checkpoints
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.history.attribution import attribute_changes
from roadmap_tui.history.diff import TableChange, table_changes
from roadmap_tui.history.movement import MovedItem, moved_items
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a plan, both forecast from the same day with the same random numbers.

    Attributes:
        before: the older version's forecast; None if there was no file.
        after: the newer version's forecast.
        plan: the newer version's plan.
        changes: every table that differs.
        moved: the items in both of which a figure moved enough to be reported, largest first.
        is_attributed: whether causes were analysed; not if there are too many changes, or items.
        attribution_limit: the number of items up to which they are, if the plan has more.
    """

    before: Forecast | None
    after: Forecast
    plan: Plan
    changes: tuple[TableChange, ...]
    moved: tuple[MovedItem, ...]
    is_attributed: bool = True
    attribution_limit: int | None = None


class ComparisonOptions(NamedTuple):
    """How both versions are forecast.

    Attributes:
        as_of: first day of both forecasts; by default the newer version's, and else today.
        seed: of both; by default the newer version's.
        runs: number of simulation runs for each.
        attribution_limit: the number of items up to which causes are analysed; None for any.
    """

    as_of: dt.date | None = None
    seed: int | None = None
    runs: int = DEFAULT_RUNS
    attribution_limit: int | None = None

    def resolved_for(self, plan: Plan) -> "ComparisonOptions":
        """Return the options with the day and the seed that both forecasts share."""
        day = self.as_of or plan.roadmap.as_of or dt.date.today()
        seed = plan.roadmap.seed if self.seed is None else self.seed
        return self._replace(as_of=day, seed=seed)


_DEFAULT_OPTIONS = ComparisonOptions()


def compare(
    before: Document | None,
    after: Document,
    options: ComparisonOptions = _DEFAULT_OPTIONS,
    checkpoint: Checkpoint = no_checkpoint,
) -> Comparison | tuple[LocatedFault, ...]:
    """Return what changed between two versions, and what moved because of that.

    Args:
        before: the older version; None if there was no file, so that everything was added.
        after: the newer version.
        options: how both are forecast.
        checkpoint: called regularly; raises `CalculationCancelledError` if the comparison is no
            longer wanted.

    Returns:
        The comparison, or the faults that prevent a forecast.
    """
    plan = after.plan
    if plan is None or _cannot_forecast(after):
        return after.faults
    if before is not None and _cannot_forecast(before):
        return before.faults
    same = options.resolved_for(plan)
    new = _forecast(plan, same, checkpoint)
    if before is None or before.plan is None:
        return Comparison(None, new, plan, table_changes({}, after.data), ())
    old = _forecast(before.plan, same, checkpoint)
    changes, moved = table_changes(before.data, after.data), moved_items(old, new)
    comparison = Comparison(old, new, plan, changes, moved)
    if not moved:
        return comparison
    limit = options.attribution_limit
    if limit is not None and len(plan.items) > limit:
        return replace(comparison, is_attributed=False, attribution_limit=limit)
    return _with_causes(comparison, before, after, checkpoint)


def _forecast(plan: Plan, options: ComparisonOptions, checkpoint: Checkpoint) -> Forecast:
    resolved = resolve_plan(plan, as_of=options.as_of, seed=options.seed)
    return forecast(resolved, options.runs, checkpoint=checkpoint)


def _cannot_forecast(document: Document) -> bool:
    return document.plan is None or any(fault.fatal for fault, _ in document.unlocated_faults)


def _with_causes(
    comparison: Comparison, before: Document, after: Document, checkpoint: Checkpoint
) -> Comparison:
    """Return the comparison with the causes of each movement."""
    trial = attribute_changes(before, after, comparison.changes, comparison.after, checkpoint)
    if trial is None:
        return replace(comparison, is_attributed=False)
    explained = (
        replace(moved, causes=trial.causes(moved.id, moved.main_measure))
        for moved in with_checkpoints(comparison.moved, checkpoint)
    )
    return replace(comparison, moved=tuple(explained))
