"""A slow simulator of the document: plain Python, one run at a time, sharing no code with the
forecast.
"""

import datetime as dt
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from statistics import NormalDist
from typing import Any

NORMAL = NormalDist()
C = NORMAL.inv_cdf(0.9)
BEYOND = 14.0  # deviations; what is left of an estimate overspent as far as that is hours
START = dt.date(2026, 11, 23)
ORDER = ("data", "train", "evaluate", "deploy")
Item = dict[str, Any]
Step = tuple[str, str]


def weeks_to(day: dt.date) -> float:
    return (day - START).days / 7


def is_proven(bar: Item) -> bool:
    """Whether so many hits would have come in 2.5 % ÷ (k (k + 1)) of cases at the level to launch,
    where this is the k-th look.
    """
    looks = len(bar["measured"])
    newest = max(bar["measured"], key=lambda each: each["on"], default=None)
    if newest is None:
        return False
    n, level = newest["of"], bar["launch"]
    terms = (
        math.comb(n, k) * level**k * (1 - level) ** (n - k) for k in range(newest["hits"], n + 1)
    )
    return bool(sum(terms) <= 0.025 / (looks * (looks + 1)))


def passes(model: Item, stage: str) -> float:
    """The chance that a stage is passed: the evaluation surely once its bars are proven."""
    bars = model.get("bars", {}).values()
    if stage == "evaluate" and bars and all(map(is_proven, bars)):
        return 1.0
    return float(model["stages"][stage]["chance"])


class Roadmap:
    """The data of a file, every item under its id with what the simulation asks for."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.items: dict[str, Item] = {}
        for kind in ("product", "model", "spike"):
            for name, item in data.get(kind, {}).items():
                self.items[name] = {
                    "status": "planned",
                    "needs": [],
                    "staff": 1,
                    **item,
                    "kind": kind,
                }
        for item in self.items.values():
            item["needs"] = list(chain.from_iterable(map(self.gate, item["needs"])))
        self.people = {name: team["people"] for name, team in data.get("teams", {}).items()}
        self.correlation = data["roadmap"]["correlation"]
        self.horizon = data["roadmap"]["horizon"]

    def gate(self, need: Any) -> list[Any]:
        """What a need waits for: the model if it is one of its bars."""
        return [need["bar"].split(".")[0]] if isinstance(need, dict) else [need]

    def open(self, name: str) -> bool:
        return name in self.items and self.items[name]["status"] in {"planned", "active"}

    def spikes_of(self, bet: str) -> list[str]:
        """Open readings of an open bet."""
        return [
            name
            for name, item in self.items.items()
            if item["kind"] == "spike"
            and item.get("informs") == bet
            and self.open(name)
            and self.open(bet)
        ]


def quantity(estimate: Any, z: float) -> float:
    """J-QPD-S as printed, with asinh and sinh."""
    if not isinstance(estimate, list):
        return float(estimate)
    low, mid, high = (math.log(each) for each in estimate)
    lean = low + high - 2 * mid
    if abs(lean) < 1e-12 * (high - low):
        return math.exp(mid + (high - low) / (2 * C) * z)
    n = math.copysign(1.0, lean)
    near = min(mid - low, high - mid)
    delta = math.sinh(math.acosh((high - low) / (2 * near))) / C
    base = low if n > 0 else high
    return math.exp(
        base + near / (delta * C) * math.sinh(math.asinh(delta * z) + math.asinh(n * C * delta))
    )


def survival(z: float) -> float:
    """The chance that a standard normal exceeds z."""
    return math.erfc(z / math.sqrt(2)) / 2


def deviate_of(estimate: Any, value: float) -> float:
    """The inverse, by bisection."""
    low, high = -40.0, 40.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if quantity(estimate, middle) < value else (low, middle)
    return low


@dataclass
class Lane:
    """One of a team's people: who has them, who had them last, and until when."""

    claimed_by: str = ""
    freed_by: str = ""
    freed_at: float = 0.0


class Run:
    """One run: luck first, then what delivers, then when."""

    def __init__(
        self,
        roadmap: Roadmap,
        order: tuple[str, ...],
        dice: random.Random,
        spent_z: dict[str, float],
    ) -> None:
        self.map, self.dice, self.spent_z = roadmap, dice, spent_z
        self.optimism = dice.gauss(0, 1)
        self.works: dict[str, bool] = {}
        self.effort: dict[str, float] = {}
        for name, item in roadmap.items.items():
            self.works[name], self.effort[name] = self.luck(name, item)
        self.no = {
            name: self.is_open_question(item["informs"])
            and (
                dice.random()
                >= (item["yes_if_works"] if self.works[item["informs"]] else item["yes_if_not"])
            )
            for name, item in roadmap.items.items()
            if item["kind"] == "spike" and item.get("informs") in self.works
        }
        self.fates: dict[str, str] = {}
        for name in roadmap.items:
            self.fate(name)
        self.starts: dict[str, float] = {}
        self.ends: dict[str, float] = {}
        self.lane_of: dict[str, list[str]] = {}
        self.known_at: dict[str, float] = {}
        self.order = [name for name in order if self.worked_on(name)]
        self.lanes: dict[str | None, list[Lane]] = {}
        for team, count in roadmap.people.items():
            self.lanes[team] = [Lane() for _ in range(count)]
        self.left: dict[str, float] = {}
        self.work()

    # luck

    def is_open_question(self, bet: str) -> bool:
        """Whether a bet's chance is neither 0 nor 1; only then a spike on it finds out anything."""
        item = self.map.items[bet]
        if "chance" in item or "stages" not in item:
            default = 0.35 if item["kind"] == "model" else 1.0
            return bool(0 < item.get("chance", default) < 1) and item["kind"] != "spike"
        left = list(item["stages"].items())
        return any(0 < stage["chance"] < 1 for _, stage in left)

    def draw(self, estimate: Any, spent_z: float | None = None, spent: float = 0.0) -> float:
        if not isinstance(estimate, list):
            return max(0.0, float(estimate) - spent)
        rho = self.map.correlation
        z = math.sqrt(rho) * self.optimism + math.sqrt(1 - rho) * self.dice.gauss(0, 1)
        if spent_z is None:
            return quantity(estimate, z)
        if spent_z > BEYOND:
            return 0.0
        tail = survival(spent_z) * survival(z)
        return max(0.0, quantity(estimate, -NORMAL.inv_cdf(tail)) - spent)

    def luck(self, name: str, item: Item) -> tuple[bool, float]:
        spent = item.get("spent", 0.0) if item["status"] == "active" else 0.0
        if item["kind"] == "spike":
            return True, max(0.0, item["timebox"] * item["staff"] - spent)
        if "stages" in item:
            wanted = self.dice.random() < item["chance"] if "chance" in item else None
            while True:
                worked, effort = self.walk(name, item, spent)
                if wanted is None or worked == wanted:
                    return worked, effort
        worked = self.dice.random() < item.get("chance", 0.35 if item["kind"] == "model" else 1.0)
        return worked, self.draw(item["effort"], self.spent_z.get(name), spent)

    def walk(self, name: str, item: Item, spent: float) -> tuple[bool, float]:
        """Stage after stage, back to training while attempts are left."""
        stages = item["stages"]
        given = [stage for stage in ORDER if stage in stages]
        at, left, total, first = given.index(item["stage"]), item["attempts"], 0.0, True
        while at < len(given):
            stage = stages[given[at]]
            total += self.draw(
                stage["effort"], self.spent_z.get(name) if first else None, spent if first else 0.0
            )
            first = False
            if self.dice.random() < passes(item, given[at]):
                at += 1
            elif given[at] in {"train", "evaluate"} and left > 1:
                left -= 1
                at = given.index("train")
            else:
                return False, total
        return True, total

    # what delivers

    def fate(self, name: str) -> str:
        if name not in self.map.items:
            return "missing"
        if name not in self.fates:
            self.fates[name] = self.find_fate(name)
        return self.fates[name]

    def find_fate(self, name: str) -> str:
        item = self.map.items[name]
        if item["status"] in {"live", "done"}:
            return "delivers"
        if not self.map.open(name):
            return "closed"
        if not all(self.met(need) for need in item["needs"]):
            return "blocked"
        if self.refuting(name):
            return "dropped"
        if "fallback_for" in item and self.fate(item["fallback_for"]) == "delivers":
            return "replaced"
        return "delivers" if self.works[name] else "failed"

    def met(self, need: Any) -> bool:
        options = need if isinstance(need, list) else [need]
        return any(self.fate(each) == "delivers" for each in options)

    def refuting(self, name: str) -> list[str]:
        """Spikes that said no and drop their bet."""
        drops = [
            each
            for each in self.map.spikes_of(name)
            if self.map.items[each].get("on_refuted", "drop") == "drop"
        ]
        return [each for each in drops if self.no[each] and self.fate(each) == "delivers"]

    # when

    def known(self, name: str) -> float:
        """When it is known whether an item delivers; infinity while that lies ahead."""
        if not self.map.open(name):
            return 0.0
        if name not in self.known_at:
            when = self.find_known(name)
            if when == math.inf:
                return when
            self.known_at[name] = when
        return self.known_at[name]

    def find_known(self, name: str) -> float:
        item, fate = self.map.items[name], self.fate(name)
        end = self.ends.get(name, math.inf)
        active = item["status"] == "active"
        if fate == "failed":
            return end
        if fate == "delivers":
            return max([end, *(self.settled(need) for need in item["needs"])]) if active else end
        reasons = [self.settled(need) for need in item["needs"] if not self.met(need)]
        reasons += [end if active else self.known(spike) for spike in self.refuting(name)]
        if "fallback_for" in item and self.fate(item["fallback_for"]) == "delivers":
            reasons.append(self.known(item["fallback_for"]))
        return min(reasons)

    def settled(self, need: Any) -> float:
        """When it is known whether a need is met; for a choice, with its preferred options."""
        latest = 0.0
        for each in need if isinstance(need, list) else [need]:
            latest = max(latest, self.known(each))
            if self.fate(each) == "delivers":
                break
        return latest

    def ready(self, name: str) -> float:
        item = self.map.items[name]
        if item["status"] == "active":
            return 0.0
        times = [0.0, *(self.settled(need) for need in item["needs"])]
        times += [self.known(spike) for spike in self.map.spikes_of(name)]
        if "not_before" in item:
            times.append(weeks_to(item["not_before"]))
        if "fallback_for" in item:
            times.append(self.known(item["fallback_for"]))
        return max(times)

    def worked_on(self, name: str) -> bool:
        active = self.map.items[name]["status"] == "active"
        return active or self.fate(name) in {"delivers", "failed"}

    def taken(self, name: str) -> int:
        item = self.map.items[name]
        team = item.get("team")
        return int(min(item["staff"], self.map.people[team]) if team else item["staff"])

    def work(self) -> None:
        """Go from event to event until all is done."""
        now = 0.0
        while True:
            while self.finish(now) or self.start(now):
                pass
            ahead = [now + left / self.speed(name, now) for name, left in self.left.items()]
            waiting = [name for name in self.order if name not in self.starts]
            ahead += [when for when in map(self.ready, waiting) if now < when < math.inf]
            ahead += [each for each in self.retirements() if each > now]
            if not ahead or not (self.left or waiting):
                break
            then = min(ahead)
            for name in self.left:
                self.left[name] -= (then - now) * self.speed(name, now)
            now = then

    def retirements(self) -> list[float]:
        return [weeks_to(item["retired"]) for item in self.map.items.values() if "retired" in item]

    def finish(self, now: float) -> bool:
        """End what has nothing left, and free its people."""
        done = [name for name, left in self.left.items() if left < 1e-9]
        for name in done:
            del self.left[name]
            self.ends[name] = now
            for lane in self.lanes.get(self.map.items[name].get("team"), []):
                if lane.claimed_by == name:
                    lane.claimed_by, lane.freed_by, lane.freed_at = "", name, now
        return bool(done)

    def start(self, now: float) -> bool:
        """Hand the free people of each team to the first in the list that lack them; start every
        item that has all of its people and is ready.
        """
        began = False
        short = set[str]()
        for name in self.order:
            team = self.map.items[name].get("team")
            if name in self.starts or team in short:
                continue
            if team and not self.claim(name, now):
                short.add(team)
            elif self.ready(name) <= now:
                self.starts[name], self.left[name] = now, self.effort[name] / self.taken(name)
                began = True
        return began

    def claim(self, name: str, now: float) -> bool:
        """Take free people; whether it has all it needs."""
        lanes = self.lanes[self.map.items[name]["team"]]
        before = set(self.order[: self.order.index(name)])
        just = [
            lane.freed_by
            for lane in lanes
            if lane.freed_by in before and lane.freed_at == now and lane.claimed_by in {"", name}
        ]
        free = sorted(
            (lane for lane in lanes if not lane.claimed_by), key=lambda each: each.freed_at
        )
        has = sum(lane.claimed_by == name for lane in lanes)
        for lane in free[: self.taken(name) - has]:
            lane.claimed_by = name
        self.lane_of[name] = just
        return sum(lane.claimed_by == name for lane in lanes) == self.taken(name)

    def speed(self, name: str, now: float) -> float:
        """How fast a team works on everything: fully while those at work and those on upkeep are no
        more than it has. A timebox is not stretched.
        """
        item = self.map.items[name]
        if not item.get("team") or item["kind"] == "spike":
            return 1.0
        people = self.map.people[item["team"]]
        for_the_plan = max(people - self.upkeep(item["team"], now), people / 10)
        busy = sum(
            self.taken(other)
            for other in self.left
            if self.map.items[other].get("team") == item["team"]
        )
        return float(min(1.0, for_the_plan / busy))

    def upkeep(self, team: str, now: float) -> float:
        busy = 0.0
        for other, each in self.map.items.items():
            shipped = (
                self.map.open(other) and self.fate(other) == "delivers" and self.known(other) <= now
            )
            retired = "retired" in each and weeks_to(each["retired"]) <= now
            if each.get("team") != team or retired or not (each["status"] == "live" or shipped):
                continue
            busy += each.get("upkeep", 0.0)
            if "retrain" in each:
                effort = each["retrain"]["effort"]
                busy += (effort[1] if isinstance(effort, list) else effort) / each["retrain"][
                    "every_weeks"
                ]
        return busy

    # what set a finish

    def chain(self, target: str) -> tuple[set[str], set[str]]:
        """The items whose work set a finish: those that must have, and those that may where several
        ended just then.
        """
        must, may, only = set[str](), set[Step](), True
        waiting: list[Step] = [("known", target)]
        while waiting:
            only = only and len(waiting) == 1
            step = waiting.pop()
            if step in may:
                continue
            may.add(step)
            if only and step[0] == "worked":
                must.add(step[1])
            waiting += (
                self.behind_known(step[1]) if step[0] == "known" else self.behind_work(step[1])
            )
        return must, {name for what, name in may if what == "worked"}

    def behind_known(self, name: str) -> list[Step]:
        """What ended when it became known whether this delivers."""
        if not self.map.open(name):
            return []
        item, fate, when = self.map.items[name], self.fate(name), self.known(name)
        steps: list[Step] = []
        refuted_at_work = item["status"] == "active" and self.refuting(name)
        if (fate in {"delivers", "failed"} or refuted_at_work) and self.ends[name] == when:
            steps.append(("worked", name))
        delivered = fate == "delivers"
        if fate != "failed" and (item["status"] == "active" or not delivered):
            waited = [
                need
                for need in item["needs"]
                if self.met(need) == delivered and self.settled(need) == when
            ]
            steps += [("known", each) for each in chain.from_iterable(map(self.tried, waited))]
        if not delivered and not refuted_at_work:
            steps += [("known", spike) for spike in self.refuting(name)]
        if (
            not delivered
            and "fallback_for" in item
            and self.fate(item["fallback_for"]) == "delivers"
        ):
            steps.append(("known", item["fallback_for"]))
        return [step for step in steps if step[0] == "worked" or self.decided(step[1], when)]

    def behind_work(self, name: str) -> list[Step]:
        """What ended when work on this began."""
        item, start = self.map.items[name], self.starts[name]
        steps: list[Step] = [("worked", other) for other in self.lane_of.get(name, [])]
        if item["status"] != "active":
            deciders = list(chain.from_iterable(map(self.tried, item["needs"])))
            deciders += [
                *self.map.spikes_of(name),
                *([item["fallback_for"]] if "fallback_for" in item else []),
            ]
            steps += [("known", each) for each in deciders if self.decided(each, start)]
        return list(dict.fromkeys(steps))

    def tried(self, need: Any) -> list[str]:
        """The options of a need that are waited for: up to the one that meets it."""
        options = need if isinstance(need, list) else [need]
        met = next(
            (at for at, each in enumerate(options) if self.fate(each) == "delivers"), len(options)
        )
        return options[: met + 1]

    def decided(self, name: str, when: float) -> bool:
        return self.map.open(name) and self.known(name) == when > 0


def runs_of(data: dict[str, Any], order: tuple[str, ...], runs: int, seed: int) -> Iterator[Run]:
    """Yield run after run; `order` is the build order."""
    roadmap, dice = Roadmap(data), random.Random(seed)
    spent_z = {}
    for name, item in roadmap.items.items():
        effort = item["stages"][item["stage"]]["effort"] if "stages" in item else item.get("effort")
        if item["status"] == "active" and item.get("spent", 0) > 0 and isinstance(effort, list):
            spent_z[name] = deviate_of(effort, item["spent"])
    for _ in range(runs):
        yield Run(roadmap, order, dice, spent_z)


def simulate(
    data: dict[str, Any], order: tuple[str, ...], runs: int, seed: int
) -> dict[str, list[float | None]]:
    """Each open item's finish in each run, None where it doesn't deliver; `order` is the list."""
    finishes: dict[str, list[float | None]] = {name: [] for name in order}
    for run in runs_of(data, order, runs, seed):
        for name in order:
            finishes[name].append(run.known(name) if run.fate(name) == "delivers" else None)
    return finishes
