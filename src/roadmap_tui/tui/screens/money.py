"""Money: what the plan costs, and whether it pays."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from roadmap_tui.money.plan_money import PlanMoney
from roadmap_tui.narrative import money as words
from roadmap_tui.narrative.capacity import capacity_lines, payroll_sentence
from roadmap_tui.plan.items import Model, Product
from roadmap_tui.text.currency import Currency
from roadmap_tui.tui.actions import bindings_for
from roadmap_tui.tui.screen_help import ScreenHelp
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.views.item_detail import item_title_lines
from roadmap_tui.tui.views.lazy_lines import LazyLines, LineBlock
from roadmap_tui.tui.views.lines import Line, StyledSpan, fit_cells, selection_mark, wrap_cells
from roadmap_tui.tui.views.money_item import money_item_lines
from roadmap_tui.tui.views.table_layout import FittedTable, fact_lines
from roadmap_tui.tui.views.view_model import RenderedView, ViewModel, build_view

_BAR = 12
_SIGNS = dict(zip(words.COST_PARTS, "█▒░", strict=True))
_STYLES = dict(zip(words.COST_PARTS, (*words.COST_TRACKS, "dim"), strict=True))


def render_money(scene: ViewModel) -> RenderedView:
    """Render the plan's cost, the market, and each business case; the selected one in full."""
    found = scene.insights.money if scene.insights is not None else None
    if found is None:
        return build_view([(StyledSpan(" Calculating costs …", "dim"),)], (), scene.width)
    if found.is_empty:
        return build_view(_empty_lines(scene), (), scene.width)
    currency = words.plan_currency(scene.plan)
    priced = found.items_with_money & scene.visible
    names = [name for name in scene.plan.items if name in priced]
    head = list(_fixed_lines(scene, found, currency))
    lines: list[Line | LineBlock] = [
        *head,
        *_cost(scene, found, currency),
        *_market(scene, found, currency),
    ]
    lines += _items(scene, found, names)
    if not scene.has_pane:
        lines += _no_business_case(scene, found)
    sheet = LazyLines(lines, scene.width)
    return RenderedView(
        sheet,
        tuple((name,) for name in names),
        fixed_lines=len(head),
        depends_on_selection=not scene.has_pane,
        has_expanded_item=not scene.has_pane,
    )


def _prose(scene: ViewModel, text: str, style: str = "") -> Iterator[Line]:
    yield from (
        (StyledSpan(f" {line}", style),) for line in wrap_cells(text, scene.width - 2) if text
    )


def _empty_lines(scene: ViewModel) -> Iterator[Line]:
    if not scene.forecast.items:
        yield (StyledSpan(f" No items yet. Press {scene.key_label('add')} to add one.", "dim"),)
        yield ()
    plan, tables = scene.key_label("plan"), scene.key_label("tables")
    yield from _prose(scene, "No costs or benefits are set yet.")
    yield from _prose(scene, f"Press {plan} to set what a week of a person costs.")
    yield from _prose(scene, f"Press {tables} to add the costs and benefits of the selected item.")


def _fixed_lines(scene: ViewModel, found: PlanMoney, currency: Currency) -> Iterator[Line]:
    """The lines that stay at the top."""
    yield from _prose(scene, words.cost_sentence(found, scene.forecast, currency), "bold")
    returns = words.plan_return_sentences(found, scene.forecast, currency)
    yield from _prose(scene, " ".join(returns))
    previews = scene.insights.preview_runs if scene.insights is not None else 0
    preview = f"preview on {previews:,} runs · " if previews else ""
    yield from _prose(scene, f"{preview}{words.money_basis(scene.plan, scene.forecast)}", "dim")


def _cost(scene: ViewModel, found: PlanMoney, currency: Currency) -> Iterator[Line]:
    yield from _prose(scene, words.unpriced_sentence(found, scene.forecast), "warn")
    yield from _prose(scene, payroll_sentence(found.payroll, scene.forecast, currency))
    capacity = scene.insights.capacity if scene.insights is not None else None
    for line in capacity_lines(capacity or {}, scene.plan, scene.forecast):
        yield from _prose(scene, line)
    rows = list(words.quarter_rows(found, currency))
    if not rows:
        yield ()
        return
    whole = map(currency.format_amount, words.cost_parts(found))
    texts = [(row.name, *row.parts, row.total) for row in rows]
    texts.append(("all", *whole, currency.format_spread(found.cost.cost)))
    heads = ("expected", *(f"{_SIGNS[part]} {part}" for part in words.COST_PARTS), "80% range")
    columns = FittedTable.fit(heads, texts, scene.width - 2)
    room = scene.width - columns.name - sum(columns.widths) - 2 * len(columns.widths) - 5
    most = max(sum(row.amounts) for row in rows)
    yield ()
    yield (StyledSpan(" "), *columns.heading())
    for row, text in zip(rows, texts, strict=False):
        yield (
            StyledSpan(" "),
            *columns.row(text),
            StyledSpan("  "),
            *_stacked_bar(row.amounts, most, room),
        )
    yield (StyledSpan(" "), *columns.row(texts[-1]))
    yield ()


def _stacked_bar(amounts: tuple[float, ...], most: float, room: int) -> Iterator[StyledSpan]:
    """Cost by its parts as a stacked bar."""
    if room < _BAR or most <= 0:
        return
    edges = [0, *(round(sum(amounts[: at + 1]) / most * room) for at in range(len(amounts)))]
    for part, first, last in zip(words.COST_PARTS, edges, edges[1:], strict=False):
        yield StyledSpan(_SIGNS[part] * (last - first), _STYLES[part])


def _market(scene: ViewModel, found: PlanMoney, currency: Currency) -> Iterator[Line]:
    for heading, market in words.market_headings(found, scene.forecast):
        yield (StyledSpan(" MARKET", "bold"), StyledSpan("  of a year", "dim"))
        yield from _prose(scene, heading)
        facts = words.market_facts(market, currency)
        yield from ((StyledSpan(" "), *line) for line in fact_lines(facts, scene.width - 2))
        yield ()


def _items(scene: ViewModel, found: PlanMoney, names: list[str]) -> Iterator[Line | LineBlock]:
    if not found.items_with_money:
        key = scene.key_label("tables")
        text = f"No item has a business case yet. Press {key} to add one to the selected item."
        yield from _prose(scene, text)
        return
    if not names:
        yield (StyledSpan(" No items match the filter.", "dim"),)
        return
    currency = words.plan_currency(scene.plan)
    figures = {
        name: words.money_row(found.items[name], currency) for name in names if name in found.items
    }
    kept = words.used_columns(list(figures.values()))
    later = ("…",) * len(words.MONEY_COLUMNS)
    rows: dict[str, tuple[str, ...]] = {}
    for name in names:
        cells = figures.get(name, later)
        rows[name] = (scene.title(name), *(cells[at] for at in kept))
    heads = ("", *(words.MONEY_COLUMNS[at] for at in kept))
    columns = FittedTable.fit(
        heads,
        list(rows.values()),
        scene.width - 2,
        [head for head in words.COLUMN_DROP_ORDER if head in heads],
    )
    yield (
        StyledSpan(fit_cells(" ITEMS", 1 + columns.name), "bold"),
        *columns.figures(heads, "dim"),
    )
    for name, row in rows.items():
        drawn = partial(_row, scene, columns, name, row)
        if name == scene.selected and name in found.items and not scene.has_pane:
            lines = [
                *drawn(),
                *(
                    _detail_line(scene, name, each)
                    for each in money_item_lines(scene, found.items[name])
                ),
                (),
            ]
            yield LineBlock(partial(_return_lines, lines), (name,), len(lines))
        else:
            yield LineBlock(drawn, (name,))
    if not found.pending_items and (missing := words.missing_roi_sentence(found)):
        yield ()
        yield from _prose(scene, missing, "dim")


def _row(scene: ViewModel, columns: FittedTable, name: str, row: tuple[str, ...]) -> list[Line]:
    """The line of an item."""
    track = scene.item(name).track
    title = StyledSpan(fit_cells(row[0], columns.name), f"{track} bold", name)
    return [(selection_mark(name, track), title, *columns.figures(row, item=name))]


def _return_lines(lines: list[Line]) -> list[Line]:
    return lines


def _detail_line(scene: ViewModel, name: str, line: Line) -> Line:
    """A line of an expanded item, with its selection bar."""
    return (selection_mark(name, scene.item(name).track), StyledSpan("  "), *line)


def _no_business_case(scene: ViewModel, found: PlanMoney) -> Iterator[Line]:
    """What to do for a selected item without a business case."""
    if found.items and scene.selected not in found.items_with_money:
        yield ()
        yield from _no_case_lines(scene, scene.width)


def _no_case_lines(scene: ViewModel, cells: int) -> tuple[Line, ...]:
    """The key that adds a business case to the selected item, if it can have one."""
    name = scene.selected
    item = scene.plan.items.get(name) if name is not None else None
    if name is None or not isinstance(item, Product | Model):
        return ()
    text = f"{scene.title(name)} has no business case yet."
    ways = f"Press {scene.key_label('tables')} to add one."
    lines = wrap_cells(f"{text} {ways}", cells - 2)
    return (*((StyledSpan(f" {line}", "dim"),) for line in lines), ())


class MoneyScreen(PlanScreen):
    """The money of the plan."""

    NAME = "money"
    RENDERER = staticmethod(render_money)
    SUBJECTS = ("takes", "npv", "cost")
    SCREEN_HELP = ScreenHelp(
        "what the plan costs, and whether it pays back",
        (
            ("–", "not known, or not asked"),
            ("a date", "the day from which prices are"),
        ),
    )
    BINDINGS = bindings_for("money")

    def selection_detail(self, scene: ViewModel, cells: int) -> tuple[Line, ...]:
        """The business case of an item; items without one as everywhere."""
        found = scene.insights.money if scene.insights is not None else None
        case = found.items.get(scene.selected or "") if found is not None else None
        if case is None or scene.selected is None:
            return (*_no_case_lines(scene, cells), *super().selection_detail(scene, cells))
        lines = money_item_lines(replace(scene, width=cells - 1), case)
        indented = ((StyledSpan(" "), *line) for line in lines)
        return (*item_title_lines(scene, scene.selected, cells - 2), (), *indented)
