"""Which spikes are worth doing together: against leaving out one after the other in the file,
forecast again each time.

With no idea of what the code does in between: a spike is left out by deleting it.
"""

import pytest

from roadmap_tui.forecast.analysis.spike_selection import SpikeSelection, select_spikes
from roadmap_tui.forecast.engine import forecast
from roadmap_tui.forecast.simulation.simulator import simulate, work_order
from tests.forecast.advice import RUNS, Data, candidates, select, tried
from tests.forecast.build import resolved_of


def value(data: Data, spikes: list[str]) -> float:
    """Expected value by the horizon with these spikes in the file."""
    return forecast(
        resolved_of({**data, "spike": {name: data["spike"][name] for name in spikes}}), RUNS
    ).value


def left_over(data: Data) -> set[str]:
    """The spikes that are left once the one without which most is delivered has been deleted again
    and again.
    """
    left = list(data["spike"])
    while left:
        without = {name: value(data, [each for each in left if each != name]) for name in left}
        worst = max(left, key=without.__getitem__)
        if without[worst] < value(data, left):
            break
        left.remove(worst)
    return set(left)


def compare(seed: int) -> None:
    data = candidates(seed)
    found = select(data, data["spike"])
    assert found.worthwhile == left_over(data) == set(tried(data))
    assert {name for name, gain in found.gains.items() if gain > 0} == found.worthwhile


@pytest.mark.parametrize("seed", range(20))
def test_the_spikes_worth_doing_are_those_left_over(seed: int) -> None:
    compare(seed)


@pytest.mark.soak
@pytest.mark.parametrize("first", [20, 120, 220])
def test_the_spikes_worth_doing_are_those_left_over_on_many_roadmaps(first: int) -> None:
    for seed in range(first, first + 100):
        compare(seed)


@pytest.mark.parametrize("seed", range(20))
def test_a_gain_is_what_the_spike_adds_beside_those_worth_doing(seed: int) -> None:
    """As a share of what the whole plan delivers."""
    data = candidates(seed)
    found = select(data, data["spike"])
    doing = [name for name in data["spike"] if name in found.worthwhile]
    for name in doing:
        lost = value(data, doing) - value(data, [each for each in doing if each != name])
        assert found.gains[name] == pytest.approx(lost / value(data, list(data["spike"])))


LATE = """
[roadmap]
horizon = 4
[teams.t]
people = 1
[model.m]
team = "t"
effort = 2
chance = 0.5
[product.p]
team = "t"
effort = 1
reach = 100
confidence = 1
needs = ["m"]
[spike.s]
team = "t"
informs = "m"
timebox = {}
[spike.r]
team = "t"
informs = "m"
timebox = {}
"""


def found_in(text: str) -> SpikeSelection:
    resolved = resolved_of(text)
    order = work_order(resolved, RUNS)
    return select_spikes(simulate(resolved, order.build_order, RUNS), order.queue)


def test_spikes_that_take_all_the_time_there_is_are_left_out() -> None:
    """With either of them nothing is delivered by the horizon; without them, p where m works."""
    found = found_in(LATE.format(4, 3))
    assert not found.worthwhile
    assert sorted(found.gains.values()) == [-1, 0]


def test_where_nothing_can_be_delivered_in_time_no_spike_is_worth_doing() -> None:
    found = found_in(LATE.format(1, 1).replace("horizon = 4", "horizon = 2"))
    assert not found.worthwhile
    assert not found.gains
