"""What moves a plan: swings, assumptions, break-evens and moves, against forecasting an edited
file.
"""

import math
from dataclasses import dataclass
from itertools import chain
from statistics import median
from typing import get_args

import pytest

from roadmap_tui.forecast.analysis.assumptions import AssumptionImpact, assumption_impacts
from roadmap_tui.forecast.analysis.break_even import break_evens
from roadmap_tui.forecast.analysis.tornado import Swing, TornadoFigure, tornado, tornadoes
from roadmap_tui.forecast.analysis.what_if import WHAT_IF_RUNS, WhatIfPlan
from roadmap_tui.forecast.analysis.what_if_inputs import WhatIfInput
from roadmap_tui.forecast.engine import ReferenceOrder, SimulatedForecast, simulated_forecast
from tests.forecast.build import resolved_of
from tests.forecast.inputs import Data, Range, guessing, is_open, items_of, ranges_of, with_number

FIGURES: tuple[TornadoFigure, ...] = get_args(TornadoFigure)


@dataclass(frozen=True)
class Figures:
    """What is read off a forecast: weekly and by rank, by item."""

    ships: dict[str, float]
    finish: dict[str, float]
    rank: dict[str, float]
    score: dict[str, float]
    unlocked: dict[str, float]
    value: float

    def of(self, name: str, figure: TornadoFigure) -> float | None:
        if figure == "value":
            return self.value
        found: dict[str, float] = getattr(self, figure)
        return found.get(name)


def planned(data: Data, base: tuple[str, ...] = ()) -> SimulatedForecast:
    return simulated_forecast(resolved_of(data), WHAT_IF_RUNS, ReferenceOrder(base))


def figures(data: Data, base: tuple[str, ...]) -> Figures:
    """The file forecast again, in the same build order."""
    again = planned(data, base)
    weighted = {row.id: row.weighted for row in again.forecast.ranking if row.weighted is not None}
    return Figures(
        ships={name: again.forecast.items[name].ships for name in base},
        finish={name: median(weeks) for name in base if (weeks := finishes(again, name))},
        rank={name: score.rank for name, score in weighted.items()},
        score={name: score.score for name, score in weighted.items()},
        unlocked={row.id: row.value for row in again.forecast.ranking if row.delivers},
        value=again.forecast.value,
    )


def finishes(found: SimulatedForecast, name: str) -> list[float]:
    simulation = found.simulation
    weeks = zip(
        simulation.times.resolved_at[name].tolist(), simulation.delivers(name).tolist(), strict=True
    )
    return [week for week, delivers in weeks if delivers]


def key(given: WhatIfInput | Range) -> tuple[str, str]:
    return given.item, given.field


def close(one: float | None, other: float | None) -> bool:
    return (
        one is other
        if one is None or other is None
        else math.isclose(one, other, rel_tol=1e-5, abs_tol=1e-9)
    )


class Study:
    """A plan, its build order, and the effects of changed numbers, each forecast once."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.base = planned(data).forecast.build_order
        self.trials = WhatIfPlan(resolved_of(data), self.base)
        open_items = (name for name, item in items_of(data).items() if is_open(item))
        ranges = chain.from_iterable(ranges_of(data, name) for name in open_items)
        self.ranges = {key(given): given for given in ranges}
        self.known: dict[tuple[tuple[str, str], float], Figures] = {}

    def at(self, given: Range, value: float) -> Figures:
        if (key(given), value) not in self.known:
            self.known[key(given), value] = figures(with_number(self.data, given, value), self.base)
        return self.known[key(given), value]

    def ends(self, given: Range) -> tuple[Figures, Figures]:
        return self.at(given, given.low), self.at(given, given.high)

    def above(self, name: str) -> set[str]:
        """An item and all that decides about it, however far."""
        found, waiting, items = set[str](), [name], items_of(self.data)
        while waiting:
            each = waiting.pop()
            if each in found or each not in items or not is_open(items[each]):
                continue
            found.add(each)
            for need in [*items[each].get("needs", []), items[each].get("fallback_for", "")]:
                waiting += need if isinstance(need, list) else [need]
            waiting += [
                spike for spike, item in self.data["spike"].items() if item["informs"] == each
            ]
        return found


# the tornado


def assert_ends(study: Study, swing: Swing, name: str, figure: TornadoFigure) -> None:
    given = study.ranges[key(swing.input)]
    assert (swing.input.low, swing.input.high) == pytest.approx((given.low, given.high), rel=1e-4)
    assert swing.input.is_assumed == given.guess
    for reported, again in zip((swing.low, swing.high), study.ends(given), strict=True):
        assert close(reported, again.of(name, figure)), (
            name,
            figure,
            swing,
            again.of(name, figure),
        )


@pytest.mark.parametrize("seed", range(5))
def test_the_ends_of_a_swing_are_those_of_the_changed_file(seed: int) -> None:
    study = Study(guessing(seed))
    for name in study.base:
        for figure in FIGURES:
            swings = tornado(study.trials, name, figure)
            sizes = [swing.size for swing in swings]
            assert sizes == sorted(sizes, reverse=True)
            assert all(sizes)
            for swing in swings:
                assert_ends(study, swing, name, figure)
            reported = {key(swing.input) for swing in swings}
            for other, given in study.ranges.items():
                if other not in reported and given.item in study.above(name):
                    low, high = study.ends(given)
                    assert close(low.of(name, figure), high.of(name, figure)), (name, figure, given)


SURE = "[roadmap]\nhorizon = 20\n[product.a]\nreach = 100\neffort = 4\nconfidence = 1\n"


def test_swings_of_one_sure_item_by_hand() -> None:
    """One person, 20 weeks: b of 2 to 6 weeks comes first; items earn their reach a quarter."""
    text = SURE.replace("[product.a]", '[teams.t]\npeople = 1\n[product.a]\nteam = "t"')
    text += '[product.b]\nteam = "t"\nreach = 300\neffort = [2, 6]\nconfidence = 1\n'
    trials = WhatIfPlan(resolved_of(text), ("b", "a"))
    quarter = 365.25 / 28
    value = [(300 * (20 - weeks) + 100 * (20 - weeks - 4)) / quarter for weeks in (2, 6)]
    for name, figure, low, high in (
        ("b", "finish", 2, 6),
        ("a", "finish", 6, 10),
        ("a", "value", value[0], value[1]),
        ("b", "score", 300 / 2, 300 / 6),
    ):
        swings = {key(each.input): each for each in tornado(trials, name, _figure(figure))}
        swing = swings["b", "effort"]
        assert [swing.low, swing.high] == pytest.approx([low, high])
    decided = WhatIfPlan(
        resolved_of("[policy]\nproduct_chance = 1\nimpact = 1\n" + text), ("b", "a")
    )
    assert tornado(decided, "a", "rank") == ()
    assert tornado(decided, "a", "ships") == ()


def test_what_moves_the_value_that_an_item_unlocks_by_hand() -> None:
    """What a needs unlocks as much as a itself, where it delivers; its own chance does not move
    that.
    """
    text = "[product.a]\nreach = [80, 120]\nneeds = ['m']\neffort = 1\nconfidence = 1\n"
    text += "impact = 1\nchance = 1\n"
    trials = WhatIfPlan(resolved_of(text + "[model.m]\nchance = 0.5\neffort = 1\n"), ("m", "a"))
    found = [tornado(trials, name, "unlocked") for name in ("a", "m")]
    for swings in found:
        assert key(swings[0].input) == ("a", "reach")
        assert [swings[0].low, swings[0].high] == pytest.approx([80, 120])
    assert [len(swings) for swings in found] == [1, 1]
    assert tornadoes(trials, "a", ("unlocked", "ships"))["unlocked"] == found[0]


def _figure(name: str) -> TornadoFigure:
    return next(figure for figure in FIGURES if figure == name)


# guesses


def expected_swing(study: Study, given: Range) -> tuple[float, float, float]:
    """The most places and weeks between the ends, and places and months together per open item that
    ever delivers.
    """
    low, high = study.ends(given)
    places = [abs(high.rank[name] - low.rank[name]) for name in low.rank.keys() & high.rank.keys()]
    weeks = [
        abs(high.finish[name] - low.finish[name]) for name in low.finish.keys() & high.finish.keys()
    ]
    months = sum(weeks) / (365.25 / 12 / 7)
    return (
        max(places, default=0),
        max(weeks, default=0.0),
        (sum(places) + months) / max(1, len(weeks)),
    )


@pytest.mark.parametrize("seed", range(8))
def test_what_hangs_on_a_guess_is_how_far_the_changed_files_lie_apart(seed: int) -> None:
    study = Study(guessing(seed))
    swings = assumption_impacts(study.trials)
    reported = {key(swing.input): swing for swing in swings}
    assert [swing.impact for swing in swings] == sorted(
        (swing.impact for swing in swings), reverse=True
    )
    guesses = {at: given for at, given in study.ranges.items() if given.guess}
    assert reported.keys() <= guesses.keys()
    for at, given in guesses.items():
        expected = expected_swing(study, given)
        found = reported.get(at) or AssumptionImpact(
            WhatIfInput(given.item, "effort", 0, 0, is_assumed=True), 0, 0, 0
        )
        assert (found.ranks, found.weeks, found.impact) == pytest.approx(
            expected, rel=1e-4, abs=1e-6
        ), at


def test_the_guess_of_most_consequence_comes_first() -> None:
    """Four items wait for m, whose effort is an assumption; one of an item that nothing waits for
    moves less.
    """
    text = "[policy]\nproduct_chance = 1\nimpact = 1\n"
    text += "[model.m]\nchance = 1\n[product.z]\nreach = 1\nconfidence = 1\n"
    text += "".join(
        f'[product.p{at}]\nneeds = ["m"]\nreach = 9\nconfidence = 1\neffort = 1\n'
        for at in range(4)
    )
    resolved = resolved_of(text)
    first, *others = assumption_impacts(
        WhatIfPlan(resolved, simulated_forecast(resolved, WHAT_IF_RUNS).forecast.build_order)
    )
    assert key(first.input) == ("m", "effort")
    assert [first.input.low, first.input.high, first.weeks] == pytest.approx([2, 9, 7])
    assert [key(swing.input) for swing in others] == [("z", "effort")]


# levers


@pytest.mark.parametrize("seed", range(12))
def test_a_lever_lifts_an_item_from_its_value_on_and_not_much_before(seed: int) -> None:
    """Between the two lies less than a 64th of its range."""
    study = Study(guessing(seed))
    now = figures(study.data, study.base).rank
    for name in study.base:
        reported = {key(lever.input): lever for lever in break_evens(study.trials, name)}
        if now.get(name, 1) == 1:
            assert reported == {}
            continue
        for at, given in candidates(study, name).items():
            better = given.low if given.field == "effort" else given.high
            if (
                figures(with_number(study.data, given, better), study.base).rank.get(
                    name, now[name]
                )
                >= now[name]
            ):
                assert at not in reported
                continue
            lever = reported.pop(at)
            reached = figures(with_number(study.data, given, lever.value), study.base).rank[name]
            assert reached == lever.rank < now[name]
            worse = given.high if given.field == "effort" else given.low
            before = lever.value + (worse - better) / 64
            short = figures(with_number(study.data, given, before), study.base).rank
            assert short.get(name, now[name]) >= now[name]
        assert reported == {}


def candidates(study: Study, name: str) -> dict[tuple[str, str], Range]:
    """The numbers of an item, and the chances of what decides about it directly."""
    items = items_of(study.data)
    direct: list[str] = []
    for each in items[name].get("needs", []):
        direct += each if isinstance(each, list) else [each]
    direct += [items[name].get("fallback_for", "")]
    own = {
        at
        for at in study.ranges
        if at[0] == name and at[1] in {"effort", "chance", "reach", "impact", "confidence"}
    }
    wanted = own | {(each, "chance") for each in direct}
    return {at: given for at, given in study.ranges.items() if at in wanted}


@pytest.mark.parametrize(
    ("fields", "field", "least", "most"),
    [
        ("reach = 60\neffort = [2, 4, 8]", "effort", 2.38, 2.4),
        ("reach = 110\neffort = [2, 4, 8]", "effort", 4.38, 4.4),
        ("reach = [40, 80, 160]\neffort = 4", "reach", 100, 100.6),
    ],
)
def test_a_lever_by_hand(fields: str, field: str, least: float, most: float) -> None:
    """a scores 100 / 4. With a reach of 60, b comes first from 60 / 25 = 2.4 weeks on; with 110,
    from 4.4 weeks on.
    """
    trials = WhatIfPlan(resolved_of(f"{SURE}[product.b]\nconfidence = 1\n{fields}\n"), ("a", "b"))
    found = {str(lever.input.field): lever for lever in break_evens(trials, "b")}
    assert least <= found[field].value <= most
    assert found[field].rank == 1
    assert break_evens(trials, "a") == ()
