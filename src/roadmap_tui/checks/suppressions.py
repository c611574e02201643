"""Checks that are not to speak, and why."""

import datetime as dt

from roadmap_tui.checks.context import CheckContext
from roadmap_tui.plan.item_fields import IgnoredCheck

NEVER_IGNORED = frozenset({"GV01", "GV05"})
"""What can't be silenced: a plan that contradicts itself, and a silence without a reason."""


def entries_for(seen: CheckContext, item: str | None) -> tuple[IgnoredCheck, ...]:
    """Those of an item, or of the roadmap as a whole."""
    return seen.plan.roadmap.ignore if item is None else seen.items[item].ignore


def is_expired(silence: IgnoredCheck, as_of: dt.date) -> bool:
    """Whether its last day is over."""
    return silence.until is not None and silence.until < as_of


def has_reason(silence: IgnoredCheck) -> bool:
    """Whether it says why."""
    return bool(silence.why and silence.why.strip())


def is_suppressed(seen: CheckContext, check: str, item: str | None) -> bool:
    """Whether a check is not to speak of an item; a silence without a reason, or past its date, silences nothing."""
    return check not in NEVER_IGNORED and any(
        each.check == check and has_reason(each) and not is_expired(each, seen.as_of)
        for each in entries_for(seen, item)
    )
