"""Money: what the plan costs, and does it pay."""

from collections.abc import Iterator
from functools import partial

from roadmap_tui.app.lines import Line, Span, fit, mark, wrapped
from roadmap_tui.app.sheet import Block, Sheet
from roadmap_tui.app.view import Picture, Scene, picture
from roadmap_tui.app.views.columns import Columns, told
from roadmap_tui.app.views.paying import opened
from roadmap_tui.fitness.money import PlanMoney
from roadmap_tui.plan.items import Model, Product
from roadmap_tui.report import money as words
from roadmap_tui.report.currency import Currency

_BAR = 12
_SIGNS = dict(zip(words.TRACKS, "█▒", strict=True))


def money(scene: Scene) -> Picture:
    """Draw the plan's cost and the market, then each item that has a table of money; the selected one is opened."""
    found = scene.study.money if scene.study is not None else None
    if found is None:
        return picture([(Span(" working out what it costs …", "dim"),)], (), scene.width)
    if found.is_empty:
        return picture(_nothing(scene), (), scene.width)
    currency = words.currency_of(scene.plan)
    told = found.told & scene.shown
    names = [name for name in scene.plan.items if name in told]
    head = list(_head(scene, found, currency))
    lines: list[Line | Block] = [
        *head,
        *_cost(scene, found, currency),
        *_market(scene, found, currency),
    ]
    lines += _items(scene, found, names)
    lines += _others(scene, found)
    sheet = Sheet(lines, scene.width)
    return Picture(
        sheet, tuple((name,) for name in names), fixed=len(head), follows=True, opens=True
    )


def _prose(scene: Scene, text: str, style: str = "") -> Iterator[Line]:
    yield from ((Span(f" {line}", style),) for line in wrapped(text, scene.width - 2) if text)


def _nothing(scene: Scene) -> Iterator[Line]:
    if not scene.forecast.items:
        yield (Span(f" no item yet; press {scene.key('add')} to add one", "dim"),)
        yield ()
    for nth, line in enumerate(words.empty_lines(scene.plan)):
        yield (Span(f" {line}", "" if nth == 0 else "bold" if line.startswith("  ") else ""),)
    yield ()
    ways = (
        f"{scene.key('tables')} edits an item's tables, {scene.key('plan')} the team's; or write"
        " them into the file."
    )
    yield from _prose(scene, ways, "dim")


def _head(scene: Scene, found: PlanMoney, currency: Currency) -> Iterator[Line]:
    """What stays at the top."""
    yield from _prose(scene, words.cost_sentence(found, currency), "bold")
    previews = scene.study.previews if scene.study is not None else 0
    preview = f"preview on {previews:,} futures · " if previews else ""
    yield from _prose(scene, f"{preview}{words.stated(scene.plan, scene.forecast)}", "dim")


def _cost(scene: Scene, found: PlanMoney, currency: Currency) -> Iterator[Line]:
    yield from _prose(scene, words.unpriced_sentence(found, scene.forecast), "warn")
    rows = list(words.quarter_rows(found, currency))
    if not rows:
        yield ()
        return
    whole = tuple(currency.money(found.cost.tracks.get(track, 0.0)) for track in words.TRACKS)
    texts = [(row.name, *row.tracks, row.whole) for row in rows]
    texts.append(("all", *whole, currency.span(found.cost.cost)))
    heads = ("expected", *(f"{_SIGNS[track]} {track}" for track in words.TRACKS), "80% range")
    columns = Columns.of(heads, texts, scene.width - 2)
    room = scene.width - columns.name - sum(columns.widths) - 2 * len(columns.widths) - 5
    most = max(sum(row.amounts) for row in rows)
    yield ()
    yield (Span(" "), *columns.heading())
    for row, text in zip(rows, texts, strict=False):
        yield (Span(" "), *columns.row(text), Span("  "), *_stack(row.amounts, most, room))
    yield (Span(" "), *columns.row(texts[-1]))
    yield ()


def _stack(amounts: tuple[float, ...], most: float, room: int) -> Iterator[Span]:
    """What is spent on each track, one after the other, each by a sign of its own."""
    if room < _BAR or most <= 0:
        return
    edges = [0, *(round(sum(amounts[: at + 1]) / most * room) for at in range(len(amounts)))]
    for track, first, last in zip(words.TRACKS, edges, edges[1:], strict=False):
        yield Span(_SIGNS[track] * (last - first), track)


def _market(scene: Scene, found: PlanMoney, currency: Currency) -> Iterator[Line]:
    facts = words.market_facts(found, currency)
    if facts:
        yield (Span(" MARKET", "bold"), Span("  of a year", "dim"))
        yield from ((Span(" "), *line) for line in told(facts, scene.width - 2))
        yield ()


def _items(scene: Scene, found: PlanMoney, names: list[str]) -> Iterator[Line | Block]:
    if not found.told:
        yield from _prose(scene, "No item has a table of money yet. Write, for example:")
        yield from ((Span(f" {line}", "bold"),) for line in words.item_lines(scene.plan))
        return
    if not names:
        yield (Span(" nothing passes the filter", "dim"),)
        return
    currency = words.currency_of(scene.plan)
    figures = {
        name: words.item_row(found.items[name], currency) for name in names if name in found.items
    }
    kept = words.told_columns(list(figures.values()))
    later = ("…",) * len(words.HEADS)
    rows = {
        name: (scene.title(name), *(figures.get(name, later)[at] for at in kept)) for name in names
    }
    heads = ("", *(words.HEADS[at] for at in kept))
    columns = Columns.of(
        heads, list(rows.values()), scene.width - 2, [head for head in words.SPARE if head in heads]
    )
    yield (Span(fit(" ITEMS", 1 + columns.name), "bold"), *columns.figures(heads, "dim"))
    for name, row in rows.items():
        drawn = partial(_row, scene, columns, name, row)
        if name == scene.selected and name in found.items:
            lines = [
                *drawn(),
                *(_under(scene, name, each) for each in opened(scene, found.items[name])),
                (),
            ]
            yield Block(partial(_as_drawn, lines), (name,), len(lines))
        else:
            yield Block(drawn, (name,))
    if not found.pending and (missing := words.missing_sentence(found)):
        yield ()
        yield from _prose(scene, missing, "dim")


def _row(scene: Scene, columns: Columns, name: str, row: tuple[str, ...]) -> list[Line]:
    """The line of an item."""
    track = scene.item(name).track
    title = Span(fit(row[0], columns.name), f"{track} bold", name)
    return [(mark(name, track), title, *columns.figures(row, item=name))]


def _as_drawn(lines: list[Line]) -> list[Line]:
    return lines


def _under(scene: Scene, name: str, line: Line) -> Line:
    """A line below an opened item, tied to it by the bar at the left."""
    return (mark(name, scene.item(name).track), Span("  "), *line)


def _others(scene: Scene, found: PlanMoney) -> Iterator[Line]:
    """What to write for a selected item that has no table of money."""
    name = scene.selected
    item = scene.plan.items.get(name) if name is not None else None
    if (
        name is None
        or name in found.told
        or not found.items
        or not isinstance(item, Product | Model)
    ):
        return
    table = (
        f"[product.{name}.cost]" if isinstance(item, Product) else f"[model.{name}.options.NAME]"
    )
    track = "product" if isinstance(item, Product) else "model"
    yield ()
    text = f"{scene.title(name)} has no table of money yet: write {table} or [{track}.{name}.roi]."
    yield from _prose(scene, text, "dim")
