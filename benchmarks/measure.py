"""Measuring: seconds of calls that take turns, so that whatever else the machine does falls on all of them."""

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
    """Several calls in turns, after one of each to warm up."""
    for run in calls.values():
        run()
    rounds = [{name: seconds_of(run) for name, run in calls.items()} for _ in range(runs)]
    return {name: Timed(tuple(each[name] for each in rounds)) for name in calls}


def peak_bytes(run: Callable[[], object]) -> int:
    """The most memory that a call takes at any time beyond what was taken before."""
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def tell(what: str, measured: Timed, bare: Timed | None = None, bar: str = "") -> None:
    """One line: median and worst milliseconds, and their ratio to what they are measured against."""
    ratio = (
        f"{measured.p50 / bare.p50:6.2f} x (worst {measured.worst / bare.worst:.2f} x)"
        if bare
        else ""
    )
    print(
        f"  {what:<48} {measured.p50 * 1e3:8.1f} ms (worst {measured.worst * 1e3:7.1f})  {ratio} "
        f" {bar}"
    )
