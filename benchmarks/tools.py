"""Finish times of one network by other tools, each used as its documentation shows.

Each function returns the finish of everything for a number of runs, shape (runs,). None of them is
asked to keep or to report anything else.
"""

from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np
from benchmarks.network import Tasks
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Finish: TypeAlias = Callable[[int], Floats]


def squigglepy(tasks: Tasks) -> Finish:
    """Its sampling, and numpy for what it has nothing for: the greatest of several, run by run."""
    import squigglepy as sq

    ranges = [
        sq.lognorm(low, high, credibility=80)
        for low, high in zip(tasks.low, tasks.high, strict=True)
    ]

    def run(runs: int) -> Floats:
        finish = tasks.finishes(np.array([sq.sample(each, n=runs) for each in ranges]), runs)
        last: Floats = finish.max(axis=0)
        return last

    return run


def mcerp(tasks: Tasks) -> Finish:
    """Use mcerp's variables; it has no maximum, so that is (a + b + |a - b|) / 2.

    What its lognormal calls mu is the median.
    """
    import mcerp as tool
    from mcerp.umath import fabs

    middle, spread = tasks.logarithms

    def run(runs: int) -> Floats:
        tool.npts = runs
        finish: list[tool.UncertainFunction] = []
        for at, waited in enumerate(tasks.before):
            effort = tool.LogN(np.exp(middle[at]), spread[at])
            ready: tool.UncertainFunction | None = None
            for each in waited:
                other = finish[each]
                ready = other if ready is None else (ready + other + fabs(ready - other)) / 2
            finish.append(effort if ready is None else effort + ready)
        last: Floats = np.max([each._mcpts for each in finish], axis=0)
        return last

    return run


def monaco(tasks: Tasks) -> Finish:
    """A case for each run, its inputs drawn by the tool, the sum in plain Python."""
    import monaco as tool
    from scipy.stats import lognorm

    middle, spread = tasks.logarithms
    names = [f"task {at}" for at in range(len(tasks))]

    def run(runs: int) -> Floats:
        steps = {
            tool.SimFunctions.PREPROCESS: lambda case: ([case.invals[name].val for name in names],),
            tool.SimFunctions.RUN: lambda efforts: (max(_walk(tasks, efforts)),),
            tool.SimFunctions.POSTPROCESS: lambda case, last: case.addOutVal("last", last),
        }
        sim = tool.Sim(
            "benchmark",
            runs,
            steps,
            samplemethod=tool.SampleMethod.RANDOM,
            seed=1,
            verbose=False,
        )
        for at, name in enumerate(names):
            sim.addInVar(name, lognorm, {"s": spread[at], "scale": np.exp(middle[at])})
        sim.runSim()
        return np.array(sim.outvars["last"].vals)

    return run


def simpy(tasks: Tasks) -> Finish:
    """A process for each task, a simulation for each run; the efforts are drawn by numpy."""
    import simpy as tool

    middle, spread = tasks.logarithms
    generator = np.random.default_rng(1)

    def last(efforts: list[float]) -> float:
        world = tool.Environment()
        done: list[tool.Process] = []

        def work(at: int) -> Iterator[object]:
            if tasks.before[at]:
                yield world.all_of([done[each] for each in tasks.before[at]])
            yield world.timeout(efforts[at])

        done.extend(world.process(work(at)) for at in range(len(tasks)))
        world.run()
        return float(world.now)

    def run(runs: int) -> Floats:
        efforts = np.exp(middle + spread * generator.standard_normal((runs, len(tasks))))
        return np.array([last(each) for each in efforts.tolist()])

    return run


def _walk(tasks: Tasks, efforts: list[float]) -> list[float]:
    """When each task is finished in one run."""
    finish: list[float] = []
    for effort, waited in zip(efforts, tasks.before, strict=True):
        finish.append(effort + max((finish[each] for each in waited), default=0.0))
    return finish
