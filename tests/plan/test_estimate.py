"""Estimates: the meaning of each spelling, and one fault for each invalid one."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.faults import format_path
from tests.plan.build import one_fault, terms_of

SIZES = {"S": (0.5, 1, 2), "M": (2, 4, 9), "L": (5, 10, 24), "XL": (12, 26, 60)}


def effort(written: str) -> Estimate:
    return terms_of(f"[product.a]\neffort = {written}\n").effort


@pytest.mark.parametrize("size", SIZES)
def test_sizes(size: str) -> None:
    assert effort(f'"{size}"') == Estimate(*SIZES[size])


def test_sizes_are_those_of_the_policy() -> None:
    assert terms_of(
        '[policy]\nsizes.M = [1, 2, 3]\n[product.a]\neffort = "M"\n'
    ).effort == Estimate(1, 2, 3)
    assert terms_of('[policy]\nsize = "XL"\n[product.a]\n').effort == Estimate(12, 26, 60)


@pytest.mark.parametrize(
    ("written", "expected"),
    [("3", (3, 3, 3)), ("0", (0, 0, 0)), ("0.5", (0.5,) * 3), ("[3, 4, 9]", (3, 4, 9))],
)
def test_a_number_is_sure_and_three_are_the_quantiles(
    written: str, expected: tuple[float, float, float]
) -> None:
    assert effort(written) == Estimate(*expected)


def test_two_numbers_are_a_lognormal_range() -> None:
    assert effort("[2, 8]") == Estimate(2, 4, 8)


@given(st.floats(1e-12, 1e6), st.floats(1.0001, 1e6))
def test_the_middle_of_two_numbers_is_their_geometric_mean(low: float, ratio: float) -> None:
    estimate = effort(f"[{low!r}, {low * ratio!r}]")
    assert estimate.p50 == pytest.approx(
        math.exp((math.log(low) + math.log(low * ratio)) / 2), rel=1e-9
    )


HUGE = "1" + "0" * 400
FAULTY = {  # place in the estimate, what is wrong
    "true": ("", "not a number"),
    "'XXL'": ("", 'no size "XXL"'),
    "'m'": ("", 'no size "m"'),
    "nan": ("", "not a finite number"),
    "inf": ("", "not a finite number"),
    "-1": ("", "negative"),
    "1e99": ("", "the number is too large"),
    "[1, 2, 1e13]": ("[2]", "the number is too large"),
    "[]": ("", "0 numbers"),
    "[1]": ("", "1 number"),
    "[1, 2, 3, 4]": ("", "4 numbers"),
    "[0, 4]": ("[0]", "start above 0"),
    "[-1, 4]": ("[0]", "start above 0"),
    "[4, 2]": ("[1]", "do not rise"),
    "[4, 4]": ("[1]", "do not rise"),
    "[3, 9, 4]": ("[2]", "do not rise"),
    "[3, 3, 9]": ("[1]", "do not rise"),
    "[1, 2, inf]": ("[2]", "not a finite number"),
    "['1', 2]": ("[0]", "not a number"),
    "[[1], 2]": ("[0]", "not a number"),
    "[true, 2]": ("[0]", "not a number"),
    "{ low = 1 }": ("", "not a number"),
    "2026-01-01": ("", "not a number"),
    "[1, 1.001, 9]": ("[1]", "too near an end of the range"),
    "[1, 8.999, 9]": ("[1]", "too near an end of the range"),
    HUGE: ("", "the number is too large"),
    "1e-300": ("", "the number is too small"),
    "[1e-300, 1e12]": ("[0]", "the number is too small"),
    f"[1, {HUGE}]": ("[1]", "the number is too large"),
}


@pytest.mark.parametrize("written", FAULTY, ids=lambda written: written[:16])
def test_what_is_no_estimate_is_one_fault_with_a_remedy(written: str) -> None:
    fault = one_fault(f"[product.a]\neffort = {written}\n")
    place, wrong = FAULTY[written]
    assert format_path(fault.path) == f"product.a.effort{place}"
    assert wrong in fault.problem
    assert fault.remedy
    assert fault.fatal


def test_the_middle_may_stand_a_hundredth_of_the_log_range_from_an_end() -> None:
    low, high = 1.0, math.e**2
    for share, faults in ((0.0101, 0), (0.9899, 0), (0.0099, 1), (0.9901, 1)):
        text = f"[product.a]\neffort = [{low}, {math.exp(2 * share)!r}, {high!r}]\n"
        if faults:
            assert "too near an end of the range" in one_fault(text).problem
        else:
            assert terms_of(text).effort.p50 == math.exp(2 * share)


@pytest.mark.parametrize("field", ["reach", "impact"])
def test_other_quantities_take_no_sizes(field: str) -> None:
    assert one_fault(f"[product.a]\n{field} = 'M'\n").problem == "not a number"


PLACES = {
    "roadmap.users": "[roadmap]\nusers = {}\n[product.a]\n",
    "product.a.reach": "[product.a]\nreach = {}\n",
    "product.a.impact": "[product.a]\nimpact = {}\n",
    "model.a.stages.train.effort": "[model.a]\nstages.train.effort = {}\n",
    "model.a.stages.train.compute": "[model.a]\nstages.train = {{ effort = 1, compute = {} }}\n",
    "model.a.retrain.effort": "[model.a]\nretrain = {{ every_weeks = 4, effort = {} }}\n",
    "policy.sizes.S": "[policy.sizes]\nS = {}\n[product.a]\n",
    "model.a.volume_month": "[model.a]\nvolume_month = {}\n",
    "product.a.failures.f.cost": "[product.a.failures.f]\ncost = {}\n",
}


@pytest.mark.parametrize("place", PLACES)
def test_every_estimate_of_the_format_is_read_alike(place: str) -> None:
    fault = one_fault(PLACES[place].format("[4, 2]"))
    assert format_path(fault.path) == f"{place}[1]"
    assert (fault.code, fault.problem) == ("estimate", "the values of the range do not rise")
