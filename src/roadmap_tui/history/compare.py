"""Two versions of a plan side by side: what changed, what moved, and because of what."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import NamedTuple

from roadmap_tui.files.document import Document, LocatedFault
from roadmap_tui.forecast.pace import Check, go_on, paced
from roadmap_tui.forecast.run import FUTURES, forecast
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.history.causes import try_out
from roadmap_tui.history.changes import Change, changes
from roadmap_tui.history.moves import Moved, moves
from roadmap_tui.plan.resolve import resolve
from roadmap_tui.plan.roadmap import Plan


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a plan, both forecast from the same day with the same random numbers.

    Attributes:
        before: the older version's forecast; None if there was no file.
        after: the newer version's forecast.
        plan: the newer version's plan.
        changes: every table that differs.
        moved: the items on both sides of which a figure moved enough to be told, the most first.
        sought: whether the causes were looked for; not if there are too many changes, or items.
        most: the number of items up to which they are looked for, if the plan has more.
    """

    before: Forecast | None
    after: Forecast
    plan: Plan
    changes: tuple[Change, ...]
    moved: tuple[Moved, ...]
    sought: bool = True
    most: int | None = None


class Both(NamedTuple):
    """How both sides are forecast.

    Attributes:
        as_of: the day both forecasts start; None is the newer version's, and else the clock's.
        seed: of both; None is the newer version's.
        futures: how many are drawn for either side.
        explained: the number of items up to which the causes of what moved are looked for; None is any.
    """

    as_of: dt.date | None = None
    seed: int | None = None
    futures: int = FUTURES
    explained: int | None = None


_AS_THEY_ARE = Both()


def compare(
    before: Document | None, after: Document, both: Both = _AS_THEY_ARE, check: Check = go_on
) -> Comparison | tuple[LocatedFault, ...]:
    """What changed from one version to another, and what moved because of that.

    Args:
        before: the older version; None if there was no file, so that all was added.
        after: the newer version.
        both: how either is forecast.
        check: called now and then; it raises `pace.StoppedError` where the comparison is not wanted any more.

    Returns:
        The comparison, or the faults for which one side can't be forecast.
    """
    plan = after.plan
    if plan is None or _unfit(after):
        return after.faults
    if before is not None and _unfit(before):
        return before.faults
    day = both.as_of or plan.roadmap.as_of or dt.date.today()
    drawn = plan.roadmap.seed if both.seed is None else both.seed
    new = forecast(resolve(plan, as_of=day, seed=drawn), both.futures, check=check)
    if before is None or before.plan is None:
        return Comparison(None, new, plan, changes({}, after.data), ())
    old = forecast(resolve(before.plan, as_of=day, seed=drawn), both.futures, check=check)
    comparison = Comparison(old, new, plan, changes(before.data, after.data), moves(old, new))
    if comparison.moved and both.explained is not None and len(plan.items) > both.explained:
        return replace(comparison, sought=False, most=both.explained)
    return _explained(comparison, before, after, check) if comparison.moved else comparison


def _unfit(document: Document) -> bool:
    return document.plan is None or any(fault.fatal for fault, _ in document.found)


def _explained(
    comparison: Comparison, before: Document, after: Document, check: Check
) -> Comparison:
    """The comparison with the cause of each move."""
    trial = try_out(before, after, comparison.changes, comparison.after, check)
    if trial is None:
        return replace(comparison, sought=False)
    explained = (
        replace(moved, because=trial.causes(moved.id, moved.lead))
        for moved in paced(comparison.moved, check)
    )
    return replace(comparison, moved=tuple(explained))
