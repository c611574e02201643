"""Value of one more person: by hand for exact plans, and against a file with one more person."""

import math
import tomllib
from statistics import fmean, pstdev

import pytest

from roadmap_tui.forecast.analysis.capacity_value import capacity_values
from roadmap_tui.forecast.analysis.horizon_value import horizon_values, simulated_values
from roadmap_tui.forecast.analysis.paired_difference import PairedDifference, holm_significant
from roadmap_tui.forecast.analysis.what_if import WHAT_IF_RUNS
from roadmap_tui.forecast.simulation.simulator import Simulation, simulate, work_order
from tests.forecast.build import resolved_of

PERIOD = 365.25 / 7 / 4
"""Weeks in a quarter, in which each item reaches its reach once."""
SURE = """
[roadmap]
horizon = 20
[teams.app]
people = 1
[teams.ml]
people = 2
[product.a]
team = "app"
effort = 4
reach = 100
confidence = 1
[product.b]
team = "app"
effort = 6
reach = 100
confidence = 1
[model.m]
team = "ml"
chance = 1
effort = 3
"""


def test_a_second_person_ends_the_waiting() -> None:
    """b is live from week 6 on instead of week 10: 4 weeks of its reach; nothing waits for ml."""
    found = capacity_values(resolved_of(SURE))
    app, ml = found["app"], found["ml"]
    assert app.gain.mean == pytest.approx(4 * 100 / PERIOD, rel=1e-5)
    assert app.gain.se == pytest.approx(0, abs=1e-4)
    before = (16 + 10) * 100 / PERIOD
    assert app.share.mean == pytest.approx(4 / 26, rel=1e-5)
    assert app.total == pytest.approx(before, rel=1e-5)
    assert app.per_week.mean == pytest.approx(app.gain.mean / 20)
    assert (app.people, app.binds) == (1, True)
    assert (ml.gain.mean, ml.gain.se, ml.binds) == (0, 0, False)


UNSURE = SURE.replace("effort = 4", "effort = [2, 4, 9]").replace(
    "effort = 6", "effort = [3, 6, 14]"
)


def planned(text: str) -> Simulation:
    resolved = resolved_of(text)
    return simulate(resolved, work_order(resolved, WHAT_IF_RUNS).build_order, WHAT_IF_RUNS)


def test_it_is_the_file_with_one_more_person_on_the_same_runs() -> None:
    before, after = planned(UNSURE), planned(UNSURE.replace("people = 1", "people = 2"))
    gain = capacity_values(resolved_of(UNSURE), {"app"})["app"].gain
    differences = (simulated_values(after) - simulated_values(before)).tolist()
    assert gain.mean == pytest.approx(fmean(differences), rel=1e-6)
    assert gain.se == pytest.approx(pstdev(differences) / math.sqrt(WHAT_IF_RUNS), rel=1e-6)
    assert float(simulated_values(before).mean()) == pytest.approx(
        sum(horizon_values(before).values())
    )


def test_only_the_teams_asked_for_are_tried() -> None:
    assert set(capacity_values(resolved_of(SURE), {"ml"})) == {"ml"}
    assert (
        capacity_values(
            resolved_of(
                {k: v for k, v in tomllib.loads(SURE).items() if k == "roadmap"}
                | {"product": {"a": {}}}
            )
        )
        == {}
    )


def test_holm_stops_at_the_first_that_fails() -> None:
    """Levels of two-sided two standard errors: 4.55 % over 3, 2 and 1 differences."""
    found = {
        "clear": PairedDifference(5, 1),
        "middle": PairedDifference(-2.2, 1),  # 2.8 %, above 4.55 % ÷ 2
        "alone": PairedDifference(2.1, 1),  # 3.6 %, which would pass by itself
    }
    assert holm_significant(found) == {"clear"}
    assert holm_significant({"alone": found["alone"]}) == {"alone"}
    assert holm_significant({"sure": PairedDifference(1, 0), "none": PairedDifference(0, 0)}) == {
        "sure"
    }
