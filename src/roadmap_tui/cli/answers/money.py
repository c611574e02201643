"""`roadmap money`: what the plan costs, and whether it pays."""

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len

from roadmap_tui.cli.basis import Basis
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import Reply
from roadmap_tui.cli.source import Forecasted, forecasted, no_item
from roadmap_tui.cli.table import GAP, Column, bold, headline, table, width, wrapped
from roadmap_tui.cli.texts import beside, heading, legend, scenario_part
from roadmap_tui.files.display import printable
from roadmap_tui.fitness.money import ItemMoney, PlanMoney, plan_money
from roadmap_tui.fitness.option_runs import Side, sides
from roadmap_tui.report import money as words
from roadmap_tui.report import money_items as item_words
from roadmap_tui.report.about import Fact
from roadmap_tui.report.currency import Currency
from roadmap_tui.report.data import envelope, stated, to_json
from roadmap_tui.report.money_data import item_money_data, plan_money_data
from roadmap_tui.report.waterfall import Bar, drawn, task_bars, user_bars
from roadmap_tui.report.words import date

_BAR, _AXIS, _BESIDE, _NAMES = 40, 60, 8, 42


def answer(file: str, basis: Basis, as_json: bool, name: str | None) -> Reply:
    """What the plan costs and whether its items pay, or all about one of them."""
    found = forecasted(file, basis)
    if isinstance(found, Reply):
        return found
    if name is not None and name not in found.plan.items:
        return no_item(file, found.plan, name)
    with progress("adding up costs") as check:
        money = plan_money(found.run.simulation, found.plan, check)
    if as_json:
        return Reply(to_json(_data(found, money, name)), found.warnings)
    lines = _plan_lines(found, money) if name is None else _item_lines(found, money, name)
    return Reply("\n".join([*_heading(found), *lines]) + "\n", found.warnings)


def _data(found: Forecasted, money: PlanMoney, name: str | None) -> dict[str, object]:
    about = {"currency": found.plan.roadmap.currency}
    if name is None:
        items = [item_money_data(each) for each in money.items.values()]
        content = plan_money_data(money) | {"items": items}
    else:
        item = money.items.get(name)
        content = {"item": None if item is None else item_money_data(item, _sides(found, item))}
    return envelope("money", **stated(found.forecast), **about, **content, **scenario_part(found))


def _sides(found: Forecasted, item: ItemMoney) -> tuple[Side, ...]:
    return sides(found.run.simulation, found.plan, item.id) if item.buying is not None else ()


def _heading(found: Forecasted) -> Iterator[str]:
    yield from heading(
        found.title,
        found.forecast,
        *beside(found),
        f"in {printable(found.plan.roadmap.currency)[:8]}",
    )


def _plan_lines(found: Forecasted, money: PlanMoney) -> Iterator[str]:
    currency = words.currency_of(found.plan)
    if money.is_empty:
        yield from words.empty_lines(found.plan)
        return
    yield from wrapped(words.cost_sentence(money, currency))
    if found.without is not None:
        plan, ran = found.without
        yield from wrapped(
            f"As it is: {words.cost_sentence(plan_money(ran.simulation, plan), currency)}",
            hang="  ",
        )
    if unpriced := words.unpriced_sentence(money, found.forecast):
        yield from wrapped(unpriced)
    rows = [
        (row.name, *row.tracks, row.whole or "–") for row in words.quarter_rows(money, currency)
    ]
    if rows:
        whole = [currency.money(money.cost.tracks.get(track, 0.0)) for track in words.TRACKS]
        columns = [
            Column(""),
            *(Column(track, right=True) for track in words.TRACKS),
            Column("both, 80%", right=True),
        ]
        yield ""
        yield bold("By quarter; tracks as expected")
        yield from table(
            columns, [*rows, ("all", *whole, currency.span(money.cost.cost))], indent="  "
        )
    if facts := words.market_facts(money, currency):
        yield ""
        yield bold("Market of a year")
        yield from _facts(facts)
    yield ""
    yield from _items(found, money, currency)


def _items(found: Forecasted, money: PlanMoney, currency: Currency) -> Iterator[str]:
    if not money.items:
        yield "No item has a table of money yet. Write, for example:"
        yield from words.item_lines(found.plan)
        return
    figures = {name: words.item_row(item, currency) for name, item in money.items.items()}
    told = _fitting(list(figures.values()))
    columns = [Column("", yields=True), Column("id", yields=True, spare=True)]
    columns += [Column(words.HEADS[at], right=True) for at in told]
    rows = [
        (printable(found.forecast.items[name].title), name, *(row[at] for at in told))
        for name, row in figures.items()
    ]
    yield from table(columns, rows)
    yield ""
    if missing := words.missing_sentence(money):
        yield from wrapped(missing)
    yield from wrapped(
        "takes: people and compute still to be paid for. NPV > 0: the chance, that it ships"
        " counted. `roadmap money FILE ID` tells all of one, with the day of its prices."
    )


def _fitting(rows: list[tuple[str, ...]]) -> list[int]:
    """The columns that tell something, as many as leave room for titles and ids."""
    told = list(words.told_columns(rows))
    widths = [
        max(map(cell_len, (words.HEADS[at], *(row[at] for row in rows))))
        for at in range(len(words.HEADS))
    ]
    for at in map(words.HEADS.index, words.SPARE):
        if at in told and sum(widths[each] + len(GAP) for each in told) + _NAMES > width():
            told.remove(at)
    return told


def _item_lines(found: Forecasted, money: PlanMoney, name: str) -> Iterator[str]:
    currency, item = words.currency_of(found.plan), money.items.get(name)
    title = printable(found.forecast.items[name].title)
    if item is None:
        yield from wrapped(f"{title} has no table of money yet. Write, for example:")
        yield from words.item_lines(found.plan, name)
        return
    yield from headline(title)
    if item.takes is not None:
        yield from wrapped(
            f"{words.takes_sentence(item, currency)}; as of {date(found.forecast.as_of)}"
        )
    yield from _unit(item, currency)
    paying = list(item_words.paying_facts(item, found.forecast, currency))
    if paying:
        yield from _section(f"Return, as of {date(found.forecast.as_of)}", paying)
    yield from _options(found, item, currency)


def _unit(item: ItemMoney, currency: Currency) -> Iterator[str]:
    cost = item.cost
    if cost is None:
        return
    for title, bars in (
        ("A task", [*task_bars(cost, currency)]),
        ("A user's month", [*user_bars(cost, currency)]),
    ):
        if bars:
            yield ""
            yield bold(title)
            yield from _bars(bars)
    rows = list(item_words.usage_rows(cost))
    if rows:
        yield ""
        yield from _table(item_words.USAGE_HEADS, rows)
    yield from _section("Unit economics", item_words.unit_facts(cost, currency))


def _bars(bars: Sequence[Bar]) -> Iterator[str]:
    labels, texts = max(len(bar.label) for bar in bars), max(len(bar.text) for bar in bars)
    room = min(_BAR, max(0, width() - labels - texts - _BESIDE)) if len(bars) > 1 else 0
    for bar, picture in zip(bars, drawn(bars, room), strict=True):
        yield f"  {bar.label:<{labels}}  {bar.text:>{texts}}  {picture}".rstrip()


def _options(found: Forecasted, item: ItemMoney, currency: Currency) -> Iterator[str]:
    buying = item.buying
    if buying is None:
        return
    yield ""
    yield bold(f"Build or buy, as of {date(found.forecast.as_of)}")
    yield from _table(item_words.OPTION_HEADS, item_words.option_rows(buying, currency))
    axis = item_words.volume_axis(buying, min(_AXIS, width() - _BESIDE))
    if axis is not None:
        yield ""
        yield "  cheapest by volume a month: " + item_words.axis_key(buying)
        yield from (f"  {line}" for line in axis)
    yield from _section("", item_words.buying_facts(buying))
    both = _sides(found, item)
    yield ""
    yield from _table(item_words.SIDE_HEADS, item_words.side_rows(both, found.forecast, currency))
    for note in item_words.side_notes(both):
        yield from wrapped(note, indent="  ", hang="  ")
    yield from legend(found.forecast)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table whose first column names, and yields."""
    columns = [Column(head, right=at > 0, yields=at == 0) for at, head in enumerate(heads)]
    return table(columns, list(rows), indent="  ")


def _section(title: str, facts: Iterable[Fact]) -> Iterator[str]:
    yield ""
    if title:
        yield bold(title)
    yield from _facts(list(facts))


def _facts(facts: Sequence[Fact]) -> Iterator[str]:
    longest = max((len(fact.name) for fact in facts), default=0)
    for fact in facts:
        yield from wrapped(
            fact.text, indent=f"  {fact.name:<{longest}}  ", hang=" " * (longest + 4)
        )
