"""`roadmap money`: what the plan costs, and whether it pays."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.cells import cell_len

from roadmap_tui.answers.capacity import capacity_rows
from roadmap_tui.answers.item_money import ItemMoneyRow
from roadmap_tui.answers.json_text import to_json
from roadmap_tui.answers.money import MoneyAnswer
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import Reply
from roadmap_tui.cli.sections import (
    assumption_legend,
    heading_lines,
    scenario_facts,
    scenario_values,
)
from roadmap_tui.cli.source import ForecastedPlan, forecast_file, unknown_item
from roadmap_tui.cli.table import (
    GAP,
    TextColumn,
    bold,
    format_table,
    output_width,
    title_lines,
    wrap_text,
)
from roadmap_tui.diagrams.volume_axis import volume_axis, volume_axis_key
from roadmap_tui.diagrams.waterfall import WaterfallBar, draw_waterfall, task_bars, user_bars
from roadmap_tui.forecast.analysis.capacity_value import CapacityValue, capacity_values
from roadmap_tui.money.option_scenarios import OptionScenario, option_scenarios
from roadmap_tui.money.plan_money import ItemMoney, PlanMoney, plan_money
from roadmap_tui.narrative import item_money as item_words
from roadmap_tui.narrative import money as words
from roadmap_tui.narrative.capacity import capacity_lines, payroll_sentence
from roadmap_tui.narrative.item_facts import Fact
from roadmap_tui.text.currency import Currency
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.terminal_text import escape_control

_BAR_WIDTH = 40
_AXIS_WIDTH = 60
_LABEL_WIDTH = 8
_NAMES_WIDTH = 42
"""The room that titles and ids keep beside the figures."""


def money_reply(file: str, name: str | None, options: ForecastOptions, *, as_json: bool) -> Reply:
    """Show what the plan costs and whether its items pay, or all about one of them."""
    found = forecast_file(file, options)
    if isinstance(found, Reply):
        return found
    if name is not None and name not in found.plan.items:
        return unknown_item(file, found.plan, name)
    with progress("adding up costs") as checkpoint:
        money = plan_money(found.run.simulation, found.plan, checkpoint)
        capacity = {} if name else capacity_values(found.run.resolved, checkpoint=checkpoint)
    if as_json:
        return Reply(to_json(_money_answer(found, money, name, capacity)), found.warnings)
    if name is None:
        lines = _plan_lines(found, money, capacity)
    else:
        lines = _item_lines(found, money, name)
    return Reply("\n".join([*_heading_lines(found), *lines]) + "\n", found.warnings)


def _money_answer(
    found: ForecastedPlan,
    money: PlanMoney,
    name: str | None,
    capacity: Mapping[str, CapacityValue],
) -> MoneyAnswer:
    forecast, currency = found.forecast, found.plan.roadmap.currency
    if name is None:
        rows = capacity_rows(found.plan, capacity)
        return MoneyAnswer.of(forecast, currency, money, capacity=rows, **scenario_values(found))
    item = money.items.get(name)
    row = None if item is None else ItemMoneyRow.of(item, _scenarios_of(found, item))
    return MoneyAnswer.of_item(forecast, currency, row, **scenario_values(found))


def _scenarios_of(found: ForecastedPlan, item: ItemMoney) -> tuple[OptionScenario, ...]:
    """The plan with each option of the item, if it has options."""
    if item.build_or_buy is None:
        return ()
    return option_scenarios(found.run.simulation, found.plan, item.id)


def _heading_lines(found: ForecastedPlan) -> Iterator[str]:
    currency = escape_control(found.plan.roadmap.currency)[:8]
    facts = [*scenario_facts(found), f"in {currency}"]
    yield from heading_lines(found.title, found.forecast, *facts)


def _plan_lines(
    found: ForecastedPlan, money: PlanMoney, capacity: Mapping[str, CapacityValue]
) -> Iterator[str]:
    currency = words.plan_currency(found.plan)
    if money.is_empty:
        yield from words.money_example_lines(found.plan)
        return
    yield from wrap_text(words.cost_sentence(money, found.forecast, currency))
    if found.baseline is not None:
        plan, ran = found.baseline
        cost = words.cost_sentence(plan_money(ran.simulation, plan), ran.forecast, currency)
        yield from wrap_text(f"Without the scenario: {cost}", hang="  ")
    for sentence in words.plan_return_sentences(money, found.forecast, currency):
        yield from wrap_text(sentence)
    if unpriced := words.unpriced_sentence(money, found.forecast):
        yield from wrap_text(unpriced)
    yield from wrap_text(payroll_sentence(money.payroll, found.forecast, currency))
    for line in capacity_lines(capacity, found.plan, found.forecast):
        yield from wrap_text(f"{line}.", hang="  ")
    yield from _quarter_lines(money, currency)
    for heading, market in words.market_headings(money, found.forecast):
        yield ""
        yield bold("Market of a year")
        yield from wrap_text(heading) if heading else ()
        yield from _fact_lines(words.market_facts(market, currency))
    yield ""
    yield from _item_table(found, money, currency)


def _quarter_lines(money: PlanMoney, currency: Currency) -> Iterator[str]:
    quarters = list(words.quarter_rows(money, currency))
    if not quarters:
        return
    columns = [
        TextColumn(""),
        *(TextColumn(part, right=True) for part in words.COST_PARTS),
        TextColumn("all, 80%", right=True),
    ]
    rows = [(row.name, *row.parts, row.total or "–") for row in quarters]
    totals = map(currency.format_amount, words.cost_parts(money))
    rows.append(("all", *totals, currency.format_spread(money.cost.cost)))
    yield ""
    yield bold("Cost by quarter; parts are means over all runs")
    yield from format_table(columns, rows, indent="  ")


def _item_table(found: ForecastedPlan, money: PlanMoney, currency: Currency) -> Iterator[str]:
    if not money.items:
        yield "No item has a table of money yet. Write, for example:"
        yield from words.item_example_lines(found.plan)
        return
    figures = {name: words.money_row(item, currency) for name, item in money.items.items()}
    shown = _visible_columns(list(figures.values()))
    columns = [TextColumn("", shrinks=True), TextColumn("id", shrinks=True, optional=True)]
    columns += [TextColumn(words.MONEY_COLUMNS[at], right=True) for at in shown]
    rows = list[list[str]]()
    for name, row in figures.items():
        title = escape_control(found.forecast.items[name].title)
        rows.append([title, name, *(row[at] for at in shown)])
    yield from format_table(columns, rows)
    yield ""
    if missing := words.missing_roi_sentence(money):
        yield from wrap_text(missing)
    yield from wrap_text(
        "cost: people and compute still to be paid for. NPV and the chance that it is above 0 are"
        " over all runs, also those in which it doesn't ship. `roadmap money FILE ID` shows all of"
        " one item."
    )


def _visible_columns(rows: list[tuple[str, ...]]) -> list[int]:
    """The columns with content, as many as leave room for titles and ids."""
    shown = list(words.used_columns(rows))
    columns = zip(words.MONEY_COLUMNS, *rows, strict=True)
    widths = [len(GAP) + max(map(cell_len, column)) for column in columns]
    for at in map(words.MONEY_COLUMNS.index, words.COLUMN_DROP_ORDER):
        if at in shown and sum(widths[each] for each in shown) + _NAMES_WIDTH > output_width():
            shown.remove(at)
    return shown


def _item_lines(found: ForecastedPlan, money: PlanMoney, name: str) -> Iterator[str]:
    currency, item = words.plan_currency(found.plan), money.items.get(name)
    title = escape_control(found.forecast.items[name].title)
    if item is None:
        yield from wrap_text(f"{title} has no table of money yet. Write, for example:")
        yield from words.item_example_lines(found.plan, name)
        return
    yield from title_lines(title)
    if item.remaining_cost is not None:
        yield from wrap_text(
            f"{words.item_cost_sentence(item, currency)}; as of {format_date(found.forecast.as_of)}"
        )
    yield from _unit_economics_lines(item, currency)
    paying = list(item_words.return_facts(item, found.forecast, currency))
    if paying:
        yield from _section_lines(f"Return, as of {format_date(found.forecast.as_of)}", paying)
    yield from _option_lines(found, item, currency)


def _unit_economics_lines(item: ItemMoney, currency: Currency) -> Iterator[str]:
    cost = item.cost
    if cost is None:
        return
    pictures = {
        "A task": list(task_bars(cost, currency)),
        "A user's month": list(user_bars(cost, currency)),
    }
    for title, bars in pictures.items():
        if bars:
            yield ""
            yield bold(title)
            yield from _cost_bars(bars)
    rows = list(item_words.usage_rows(cost))
    if rows:
        yield ""
        yield from _format_rows(item_words.USAGE_COLUMNS, rows)
    yield from _section_lines("Unit economics", item_words.unit_facts(cost, currency))


def _cost_bars(bars: Sequence[WaterfallBar]) -> Iterator[str]:
    labels, texts = max(len(bar.label) for bar in bars), max(len(bar.text) for bar in bars)
    room = 0
    if len(bars) > 1:
        room = min(_BAR_WIDTH, max(0, output_width() - labels - texts - _LABEL_WIDTH))
    for bar, picture in zip(bars, draw_waterfall(bars, room), strict=True):
        yield f"  {bar.label:<{labels}}  {bar.text:>{texts}}  {picture}".rstrip()


def _option_lines(found: ForecastedPlan, item: ItemMoney, currency: Currency) -> Iterator[str]:
    build_or_buy = item.build_or_buy
    if build_or_buy is None:
        return
    yield ""
    yield bold(f"Build or buy, as of {format_date(found.forecast.as_of)}")
    yield from _format_rows(
        item_words.OPTION_COLUMNS, item_words.option_rows(build_or_buy, currency)
    )
    axis = volume_axis(build_or_buy, min(_AXIS_WIDTH, output_width() - _LABEL_WIDTH))
    if axis is not None:
        yield ""
        yield "  cheapest by volume a month: " + volume_axis_key(build_or_buy)
        yield from (f"  {line}" for line in axis)
    yield from _section_lines("", item_words.build_or_buy_facts(build_or_buy))
    scenarios = _scenarios_of(found, item)
    yield ""
    yield from _format_rows(
        item_words.OPTION_SCENARIO_COLUMNS,
        item_words.option_scenario_rows(scenarios, found.forecast, currency),
    )
    for note in item_words.option_scenario_notes(scenarios):
        yield from wrap_text(note, indent="  ", hang="  ")
    yield from assumption_legend(found.forecast)


def _format_rows(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table whose first column names the rows, and shrinks."""
    columns = [TextColumn(head, right=at > 0, shrinks=at == 0) for at, head in enumerate(heads)]
    return format_table(columns, list(rows), indent="  ")


def _section_lines(title: str, facts: Iterable[Fact]) -> Iterator[str]:
    yield ""
    if title:
        yield bold(title)
    yield from _fact_lines(list(facts))


def _fact_lines(facts: Sequence[Fact]) -> Iterator[str]:
    longest = max((len(fact.name) for fact in facts), default=0)
    for fact in facts:
        yield from wrap_text(
            fact.text, indent=f"  {fact.name:<{longest}}  ", hang=" " * (longest + 4)
        )
