"""`roadmap forecast`: when, and whether."""

from collections.abc import Iterator

from roadmap_tui.cli.basis import Basis
from roadmap_tui.cli.reply import Reply
from roadmap_tui.cli.source import Forecasted, forecasted
from roadmap_tui.cli.table import Column, bold, table, wrapped
from roadmap_tui.cli.texts import heading, legend
from roadmap_tui.files.display import printable
from roadmap_tui.forecast.summary import Forecast, ItemForecast
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.report.data import forecast_data, to_json
from roadmap_tui.report.figures import ever, ships, when
from roadmap_tui.report.words import month

_BUCKETS = ("now", "next", "later")
_CLOSED = ("idea", "live", "done", "failed", "dropped")


def answer(file: str, basis: Basis, as_json: bool) -> Reply:
    """The forecast of every item."""
    found = forecasted(file, basis)
    if isinstance(found, Reply):
        return found
    out = to_json(forecast_data(found.forecast)) if as_json else "\n".join(_lines(found)) + "\n"
    return Reply(out, found.warnings)


def _lines(found: Forecasted) -> Iterator[str]:
    forecast = found.forecast
    yield from heading(found)
    items = [forecast.items[name] for name in forecast.list]
    grouped = {bucket: [item for item in items if item.bucket == bucket] for bucket in _BUCKETS}
    order = [item for bucket in _BUCKETS for item in grouped[bucket]]
    columns = (
        Column("", yields=True),
        Column("id", yields=True),
        Column(f"by {month(forecast.until)}", right=True),
        Column("ever", right=True),
        Column("when, if it ships"),
    )
    head, *body = table(columns, [_row(forecast, item) for item in order], indent="  ")
    if body:
        yield head
    lines = iter(body)
    for bucket in _BUCKETS:
        if grouped[bucket]:
            yield bold(bucket.upper())
            yield from (next(lines) for _ in grouped[bucket])
    if not forecast.items:
        yield "No item yet: roadmap add FILE product ID"
        return
    yield ""
    yield from _closed(forecast)
    yield from legend(forecast)


def _row(forecast: Forecast, item: ItemForecast) -> tuple[str, ...]:
    sign = "◆ " if item.kind == "spike" else ""
    return sign + printable(item.title), item.id, ships(item), ever(item), when(forecast, item)


def _closed(forecast: Forecast) -> Iterator[str]:
    """The items that aren't forecast, by status."""
    closed = [item for item in forecast.items.values() if item.status not in OPEN]
    for status in _CLOSED:
        titles = [printable(item.title) for item in closed if item.status == status]
        if titles:
            yield from wrapped(f"{status}: {' · '.join(titles)}", hang="  ")
