"""Finish times of one network in Squiggle, a language of its own that runs in Node."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Timed
from benchmarks.network import Tasks

SCRIPT = Path(__file__).with_suffix(".mjs")


@dataclass(frozen=True, slots=True)
class Answer:
    """Run the script; return the seconds of each run and the median of the last finish."""

    version: str
    measured: Timed
    last: float


def squiggle(tasks: Tasks, package: Path, runs: int, repeats: int) -> Answer:
    """Run the network's program.

    Args:
        tasks: the network.
        package: the folder that @quri/squiggle-lang is installed in.
        runs: samples of each distribution.
        repeats: how often, after one to warm up.
    """
    command = ["node", str(SCRIPT), str(package), str(runs), str(repeats)]
    done = subprocess.run(
        command, input="\n".join(program(tasks)), text=True, check=True, stdout=subprocess.PIPE
    )
    answer = json.loads(done.stdout)
    return Answer(answer["version"], Timed(tuple(answer["seconds"])), float(answer["median"]))


def program(tasks: Tasks) -> Iterator[str]:
    """The network in Squiggle, line by line; its value is the median of the last finish."""
    yield "greatest(a, b) = SampleSet.map2(a, b, {|x, y| x > y ? x : y})"
    for at, waited in enumerate(tasks.before):
        effort = f"SampleSet.fromDist(lognormal({{p10: {tasks.low[at]}, p90: {tasks.high[at]}}}))"
        yield f"finish{at} = {effort}" + (f" + {_greatest(waited)}" if waited else "")
    needed = set().union(*tasks.before)
    yield f"quantile({_greatest([at for at in range(len(tasks)) if at not in needed])}, 0.5)"


def _greatest(places: tuple[int, ...] | list[int]) -> str:
    greatest = f"finish{places[0]}"
    for each in places[1:]:
        greatest = f"greatest({greatest}, finish{each})"
    return greatest
