"""Speed of the core, as ratios measured in one run: medians, with the worst beside them.

    python -m benchmarks.core            everything
    python -m benchmarks.core --profile  where the forecast's time goes

The bare pass is what a forecast cannot do without: a standard normal for every item and future, exp, the greatest
over its needs, add.
"""

import cProfile
import pstats
import random
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from roadmap_tui.forecast.run import FUTURES, PREVIEW, forecast
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.read import read_plan
from roadmap_tui.plan.resolve import Resolved, resolve

RUNS = 11
BYTES = 8


def network(items: int, needs: int, teams: int = 4, seed: int = 1) -> Resolved:
    """A roadmap of that size: half models, half product items, each needing items before it; ranges everywhere."""
    dice = random.Random(seed)
    names = [f"item-{at}" for at in range(items)]
    needed: list[list[str]] = [[] for _ in names]
    for _ in range(needs):
        at = dice.randrange(1, items)
        needed[at].append(dice.choice(names[max(0, at - 30) : at]))
    data: dict[str, Any] = {
        "roadmap": {"correlation": 0.3, "seed": 1},
        "teams": {f"team-{at}": {"people": 3 + at} for at in range(teams)},
        "model": {},
        "product": {},
    }
    for at, name in enumerate(names):
        low = dice.uniform(0.5, 3)
        item: dict[str, Any] = {
            "team": f"team-{dice.randrange(teams)}",
            "effort": [low, low * dice.uniform(1.4, 2.2), low * dice.uniform(3, 6)],
            "needs": sorted(set(needed[at])),
            "chance": round(dice.uniform(0.5, 1), 2),
        }
        if at % 2:
            item |= {"reach": [100, 400 + at, 1200 + 3 * at], "impact": [0.5, 1, 2], "confidence": 0.8}
        data["product" if at % 2 else "model"][name] = item
    plan, faults = read_plan(data)
    if plan is None or faults:
        raise SystemExit(f"the benchmark's own plan has faults: {faults}")
    return resolve(plan)


def bare_pass(resolved: Resolved, futures: int) -> Callable[[], object]:
    """The pass over the same network with nothing but numpy."""
    place = {name: at for at, name in enumerate(resolved.order)}
    before = [
        [place[each] for need in resolved.terms[name].needs if (each := getattr(need, "id", ""))]
        for name in resolved.order
    ]
    middle = np.log([resolved.terms[name].effort.p50 for name in resolved.order])
    generator = np.random.default_rng(1)

    def run() -> object:
        effort = np.exp(middle[:, None] + 0.6 * generator.standard_normal((len(before), futures)))
        finish = np.empty_like(effort)
        for at, needs in enumerate(before):
            ready: Any = 0.0
            for each in needs:
                ready = np.maximum(ready, finish[each])
            np.add(ready, effort[at], out=finish[at])
        return finish

    return run


def timed(run: Callable[[], object], runs: int = RUNS) -> tuple[float, float]:
    """Median and worst seconds of a call, after one to warm up."""
    run()
    seconds = []
    for _ in range(runs):
        begun = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - begun)
    return median(seconds), max(seconds)


def tell(what: str, measured: tuple[float, float], bare: tuple[float, float] | None = None, bar: str = "") -> None:
    """One line: median and worst milliseconds, and their ratio to what they are measured against."""
    middle, worst = measured
    ratio = f"{middle / bare[0]:6.2f} x (worst {worst / bare[1]:.2f} x)" if bare else ""
    print(f"  {what:<48} {middle * 1e3:8.1f} ms (worst {worst * 1e3:7.1f})  {ratio}  {bar}")


def reseeded(resolved: Resolved, futures: int) -> Callable[[], object]:
    """A forecast for which nothing was drawn before."""
    seeds = count(100)
    return lambda: forecast(replace(resolved, seed=next(seeds)), futures)


def edited(resolved: Resolved, futures: int) -> Callable[[], object]:
    """A forecast after one effort was changed."""
    turns = count(1)
    name = resolved.order[len(resolved.order) // 2]

    def run() -> object:
        more = 1 + next(turns) / 100
        terms = replace(resolved.terms[name], effort=Estimate(2 * more, 4 * more, 9 * more))
        return forecast(replace(resolved, terms={**resolved.terms, name: terms}), futures)

    return run


def compare_with_bare_pass() -> None:
    """200 items, 370 needs, 4 teams, correlation: strike-outs, rank ranges, queue, list, schedule, report."""
    resolved = network(200, 370)
    links = sum(len(terms.needs) for terms in resolved.terms.values())
    print(f"forecast of {len(resolved.terms)} items, {links} needs, {FUTURES} futures")
    bare = timed(bare_pass(resolved, FUTURES))
    tell("bare pass", bare)
    tell("forecast, again", timed(lambda: forecast(resolved, FUTURES)), bare, "bar: 3.5 x")
    tell("forecast, one effort changed", timed(edited(resolved, FUTURES)), bare, "bar: 3.5 x")
    tell("forecast, a new seed", timed(reseeded(resolved, FUTURES)), bare, "nothing drawn before")
    tell(f"preview of {PREVIEW}, one effort changed", timed(edited(resolved, PREVIEW)), bare)


def growth() -> None:
    """More items, once each: seconds, and memory against the bytes of one array of draws for each item."""
    print("growth, once each; memory as the greatest at any time")
    for items, futures in ((200, FUTURES), (1_000, FUTURES), (5_000, FUTURES)):
        resolved = network(items, items * 2)
        begun = time.perf_counter()
        forecast(resolved, futures)
        seconds = time.perf_counter() - begun
        tracemalloc.start()
        forecast(replace(resolved, seed=2), futures)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        kept = items * futures * BYTES
        each = seconds / items * 1e3
        print(
            f"  {items:>6} items {seconds:8.2f} s, {each:6.2f} ms an item; {peak / 1e6:8.0f} MB, "
            f"{peak / kept:5.2f} x one array of draws each"
        )


def start_up() -> None:
    """The command against an empty Python."""
    print("start-up in a process of its own")
    command = Path(sys.executable).with_name("roadmap")
    python = timed(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
    tell("python -c pass", python)
    if command.exists():
        run = [str(command), "--version"]
        tell(
            "roadmap --version", timed(lambda: subprocess.run(run, check=True, capture_output=True)), python, "bar: 4 x"
        )


def profile() -> None:
    """Where a forecast's time goes."""
    resolved = network(200, 370)
    forecast(resolved, FUTURES)
    run = edited(resolved, FUTURES)
    with cProfile.Profile() as profiler:
        for _ in range(5):
            run()
    pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(25)


def main() -> None:
    """Measure what was asked for."""
    if "--profile" in sys.argv[1:]:
        profile()
        return
    compare_with_bare_pass()
    start_up()
    growth()


if __name__ == "__main__":
    main()
