"""All items as CSV."""

import csv
import io
from collections.abc import Iterator

from roadmap_tui.forecast.simulation.results import ItemForecast, Quantiles, RankRow
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.plan_tables import fallback_text
from roadmap_tui.text.escape import escape_csv_cell
from roadmap_tui.text.numbers import round_significant

_HEADS = (
    "id",
    "title",
    "track",
    "kind",
    "status",
    "when",
    "team",
    "owner",
    "ships",
    "ever",
    "start_p10",
    "start_p50",
    "start_p90",
    "finish_p10",
    "finish_p50",
    "finish_p90",
    "rank",
    "plain_rank",
    "score",
    "value",
    "delivers",
    "effort",
    "deadline",
    "deadline_met",
    "waits_for",
    "if_not",
    "guesses",
    "as_of",
    "commit",
)


def to_csv(context: ReportContext) -> str:
    """A row for each item in file order: ISO dates, chances as shares, no formulas."""
    text = io.StringIO()
    rows = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    rows.writerow(_HEADS)
    for item in context.forecast.items.values():
        rows.writerow(
            escape_csv_cell(each) if isinstance(each, str) else each
            for each in _csv_row(context, item)
        )
    return text.getvalue()


def _csv_row(context: ReportContext, item: ItemForecast) -> Iterator[str | float | int]:
    plan, forecast = context.plan, context.forecast
    source, row = plan.items[item.id], forecast.rank_row(item.id)
    yield from (item.id, item.title, item.track, item.kind, item.status, item.bucket or "")
    yield from (
        source.team or "",
        source.owner or "",
        round_significant(item.ships),
        round_significant(item.p_delivered),
    )
    yield from _day_cells(context, item.start)
    yield from _day_cells(context, item.finish)
    yield from _rank_cells(row)
    yield source.deadline.day.isoformat() if source.deadline else ""
    yield "" if item.deadline is None else round_significant(item.deadline)
    yield from (
        " ".join(item.predecessors),
        fallback_text(plan, forecast, item.id),
        " ".join(item.assumptions),
    )
    yield forecast.as_of.isoformat()
    yield context.commit


def _day_cells(context: ReportContext, weeks: Quantiles | None) -> tuple[str, ...]:
    if weeks is None:
        return "", "", ""
    return tuple(
        context.forecast.day(each).isoformat() for each in (weeks.p10, weeks.p50, weeks.p90)
    )


def _rank_cells(row: RankRow | None) -> Iterator[str | float | int]:
    if row is None:
        yield from [""] * 6
        return
    yield row.weighted.rank if row.weighted else ""
    yield row.rice.rank if row.rice else ""
    yield round_significant(row.weighted.score) if row.weighted else ""
    yield from (
        round_significant(row.value),
        round_significant(row.delivers),
        round_significant(row.effort),
    )
