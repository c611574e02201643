"""Makes `docs/speed.md` from measurements taken while it runs.

python -m benchmarks.speed                    everything, about a quarter of an hour
python -m benchmarks.speed 50 200             families at these sizes only
"""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import core, families, rivals
from benchmarks.families import Grown
from benchmarks.measure import Timed
from benchmarks.rivals import Finished
from benchmarks.tables import (
    core_table,
    families_table,
    futures_table,
    growth_table,
    missing,
    rivals_table,
)

from roadmap_tui.forecast.engine import DEFAULT_RUNS

PAGE = Path(__file__).parent.parent / "docs" / "speed.md"
BARS = {"again": 3.5, "one effort changed": 3.5}

HEAD = """\
<!-- Made by `make speed`; what it measures is in benchmarks. -->

# Speed

Everything here was measured in one run of one process, what is compared in turns. Ratios are between medians and
carry over to other machines; milliseconds are on the machine that this page was made on ({cores} cores) and don't.
A run is one course of events; there are {runs:,} of them everywhere.

"""

CORE = """\
## The forecast

{items} items, {needs} needs, 4 teams, correlation, strike-outs, rank ranges, queue, schedule and what is reported. The
*bare pass* is what no forecast can do without, in nothing but numpy over the same network: a standard normal for every
item and run, exp, the greatest over what an item needs, add. A bet that fails, a team that is short of people and a
ranking are no part of it.

"""

RIVALS = """\
## Finish times alone

When everything is finished: {items} items, {needs} needs, efforts as independent lognormal ranges, nobody fails and no
team is short of people, for that is what all these tools can do. Ours is the forecast's own code with nothing drawn
before; the others are used as their own pages show and are asked for the last finish alone. A tool that ran fewer
runs than {runs:,} is scaled up linearly, its constant part too, so its ratio is a rough one. That all do the same
sum shows in the last column, where they agree within the noise of their draws.

- squigglepy samples the efforts and numpy does the rest, as it has no greatest of two by run.
- mcerp has none either; there it is (a + b + |a − b|) / 2.
- monaco runs a Python function for each run on inputs of its own drawing.
- simpy runs a process for each item and a simulation for each run, efforts drawn by numpy.
- Squiggle is a language of its own and runs in Node, whose start isn't counted.

"""

FAMILIES = """\
## Families of roadmaps

A forecast with nothing drawn before, as ratio to the bare pass over the same open items: the median of the runs, what
99 in 100 keep to (of so few runs, the worst) and the worst, each against the bare pass's median. *Memory* is the most
that a forecast takes at any time, as ratio to its draws: {width} bytes in each run for the effort of each open
item, and as many for the value of each that has one. In few items the ratios are high for what a forecast costs before
its first item; in many they are low, for there the bare pass, which holds the whole network at once, waits for memory.

Where nothing else is said there are four teams of 3 to 6, and in each {group} items in a row, which need nothing from
outside, 1.85 needs each; bets work at 50 to 100 %.

- *usual*: just that.
- *sparse*: a need for every fourth item.
- *deep chain*: each item needs the one before it, and all work.
- *wide*: one need each, among the first three items of all.
- *dense needs*: eight each among the 30 before, and all work, so that each unlocks nearly all after it.
- *one team*: of three people, for everything.
- *many teams*: one for every five items.
- *mostly done*: the first 85 % are live.
- *many spikes*: every third item is a spike on the one before it; one need for each item.

"""

GROWTH = """\
## Growth

Time an item, as ratio to that at the smallest size: 1 is linear growth. Each is measured in turns with the bare pass
over one network of {items} items and told in its time, so that a machine that is busy at one size doesn't pass for
growth. The last line is the bare pass over the *usual* network, one item after the other: it does the same for each,
however many there are, so that its growth is that of the memory which the arrays of more items lie in, further from the
processor. Beyond that grows the ranking, for to put n items in order takes n log n in every run.

"""


MORE_FUTURES = """\
Over more runs {items} items take less time for each, as what is done once counts for less.

"""


@dataclass(frozen=True, slots=True)
class Measured:
    """All that the page tells.

    Attributes:
        core: seconds by what was done.
        finished: other tools, after ours.
        grown: families by size.
        runs: seconds by how many runs.
    """

    core: Mapping[str, Timed]
    finished: Sequence[Finished]
    grown: Sequence[Grown]
    runs: Mapping[int, Timed]


def page(measured: Measured, cores: int) -> str:
    """The whole of `speed.md`."""
    return "".join(_parts(measured, cores))


def _parts(measured: Measured, cores: int) -> Iterator[str]:
    yield HEAD.format(cores=cores, runs=DEFAULT_RUNS)
    yield CORE.format(items=core.USUAL.items, needs=core.USUAL.needs)
    yield core_table(measured.core, BARS)
    yield "\n" + RIVALS.format(
        items=rivals.NETWORK.items, needs=rivals.NETWORK.needs, runs=DEFAULT_RUNS
    )
    yield rivals_table(measured.finished)
    yield f"\n{left_out}" if (left_out := missing(measured.finished)) else ""
    yield "\n" + FAMILIES.format(width=families.BYTES, group=families.GROUP)
    yield families_table(measured.grown)
    yield "\n" + GROWTH.format(items=families.YARDSTICK.items)
    yield growth_table(measured.grown)
    yield "\n" + MORE_FUTURES.format(items=families.YARDSTICK.items)
    yield futures_table(measured.runs)


def main() -> None:
    """Measure everything and write the page."""
    sizes = [int(each) for each in sys.argv[1:]] or families.RUNS
    measured = Measured(
        core.compare_with_bare_pass(),
        list(rivals.measure()),
        list(families.measure(sizes)),
        families.measure_futures(families.MANY_FUTURES),
    )
    PAGE.write_text(page(measured, os.cpu_count() or 1), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
