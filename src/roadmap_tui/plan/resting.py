"""What a feature rests on."""

from collections.abc import Iterator, Mapping

from roadmap_tui.plan.items import Item
from roadmap_tui.plan.resolve import DELIVERED, OPEN
from roadmap_tui.plan.roadmap import Plan


def models_behind(plan: Plan, name: str) -> Iterator[str]:
    """The models that an item rests on, however far away; of a choice, the first that may deliver."""
    return (each for each in behind(plan.items, name) if each in plan.model)


def behind(items: Mapping[str, Item], name: str) -> Iterator[str]:
    """All that an item waits for, the nearest first; of a choice, the first that may deliver."""
    seen, waiting = {name}, [name]
    while waiting:
        for need in items[waiting.pop(0)].needs:
            there = [each for each in need.ids if each in items]
            chosen = next((each for each in there if items[each].status in OPEN | DELIVERED), None)
            if chosen is not None and chosen not in seen:
                seen.add(chosen)
                waiting.append(chosen)
                yield chosen
