"""Two versions of a plan side by side, as a document and as plain data."""

from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.history.changes import Act, Change
from roadmap_tui.history.compare import Comparison
from roadmap_tui.history.moves import Moved, Standing
from roadmap_tui.plan.faults import spell_path
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.report import figures
from roadmap_tui.report.changed import cause, sentence
from roadmap_tui.report.data import Data, envelope, stated, weeks
from roadmap_tui.report.figures import GUESS
from roadmap_tui.report.moved import Move, told_moves
from roadmap_tui.report.templating import fill
from roadmap_tui.report.words import date, month, rounded

_ORDER: tuple[Act, ...] = ("added", "dropped", "removed", "answered", "status", "changed")
NOTHING_CHANGED = "Nothing changed that the plan is made of."
NOTHING_MOVED = "No chance moved by a point, no finish by a week, and nothing overtook another."
NOT_SOUGHT = "There are too many changes at once to tell which of them moved what."


@dataclass(frozen=True, slots=True)
class Sides:
    """The two versions by name, such as ``v1 (3f2a1c9, 20 Nov 2026)`` and ``plan.toml``."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change, and the sentence that tells it."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """A comparison in words.

    Attributes:
        changes: a sentence for each change: what came, what went, what was answered, and the rest.
        moves: every move, the most first.
        notes: what has to be said beside them.
        guesses: whether a figure in it rests on a guess.
    """

    changes: tuple[ToldChange, ...]
    moves: tuple[Move, ...]
    notes: tuple[str, ...]
    guesses: bool


def told(comparison: Comparison) -> Told:
    """The comparison in words."""
    came = [_outlook(comparison, change) for change in _in_order(comparison)]
    moves = told_moves(comparison)
    return Told(
        changes=tuple(
            ToldChange(change, f"{sentence(change)}{outlook}") for change, outlook in came
        ),
        moves=moves,
        notes=tuple(_notes(comparison)),
        guesses=any(
            GUESS in figure
            for figure in [*(text for _, text in came), *(m.ships + m.when for m in moves)]
        ),
    )


def _in_order(comparison: Comparison) -> list[Change]:
    return sorted(
        comparison.changes, key=lambda change: (change.id is None, _ORDER.index(change.act))
    )


def _outlook(comparison: Comparison, change: Change) -> tuple[Change, str]:
    """A change, and the chance of a bet that came with it."""
    item = comparison.after.items.get(change.id or "")
    is_new_bet = (
        change.act == "added" and item is not None and item.status in OPEN and item.kind != "spike"
    )
    return change, f", ships {figures.ships(item)}" if item is not None and is_new_bet else ""


def _notes(comparison: Comparison) -> Iterator[str]:
    """What has to be said where nothing moved, or where causes are missing."""
    if not comparison.changes:
        yield NOTHING_CHANGED
    elif comparison.before is not None and not comparison.moved:
        yield NOTHING_MOVED
    if not comparison.sought:
        yield (
            NOT_SOUGHT
            if comparison.most is None
            else _too_many(len(comparison.plan.items), comparison.most)
        )


def _too_many(items: int, most: int) -> str:
    return (
        f"{items:,} items: causes are looked for up to {most:,}; run roadmap diff FILE, which looks"
        " for them."
    )


def to_markdown(comparison: Comparison, title: str, sides: Sides) -> str:
    """The comparison as a document fit for a pull request.

    Args:
        comparison: the two versions.
        title: the roadmap's.
        sides: the names of the versions.
    """
    words = told(comparison)
    return fill(
        "changes.md.j2",
        title=title,
        before=sides.before,
        after=sides.after,
        as_of=date(comparison.after.as_of),
        until=month(comparison.after.until),
        guess=GUESS if words.guesses else "",
        changes=[each.text for each in words.changes],
        moves=words.moves,
        notes=words.notes,
    )


def comparison_data(comparison: Comparison, before: Data | None, after: Data) -> Data:
    """The comparison as scripts get it.

    Args:
        comparison: the two versions.
        before: what names the older version; None if there was no file.
        after: what names the newer version.
    """
    words = told(comparison)
    return envelope(
        "diff",
        **stated(comparison.after),
        before=before,
        after=after,
        changes=[_change_data(each.change, each.text) for each in words.changes],
        moved=[_moved_data(*pair) for pair in zip(comparison.moved, words.moves, strict=True)],
        causes_sought=comparison.sought,
    )


def standing_data(standing: Standing) -> Data:
    """How an item stands in one forecast."""
    return {
        "status": standing.status,
        "ships": rounded(standing.ships),
        "yes": None if standing.yes is None else rounded(standing.yes),
        "finish": weeks(standing.finish),
        "rank": standing.rank,
        "bucket": standing.bucket,
    }


def _change_data(change: Change, text: str) -> Data:
    return {
        "path": spell_path(change.place),
        "item": change.id,
        "act": change.act,
        "fields": [
            {"path": spell_path(each.path), "old": each.old, "new": each.new}
            for each in change.fields
        ],
        "text": text,
    }


def _moved_data(moved: Moved, move: Move) -> Data:
    return {
        "id": moved.id,
        "measures": moved.measures,
        "before": standing_data(moved.before),
        "after": standing_data(moved.after),
        "because": [
            {"path": spell_path(each.place), "text": cause(each)} for each in moved.because
        ],
        "text": move.sentence,
    }
