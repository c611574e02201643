"""Checks that users ignore, with a reason."""

import datetime as dt

from roadmap_tui.checks.context import CheckContext
from roadmap_tui.plan.item_fields import IgnoredCheck

NEVER_IGNORED = frozenset({"GV01", "GV05"})
"""Contradictions in the plan, and ignored checks without a reason."""


def entries_for(context: CheckContext, item: str | None) -> tuple[IgnoredCheck, ...]:
    """The ignored checks of an item, or of the roadmap as a whole."""
    return context.plan.roadmap.ignore if item is None else context.items[item].ignore


def is_expired(entry: IgnoredCheck, as_of: dt.date) -> bool:
    """Whether its last day is over."""
    return entry.until is not None and entry.until < as_of


def has_reason(entry: IgnoredCheck) -> bool:
    """Whether it has a reason."""
    return bool(entry.why and entry.why.strip())


def is_suppressed(context: CheckContext, check: str, item: str | None) -> bool:
    """Whether a check is ignored for an item, with a reason and not past its last day."""
    if check in NEVER_IGNORED:
        return False
    return any(
        each.check == check and has_reason(each) and not is_expired(each, context.as_of)
        for each in entries_for(context, item)
    )
