"""What people do to a plan, as edits of its file."""

from roadmap_tui.files.display import printable
from roadmap_tui.files.edits import AddItem, Edit, SetValue
from roadmap_tui.forecast.summary import Bucket, Odds
from roadmap_tui.plan.links import links_of
from roadmap_tui.plan.naming import id_of
from roadmap_tui.plan.roadmap import Plan, kind_of, title_of
from roadmap_tui.report.answering import Verdict
from roadmap_tui.report.words import percent

BUCKETS: tuple[Bucket, ...] = ("now", "next", "later")


def move(plan: Plan, name: str, bucket: Bucket | None, by: int) -> tuple[Edit, ...]:
    """Pin a card one column earlier (-1) or later (1) than it is; nothing at the end."""
    item = plan.items[name]
    if bucket is None or not 0 <= BUCKETS.index(bucket) + by < len(BUCKETS):
        return ()
    return (SetValue((kind_of(item), name, "pin"), BUCKETS[BUCKETS.index(bucket) + by]),)


def move_to(plan: Plan, name: str, bucket: Bucket | None, column: str) -> tuple[Edit, ...]:
    """Pin a card to a column; nothing if it stands there, or in none."""
    if bucket is None or column == bucket:
        return ()
    return (SetValue((kind_of(plan.items[name]), name, "pin"), column),)


def drop(plan: Plan, name: str, why: str) -> tuple[Edit, ...]:
    """Mark an item as no longer wanted, and keep the reason."""
    place = (kind_of(plan.items[name]), name)
    reason = (SetValue((*place, "learned"), why),) if why else ()
    return (SetValue((*place, "status"), "dropped"), *reason)


def add(
    plan: Plan, kind: str, title: str, fields: dict[str, object]
) -> tuple[str, tuple[Edit, ...]]:
    """Add an item under an id made of its title.

    Returns:
        The id, and the edits.
    """
    name = free_id(plan, title)
    return name, (AddItem(kind, name, {"title": title, **fields}),)


def free_id(plan: Plan, title: str) -> str:
    """An id made of a title that no item has yet."""
    base, taken = id_of(title), plan.items
    names = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def mentions(plan: Plan, name: str) -> tuple[str, ...]:
    """The items that name this one."""
    found = []
    for other, item in plan.items.items():
        if other != name and any(
            name in {link.before, link.after} for link in links_of(other, item)
        ):
            found.append(other)
    return tuple(found)


def consequences(plan: Plan, name: str, odds: Odds | None) -> dict[Verdict, str]:
    """What each answer of a spike means for its bet, in words."""
    spike = plan.spike[name]
    if odds is None or spike.informs is None:
        return {"confirmed": "noted", "refuted": "noted", "inconclusive": "noted"}
    bet = title_of(spike.informs, plan.items[spike.informs].title)
    no = "is dropped" if spike.on_refuted == "drop" else f"works {percent(odds.after_no)}"
    return {
        "confirmed": f"{printable(bet)} works {percent(odds.before)} → {percent(odds.after_yes)}",
        "refuted": f"{printable(bet)} {no}",
        "inconclusive": f"{printable(bet)} stays at {percent(odds.before)}",
    }
