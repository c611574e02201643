"""Small character charts: bullet charts, sparklines and stacked bars."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from roadmap_tui.tui.views.lines import Line, StyledSpan

STEPS = "▁▂▃▄▅▆▇█"
FILLS = "█▓▒░"
POINT, LINE, LAUNCH, GUARDRAIL, TARGET, BASELINE = "●", "─", "┃", "┆", "◇", "·"
BUDGET = LAUNCH
_MARGIN = 0.06


@dataclass(frozen=True, slots=True)
class ChartScale:
    """Linear scale from `low` to `high` over a number of cells."""

    low: float
    high: float

    @classmethod
    def covering(cls, values: Iterable[float]) -> "ChartScale":
        """Scale that covers all values with a margin; shares stay within 0 and 1."""
        given = [value for value in values if math.isfinite(value)] or [0.0, 1.0]
        low, high = min(given), max(given)
        margin = ((high - low) or abs(high) or 1.0) * _MARGIN
        is_share = low >= 0 and high <= 1
        if is_share:
            return cls(max(0.0, low - margin), min(1.0, high + margin))
        return cls(low - margin, high + margin)

    def cell(self, value: float, cells: int) -> int:
        """Cell of a value, clamped to the scale."""
        reach = self.high - self.low
        place = (value - self.low) / reach if reach > 0 and math.isfinite(reach) else 0.5
        return round(min(1.0, max(0.0, place)) * (cells - 1))


@dataclass(frozen=True, slots=True)
class BulletChart:
    """Bullet chart: a measurement with its interval, and reference levels.

    Attributes:
        measured: low end, value, high end; None without a measurement.
        levels: markers and their values, the most important last.
        style: style of the measurement.
    """

    measured: tuple[float, float, float] | None
    levels: tuple[tuple[str, float], ...]
    style: str = ""

    @property
    def values(self) -> tuple[float, ...]:
        """All values that the scale has to cover."""
        return (*(self.measured or ()), *(at for _, at in self.levels))

    def draw(self, scale: ChartScale, cells: int) -> Line:
        """Draw it in that many cells."""
        if cells < 1:
            return ()
        row: list[tuple[str, str]] = [(" ", "")] * cells
        places = [(mark, scale.cell(at, cells)) for mark, at in self.levels]
        if self.measured is None:
            return tuple(_spans(_place_markers(row, places)))
        low, value, high = (scale.cell(each, cells) for each in self.measured)
        point, places = self._separate_from_launch(value, places, cells)
        row = _place_markers(row, places)
        for at in range(min(low, high), max(low, high) + 1):
            row[at] = (row[at][0] if row[at][0] != " " else LINE, self.style)
        row[point] = (POINT, f"{self.style} bold".strip())
        return tuple(_spans(row))

    def _separate_from_launch(
        self, point: int, places: list[tuple[str, int]], cells: int
    ) -> tuple[int, list[tuple[str, int]]]:
        """Cells of the value and the levels; the value never covers the launch level."""
        launch = next((at for mark, at in self.levels if mark == LAUNCH), None)
        value = self.measured[1] if self.measured is not None else None
        if value is None or launch is None or value == launch or (LAUNCH, point) not in places:
            return point, places
        side = 1 if value > launch else -1
        if 0 <= point + side < cells:
            return point + side, places
        return point, [
            (mark, max(0, min(cells - 1, at - side)) if mark == LAUNCH else at)
            for mark, at in places
        ]


def _place_markers(
    row: list[tuple[str, str]], places: Iterable[tuple[str, int]]
) -> list[tuple[str, str]]:
    marked = list(row)
    for mark, at in places:
        marked[at] = (mark, "bold" if mark == LAUNCH else "dim")
    return marked


def level_sparkline(shares: Sequence[float], top: float) -> str:
    """One character per value, from 0 to `top`."""
    most = max([top, *shares, 1e-12])
    return "".join(STEPS[min(len(STEPS) - 1, int(share / most * len(STEPS)))] for share in shares)


def stacked_bar(parts: Sequence[float], budget: float, cells: int) -> Line:
    """Parts one after the other, each with its own fill, and a mark at the budget."""
    whole = max(sum(parts), budget)
    if cells < 1 or not 0 < whole < math.inf:
        return ()
    row: list[tuple[str, str]] = [(" ", "")] * cells
    at = 0.0
    for nth, part in enumerate(parts):
        begin, at = at, at + part
        style = "bad" if at > budget else ""
        for cell in range(
            round(begin / whole * (cells - 1)), max(1, round(at / whole * (cells - 1)))
        ):
            row[cell] = (FILLS[nth % len(FILLS)], style)
    row[round(budget / whole * (cells - 1))] = (BUDGET, "bold")
    return tuple(_spans(row))


def utilisation_bar(share: float, later: float, cells: int) -> Line:
    """Utilisation now in full blocks, later in shaded ones, and the free rest."""
    now, then = (round(min(1.0, max(0.0, each)) * cells) for each in (share, max(share, later)))
    return (
        StyledSpan("█" * now),
        StyledSpan("▒" * (then - now), "dim"),
        StyledSpan("·" * (cells - then), "faint"),
    )


def _spans(row: list[tuple[str, str]]) -> Iterator[StyledSpan]:
    for style, each in groupby(row, key=lambda cell: cell[1]):
        yield StyledSpan("".join(char for char, _ in each), style)
