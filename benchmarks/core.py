"""Speed of the core, as ratios measured in one run: medians, with the worst beside them.

    python -m benchmarks.core            everything
    python -m benchmarks.core --profile  where the forecast's time goes

How it grows, and the same for other kinds of roadmaps, is in `benchmarks.families`.
"""

import cProfile
import pstats
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.measure import Timed, in_turns, print_timing, timed
from benchmarks.network import Shape, bare_pass, network
from benchmarks.ours import edited, reseeded

from roadmap_tui.forecast.engine import DEFAULT_RUNS, PREVIEW_RUNS, forecast

USUAL = Shape(items=200, needs=370)


def compare_with_bare_pass() -> dict[str, Timed]:
    """Time a forecast of 200 items, 370 needs and 4 teams against the bare pass."""
    resolved = network(USUAL)
    calls: dict[str, Callable[[], object]] = {
        "bare pass": bare_pass(resolved, DEFAULT_RUNS),
        "again": partial(forecast, resolved, DEFAULT_RUNS),
        "one effort changed": edited(resolved, DEFAULT_RUNS),
        "nothing drawn before": reseeded(resolved, DEFAULT_RUNS),
        f"one effort changed, a preview of {PREVIEW_RUNS:,}": edited(resolved, PREVIEW_RUNS),
    }
    return in_turns(calls)


def start_up() -> None:
    """The command against an empty Python."""
    print("start-up in a process of its own")
    command = Path(sys.executable).with_name("roadmap")
    python = timed(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
    print_timing("python -c pass", python)
    if command.exists():
        run = [str(command), "--version"]
        version = timed(lambda: subprocess.run(run, check=True, capture_output=True))
        print_timing("roadmap --version", version, python, "bar: 4 x")


def profile() -> None:
    """Where a forecast's time goes."""
    resolved = network(USUAL)
    forecast(resolved, DEFAULT_RUNS)
    run = edited(resolved, DEFAULT_RUNS)
    with cProfile.Profile() as profiler:
        for _ in range(5):
            run()
    pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(25)


def main() -> None:
    """Measure what was asked for."""
    if "--profile" in sys.argv[1:]:
        profile()
        return
    measured = compare_with_bare_pass()
    print(
        f"forecast of {USUAL.items} items, {USUAL.needs} needs, {DEFAULT_RUNS:,} runs; bar: 3.5 x"
    )
    for what, each in measured.items():
        print_timing(what, each, measured["bare pass"])
    start_up()


if __name__ == "__main__":
    main()
