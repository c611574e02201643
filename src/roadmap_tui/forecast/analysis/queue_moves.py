"""Queue moves: how pinning a bet earlier or later changes the value delivered by the horizon."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from roadmap_tui.forecast.analysis.horizon_value import Floats, run_values
from roadmap_tui.forecast.analysis.what_if_inputs import open_items
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_progress
from roadmap_tui.forecast.simulation.simulator import schedule_items, work_order
from roadmap_tui.plan.base import OPEN_STATUSES, Pin
from roadmap_tui.plan.resolver import ResolvedItem, ResolvedPlan

MOVE_RUNS = 2_000
_SIGNIFICANT_ERRORS = 2.0


@dataclass(frozen=True, slots=True)
class QueueMove:
    """A bet pinned elsewhere in the queue.

    Attributes:
        pin: ``now`` or ``later``.
        pinned_with: the predecessors that are pinned with it.
        gain: change of the expected value by the horizon, as a share of the plan's.
        is_sure: whether the gain is more than two standard errors from zero.
    """

    id: str
    pin: Pin
    pinned_with: tuple[str, ...]
    gain: float
    is_sure: bool


def queue_moves(
    resolved: ResolvedPlan, *, limit: int = 40, checkpoint: Checkpoint = no_checkpoint
) -> tuple[QueueMove, ...]:
    """Return the gain of each move, best first; the queue is planned again for each.

    Args:
        resolved: the plan.
        limit: how many bets are tried, in the order of the file.
        checkpoint: called regularly.
    """
    before = _values(resolved, checkpoint)
    total = float(before.mean())
    if total <= 0:
        return ()
    found = []
    candidates = list(_candidates(resolved, limit))
    for item, pin in with_progress(
        candidates, len(candidates), checkpoint, "trying moves in the queue"
    ):
        pinned_with = tuple(_prerequisites(resolved, item)) if pin == "now" else ()
        moved = _with_pins(resolved, (item.id, *pinned_with), pin)
        difference = _values(moved, checkpoint) - before
        # paired runs: both plans use the same random numbers, so most of the noise cancels out
        error = float(difference.std()) / math.sqrt(len(difference))
        gain = float(difference.mean())
        is_sure = abs(gain) > _SIGNIFICANT_ERRORS * error
        found.append(QueueMove(item.id, pin, pinned_with, gain / total, is_sure))
    return tuple(sorted(found, key=lambda move: -move.gain))


def _with_pins(resolved: ResolvedPlan, names: Iterable[str], pin: Pin) -> ResolvedPlan:
    pinned = {name: replace(resolved.items[name], pin=pin) for name in names}
    return replace(resolved, items={**resolved.items, **pinned})


def _values(resolved: ResolvedPlan, checkpoint: Checkpoint) -> Floats:
    checkpoint()
    order = work_order(resolved, MOVE_RUNS, checkpoint=checkpoint).build_order
    return run_values(resolved, schedule_items(resolved, order, MOVE_RUNS, checkpoint), MOVE_RUNS)


def _candidates(resolved: ResolvedPlan, most: int) -> Iterator[tuple[ResolvedItem, Pin]]:
    bets = [
        item for item in open_items(resolved) if item.kind != "spike" and item.status == "planned"
    ]
    for item in bets[:most]:
        for pin in ("now", "later"):
            if item.pin != pin:
                yield item, pin


def _prerequisites(resolved: ResolvedPlan, item: ResolvedItem) -> Iterator[str]:
    """Yield the planned items that an item waits for, directly or not."""
    seen, waiting = {item.id}, [item.id]
    while waiting:
        name = waiting.pop()
        needs = (resolved.preferred_option(need) for need in resolved.items[name].needs)
        for each in (*needs, *resolved.spikes_by_bet.get(name, ())):
            needed = resolved.items.get(each)
            if needed is None or each in seen or needed.status not in OPEN_STATUSES:
                continue
            seen.add(each)
            waiting.append(each)
            if needed.status == "planned":
                yield each
