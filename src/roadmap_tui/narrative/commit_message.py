"""Draft a commit message from the changes of a plan."""

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from textwrap import TextWrapper

from roadmap_tui.history.compare import Comparison
from roadmap_tui.history.diff import TableChange
from roadmap_tui.narrative.comparison import comparison_text

_SUBJECT_WIDTH, _WIDTH, _MAX_BULLETS = 72, 72, 20


def draft_commit_message(comparison: Comparison, title: str) -> str:
    """A subject that summarises the changes, and a body with every change and every move.

    Args:
        comparison: the file compared with the last commit.
        title: the roadmap's title.
    """
    words = comparison_text(comparison)
    if comparison.before is None:
        return f"Add roadmap {title}\n"
    changes = [each.text for each in words.changes]
    if not changes:
        return f"Reword {title}\n"
    fits_subject = len(changes) == 1 and len(changes[0]) <= _SUBJECT_WIDTH
    subject = changes[0] if fits_subject else f"{title}: {_counts(comparison.changes)}"
    paragraphs = [_clip(_capitalize(subject))]
    if not fits_subject:
        paragraphs.append("\n".join(_bullet_lines(changes)))
    moves = [each.sentence for each in words.moves]
    if moves:
        paragraphs.append("\n".join(["What moved:", *_bullet_lines(moves)]))
    return "\n\n".join(paragraphs) + "\n"


def _counts(changes: Iterable[TableChange]) -> str:
    """How many changes of each kind there are: ``2 added, 1 changed``."""
    kinds = Counter("changed" if each.kind == "status" else each.kind for each in changes)
    return ", ".join(f"{count} {kind}" for kind, count in kinds.items())


def _bullet_lines(texts: list[str]) -> list[str]:
    shown = texts[:_MAX_BULLETS]
    more = [f"and {len(texts) - _MAX_BULLETS} more"] if len(texts) > _MAX_BULLETS else []
    bullet = TextWrapper(
        _WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False
    )
    return [*chain.from_iterable(map(bullet.wrap, (*shown, *more)))]


def _capitalize(text: str) -> str:
    return text[:1].upper() + text[1:]


def _clip(text: str) -> str:
    return text if len(text) <= _SUBJECT_WIDTH else f"{text[: _SUBJECT_WIDTH - 1].rstrip()}…"
