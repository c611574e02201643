"""Finish times of one network by this project, by bare numpy and by other tools, all in one run.

python -m benchmarks.rivals
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from benchmarks import ours, tools
from benchmarks.measure import RUNS, Timed, in_turns, timed
from benchmarks.network import Shape, Tasks, bare_pass, network
from benchmarks.squiggle import squiggle

from roadmap_tui.forecast.engine import DEFAULT_RUNS

NETWORK = Shape(items=200, needs=370, teams=0, is_sure=True, is_lognormal=True)
SQUIGGLE = Path(os.environ.get("SQUIGGLE", ".venv/node/node_modules/@quri/squiggle-lang"))


@dataclass(frozen=True, slots=True)
class Rival:
    """Another tool.

    Attributes:
        package: what it is installed as.
        prepare: from the tasks to what is timed.
        runs: number of runs; slow tools get fewer, and their time is scaled up.
        repeats: how often.
        bar: how many times our seconds it is expected to take at least.
    """

    package: str
    prepare: Callable[[Tasks], tools.Finish]
    runs: int
    repeats: int
    bar: float = 30


SLOW = (
    Rival("mcerp", tools.mcerp, DEFAULT_RUNS, 3),
    Rival("monaco", tools.monaco, 500, 3),
    Rival("simpy", tools.simpy, 200, 3),
)


@dataclass(frozen=True, slots=True)
class Finished:
    """One tool's finish times.

    Attributes:
        tool: with its version.
        runs: as many as it ran for.
        measured: as if it had run for as many as all others; None if it isn't installed.
        last: the median week in which everything is finished.
        bar: the least multiple of our seconds that is expected; None without expectation.
    """

    tool: str
    runs: int = DEFAULT_RUNS
    measured: Timed | None = None
    last: float = 0.0
    bar: float | None = None


def measure() -> Iterator[Finished]:
    """Every tool that is installed; this project's own first."""
    plan = network(NETWORK)
    tasks, own, bare = Tasks.of(plan), ours.finish_times(plan), bare_pass(plan, DEFAULT_RUNS)
    calls: dict[str, Callable[[], object]] = {"own": partial(own, DEFAULT_RUNS), "bare": bare}
    if is_there := find_spec("squigglepy") is not None:
        squigglepy = tools.squigglepy(tasks)
        calls["squigglepy"] = partial(squigglepy, DEFAULT_RUNS)
    fast = in_turns(calls, RUNS)
    yield Finished("Roadmap TUI", measured=fast["own"], last=float(np.median(own(DEFAULT_RUNS))))
    yield Finished("bare numpy", measured=fast["bare"], last=float(np.median(bare().max(axis=0))))
    if is_there:
        name, last = (
            f"squigglepy {version('squigglepy')} and numpy",
            float(np.median(squigglepy(DEFAULT_RUNS))),
        )
        yield Finished(name, measured=fast["squigglepy"], last=last, bar=1)
    else:
        yield Finished("squigglepy")
    yield from (_slow(rival, tasks) for rival in SLOW)
    yield _squiggle(tasks)


def _slow(rival: Rival, tasks: Tasks) -> Finished:
    if find_spec(rival.package) is None:
        return Finished(rival.package)
    run = rival.prepare(tasks)
    measured = timed(partial(run, rival.runs), rival.repeats).scaled(DEFAULT_RUNS / rival.runs)
    name = f"{rival.package} {version(rival.package)}"
    return Finished(name, rival.runs, measured, float(np.median(run(rival.runs))), rival.bar)


def _squiggle(tasks: Tasks, runs: int = 1_000) -> Finished:
    if not SQUIGGLE.exists():
        return Finished("Squiggle")
    answer = squiggle(tasks, SQUIGGLE, runs, 3)
    measured = answer.measured.scaled(DEFAULT_RUNS / runs)
    return Finished(f"Squiggle {answer.version}", runs, measured, answer.last, 30)


def main() -> None:
    """Measure and print."""
    first, *others = measure()
    for each in (first, *others):
        if each.measured and first.measured:
            ratio = each.measured.p50 / first.measured.p50
            print(
                f"  {each.tool:<32}{each.measured.p50 * 1e3:10.1f} ms {ratio:8.2f} x "
                f" {each.last:7.1f} weeks"
            )


if __name__ == "__main__":
    main()
