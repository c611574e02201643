"""Money of one run at a time, in plain Python from the formulas; independent of the package.

The times, outcomes and efforts of each run are those of the slow simulator of forecasts.
"""

import datetime as dt
import math
import random
from dataclasses import dataclass, field
from typing import Any

from tests.forecast.slow import START, Run, quantity, runs_of, weeks_to

MONTH = 365.25 / 7 / 12
"""Weeks of a month."""
DISCOUNT, MONTHS = 0.1, 24
Item = dict[str, Any]


def overlap(low: float, high: float, start: float, end: float) -> float:
    """How much of one span lies in another."""
    return max(0.0, min(high, end) - max(low, start))


def value_of_span(start: float, end: float, amount: float) -> float:
    """What an amount is worth that is spent evenly from one month to another, month by month."""
    if end <= start:
        end = start + 1e-9
    first, last = math.floor(start), math.ceil(end)
    value = 0.0
    for month in range(first, last):
        share = overlap(start, end, month, month + 1) / (end - start)
        value += amount * share / (1 + DISCOUNT) ** ((month + 1) / 12)
    return value


@dataclass
class RunMoney:
    """The money of one run."""

    npv: float | None = None
    cost: float = 0.0
    keep: float = 0.0
    quarters: list[float] = field(default_factory=list)
    people: dict[str, list[float]] = field(default_factory=dict)
    cases: dict[str, float] = field(default_factory=dict)


class SlowMoney:
    """The money of a roadmap: the data of its file, gone through run by run."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.price = {name: team["week_cost"] for name, team in data["teams"].items()}
        self.horizon = data["roadmap"]["horizon"]
        self.edges = [0.0, *self.quarter_ends()]

    def quarter_ends(self) -> list[float]:
        """The ends of the quarters in weeks, the last one the horizon's."""
        ends: list[float] = []
        last_day = START + dt.timedelta(days=round(self.horizon * 7))
        year, quarter = START.year, (START.month - 1) // 3
        while True:
            following = dt.date(year + (quarter == 3), (quarter + 1) % 4 * 3 + 1, 1)
            end = following - dt.timedelta(days=1)
            if end >= last_day:
                return [*ends, self.horizon]
            ends.append(weeks_to(end))
            year, quarter = following.year, (quarter + 1) % 4

    def of(self, run: Run, dice: random.Random) -> RunMoney:
        """All of one run."""
        found = RunMoney(quarters=[0.0] * (len(self.edges) - 1))
        found.people = {team: [0.0] * (len(self.edges) - 1) for team in self.price}
        other = 0.0
        for name, item in run.map.items.items():
            if run.map.open(name):
                other += self.work(run, name, item, found)
            if item["kind"] == "spike":
                continue
            if run.map.open(name) or item["status"] == "live":
                other += self.keeping(run, name, item, found, dice)
            if run.map.open(name) or item["status"] in {"live", "done"}:
                self.case(run, name, item, found, dice)
        if found.cases:
            found.npv = sum(found.cases.values()) - other
        return found

    def week_price(self, item: Item) -> float:
        return float(self.price.get(item.get("team"), 0.0))

    def work(self, run: Run, name: str, item: Item, found: RunMoney) -> float:
        """Add the work on an item; what it is worth if no business case has it."""
        if not run.worked_on(name):
            return 0.0
        spent = run.effort[name] * self.week_price(item)
        start, end = run.starts[name], run.ends[name]
        found.cost += spent
        for at, (low, high) in enumerate(zip(self.edges, self.edges[1:], strict=False)):
            share = overlap(start, end, low, high) / (end - start) if end > start else 0.0
            found.quarters[at] += share * spent
            if item.get("team"):
                found.people[item["team"]][at] += share * run.effort[name] / (high - low)
        return 0.0 if self.has_case(item) else value_of_span(start / MONTH, end / MONTH, spent)

    def has_case(self, item: Item) -> bool:
        """A benefit, and a build cost or a price of its people."""
        roi = item.get("roi", {})
        is_built = item["status"] in {"live", "done"}
        return "benefit_month" in roi and (is_built or "build" in roi or "team" in item)

    def live_from(self, run: Run, name: str, item: Item) -> float:
        if item["status"] == "live":
            return 0.0
        return run.known(name) if run.fate(name) == "delivers" else math.inf

    def keeping(
        self, run: Run, name: str, item: Item, found: RunMoney, dice: random.Random
    ) -> float:
        """Add what an item costs to keep; what it is worth as far as no business case has it."""
        people = 0.0
        if item["kind"] == "model":
            people = item.get("upkeep", 0.0)
            if "retrain" in item:
                effort = quantity(item["retrain"]["effort"], dice.gauss(0, 1))
                people += effort / item["retrain"]["every_weeks"]
        running = item.get("roi", {}).get("run_month", 0.0) / MONTH
        week = people * self.week_price(item) + running
        start = self.live_from(run, name, item)
        end = max(0.0, weeks_to(item["retired"])) if "retired" in item else math.inf
        kept = week * overlap(start, end, 0.0, self.horizon)
        found.keep += kept
        found.cost += kept
        for at, (low, high) in enumerate(zip(self.edges, self.edges[1:], strict=False)):
            live = overlap(start, end, low, high)
            found.quarters[at] += live * week
            if item.get("team"):
                found.people[item["team"]][at] += live * people / (high - low)
        counted = week - running if self.has_case(item) else week
        first, last = min(start / MONTH, MONTHS), min(end / MONTH, MONTHS)
        return value_of_span(first, last, counted * MONTH * (last - first)) if last > first else 0.0

    def case(self, run: Run, name: str, item: Item, found: RunMoney, dice: random.Random) -> None:
        """Add an item's business case, month by month."""
        if not self.has_case(item):
            return
        roi, is_open = item["roi"], run.map.open(name)
        benefit = quantity(roi["benefit_month"], dice.gauss(0, 1)) * roi["realisation"]
        ships = not is_open or run.fate(name) == "delivers"
        launch = 0.0
        if is_open:
            launch = (run.known(name) if ships else run.ends.get(name, 0.0)) / MONTH
        value = 0.0
        if is_open and run.worked_on(name):
            build = roi.get("build", run.effort[name] * self.week_price(item))
            value -= value_of_span(0.0, launch, build)
        for month in range(MONTHS if ships else 0):
            earned = -roi["run_month"] * overlap(launch, math.inf, month, month + 1)
            for step, share in enumerate(roi["ramp"]):
                until = launch + step + 1 if step + 1 < len(roi["ramp"]) else math.inf
                earned += benefit * share * overlap(launch + step, until, month, month + 1)
            value += earned * (1 + DISCOUNT) ** (-(month + 1) / 12)
        found.cases[name] = value


def slow_money(
    data: dict[str, Any], order: tuple[str, ...], runs: int, seed: int
) -> list[RunMoney]:
    """The money of each run."""
    money, dice = SlowMoney(data), random.Random(seed + 1)
    return [money.of(run, dice) for run in runs_of(data, order, runs, seed)]


def priced_plan(data: dict[str, Any], seed: int) -> dict[str, Any]:
    """The roadmap with prices, and with business cases of some features and models."""
    dice = random.Random(seed)
    for team in data["teams"].values():
        team["week_cost"] = dice.choice([1000, 4000])
    for item in (*data["product"].values(), *data["model"].values()):
        if dice.random() < 0.5:
            item["roi"] = {
                "benefit_month": dice.choice([9000, [2000, 6000, 15000]]),
                "run_month": dice.choice([0, 500]),
                "realisation": dice.choice([0.5, 1]),
                "ramp": dice.choice([[1], [0.25, 0.5, 1]]),
                **dice.choice([{}, {"build": 20_000}]),
            }
    return data
