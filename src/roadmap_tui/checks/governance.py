"""The plan itself: whether it holds together, is owned, and is looked at."""

import datetime as dt
from collections.abc import Iterator

from roadmap_tui.checks.silences import has_reason, is_expired, silences
from roadmap_tui.checks.subject import WANTED, Subject
from roadmap_tui.checks.values import Hit, Mistake
from roadmap_tui.plan.faults import KeyPath, did_you_mean
from roadmap_tui.plan.meaning import GRAPH
from roadmap_tui.plan.words import date, plural


@Mistake(
    GRAPH,
    "E",
    "always",
    reason="What contradicts itself can't be forecast as it is meant.",
    fix="name what is there, and let nothing wait for itself",
)
def gv01(seen: Subject) -> Iterator[Hit]:
    """An id leads nowhere, stands twice, or waits for itself."""
    for fault in seen.known.faults:
        if fault.code == GRAPH:
            yield Hit(fault.path, fault.wrong, fault.right, at=fault.at)


@Mistake(
    "GV02",
    "W",
    "active",
    reason="Work that belongs to nobody in particular is asked of nobody when it stands still.",
    fix="name an owner",
)
def gv02(seen: Subject) -> Iterator[Hit]:
    """Work that is Now has no owner."""
    for name, item in seen.items.items():
        if item.status in WANTED and seen.bucket(name) == "now" and not (item.owner or "").strip():
            yield Hit(seen.path(name, "owner"), "nobody owns it")


@Mistake(
    "GV03",
    "W",
    "always",
    reason="A plan that nobody has looked at tells what was true when somebody did.",
    fix="review it",
    policy=True,
)
def gv03(seen: Subject) -> Iterator[Hit]:
    """It was last reviewed more than 30 days before the as-of date."""
    looked: list[tuple[KeyPath, dt.date | None]] = [
        (("roadmap", "reviewed"), seen.plan.roadmap.reviewed)
    ]
    looked += [
        (seen.path(name, "reviewed"), item.reviewed)
        for name, item in seen.items.items()
        if item.status in WANTED or seen.is_live(name)
    ]
    for path, day in looked:
        if day is not None and seen.days_since(day) > seen.policy.GV03:
            days = seen.days_since(day)
            yield Hit(
                path,
                f"reviewed {plural(days, 'day')} ago, on {date(day)}",
                numbers=(("days", days),),
            )


@Mistake(
    "GV05",
    "W",
    "always",
    reason=(
        "A check that is silenced for no reason, or for one that has passed, hides what it was made"
        " to show."
    ),
    fix="give a reason and a day, or mend what it is about",
)
def gv05(seen: Subject) -> Iterator[Hit]:
    """A silence has no reason, or is past its day, or names no check."""
    places = [
        (("roadmap",), silences(seen, None)),
        *((seen.path(name), silences(seen, name)) for name in seen.items),
    ]
    for place, given in places:
        for at, each in enumerate(given):
            path = (*place, "ignore", at)
            if each.check not in seen.checks:
                yield Hit(
                    (*path, "check"),
                    f'no check "{each.check}"',
                    did_you_mean(each.check, seen.checks),
                )
            elif not has_reason(each):
                yield Hit(
                    path, f"{each.check} is silenced without a reason", "say why, or take it out"
                )
            elif each.until is not None and is_expired(each, seen.as_of):
                yield Hit((*path, "until"), f"{each.check} was silenced until {date(each.until)}")
