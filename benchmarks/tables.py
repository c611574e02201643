"""The tables of the page of figures."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from benchmarks.families import Grown
from benchmarks.measure import Timed
from benchmarks.rivals import Finished

BARE = "bare pass"
BY_ROW = "bare pass by row"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table: the first column is words, the others are figures."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def times(ratio: float) -> str:
    """A ratio, to as many digits as it deserves."""
    return f"{ratio:.2f} ×" if ratio < 10 else f"{ratio:,.0f} ×"


def milliseconds(seconds: float) -> str:
    """Seconds as milliseconds."""
    return f"{seconds * 1e3:,.1f}" if seconds < 0.1 else f"{seconds * 1e3:,.0f}"


def verdict(reached: bool) -> str:
    """Whether a bar is reached."""
    return "reached" if reached else "**missed**"


def core_table(measured: Mapping[str, Timed], bars: Mapping[str, float]) -> str:
    """What a forecast costs, as ratios to the bare pass.

    Args:
        measured: seconds by what was done, `BARE` among them.
        bars: the ratio that each may reach, where one is set.
    """
    bare = measured[BARE]
    head = ("Forecast", "ratio to the bare pass", "worst", "bar", "", "ms")
    return table(
        head, (_core_row(what, each, bare, bars.get(what)) for what, each in measured.items())
    )


def _core_row(what: str, each: Timed, bare: Timed, bar: float | None) -> Sequence[str]:
    ratio = each.p50 / bare.p50
    bar_cells = ("", "") if bar is None else (f"≤ {bar} ×", verdict(ratio <= bar))
    return (what, times(ratio), times(each.worst / bare.p50), *bar_cells, milliseconds(each.p50))


def rivals_table(finished: Sequence[Finished]) -> str:
    """Finish times of the installed tools, as ratios to the first, which is this project."""
    own = finished[0].measured
    if own is None:
        return ""
    head = ("Tool", "runs run", "ratio to ours", "bar", "", "ms", "finish, P50 weeks")
    return table(
        head,
        (_rival_row(each, each.measured, own) for each in finished if each.measured is not None),
    )


def _rival_row(each: Finished, measured: Timed, own: Timed) -> Sequence[str]:
    ratio = measured.p50 / own.p50
    bar_cells = ("", "") if each.bar is None else (f"≥ {each.bar:g} ×", verdict(ratio >= each.bar))
    return (
        each.tool,
        f"{each.runs:,}",
        times(ratio),
        *bar_cells,
        milliseconds(measured.p50),
        f"{each.last:.1f}",
    )


def missing(finished: Iterable[Finished]) -> str:
    """The tools that weren't there, as a sentence; empty if all were."""
    names = [each.tool for each in finished if each.measured is None]
    return (
        f"Not installed when this page was made, so left out: {', '.join(names)}.\n"
        if names
        else ""
    )


def families_table(grown: Iterable[Grown]) -> str:
    """Families by size: ratios to the bare pass, time an item, and memory."""
    head = ("Family", "items", "p50", "p99", "worst", "memory", "ms an item", "runs")
    return table(head, (_family_row(each) for each in grown))


def _family_row(each: Grown) -> Sequence[str]:
    ratios = (
        seconds / each.bare.p50
        for seconds in (each.forecast.p50, each.forecast.p99, each.forecast.worst)
    )
    return (
        each.family,
        f"{each.items:,}",
        *(times(ratio) for ratio in ratios),
        times(each.peak / each.drawn),
        f"{each.forecast.p50 / each.items * 1e3:.2f}",
        str(len(each.forecast.seconds)),
    )


def growth_table(grown: Sequence[Grown]) -> str:
    """Time per item at each size relative to the family's smallest size: 1 is linear growth.

    At the end that of the pass by row over the first family.
    """
    sizes = list(dict.fromkeys(each.items for each in grown))
    rows: dict[str, dict[int, float]] = {}
    for each in grown:
        rows.setdefault(each.family, {})[each.items] = (
            each.forecast.p50 / each.yardstick.p50 / each.items
        )
    first = [each for each in grown if each.family == grown[0].family]
    rows[BY_ROW] = {each.items: each.by_row.p50 / each.yardstick.p50 / each.items for each in first}
    return table(("Family", *(f"{size:,} items" for size in sizes)), _growth_rows(rows, sizes))


def _growth_rows(
    rows: Mapping[str, Mapping[int, float]], sizes: Sequence[int]
) -> Iterator[Sequence[str]]:
    for family, each in rows.items():
        first = next(iter(each.values()))
        yield (family, *(times(each[size] / first) if size in each else "" for size in sizes))


def futures_table(measured: Mapping[int, Timed]) -> str:
    """Time a run, as a ratio to that over the fewest: 1 is linear growth."""
    first = next(each.p50 / runs for runs, each in measured.items())
    ratios = (times(each.p50 / runs / first) for runs, each in measured.items())
    return table(("", *(f"{runs:,} runs" for runs in measured)), [("time a run", *ratios)])
