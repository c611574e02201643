"""What a feature rests on."""

from collections.abc import Iterator, Mapping

from roadmap_tui.plan.items import Item
from roadmap_tui.plan.resolver import DELIVERED_STATUSES, OPEN_STATUSES
from roadmap_tui.plan.roadmap import Plan


def upstream_models(plan: Plan, name: str) -> Iterator[str]:
    """The models that an item rests on, however far away; of a choice, the first that may deliver."""
    return (each for each in upstream(plan.items, name) if each in plan.model)


def upstream(items: Mapping[str, Item], name: str) -> Iterator[str]:
    """All that an item waits for, the nearest first; of a choice, the first that may deliver."""
    seen, waiting = {name}, [name]
    while waiting:
        for need in items[waiting.pop(0)].needs:
            there = [each for each in need.ids if each in items]
            chosen = next(
                (
                    each
                    for each in there
                    if items[each].status in OPEN_STATUSES | DELIVERED_STATUSES
                ),
                None,
            )
            if chosen is not None and chosen not in seen:
                seen.add(chosen)
                waiting.append(chosen)
                yield chosen
