"""Effect of a scenario or an edit on readiness, as sentences."""

from collections.abc import Iterator

from roadmap_tui.narrative.readiness.assessment import TOPIC_LABELS, Readiness
from roadmap_tui.narrative.readiness.upkeep import team_upkeep_sentence

_NO_DATA = "not recorded"


def readiness_changes(
    before: Readiness, after: Readiness, name: str | None = None
) -> Iterator[str]:
    """Changed verdicts, item by item: ``Reply model: quality ! likely → ✓ proven``.

    Args:
        before: readiness of the plan.
        after: readiness of the changed plan.
        name: restricts to one item.
    """
    for each in dict.fromkeys((*after.ids, *before.ids)) if name is None else (name,):
        if changes := "; ".join(_item_changes(before, after, each)):
            yield f"{(after if each in after.plan.items else before).title(each)}: {changes}"
    if name is None:
        yield from _team_changes(before, after)


def _team_changes(before: Readiness, after: Readiness) -> Iterator[str]:
    """Changes in upkeep of teams."""
    for team, load in after.upkeep_loads.items():
        was = before.upkeep_loads.get(team)
        if (
            was is not None
            and load.planned
            and team_upkeep_sentence(was) != team_upkeep_sentence(load)
        ):
            yield f"{team_upkeep_sentence(load)}; now: {team_upkeep_sentence(was)}"


def _item_changes(before: Readiness, after: Readiness, name: str) -> Iterator[str]:
    was, now = (_status(each, name) for each in (before, after))
    if was != now:
        yield f"{was} → {now}"
    if not (_is_assessed(before, name) and _is_assessed(after, name)):
        return
    for topic, words in TOPIC_LABELS.items():
        verdicts = (each.verdict(name, topic) for each in (before, after))
        old, new = (_NO_DATA if verdict is None else verdict.text for verdict in verdicts)
        if old != new:
            yield f"{words} {old} → {new}"


def _is_assessed(readiness: Readiness, name: str) -> bool:
    return name in readiness.plan.items and readiness.applies_to(name)


def _status(readiness: Readiness, name: str) -> str:
    if name not in readiness.plan.items:
        return "not there"
    return readiness.plan.items[name].status if readiness.applies_to(name) else "no AI item"
