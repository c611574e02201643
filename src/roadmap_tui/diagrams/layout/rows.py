"""Assign rows so that most edges are straight."""

from collections.abc import Iterable, Mapping
from statistics import median_low
from typing import TypeAlias

from roadmap_tui.diagrams.layout.layers import Layers, LayoutSegment, Spot

_SWEEPS = 9


def assign_rows(
    layers: Layers,
    links: Iterable[LayoutSegment],
    heights: Mapping[Spot, int],
    apart: Iterable[tuple[Spot, Spot, int]],
) -> dict[Spot, int]:
    """The first row of each spot, from 0.

    Args:
        layers: the spots, top to bottom.
        links: the segments; they leave on a spot's first row and enter on their port's.
        heights: the rows of a spot, including the space below it.
        apart: a spot, one in the next layer and its port that must not be on the same row.
    """
    links = tuple(links)
    row: dict[Spot, int] = {}
    for layer in layers:
        row |= zip(layer, _stack_rows(layer, heights), strict=True)
    before, after = _preferred_rows(links, row)
    both = {spot: [*before[spot], *after[spot]] for spot in row}
    for sweep, wishes in enumerate((before, after, before, after, *[both] * _SWEEPS)):
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            wanted = [_wanted_rows(row, spot, wishes[spot]) for spot in layer]
            row |= zip(layer, _spread_rows(wanted, [heights[spot] for spot in layer]), strict=True)
    top = min(row.values(), default=0)
    row = {spot: at - top for spot, at in row.items()}
    _keep_apart(layers, row, heights, tuple(apart))
    return row


_Preferences: TypeAlias = dict[Spot, list[tuple[Spot, int]]]
"""By spot, its neighbours and their row offsets for a straight segment."""


def _preferred_rows(
    links: Iterable[LayoutSegment], spots: Iterable[Spot]
) -> tuple[_Preferences, _Preferences]:
    """The preferences from the layer before, and from the layer after."""
    before: _Preferences = {spot: [] for spot in spots}
    after: _Preferences = {spot: [] for spot in before}
    for link in links:
        before[link.target].append((link.source, -link.port))
        after[link.source].append((link.target, link.port))
    return before, after


def _wanted_rows(
    row: Mapping[Spot, int], spot: Spot, wishes: Iterable[tuple[Spot, int]]
) -> list[int]:
    """The rows that a spot's neighbours prefer; its own without neighbours."""
    return [row[other] + by for other, by in wishes] or [row[spot]]


def _stack_rows(layer: Iterable[Spot], heights: Mapping[Spot, int]) -> list[int]:
    tops, top = [], 0
    for spot in layer:
        tops.append(top)
        top += heights[spot]
    return tops


def _spread_rows(wanted: list[list[int]], heights: list[int]) -> list[int]:
    """The rows nearest to the preferred ones, in order and without overlap: pooled medians."""
    blocks: list[tuple[list[int], int]] = []
    offset = 0
    for wishes, height in zip(wanted, heights, strict=True):
        pool, count = [wish - offset for wish in wishes], 1
        while blocks and median_low(blocks[-1][0]) > median_low(pool):
            other, more = blocks.pop()
            pool, count = other + pool, count + more
        blocks.append((pool, count))
        offset += height
    tops: list[int] = []
    for pool, count in blocks:
        tops += [median_low(pool)] * count
    return [top + sum(heights[:at]) for at, top in enumerate(tops)]


def _keep_apart(
    layers: Layers,
    row: dict[Spot, int],
    heights: Mapping[Spot, int],
    apart: tuple[tuple[Spot, Spot, int], ...],
) -> None:
    """Push spots down from the rows that are excluded."""
    for layer in layers:
        free = -1
        for spot in layer:
            banned = {row[other] - port for other, each, port in apart if each == spot}
            row[spot] = max(row[spot], free)
            while row[spot] in banned:
                row[spot] += 1
            free = row[spot] + heights[spot]
