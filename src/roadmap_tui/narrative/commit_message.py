"""Draft a commit message from the changes of a plan."""

from collections import Counter
from itertools import chain
from textwrap import TextWrapper

from roadmap_tui.history.compare import Comparison
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
    subject = changes[0] if len(changes) == 1 else ""
    if not subject or len(subject) > _SUBJECT_WIDTH:
        acts = Counter(
            "changed" if change.kind == "status" else change.kind for change in comparison.changes
        )
        subject = f"{title}: {', '.join(f'{count} {act}' for act, count in acts.items())}"
    body = _bullet_lines(changes if subject != changes[0] else [])
    moves = [each.sentence for each in words.moves]
    body += ["", "What moved:", *_bullet_lines(moves)] if moves else []
    return (
        "\n".join([_clip(_capitalize(subject)), *([""] if body and body[0] else []), *body]) + "\n"
    )


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
