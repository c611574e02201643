"""Money in words: amounts, shares, bars, the cheapest way over volume."""

import math
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.diagrams.volume_axis import volume_axis
from roadmap_tui.diagrams.waterfall import WaterfallBar, draw_waterfall
from roadmap_tui.forecast.simulation.amounts import AmountRange, AmountSummary, summarise
from roadmap_tui.money.build_or_buy import BuildOrBuy, VolumeRange
from roadmap_tui.text.currency import Currency, format_quantity, format_share

DOLLARS = Currency.from_code("USD")
UNITS = {"": 1.0, "k": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "$0"),
        (0.01238, "$0.01238"),
        (0.5, "$0.50"),
        (0.00005, "$0.00005"),
        (0.000123456, "$0.0001235"),
        (6.809, "$6.81"),
        (50, "$50"),
        (702.37, "$702"),
        (999.96, "$1k"),
        (180_000, "$180k"),
        (999_600, "$1M"),
        (341_300, "$341k"),
        (-80_700, "-$80.7k"),
        (2.07e6, "$2.07M"),
        (4.6e9, "$4.6B"),
    ],
)
def test_amounts(amount: float, text: str) -> None:
    assert DOLLARS.format_amount(amount) == text


@given(st.floats(1e-12, 1e24))
def test_an_amount_is_shown_to_half_a_percent(amount: float) -> None:
    text = DOLLARS.format_amount(amount).removeprefix("$")
    unit = text[-1] if text[-1] in UNITS else ""
    assert float(text.removesuffix(unit)) * UNITS[unit] == pytest.approx(amount, rel=0.0051)


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (244e3, 376e3, "$244k–$376k"),
        (999e3, 1.2e6, "$999k–$1.2M"),
        (-80e3, 20e3, "-$80k to $20k"),
        (0, 5e3, "$0–$5k"),
        (100.2, 100.3, "$100"),
    ],
)
def test_ranges(low: float, high: float, text: str) -> None:
    assert DOLLARS.format_spread(AmountRange(low, low, high)) == text


@pytest.mark.parametrize(
    ("code", "text"),
    [("EUR", "€5"), ("eur", "€5"), ("CHF", "CHF 5"), (" ", "5"), ("\x1b[31m" * 9, "␛[31m␛[3 5")],
)
def test_currencies(code: str, text: str) -> None:
    assert Currency.from_code(code).format_amount(5) == text


@pytest.mark.parametrize(
    ("part", "text"), [(0.793, "79%"), (-0.004, "0%"), (-2.0, "-200%"), (25.0, "2,500%")]
)
def test_shares(part: float, text: str) -> None:
    assert format_share(summarise(part)) == text


def test_ranges_of_shares() -> None:
    assert format_share(AmountSummary(0, AmountRange(0.32, 0.4, 0.41))) == "32–41%"
    assert format_share(AmountSummary(0, AmountRange(-0.32, 0.4, 0.41))) == "-32% to 41%"
    assert format_share(None) == "–"


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (6, "6"), (94.12, "94.1"), (669642.9, "669,643"), (6.7e6, "6.7M")],
)
def test_counts(number: float, text: str) -> None:
    assert format_quantity(number) == text


AMOUNTS = st.floats(-1e6, 1e6).map(lambda amount: round(amount, 2))


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), max_size=8), st.integers(0, 60))
def test_bars_stand_where_their_amounts_are(ends: list[tuple[float, float]], cells: int) -> None:
    """Each fills the width, and begins and ends within a cell of its share of the scale."""
    bars = [WaterfallBar("", start, end, "") for start, end in ends]
    flat = [0.0, *chain.from_iterable(ends)]
    low, high = min(flat), max(flat)
    for (start, end), line in zip(ends, draw_waterfall(bars, cells), strict=True):
        assert len(line) == cells
        shape = line.strip()
        if start == end or not cells:
            assert not shape
            continue
        first, last = sorted((edge - low) / (high - low) * cells for edge in (start, end))
        assert abs(line.index(shape[0]) - first) <= 1
        assert abs(line.index(shape[0]) + len(shape) - last) <= 1
        assert set(shape) == {"▒"}


def buying(starts: list[float], volume: float | None) -> BuildOrBuy:
    named = zip([0.0, *starts], "xyzuvw", strict=False)
    stretches = tuple(VolumeRange(start, summarise(start), 1.0, name) for start, name in named)
    shown = None if volume is None else summarise(volume)
    return BuildOrBuy((), stretches, shown, 24, None, None, None, None, None)


VOLUMES = st.floats(1, 1e9)


@given(
    st.lists(VOLUMES, min_size=1, max_size=4, unique=True), st.none() | VOLUMES, st.integers(20, 90)
)
def test_the_axis_of_volume_turns_where_another_is_cheaper(
    turns: list[float], volume: float | None, cells: int
) -> None:
    starts = sorted(turns)
    axis = volume_axis(buying(starts, volume), cells)
    assert axis is not None
    letters, scale = axis
    assert len(letters) == len(scale) == cells
    known = [*starts, *([volume] if volume else [])]
    low, high = min(known) / 10, max(known) * 10
    for cell, letter in enumerate(letters):
        middle = low * (high / low) ** ((cell + 0.5) / cells)
        least = sum(start <= middle * (1 - 1e-9) for start in starts)
        most = sum(start <= middle * (1 + 1e-9) for start in starts)
        assert least <= "ABCDE".index(letter) <= most
    if volume and "↑" in scale:
        assert (
            abs(scale.index("↑") - math.log(volume / low) / math.log(high / low) * cells)
            <= 1 + 1e-9
        )


def test_where_one_is_always_cheapest_there_is_no_axis() -> None:
    assert volume_axis(buying([], 5.0), 60) is None
    assert volume_axis(buying([0.0], 5.0), 60) is None
    assert volume_axis(buying([5.0], 5.0), 10) is None
