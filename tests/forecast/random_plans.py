"""Small random roadmaps that use every word the forecast reads, as the data of a file."""

import datetime as dt
import random
from typing import Any

CHANCES = [0.3, 0.5, 0.7, 0.9]


def random_plan(seed: int) -> dict[str, Any]:
    """A roadmap of five to nine items over two teams and none, with up to two spikes."""
    dice = random.Random(seed)
    data: dict[str, Any] = {
        "roadmap": {
            "correlation": dice.choice([0.0, 0.3, 0.7]),
            "horizon": dice.choice([12, 20, 30]),
            "seed": seed,
        },
        "teams": {"ta": {"people": dice.choice([1, 2, 3])}, "tb": {"people": dice.choice([1, 2])}},
        "model": {},
        "product": {},
        "spike": {},
    }
    names = [f"i{at}" for at in range(dice.randint(5, 9))]
    for at, name in enumerate(names):
        kind = dice.choice(["model", "model", "product"])
        item = _item(dice, names[:at])
        if kind == "model":
            _as_model(dice, item)
        else:
            item |= {
                "reach": dice.choice([100, [50, 200, 900]]),
                "confidence": 0.5,
                "chance": dice.choice([0.6, 1]),
            }
        data[kind][name] = item
    for at in range(dice.randint(0, 2)):
        data["spike"][f"s{at}"] = _spike(dice, names)
    return data


def fuller_plan(seed: int) -> dict[str, Any]:
    """Such a roadmap whose models are trained again and retired; their bars, proven or not, gate
    what needs them.
    """
    data, dice = random_plan(seed), random.Random(seed)
    for model in data["model"].values():
        if dice.random() < 0.5:
            model["retrain"] = {
                "every_weeks": dice.choice([4, 13]),
                "effort": dice.choice([1, [1, 2, 4]]),
            }
        if dice.random() < 0.4:
            model["retired"] = _day(dice)
        if dice.random() < 0.8:
            measured = [{"on": dt.date(2026, 11, 2), "hits": dice.choice([85, 90, 95]), "of": 100}]
            model["bars"] = {
                "recall": {"launch": 0.8, "measured": dice.choice([measured, measured, []])}
            }
    gated = {name for name, model in data["model"].items() if "bars" in model}
    for item in (*data["model"].values(), *data["product"].values()):
        item["needs"] = [
            {"bar": f"{need}.recall"} if isinstance(need, str) and need in gated else need
            for need in item["needs"]
        ]
    return data


def _item(dice: random.Random, before: list[str]) -> dict[str, Any]:
    item: dict[str, Any] = {"effort": _effort(dice), "staff": dice.choice([1, 1, 2])}
    item["status"] = dice.choice(
        ["planned"] * 7 + ["active"] * 2 + ["live", "done", "failed", "idea"]
    )
    if dice.random() < 0.8:
        item["team"] = dice.choice(["ta", "tb"])
    if item["status"] == "active" and dice.random() < 0.6:
        item["spent"] = dice.choice([1, 3, 6])
    if dice.random() < 0.15:
        item["not_before"] = _day(dice)
    needs: list[Any] = []
    if before and dice.random() < 0.45:
        needs.append(dice.choice(before))
    if len(before) > 2 and dice.random() < 0.5:
        needs.append(dice.sample(before, dice.choice([2, 3])))
    item["needs"] = needs
    if before and dice.random() < 0.2:
        item["fallback_for"] = dice.choice(before)
    return item


def _day(dice: random.Random) -> Any:
    return dt.date(2026, 11, 23) + dt.timedelta(days=dice.randint(7, 70))


def _effort(dice: random.Random) -> list[float] | float:
    low = dice.choice([0.5, 1, 2])
    ranges = [[low, low * 2, low * 5], [low, low * 3, low * 4], [low, low * 2, low * 4]]
    return low * 2 if dice.random() < 0.25 else dice.choice(ranges)


def _as_model(dice: random.Random, item: dict[str, Any]) -> None:
    if dice.random() < 0.3:
        item["upkeep"] = dice.choice([0.2, 0.5, 1.5])
    if dice.random() < 0.5:
        item["chance"] = dice.choice(CHANCES)
    if dice.random() < 0.6:
        return
    del item["effort"]
    names = [
        name
        for name in ("data", "train", "evaluate", "deploy")
        if name in {"train"} or dice.random() < 0.7
    ]
    item["stages"] = {
        name: {"effort": _effort(dice), "chance": dice.choice(CHANCES)} for name in names
    }
    item["stage"] = dice.choice(names)
    item["attempts"] = dice.choice([1, 2, 3])


def _spike(dice: random.Random, names: list[str]) -> dict[str, Any]:
    spike: dict[str, Any] = {"timebox": dice.choice([1, 2, 3]), "team": dice.choice(["ta", "tb"])}
    spike |= {
        "informs": dice.choice(names),
        "yes_if_works": 0.85,
        "yes_if_not": dice.choice([0.1, 0.3]),
    }
    spike["status"] = dice.choice(["planned", "planned", "active", "done"])
    if dice.random() < 0.3:
        spike["on_refuted"] = "continue"
    return spike
