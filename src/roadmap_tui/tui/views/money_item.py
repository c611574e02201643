"""Details of one item on the money screen: unit economics, return, options."""

from collections.abc import Iterator, Sequence

from roadmap_tui.diagrams.volume_axis import volume_axis, volume_axis_key
from roadmap_tui.diagrams.waterfall import WaterfallBar, draw_waterfall, task_bars, user_bars
from roadmap_tui.money.build_or_buy import BuildOrBuy
from roadmap_tui.money.plan_money import ItemMoney
from roadmap_tui.narrative import item_money as words
from roadmap_tui.narrative.money import item_cost_sentence, plan_currency
from roadmap_tui.text.currency import Currency
from roadmap_tui.tui.views.lines import (
    Line,
    StyledSpan,
    align_right,
    fit_cells,
    text_cells,
    wrap_cells,
)
from roadmap_tui.tui.views.table_layout import fact_lines, side_by_side, table_lines
from roadmap_tui.tui.views.view_model import ViewModel

_LEFT, _BAR, _LEAST, _AXIS = 4, 24, 6, 60


def money_item_lines(scene: ViewModel, item: ItemMoney) -> list[Line]:
    """Everything about an item, wrapped to the width of the screen."""
    cells, currency = scene.width - _LEFT, plan_currency(scene.plan)
    parts = (
        _cost_lines(item, currency, cells),
        _unit_economics(item, currency, cells),
        list(fact_lines(list(words.return_facts(item, scene.forecast, currency)), cells)),
        _option_lines(scene, item, currency, cells),
    )
    lines: list[Line] = []
    for part in parts:
        lines += [*([()] if lines and part else []), *part]
    return lines


def _cost_lines(item: ItemMoney, currency: Currency, cells: int) -> list[Line]:
    if item.remaining_cost is None:
        return []
    return [
        (StyledSpan(line, "dim"),) for line in wrap_cells(item_cost_sentence(item, currency), cells)
    ]


def _unit_economics(item: ItemMoney, currency: Currency, cells: int) -> list[Line]:
    cost = item.cost
    if cost is None:
        return []
    task, user = list(task_bars(cost, currency)), list(user_bars(cost, currency))
    room = min(_BAR, (cells - 2 * _LEFT - _texts(task) - _texts(user)) // 2 if user else _BAR)
    if room < _LEAST:
        room = min(_BAR, cells - max(_texts(task), _texts(user)))
    usage = list(
        table_lines(
            words.USAGE_COLUMNS, list(words.usage_rows(cost)), cells, ("of all", "of the cost")
        )
    )
    facts = list(fact_lines(list(words.unit_facts(cost, currency)), cells))
    return [
        *side_by_side(_bars(task, room), _bars(user, room), cells),
        *([()] if usage else []),
        *usage,
        *facts,
    ]


def _texts(bars: Sequence[WaterfallBar]) -> int:
    """Cells that the labels and figures of bars take."""
    labels = max((text_cells(bar.label) for bar in bars), default=0)
    return labels + max((text_cells(bar.text) for bar in bars), default=0) + _LEFT


def _bars(bars: Sequence[WaterfallBar], cells: int) -> list[Line]:
    labels = max((text_cells(bar.label) for bar in bars), default=0)
    texts = max((text_cells(bar.text) for bar in bars), default=0)
    return [
        (
            StyledSpan(fit_cells(bar.label, labels), "" if bar.is_total else "dim"),
            StyledSpan(f"  {align_right(bar.text, texts)}", "bold" if bar.is_total else ""),
            StyledSpan(f"  {shape}", "product" if bar.is_total else "dim"),
        )
        for bar, shape in zip(
            bars, draw_waterfall(bars, cells if len(bars) > 1 else 0), strict=True
        )
    ]


def _option_lines(scene: ViewModel, item: ItemMoney, currency: Currency, cells: int) -> list[Line]:
    buying = item.build_or_buy
    if buying is None:
        return []
    spare = ("lock-in", "kind", "covers", "lost waiting", "in use after")
    return [
        *table_lines(words.OPTION_COLUMNS, list(words.option_rows(buying, currency)), cells, spare),
        *fact_lines(list(words.build_or_buy_facts(buying)), cells),
        *_axis(buying, cells),
        (),
        *_scenario_lines(scene, item, currency, cells),
    ]


def _axis(buying: BuildOrBuy, cells: int) -> Iterator[Line]:
    """The cheapest option over volume."""
    axis = volume_axis(buying, min(_AXIS, cells))
    if axis is None:
        return
    yield from (
        (StyledSpan(line, "dim"),)
        for line in wrap_cells(f"by volume: {volume_axis_key(buying)}", cells)
    )
    letters, scale = axis
    yield (StyledSpan(letters, "model"),)
    yield (StyledSpan(scale, "dim"),)


def _scenario_lines(
    scene: ViewModel, item: ItemMoney, currency: Currency, cells: int
) -> Iterator[Line]:
    found = scene.insights.option_scenarios.get(item.id) if scene.insights is not None else None
    if found is None:
        yield (StyledSpan("Simulating each option …", "dim"),)
        return
    rows = list(words.option_scenario_rows(found, scene.forecast, currency))
    yield from table_lines(
        words.OPTION_SCENARIO_COLUMNS,
        rows,
        cells,
        ("its cost", "above 0", "plan's NPV", "plan's cost"),
    )
    for note in words.option_scenario_notes(found):
        yield from ((StyledSpan(line, "dim"),) for line in wrap_cells(note, cells))
