"""The cheapest option by monthly volume, as letters on a logarithmic axis."""

import math

from roadmap_tui.money.build_or_buy import BuildOrBuy
from roadmap_tui.text.currency import format_quantity
from roadmap_tui.text.terminal_text import escape_control

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LEAST, _AROUND = 20, 10.0


def volume_axis(buying: BuildOrBuy, cells: int) -> tuple[str, str] | None:
    """The cheapest option by volume: a letter per cell of a logarithmic axis, and its labels.

    None where one option is cheapest everywhere, or space is too short.
    """
    turns = [each.mean_start for each in buying.cheapest[1:] if each.mean_start > 0]
    if not turns or cells < _LEAST:
        return None
    volume = buying.volume.mean if buying.volume else 0.0
    known = [*turns, volume] if volume > 0 else turns
    low, high = min(known) / _AROUND, max(known) * _AROUND
    ratio = (high / low) ** (1 / cells)
    letters = [_cheapest_letter(buying, low * ratio ** (cell + 0.5)) for cell in range(cells)]
    below = [" "] * cells
    if volume > 0:
        at = min(cells - 1, max(0, int(math.log(volume / low, ratio))))
        below[at] = "↑"
    ends = format_quantity(low), format_quantity(high)
    scale = f"{ends[0]}{''.join(below)[len(ends[0]) : cells - len(ends[1])]}{ends[1]}"
    return "".join(letters), scale


def _cheapest_letter(buying: BuildOrBuy, volume: float) -> str:
    nth = max(at for at, each in enumerate(buying.cheapest) if each.mean_start <= volume)
    return _LETTERS[nth % len(_LETTERS)]


def volume_axis_key(buying: BuildOrBuy) -> str:
    """The key of the axis's letters."""
    named = zip(_LETTERS, buying.cheapest, strict=False)
    now = "; ↑ the volume now" if buying.volume else ""
    return ", ".join(f"{letter} {escape_control(each.name)}" for letter, each in named) + now
