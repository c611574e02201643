"""Comparison of two versions of a plan, as sentences."""

from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.history.compare import Comparison
from roadmap_tui.history.diff import ChangeKind, TableChange
from roadmap_tui.narrative import item_figures
from roadmap_tui.narrative.changes import change_sentence
from roadmap_tui.narrative.item_figures import ASSUMPTION_MARK
from roadmap_tui.narrative.moves import MoveText, comparison_moves
from roadmap_tui.plan.base import OPEN_STATUSES

_ORDER: tuple[ChangeKind, ...] = ("added", "dropped", "removed", "answered", "status", "changed")
NOTHING_CHANGED = "Nothing changed that the plan is made of."
NOTHING_MOVED = "No chance moved by a point, no finish by a week, and nothing overtook another."
CAUSES_SKIPPED = "There are too many changes at once to tell which of them moved what."


@dataclass(frozen=True, slots=True)
class VersionNames:
    """Names of the two versions, such as ``v1 (3f2a1c9, 20 Nov 2026)`` and ``plan.toml``."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeSentence:
    """A change and its sentence."""

    change: TableChange
    text: str


@dataclass(frozen=True, slots=True)
class ComparisonText:
    """A comparison as sentences.

    Attributes:
        changes: a sentence for each change: added, removed, answered, then the rest.
        moves: every move, the largest first.
        notes: remarks beside them.
        guesses: whether a figure rests on an assumption.
    """

    changes: tuple[ChangeSentence, ...]
    moves: tuple[MoveText, ...]
    notes: tuple[str, ...]
    guesses: bool


def comparison_text(comparison: Comparison) -> ComparisonText:
    """Describe a comparison."""
    came = [_change_outlook(comparison, change) for change in _sorted_changes(comparison)]
    moves = comparison_moves(comparison)
    outlooks = [outlook for _, outlook in came]
    figures = [*outlooks, *(move.ships + move.when for move in moves)]
    return ComparisonText(
        changes=tuple(
            ChangeSentence(change, f"{change_sentence(change)}{outlook}")
            for change, outlook in came
        ),
        moves=moves,
        notes=tuple(_comparison_notes(comparison)),
        guesses=any(ASSUMPTION_MARK in figure for figure in figures),
    )


def _sorted_changes(comparison: Comparison) -> list[TableChange]:
    return sorted(
        comparison.changes, key=lambda change: (change.id is None, _ORDER.index(change.kind))
    )


def _change_outlook(comparison: Comparison, change: TableChange) -> tuple[TableChange, str]:
    """A change, with the chance of a bet that it adds."""
    item = comparison.after.items.get(change.id or "")
    is_new_bet = (
        change.kind == "added"
        and item is not None
        and item.status in OPEN_STATUSES
        and item.kind != "spike"
    )
    return (
        change,
        f", ships {item_figures.format_delivery_chance(item)}"
        if item is not None and is_new_bet
        else "",
    )


def _comparison_notes(comparison: Comparison) -> Iterator[str]:
    """Remarks where nothing moved, or where causes are missing."""
    if not comparison.changes:
        yield NOTHING_CHANGED
    elif comparison.before is not None and not comparison.moved:
        yield NOTHING_MOVED
    if not comparison.is_attributed:
        if comparison.attribution_limit is None:
            yield CAUSES_SKIPPED
        else:
            yield _too_many_items(len(comparison.plan.items), comparison.attribution_limit)


def _too_many_items(items: int, most: int) -> str:
    return (
        f"{items:,} items: causes are looked for up to {most:,}; run roadmap diff FILE, which looks"
        " for them."
    )
