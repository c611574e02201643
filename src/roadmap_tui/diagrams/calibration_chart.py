"""Chart of estimates against actual efforts, each relative to its own middle."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from roadmap_tui.forecast.simulation.calibration import FinishedEffort
from roadmap_tui.narrative.item_figures import mark_assumption
from roadmap_tui.text.numbers import format_number
from roadmap_tui.text.terminal_text import cell_width

IN_RANGE, OUT_OF_RANGE = "●", "○"
_MAX_RATIO = 32.0
_MIN_RATIO = 2.0


@dataclass(frozen=True, slots=True)
class CalibrationBar:
    """One finished item; `low`, `middle`, `high` and `at` are positions on the scale, 0 to 1.

    Attributes:
        range: the estimated 80% range in person-weeks, marked if it is an assumption.
        stated: its middle.
        actual: the actual effort.
        ratio: the actual effort as a multiple of the middle.
        ended: in, over or under the range.
    """

    id: str
    title: str
    range: str
    stated: str
    actual: str
    ratio: str
    ended: str
    low: float
    middle: float
    high: float
    at: float


@dataclass(frozen=True, slots=True)
class CalibrationChart:
    """Finished items, worst overrun first, with the marks of the common scale."""

    bars: tuple[CalibrationBar, ...]
    marks: tuple[tuple[float, str], ...]


def calibration_chart(items: Iterable[FinishedEffort]) -> CalibrationChart:
    """The items on a logarithmic scale, symmetric around the middle."""
    ordered = sorted(items, key=lambda each: -each.ratio)
    far = max(map(_distance, ordered), default=_MIN_RATIO)
    far = max(far, _MIN_RATIO)
    scale = _Scale(math.log2(min(far, _MAX_RATIO)))
    return CalibrationChart(tuple(_bar(each, scale) for each in ordered), scale.marks())


def draw_calibration_bar(bar: CalibrationBar, width: int) -> str:
    """Draw a bar: range as a line, middle as a cross, actual as a dot, hollow if outside."""
    low, middle, high, at = (
        _cell(place, width) for place in (bar.low, bar.middle, bar.high, bar.at)
    )
    line = [" "] * low + ["─"] * (high - low + 1) + [" "] * (width - high - 1)
    line[low], line[high], line[middle] = "├", "┤", "┼"
    line[at] = IN_RANGE if bar.ended == "in" else OUT_OF_RANGE
    return "".join(line)


def calibration_axis(shown: CalibrationChart, width: int) -> str:
    """The scale's marks above bars of this width; marks without space are left out."""
    line = " " * width
    # the middle first, then the ends, then from the middle outwards
    for place, text in sorted(
        shown.marks, key=lambda mark: (mark[0] not in {0, 0.5, 1}, abs(mark[0] - 0.5))
    ):
        at = min(_cell(place, width), width - cell_width(text))
        if not line[max(0, at - 1) : at + cell_width(text) + 1].strip():
            line = line[:at] + text + line[at + cell_width(text) :]
    return line


@dataclass(frozen=True, slots=True)
class _Scale:
    """Logarithmic scale from 1 / 2^`reach` to 2^`reach`."""

    reach: float

    def place(self, ratio: float) -> float:
        return min(max((math.log2(ratio) / self.reach + 1) / 2, 0.0), 1.0)

    def marks(self) -> tuple[tuple[float, str], ...]:
        whole = range(-int(self.reach), int(self.reach) + 1)
        return tuple(
            (self.place(2.0**power), f"×{2**power}" if power >= 0 else f"÷{2**-power}")
            for power in whole
        )


def _bar(each: FinishedEffort, scale: _Scale) -> CalibrationBar:
    stated = each.estimate
    return CalibrationBar(
        id=each.id,
        title=each.title,
        range=mark_assumption(
            f"{format_number(stated.p10)}–{format_number(stated.p90)}", each.is_assumed
        ),
        stated=format_number(stated.p50),
        actual=format_number(each.actual),
        ratio=f"×{format_number(each.ratio)}",
        ended=_position(each),
        low=scale.place(stated.p10 / stated.p50),
        middle=0.5,
        high=scale.place(stated.p90 / stated.p50),
        at=scale.place(each.ratio),
    )


def _distance(each: FinishedEffort) -> float:
    """The largest multiple of the middle, up or down, in a bar."""
    parts = (each.estimate.p10, each.estimate.p90, each.actual)
    ratios = [part / each.estimate.p50 for part in parts]
    return max(max(ratio, 1 / ratio) for ratio in ratios)


def _position(each: FinishedEffort) -> str:
    if each.is_inside:
        return "in"
    return "over" if each.actual > each.estimate.p90 else "under"


def _cell(place: float, width: int) -> int:
    return round(place * (width - 1))
