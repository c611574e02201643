"""Actions on a plan as edits of its file."""

from roadmap_tui.document.edits import AddItem, Edit, SetValue
from roadmap_tui.evidence.spike_answer import SpikeVerdict
from roadmap_tui.forecast.simulation.results import Bucket, SpikeOdds
from roadmap_tui.plan.dependencies import item_dependencies
from roadmap_tui.plan.identifiers import id_from_title
from roadmap_tui.plan.roadmap import Plan, display_title, item_kind
from roadmap_tui.text.numbers import format_chance
from roadmap_tui.text.terminal_text import escape_control

BUCKETS: tuple[Bucket, ...] = ("now", "next", "later")


def shift_bucket(plan: Plan, name: str, bucket: Bucket | None, by: int) -> tuple[Edit, ...]:
    """Pin a card one column earlier (-1) or later (1); no edits at the end."""
    item = plan.items[name]
    if bucket is None or not 0 <= BUCKETS.index(bucket) + by < len(BUCKETS):
        return ()
    return (SetValue((item_kind(item), name, "pin"), BUCKETS[BUCKETS.index(bucket) + by]),)


def set_bucket(plan: Plan, name: str, bucket: Bucket | None, column: str) -> tuple[Edit, ...]:
    """Pin a card to a column; no edits if it is there already, or in none."""
    if bucket is None or column == bucket:
        return ()
    return (SetValue((item_kind(plan.items[name]), name, "pin"), column),)


def drop_item(plan: Plan, name: str, why: str) -> tuple[Edit, ...]:
    """Drop an item, with the reason."""
    place = (item_kind(plan.items[name]), name)
    reason = (SetValue((*place, "learned"), why),) if why else ()
    return (SetValue((*place, "status"), "dropped"), *reason)


def add_item(
    plan: Plan, kind: str, title: str, fields: dict[str, object]
) -> tuple[str, tuple[Edit, ...]]:
    """Add an item under an id made from its title.

    Returns:
        The id, and the edits.
    """
    name = unused_id(plan, title)
    return name, (AddItem(kind, name, {"title": title, **fields}),)


def unused_id(plan: Plan, title: str) -> str:
    """An unused id made from a title."""
    base, taken = id_from_title(title), plan.items
    names = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def referring_items(plan: Plan, name: str) -> tuple[str, ...]:
    """The items that refer to an item."""
    found = []
    for other, item in plan.items.items():
        if other != name and any(
            name in {link.before, link.after} for link in item_dependencies(other, item)
        ):
            found.append(other)
    return tuple(found)


def verdict_effects(plan: Plan, name: str, odds: SpikeOdds | None) -> dict[SpikeVerdict, str]:
    """What each verdict of a spike means for its bet."""
    spike = plan.spike[name]
    if odds is None or spike.informs is None:
        return {"confirmed": "noted", "refuted": "noted", "inconclusive": "noted"}
    bet = escape_control(display_title(spike.informs, plan.items[spike.informs].title))
    before = format_chance(odds.before)
    no = "is dropped" if spike.on_refuted == "drop" else f"works {format_chance(odds.after_no)}"
    return {
        "confirmed": f"{bet} works {before} → {format_chance(odds.after_yes)}",
        "refuted": f"{bet} {no}",
        "inconclusive": f"{bet} stays at {before}",
    }
