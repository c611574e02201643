"""The plan itself: whether it holds together, is owned, and is looked at."""

import datetime as dt
from collections.abc import Iterator

from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.checks.suppressions import entries_for, has_reason, is_expired
from roadmap_tui.plan.faults import KeyPath, did_you_mean
from roadmap_tui.plan.validation import GRAPH_CHECK
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_count


@RuleInfo(
    GRAPH_CHECK,
    "E",
    "always",
    reason="What contradicts itself can't be forecast as intended.",
    fix="name what is there, and let nothing wait for itself",
)
def gv01(context: CheckContext) -> Iterator[Violation]:
    """An id leads nowhere, stands twice, or waits for itself."""
    for fault in context.inputs.faults:
        if fault.code == GRAPH_CHECK:
            yield Violation(fault.path, fault.problem, fault.remedy, at=fault.at)


@RuleInfo(
    "GV02",
    "W",
    "active",
    reason="When work without an owner stands still, there is no one to ask.",
    fix="name an owner",
)
def gv02(context: CheckContext) -> Iterator[Violation]:
    """Work that is Now has no owner."""
    for name, item in context.items.items():
        if (
            item.status in OPEN_OR_IDEA
            and context.bucket(name) == "now"
            and not (item.owner or "").strip()
        ):
            yield Violation(context.item_path(name, "owner"), "it has no owner")


@RuleInfo(
    "GV03",
    "W",
    "always",
    reason="A plan that isn't reviewed shows what was true at its last review.",
    fix="review it",
    has_threshold=True,
)
def gv03(context: CheckContext) -> Iterator[Violation]:
    """It was last reviewed more than 30 days before the as-of date."""
    looked: list[tuple[KeyPath, dt.date | None]] = [
        (("roadmap", "reviewed"), context.plan.roadmap.reviewed)
    ]
    looked += [
        (context.item_path(name, "reviewed"), item.reviewed)
        for name, item in context.items.items()
        if item.status in OPEN_OR_IDEA or context.is_live(name)
    ]
    for path, day in looked:
        if day is not None and context.days_since(day) > context.policy.GV03:
            days = context.days_since(day)
            yield Violation(
                path,
                f"reviewed {format_count(days, 'day')} ago, on {format_date(day)}",
                numbers=(("days", days),),
            )


@RuleInfo(
    "GV05",
    "W",
    "always",
    reason=(
        "A check that is ignored for no reason, or for one that has passed, hides what it was made"
        " to show."
    ),
    fix="give a reason and a day, or fix what it is about",
)
def gv05(context: CheckContext) -> Iterator[Violation]:
    """An ignored check has no reason, is past its day, or doesn't exist."""
    places = [
        (("roadmap",), entries_for(context, None)),
        *((context.item_path(name), entries_for(context, name)) for name in context.items),
    ]
    for place, given in places:
        for at, each in enumerate(given):
            path = (*place, "ignore", at)
            if each.check not in context.check_ids:
                yield Violation(
                    (*path, "check"),
                    f'no check "{each.check}"',
                    did_you_mean(each.check, context.check_ids),
                )
            elif not has_reason(each):
                yield Violation(
                    path, f"{each.check} is ignored without a reason", "say why, or take it out"
                )
            elif each.until is not None and is_expired(each, context.as_of):
                yield Violation(
                    (*path, "until"), f"{each.check} was ignored until {format_date(each.until)}"
                )
