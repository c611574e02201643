"""The numbers that a roadmap rests on, low and high, read from the data of its file; and that data
with one changed.

In plain Python, with the defaults as the documents give them.
"""

import copy
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.forecast.random_plans import random_plan
from tests.forecast.slow import NORMAL, C, deviate_of, quantity, survival

Data = dict[str, Any]
KINDS = ("product", "model", "spike")
SIZE_M = [2, 4, 9]
TIMEBOX, YES_IF_WORKS, YES_IF_NOT = 2, 0.8, 0.2
CONFIDENCE, CHANCE = 0.5, 0.35


@dataclass(frozen=True)
class Range:
    """A number of an item, and its low and high."""

    item: str
    field: str
    low: float
    high: float
    guess: bool


def items_of(data: Data) -> dict[str, Data]:
    """Every item by its id."""
    items: dict[str, Data] = {}
    for kind in KINDS:
        items |= data.get(kind, {})
    return items


def is_open(item: Data) -> bool:
    return item.get("status", "planned") in {"planned", "active"}


def edited(data: Data, **changes: Data) -> Data:
    """The same roadmap, but for some fields of some items."""
    found = copy.deepcopy(data)
    for name, fields in changes.items():
        items_of(found)[name].update(fields)
    return found


def guessing(seed: int) -> Data:
    """A random roadmap of which much is left to the defaults."""
    dice = random.Random(seed)
    data = random_plan(seed)
    data["roadmap"]["users"] = dice.choice([400, [100, 300, 900]])
    for name, item in items_of(data).items():
        fields = ["effort", "chance", "confidence", "timebox", "yes_if_works", "yes_if_not"]
        if name in data["product"]:
            fields.append("reach")
            item["impact"] = dice.choice([1, [0.5, 1, 3]])
        for field in fields:
            if dice.random() < 0.3 and not (field == "chance" and name in data["product"]):
                item.pop(field, None)
    return data


def ranges_of(data: Data, name: str) -> Iterator[Range]:
    """The numbers of an open item that are ranges, chances or defaults."""
    item = items_of(data)[name]
    ends = _of_spike(item) if name in data.get("spike", {}) else _of_bet(data, name, item)
    said = {*item, "effort", "chance"} if "stages" in item else {*item}
    for field, low, high in ends:
        if low < high:
            yield Range(name, field, low, high, field not in said)


Ends = tuple[str, float, float]


def _of_spike(item: Data) -> Iterator[Ends]:
    if "timebox" not in item:
        yield "timebox", TIMEBOX / 2, TIMEBOX * 2
    yield "yes_if_works", *_halfway(item.get("yes_if_works", YES_IF_WORKS))
    yield "yes_if_not", *_halfway(item.get("yes_if_not", YES_IF_NOT))


def _of_bet(data: Data, name: str, item: Data) -> Iterator[Ends]:
    yield "effort", *_effort(item)
    if "chance" not in item and name in data["product"]:
        yield "chance", 0.85, 1.0
    elif "chance" not in item and "stages" not in item:
        yield "chance", CHANCE - 0.2, CHANCE + 0.2
    elif name in data["model"] and ("stages" not in item or "chance" in item):
        yield "chance", *_halfway(item["chance"])
    elif "stages" in item:
        yield "chance", *_halfway(chance_of_stages(item))
    elif 0 < item.get("chance", 1) < 1:
        yield "chance", *_halfway(item["chance"])
    users = data["roadmap"].get("users") if name in data["product"] else None
    reach = item.get("reach", users)
    if reach is None:
        return
    if "reach" in item or isinstance(reach, list):
        yield "reach", *_ends(reach)
    else:
        yield "reach", reach / 4, reach
    yield "impact", *(_ends(item["impact"]) if "impact" in item else (0.5, 2))
    if "confidence" not in item:
        yield "confidence", *_halfway(CONFIDENCE)


def chance_of_stages(item: Data) -> float:
    from tests.forecast.chain import chance, walks

    names = [name for name in ("data", "train", "evaluate", "deploy") if name in item["stages"]]
    chances = {name: item["stages"][name]["chance"] for name in names}
    return chance(list(walks(chances, item["stage"], item["attempts"])))


def _halfway(chance: float) -> tuple[float, float]:
    """Halfway to impossible, halfway to sure."""
    return chance / 2, (chance + 1) / 2


def _ends(estimate: Any) -> tuple[float, float]:
    return (estimate[0], estimate[-1]) if isinstance(estimate, list) else (estimate, estimate)


def _effort(item: Data) -> tuple[float, float]:
    """The ends of an effort, given that it is not less than what is spent."""
    if "stages" in item:
        ends = [_ends(stage["effort"]) for stage in item["stages"].values()]
        return sum(low for low, _ in ends), sum(high for _, high in ends)
    effort = item.get("effort", SIZE_M)
    spent = item.get("spent", 0) if item.get("status") == "active" else 0
    if not spent or not isinstance(effort, list):
        return _ends(effort)
    beyond = survival(deviate_of(effort, spent))
    low, high = (-NORMAL.inv_cdf(beyond * survival(z)) for z in (-C, C))
    return quantity(effort, low), quantity(effort, high)


def with_number(data: Data, given: Range, value: float) -> Data:
    """The file with one of its numbers known to be this; of stages, each in its proportion."""
    item = items_of(data)[given.item]
    if given.field != "effort" or "stages" not in item:
        return edited(data, **{given.item: {given.field: value}})
    stages = copy.deepcopy(item["stages"])
    middles = {name: _middle(stage["effort"]) for name, stage in stages.items()}
    for name, stage in stages.items():
        stage["effort"] = middles[name] * value / sum(middles.values())
    return edited(data, **{given.item: {"stages": stages}})


def _middle(effort: Any) -> float:
    return float(effort[1] if isinstance(effort, list) else effort)
