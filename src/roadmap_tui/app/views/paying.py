"""One opened item of the money screen: its unit economics, its return, the ways to have it."""

from collections.abc import Iterator, Sequence

from roadmap_tui.app.lines import Line, Span, fit, right, width, wrapped
from roadmap_tui.app.view import Scene
from roadmap_tui.app.views.columns import aligned, beside, told
from roadmap_tui.fitness.buying import Buying
from roadmap_tui.fitness.money import ItemMoney
from roadmap_tui.report import money_items as words
from roadmap_tui.report.currency import Currency
from roadmap_tui.report.money import currency_of, takes_sentence
from roadmap_tui.report.waterfall import Bar, drawn, task_bars, user_bars

_LEFT, _BAR, _LEAST, _AXIS = 4, 24, 6, 60


def opened(scene: Scene, item: ItemMoney) -> list[Line]:
    """All that is told of an item, as wide as there is room below it."""
    cells, currency = scene.width - _LEFT, currency_of(scene.plan)
    parts = (
        _takes(item, currency, cells),
        _unit(item, currency, cells),
        list(told(list(words.paying_facts(item, scene.forecast, currency)), cells)),
        _ways(scene, item, currency, cells),
    )
    lines: list[Line] = []
    for part in parts:
        lines += [*([()] if lines and part else []), *part]
    return lines


def _takes(item: ItemMoney, currency: Currency, cells: int) -> list[Line]:
    if item.takes is None:
        return []
    return [(Span(line, "dim"),) for line in wrapped(takes_sentence(item, currency), cells)]


def _unit(item: ItemMoney, currency: Currency, cells: int) -> list[Line]:
    cost = item.cost
    if cost is None:
        return []
    task, user = list(task_bars(cost, currency)), list(user_bars(cost, currency))
    room = min(_BAR, (cells - 2 * _LEFT - _texts(task) - _texts(user)) // 2 if user else _BAR)
    if room < _LEAST:
        room = min(_BAR, cells - max(_texts(task), _texts(user)))
    usage = list(
        aligned(words.USAGE_HEADS, list(words.usage_rows(cost)), cells, ("of all", "of the cost"))
    )
    facts = list(told(list(words.unit_facts(cost, currency)), cells))
    return [
        *beside(_bars(task, room), _bars(user, room), cells),
        *([()] if usage else []),
        *usage,
        *facts,
    ]


def _texts(bars: Sequence[Bar]) -> int:
    """Cells of the labels and figures of bars."""
    labels = max((width(bar.label) for bar in bars), default=0)
    return labels + max((width(bar.text) for bar in bars), default=0) + _LEFT


def _bars(bars: Sequence[Bar], cells: int) -> list[Line]:
    labels = max((width(bar.label) for bar in bars), default=0)
    texts = max((width(bar.text) for bar in bars), default=0)
    return [
        (
            Span(fit(bar.label, labels), "" if bar.is_whole else "dim"),
            Span(f"  {right(bar.text, texts)}", "bold" if bar.is_whole else ""),
            Span(f"  {shape}", "product" if bar.is_whole else "dim"),
        )
        for bar, shape in zip(bars, drawn(bars, cells if len(bars) > 1 else 0), strict=True)
    ]


def _ways(scene: Scene, item: ItemMoney, currency: Currency, cells: int) -> list[Line]:
    buying = item.buying
    if buying is None:
        return []
    spare = ("lock-in", "kind", "of use after", "covers")
    return [
        *aligned(words.OPTION_HEADS, list(words.option_rows(buying, currency)), cells, spare),
        *told(list(words.buying_facts(buying)), cells),
        *_axis(buying, cells),
        (),
        *_sides(scene, item, currency, cells),
    ]


def _axis(buying: Buying, cells: int) -> Iterator[Line]:
    """Which way is cheapest over volume."""
    axis = words.volume_axis(buying, min(_AXIS, cells))
    if axis is None:
        return
    yield from (
        (Span(line, "dim"),) for line in wrapped(f"by volume: {words.axis_key(buying)}", cells)
    )
    letters, scale = axis
    yield (Span(letters, "model"),)
    yield (Span(scale, "dim"),)


def _sides(scene: Scene, item: ItemMoney, currency: Currency, cells: int) -> Iterator[Line]:
    found = scene.study.sides.get(item.id) if scene.study is not None else None
    if found is None:
        yield (Span("running each way in the forecast …", "dim"),)
        return
    rows = list(words.side_rows(found, scene.forecast, currency))
    yield from aligned(words.SIDE_HEADS, rows, cells, ("takes", "NPV > 0", "NPV", "plan"))
    for note in words.side_notes(found):
        yield from ((Span(line, "dim"),) for line in wrapped(note, cells))
