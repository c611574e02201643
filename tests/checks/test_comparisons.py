"""Thresholds that are reached but for rounding, and shares with enough digits to show it."""

import pytest

from roadmap_tui.text.comparisons import is_above, is_below, percent_against


@pytest.mark.parametrize(
    ("value", "level"),
    [(0.1 + 0.2, 0.3), (0.9 * 0.8, 0.72), (2.4 / 1.6, 1.5), (0.0, 1e-17), (-1e-12, 0.0)],
)
def test_rounding_moves_nothing_over_a_level(value: float, level: float) -> None:
    assert not is_above(value, level)
    assert not is_below(value, level)


@pytest.mark.parametrize(
    ("less", "more"), [(0.29999, 0.3), (-0.001, 0.0), (0.0, 0.001), (1e9, 1e9 + 10)]
)
def test_what_differs_differs(less: float, more: float) -> None:
    assert is_below(less, more)
    assert is_above(more, less)
    assert not is_above(less, more)
    assert not is_below(more, less)


@pytest.mark.parametrize(
    ("share", "level", "said"),
    [
        (0.42, 0.8, "42%"),
        (0.798, 0.8, "79.8%"),
        (0.79996, 0.8, "79.996%"),
        (0.9004, 0.9, "90.04%"),
        (-0.002, 0.0, "-0.2%"),
        (-0.3, 0.0, "-30%"),
        (0.003, 0.9, "<1%"),
        (0.5, 0.5, "50%"),
    ],
)
def test_a_share_shows_on_which_side_it_lies(share: float, level: float, said: str) -> None:
    assert percent_against(share, level) == said
