"""Queue moves: how pinning a bet earlier or later changes the value delivered by the horizon."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from roadmap_tui.forecast.analysis.horizon_value import replanned_values
from roadmap_tui.forecast.analysis.paired_difference import PairedDifference, holm_significant
from roadmap_tui.forecast.analysis.what_if_inputs import open_items
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_progress
from roadmap_tui.plan.base import OPEN_STATUSES, Pin
from roadmap_tui.plan.resolver import ResolvedItem, ResolvedPlan

MOVE_RUNS = 2_000


@dataclass(frozen=True, slots=True)
class QueueMove:
    """A bet pinned elsewhere in the queue.

    Attributes:
        pin: ``now`` or ``later``.
        pinned_with: the predecessors that are pinned with it.
        gain: change of the expected value by the horizon, as a share of the plan's.
        se: standard error of the gain.
        is_sure: whether the gain is more than two standard errors from zero, corrected for the
            number of moves tried.
    """

    id: str
    pin: Pin
    pinned_with: tuple[str, ...]
    gain: float
    se: float
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
    before = replanned_values(resolved, MOVE_RUNS, checkpoint)
    total = float(before.mean())
    if total <= 0:
        return ()
    gains: dict[tuple[str, Pin], PairedDifference] = {}
    pinned_with: dict[tuple[str, Pin], tuple[str, ...]] = {}
    candidates = list(_candidates(resolved, limit))
    for item, pin in with_progress(
        candidates, len(candidates), checkpoint, "trying moves in the queue"
    ):
        along = tuple(_prerequisites(resolved, item)) if pin == "now" else ()
        moved = _with_pins(resolved, (item.id, *along), pin)
        after = replanned_values(moved, MOVE_RUNS, checkpoint)
        gains[item.id, pin] = PairedDifference.of(after, before).scaled(1 / total)
        pinned_with[item.id, pin] = along
    sure = holm_significant(gains)
    found = [
        QueueMove(*move, pinned_with[move], gain.mean, gain.se, move in sure)
        for move, gain in gains.items()
    ]
    return tuple(sorted(found, key=lambda move: -move.gain))


def _with_pins(resolved: ResolvedPlan, names: Iterable[str], pin: Pin) -> ResolvedPlan:
    pinned = {name: replace(resolved.items[name], pin=pin) for name in names}
    return replace(resolved, items={**resolved.items, **pinned})


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
