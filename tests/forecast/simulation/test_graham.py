"""Graham's instance: with a fixed list, less work or more people never delays anything."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.forecast.simulation.build_order import build_jobs, greedy_order
from tests.forecast.build import case, known_once, resolved_of

GRAHAM = case("graham_anomaly")
NAMES = [f"t{at}" for at in GRAHAM["list"]]
TIMES = {name: float(time) for name, time in zip(NAMES, GRAHAM["times"], strict=True)}
EDGES = [(f"t{before}", f"t{after}") for before, after in GRAHAM["precedence"]]
GREEDY = GRAHAM["results_here"]


def plan(times: dict[str, float], edges: list[tuple[str, str]], machines: int) -> str:
    text = f"[teams.all]\npeople = {machines}\n"
    for name, time in times.items():
        needs = [before for before, after in edges if after == name]
        text += f'[product.{name}]\nteam = "all"\neffort = {time}\nneeds = {needs}\n'
    return text


def the_list(
    times: dict[str, float], edges: list[tuple[str, str]], machines: int
) -> tuple[str, ...]:
    resolved = resolved_of(plan(times, edges, machines))
    return greedy_order(build_jobs(resolved, NAMES, times), resolved.team_sizes)


BASE = the_list(TIMES, EDGES, 3)


def makespan(
    times: dict[str, float],
    edges: list[tuple[str, str]],
    machines: int,
    order: tuple[str, ...] = BASE,
) -> float:
    return max(
        known
        for _, known in known_once(resolved_of(plan(times, edges, machines)), order, times).values()
    )


def without(count: int) -> list[list[tuple[str, str]]]:
    return [list(kept) for kept in combinations(EDGES, len(EDGES) - count)]


def shorter() -> dict[str, float]:
    return {name: time - 1 for name, time in TIMES.items()}


def test_the_instance_takes_twelve() -> None:
    assert makespan(TIMES, EDGES, 3) == GREEDY["base"] == 12


def test_a_new_list_shows_the_published_anomalies() -> None:
    """This is the reason why the list is kept."""
    shorter_list = the_list(shorter(), EDGES, 3)
    assert makespan(shorter(), EDGES, 3, shorter_list) == GREEDY["times_minus_1"] == 13
    assert makespan(TIMES, EDGES, 4, the_list(TIMES, EDGES, 4)) == GREEDY["four_machines"] == 15
    greedy = [makespan(TIMES, edges, 3, the_list(TIMES, edges, 3)) for edges in without(2)]
    assert max(greedy) == GREEDY["drop_two_edges"] == 16


def test_with_the_list_kept_nothing_gets_later() -> None:
    assert makespan(shorter(), EDGES, 3) <= 12
    assert makespan(TIMES, EDGES, 4) <= 12
    for count in range(1, 6):
        for edges in without(count):
            assert makespan(TIMES, edges, 3) <= 12


@pytest.mark.parametrize("name", NAMES)
def test_with_the_list_kept_no_single_shorter_task_delays(name: str) -> None:
    before = known_once(resolved_of(plan(TIMES, EDGES, 3)), BASE, TIMES)
    for less in np.linspace(0.1, TIMES[name], 8):
        times = {**TIMES, name: TIMES[name] - float(less)}
        after = known_once(resolved_of(plan(times, EDGES, 3)), BASE, times)
        assert all(after[each][1] <= before[each][1] for each in NAMES)


@st.composite
def instances(
    draw: st.DrawFn,
) -> tuple[str, tuple[str, ...], dict[str, float], int, tuple[str, ...]]:
    """Up to nine items over one or two teams in a list, with needs among those before, some of
    which fail.
    """
    count = draw(st.integers(2, 9))
    people = draw(st.integers(1, 4))
    text = "[teams.a]\npeople = {people}\n[teams.b]\npeople = 2\n"
    names = tuple(f"i{at}" for at in range(count))
    effort = {}
    for at, name in enumerate(names):
        effort[name] = float(draw(st.integers(0, 12)))
        before = list(names[:at])
        needs: list[str | list[str]] = list(
            draw(st.lists(st.sampled_from(before), max_size=2, unique=True)) if before else []
        )
        if len(before) > 1 and draw(st.booleans()):
            needs.append(
                draw(st.lists(st.sampled_from(before), min_size=2, max_size=3, unique=True))
            )
        text += (
            f'[product.{name}]\nteam = "{draw(st.sampled_from("aab"))}"\nstaff ='
            f" {draw(st.integers(1, 3))}\n"
        )
        text += f"needs = {needs}\nnot_before = 2026-12-{draw(st.integers(1, 28)):02}\n"
        if before and draw(st.integers(0, 4)) == 0:
            text += f'fallback_for = "{draw(st.sampled_from(before))}"\n'
    fails = draw(st.lists(st.sampled_from(names), max_size=3, unique=True))
    return text, names, effort, people, tuple(fails)


@given(instances(), st.data())
def test_less_effort_more_lanes_or_earlier_readiness_never_delays(
    instance: tuple[str, tuple[str, ...], dict[str, float], int, tuple[str, ...]],
    data: st.DataObject,
) -> None:
    """For one list and given outcomes; an item's staff stays within both teams' people."""
    text, names, effort, people, fails = instance
    base = resolved_of(text.format(people=people))
    staff = {
        name: min(terms.staff, base.team_sizes[terms.team or ""])
        for name, terms in base.items.items()
    }
    base = replace(
        base, items={name: replace(terms, staff=staff[name]) for name, terms in base.items.items()}
    )
    before = known_once(base, names, effort, fails=fails)
    changed = data.draw(st.sampled_from(names))
    easier = {
        name: value * data.draw(st.sampled_from([1.0, 0.5, 0.0])) for name, value in effort.items()
    }
    more = replace(base, team_sizes={"a": people + data.draw(st.integers(1, 2)), "b": 2})
    terms = {**base.items, changed: replace(base.items[changed], earliest_start=0.0)}
    for after in (
        known_once(base, names, easier, fails=fails),
        known_once(more, names, effort, fails=fails),
        known_once(replace(base, items=terms), names, effort, fails=fails),
    ):
        assert all(after[name][0] <= before[name][0] + 1e-9 for name in names)
        assert all(after[name][1] <= before[name][1] + 1e-9 for name in names)
