"""Growth of the forecast over kinds of roadmaps, as ratios to the bare pass in the same run.

python -m benchmarks.families                 everything
python -m benchmarks.families 50 200          only these sizes
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from benchmarks.measure import Timed, in_turns, peak_bytes, timed
from benchmarks.network import Shape, Tasks, bare_pass, network, row_pass
from benchmarks.ours import reseeded

from roadmap_tui.forecast.engine import DEFAULT_RUNS
from roadmap_tui.forecast.simulation.marginal_value import expected_demand

MANY_FUTURES = (1_000, 2_500, 10_000, 40_000)
RUNS = {50: 21, 200: 15, 1_000: 7, 5_000: 5}
BYTES = 4
GROUP = 25
YARDSTICK = Shape(items=200, needs=370)

FAMILIES: dict[str, Callable[[int], Shape]] = {
    "usual": lambda items: Shape(items, round(1.85 * items), group=GROUP),
    "sparse": lambda items: Shape(items, items // 4, group=GROUP),
    "deep chain": lambda items: Shape(items, items - 1, span=1, is_sure=True),
    "wide": lambda items: Shape(items, items, hubs=3),
    "dense needs": lambda items: Shape(items, 8 * items, is_sure=True),
    "one team": lambda items: Shape(items, round(1.85 * items), teams=1, group=GROUP),
    "many teams": lambda items: Shape(items, round(1.85 * items), teams=items // 5, group=GROUP),
    "mostly done": lambda items: Shape(items, round(1.85 * items), done=0.85, group=GROUP),
    "many spikes": lambda items: Shape(items, items, has_spikes=True, group=GROUP),
}
"""By name, the shape of a roadmap with that many items."""


@dataclass(frozen=True, slots=True)
class Grown:
    """One family at one size.

    Attributes:
        items: of the plan.
        bare, by_row, forecast: seconds of the bare pass, of the same by row, and of the forecast
            with nothing cached.
        yardstick: seconds of the bare pass over the same small network at every size.
        peak: the most bytes that a forecast takes at any time.
        drawn: the bytes of its draws: in each run, one effort for each open item and one value
            for each that has one.
    """

    family: str
    items: int
    bare: Timed
    by_row: Timed
    forecast: Timed
    yardstick: Timed
    peak: int
    drawn: int


def measure(sizes: Iterable[int]) -> Iterator[Grown]:
    """Every family at these sizes."""
    yardstick = bare_pass(network(YARDSTICK), DEFAULT_RUNS)
    for items in sizes:
        for family, shape in FAMILIES.items():
            plan = network(shape(items))
            run = reseeded(plan, DEFAULT_RUNS)
            passes = {
                "bare": bare_pass(plan, DEFAULT_RUNS),
                "by_row": row_pass(plan, DEFAULT_RUNS),
                "yardstick": yardstick,
            }
            seconds = in_turns({**passes, "forecast": run}, RUNS.get(items, 1))
            peak = peak_bytes(run)
            drawn = (len(Tasks.of(plan)) + len(expected_demand(plan))) * DEFAULT_RUNS * BYTES
            yield Grown(family, items, **seconds, peak=peak, drawn=drawn)


def measure_futures(runs: Iterable[int]) -> dict[int, Timed]:
    """The usual network over so many runs, with nothing drawn before."""
    plan = network(YARDSTICK)
    return {each: timed(reseeded(plan, each)) for each in runs}


def main() -> None:
    """Measure and tell."""
    sizes = [int(each) for each in sys.argv[1:]] or RUNS
    print(
        "  family        items    ratio to the bare pass (p99, worst)   ms an item   memory to the"
        " draws"
    )
    for each in measure(sizes):
        ratios = [
            seconds / each.bare.p50
            for seconds in (each.forecast.p50, each.forecast.p99, each.forecast.worst)
        ]
        print(
            f"  {each.family:<12}{each.items:>7}    {ratios[0]:6.2f} ({ratios[1]:.2f},"
            f" {ratios[2]:.2f})      {each.forecast.p50 / each.items * 1e3:6.2f}     "
            f" {each.peak / each.drawn:5.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
