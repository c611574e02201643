"""Explaining: how somebody sees the reason for an answer."""

from collections.abc import Iterator

from roadmap_tui.checks.subject import WANTED, Subject
from roadmap_tui.checks.values import Hit, Mistake


@Mistake(
    "EX01",
    "W",
    "evaluate",
    reason="An answer whose reason nobody sees can only be believed or not.",
    fix="write in shows_why how a user sees the reason",
)
def ex01(seen: Subject) -> Iterator[Hit]:
    """An AI feature with medium or high stakes does not say how a user sees the reason."""
    for name, item in seen.features(*WANTED, "live"):
        stakes = item.oversight.stakes if item.oversight is not None else None
        if stakes in {"medium", "high"} and not (item.shows_why or "").strip():
            yield Hit(
                seen.path(name, "shows_why"),
                f"{stakes} stakes, and no user sees why it says what it says",
            )
