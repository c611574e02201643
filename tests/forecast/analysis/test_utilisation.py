"""Teams' loads, and the chance that several deliver, counted in plain Python: week by week, run by
run.
"""

import datetime as dt
import math
from itertools import pairwise
from pathlib import Path
from statistics import fmean, quantiles
from typing import Any

import pytest

from roadmap_tui.forecast.analysis.horizon_value import chance_all_delivered
from roadmap_tui.forecast.analysis.utilisation import PeopleCount, TeamUtilisation, team_utilisation
from roadmap_tui.forecast.simulation.simulator import Simulation, simulate, work_order
from tests.forecast.build import resolved_of, standard_error
from tests.forecast.random_plans import fuller_plan, random_plan
from tests.forecast.slow import START, runs_of

RUNS = 400
Data = dict[str, Any]
Weekly = list[float]


def simulated(data: Data | str, runs: int = RUNS) -> Simulation:
    resolved = resolved_of(data)
    return simulate(resolved, work_order(resolved, runs).build_order, runs)


def items_of(data: Data) -> dict[str, Data]:
    return {**data.get("model", {}), **data.get("product", {}), **data.get("spike", {})}


def upkeep_of(item: Data) -> float:
    people: float = item.get("upkeep", 0.0)
    if "retrain" in item:
        effort = item["retrain"]["effort"]
        people += (effort[1] if isinstance(effort, list) else effort) / item["retrain"][
            "every_weeks"
        ]
    return people


Span = tuple[float, float, float]  # from, until, people


def spans_of(
    simulation: Simulation, data: Data, team: str
) -> tuple[list[list[Span]], list[list[Span]]]:
    """Who is at work on the plan and who is on upkeep, by run. Work in progress continues
    to its end.
    """
    work: list[list[Span]] = [[] for _ in range(simulation.runs)]
    upkeep: list[list[Span]] = [[] for _ in range(simulation.runs)]
    size = data["teams"][team]["people"]
    for name, item in items_of(data).items():
        if item.get("team") != team:
            continue
        people, until = upkeep_of(item), math.inf
        if "retired" in item:
            until = (item["retired"] - START).days / 7
        if item.get("status") == "live":
            for run in upkeep:
                run.append((0.0, until, people))
        if name not in simulation.build_order:
            continue
        attempted, under_way = simulation.attempted(name), item.get("status") == "active"
        start, ends = simulation.times.start[name].tolist(), simulation.times.end[name].tolist()
        for at, finish in enumerate(finishes_of(simulation, name)):
            if attempted[at] or under_way:
                work[at].append((start[at], ends[at], min(size, item.get("staff", 1))))
            if finish is not None:
                upkeep[at].append((finish, max(finish, until), people))
    return work, upkeep


def by_week(work: list[Span], upkeep: list[Span], size: int, weeks: int) -> tuple[Weekly, Weekly]:
    """People at work and people on upkeep in each week of one run, moment by moment."""
    edges = {float(week) for week in range(weeks + 1)}
    for start, end, _ in (*work, *upkeep):
        edges |= {start, end}
    at_work, kept = [0.0] * weeks, [0.0] * weeks
    for start, end in pairwise(sorted(edge for edge in edges if edge <= weeks)):
        middle = (start + end) / 2
        busy = sum(people for since, until, people in work if since <= middle < until)
        looking = sum(people for since, until, people in upkeep if since <= middle < until)
        looking = min(looking, 0.9 * size)
        at_work[int(start)] += min(busy, size - looking) * (end - start)
        kept[int(start)] += looking * (end - start)
    return at_work, kept


def finishes_of(simulation: Simulation, name: str) -> list[float | None]:
    """When an open item delivers, by run; None where it does not."""
    delivers, known = simulation.delivers(name), simulation.times.resolved_at[name]
    return [float(weeks) if works else None for works, weeks in zip(delivers, known, strict=True)]


def by_team(simulation: Simulation) -> dict[str, TeamUtilisation]:
    return {load.team: load for load in team_utilisation(simulation)}


def tenths(counted: list[float]) -> tuple[float, float, float, float]:
    found = quantiles(counted, n=10, method="inclusive")
    return (fmean(counted), found[0], found[4], found[8])


def is_count_of(people: PeopleCount, counted: list[float]) -> bool:
    found = (people.mean, people.p10, people.p50, people.p90)
    return found == pytest.approx(tenths(counted), abs=2e-3)


@pytest.mark.parametrize("seed", range(12))
def test_loads_are_those_of_every_week_of_every_run(seed: int) -> None:
    data = fuller_plan(seed)
    simulation = simulated(data)
    weeks = data["roadmap"]["horizon"]
    for team, load in by_team(simulation).items():
        size = data["teams"][team]["people"]
        assert load.people == size
        assert len(load.busy) == len(load.upkeep) == weeks
        spans = zip(*spans_of(simulation, data, team), strict=True)
        runs = [by_week(work, upkeep, size, weeks) for work, upkeep in spans]
        for week in range(weeks):
            busy = [at_work[week] for at_work, _ in runs]
            kept = [upkeep[week] for _, upkeep in runs]
            idle = [size - one - other for one, other in zip(busy, kept, strict=True)]
            assert is_count_of(load.busy[week], busy), (team, week)
            assert is_count_of(load.idle[week], idle), (team, week)
            assert load.upkeep[week] == pytest.approx(fmean(kept), abs=1e-3)
            assert min(idle) >= -1e-3
        for block in load.blocks:
            span = slice(block.first - 1, block.last)
            assert is_count_of(block.busy, [fmean(at_work[span]) for at_work, _ in runs])
        every = fmean(fmean(at_work) for at_work, _ in runs)
        assert load.utilisation * size == pytest.approx(every, abs=1e-3)


CASES = Path(__file__).parent.parent / "cases"


def test_those_at_work_and_those_on_upkeep_are_never_more_than_the_team() -> None:
    """Two people of whom one looks after a live model work on 40 person-weeks for 40 weeks."""
    (load,) = team_utilisation(simulated((CASES / "up.toml").read_text()))
    assert [week.mean for week in load.busy] == pytest.approx([1] * 40 + [0] * 12, abs=0.01)
    assert load.upkeep == pytest.approx([1] * 52)
    assert sum(week.mean for week in load.busy) == pytest.approx(40, abs=0.01)


TEAM = "[roadmap]\nhorizon = {}\n[teams.t]\npeople = {}\n"
ITEM = '[product.{}]\nteam = "t"\n{}\n'


def p50s(text: str) -> list[float]:
    (load,) = team_utilisation(simulated(text))
    return [busy.p50 for busy in load.busy]


def test_parts_of_weeks_count_as_parts_of_people() -> None:
    """a takes both for 2.25 weeks, b one of them for 1.5."""
    text = (
        TEAM.format(5, 2)
        + ITEM.format("a", "effort = 4.5\nstaff = 2\nreach = 9")
        + ITEM.format("b", "effort = 1.5")
    )
    assert p50s(text) == pytest.approx([2, 2, 0.5 + 0.75, 0.75, 0])


def test_work_in_progress_continues_though_it_will_not_deliver() -> None:
    """The lane is occupied until then."""
    text = TEAM.format(6, 1) + ITEM.format("a", 'status = "active"\nneeds = ["gone"]\neffort = 3')
    assert p50s(text + ITEM.format("b", "effort = 2")) == pytest.approx([1, 1, 1, 1, 1, 0])


def test_what_is_blocked_from_the_start_is_not_worked_on() -> None:
    text = TEAM.format(3, 1) + ITEM.format("a", 'needs = ["gone"]\neffort = 3')
    assert p50s(text + ITEM.format("b", "effort = 2")) == pytest.approx([1, 1, 0])


def test_a_bet_keeps_people_busy_where_it_fails_too_and_what_follows_only_where_it_works() -> None:
    text = TEAM.format(4, 1) + '[model.m]\nteam = "t"\nchance = 0.3\neffort = 2\n'
    (load,) = team_utilisation(simulated(text + ITEM.format("a", 'needs = ["m"]\neffort = 2')))
    assert [busy.p10 for busy in load.busy] == pytest.approx([1, 1, 0, 0])
    assert [busy.p50 for busy in load.busy] == pytest.approx([1, 1, 0, 0])
    assert [busy.p90 for busy in load.busy] == pytest.approx([1, 1, 1, 1])


def test_upkeep_ends_with_the_model_and_begins_with_delivery_at_its_chance() -> None:
    retired = START + dt.timedelta(weeks=2)
    live = f'[model.m]\nteam = "t"\nstatus = "live"\nupkeep = 0.5\nretired = {retired}\n'
    bet = '[model.n]\nteam = "t"\nchance = 0.25\neffort = 3\nupkeep = 1\n'
    (load,) = team_utilisation(simulated(TEAM.format(5, 4) + live + bet))
    assert load.upkeep == pytest.approx([0.5, 0.5, 0, 0.25, 0.25])


RETRAIN = "upkeep = 0.5\nretrain = { every_weeks = 8, effort = [1, 2, 9] }\n"


def test_training_again_takes_its_likely_effort_over_its_weeks_until_the_model_is_retired() -> None:
    live = TEAM.format(4, 2) + f'[model.m]\nteam = "t"\nstatus = "live"\n{RETRAIN}'
    for more, people in (
        ("", [0.75] * 4),
        (f"retired = {START + dt.timedelta(weeks=3)}\n", [0.75] * 3 + [0]),
    ):
        (load,) = team_utilisation(simulated(live + more))
        assert load.upkeep == pytest.approx(people)


def test_what_ships_is_trained_again_from_that_week_until_it_is_retired() -> None:
    bet = TEAM.format(6, 2) + f'[model.m]\nteam = "t"\nchance = 0.5\neffort = 2\n{RETRAIN}'
    for more, people in (
        ("", [0.375] * 4),
        (f"retired = {START + dt.timedelta(weeks=4)}\n", [0.375] * 2 + [0] * 2),
    ):
        (load,) = team_utilisation(simulated(bet + more))
        assert load.upkeep == pytest.approx([0, 0, *people])


@pytest.mark.parametrize("status", ["done", "failed", "dropped", "idea"])
def test_what_never_runs_needs_no_people(status: str) -> None:
    (load,) = team_utilisation(
        simulated(TEAM.format(3, 2) + f'[model.m]\nteam = "t"\nstatus = "{status}"\n{RETRAIN}')
    )
    assert load.upkeep == (0, 0, 0)


def test_three_models_at_three_days_a_month_of_twenty_are_nearly_half_a_person() -> None:
    live = "".join(
        f'[model.m{at}]\nteam = "t"\nstatus = "live"\nupkeep = 0.15\n' for at in range(3)
    )
    (load,) = team_utilisation(simulated(TEAM.format(2, 2) + live))
    assert load.upkeep == pytest.approx([0.45, 0.45])


def test_a_part_of_a_week_at_the_end_counts_whole_and_a_long_horizon_is_cut_at_ten_years() -> None:
    for horizon, weeks in ((0.3, 1), (2.5, 3), (1040, 520)):
        (load,) = team_utilisation(
            simulated(TEAM.format(horizon, 1) + ITEM.format("a", "effort = 1"), 20)
        )
        assert len(load.busy) == len(load.upkeep) == weeks


# together


def counted(simulation: Simulation, names: tuple[str, ...], by: float) -> float:
    """The share of runs in which all of these have delivered, one by one."""
    statuses = {name: simulation.resolved.items[name].status for name in names}
    if any(status in {"failed", "dropped", "idea"} for status in statuses.values()):
        return 0.0
    columns = [
        finishes_of(simulation, name) for name in names if statuses[name] in {"planned", "active"}
    ]
    hits = 0
    for at in range(simulation.runs):
        weeks = [column[at] for column in columns]
        hits += all(week is not None and week <= by + 0.01 / 7 for week in weeks)
    return hits / simulation.runs


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("by", [4.0, 10.5, 400.0])
def test_together_counts_the_runs_in_which_all_have_delivered(seed: int, by: float) -> None:
    data = random_plan(seed)
    simulation = simulated(data)
    names = tuple(simulation.resolved.items)
    for chosen in ((), names[:1], names[:2], names[1:4], names[-2:], names):
        assert chance_all_delivered(simulation, chosen, by) == pytest.approx(
            counted(simulation, chosen, by), abs=1e-12
        )


@pytest.mark.parametrize("seed", range(6))
def test_together_is_that_of_the_slow_simulator(seed: int) -> None:
    data = random_plan(seed)
    simulation = simulated(data, 10_000)
    names, by = simulation.build_order, data["roadmap"]["horizon"]
    slow = list(runs_of(data, names, 1_000, seed))
    for chosen in pairwise(names):
        hits = 0
        for each in slow:
            hits += all(each.fate(name) == "delivers" and each.known(name) <= by for name in chosen)
        share, seen = chance_all_delivered(simulation, chosen, by), hits / len(slow)
        assert (
            abs(share - seen) <= 4.5 * standard_error((share + seen) / 2, 1_000, 10_000) + 3 / 1_000
        )


def test_what_is_independent_multiplies_and_what_rests_on_one_bet_does_not() -> None:
    text = "[model.m]\nchance = 0.5\neffort = 1\n[model.n]\nchance = 0.4\neffort = 1\n"
    text += '[product.a]\nneeds = ["m"]\neffort = 1\n[product.b]\nneeds = ["m"]\neffort = 1\n'
    simulation = simulated(text + '[product.c]\nstatus = "live"\n', 10_000)
    error = 4.5 * standard_error(0.2, 10_000)
    assert chance_all_delivered(simulation, ("m", "n"), 9) == pytest.approx(0.2, abs=error)
    assert chance_all_delivered(simulation, ("a", "b", "m", "c"), 9) == pytest.approx(0.5, abs=1e-4)
    assert chance_all_delivered(simulation, ("a", "b"), 1.5) == 0
    assert chance_all_delivered(simulation, (), 9) == 1
