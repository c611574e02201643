"""Tables of the speed page from made-up figures, and validity of the generated plans."""

import numpy as np
import pytest
from benchmarks.families import FAMILIES, Grown
from benchmarks.measure import Timed
from benchmarks.network import Shape, Tasks, network
from benchmarks.ours import schedule
from benchmarks.rivals import Finished
from benchmarks.speed import Measured, page
from benchmarks.squiggle import program
from benchmarks.tables import (
    core_table,
    families_table,
    futures_table,
    growth_table,
    missing,
    rivals_table,
)

from roadmap_tui.plan.base import OPEN_STATUSES

OWN = Finished("ours", measured=Timed((0.05, 0.04, 0.06)), last=100.0)
ABSENT = Finished("absent")


def cells(text: str) -> list[list[str]]:
    """A Markdown table's rows below its head."""
    rows = (line.strip("|").split("|") for line in text.splitlines()[2:])
    return [list(map(str.strip, row)) for row in rows]


def grown(family: str, items: int, *seconds: float) -> Grown:
    yardstick = Timed((0.01 if items < 100 else 0.02,))
    by_row = Timed((items / 1e4,))
    return Grown(
        family,
        items,
        Timed((0.1, 0.3, 0.2)),
        by_row,
        Timed(seconds),
        yardstick,
        peak=300,
        drawn=120,
    )


def test_seconds_are_summed_up_by_their_order() -> None:
    hundred = Timed(tuple(float(each) for each in reversed(range(1, 201))))
    assert (hundred.p50, hundred.p99, hundred.worst) == (100.5, 198.0, 200.0)
    assert Timed((3.0, 1.0, 2.0)).p99 == 3.0
    assert Timed((1.0, 2.0)).scaled(20).seconds == (20.0, 40.0)


def test_core_table_compares_with_the_bare_pass_and_the_bar() -> None:
    measured = {
        "bare pass": Timed((0.02,)),
        "again": Timed((0.05, 0.06, 0.09)),
        "slow": Timed((0.3,)),
    }
    assert cells(core_table(measured, {"again": 3.0, "slow": 3.5})) == [
        ["bare pass", "1.00 ×", "1.00 ×", "", "", "20.0"],
        ["again", "3.00 ×", "4.50 ×", "≤ 3.0 ×", "reached", "60.0"],
        ["slow", "15 ×", "15 ×", "≤ 3.5 ×", "**missed**", "300"],
    ]


def test_rivals_table_compares_with_our_time_and_omits_absent_tools() -> None:
    fast = Finished("fast", measured=Timed((0.04,)), last=99.96, bar=1)
    slow = Finished("slow", runs=500, measured=Timed((100.0,)), last=101.0, bar=30)
    assert cells(rivals_table([OWN, ABSENT, fast, slow])) == [
        ["ours", "10,000", "1.00 ×", "", "", "50.0", "100.0"],
        ["fast", "10,000", "0.80 ×", "≥ 1 ×", "**missed**", "40.0", "100.0"],
        ["slow", "500", "2,000 ×", "≥ 30 ×", "reached", "100,000", "101.0"],
    ]
    assert missing([OWN, ABSENT]).endswith(": absent.\n")
    assert missing([OWN, fast]) == ""


def test_families_table_compares_with_the_median_bare_pass() -> None:
    assert cells(families_table([grown("wide", 1_000, 0.5, 0.7, 0.4)])) == [
        ["wide", "1,000", "2.50 ×", "3.50 ×", "3.50 ×", "2.50 ×", "0.50", "3"]
    ]


def test_growth_table_is_independent_of_a_machine_that_slows_down() -> None:
    rows = [
        grown("wide", 50, 0.5),
        grown("deep", 50, 0.2),
        grown("wide", 100, 1.0),
        grown("deep", 100, 1.2),
    ]
    assert cells(growth_table(rows)) == [
        ["wide", "1.00 ×", "0.50 ×"],
        ["deep", "1.00 ×", "1.50 ×"],
        ["bare pass by row", "1.00 ×", "0.50 ×"],
    ]


def test_growth_over_runs_compares_with_the_fewest_runs() -> None:
    assert cells(futures_table({100: Timed((0.1,)), 400: Timed((0.2,))})) == [
        ["time a run", "1.00 ×", "0.50 ×"]
    ]


def test_the_page_has_all_tables_and_the_tools_that_are_missing() -> None:
    core = {"bare pass": Timed((0.02,))}
    made = page(
        Measured(core, [OWN, ABSENT], [grown("wide", 50, 0.5)], {100: Timed((0.1,))}), cores=7
    )
    assert made.count("---:") == 5 + 6 + 7 + 1 + 1
    assert "(7 cores)" in made
    assert "left out: absent" in made


@pytest.mark.parametrize("family", FAMILIES)
def test_each_family_is_a_plan_without_faults(family: str) -> None:
    shape = FAMILIES[family](50)
    plan = network(shape)
    assert len(plan.items) == 50
    assert sum(len(terms.needs) for terms in plan.items.values()) == shape.needs


def test_families_are_what_they_are_called() -> None:
    chain = Tasks.of(network(FAMILIES["deep chain"](50)))
    assert chain.before == ((), *((at,) for at in range(49)))
    done = network(FAMILIES["mostly done"](40))
    assert sum(terms.status in OPEN_STATUSES for terms in done.items.values()) == 6
    spikes = network(FAMILIES["many spikes"](48))
    assert sum(len(each) for each in spikes.spikes_by_bet.values()) == 16
    assert len(network(FAMILIES["one team"](50)).team_sizes) == 1
    assert len(network(FAMILIES["many teams"](50)).team_sizes) == 10


def test_timed_schedule_finishes_with_the_tasks() -> None:
    plan = network(Shape(items=30, needs=60, teams=0, is_sure=True, is_lognormal=True))
    tasks = Tasks.of(plan)
    times = schedule(plan, 4_000)
    ours = np.median([times.resolved_at[name] for name in plan.order], axis=1)
    z = np.random.default_rng(1).standard_normal((30, 4_000)) / 2.5631
    middle = np.sqrt(tasks.low * tasks.high)[:, None]
    theirs = np.median(
        tasks.finishes(middle * (tasks.high / tasks.low)[:, None] ** z, 4_000), axis=1
    )
    assert ours == pytest.approx(theirs, rel=0.06)


def test_a_network_in_squiggle() -> None:
    tasks = Tasks(np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0, 6.0]), ((), (0,), (0, 1)))
    assert list(program(tasks))[1:] == [
        "finish0 = SampleSet.fromDist(lognormal({p10: 1.0, p90: 4.0}))",
        "finish1 = SampleSet.fromDist(lognormal({p10: 2.0, p90: 5.0})) + finish0",
        (
            "finish2 = SampleSet.fromDist(lognormal({p10: 3.0, p90: 6.0})) + greatest(finish0,"
            " finish1)"
        ),
        "quantile(finish2, 0.5)",
    ]
