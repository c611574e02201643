"""Numbers and titles as people read them."""

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from roadmap_tui.forecast.simulation.results import Quantiles
from roadmap_tui.text.dates import format_date, format_date_range
from roadmap_tui.text.numbers import (
    format_beside_level,
    format_chance,
    format_counted_share,
    format_effort,
    format_interval,
    format_level,
    format_number,
    format_people,
    format_set_level,
    format_share_change,
    format_whole_percent,
    round_significant,
)
from roadmap_tui.text.terminal_text import escape_control
from tests.export.samples import planned


@pytest.mark.parametrize(
    ("chance", "text"),
    [(0, "0%"), (0.0001, "<1%"), (0.57, "57%"), (0.994, "99%"), (0.9999, ">99%"), (1, ">99%")],
)
def test_a_chance_of_something_open_is_never_100(chance: float, text: str) -> None:
    assert format_chance(chance) == text


@pytest.mark.parametrize(("share", "text"), [(1, "100%"), (0.9999, ">99%"), (1.2, "120%")])
def test_a_share_that_is_known_may_be_whole(share: float, text: str) -> None:
    assert format_whole_percent(share) == text


@example(0.005)
@example(0.995)
@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_only_certainty_is_0_or_100(chance: float) -> None:
    assert format_chance(chance) not in {"0%", "100%"}
    assert format_whole_percent(chance) not in {"0%", "100%"}


def test_rates_are_as_precise_as_their_intervals() -> None:
    """Wilson's intervals of 178 of 200, 205 of 480, 4 of 1,000 and 297 of 300."""
    assert format_counted_share(178, 200) == "89% (84–93%)"
    assert format_counted_share(205, 480) == "43% (38–47%)"
    assert format_counted_share(4, 1000) == "0.4% (0.2–1.0%)"
    assert format_counted_share(297, 300) == "99% (97–100%)"
    assert format_interval(0.7523, 0.8561) == "(75–86%)"
    assert format_interval(180, 240) == "(180–240)"


def test_levels_keep_the_digits_they_need() -> None:
    assert [format_set_level(level) for level in (0.8, 0.995, 0.85, 240)] == [
        "80%",
        "99.5%",
        "85%",
        "240",
    ]
    assert format_beside_level(0.8495, 0.85) == "84.95%"
    assert format_beside_level(0.81, 0.85) == "81%"
    assert [format_level(rate) for rate in (0.809, 0.042, 0, 240)] == ["81%", "4.2%", "0%", "240"]


@pytest.mark.parametrize(
    ("people", "text"), [(0, "0"), (0.0692, "0.1"), (0.02, "<0.1"), (2, "2"), (1.46, "1.5")]
)
def test_people_are_in_tenths(people: float, text: str) -> None:
    assert format_people(people) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.85, "0.85"),
        (9.994, "9.99"),
        (12.4, "12.4"),
        (12.0, "12"),
        (1536, "1,536"),
        (2e6, "2,000,000"),
    ],
)
def test_quantities(value: float, text: str) -> None:
    assert format_number(value) == text


@given(st.floats(1e-9, 1e12))
def test_rounding_keeps_four_significant_digits(value: float) -> None:
    assert round_significant(value) == pytest.approx(value, rel=5.0001e-4)
    assert len(f"{round_significant(value):.14e}".split("e")[0].replace(".", "").rstrip("0")) <= 4


def test_titles_are_shown_and_never_obeyed() -> None:
    assert escape_control("a\x1b[31m\x07\x7f") == "a␛[31m␇␡"
    assert escape_control("a\u202eb") == "a\\u202eb"
    assert escape_control("日本 👩\u200d💻 [red]") == "日本 👩\u200d💻 [red]"


@pytest.mark.parametrize(
    ("weeks", "text"),
    [
        (Quantiles(1, 1, 1), "30 Nov"),
        (Quantiles(1, 2, 3), "30 Nov–14 Dec"),
        (Quantiles(10, 15, 20), "Feb–Apr"),
        (Quantiles(5, 20, 45), "Q4 2026–Q4 2027"),
        (Quantiles(10, 30, 60), "Q1–after Nov 2027"),
        (Quantiles(60, 70, 80), "after Nov 2027"),
    ],
)
def test_ranges_are_shown_as_precisely_as_their_spread_allows(weeks: Quantiles, text: str) -> None:
    forecast = planned("[roadmap]\nas_of = 2026-11-23\n[product.a]\n", 200)[1]
    assert format_date_range(forecast, weeks) == text


def test_dates() -> None:
    assert format_date(dt.date(2026, 11, 23)) == "23 Nov 2026"


@pytest.mark.parametrize(
    ("weeks", "text"),
    [
        (0, "0"),
        (0.1, "<0.5"),
        (0.3, "0.5"),
        (2.74, "2.5"),
        (-1.2, "-1"),
        (4.26, "4"),
        (14499.7, "14,500"),
    ],
)
def test_efforts_have_halves_below_four(weeks: float, text: str) -> None:
    assert format_effort(weeks) == text


@pytest.mark.parametrize(
    ("mean", "se", "text"),
    [
        (0.0119, 0.0018, "+1.2% ± 0.2"),
        (-0.0034, 0.0005, "-0.3% ± 0.1"),
        (-0.276, 0.011, "-28% ± 1"),
        (0.001, 0.0006, "no change"),
        (0.0, 0.0, "no change"),
        (0.25, 0.0, "+25.0%"),
    ],
)
def test_a_change_has_no_more_digits_than_its_error_allows(
    mean: float, se: float, text: str
) -> None:
    assert format_share_change(mean, se) == text
