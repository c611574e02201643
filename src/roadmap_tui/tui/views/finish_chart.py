"""Chart of one item's finish: how its chance to ship spreads over the horizon."""

import numpy as np

from roadmap_tui.forecast.simulation.results import ItemForecast
from roadmap_tui.tui.view_options import ViewOptions
from roadmap_tui.tui.views.charts import STEPS
from roadmap_tui.tui.views.figure_widths import DeliveryCurves
from roadmap_tui.tui.views.lines import Line, StyledSpan
from roadmap_tui.tui.views.time_axis import TimeAxis
from roadmap_tui.tui.views.view_model import ViewModel

_ROWS = 3
_BAR = 10
"""Cells of a bar for a chance."""


def chance_bar(chance: float, style: str, cells: int = _BAR) -> Line:
    """A chance as a bar: filled up to it, the rest outlined."""
    filled = round(chance * cells)
    return (StyledSpan("▰" * filled, style), StyledSpan("▱" * (cells - filled), "faint"))


def finish_chart(scene: ViewModel, item: ItemForecast, cells: int) -> list[Line]:
    """Density of the finish over the horizon, with quarters below; empty if it can't ship.

    The part between P10 and P90 has the colour of the track.
    """
    if item.finish is None or not item.by_step:
        return []
    curves = DeliveryCurves((item.id,), np.array([(0.0, *item.by_step)]))
    axis = TimeAxis.for_curves(scene.forecast, curves, ViewOptions(), cells)
    heights = np.round(axis.ridges[item.id] * _ROWS * len(STEPS)).astype(int)
    if not heights.any():
        return []
    low, high = axis.cell(item.finish.p10), axis.cell(item.finish.p90)
    styles = [item.track if low <= cell <= high else "dim" for cell in range(cells)]
    rows = []
    for row in reversed(range(_ROWS)):
        levels = np.clip(heights - row * len(STEPS), 0, len(STEPS))
        signs = [" " if not level else STEPS[level - 1] for level in levels]
        rows.append(tuple(map(StyledSpan, signs, styles)))
    return [*rows, (StyledSpan(axis.ruler(), "dim"),)]
