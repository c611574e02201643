"""Seconds of calls that take turns, so that other load on the machine affects all of them."""

import time
import tracemalloc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

from roadmap_tui.cli.main import use_one_blas_thread

RUNS = 11
use_one_blas_thread()  # as the program does, and before numpy is there


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds of one call, run after run."""

    seconds: tuple[float, ...]

    @property
    def p50(self) -> float:
        return median(self.seconds)

    @property
    def p99(self) -> float:
        """The seconds that 99 in 100 runs keep to; of fewer than 100 runs, the worst."""
        ascending = sorted(self.seconds)
        return ascending[-(-99 * len(ascending) // 100) - 1]

    @property
    def worst(self) -> float:
        return max(self.seconds)

    def scaled(self, factor: float) -> "Timed":
        """As if each run had taken that many times as long."""
        return Timed(tuple(each * factor for each in self.seconds))


def seconds_of(run: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def timed(run: Callable[[], object], runs: int = RUNS) -> Timed:
    """One call, after one to warm up."""
    return in_turns({"": run}, runs)[""]


def in_turns(calls: Mapping[str, Callable[[], object]], runs: int = RUNS) -> dict[str, Timed]:
    """Time several calls in turns, after one of each to warm up."""
    for run in calls.values():
        run()
    seconds: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(runs):
        for name, run in calls.items():
            seconds[name].append(seconds_of(run))
    return {name: Timed(tuple(each)) for name, each in seconds.items()}


def peak_bytes(run: Callable[[], object]) -> int:
    """The most memory that a call takes at any time beyond what was taken before."""
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def print_timing(what: str, measured: Timed, bare: Timed | None = None, bar: str = "") -> None:
    """Print median and worst milliseconds, and their ratio to `bare`, in one line."""
    ratio = (
        f"{measured.p50 / bare.p50:6.2f} x (worst {measured.worst / bare.worst:.2f} x)"
        if bare
        else ""
    )
    print(
        f"  {what:<48} {measured.p50 * 1e3:8.1f} ms (worst {measured.worst * 1e3:7.1f})  {ratio} "
        f" {bar}"
    )
