"""Benefit of each process-wide setting: the app with all of them and without one at a time.

python -m benchmarks.tricks

For a plan of 1,000 items: milliseconds of a full garbage collection after opening, of keys while
forecasts run (median and p99), and the memory after some forecasts and a clean-up. Each variant
runs in its own process, in turns. A ratio above 1 is the benefit of the setting.
"""

import asyncio
import gc
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from statistics import median
from unittest.mock import patch

from benchmarks.app import Watched, opened
from benchmarks.measure import Timed
from benchmarks.roadmaps import plan_text
from benchmarks.tables import table
from benchmarks.terminal import megabytes
from textual import events

from roadmap_tui.tui.workers import input_priority

ITEMS, ROUNDS, KEYS, FORECASTS = 1_000, 3, 40, 4
ALL = "all tricks"
WITHOUT = ("switch interval", "one heap", "trim", "freeze")
FIGURES = ("full collection, ms", "key p50, ms", "key p99, ms", "memory, MB")
_CALLS = {"one heap": ("mallopt", -8), "trim": ("malloc_trim", 0)}


@contextmanager
def without(trick: str) -> Iterator[None]:
    """The app without a trick."""
    real = input_priority._c_library

    def c_library(name: str, *given: int) -> None:
        if (name, given[0]) != _CALLS.get(trick):
            real(name, *given)

    with ExitStack() as stack:
        stack.enter_context(patch.object(input_priority, "_c_library", c_library))
        if trick == "switch interval":
            stack.enter_context(patch.object(sys, "setswitchinterval"))
        if trick == "freeze":
            stack.enter_context(patch.object(gc, "freeze"))
        yield


async def figures() -> tuple[float, ...]:
    """Measure the running app, in the order of `FIGURES`."""
    async with opened(plan_text(ITEMS)) as app:
        gc.collect()
        begun = time.perf_counter()
        gc.collect()
        collection = time.perf_counter() - begun
        keys = Timed(tuple([each async for each in _keys(app)]))
        for _ in range(FORECASTS):
            app.workspace.controller.recalculate()
            await app.rest()
        input_priority.InputPriority().free_memory()
        milliseconds = (each * 1e3 for each in (collection, keys.p50, keys.p99))
        return (*milliseconds, megabytes(os.getpid(), "VmRSS"))


async def _keys(app: Watched) -> AsyncIterator[float]:
    """Seconds from an arrow key to the drawn selection, while forecasts are under way."""
    dice, workspace = random.Random(1), app.workspace
    for at in range(KEYS):
        if workspace.session.is_current:
            workspace.controller.recalculate()
        before, begun = workspace.highlighted(), time.perf_counter()
        app.post_message(events.Key("up" if at % 20 >= 10 else "down", None))
        yield await app.seconds_to(begun, workspace.highlighted, before)
        await asyncio.sleep(dice.uniform(0.01, 0.25))


def measured(trick: str) -> tuple[float, ...]:
    """The figures of the app without a trick, in a process of its own."""
    program = f"from benchmarks.tricks import print_figures; print_figures({trick!r})"
    done = subprocess.run(
        (sys.executable, "-c", program), check=True, capture_output=True, text=True
    )
    return tuple(json.loads(done.stdout))


def print_figures(trick: str) -> None:
    """Measure here, and print the figures for the process that asked."""
    with without(trick):
        print(json.dumps(asyncio.run(figures())))


def rows(runs: Mapping[str, Sequence[tuple[float, ...]]]) -> Iterator[Sequence[str]]:
    """Median and worst of each figure by variant, and the ratio of medians to all settings."""
    middle = {
        trick: tuple(map(median, zip(*figures, strict=True))) for trick, figures in runs.items()
    }
    for trick, figures in runs.items():
        worst = tuple(max(each) for each in zip(*figures, strict=True))
        cells = zip(middle[trick], worst, middle[ALL], strict=True)
        yield (
            trick,
            *(f"{mid:.1f} ({most:.1f}), {mid / usual:.2f} ×" for mid, most, usual in cells),
        )


def main() -> None:
    """Measure and print."""
    runs: dict[str, list[tuple[float, ...]]] = {trick: [] for trick in (ALL, *WITHOUT)}
    for _ in range(ROUNDS):
        for trick, figures in runs.items():
            figures.append(measured(trick))
    print(f"{ITEMS} items, {ROUNDS} runs: median (worst), ratio to all tricks")
    print(table(("Without", *FIGURES), rows(runs)))


if __name__ == "__main__":
    main()
